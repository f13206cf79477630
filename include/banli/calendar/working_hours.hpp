// working_hours.hpp — at what times of a working day an office works.
//
// A limit of "8 working hours" runs only while the office is open. Hours belong to weekdays, change
// with the season, and on a single day may be cut short; they matter only on working days of the
// calendar. A make-up Saturday has hours like any working day.
//
//   working_hours h;                               // 08:30-11:30 and 14:30-17:30 on every weekday
//   h.sessions_on(to_day(2025y / 9 / 26));         // the two sessions
//   add_work_time(cal, h, *parse_instant("2025-09-26T16:30"), minutes{120});
//                                                  // 2025-09-28 09:30: one hour on Friday,
//                                                  Saturday
//                                                  // is a rest day, one hour on the make-up Sunday
//   work_time_between(cal, h, from, to);           // working minutes in [from, to)
//
// The most particular rule wins: a date, then a season, then the weekday. The hard case is the end
// of a session: time that runs out exactly at 17:30 ends at 17:30 of that day, not at 08:30 of the
// next.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/calendar/workday_calendar.hpp>

namespace banli {

/// A stretch of office time, [opens, closes), in minutes from 00:00.
struct session {
  minutes opens{};
  minutes closes{};

  friend bool operator==(const session&, const session&) = default;
};

/// The sessions of one day, in order and apart; empty where the office stays shut.
using sessions = std::vector<session>;

/// The sessions of each weekday; [0] is Sunday, as std::chrono counts.
using week_of_sessions = std::array<sessions, 7>;

/// Other hours for part of every year, [from, through]; may run over New Year (10-01 to 04-30).
struct season {
  std::string name;
  std::chrono::month_day from{};
  std::chrono::month_day through{};
  week_of_sessions week;

  friend bool operator==(const season&, const season&) = default;
};

namespace detail {
inline week_of_sessions every_day(const sessions& s) { return {s, s, s, s, s, s, s}; }
inline sessions default_sessions() {
  using namespace std::chrono_literals;
  return {{8h + 30min, 11h + 30min}, {14h + 30min, 17h + 30min}};
}
} // namespace detail

/// The hours of an office. Plain data; check() says what is wrong with it.
struct working_hours {
  week_of_sessions week = detail::every_day(detail::default_sessions());
  std::vector<season> seasons;   ///< the first that holds a day decides
  std::map<day, sessions> dates; ///< single days; an empty list shuts the office
  std::size_t max_sessions = 16; ///< sessions a day may have

  /// The sessions of a day if the office works on it at all.
  const sessions& sessions_on(day d) const {
    if (const auto it = dates.find(d); it != dates.end()) return it->second;
    const std::chrono::year_month_day ymd = to_ymd(d);
    const std::chrono::month_day md{ymd.month(), ymd.day()};
    const unsigned w = weekday_of(d).c_encoding();
    for (const season& s : seasons) {
      const bool in =
          s.from <= s.through ? s.from <= md && md <= s.through : md >= s.from || md <= s.through;
      if (in) return s.week[w];
    }
    return week[w];
  }

