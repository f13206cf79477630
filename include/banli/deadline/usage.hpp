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
// The hard case is a restart, or a suspension after which the limit runs in full again: its first
// day sets `used` back to nothing.
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

/// The stops that bear on a limit: a restart after it expired does nothing, and a suspension after
/// its last unit leaves it as it is.
inline std::optional<error> add_stops(const term& t, const deadline& d, const axis& a,
                                      stop_list& out) {
  stop_list all;
  if (auto wrong = add_stops(t.exclusions, t.rules, a, all)) return wrong;
  for (stop s : all.all()) {
    const bool own = s.why->type == stop_type::restart;
    if (s.restart && d.due && s.from > a.end(serial(own ? *d.due : *d.nominal))) {
      if (own) continue;
      s.restart = false;
    }
    out.add(s);
  }
  out.sort();
  return std::nullopt;
}

/// Counts what is used of a limit in days (a tick is a day) or in hours of the clock (a second).
struct tick_counter {
  const workday_calendar& calendar;
  limit_unit counts;
  std::int64_t origin;
  stop_list stops;

  std::int64_t until(std::int64_t tick) const {
    no_visitor nobody;
    const stop_list known = stops.until(tick);
    return with_measure(calendar, counts, 1,
                        [&](const auto& m) { return walk(m, origin, never, known.all(), nobody); })
        .counted;
  }

  /// The tick with which `wanted` are used for the first time after `now`, when `used` are.
  std::optional<std::int64_t> reached(std::int64_t wanted, std::int64_t now,
                                      std::int64_t used) const {
    if (wanted <= used) return std::nullopt;
    no_visitor nobody;
    const walk_end e = with_measure(calendar, counts, 1, [&](const auto& m) {
      walk_end at = walk_once(m, now, now, wanted - used, stops.all(), nobody);
      while (at.state == walk_state::restarted)
        at = walk_once(m, at.at, at.base, wanted, stops.all(), nobody);
      return at;
    });
    return e.state == walk_state::ended ? std::optional{e.at} : std::nullopt;
  }
};

/// The first tick after `now` on which a restart sets what is used back to nothing. Once a stop is
/// open only a restart of its own does, not the end of another suspension.
inline std::optional<std::int64_t> next_reset(const stop_list& stops, std::int64_t now) {
  bool halted = false;
  for (const stop& s : stops.all()) {
    if (s.restart && s.from > now && (!halted || any_restart({&s, 1}))) return s.from;
    halted |= s.open;
  }
  return std::nullopt;
}

/// The state of one limit at one instant, and when it has used a number of units.
class usage_clock {
 public:
  static result<usage_clock> make(const term& t, const deadline& d, instant now) {
    usage_clock c{t, d, now};
    const bool tables = d.counted_in == limit_unit::workday || c.office();
    if (tables && !t.calendar.contains(day_of(now))) return t.calendar.outside(day_of(now));
    const axis a{1, d.counted_in == limit_unit::hour ? 86'400 : 1};
    if (auto wrong = add_stops(t, d, a, c.counter_.stops)) return *wrong;
    c.used_ = c.office() ? c.office_until(now) : c.counter_.until(c.now_);
    return c;
  }

  /// In units, or in minutes for hours.
  std::int64_t used() const { return used_ / scale(); }

  std::int64_t total() const {
    if (is_hour_unit(d_->counted_in) || !d_->nominal) return d_->total;
    return counter_.until(serial(*d_->nominal));
  }

  /// The instant from which on `units` are used, when they are not yet.
  std::optional<instant> reached(std::int64_t units) const {
    if (units <= used()) return std::nullopt;
    if (office()) return office_reached(units * scale());
    const auto tick = counter_.reached(units * scale(), now_, used_);
    return tick ? instant_of(*tick) : std::nullopt;
  }

  /// The instant at which `used` will differ.
  std::optional<instant> changes() const {
    std::optional<instant> next = reached(used() + 1);
    if (used() == 0) return next;
    const std::int64_t from = office() ? serial(day_of(std::max(at_, t_->start))) : now_;
    if (const auto tick = next_reset(counter_.stops, from)) {
      const instant reset = d_->counted_in == limit_unit::hour
                                ? instant{std::chrono::seconds{*tick + 1}}
                                : instant{from_serial(static_cast<std::int32_t>(*tick))};
      next = next ? std::min(*next, reset) : reset;
    }
    return next;
  }

 private:
  usage_clock(const term& t, const deadline& d, instant now)
      : t_(&t), d_(&d), at_(now), counter_{t.calendar, d.counted_in, 0, {}} {
    const bool on_event =
        t.limit.unit == limit_unit::on_the_spot || t.rules.start == start_rule::on_event;
    const bool seconds = d.counted_in == limit_unit::hour;
    counter_.origin = seconds ? t.start.time_since_epoch().count() - 1
                              : std::int64_t{serial(d.start)} - (on_event ? 1 : 0);
    now_ = std::max(counter_.origin, seconds ? now.time_since_epoch().count() - 1
                                             : std::int64_t{serial(day_of(now))});
  }

  bool office() const { return d_->counted_in == limit_unit::workhour; }
  std::int64_t scale() const { return is_hour_unit(d_->counted_in) ? 60 : 1; }

  std::optional<instant> instant_of(std::int64_t tick) const {
    if (d_->counted_in == limit_unit::hour) return instant{std::chrono::seconds{tick + 1}};
    if (tick > serial(last_day)) return std::nullopt;
    return instant{from_serial(static_cast<std::int32_t>(tick))};
  }

  std::int64_t office_until(instant now) const {
    no_observer nobody;
    return walk_office(t_->calendar, hours_of(*t_), t_->start, std::max(now, t_->start), never,
                       counter_.stops.all(), nobody)
        .counted;
  }

  std::optional<instant> office_reached(std::int64_t seconds) const {
    no_observer nobody;
    const office_end e = walk_office(t_->calendar, hours_of(*t_), std::max(at_, t_->start),
                                     instant::max(), seconds, counter_.stops.all(), nobody, used_);
    return e.state == walk_state::ended ? std::optional{e.at} : std::nullopt;
  }

  const term* t_;
  const deadline* d_;
  instant at_;
  tick_counter counter_;
  std::int64_t now_ = 0;  ///< the tick up to which is counted
  std::int64_t used_ = 0; ///< ticks, or seconds of office time
};

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

/// The usage of a limit whose deadline has been computed.
inline result<usage> usage_of(const term& t, const deadline& d, instant now) {
  if (now < instant{first_day} || now >= end_of(last_day))
    return make_error(errc::out_of_range, "'now' lies outside the years 1 to 9999",
                      "当前时间超出公元 1 年至 9999 年");
  if (t.rules.runs == direction::before) return usage_before(t, d, now);
  const result<usage_clock> c = usage_clock::make(t, d, now);
  if (!c) return c.error();
  const std::int64_t total = c->total();
  return usage{total, c->used(), total - c->used(), d.counted_in, c->changes()};
}

inline result<usage> usage_of(const term& t, instant now) {
  no_observer nobody;
  const result<deadline> d = compute(t, nobody);
  if (!d) return d.error();
  return usage_of(t, *d, now);
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
