// hour_computation.hpp — limits that end at a minute.
//
// Hours of the clock run day and night; working hours run while the office is open. Both begin at
// the minute of the event (民法典 201) and never roll. Excluded days stand still from 00:00 to
// 24:00.
//
//   24 hours from 2025-09-30 16:40           2025-10-01 16:40, through the holiday
//   8 working hours from 2025-09-26 16:30    with office hours 09:00-12:00 and 13:30-17:30:
//                                            09-28 17:30, a make-up Sunday
//
// The hard case is midnight: a limit that ends at 00:00 was last in time on the day before, which
// is therefore its due day.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <banli/deadline/term.hpp>

namespace banli::detail {

/// Fills in the end of a limit in hours: `at` is the first instant that is too late.
inline deadline ended(deadline d, instant at) {
  d.due_at = at;
  d.due = d.nominal = day_of(at - std::chrono::seconds{1});
  return d;
}

/// Limits in hours of the clock: seconds are ticks.
template <class Observer>
result<deadline> compute_hours(const term& t, std::size_t extensions, Observer& o) {
  const axis a{t.rules.runs == direction::after ? 1 : -1, 86'400};
  stop_list stops;
  if (auto wrong = add_stops(t.exclusions, t.rules, a, stops)) return *wrong;
  const phase p = phase_sequence{t, extensions}.take();
  const std::int64_t start = t.start.time_since_epoch().count();
  o.start(t, a, start_rule::on_event);
  o.phase(p.counts);
  // Forward the first second counted is [start, start + 1); backward it is [start - 1, start).
  const walk_end e = walk(every_tick{}, a.sign > 0 ? start - 1 : -start, p.ticks, stops.all(), o);
  const std::int64_t at = a.sign > 0 ? e.at + 1 : -e.at;
  const instant end{std::chrono::seconds{at}};
  if (e.state == walk_state::ran_out || day_of(end) < first_day || end > end_of(last_day))
    return ends_nowhere(t);
  deadline d = blank(t, limit_unit::hour);
  d.total = p.ticks / 60;
  if (e.state == walk_state::ended) return ended(d, end);
  d.remaining = (e.wanted - e.counted + 59) / 60;
  return d;
}

/// The stops of office time, passed day by day.
class stop_cursor {
 public:
  explicit stop_cursor(std::span<const stop> stops) : stops_(stops) {}

  /// The stop that covers a day, if any; days must be asked for in order. `restarted` is set on the
  /// first day of a stop after which the limit runs in full again.
  const stop* at(std::int64_t d) {
    restarted = false;
    for (; next_ < stops_.size() && stops_[next_].from <= d; ++next_) {
      const stop& s = stops_[next_];
      if (s.to < d) continue;
      // Once a stop is open the end of another suspension changes nothing.
      const bool halted = covering_ && covering_->open;
      if (s.restart && (!halted || any_restart({&s, 1}))) {
        restarted = true;
        if (!again_ || s.to > again_->to) again_ = &s;
      }
      if (!covering_ || s.to > covering_->to) covering_ = &s;
    }
    return covering_ && covering_->to >= d ? covering_ : nullptr;
  }
  /// The stop on whose last day the limit begins anew, if this is the day.
  const stop* again_on(std::int64_t d) const {
    return again_ && again_->to == d ? again_ : nullptr;
  }
  /// Whether a restart comes later, up to a day.
  bool more(std::int64_t until) const {
    return std::any_of(stops_.begin() + static_cast<std::ptrdiff_t>(next_), stops_.end(),
                       [until](const stop& s) {
                         return s.from <= until && any_restart({&s, 1});
                       });
  }
  bool restarted = false;

 private:
  std::span<const stop> stops_;
  std::size_t next_ = 0;
  const stop* covering_ = nullptr;
  const stop* again_ = nullptr;
};

/// Where office time came to: like walk_end, `at` being the instant.
struct office_end {
  walk_state state = walk_state::ran_out;
  instant at{};
  std::int64_t counted = 0; ///< seconds
};

/// Lets `wanted` seconds of office time pass from an instant on, `counted` of them already; nothing
/// after `until` is counted.
template <class Observer>
office_end walk_office(const workday_calendar& calendar, const working_hours& hours, instant from,
                       instant until, std::int64_t wanted, std::span<const stop> stops, Observer& o,
                       std::int64_t counted = 0) {
  stop_cursor cursor{stops};
  const std::int64_t last = day_of(until).time_since_epoch().count();
  for (day d = day_of(from); d <= calendar.last(); d += days{1}) {
    if (instant{d} > until) return {walk_state::halted, instant{d}, counted};
    const stop* s = cursor.at(serial(d));
    if (cursor.restarted) counted = 0;
    if (s && s->open) {
      o.stopped(serial(d), never, *s);
      return {walk_state::halted, instant{d}, cursor.more(last) ? 0 : counted};
    }
    if (s) {
      o.stopped(serial(d), serial(d), *s);
      if (const stop* again = cursor.again_on(serial(d))) o.again(*again);
      continue;
    }
    if (!calendar.is_workday(d)) {
      o.shut(d);
      continue;
    }
    const std::int64_t before = counted;
    for (const session& one : hours.sessions_on(d)) {
      const instant opens = std::max(from, instant{d} + one.opens);
      const std::int64_t length = (std::min(until, instant{d} + one.closes) - opens).count();
      if (length <= 0) continue;
      if (counted + length >= wanted) {
        o.office(d, before, wanted);
        return {walk_state::ended, opens + std::chrono::seconds{wanted - counted}, wanted};
      }
      counted += length;
    }
    o.office(d, before, counted);
  }
  return {walk_state::ran_out, end_of(calendar.last()), counted};
}

inline const working_hours& hours_of(const term& t) {
  static const working_hours usual;
  return t.hours ? *t.hours : usual;
}

/// Limits in working hours.
template <class Observer>
result<deadline> compute_office(const term& t, std::size_t extensions, Observer& o) {
  stop_list stops;
  if (auto wrong = add_stops(t.exclusions, t.rules, axis{}, stops)) return *wrong;
  deadline d = blank(t, limit_unit::workhour);
  if (!t.calendar.contains(d.start)) return t.calendar.outside(d.start);
  const phase p = phase_sequence{t, extensions}.take();
  o.start(t, axis{}, start_rule::on_event);
  o.phase(p.counts);
  const office_end e =
      walk_office(t.calendar, hours_of(t), t.start, instant::max(), p.ticks, stops.all(), o);
  if (e.state == walk_state::ran_out) return t.calendar.beyond(t.calendar.last());
  d.total = p.ticks / 60;
  d.provisional = !t.calendar.settled(d.start, std::min(day_of(e.at), t.calendar.last()));
  if (e.state == walk_state::ended) return ended(d, e.at);
  d.remaining = (p.ticks - e.counted + 59) / 60;
  return d;
}

} // namespace banli::detail
