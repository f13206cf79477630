// easy_cases.hpp — most deadlines of a column, without a branch that a processor could mispredict.
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
//     k = rank(09-02) + 20;  + 8 for the review;  + 6 for the hearing;  due = select(k) = 10-25
//
// Cases are taken in blocks and, within a block, by how many stops they have, so that the loop over
// the stops has a length that is known. Whatever is not easy is left to due_date, case by case:
// there is one place where law is decided, and this is not it.
//
// The hard case is a stop that overlaps an earlier one, or one behind the end that a later one
// moves: only in sorted order does the first decide without the second. Order is therefore looked
// at wherever a stop does not lie cleanly after what was passed.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include <banli/deadline/deadline.hpp>

namespace banli {

/// The exclusions of many cases. All empty: no case has any.
struct exclusion_columns {
  std::span<const std::int64_t> offsets{}; ///< one more than there are cases, ascending from 0
  std::span<const day> from{};
  std::span<const day> to{};         ///< no_day: still open
  std::span<const stop_type> type{}; ///< empty: procedures that end, suspensions while open
};

/// What differs from case to case.
struct case_columns {
  std::span<const day> starts{};
  std::span<const std::int32_t> counts{}; ///< empty: the count of the limit; else one for each case
  exclusion_columns exclusions{};
};

/// Where the answers go. `due` must be as long as the cases; the others may be empty.
struct due_columns {
  std::span<day> due{};
  std::span<std::int64_t> remaining{}; ///< what is left while a suspension is open; else 0
  std::span<bool> provisional{};
};

namespace detail {

/// The number of a day, so that a difference out of range is a large one.
inline std::uint64_t bits_of(day d) {
  return static_cast<std::uint64_t>(d.time_since_epoch().count());
}

/// The arrays of a calendar as the loops over columns want them: a day is its distance from the
/// first, and one unsigned comparison says whether the tables hold it.
struct column_tables {
  explicit column_tables(const workday_calendar& c)
      : rank(c.tables().rank.data() + 1), select(c.tables().select.data()),
        base(static_cast<std::uint64_t>(std::int64_t{c.tables().first})),
        size(c.tables().rank.size() - 1), total(c.tables().total()) {}

  std::uint64_t index(day d) const { return bits_of(d) - base; }
  day day_at(std::uint64_t index) const {
    return from_serial(static_cast<std::int32_t>(static_cast<std::int64_t>(index + base)));
  }

  const std::int32_t* rank; ///< rank[index]; rank[-1] is 0
  const std::int32_t* select;
  std::uint64_t base;
  std::uint64_t size;
  std::int32_t total;
};

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

/// What the loops need, by value, so that no store can be taken to change it.
struct easy_rules {
  column_tables t;
  const day* starts = nullptr;
  const std::int32_t* counts = nullptr;
  const std::int64_t* offsets = nullptr;
  const day* from = nullptr;
  const day* to = nullptr;
  const stop_type* type = nullptr;
  day* due = nullptr;
  std::int64_t* remaining = nullptr;
  bool* provisional = nullptr;
  std::int64_t count = 0;      ///< ticks, where `counts` is null
  std::int64_t factor = 1;     ///< days a unit has
  std::int64_t on_event = 0;   ///< 1 where the day of the event counts
  std::uint64_t skip_from = 0; ///< 1 where the first day of a stop counts
  std::uint64_t skip_to = 0;   ///< 1 where the last does
  roll rolling = roll::none;
  bool full_term = false; ///< suspensions leave the full term
  std::uint64_t settled_from = 0;
  std::uint64_t horizon = 0; ///< index of the last settled day

