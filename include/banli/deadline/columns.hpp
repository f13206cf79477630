// columns.hpp — the same questions asked of many cases at once.
//
// A platform holds its cases in columns: one array of days a property. These functions read such
// arrays and write such arrays, give exactly the answers of their scalar namesakes, and allocate
// nothing. Exclusions are ragged: those of case i are the entries [offsets[i], offsets[i + 1]).
//
//   std::vector<day> starts{...}, due(starts.size());
//   due_dates(cn(), {20, limit_unit::workday}, {.starts = starts}, {}, {.due = due});
//
//   case     offsets   from          to
//   0        0         2024-09-10    2024-09-20      two procedures
//            1         2024-10-08    2024-10-15
//   1        2         2026-10-21    no_day          one that is still open
//   2        3                                       none (offsets[3] is 3, too)
//
// The layout is numpy's: a column of days is a datetime64[D] array, no_day its NaT. A start that is
// no_day has no due date; so has a case whose suspension is open.
//
// The hard case is the one bad day among a million: nothing is guessed. The error names the case,
// and what was written of the other columns is not to be used.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <banli/deadline/deadline.hpp>
#include <banli/deadline/usage.hpp>

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

/// Where the answers of usage_at go; any may be empty.
struct usage_columns {
  std::span<std::int64_t> used{};
  std::span<std::int64_t> remaining{};
};

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

inline std::optional<error> check_columns(const case_columns& c, const counting_rules& rules) {
  const std::size_t n = c.starts.size();
  const exclusion_columns& x = c.exclusions;
  if (!c.counts.empty() && c.counts.size() != n) return wrong_length("counts", c.counts.size(), n);
  if (x.offsets.empty()) {
    if (!x.from.empty()) return wrong_length("offsets", 0, n + 1);
    return std::nullopt;
  }
  if (x.offsets.size() != n + 1) return wrong_length("offsets", x.offsets.size(), n + 1);
  if (x.to.size() != x.from.size()) return wrong_length("to", x.to.size(), x.from.size());
  if (!x.type.empty() && x.type.size() != x.from.size())
    return wrong_length("type", x.type.size(), x.from.size());
  const auto most = static_cast<std::int64_t>(rules.limits.exclusions);
  bool ascending = x.offsets.front() == 0;
  bool few = true;
  for (std::size_t i = 0; i < n; ++i) {
    const std::int64_t own = x.offsets[i + 1] - x.offsets[i];
    ascending &= own >= 0;
    few &= own <= most;
  }
  if (!ascending || x.offsets.back() != static_cast<std::int64_t>(x.from.size()))
    return make_error(errc::bad_value, "the offsets must ascend from 0 to {}",
                      "offsets 应自 0 递增至 {}", x.from.size());
  if (!few)
    return make_error(errc::limit_exceeded, "a case has more than {} exclusions",
                      "有办件的不计入期间超过 {} 个", most);
  return std::nullopt;
}

/// The exclusions of one case, as the scalar functions want them.
inline void exclusions_of(const exclusion_columns& x, std::size_t i, std::vector<exclusion>& out) {
  out.clear();
  if (x.offsets.empty()) return;
  for (auto j = static_cast<std::size_t>(x.offsets[i]);
       j < static_cast<std::size_t>(x.offsets[i + 1]); ++j) {
    exclusion e{.from = x.from[j]};
    if (x.to[j] != no_day) e.to = x.to[j];
    e.type = x.type.empty() ? stop_type::exclude : x.type[j];
    out.push_back(std::move(e));
  }
}

} // namespace detail

