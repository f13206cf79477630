// text.hpp — days and instants as ISO 8601 text, in both directions.
//
//   parse_day("2025-10-11")                     // the day
//   parse_day("2025-02-30")                     // error[bad-date]: no such day
//   parse_instant("2025-10-11T16:30")           // seconds may be left out, a space may stand for T
//   parse_instant("2025-10-11")                 // 00:00 of the day
//   parse_instant("2011-10-11T13:45:40.276+02:00")   // 13:45:40: the wall clock of the writer
//   to_text(d)                                  // "2025-10-11"
//   to_text(t)                                  // "2025-10-11T16:30:00"
//
// An offset ("+02:00", "Z") is checked and dropped: what counts for a time limit is what the clock
// of the office showed. Fractions of a second are checked and cut off.
#pragma once

#include <array>
#include <charconv>
#include <chrono>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include <banli/base/result.hpp>
#include <banli/time/civil.hpp>

namespace banli {

namespace detail {

/// Reads exactly `width` digits at the front and removes them; -1 if they are not there.
constexpr int take_digits(std::string_view& s, std::size_t width) {
  if (s.size() < width) return -1;
  int n = 0;
  for (std::size_t i = 0; i < width; ++i) {
    if (s[i] < '0' || s[i] > '9') return -1;
    n = n * 10 + (s[i] - '0');
  }
  s.remove_prefix(width);
  return n;
}

constexpr bool take(std::string_view& s, char c) {
  if (s.empty() || s.front() != c) return false;
  s.remove_prefix(1);
  return true;
}

inline error bad_day(std::string_view s) {
  return make_error(errc::bad_date, "'{}' is no day: expected YYYY-MM-DD, such as 2025-10-11",
                    "“{}”不是日期:应写作 YYYY-MM-DD,如 2025-10-11", s);
}

inline error bad_instant(std::string_view s) {
  return make_error(errc::bad_date,
                    "'{}' is no instant: expected YYYY-MM-DDThh:mm, such as 2025-10-11T16:30",
                    "“{}”不是时间:应写作 YYYY-MM-DDThh:mm,如 2025-10-11T16:30", s);
}

/// Reads a day at the front of s and leaves the rest.
inline result<day> take_day(std::string_view& s) {
  const std::string_view whole = s;
  const int y = take_digits(s, 4);
  const bool dash1 = take(s, '-');
  const int m = take_digits(s, 2);
  const bool dash2 = take(s, '-');
  const int d = take_digits(s, 2);
  if (y < 1 || m < 0 || d < 0 || !dash1 || !dash2) return bad_day(whole);
  const std::chrono::year_month_day ymd{std::chrono::year{y},
                                        std::chrono::month{static_cast<unsigned>(m)},
                                        std::chrono::day{static_cast<unsigned>(d)}};
  if (!ymd.ok())
    return make_error(errc::bad_date, "{} is no day of the calendar", "日历上没有 {} 这一天",
                      whole.substr(0, 10));
  return to_day(ymd);
}

/// Reads "", "Z", "+hh:mm" or "-hh:mm".
constexpr bool take_offset(std::string_view& s) {
  if (s.empty() || take(s, 'Z')) return true;
  if (!take(s, '+') && !take(s, '-')) return false;
  const int h = take_digits(s, 2);
  take(s, ':');
  const int m = take_digits(s, 2);
  return h >= 0 && h <= 18 && m >= 0 && m < 60;
}

} // namespace detail

/// Reads YYYY-MM-DD. Errors: bad_date.
inline result<day> parse_day(std::string_view s) {
  std::string_view rest = s;
  const auto d = detail::take_day(rest);
  if (d && !rest.empty()) return detail::bad_day(s);
  return d;
}

/// Reads a day, or a day and a time of day. Errors: bad_date.
inline result<instant> parse_instant(std::string_view s) {
  std::string_view rest = s;
  const auto d = detail::take_day(rest);
  if (!d) return detail::bad_instant(s);
  if (rest.empty()) return instant{*d};
  if (!detail::take(rest, 'T') && !detail::take(rest, ' ')) return detail::bad_instant(s);
  const int h = detail::take_digits(rest, 2);
  const bool colon = detail::take(rest, ':');
  const int m = detail::take_digits(rest, 2);
  int sec = 0;
  if (detail::take(rest, ':')) {
    sec = detail::take_digits(rest, 2);
    if (detail::take(rest, '.')) {
      if (detail::take_digits(rest, 1) < 0) return detail::bad_instant(s);
      while (detail::take_digits(rest, 1) >= 0) {
      }
    }
  }
  if (!colon || h < 0 || h > 23 || m < 0 || m > 59 || sec < 0 || sec > 59 ||
      !detail::take_offset(rest) || !rest.empty())
    return detail::bad_instant(s);
  return instant{*d} + std::chrono::hours{h} + minutes{m} + std::chrono::seconds{sec};
}

/// "2025-10-11"
inline std::string to_text(day d) {
  const auto ymd = to_ymd(d);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

/// "2025-10-11T16:30:00"
inline std::string to_text(instant t) {
  const std::chrono::hh_mm_ss c{time_of_day(t)};
  return fmt::format("{}T{:02}:{:02}:{:02}", to_text(day_of(t)), c.hours().count(),
                     c.minutes().count(), c.seconds().count());
}

/// "2025-10-11 16:30", as a page shows it.
inline std::string to_short_text(instant t) {
  const std::chrono::hh_mm_ss c{time_of_day(t)};
  return fmt::format("{} {:02}:{:02}", to_text(day_of(t)), c.hours().count(), c.minutes().count());
}

} // namespace banli
