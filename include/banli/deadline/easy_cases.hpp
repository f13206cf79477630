// easy_cases.hpp — the easy deadlines of a column (easy_count.hpp), many at a time.
//
// Cases are taken in blocks and, within a block, by how many stops they have, so that the loop over
// the stops has a length that is known:
//
//   block of 512     stops 0: cases 3, 7, 8 …    1: cases 0, 2 …    2: …    3: …    more: …
//
// Whatever is not easy is left to due_date, case by case: there is one place where law is decided,
// and this is not it.
//
// The hard case is a loop that stores: what it writes might be, for all the compiler knows, what it
// reads. The rules are therefore handed to the loops by value.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include <banli/deadline/deadline.hpp>
#include <banli/deadline/easy_count.hpp>

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

/// The same with stop j of the columns; false, too, where it leaves another than the remaining
/// term.
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
  r.skip_from = skip_from(rules.ends);
  r.skip_to = skip_to(rules.ends);
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