/// add_workdays of many days; no_day stays no_day. `out` is as long as `from`. Errors:
/// out_of_range, bad_value.
inline result<void> add_workdays(const workday_calendar& calendar, std::span<const day> from, int n,
                                 std::span<day> out) {
  if (out.size() != from.size()) return detail::wrong_length("out", out.size(), from.size());
  for (std::size_t i = 0; i < from.size(); ++i) {
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
  for (std::size_t i = 0; i < from.size(); ++i)
    if (auto ok = add_workdays(calendar, from.subspan(i, 1), n[i], out.subspan(i, 1)); !ok)
      return detail::of_case(ok.error(), i);
  return {};
}

/// workdays_between of many pairs, in (after, through]. Either side may be a single day. Where a
/// day is no_day the count is `no_count`. Errors: out_of_range, bad_value.
inline constexpr std::int64_t no_count = std::numeric_limits<std::int64_t>::min();
inline result<void> count_workdays(const workday_calendar& calendar, std::span<const day> after,
                                   std::span<const day> through, std::span<std::int64_t> out) {
  if (after.size() != out.size() && after.size() != 1)
    return detail::wrong_length("after", after.size(), out.size());
  if (through.size() != out.size() && through.size() != 1)
    return detail::wrong_length("through", through.size(), out.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const day a = after[after.size() == 1 ? 0 : i];
    const day b = through[through.size() == 1 ? 0 : i];
    out[i] = no_count;
    if (a == no_day || b == no_day) continue;
    const result<int> n = calendar.workdays_between(a, b);
    if (!n) return detail::of_case(n.error(), i);
    out[i] = *n;
  }
  return {};
}

/// is_workday of many days; false for no_day.
inline result<void> are_workdays(const workday_calendar& calendar, std::span<const day> asked,
                                 std::span<bool> out) {
  if (out.size() != asked.size()) return detail::wrong_length("out", out.size(), asked.size());
  for (std::size_t i = 0; i < asked.size(); ++i)
    out[i] = asked[i] != no_day && calendar.is_workday(asked[i]);
  return {};
}

/// due_date of many cases with one limit; extensions of a case in the unit of the limit are part of
/// its count. Limits in hours end at a minute and have no column form here. Errors: those of
/// due_date, with the number of the case; bad_value for columns of the wrong length.
inline result<void> due_dates(const workday_calendar& calendar, time_limit limit,
                              const case_columns& cases, const counting_rules& rules,
                              const due_columns& out) {
  const std::size_t n = cases.starts.size();
  if (auto wrong = detail::check_columns(cases, rules)) return *wrong;
  if (out.due.size() != n) return detail::wrong_length("due", out.due.size(), n);
  if (!out.remaining.empty() && out.remaining.size() != n)
    return detail::wrong_length("remaining", out.remaining.size(), n);
  if (!out.provisional.empty() && out.provisional.size() != n)
    return detail::wrong_length("provisional", out.provisional.size(), n);
  if (is_hour_unit(limit.unit))
    return make_error(errc::bad_limit, "'{}' ends at a minute: it has no column of days",
                      "“{}”以分钟计,没有按日的列", to_text(limit));
  std::vector<exclusion> own;
  for (std::size_t i = 0; i < n; ++i) {
    if (cases.starts[i] == no_day) {
      out.due[i] = no_day;
      if (!out.remaining.empty()) out.remaining[i] = 0;
      if (!out.provisional.empty()) out.provisional[i] = false;
      continue;
    }
    if (!cases.counts.empty()) limit.count = cases.counts[i];
    detail::exclusions_of(cases.exclusions, i, own);
    const result<deadline> d = due_date(calendar, limit, cases.starts[i], own, {}, rules);
    if (!d) return detail::of_case(d.error(), i);
    out.due[i] = d->due.value_or(no_day);
    if (!out.remaining.empty()) out.remaining[i] = d->remaining;
    if (!out.provisional.empty()) out.provisional[i] = d->provisional;
  }
  return {};
}

/// usage_at of many cases at one instant; 0 where the start is no_day. Errors as due_dates.
inline result<void> usages_at(instant now, const workday_calendar& calendar, time_limit limit,
                              const case_columns& cases, const counting_rules& rules,
                              const usage_columns& out) {
  const std::size_t n = cases.starts.size();
  if (auto wrong = detail::check_columns(cases, rules)) return *wrong;
  if (!out.used.empty() && out.used.size() != n)
    return detail::wrong_length("used", out.used.size(), n);
  if (!out.remaining.empty() && out.remaining.size() != n)
    return detail::wrong_length("remaining", out.remaining.size(), n);
  if (is_hour_unit(limit.unit))
    return make_error(errc::bad_limit, "'{}' ends at a minute: it has no column of days",
                      "“{}”以分钟计,没有按日的列", to_text(limit));
  std::vector<exclusion> own;
  for (std::size_t i = 0; i < n; ++i) {
    usage u;
    if (cases.starts[i] != no_day) {
      if (!cases.counts.empty()) limit.count = cases.counts[i];
      detail::exclusions_of(cases.exclusions, i, own);
      const result<usage> got = usage_at(now, calendar, limit, cases.starts[i], own, {}, rules);
      if (!got) return detail::of_case(got.error(), i);
      u = *got;
    }
    if (!out.used.empty()) out.used[i] = u.used;
    if (!out.remaining.empty()) out.remaining[i] = u.remaining;
  }
  return {};
}

/// A deadline that another calendar moves.
struct moved_deadline {
  std::size_t index = 0; ///< of the case
  day before{};          ///< no_day where there was no due date
  day after{};

  /// Calendar days later, negative when earlier; absent where one of them is no_day.
  std::optional<days> by() const {
    if (before == no_day || after == no_day) return std::nullopt;
    return after - before;
  }
  friend bool operator==(const moved_deadline&, const moved_deadline&) = default;
};

/// Which of many deadlines differ between two calendars, in the order of the cases: what an
/// amendment moves. Errors as due_dates.
inline result<std::vector<moved_deadline>> moved_by(const workday_calendar& before,
                                                    const workday_calendar& after, time_limit limit,
                                                    const case_columns& cases,
                                                    const counting_rules& rules = {}) {
  const std::size_t n = cases.starts.size();
  std::vector<day> was(n);
  std::vector<day> is(n);
  if (auto ok = due_dates(before, limit, cases, rules, {.due = was}); !ok) return ok.error();
  if (auto ok = due_dates(after, limit, cases, rules, {.due = is}); !ok) return ok.error();
  std::vector<moved_deadline> out;
  for (std::size_t i = 0; i < n; ++i)
    if (was[i] != is[i]) out.push_back({i, was[i], is[i]});
  return out;
}

} // namespace banli
