// easy_count.hpp — most deadlines, without a branch that a processor could mispredict.
//
// A case is easy when it counts forwards and ends with a day, has one phase only, and its
// exclusions have an end, lie inside the tables, and leave the remaining term. Then a stop only
// moves the last unit back by what it swallows:
//
//   k        the rank of the last unit; at first rank(start) + n
//   stop     counts if it begins before the k-th unit: rank(from - 1) < k
//            then k grows by rank(to) - rank(from - 1)
//
//   20 working days from 2024-09-02, [09-10, 09-20], [10-08, 10-15]
//     k = rank(09-02) + 20;  + 8 for the review;  + 7 for the hearing;  due = select(k) = 10-25
//
// It is the walk of walk.hpp for those cases, and nothing but a shorter way to the same answer: the
// property tests ask both.
//
// The hard case is a stop that overlaps an earlier one, or one behind the end that a later one
// moves: only in the order of their first days does the first decide without the second. Ranks are
// all that counts, so that stops are put in order by them, two at a time, without a branch.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <banli/calendar/day_columns.hpp>
#include <banli/deadline/counting.hpp>
#include <banli/deadline/term.hpp>

namespace banli::detail {

/// Counting in working days: the rank of the tables.
struct workday_column {
  static constexpr bool workdays = true;
  static std::int64_t rank(const column_tables& t, std::int64_t x) { return t.rank[x]; }
};

/// Counting in days: every day is its own rank.
struct day_column {
  static constexpr bool workdays = false;
  static std::int64_t rank(const column_tables&, std::int64_t x) { return x; }
};

/// The first and the last day of a stop, as indices.
struct stop_days {
  std::int64_t from = 0;
  std::int64_t to = 0;
};

/// Whether the tables hold a stop.
[[gnu::always_inline]] inline bool held(const column_tables& t, stop_days s) {
  return s.from >= 0 && s.from <= s.to && s.to < static_cast<std::int64_t>(t.size);
}

/// A stop in ranks, of the day before it and of its last day.
struct stop_ranks {
  std::int64_t before = 0;
  std::int64_t through = 0;

  /// One number that puts stops in order.
  std::int64_t packed() const { return before * (std::int64_t{1} << 32) + through; }
  static stop_ranks unpacked(std::int64_t p) { return {p >> 32, p & 0xffff'ffff}; }
};

template <class Column>
[[gnu::always_inline]] inline stop_ranks ranks_of(const column_tables& t, stop_days s) {
  return {Column::rank(t, s.from - 1), Column::rank(t, s.to)};
}

/// Puts two stops in order.
[[gnu::always_inline]] inline void in_order(std::int64_t& a, std::int64_t& b) {
  const std::int64_t first = std::min(a, b);
  b = std::max(a, b);
  a = first;
}

/// Where the count of a case has come to, in ranks.
struct easy_state {
  std::int64_t here = 0; ///< of the last day passed
  std::int64_t k = 0;    ///< of the last unit, as far as it is known
};

/// The units after `passed` lie behind the stop, if any are left there. Whether they are is as
/// likely as not: computed, not guessed.
[[gnu::always_inline]] inline void swallow(std::int64_t passed, easy_state& s) {
  const std::int64_t left = s.k - passed;
  const std::int64_t behind = s.here + left;
  s.k = __builtin_expect_with_probability(left > 0, 1, 0.5) ? behind : s.k;
}

/// Moves past a stop that does not begin before an earlier one. What earlier stops have passed is
/// not swallowed again. A stop that begins behind the last unit is passed all the same; later ones
/// then begin there, too.
[[gnu::always_inline]] inline void pass(stop_ranks stop, easy_state& s) {
  const std::int64_t passed = std::max(stop.before, s.here);
  s.here = std::max(stop.through, passed);
  swallow(passed, s);
}

/// The same for a stop that does not end before an earlier one, either.
[[gnu::always_inline]] inline void pass_next(stop_ranks stop, easy_state& s) {
  const std::int64_t passed = std::max(stop.before, s.here);
  s.here = stop.through;
  swallow(passed, s);
}

/// The day on which a case is due whose last unit has an index; -1 where the tables do not say.
template <class Column>
[[gnu::always_inline]] inline std::int64_t rolled(const column_tables& t, roll rolling,
                                                  std::int64_t nominal) {
  if constexpr (Column::workdays) return nominal;
  if (static_cast<std::uint64_t>(nominal) >= t.size) return -1;
  if (rolling == roll::none) return nominal;
  const std::int64_t k = rolling == roll::following ? std::int64_t{t.rank[nominal - 1]} + 1
                                                    : std::int64_t{t.rank[nominal]};
  return k < 1 || k > t.total ? -1 : t.select[k] - static_cast<std::int64_t>(t.base);
}

/// Whether limits with these rules can be easy at all.
inline bool can_be_easy(limit_unit unit, const counting_rules& rules) {
  return !is_hour_unit(unit) && rules.runs == direction::after;
}

/// The ticks of a phase that begins on a day of the tables; below 1 where it is none. Months and
/// dates of the year are as long as the calendar of that year makes them.
inline std::int64_t easy_ticks(const phase& p, const column_tables& t, std::int64_t start,
                               std::int64_t origin) {
  if (p.months == 0 && !p.date) return p.ticks;
  if (p.date && !p.date->ok()) return 0;
  const auto base = static_cast<std::int64_t>(t.base);
  return ticks_of(p, start + base, origin + base, axis{});
}

/// 1 where the first, or the last, day of a stop counts.
constexpr std::uint8_t skip_from(edges e) {
  return e == edges::half_open_from || e == edges::open ? 1 : 0;
}
constexpr std::uint8_t skip_to(edges e) {
  return e == edges::half_open_to || e == edges::open ? 1 : 0;
}

} // namespace banli::detail
