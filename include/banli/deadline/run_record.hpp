// run_record.hpp — a run of days in numbers, before it is put into words.
//
//   [2025-10-01, 2025-10-08]  holiday  why: the calendar, code 1234
//     -> "rest day (国庆节、中秋节)", "休息日(国庆节、中秋节)", from the notice of 2024-11-12
//
// Runs are put together, cut and counted on while a computation is told again (explainer.hpp);
// words only come at the end. The hard case is what the numbers refer to: the calendar's reasons
// and the names of exclusions, which the explanation keeps alive.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <banli/calendar/workday_calendar.hpp>
#include <banli/deadline/day_run.hpp>

namespace banli::detail {

/// Why a run is what it is; `ref` of the record says more where a comment names it.
enum class run_reason : std::uint8_t {
  event_day,
  calendar,      ///< ref: the day_code
  calendar_days, ///< counted whatever the calendar says
  clock_hours,
  excluded,     ///< ref: number of the exclusion, here and in the next three
  suspended,    ///
  to_restart,   ///
  later_event,  ///
  office_hours, ///
  after_hours,
  office_shut,
  last_day,   ///< the working day on which a limit ends that rolled
  rolled_back ///< counted, but after the due date
};

/// Neighbouring days with one fate; see day_run. Serials, both inside.
struct run_record {
  std::int32_t from = 0;
  std::int32_t to = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::uint32_t ref = 0;
  day_class what = day_class::counted;
  run_reason why = run_reason::event_day;

  friend bool operator==(const run_record&, const run_record&) = default;
};

inline text with_name(std::string_view en, std::string_view zh, std::string_view name) {
  if (name.empty()) return {std::string{en}, std::string{zh}};
  return {fmt::format("{} ({})", en, name), fmt::format("{}({})", zh, name)};
}

inline text reason_of_kind(day_kind k, std::string_view name) {
  switch (k) {
  case day_kind::workday: return with_name("working day", "工作日", name);
  case day_kind::weekend: return with_name("weekend", "周末", name);
  case day_kind::holiday: return with_name("rest day", "休息日", name);
  case day_kind::makeup_workday: return with_name("make-up working day", "调休上班日", name);
  }
  return {};
}

/// The words of a run. `kinds` are the names of the exclusions.
inline text reason_of_record(const run_record& r, const calendar_tables& t,
                             std::span<const std::string> kinds) {
  const auto of_stop = [&](std::string_view en, std::string_view zh) {
    return text{fmt::format("{}: {}", en, kinds[r.ref]), fmt::format("{}:{}", zh, kinds[r.ref])};
  };
  switch (r.why) {
  case run_reason::event_day:
    return {"day of the event, not counted (Civil Code art. 201)",
            "起算当日,不计入(民法典第201条)"};
  case run_reason::calendar: return reason_of_kind(kind_of_code(r.ref), t.reason_of(r.ref).name);
  case run_reason::calendar_days: return {"calendar day", "自然日"};
  case run_reason::clock_hours: return {"hours of the clock", "自然小时"};
  case run_reason::excluded: return of_stop("excluded", "不计入");
  case run_reason::suspended: return of_stop("suspended", "中止");
  case run_reason::to_restart: return of_stop("to be restarted", "待重新计算");
  case run_reason::later_event:
    return of_stop("day of the later event, not counted; the whole limit runs again",
                   "重新计算的起算当日,不计入;时限自次日起重新计算");
  case run_reason::office_hours: return {"office hours", "办公时间"};
  case run_reason::after_hours: return {"after office hours", "已过办公时间"};
  case run_reason::office_shut: return {"office shut", "当日不办公"};
  case run_reason::last_day:
    return {"last day: the first working day after the rest (Civil Code art. 203)",
            "届满日:休息日结束的次日(民法典第203条)"};
  case run_reason::rolled_back:
    return {"rest day at the end: the limit ends before it", "末日为休息日,提前至前一工作日"};
  }
  return {};
}

/// A run in words.
inline day_run told(const run_record& r, const calendar_tables& t,
                    std::span<const std::string> kinds) {
  const bool decided = r.why == run_reason::calendar || r.why == run_reason::last_day;
  return {from_serial(r.from),
          from_serial(r.to),
          r.what,
          r.first,
          r.last,
          reason_of_record(r, t, kinds),
          decided ? std::string{t.reason_of(r.ref).source} : std::string{}};
}

} // namespace banli::detail
