// civil.hpp — days and instants as an office reads them off the wall.
//
// A legal time limit counts days of the civil calendar, and its hours are hours of the office
// clock. banli therefore works in civil time: no time zone, no leap second, no "now". Whoever calls
// says what time it is.
//
//   day      one day                       2025-10-11
//   instant  one second of one day         2025-10-11 16:30:00
//
// Both are <chrono> types on the local clock, so the arithmetic is the standard's:
//
//   day d = to_day(2024y / February / 29);
//   d + days{1};                       // 2024-03-01
//   instant t = d + hours{16};         // a day converts to its first instant, 00:00
//   day_of(t) == d;                    // and an instant lies in a day
//
// The hard case is the end of a day. A limit that falls due on 2025-10-11 is kept by whatever
// happens before 24:00 of that day (Civil Code art. 203), so the last good instant is not a value
// to compare with. Intervals in code are half-open: end_of(d) is the first instant *after* the day,
// and "in time" is t < end_of(due).
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>

namespace banli {

/// A civil day. Range: years 1 to 9999 (first_day .. last_day).
using day = std::chrono::local_days;

/// A civil instant, exact to the second.
using instant = std::chrono::local_seconds;

/// A number of days, never of anything else.
using std::chrono::days;
/// A number of civil minutes; what hour limits are counted in.
using std::chrono::minutes;

/// The day of a year, month and day of the month. The date must exist (ymd.ok()).
constexpr day to_day(std::chrono::year_month_day ymd) { return day{ymd}; }

/// The year, month and day of the month of a day.
constexpr std::chrono::year_month_day to_ymd(day d) { return std::chrono::year_month_day{d}; }

/// The month in which a day lies.
constexpr std::chrono::year_month month_of(day d) { return {to_ymd(d).year(), to_ymd(d).month()}; }

/// The day in which an instant lies.
constexpr day day_of(instant t) { return std::chrono::floor<days>(t); }

/// The time of day of an instant, from 00:00 on.
constexpr std::chrono::seconds time_of_day(instant t) { return t - day_of(t); }

/// The first instant after a day: 00:00 of the next.
constexpr instant end_of(day d) { return instant{d + days{1}}; }

/// The weekday of a day.
constexpr std::chrono::weekday weekday_of(day d) { return std::chrono::weekday{d}; }

/// The number of the day counted from 1970-01-01: what arrays are indexed with.
constexpr std::int32_t serial(day d) {
  return static_cast<std::int32_t>(d.time_since_epoch().count());
}

/// The day with a number.
constexpr day from_serial(std::int32_t n) { return day{days{n}}; }

/// The first and the last day that text can name.
inline constexpr day first_day = to_day(std::chrono::year{1} / 1 / 1);
inline constexpr day last_day = to_day(std::chrono::year{9999} / 12 / 31);

/// "No day" where a column has to hold one: open, unknown, not due. It is what numpy calls NaT.
inline constexpr day no_day{days{std::numeric_limits<std::int64_t>::min()}};
inline constexpr instant no_instant{std::chrono::seconds{std::numeric_limits<std::int64_t>::min()}};
static_assert(sizeof(day) == sizeof(std::int64_t) && sizeof(instant) == sizeof(std::int64_t),
              "columns of days and instants are columns of int64");

} // namespace banli
