// supervision_act.hpp — one act of an order or a complaint, and what runs while it is waited for.
//
// An act is an event of the engine, so that orders and complaints are kept, chained and restored as
// cases are: it is `completed`, its step is the name of the act, its facts are the fields that the
// act fills in. Which those are is data:
//
//   form_of(order_act::close).required       // outcome, fault
//   command c = act_command(case_id{"督-2026-001"}, "close", at, who,
//                           {{"outcome", "已整改"}, {"fault", "no"}});
//   c.with.facts                             // the same; "reason" alone becomes c.with.reason
//
// Some acts start or stop clocks. A clock is a limit and the instant it runs from; the limit in
// force is written into the event, so that a changed rule does not reach back:
//
//   running_clock k{supervision_clock::reply, t, {5, limit_unit::workday}};
//   due_of(k, cn())->due                     // counted by the deadline layer, holidays and all
//   to_text(*explain(k, cn()))               // and why, day by day
//
// The hard case is a clock that ran out: it goes on being overdue until it is stopped, extended
// before it ran out, or begun anew by an escalation.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/calendar/workday_calendar.hpp>
#include <banli/deadline/explanation.hpp>
#include <banli/engine/event.hpp>
#include <banli/supervision/supervision_office.hpp>

namespace banli {

/// What a field of an act holds.
enum class act_field_type : std::uint8_t {
  words,  ///< text, up to 10,000 bytes
  name,   ///< one line: a code, a number, a person, an office
  names,  ///< several, joined by "+"
  moment, ///< 2026-03-02T09:30
  limit,  ///< 5 workdays
  yes_no, ///< yes, no; 是, 否
  amount, ///< 1.5
  choice, ///< a word of a list
};

struct act_field {
  std::string_view name;
  std::string_view label;
  act_field_type type{};
};

/// The fields of one act, in order.
struct act_form {
  std::vector<std::string_view> required{};
  std::vector<std::string_view> optional{};
};

using act_fields = std::vector<std::pair<std::string, std::string>>;

/// A command that does an act. The field "reason" becomes its reason; without a request, decide()
/// makes one of the id and the number of the event.
command act_command(const case_id& id, std::string_view act, instant at, const person_id& who,
                    act_fields with = {}, const request_id& request = {});

/// The value of a field of an event or a command; empty where there is none.
std::string_view field_of(const details& d, std::string_view name);

/// A record as people read it: a title, headings and values in the order they are shown in.
struct record_sheet {
  std::string title;
  std::vector<std::pair<std::string, std::string>> rows{};

  friend bool operator==(const record_sheet&, const record_sheet&) = default;
};

/// The title, and one line a value; what is empty is left out.
std::string to_text(const record_sheet& sheet);

/// What the records of orders and complaints are of in a store, in the place of an item.
inline constexpr std::string_view order_item = "@order";
inline constexpr std::string_view complaint_item = "@complaint";
inline bool is_supervision_record(const item_id& item) {
  return item.text() == order_item || item.text() == complaint_item;
}

/// A limit that runs.
struct running_clock {
  supervision_clock kind{};
  instant since{};
  time_limit limit{};
  std::vector<extension> extended{};

  friend bool operator==(const running_clock&, const running_clock&) = default;
};

/// A clock with its end.
struct supervision_due {
  supervision_clock kind{};
  instant since{};
  deadline ends;

  bool missed(instant at) const { return ends.due_at && *ends.due_at <= at; }
};

/// Errors: those of due_date().
result<deadline> due_of(const running_clock& k, const workday_calendar& calendar);
result<explanation> explain(const running_clock& k, const workday_calendar& calendar);

/// Every clock with its end, the earliest first. Errors: those of due_date().
result<std::vector<supervision_due>> dues_of(std::span<const running_clock> clocks,
                                             const workday_calendar& calendar);

} // namespace banli
