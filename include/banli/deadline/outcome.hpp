// outcome.hpp — what comes out of a computation: the deadline, as a value.
//
// A deadline is plain data: copy it, compare it, keep it. It names the calendar it was computed
// with by its stamp, so that a later reader can tell whether the answer would still be the same.
//
//   d.due      2025-10-11                    the last day on which the duty can still be done
//   d.due_at   2025-10-12 00:00              the first instant that is too late (half-open)
//   in_time(d, *parse_instant("2025-10-11T23:59:59"))      // true
//   days_late(d, *parse_instant("2025-10-14T09:00"))       // 3; early is negative
//   minutes_late(h, done), work_minutes_late(cal, hours, h, done)     // for limits in hours
//
// due_date() makes it, see deadline.hpp. The hard case is `nominal`: where a limit in days ends on
// a rest day, the day it was counted to and the day it is due are two days, and both are kept.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include <banli/calendar/working_hours.hpp>
#include <banli/deadline/time_limit.hpp>
#include <banli/time/civil.hpp>

namespace banli {

/// When a time limit ends. Amounts are in units of `counted_in`: workday or day; hours in minutes.
struct deadline {
  time_limit limit;
  day start{};                   ///< the day of the event
  instant started{};             ///< the instant of the event
  std::optional<day> due;        ///< the last day in time; absent while a suspension is open
  std::optional<instant> due_at; ///< the first instant that is too late: end_of(due), or the minute
  std::optional<day> nominal;    ///< the last day before any roll
  std::int64_t total = 0;        ///< the whole limit, extensions included
  std::int64_t remaining = 0;    ///< what is left of it while a suspension is open; otherwise 0
  limit_unit counted_in{};       ///< workday, day, workhour or hour
  bool provisional = false;      ///< a day that mattered is not settled by a notice
  std::uint32_t calendar_stamp = 0; ///< workday_calendar::stamp() of the calendar used

  friend bool operator==(const deadline&, const deadline&) = default;
};

/// Whether something done at an instant is in time. While there is no due date, everything is.
inline bool in_time(const deadline& d, instant done) { return !d.due_at || done < *d.due_at; }

/// Calendar days late, negative when early; 0 on the last day and while there is no due date.
inline days days_late(const deadline& d, instant done) {
  return d.due ? day_of(done) - *d.due : days{0};
}

/// Whole minutes late of the clock, counted from the first instant that is too late; negative when
/// early, a started minute counting as early. 0 while there is no due date.
inline minutes minutes_late(const deadline& d, instant done) {
  return d.due_at ? std::chrono::floor<minutes>(done - *d.due_at) : minutes{0};
}

/// The same in office time. Errors: out_of_range.
inline result<minutes> work_minutes_late(const workday_calendar& calendar,
                                         const working_hours& hours, const deadline& d,
                                         instant done) {
  return d.due_at ? work_time_between(calendar, hours, *d.due_at, done)
                  : result<minutes>{minutes{0}};
}

/// Working days late, negative when early. Errors: out_of_range.
inline result<int> workdays_late(const workday_calendar& calendar, const deadline& d,
                                 instant done) {
  return d.due ? calendar.workdays_between(*d.due, day_of(done)) : result<int>{0};
}

} // namespace banli
