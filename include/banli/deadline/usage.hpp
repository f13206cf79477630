// usage.hpp — how much of a limit is used at an instant, and until when that holds.
//
//   20 working days from 2024-09-02, review 09-10 to 09-20, now 2024-09-25 15:00
//   usage_at(...)  ->  used 8, remaining 12, changes_at 2024-09-26 00:00
//
// Today counts as used: on the last day nothing remains, and the day is still in time. After it,
// `remaining` is negative and says how many units late. Hour limits are told in minutes.
//
// `changes_at` is the next instant at which the numbers differ, so that nobody has to ask again
// before; absent while a suspension is open. Before a limit that lies before its event, `remaining`
// are the units from now to the due date.
//
// The hard case is a suspension after which the limit runs in full again: its first day sets `used`
// back to nothing.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>

#include <banli/deadline/deadline.hpp>

namespace banli {

/// The state of a limit at an instant, in units of `counted_in` (hours in minutes).
struct usage {
  std::int64_t total = 0;
  std::int64_t used = 0;
  std::int64_t remaining = 0; ///< total - used
  limit_unit counted_in{};
  std::optional<instant> changes_at;

  friend bool operator==(const usage&, const usage&) = default;
};

namespace detail {

/// A day limit, asked on a day.
inline result<usage> usage_of_days(const term& t, const deadline& d, day today) {
  const bool workdays = d.counted_in == limit_unit::workday;
  if (workdays && !t.calendar.contains(today)) return t.calendar.outside(today);
  stop_list stops;
  if (auto wrong = add_stops(t.exclusions, t.rules, axis{}, stops)) return *wrong;
  const bool on_event =
      t.limit.unit == limit_unit::on_the_spot || t.rules.start == start_rule::on_event;
  const std::int64_t origin = serial(d.start) - (on_event ? 1 : 0);
  const auto count = [&](std::int64_t after, std::int64_t wanted, const stop_list& list) {
    no_visitor nobody;
    return with_measure(t.calendar, d.counted_in, 1,
                        [&](const auto& m) { return walk(m, after, wanted, list.all(), nobody); });
  };
  const auto counted_until = [&](std::int64_t tick) {
    return count(origin, never, stops.until(tick)).counted;
  };
  const std::int64_t now = std::max(origin, std::int64_t{serial(today)});
  usage u{d.nominal ? counted_until(serial(*d.nominal)) : d.total, counted_until(now), 0,
          d.counted_in, std::nullopt};
  u.remaining = u.total - u.used;
  const walk_end next = count(now, 1, stops);
  if (next.state == walk_state::ended && next.at <= serial(last_day))
    u.changes_at = from_serial(static_cast<std::int32_t>(next.at));
  for (const stop& s : stops.all())
    if (s.restart && s.from > now && u.changes_at && s.from < serial(day_of(*u.changes_at)))
      u.changes_at = from_serial(static_cast<std::int32_t>(s.from));
  return u;
}

inline usage in_minutes(const deadline& d, std::int64_t seconds) {
  return {d.total, seconds / 60, d.total - seconds / 60, d.counted_in, std::nullopt};
}

inline result<usage> usage_of_hours(const term& t, const deadline& d, instant now) {
  stop_list stops;
  if (auto wrong = add_stops(t.exclusions, t.rules, axis{1, 86'400}, stops)) return *wrong;
  no_visitor nobody;
  const std::int64_t origin = t.start.time_since_epoch().count() - 1;
  const std::int64_t last = std::max(origin, now.time_since_epoch().count() - 1);
  const std::int64_t used =
      walk(every_tick{}, origin, never, stops.until(last).all(), nobody).counted;
  usage u = in_minutes(d, used);
  const walk_end next = walk(every_tick{}, last, 60 - used % 60, stops.all(), nobody);
  if (next.state == walk_state::ended) u.changes_at = instant{std::chrono::seconds{next.at + 1}};
  return u;
}

inline result<usage> usage_of_office(const term& t, const deadline& d, instant now) {
  if (!t.calendar.contains(day_of(now))) return t.calendar.outside(day_of(now));
  stop_list stops;
  if (auto wrong = add_stops(t.exclusions, t.rules, axis{}, stops)) return *wrong;
  no_observer nobody;
  const working_hours& hours = hours_of(t);
  const instant from = std::max(now, t.start);
  const std::int64_t used =
      walk_office(t.calendar, hours, t.start, from, never, stops.all(), nobody).counted;
  usage u = in_minutes(d, used);
  const office_end next =
      walk_office(t.calendar, hours, from, instant::max(), 60 - used % 60, stops.all(), nobody);
  if (next.state == walk_state::ended) u.changes_at = next.at;
  return u;
}

/// A limit before its event: what lies between now and the due date.
inline result<usage> usage_before(const term& t, const deadline& d, instant now) {
  usage u{d.total, 0, 0, d.counted_in, end_of(day_of(now))};
  if (d.counted_in == limit_unit::hour) {
    u.remaining = std::chrono::floor<minutes>(*d.due_at - now).count();
    u.changes_at = *d.due_at - minutes{u.remaining} + std::chrono::seconds{1};
  } else if (d.counted_in == limit_unit::workday) {
    const result<int> n = t.calendar.workdays_between(day_of(now), *d.due);
    if (!n) return n.error();
    u.remaining = *n;
  } else {
    u.remaining = (*d.due - day_of(now)).count();
  }
  u.used = u.total - u.remaining;
  return u;
}

inline result<usage> usage_of(const term& t, instant now) {
  no_observer nobody;
  const result<deadline> d = compute(t, nobody);
  if (!d) return d.error();
  if (now < instant{first_day} || now >= end_of(last_day))
    return make_error(errc::out_of_range, "'now' lies outside the years 1 to 9999",
                      "当前时间超出公元 1 年至 9999 年");
  if (t.rules.runs == direction::before) return usage_before(t, *d, now);
  if (t.limit.unit == limit_unit::hour) return usage_of_hours(t, *d, now);
  if (t.limit.unit == limit_unit::workhour) return usage_of_office(t, *d, now);
  return usage_of_days(t, *d, day_of(now));
}

} // namespace detail

/// How much of a limit is used at `now`; the other arguments and the errors are those of due_date.
inline result<usage> usage_at(instant now, const workday_calendar& calendar, time_limit limit,
                              instant start, std::span<const exclusion> exclusions = {},
                              std::span<const extension> extensions = {},
                              const counting_rules& rules = {}) {
  return detail::usage_of({calendar, nullptr, limit, start, exclusions, extensions, rules}, now);
}

/// The same with the hours of an office.
inline result<usage> usage_at(instant now, const workday_calendar& calendar,
                              const working_hours& hours, time_limit limit, instant start,
                              std::span<const exclusion> exclusions = {},
                              std::span<const extension> extensions = {},
                              const counting_rules& rules = {}) {
  return detail::usage_of({calendar, &hours, limit, start, exclusions, extensions, rules}, now);
}

} // namespace banli