  /// Nothing but starts and plain stops go in, nothing but due dates come out.
  bool plain() const {
    return count > 0 && counts == nullptr && type == nullptr && provisional == nullptr &&
           remaining == nullptr && on_event == 0 && skip_from == 0 && skip_to == 0;
  }
};

/// Where the count of a case has come to. The day after `here` is the first that may be counted, k
/// the rank of the last unit as far as it is known.
struct easy_state {
  std::int64_t here = 0;
  std::int64_t k = 0;
  std::int64_t from = 0;     ///< first day of the stop before
  std::int64_t unsorted = 0; ///< negative if a stop began before the one before it
};

/// Moves past the stop [from, to]; false where it lies outside the tables. A stop that begins behind
/// the last unit swallows nothing, nor does what an earlier stop has passed already.
template <class Column>
[[gnu::always_inline]] inline bool pass(const column_tables& t, std::uint64_t from, std::uint64_t to,
                                        easy_state& s) {
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

/// The same with stop j of the columns; false, too, where it leaves another than the remaining term.
template <class Column, bool Plain>
[[gnu::always_inline]] inline bool pass_stop(const easy_rules& r, std::int64_t j, easy_state& s) {
  std::uint64_t to = r.t.index(r.to[j]);
  std::uint64_t from = r.t.index(r.from[j]);
  if constexpr (!Plain) {
    to -= r.skip_to;
    from += r.skip_from;
    const stop_type type = r.type == nullptr ? stop_type::exclude : r.type[j];
    if (type == stop_type::restart || (type == stop_type::suspend && r.full_term)) return false;
  }
  return pass<Column>(r.t, from, to, s);
}

/// Whether [from, through] is not settled, where that can be said without looking at single years:
/// 1 or 0, otherwise -1.
inline int unsettled(const easy_rules& r, std::int64_t from, std::int64_t through) {
  const auto known_from = static_cast<std::int64_t>(r.settled_from);
  const auto known_to = static_cast<std::int64_t>(r.horizon);
  if (through > known_to) return 1;
  if (from >= known_from) return 0;
  return through >= known_from ? 1 : -1;
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

/// Answers case i; false where it is not easy. `Stops` is how many stops it has, or -1.
template <class Column, int Stops, bool Plain>
[[gnu::always_inline]] inline bool answer_easy(const easy_rules& r, std::size_t i) {
  const std::uint64_t start = r.t.index(r.starts[i]);
  std::int64_t n = r.count;
  if constexpr (!Plain)
    if (r.counts != nullptr) n = r.counts[i] * r.factor;
  if (start >= r.t.size || (!Plain && n < 1)) [[unlikely]]
    return false;
  const std::int64_t origin = static_cast<std::int64_t>(start) - (Plain ? 0 : r.on_event);
  easy_state s{.here = origin, .k = Column::rank(r.t, origin) + n};
  if constexpr (Stops != 0) {
    const std::int64_t begin = r.offsets[i];
    const std::int64_t end = Stops > 0 ? begin + Stops : r.offsets[i + 1];
#pragma GCC unroll 4
    for (std::int64_t j = begin; j < end; ++j)
      if (!pass_stop<Column, Plain>(r, j, s)) [[unlikely]]
        return false;
    if (s.unsorted < 0) [[unlikely]]
      return false;
  }
  std::int64_t nominal = s.k;
  if constexpr (Column::workdays) {
    if (s.k > r.t.total) [[unlikely]]
      return false;
    if constexpr (Plain) {
      r.due[i] = from_serial(r.t.select[s.k]);
      return true;
    }
    nominal = r.t.select[s.k] - static_cast<std::int64_t>(r.t.base);
  }
  const std::int64_t due = rolled<Column>(r.t, r.rolling, nominal);
  if (due < 0) [[unlikely]]
    return false;
  if constexpr (!Plain) {
    if (r.provisional != nullptr) {
      const bool looks = Column::workdays || r.rolling != roll::none;
      const std::int64_t from = Column::workdays ? origin + 1 : std::min(nominal, due);
      const int open = looks ? unsettled(r, from, std::max(nominal, due)) : 0;
      if (open < 0) return false;
      r.provisional[i] = open != 0;
    }
    if (r.remaining != nullptr) r.remaining[i] = 0;
  }
  r.due[i] = r.t.day_at(static_cast<std::uint64_t>(due));
  return true;
}

/// Cases of one block by the number of their stops; the last bin holds all that have more.
class case_bins {
 public:
  static constexpr std::size_t block = 512;
  static constexpr std::size_t bins = 5;

  /// Sorts the n cases whose offsets begin here.
  void fill(const std::int64_t* offsets, std::size_t n) {
    std::array<std::uint16_t*, bins> next;
    for (std::size_t bin = 0; bin < bins; ++bin) next[bin] = which_[bin].data();
    std::int64_t before = offsets[0];
    for (std::size_t i = 0; i < n; ++i) {
      const auto stops = static_cast<std::size_t>(offsets[i + 1] - before);
      before = offsets[i + 1];
      *next[std::min(stops, bins - 1)]++ = static_cast<std::uint16_t>(i);
    }
    for (std::size_t bin = 0; bin < bins; ++bin)
      sizes_[bin] = static_cast<std::size_t>(next[bin] - which_[bin].data());
  }
  std::size_t size(std::size_t bin) const { return sizes_[bin]; }
  const std::uint16_t* begin(std::size_t bin) const { return which_[bin].data(); }

 private:
  std::array<std::array<std::uint16_t, block>, bins> which_;
  std::array<std::size_t, bins> sizes_;
};

/// The cases of a block that were not easy.
struct hard_cases {
  std::array<std::uint16_t, case_bins::block> which;
  std::size_t size = 0;
};

/// The rules are given by value: no store through their pointers can change them.
template <class Column, int Stops, bool Plain>
[[gnu::noinline]] void answer_bin(const easy_rules r, std::size_t from, const case_bins& b,
                                  hard_cases& hard) {
  constexpr std::size_t bin = Stops < 0 ? case_bins::bins - 1 : Stops;
  std::size_t left = hard.size;
  const std::uint16_t* const which = b.begin(bin);
  for (std::size_t j = 0, size = b.size(bin); j < size; ++j) {
    const std::size_t i = which[j];
    if (answer_easy<Column, Stops, Plain>(r, from + i)) [[likely]]
      continue;
    hard.which[left++] = static_cast<std::uint16_t>(i);
  }
  hard.size = left;
}

template <class Column, bool Plain>
void answer_without_stops(const easy_rules r, std::size_t from, std::size_t n, hard_cases& hard) {
  for (std::size_t i = 0; i < n; ++i)
    if (!answer_easy<Column, 0, Plain>(r, from + i)) [[unlikely]]
      hard.which[hard.size++] = static_cast<std::uint16_t>(i);
}

/// Answers the easy cases of a block of n that begins at `from`, and lists the others in order.
template <class Column, bool Plain>
void answer_block(const easy_rules& r, std::size_t from, std::size_t n, hard_cases& hard) {
  hard.size = 0;
  if (r.offsets == nullptr) return answer_without_stops<Column, Plain>(r, from, n, hard);
  case_bins b;
  b.fill(r.offsets + from, n);
  answer_bin<Column, 0, Plain>(r, from, b, hard);
  answer_bin<Column, 1, Plain>(r, from, b, hard);
  answer_bin<Column, 2, Plain>(r, from, b, hard);
  answer_bin<Column, 3, Plain>(r, from, b, hard);
  answer_bin<Column, -1, Plain>(r, from, b, hard);
  std::sort(hard.which.begin(), hard.which.begin() + static_cast<std::ptrdiff_t>(hard.size));
}

/// Whether cases with these rules can be easy at all.
inline bool can_be_easy(time_limit limit, const counting_rules& rules) {
  const bool unit = limit.unit == limit_unit::workday || limit.unit == limit_unit::on_the_spot ||
                    limit.unit == limit_unit::day || limit.unit == limit_unit::week;
  return unit && rules.runs == direction::after;
}

inline easy_rules easy_rules_of(const workday_calendar& calendar, time_limit limit,
                                const case_columns& cases, const counting_rules& rules,
                                const due_columns& out) {
  const bool spot = limit.unit == limit_unit::on_the_spot;
  easy_rules r{.t = column_tables{calendar}};
  r.starts = cases.starts.data();
  if (!spot && !cases.counts.empty()) r.counts = cases.counts.data();
  if (!cases.exclusions.from.empty()) r.offsets = cases.exclusions.offsets.data();
  r.from = cases.exclusions.from.data();
  r.to = cases.exclusions.to.data();
  if (!cases.exclusions.type.empty()) r.type = cases.exclusions.type.data();
  r.due = out.due.data();
  if (!out.remaining.empty()) r.remaining = out.remaining.data();
  if (!out.provisional.empty()) r.provisional = out.provisional.data();
  r.factor = limit.unit == limit_unit::week ? 7 : 1;
  r.count = spot ? 1 : limit.count * r.factor;
  r.on_event = spot || rules.start == start_rule::on_event ? 1 : 0;
  r.skip_from = rules.ends == edges::half_open_from || rules.ends == edges::open ? 1 : 0;
  r.skip_to = rules.ends == edges::half_open_to || rules.ends == edges::open ? 1 : 0;
  r.rolling = rolling_of(rules, limit.unit);
  r.full_term = rules.resume == resume_mode::full;
  r.settled_from = r.t.index(from_serial(calendar.tables().settled_from));
  r.horizon = r.t.index(calendar.horizon());
  return r;
}

/// The function that answers blocks of such cases.
inline auto easy_answer(time_limit limit, const easy_rules& r) {
  if (is_calendar_unit(limit.unit))
    return r.plain() ? &answer_block<day_column, true> : &answer_block<day_column, false>;
  return r.plain() ? &answer_block<workday_column, true> : &answer_block<workday_column, false>;
}

} // namespace detail
} // namespace banli
