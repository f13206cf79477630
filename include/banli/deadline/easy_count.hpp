// easy_count.hpp — most deadlines, without a branch that a processor could mispredict.
//
// A case is easy when it counts forwards in working days, days or weeks, and its exclusions have an
// end, lie inside the tables, come in the order of their first days, and leave the remaining term.
// Then a stop only moves the last unit back by what it swallows:
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
// moves: only in sorted order does the first decide without the second. Unsorted stops are not
// easy.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <banli/calendar/day_columns.hpp>
#include <banli/deadline/counting.hpp>

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

/// Where the count of a case has come to. The day after `here` is the first that may be counted, k
/// the rank of the last unit as far as it is known.
struct easy_state {
  std::int64_t here = 0;
  std::int64_t k = 0;
  std::int64_t from = 0;     ///< first day of the stop before
  std::int64_t unsorted = 0; ///< negative if a stop began before the one before it
};

/// Moves past the stop [from, to]; false where it lies outside the tables. A stop that begins
/// behind the last unit swallows nothing, nor does what an earlier stop has passed already.
template <class Column>
[[gnu::always_inline]] inline bool pass(const column_tables& t, std::uint64_t from,
                                        std::uint64_t to, easy_state& s) {
  if (from > to || to >= t.size) [[unlikely]]
    return false;
  s.unsorted |= static_cast<std::int64_t>(from) - s.from;
  s.from = static_cast<std::int64_t>(from);
  const std::int64_t before = std::max(s.from - 1, s.here);
  s.here = std::max(static_cast<std::int64_t>(to), before);
  const std::int64_t passed = Column::rank(t, before);
  const std::int64_t swallowed = Column::rank(t, s.here) - passed;
  // Whether it meets the limit is as likely as not: computed, not guessed. The shift fills with the
  // sign. A stop that does not meet it is passed all the same; later ones then do not, either.
  s.k += swallowed & ((passed - s.k) >> 63);
  return true;
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
  const bool known = unit == limit_unit::workday || unit == limit_unit::on_the_spot ||
                     unit == limit_unit::day || unit == limit_unit::week;
  return known && rules.runs == direction::after;
}

/// 1 where the first, or the last, day of a stop counts.
constexpr std::uint64_t skip_from(edges e) {
  return e == edges::half_open_from || e == edges::open ? 1 : 0;
}
constexpr std::uint64_t skip_to(edges e) {
  return e == edges::half_open_to || e == edges::open ? 1 : 0;
}

} // namespace banli::detail
