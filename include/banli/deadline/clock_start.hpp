// clock_start.hpp — on which day a limit starts, from what happened.
//
// due_date wants the day of the event. Which event that is, the law decides from facts:
//
//   an application, complete                    the day of receipt             许可法 32, seed
//   rules incomplete, completed later                 the day of completion          the same
//   incomplete, but nobody said so in 5
//     working days                              the day of receipt: silence accepts, retroactively
//                                                                              许可法 32(4)
//   a hand-over between departments             the day it was registered      限时办结
//   a request for review, nobody decided on
//     its acceptance in 5 working days          the day on which those ended   复议法 30
//   a request for information, corrected        the day of the correction: the clock restarts
//                                                                              信息公开条例 30
//
//   application_facts f{.received = to_day(2024y / 2 / 8), .state = materials::incomplete};
//   clock_start_of(cn(), f, to_day(2024y / 2 / 20));     // not started; decided_by 2024-02-22
//   clock_start_of(cn(), f, to_day(2024y / 2 / 22));     // started on 2024-02-08: silence
//
// The day of the event is day 0 (民法典 201): the first day counted is the day after. Facts that
// lie after `today` are not known yet and are not looked at, so that any past day can be asked
// about.
//
// The hard case is silence. Until the agency's own limit has passed nobody knows whether the clock
// has been running since the receipt: the answer is "not started", with the day that decides.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

#include <banli/deadline/deadline.hpp>

namespace banli {

/// Why a clock has started, or has not.
enum class start_reason : std::uint8_t {
  not_received,        ///< nothing has happened yet
  complete,            ///< received complete
  awaiting_notice,     ///< incomplete, and the agency may still say so
  awaiting_materials,  ///< told in time what is missing
  completed,           ///< the missing materials came
  silence,             ///< not told in time: accepted from the day of receipt
  handed_over,         ///< the hand-over was registered
  awaiting_decision,   ///< the examination of the request still runs
  accepted,            ///< accepted by decision
  refused,             ///< not accepted: no clock
  deemed_accepted,     ///< nobody decided: accepted when the examination ended
  received,            ///< a request that needed no correction, or was asked for one too late
  awaiting_correction, ///< asked in time to correct the request
  corrected,           ///< the corrected request came: the clock restarts
  abandoned            ///< not corrected in the time given: no clock
};

/// "complete", "silence" …
constexpr std::string_view to_string(start_reason r) {
  constexpr std::array<std::string_view, 15> names{
      "not_received",    "complete",    "awaiting_notice",     "awaiting_materials", "completed",
      "silence",         "handed_over", "awaiting_decision",   "accepted",           "refused",
      "deemed_accepted", "received",    "awaiting_correction", "corrected",          "abandoned"};
  return names[static_cast<std::size_t>(r)];
}

/// The reason as a sentence, with its article.
inline text reason_of(start_reason r) {
  switch (r) {
  case start_reason::not_received: return {"nothing has been received", "尚未收到"};
  case start_reason::complete:
    return {"received complete: counted from the day after receipt (行政许可法 art. 32)",
            "材料齐全:自收到申请的次日起计算(行政许可法第32条)"};
  case start_reason::awaiting_notice:
    return {"incomplete; the notice of what is missing is still in time (行政许可法 art. 32(4))",
            "材料不齐,尚在一次性告知期限内(行政许可法第32条第1款第4项)"};
  case start_reason::awaiting_materials:
    return {"told what is missing; the materials have not come (行政许可法 art. 32(4))",
            "已一次性告知,尚未补全材料(行政许可法第32条第1款第4项)"};
  case start_reason::completed:
    return {"materials completed: counted from the day after", "已补全材料:自补全材料的次日起计算"};
  case start_reason::silence:
    return {"no notice in time: accepted from the day of receipt (行政许可法 art. 32(4))",
            "逾期不告知,自收到申请材料之日起即为受理(行政许可法第32条第1款第4项)"};
  case start_reason::handed_over:
    return {"hand-over registered: counted from the day after", "自交接登记的次日起计算"};
  case start_reason::awaiting_decision:
    return {"acceptance is being examined (行政复议法 art. 30)",
            "正在审查是否受理(行政复议法第30条)"};
  case start_reason::accepted:
    return {"accepted by decision (行政复议法 art. 30)", "决定受理(行政复议法第30条)"};
  case start_reason::refused:
    return {"not accepted (行政复议法 art. 30)", "决定不予受理(行政复议法第30条)"};
  case start_reason::deemed_accepted:
    return {"examination expired without a decision: accepted on that day (行政复议法 art. 30)",
            "审查期限届满未作出决定,审查期限届满之日起视为受理(行政复议法第30条)"};
  case start_reason::received:
    return {"request received (政府信息公开条例 art. 31)", "收到申请(政府信息公开条例第31条)"};
  case start_reason::awaiting_correction:
    return {"asked to correct the request (政府信息公开条例 art. 30)",
            "已告知补正,尚未收到补正的申请(政府信息公开条例第30条)"};
  case start_reason::corrected:
    return {"corrected request received: the clock restarts (政府信息公开条例 art. 30)",
            "收到补正的申请,答复期限重新计算(政府信息公开条例第30条)"};
  case start_reason::abandoned:
    return {"not corrected in the time given: taken as abandoned (政府信息公开条例 art. 30)",
            "逾期不补正,视为放弃申请(政府信息公开条例第30条)"};
  }
  return {};
}

/// The answer. `start` is the day of the event, day 0; absent while the clock has not started.
struct clock_start {
  std::optional<day> start;
  start_reason why = start_reason::not_received;
  std::optional<day> decided_by; ///< not started: the day on which silence will have decided
  std::optional<day> notice_due; ///< the last day of the agency's own limit, where there is one
  bool provisional = false;      ///< that limit runs beyond the published calendar

