// walk.hpp — the one algorithm behind every deadline.
//
// A measure says which ticks of the axis count: all of them, or the working days. Like the
// calendar's tables it answers in two directions, rank (how many up to here) and select (which is
// the k-th). The walk goes from stop to stop, never from day to day:
//
//   20 working days from 2024-09-02, stops [09-10, 09-20] and [10-08, 10-15]
//     to 09-09:  5 counted                     rank(09-09) - rank(09-02)
//     to 10-07:  7 more, 12                    rank(10-07) - rank(09-20)
//     the last 8 after 10-15: 10-25            select(rank(10-15) + 8)
//
// Whoever wants to know more than the end gives a visitor, which is told of every stretch and every
// stop on the way; `no_visitor` costs nothing. An explanation is therefore not a second
// computation.
//
// The hard case is a stop that begins inside another: the walk skips what it has already passed. So
// does a restart that lies inside another stop: the limit begins anew on its last day, although the
// count goes on only where the other ends.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include <banli/calendar/calendar_tables.hpp>
#include <banli/deadline/stop_list.hpp>

namespace banli::detail {

/// Every tick counts.
struct every_tick {
  static constexpr std::int64_t total = never;
  static constexpr std::int64_t end = never;
  static std::int64_t rank(std::int64_t tick) { return tick; }
  static std::int64_t select(std::int64_t k) { return k; }
};

/// Working days count, on the forward axis. Outside the tables nothing does; `end` is their last
/// tick.
struct workdays_forward {
  const calendar_tables& t;
  std::int64_t total = t.total();
  std::int64_t end = t.last;
  std::int64_t rank(std::int64_t tick) const {
    return t.rank_of(std::clamp<std::int64_t>(tick, t.first - 1, t.last));
  }
  std::int64_t select(std::int64_t k) const { return t.select_of(k); }
};

/// Working days count, on the mirrored axis.
struct workdays_backward {
  const calendar_tables& t;
  std::int64_t total = t.total();
  std::int64_t end = -std::int64_t{t.first};
  std::int64_t rank(std::int64_t tick) const {
    return total - t.rank_of(std::clamp<std::int64_t>(-tick - 1, t.first - 1, t.last));
  }
  std::int64_t select(std::int64_t k) const { return -t.select_of(total - k + 1); }
};

struct no_visitor {
  void stretch(std::int64_t, std::int64_t, std::int64_t) {}
  void stopped(std::int64_t, std::int64_t, const stop&) {}
  void again(const stop&) {}
};

enum class walk_state : std::uint8_t { ended, halted, restarted, ran_out };

/// Where a walk came to: the tick of the last unit, or what was counted before an open stop, or the
/// last tick passed when a restart was met.
struct walk_end {
  walk_state state = walk_state::ended;
  std::int64_t at = 0;
  std::int64_t counted = 0;
  std::int64_t wanted = 0;
  std::int64_t base =
      0;              ///< restarted: the tick after which the limit runs again; at or before `at`
  bool whole = false; ///< halted: nothing that was counted will be kept
};

/// Whether one of some stops is a restart of its own, not the end of a suspension.
inline bool any_restart(std::span<const stop> stops) {
  return std::any_of(stops.begin(), stops.end(),
                     [](const stop& s) { return s.restart && s.why->type == stop_type::restart; });
}

/// Counts `wanted` ticks after `origin`, until a restart that ends after `base`, if one comes
/// first. The visitor hears stretch(from, to, counted before) and stopped(from, to, stop), which
/// together cover every tick after origin once, and again(stop) when the limit begins anew.
template <class Measure, class Visitor>
walk_end walk_once(const Measure& m, std::int64_t origin, std::int64_t base, std::int64_t wanted,
                   std::span<const stop> stops, Visitor& visitor) {
  std::int64_t here = origin;
  std::int64_t counted = 0;
  for (std::size_t i = 0; i < stops.size(); ++i) {
    const stop& s = stops[i];
    const std::int64_t from = std::max(s.from, here + 1);
    if (s.to >= from) {
      const std::int64_t before = m.rank(from - 1) - m.rank(here);
      if (counted + before >= wanted) break;
      if (from > here + 1) visitor.stretch(here + 1, from - 1, counted);
      counted += before;
      visitor.stopped(from, s.to, s);
      if (s.open) {
        const auto state = s.from - 1 > m.end ? walk_state::ran_out : walk_state::halted;
        const bool whole = any_restart(stops.subspan(i));
        return {state, from - 1, whole ? 0 : counted, wanted, base, whole};
      }
      here = s.to;
    }
    if (s.restart && s.to > base) {
      visitor.again(s);
      return {walk_state::restarted, here, 0, wanted, s.to, false};
    }
  }
  const std::int64_t k = m.rank(here) + wanted - counted;
  if (wanted >= never || k > m.total)
    return {walk_state::ran_out, here, counted, wanted, base, false};
  const std::int64_t end = m.select(k);
  visitor.stretch(here + 1, end, counted);
  return {walk_state::ended, end, wanted, wanted, base, false};
}

/// The same over every restart: `wanted` ticks again after each.
template <class Measure, class Visitor>
walk_end walk(const Measure& m, std::int64_t origin, std::int64_t wanted,
              std::span<const stop> stops, Visitor& visitor) {
  walk_end e = walk_once(m, origin, origin, wanted, stops, visitor);
  while (e.state == walk_state::restarted) e = walk_once(m, e.at, e.base, wanted, stops, visitor);
  return e;
}

} // namespace banli::detail
