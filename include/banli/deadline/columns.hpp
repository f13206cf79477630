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

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <banli/calendar/day_columns.hpp>
#include <banli/deadline/deadline.hpp>
#include <banli/deadline/easy_cases.hpp>
#include <banli/deadline/usage.hpp>

namespace banli {

/// Where the answers of usage_at go; any may be empty.
struct usage_columns {
  std::span<std::int64_t> used{};
  std::span<std::int64_t> remaining{};
};

namespace detail {

inline error ends_at_minute(time_limit limit) {
  return make_error(errc::bad_limit, "'{}' ends at a minute: it has no column of days",
                    "“{1}”以分钟计,没有按日的列", to_text(limit), to_text(limit, language::zh));
}

inline error wrong_offsets(const exclusion_columns& x) {
  return make_error(errc::bad_value, "the offsets must ascend from 0 to {}",
                    "offsets 应自 0 递增至 {}", x.from.size());
}

/// Whether columns that belong together are equally long. Says nothing of the offsets inside.
inline std::optional<error> check_lengths(const case_columns& c) {
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
  if (x.offsets[0] != 0 || static_cast<std::size_t>(x.offsets[n]) != x.from.size())
    return wrong_offsets(x);
  return std::nullopt;
}

inline std::optional<error> check_offsets(const exclusion_columns& x, const counting_rules& rules) {
  std::uint64_t most = 0; // a step back is the largest of all
  for (std::size_t i = 0; i + 1 < x.offsets.size(); ++i)
    most = std::max(most, static_cast<std::uint64_t>(x.offsets[i + 1] - x.offsets[i]));
  if (most > x.from.size()) return wrong_offsets(x);
  if (most > rules.limits.exclusions)
    return make_error(errc::limit_exceeded, "a case has more than {} exclusions",
                      "有办件的不计入期间超过 {} 个", rules.limits.exclusions);
  return std::nullopt;
}

inline std::optional<error> check_columns(const case_columns& c, const counting_rules& rules) {
  if (auto wrong = check_lengths(c)) return wrong;
  return check_offsets(c.exclusions, rules);
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

/// Answers case i by due_date.
inline std::optional<error> answer_hard(const workday_calendar& calendar, time_limit limit,
                                        const case_columns& cases, const counting_rules& rules,
                                        const due_columns& out, std::size_t i,
                                        std::vector<exclusion>& own) {
  deadline d;
  if (cases.starts[i] != no_day) {
    if (!cases.counts.empty()) limit.count = cases.counts[i];
    exclusions_of(cases.exclusions, i, own);
    const result<deadline> got = due_date(calendar, limit, cases.starts[i], own, {}, rules);
    if (!got) return got.error();
    d = *got;
  }
  out.due[i] = d.due.value_or(no_day);
  if (!out.remaining.empty()) out.remaining[i] = d.remaining;
  if (!out.provisional.empty()) out.provisional[i] = d.provisional;
  return std::nullopt;
}

} // namespace detail

namespace detail {

inline std::optional<error> check_answers(time_limit limit, std::size_t n, const due_columns& out) {
  if (out.due.size() != n) return wrong_length("due", out.due.size(), n);
  if (!out.remaining.empty() && out.remaining.size() != n)
    return wrong_length("remaining", out.remaining.size(), n);
  if (!out.provisional.empty() && out.provisional.size() != n)
    return wrong_length("provisional", out.provisional.size(), n);
  if (is_hour_unit(limit.unit)) return ends_at_minute(limit);
  return std::nullopt;
}

/// The deadlines of cases whose columns have good lengths. The short way checks the offsets as it
/// comes to them. `first` is the number of the first case, for messages.
inline result<void> answer_cases(const workday_calendar& calendar, time_limit limit,
                                 const case_columns& cases, const counting_rules& rules,
                                 const due_columns& out, std::size_t first = 0) {
  const std::size_t n = cases.starts.size();
  const easy_rules easy = easy_rules_of(calendar, limit, cases, rules, out);
  const auto answer = can_be_easy(limit.unit, rules) ? easy_answer(limit, easy) : nullptr;
  if (!answer)
    if (auto wrong = check_offsets(cases.exclusions, rules)) return *std::move(wrong);
  hard_cases hard;
  std::vector<exclusion> own;
  for (std::size_t from = 0; from < n; from += case_bins::block) {
    hard.size = std::min(n - from, case_bins::block);
    if (answer && !answer(easy.from_case(from), hard.size, hard))
      return check_offsets(cases.exclusions, rules).value();
    for (std::size_t j = 0; j < hard.size; ++j) {
      const std::size_t i = from + (answer ? hard.which[j] : j);
      if (auto wrong = answer_hard(calendar, limit, cases, rules, out, i, own))
        return of_case(*std::move(wrong), first + i);
    }
  }
  return {};
}

/// Some of the cases, next to each other. Their offsets still count from the first case of all.
inline case_columns some_of(const case_columns& c, std::size_t from, std::size_t n) {
  case_columns out = c;
  out.starts = c.starts.subspan(from, n);
  if (!c.counts.empty()) out.counts = c.counts.subspan(from, n);
  if (!c.exclusions.offsets.empty())
    out.exclusions.offsets = c.exclusions.offsets.subspan(from, n + 1);
  return out;
}

} // namespace detail

/// due_date of many cases with one limit; extensions of a case in the unit of the limit are part of
/// its count. Limits in hours end at a minute: see due_times. Errors: those of due_date, with the
/// number of the case; bad_value for columns of the wrong length.
inline result<void> due_dates(const workday_calendar& calendar, time_limit limit,
                              const case_columns& cases, const counting_rules& rules,
                              const due_columns& out) {
  if (auto wrong = detail::check_lengths(cases)) return *std::move(wrong);
  if (auto wrong = detail::check_answers(limit, cases.starts.size(), out)) return *std::move(wrong);
  return detail::answer_cases(calendar, limit, cases, rules, out);
}

/// Limits that end at a minute, or any others, of many cases that start at instants: the first
/// instant that is too late for each, no_instant where there is none. Case by case, as due_date.
/// Errors as due_dates.
inline result<void> due_times(const workday_calendar& calendar, const working_hours& hours,
                              time_limit limit, std::span<const instant> starts,
                              const exclusion_columns& exclusions, const counting_rules& rules,
                              std::span<instant> out) {
  const std::vector<day> days_of_starts(starts.size(), first_day);
  if (auto wrong = detail::check_columns({days_of_starts, {}, exclusions}, rules))
    return *std::move(wrong);
  if (out.size() != starts.size()) return detail::wrong_length("out", out.size(), starts.size());
  std::vector<exclusion> own;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    out[i] = no_instant;
    if (starts[i] == no_instant) continue;
    detail::exclusions_of(exclusions, i, own);
    const result<deadline> d = due_date(calendar, hours, limit, starts[i], own, {}, rules);
    if (!d) return detail::of_case(d.error(), i);
    if (d->due_at) out[i] = *d->due_at;
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
  if (is_hour_unit(limit.unit)) return detail::ends_at_minute(limit);
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

namespace detail {

/// The first and the last day that are working days in one calendar and not in the other, or known
/// to one alone; first > last where there is none.
struct differing_days {
  day first;
  day last;
};

inline differing_days differing(const calendar_tables& a, const calendar_tables& b) {
  const auto fate = [](const calendar_tables& t, std::int32_t d) {
    return t.holds(d) ? t.rank_of(d) - t.rank_of(std::int64_t{d} - 1) : -1;
  };
  std::int32_t from = std::min(a.first, b.first);
  std::int32_t to = std::max(a.last, b.last);
  while (from <= to && fate(a, from) == fate(b, from)) ++from;
  while (to > from && fate(a, to) == fate(b, to)) --to;
  return {from_serial(from), from_serial(to)};
}

/// Compares two calendars by the deadlines of a chunk of cases.
class amendment {
 public:
  static constexpr std::size_t chunk = 8 * case_bins::block; // small enough to stay in the cache

  amendment(const workday_calendar& before, const workday_calendar& after, time_limit limit,
            const counting_rules& rules, std::size_t cases)
      : before_(before), after_(after), limit_(limit), rules_(rules),
        changed_(differing(before.tables(), after.tables())),
        ahead_(rules.runs == direction::after && rolling_of(rules, limit.unit) != roll::preceding),
        was_(std::min(cases, chunk)), is_(was_.size()), which_(was_.size()) {}

  /// Lists the deadlines that differ among cases the first of which has a number.
  result<void> compare(const case_columns& some, std::size_t first,
                       std::vector<moved_deadline>& out) {
    const std::size_t n = some.starts.size();
    if (auto ok = answer(before_, some, first, was_); !ok) return ok;
    const std::size_t touched = touch(some.starts);
    if (touched > n / 8) {
      if (auto ok = answer(after_, some, first, is_); !ok) return ok;
    } else {
      for (std::size_t j = 0; j < touched; ++j)
        if (auto wrong =
                answer_hard(after_, limit_, some, rules_, due_columns{.due = is_}, which_[j], own_))
          return of_case(*std::move(wrong), first + which_[j]);
    }
    for (std::size_t j = 0; j < touched; ++j) {
      const std::size_t i = which_[j];
      if (was_[i] != is_[i]) out.push_back({first + i, was_[i], is_[i]});
    }
    return {};
  }

 private:
  result<void> answer(const workday_calendar& c, const case_columns& some, std::size_t first,
                      std::vector<day>& due) const {
    const due_columns column{.due = std::span{due}.first(some.starts.size())};
    return answer_cases(c, limit_, some, rules_, column, first);
  }

  /// Lists the cases that the changed days can touch: a limit that ran forwards has seen no day
  /// before its start, and none after its end.
  std::size_t touch(std::span<const day> starts) {
    std::size_t n = 0;
    for (std::size_t i = 0; i < starts.size(); ++i) {
      which_[n] = static_cast<std::uint32_t>(i);
      const bool before = starts[i] > changed_.last;
      const bool after = was_[i] != no_day && was_[i] < changed_.first;
      n += ahead_ && (before || after) ? 0 : 1;
    }
    return n;
  }

  const workday_calendar& before_;
  const workday_calendar& after_;
  time_limit limit_;
  const counting_rules& rules_;
  differing_days changed_;
  bool ahead_;
  std::vector<day> was_;
  std::vector<day> is_;
  std::vector<std::uint32_t> which_;
  std::vector<exclusion> own_;
};

} // namespace detail

/// Which of many deadlines differ between two calendars, in the order of the cases: what an
/// amendment moves. Errors as due_dates.
inline result<std::vector<moved_deadline>> moved_by(const workday_calendar& before,
                                                    const workday_calendar& after, time_limit limit,
                                                    const case_columns& cases,
                                                    const counting_rules& rules = {}) {
  std::vector<moved_deadline> out;
  if (auto wrong = detail::check_columns(cases, rules)) return *std::move(wrong);
  if (is_hour_unit(limit.unit)) return detail::ends_at_minute(limit);
  const std::size_t n = cases.starts.size();
  detail::amendment amended{before, after, limit, rules, n};
  for (std::size_t from = 0; from < n; from += detail::amendment::chunk) {
    const std::size_t size = std::min(n - from, detail::amendment::chunk);
    if (auto ok = amended.compare(detail::some_of(cases, from, size), from, out); !ok)
      return ok.error();
  }
  return out;
}

} // namespace banli