  friend bool operator==(const clock_start&, const clock_start&) = default;
};

/// Whether an application was complete when it came.
enum class materials : std::uint8_t { complete, incomplete };

/// An application for a licence or a service.
struct application_facts {
  day received{};
  materials state = materials::complete;
  std::optional<day> notified{};  ///< told, once and for all, what is missing
  std::optional<day> completed{}; ///< everything that was missing has come
  time_limit notice_limit{5, limit_unit::workday};
};

/// A hand-over from one department to the next.
struct handover_facts {
  std::optional<day> registered{};
};

/// A request for review whose acceptance is examined first.
struct review_facts {
  day received{};
  std::optional<day> accepted{};
  std::optional<day> refused{};
  time_limit examination{5, limit_unit::workday};
};

/// A request for information.
struct information_facts {
  day received{};
  std::optional<day> correction_asked{};
  std::optional<day> corrected{};
  std::optional<day> correct_by{}; ///< the last day given for the correction, if any
  time_limit asking_limit{7, limit_unit::workday};
};

namespace detail {

/// A fact as known on a day.
constexpr std::optional<day> known(std::optional<day> fact, day today) {
  return fact && *fact <= today ? fact : std::nullopt;
}

inline error before_receipt(day fact, day received) {
  return make_error(errc::bad_value, "{} lies before the receipt on {}", "{} 早于收到之日 {}",
                    to_text(fact), to_text(received));
}

inline std::optional<error> check_order(day received,
                                        std::initializer_list<std::optional<day>> facts) {
  for (const std::optional<day>& f : facts)
    if (f && *f < received) return before_receipt(*f, received);
  return std::nullopt;
}

} // namespace detail

/// The start of an application's clock as known at the end of `today`. Errors: bad_value (a fact
/// before the receipt), and those of due_date for the notice limit.
inline result<clock_start> clock_start_of(const workday_calendar& calendar,
                                          const application_facts& f, day today) {
  if (auto wrong = detail::check_order(f.received, {f.notified, f.completed})) return *wrong;
  if (today < f.received) return clock_start{};
  if (f.state == materials::complete)
    return clock_start{f.received, start_reason::complete, {}, {}};
  const result<deadline> notice = due_date(calendar, f.notice_limit, f.received);
  if (!notice) return notice.error();
  clock_start out{{}, start_reason::awaiting_notice, {}, notice->due, notice->provisional};
  const std::optional<day> told = detail::known(f.notified, today);
  const std::optional<day> done = detail::known(f.completed, today);
  // Who completes the materials before the notice was due left nothing to be told.
  const bool in_time = (told && *told <= *out.notice_due) || (done && *done <= *out.notice_due);
  if (!in_time && today > *out.notice_due) {
    out.start = f.received;
    out.why = start_reason::silence;
  } else if (done) {
    out.start = done;
    out.why = start_reason::completed;
  } else if (told) {
    out.why = start_reason::awaiting_materials;
  } else {
    out.decided_by = *out.notice_due + days{1};
  }
  return out;
}

/// The start of a department's own clock: the registered hand-over. No errors.
inline clock_start clock_start_of(const handover_facts& f, day today) {
  const std::optional<day> there = detail::known(f.registered, today);
  return {there, there ? start_reason::handed_over : start_reason::not_received, {}, {}};
}

/// The start of a review's clock as known at the end of `today`. Errors as for an application.
inline result<clock_start> clock_start_of(const workday_calendar& calendar, const review_facts& f,
                                          day today) {
  if (auto wrong = detail::check_order(f.received, {f.accepted, f.refused})) return *wrong;
  if (today < f.received) return clock_start{};
  const result<deadline> end = due_date(calendar, f.examination, f.received);
  if (!end) return end.error();
  clock_start out{{}, start_reason::awaiting_decision, {}, end->due, end->provisional};
  const std::optional<day> yes = detail::known(f.accepted, today);
  const std::optional<day> no = detail::known(f.refused, today);
  if (yes && *yes <= *end->due) {
    out.start = yes;
    out.why = start_reason::accepted;
  } else if (no && *no <= *end->due) {
    out.why = start_reason::refused;
  } else if (today > *end->due) { // a decision after the examination comes too late
    out.start = end->due;
    out.why = start_reason::deemed_accepted;
  } else {
    out.decided_by = *end->due + days{1};
  }
  return out;
}

/// The start of an information request's clock as known at the end of `today`. Errors as for an
/// application.
inline result<clock_start> clock_start_of(const workday_calendar& calendar,
                                          const information_facts& f, day today) {
  if (auto wrong = detail::check_order(f.received, {f.correction_asked, f.corrected, f.correct_by}))
    return *wrong;
  if (today < f.received) return clock_start{};
  const result<deadline> asking = due_date(calendar, f.asking_limit, f.received);
  if (!asking) return asking.error();
  clock_start out{f.received, start_reason::received, {}, asking->due, asking->provisional};
  const std::optional<day> asked = detail::known(f.correction_asked, today);
  if (!asked || *asked > *asking->due) return out;
  out.start = detail::known(f.corrected, today);
  if (f.correct_by && (out.start ? *out.start > *f.correct_by : today > *f.correct_by)) {
    out.start.reset();
    out.why = start_reason::abandoned;
    return out;
  }
  out.why = out.start ? start_reason::corrected : start_reason::awaiting_correction;
  if (!out.start && f.correct_by) out.decided_by = *f.correct_by + days{1};
  return out;
}

} // namespace banli