  friend bool operator==(const working_hours&, const working_hours&) = default;
};

/// The same sessions on every weekday.
inline working_hours every_weekday(const sessions& s) {
  working_hours h;
  h.week = detail::every_day(s);
  return h;
}

/// Reads "08:30-11:30,14:30-17:30"; "-" or an empty text is a shut day. Errors: bad_hours.
inline result<sessions> parse_sessions(std::string_view s) {
  const auto bad = [s] {
    return make_error(errc::bad_hours,
                      "'{}' is no list of office hours: expected 08:30-11:30,14:30-17:30",
                      "“{}”不是办公时间:应写作 08:30-11:30,14:30-17:30", s);
  };
  sessions out;
  if (s.empty() || s == "-") return out;
  for (std::string_view rest = s;;) {
    const auto clock = [&rest] {
      const int h = detail::take_digits(rest, 2);
      const bool colon = detail::take(rest, ':');
      const int m = detail::take_digits(rest, 2);
      return colon && h >= 0 && m >= 0 && m < 60 && h * 60 + m <= 24 * 60 ? h * 60 + m : -1;
    };
    const int from = clock();
    const bool dash = detail::take(rest, '-');
    const int to = clock();
    if (from < 0 || !dash || to <= from || out.size() >= 48) return bad();
    if (!out.empty() && out.back().closes > minutes{from}) return bad();
    out.push_back({minutes{from}, minutes{to}});
    if (rest.empty()) return out;
    if (!detail::take(rest, ',')) return bad();
    while (detail::take(rest, ' ')) {
    }
  }
}

namespace detail {

/// Calls visit(first instant, last instant) for the stretches of office time in [from, ...) until
/// it answers false or the calendar ends.
template <class Visit>
bool for_each_stretch(const workday_calendar& cal, const working_hours& hours, instant from,
                      Visit&& visit) {
  for (day d = day_of(from); d <= cal.last(); d += days{1}) {
    if (!cal.is_workday(d)) continue;
    for (const session& s : hours.sessions_on(d)) {
      const instant opens = std::max(from, instant{d} + s.opens);
      const instant closes = instant{d} + s.closes;
      if (opens < closes && !visit(opens, closes)) return true;
    }
  }
  return false;
}

} // namespace detail

/// The instant at which an amount of working time has passed; nothing passes outside the sessions.
/// `amount` must not be negative. Errors: out_of_range, bad_value.
inline result<instant> add_work_time(const workday_calendar& cal, const working_hours& hours,
                                     instant from, minutes amount) {
  if (amount < minutes{0})
    return make_error(errc::bad_value, "working time cannot be negative", "工作时间不能为负");
  if (!cal.contains(day_of(from))) return cal.outside(day_of(from));
  if (amount == minutes{0}) return from;
  if (amount > last_day - first_day) return cal.beyond(cal.last());
  std::chrono::seconds left = amount;
  instant end = from;
  const bool found = detail::for_each_stretch(cal, hours, from, [&](instant opens, instant closes) {
    if (left <= closes - opens) {
      end = opens + left;
      return false;
    }
    left -= closes - opens;
    return true;
  });
  if (!found) return cal.beyond(cal.last());
  return end;
}

/// Whole working minutes in [from, to); negative when `to` lies before `from`. Errors:
/// out_of_range.
inline result<minutes> work_time_between(const workday_calendar& cal, const working_hours& hours,
                                         instant from, instant to) {
  if (!cal.contains(day_of(from))) return cal.outside(day_of(from));
  if (!cal.contains(day_of(to))) return cal.outside(day_of(to));
  if (to < from) {
    auto back = work_time_between(cal, hours, to, from);
    if (back) *back = -*back;
    return back;
  }
  std::chrono::seconds sum{0};
  detail::for_each_stretch(cal, hours, from, [&](instant opens, instant closes) {
    if (opens < to) sum += std::min(closes, to) - opens;
    return closes < to;
  });
  return std::chrono::floor<minutes>(sum);
}

/// Everything that is wrong with office hours: sessions that are empty, overlap, leave the day or
/// are too many. Codes: bad_hours, limit_exceeded.
inline problems check(const working_hours& hours) {
  problems out;
  const auto judge = [&](const sessions& day_sessions, const std::string& where) {
    if (day_sessions.size() > hours.max_sessions)
      out.push_back(make_error(errc::limit_exceeded, "{} has {} sessions: at most {} are allowed",
                               "{} 有 {} 个时段:最多 {} 个", where, day_sessions.size(),
                               hours.max_sessions));
    minutes end{0};
    for (const session& s : day_sessions) {
      if (s.opens < end || s.closes <= s.opens || s.closes > std::chrono::hours{24})
        out.push_back(make_error(
            errc::bad_hours, "the sessions of {} must lie in the day, in order, and not overlap",
            "{} 的办公时段应在当天之内、按先后排列且不重叠", where));
      end = std::max(end, s.closes);
    }
  };
  for (const sessions& s : hours.week) judge(s, "the week");
  for (const season& s : hours.seasons) {
    if (!s.from.ok() || !s.through.ok())
      out.push_back(make_error(errc::bad_hours, "the season '{}' has no such date",
                               "季节“{}”的日期不存在", s.name));
    for (const sessions& one : s.week) judge(one, s.name);
  }
  for (const auto& [d, s] : hours.dates) judge(s, to_text(d));
  return out;
}

} // namespace banli
