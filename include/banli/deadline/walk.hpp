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
// The hard case is a stop that begins inside another: the walk skips what it has already passed.
#pragma once

#include <algorithm>
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
};

enum class walk_state : std::uint8_t { ended, halted, ran_out };

/// Where a walk came to: the tick of the last unit, or what was counted before an open stop.
struct walk_end {
  walk_state state = walk_state::ended;
  std::int64_t at = 0;
  std::int64_t counted = 0;
  std::int64_t wanted = 0;
};

/// Counts `wanted` ticks after `origin`. `again(tick)` is what is wanted when a suspension that
/// ends on `tick` lets the limit run in full again. The visitor hears stretch(from, to, counted
/// before) and stopped(from, to, stop), which together cover every tick after origin once.
template <class Measure, class Again, class Visitor>
walk_end walk(const Measure& m, std::int64_t origin, std::int64_t wanted, const Again& again,
              std::span<const stop> stops, Visitor& visitor) {
  std::int64_t here = origin;
  std::int64_t counted = 0;
  std::int64_t resumed = origin;
  for (const stop& s : stops) {
    const std::int64_t from = std::max(s.from, here + 1);
    if (s.to >= from) {
      const std::int64_t before = m.rank(from - 1) - m.rank(here);
      if (counted + before >= wanted) break;
      if (from > here + 1) visitor.stretch(here + 1, from - 1, counted);
      counted += before;
      visitor.stopped(from, s.to, s);
      if (s.open) {
        const auto state = from - 1 > m.end ? walk_state::ran_out : walk_state::halted;
        return {state, from - 1, counted, wanted};
      }
      here = s.to;
    }
    if (s.restart && s.to > origin) {
      resumed = std::max(resumed, s.to);
      counted = 0;
      wanted = again(resumed);
    }
  }
  const std::int64_t k = m.rank(here) + wanted - counted;
  if (wanted >= never || k > m.total) return {walk_state::ran_out, here, counted, wanted};
  const std::int64_t end = m.select(k);
  visitor.stretch(here + 1, end, counted);
  return {walk_state::ended, end, wanted, wanted};
}

} // namespace banli::detail
