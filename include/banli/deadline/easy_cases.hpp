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
#include <utility>

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

/// What the loops can take for granted: nothing; that nothing but starts and plain stops go in;
/// that, too, nothing but due dates come out.
enum class easy_form : std::uint8_t { any, plain, due_only };

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
  std::int64_t stops = 0;       ///< in all columns
  std::uint64_t most_stops = 0; ///< that a case may have
  std::int64_t count = 0;       ///< ticks; 0 where they differ from case to case
  time_limit limit{};
  bool elastic = false;       ///< how many ticks it has depends on the start
  std::int64_t on_event = 0;  ///< 1 where the day of the event counts
  std::uint8_t skip_from = 0; ///< 1 where the first day of a stop counts
  std::uint8_t skip_to = 0;   ///< 1 where the last does
  roll rolling = roll::none;
  bool full_term = false; ///< suspensions leave the full term
  std::uint64_t settled_from = 0;
  std::uint64_t horizon = 0; ///< index of the last settled day

  /// The same for the cases from number i on.
  easy_rules from_case(std::size_t i) const {
    easy_rules r = *this;
    r.starts += i;
    r.due += i;
    if (counts != nullptr) r.counts += i;
    if (offsets != nullptr) r.offsets += i;
    if (remaining != nullptr) r.remaining += i;
    if (provisional != nullptr) r.provisional += i;
    return r;
  }

  easy_form form() const {
    const bool plain = count > 0 && counts == nullptr && type == nullptr && on_event == 0 &&
                       skip_from == 0 && skip_to == 0;
    if (!plain) return easy_form::any;
    const bool due_only = provisional == nullptr && remaining == nullptr;
    return due_only ? easy_form::due_only : easy_form::plain;
  }
};

/// Whether stop j of the columns leaves the remaining term.
inline bool leaves_rest(const easy_rules& r, std::int64_t j) {
  const stop_type type = r.type == nullptr ? stop_type::exclude : r.type[j];
  return type == stop_type::exclude || (type == stop_type::suspend && !r.full_term);
}

/// Stop j of the columns; one that no table holds where it leaves another than the remaining term.
template <easy_form Form>
[[gnu::always_inline]] inline stop_days stop_of(const easy_rules& r, std::int64_t j) {
  stop_days s{static_cast<std::int64_t>(r.t.index(r.from[j])),
              static_cast<std::int64_t>(r.t.index(r.to[j]))};
  if constexpr (Form == easy_form::any) {
    s.from += r.skip_from;
    s.to -= r.skip_to;
    if (!leaves_rest(r, j)) s.from = -1;
  }
  return s;
}

/// Moves past stop j of the columns; false where it begins before the last day that was passed, or
/// is not easy. A look into memory parts the questions, lest they be merged into arithmetic that
/// costs more than branches nobody takes.
template <class Column, easy_form Form>
[[gnu::always_inline]] inline bool pass_as_given(const easy_rules& r, std::int64_t j,
                                                 std::int64_t& last, easy_state& s) {
  const std::uint64_t to = r.t.index(r.to[j]) - (Form != easy_form::any ? 0 : r.skip_to);
  if (to >= r.t.size) [[unlikely]]
    return false;
  const std::int64_t from =
      static_cast<std::int64_t>(r.t.index(r.from[j])) + (Form != easy_form::any ? 0 : r.skip_from);
  if (from < last) [[unlikely]]
    return false;
  const std::int64_t through = Column::rank(r.t, static_cast<std::int64_t>(to));
  if (from > static_cast<std::int64_t>(to)) [[unlikely]]
    return false;
  if constexpr (Form == easy_form::any)
    if (!leaves_rest(r, j)) return false;
  last = static_cast<std::int64_t>(to);
  pass_next({Column::rank(r.t, from - 1), through}, s);
  return true;
}

