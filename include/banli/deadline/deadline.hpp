// deadline.hpp — when a time limit ends.
//
//   workday_calendar cal = cn();
//   std::vector<exclusion> out{{to_day(2024y / 9 / 10), to_day(2024y / 9 / 20), "expert_review"},
//                              {to_day(2024y / 10 / 8), to_day(2024y / 10 / 15), "hearing"}};
//   result<deadline> d = due_date(cal, {20, limit_unit::workday}, to_day(2024y / 9 / 2), out);
//   d->due;           // 2024-10-25
//   d->due_at;        // 2024-10-26 00:00: the first instant that is too late
//   d->provisional;   // false: every day is settled by a notice
//
// One pure function of what it is given. Its rules (time-limits of Chinese law; each can be changed
// in counting_rules):
//   - the day of the event is not counted; working days count only working days;
//   - months and years end on the corresponding day, else on the last of the month (民法典 202);
//   - exclusions are closed intervals and united; for months and years, every excluded day is added
//     to the period from the event to the corresponding day;
//   - extensions lengthen the nominal period, and the sum rolls once off a rest day (民法典 203);
//   - "on the spot" is the first working day from the day of the event on, itself included;
//   - hours run from the minute of the event, working hours only while the office is open.
//
// The hard case is a suspension that nobody has ended: there is no due date then. `due` and
// `due_at` are absent and `remaining` says what is left of the limit.
#pragma once

#include <span>

#include <banli/deadline/computation.hpp>
#include <banli/deadline/outcome.hpp>

namespace banli {

/// When a limit that starts at `start` (a day converts) ends. Working hours, where the limit is in
/// them, are the default ones. Errors: bad_limit, bad_exclusion, extension_refused (too many, asked
/// after expiry), limit_exceeded, out_of_range (which says what to load).
inline result<deadline> due_date(const workday_calendar& calendar, time_limit limit, instant start,
                                 std::span<const exclusion> exclusions = {},
                                 std::span<const extension> extensions = {},
                                 const counting_rules& rules = {}) {
  detail::no_observer nobody;
  return detail::compute({calendar, nullptr, limit, start, exclusions, extensions, rules}, nobody);
}

/// The same with the hours of an office.
inline result<deadline> due_date(const workday_calendar& calendar, const working_hours& hours,
                                 time_limit limit, instant start,
                                 std::span<const exclusion> exclusions = {},
                                 std::span<const extension> extensions = {},
                                 const counting_rules& rules = {}) {
  detail::no_observer nobody;
  return detail::compute({calendar, &hours, limit, start, exclusions, extensions, rules}, nobody);
}

} // namespace banli
