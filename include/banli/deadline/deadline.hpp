#pragma once
#include <banli/calendar/workday_calendar.hpp>
#include <banli/calendar/working_hours.hpp>
#include <banli/deadline/counting.hpp>
#include <banli/deadline/exclusion.hpp>
#include <banli/deadline/time_limit.hpp>

namespace banli {

/// When a time limit ends.
struct deadline {
  time_limit limit;
  day start{};                   ///< the day of the event
  instant started{};             ///< the instant of the event
  std::optional<day> due;        ///< the last day in time; absent while a suspension is open
  std::optional<instant> due_at; ///< the first instant that is too late: end_of(due), or the minute
  std::optional<day> nominal;    ///< the last day before any roll
  std::int64_t total = 0;        ///< units of the whole limit, extensions included; see counted_in
  std::int64_t remaining = 0;    ///< while suspended: units left; otherwise 0
  limit_unit counted_in{};       ///< workday, day, workhour or hour; hours are counted in minutes
  bool provisional = false;      ///< the calendar may still change
  std::uint32_t calendar_stamp = 0; ///< workday_calendar::stamp() of the calendar used
};

/// How much of a limit is used at an instant.
struct usage {
  std::int64_t total = 0;
  std::int64_t used = 0;      ///< units counted up to and including today
  std::int64_t remaining = 0; ///< total - used; 0 on the last day, negative when late
  limit_unit counted_in{};
  std::optional<instant> changes_at; ///< the next instant at which these numbers change
};

/// Errors: bad_limit, bad_exclusion, extension_refused, limit_exceeded, out_of_range.
inline result<deadline> due_date(const workday_calendar& calendar, time_limit limit, instant start,
                                 std::span<const exclusion> exclusions = {},
                                 std::span<const extension> extensions = {},
                                 const counting_rules& rules = {});
inline result<deadline> due_date(const workday_calendar& calendar, const working_hours& hours,
                                 time_limit limit, instant start,
                                 std::span<const exclusion> exclusions = {},
                                 std::span<const extension> extensions = {},
                                 const counting_rules& rules = {});
/// The same arguments as due_date, and now.
inline result<usage> usage_at(const workday_calendar& calendar, const working_hours& hours,
                              time_limit limit, instant start, std::span<const exclusion> exclusions,
                              std::span<const extension> extensions, const counting_rules& rules,
                              instant now);
/// Whether something done at an instant is in time; while there is no due date everything is.
inline bool in_time(const deadline& d, instant done) { return !d.due_at || done < *d.due_at; }
/// Calendar days late, negative when early; 0 on the last day and while there is no due date.
inline days days_late(const deadline& d, instant done) {
  return d.due ? day_of(done) - *d.due : days{0};
}

} // namespace banli