/// Moves past so many stops from `begin` on, whatever their order.
template <class Column, int Stops, easy_form Form>
[[gnu::always_inline]] inline bool pass_sorted(const easy_rules& r, std::int64_t begin,
                                               easy_state& s) {
  std::array<std::int64_t, Stops> packed;
#pragma GCC unroll 4
  for (std::int64_t j = 0; j < Stops; ++j) {
    const stop_days next = stop_of<Form>(r, begin + j);
    if (!held(r.t, next)) [[unlikely]]
      return false;
    packed[static_cast<std::size_t>(j)] = ranks_of<Column>(r.t, next).packed();
  }
  if constexpr (Stops > 1) in_order(packed[0], packed[1]);
  if constexpr (Stops > 2) {
    in_order(packed[1], packed[2]);
    in_order(packed[0], packed[1]);
  }
#pragma GCC unroll 4
  for (const std::int64_t p : packed) pass(stop_ranks::unpacked(p), s);
  return true;
}

/// Stops that a case may have and still be easy.
inline constexpr std::int64_t most_easy_stops = 16;

template <class Column, easy_form Form>
inline bool pass_many(const easy_rules& r, std::int64_t begin, std::int64_t end, easy_state& s) {
  std::array<std::int64_t, most_easy_stops> sorted;
  if (end - begin > most_easy_stops) return false;
  std::size_t size = 0;
  for (std::int64_t j = begin; j < end; ++j) {
    const stop_days days = stop_of<Form>(r, j);
    if (!held(r.t, days)) return false;
    const std::int64_t next = ranks_of<Column>(r.t, days).packed();
    std::size_t at = size++;
    for (; at > 0 && sorted[at - 1] > next; --at) sorted[at] = sorted[at - 1];
    sorted[at] = next;
  }
  for (std::size_t j = 0; j < size; ++j) pass(stop_ranks::unpacked(sorted[j]), s);
  return true;
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

/// The ticks of case i, where they are not those of all; below 1 where there are none.
inline std::int64_t ticks_of_case(const easy_rules& r, std::size_t i, std::int64_t start,
                                  std::int64_t origin) {
  time_limit own = r.limit;
  if (r.counts != nullptr) own.count = r.counts[i];
  if (own.count < 1) return 0;
  return easy_ticks(phase_of(own), r.t, start, origin);
}

/// How the stops of a case are read: as they come, or sorted first.
enum class stop_order { given, sorted };

/// Answers case i; false where it is not easy, or its stops are not in the order supposed. `Stops`
/// is how many it has, or -1.
template <class Column, int Stops, easy_form Form, stop_order Order = stop_order::given>
[[gnu::always_inline]] inline bool answer_easy(const easy_rules& r, std::size_t i) {
  const std::uint64_t start = r.t.index(r.starts[i]);
  if (start >= r.t.size) [[unlikely]]
    return false;
  const std::int64_t origin =
      static_cast<std::int64_t>(start) - (Form != easy_form::any ? 0 : r.on_event);
  std::int64_t n = r.count;
  if constexpr (Form == easy_form::any) {
    if (r.counts != nullptr || r.elastic)
      n = ticks_of_case(r, i, static_cast<std::int64_t>(start), origin);
    if (n < 1) [[unlikely]]
      return false;
  }
  const std::int64_t before = Column::rank(r.t, origin);
  easy_state s{.here = before, .k = before + n};
  if constexpr (Stops < 0) {
    if (!pass_many<Column, Form>(r, r.offsets[i], r.offsets[i + 1], s)) return false;
  } else if constexpr (Stops > 0 && Order == stop_order::given) {
    std::int64_t last = origin;
    const bool passed = [&]<std::int64_t... J>(std::integer_sequence<std::int64_t, J...>) {
      return (pass_as_given<Column, Form>(r, r.offsets[i] + J, last, s) && ...);
    }(std::make_integer_sequence<std::int64_t, Stops>{});
    if (!passed) [[unlikely]]
      return false;
  } else if constexpr (Stops > 0) {
    if (!pass_sorted<Column, Stops, Form>(r, r.offsets[i], s)) [[unlikely]]
      return false;
  }
  std::int64_t nominal = s.k;
  if constexpr (Column::workdays) {
    if (s.k > r.t.total) [[unlikely]]
      return false;
    if constexpr (Form == easy_form::due_only) {
      r.due[i] = from_serial(r.t.select[s.k]);
      return true;
    }
    nominal = r.t.select[s.k] - static_cast<std::int64_t>(r.t.base);
  }
  const std::int64_t due = rolled<Column>(r.t, r.rolling, nominal);
  if (due < 0) [[unlikely]]
    return false;
  if (r.provisional != nullptr) {
    const bool looks = Column::workdays || r.rolling != roll::none;
    const std::int64_t from = Column::workdays ? origin + 1 : std::min(nominal, due);
    const int open = looks ? unsettled(r, from, std::max(nominal, due)) : 0;
    if (open < 0) return false;
    r.provisional[i] = open != 0;
  }
  if (r.remaining != nullptr) r.remaining[i] = 0;
  r.due[i] = r.t.day_at(static_cast<std::uint64_t>(due));
  return true;
}

/// Cases of one block by the number of their stops; the last bin holds all that have more. The two
/// halves of a block are sorted side by side, so that neither waits for the other.
class case_bins {
 public:
  static constexpr std::size_t block = 1024;
  static constexpr std::size_t bins = 5;
  using numbers = std::span<const std::uint16_t>;

  /// Sorts the n cases whose offsets begin here. Answers all bits that any number of stops has: not
  /// less than the largest, and cheaper; a step back is very large.
  std::uint64_t fill(const std::int64_t* offsets, std::size_t n) {
    const std::size_t middle = n / 2;
    half& a = halves_[0];
    half& b = halves_[1];
    a.clear();
    b.clear();
    std::uint64_t steps = 0;
    for (std::size_t i = 0; i < middle; ++i)
      steps |= a.add(offsets, i) | b.add(offsets, middle + i);
    if (n % 2 == 1) steps |= b.add(offsets, n - 1);
    return steps;
  }
  /// The cases with so many stops, in a half.
  numbers of(std::size_t bin, std::size_t which) const { return halves_[which].of(bin); }

 private:
  struct half {
    std::array<std::array<std::uint16_t, block / 2 + 1>, bins> cases;
    std::array<std::uint16_t*, bins> ends;

    void clear() {
      for (std::size_t bin = 0; bin < bins; ++bin) ends[bin] = cases[bin].data();
    }
    std::uint64_t add(const std::int64_t* offsets, std::size_t i) {
      const auto stops = static_cast<std::uint64_t>(offsets[i + 1] - offsets[i]);
      *ends[std::min(stops, std::uint64_t{bins - 1})]++ = static_cast<std::uint16_t>(i);
      return stops;
    }
    numbers of(std::size_t bin) const {
      return {cases[bin].data(), static_cast<std::size_t>(ends[bin] - cases[bin].data())};
    }
  };
  std::array<half, 2> halves_;
};

/// The cases of a block that were not easy.
struct hard_cases {
  std::array<std::uint16_t, case_bins::block> which;
  std::size_t size = 0;
  std::array<bool, case_bins::bins> mixed{}; ///< the bin was out of order in the block before
};

/// Answers those of `cases` that are easy, and keeps the others in `left`, which may be the same
/// array. The rules are given by value: no store through their pointers can change them.
template <class Column, int Stops, easy_form Form, stop_order Order>
[[gnu::noinline]] std::size_t answer_some(const easy_rules r, case_bins::numbers cases,
                                          std::uint16_t* left) {
  std::size_t n = 0;
  for (const std::uint16_t i : cases) {
    if (answer_easy<Column, Stops, Form, Order>(r, i)) [[likely]]
      continue;
    left[n++] = i;
  }
  return n;
}

/// Most columns are in order; where one is not, guessing that it is costs more than sorting.
template <class Column, int Stops, easy_form Form>
void answer_bin(const easy_rules& r, case_bins::numbers cases, hard_cases& hard) {
  constexpr std::size_t bin = Stops < 0 ? case_bins::bins - 1 : Stops;
  std::uint16_t* const left = hard.which.data() + hard.size;
  std::size_t n = cases.size();
  if (Stops <= 0 || !hard.mixed[bin]) {
    n = answer_some<Column, Stops, Form, stop_order::given>(r, cases, left);
    hard.mixed[bin] = n > cases.size() / 8;
    cases = {left, n};
  }
  if constexpr (Stops > 0) n = answer_some<Column, Stops, Form, stop_order::sorted>(r, cases, left);
  hard.size += n;
}

template <class Column, easy_form Form>
void answer_without_stops(const easy_rules r, std::size_t n, hard_cases& hard) {
  for (std::size_t i = 0; i < n; ++i)
    if (!answer_easy<Column, 0, Form>(r, i)) [[unlikely]]
      hard.which[hard.size++] = static_cast<std::uint16_t>(i);
}

/// Whether the offsets of a block ascend, stay inside the columns, and leave no case too many
/// stops.
inline bool good_offsets(const easy_rules& r, std::size_t n, std::uint64_t steps) {
  if (r.offsets[0] < 0 || r.offsets[n] > r.stops) return false;
  if (steps <= r.most_stops) return true;
  for (std::size_t i = 0; i < n; ++i)
    if (static_cast<std::uint64_t>(r.offsets[i + 1] - r.offsets[i]) > r.most_stops) return false;
  return true;
}

/// Answers the easy cases of a block of n, and lists the others in order; false where the offsets
/// are wrong.
template <class Column, easy_form Form>
bool answer_block(const easy_rules& r, std::size_t n, hard_cases& hard) {
  hard.size = 0;
  if (r.offsets == nullptr) {
    answer_without_stops<Column, Form>(r, n, hard);
    return true;
  }
  case_bins b;
  if (!good_offsets(r, n, b.fill(r.offsets, n))) return false;
  for (const std::size_t half : {0U, 1U}) {
    answer_bin<Column, 0, Form>(r, b.of(0, half), hard);
    answer_bin<Column, 1, Form>(r, b.of(1, half), hard);
    answer_bin<Column, 2, Form>(r, b.of(2, half), hard);
    answer_bin<Column, 3, Form>(r, b.of(3, half), hard);
    answer_bin<Column, -1, Form>(r, b.of(4, half), hard);
  }
  std::sort(hard.which.begin(), hard.which.begin() + static_cast<std::ptrdiff_t>(hard.size));
  return true;
}

inline easy_rules easy_rules_of(const workday_calendar& calendar, time_limit limit,
                                const case_columns& cases, const counting_rules& rules,
                                const due_columns& out) {
  const bool spot = limit.unit == limit_unit::on_the_spot;
  easy_rules r{.t = column_tables{calendar}};
  r.starts = cases.starts.data();
  if (!spot && !cases.counts.empty()) r.counts = cases.counts.data();
  if (!cases.exclusions.from.empty()) r.offsets = cases.exclusions.offsets.data();
  r.stops = static_cast<std::int64_t>(cases.exclusions.from.size());
  r.most_stops = std::min(rules.limits.exclusions, cases.exclusions.from.size());
  r.from = cases.exclusions.from.data();
  r.to = cases.exclusions.to.data();
  if (!cases.exclusions.type.empty()) r.type = cases.exclusions.type.data();
  r.due = out.due.data();
  if (!out.remaining.empty()) r.remaining = out.remaining.data();
  if (!out.provisional.empty()) r.provisional = out.provisional.data();
  r.limit = limit;
  const phase p = phase_of(limit);
  r.elastic = p.months > 0 || p.date;
  if (!r.elastic && r.counts == nullptr && limit.count >= (spot ? 0 : 1)) r.count = p.ticks;
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
template <class Column>
auto easy_answer(easy_form form) {
  switch (form) {
  case easy_form::due_only: return &answer_block<Column, easy_form::due_only>;
  case easy_form::plain: return &answer_block<Column, easy_form::plain>;
  case easy_form::any: break;
  }
  return &answer_block<Column, easy_form::any>;
}
inline auto easy_answer(time_limit limit, const easy_rules& r) {
  return is_calendar_unit(limit.unit) ? easy_answer<day_column>(r.form())
                                      : easy_answer<workday_column>(r.form());
}

} // namespace detail
} // namespace banli
