// day_columns.hpp — asking a calendar about many days at once.
//
// The questions of workday_calendar, of arrays. Nothing is allocated, and the answers are those of
// the scalar forms, at the speed at which the tables can be read.
//
//   std::vector<day> from{...}, due(from.size());
//   add_workdays(cn(), from, 20, due);            // the 20th working day after each
//   count_workdays(cn(), from, due, counts);      // 20, as often as there are days
//
// The layout is numpy's: a column of days is a datetime64[D] array, no_day its NaT, which is passed
// on. The hard case is the one bad day among a million: nothing is guessed. The error names it by
// its number, and what was written of the other answers is not to be used.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include <banli/calendar/workday_calendar.hpp>

namespace banli {

namespace detail {

inline error wrong_length(std::string_view column, std::size_t got, std::size_t expected) {
  return make_error(errc::bad_value, "the column '{}' has {} entries: expected {}",
                    "列“{}”有 {} 项:应为 {} 项", column, got, expected);
}

/// The same error, said of a case: its number counts from 0, as arrays do.
inline error of_case(error e, std::size_t i) {
  e.message.en = fmt::format("case {}: {}", i, e.message.en);
  e.message.zh = fmt::format("第 {} 件(自 0 起):{}", i, e.message.zh);
  return e;
}

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

/// Goes on from i, four entries at a time, until an entry is not easy or n is reached; answers
/// that.
template <class Easy>
std::size_t while_easy(std::size_t i, std::size_t n, Easy easy) {
  while (n - i >= 4 && easy(i) && easy(i + 1) && easy(i + 2) && easy(i + 3)) i += 4;
  while (i < n && easy(i)) ++i;
  return i;
}

/// The days from which the n-th working day lies inside the tables: indices [first, first + count).
struct column_range {
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

inline column_range range_of(const column_tables& t, std::int64_t n) {
  if (n == 0 || n > t.total || n < -std::int64_t{t.total}) return {};
  if (n > 0) { // rank[i] + n <= total
    const auto* const end = t.rank + t.size;
    const auto most = static_cast<std::int32_t>(t.total - n);
    return {0, static_cast<std::uint64_t>(std::upper_bound(t.rank, end, most) - t.rank)};
  }
  // rank[i - 1] + n + 1 >= 1: the day itself is not counted
  const auto* const begin = t.rank - 1;
  const auto least = static_cast<std::int32_t>(-n);
  const auto first =
      static_cast<std::uint64_t>(std::lower_bound(begin, begin + t.size, least) - begin);
  return {first, t.size - first};
}

} // namespace detail

/// add_workdays of many days; no_day stays no_day. `out` is as long as `from`. Errors:
/// out_of_range, bad_value.
inline result<void> add_workdays(const workday_calendar& calendar, std::span<const day> from, int n,
                                 std::span<day> out) {
  if (out.size() != from.size()) return detail::wrong_length("out", out.size(), from.size());
  const detail::column_tables t{calendar};
  const detail::column_range good = detail::range_of(t, n);
  // The n-th before a day is counted from the day before it, which has n + 1 fewer.
  const std::int32_t* const rank = t.rank + good.first - (n > 0 ? 0 : 1);
  const std::int32_t* const select = t.select + (n > 0 ? n : n + 1);
  const std::uint64_t base = t.base + good.first;
  const auto easy = [=, in = from.data(), out = out.data()](std::size_t i) {
    const std::uint64_t at = detail::bits_of(in[i]) - base;
    if (at >= good.count) return false;
    out[i] = from_serial(select[rank[at]]);
    return true;
  };
  for (std::size_t i = 0; (i = detail::while_easy(i, from.size(), easy)) < from.size(); ++i) {
    if (from[i] == no_day) {
      out[i] = no_day;
      continue;
    }
    const result<day> d = calendar.add_workdays(from[i], n);
    if (!d) return detail::of_case(d.error(), i);
    out[i] = *d;
  }
  return {};
}

/// The same with a number of its own for each day.
inline result<void> add_workdays(const workday_calendar& calendar, std::span<const day> from,
                                 std::span<const std::int32_t> n, std::span<day> out) {
  if (n.size() != from.size()) return detail::wrong_length("n", n.size(), from.size());
  if (out.size() != from.size()) return detail::wrong_length("out", out.size(), from.size());
  const detail::column_tables t{calendar};
  for (std::size_t i = 0; i < from.size(); ++i) {
    const std::uint64_t at = t.index(from[i]);
    if (at < t.size && n[i] != 0) [[likely]] {
      const auto x = static_cast<std::int64_t>(at);
      const std::int64_t k =
          n[i] > 0 ? std::int64_t{t.rank[x]} + n[i] : std::int64_t{t.rank[x - 1]} + n[i] + 1;
      if (k >= 1 && k <= t.total) [[likely]] {
        out[i] = from_serial(t.select[k]);
        continue;
      }
    }
    if (auto ok = add_workdays(calendar, from.subspan(i, 1), n[i], out.subspan(i, 1)); !ok)
      return detail::of_case(calendar.add_workdays(from[i], n[i]).error(), i);
  }
  return {};
}

/// What count_workdays answers where one of the days is no_day.
inline constexpr std::int64_t no_count = std::numeric_limits<std::int64_t>::min();

namespace detail {

/// A side of count_workdays: a column, or one day for all.
struct one_day {
  day only;
  day operator[](std::size_t) const { return only; }
};

template <class After, class Through>
result<void> count_pairs(const workday_calendar& calendar, const After& after,
                         const Through& through, std::span<std::int64_t> out) {
  const auto easy = [=, t = column_tables{calendar}, out = out.data()](std::size_t i) {
    const std::uint64_t a = t.index(after[i]);
    const std::uint64_t b = t.index(through[i]);
    if (a >= t.size || b >= t.size) return false;
    out[i] = t.rank[b] - t.rank[a];
    return true;
  };
  for (std::size_t i = 0; (i = while_easy(i, out.size(), easy)) < out.size(); ++i) {
    out[i] = no_count;
    if (after[i] == no_day || through[i] == no_day) continue;
    return of_case(calendar.workdays_between(after[i], through[i]).error(), i);
  }
  return {};
}

} // namespace detail

/// workdays_between of many pairs, in (after, through]. Either side may be a single day. Errors:
/// out_of_range, bad_value.
inline result<void> count_workdays(const workday_calendar& calendar, std::span<const day> after,
                                   std::span<const day> through, std::span<std::int64_t> out) {
  const std::size_t n = out.size();
  if (after.size() != n && after.size() != 1) return detail::wrong_length("after", after.size(), n);
  if (through.size() != n && through.size() != 1)
    return detail::wrong_length("through", through.size(), n);
  if (n == 0) return {};
  if (after.size() == n && through.size() == n)
    return detail::count_pairs(calendar, after.data(), through.data(), out);
  if (after.size() == n)
    return detail::count_pairs(calendar, after.data(), detail::one_day{through[0]}, out);
  if (through.size() == n)
    return detail::count_pairs(calendar, detail::one_day{after[0]}, through.data(), out);
  return detail::count_pairs(calendar, detail::one_day{after[0]}, detail::one_day{through[0]}, out);
}

/// is_workday of many days; false for no_day.
inline result<void> are_workdays(const workday_calendar& calendar, std::span<const day> asked,
                                 std::span<bool> out) {
  if (out.size() != asked.size()) return detail::wrong_length("out", out.size(), asked.size());
  for (std::size_t i = 0; i < asked.size(); ++i)
    out[i] = asked[i] != no_day && calendar.is_workday(asked[i]);
  return {};
}

} // namespace banli
