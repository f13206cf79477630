// duty_schedule.hpp — when a publication duty falls due, and whether it was met.
//
//   duty d = parse_duty("every:P1M;event:prompt").value();
//   duty_history h{to_day(2025y / 1 / 1), {to_day(2025y / 1 / 20)}, {}};
//   obligations(d, cn(), h, to_day(2025y / 4 / 1));
//       // clause 0: from 2025-01-01, due 2025-02-05 (02-01 is a holiday), met 2025-01-20
//       // clause 0: from 2025-01-20, due 2025-02-20, not met: overdue since 02-21
//   next_due(d, cn(), h, to_day(2025y / 4 / 1));          // 2025-02-20
//
// Each clause that is bound in time makes obligations:
//   event, request, accept, publish, on_change   one for every occurrence: publish within the limit
//   every, max_gap, if_unchanged…every           one from each publication to the next
//   yearly_by                                    one a year
//   min_count n/P                                one a period, met by the n-th publication in it
// The other clauses (quality, repost, per_plan, unspecified …) make none.
//
// Beside the obligations stand the plain facts about publications: publication_gaps() are the spans
// between neighbours that grew longer than a limit, publications_per() counts them period by
// period, and overdue() are the obligations nobody met in time.
//
// The hard case is a word without a number; duty_tolerance says what "prompt" means.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <banli/deadline/deadline.hpp>
#include <banli/deadline/duty.hpp>

namespace banli {

/// What the words mean, how periods are counted, and how many obligations a question may make.
struct duty_tolerance {
  time_limit immediate{1, limit_unit::workday};
  time_limit prompt{5, limit_unit::workday};
  counting_rules rules{};
  std::size_t max_obligations = 100'000;
};

/// Something that obliges: an event, a request, a change … on a day.
struct duty_occurrence {
  duty_trigger trigger = duty_trigger::event;
  day date{};

  friend bool operator==(const duty_occurrence&, const duty_occurrence&) = default;
};

/// What happened to one column. With a scope, only clauses for that scope or for everything bind.
struct duty_history {
  day since{}; ///< the duty runs from here
  std::vector<day> published{};
  std::vector<duty_occurrence> occurrences{};
  std::string scope{};
};

/// One thing to be done in time.
struct obligation {
  std::size_t clause = 0; ///< index into duty::clauses
  day from{};             ///< the occurrence, the last publication, or the begin of the period
  day due{};              ///< the last day in time
  std::optional<day> met{};

  friend bool operator==(const obligation&, const obligation&) = default;
};

/// Days late: by which it was met, or is late today; 0 when in time.
inline days days_late(const obligation& o, day today) {
  return std::max(o.met.value_or(today) - o.due, days{0});
}

namespace detail {

/// Collects the obligations of one clause after another.
class duty_schedule {
 public:
  duty_schedule(const workday_calendar& c, const duty_history& h, const duty_tolerance& t,
                day until)
      : calendar_(c), history_(h), tolerance_(t), until_(until), published_(h.published) {
    std::sort(published_.begin(), published_.end());
    published_.erase(std::unique(published_.begin(), published_.end()), published_.end());
  }

  std::optional<error> add(const duty_clause& c, std::size_t index) {
    if (!binds(c)) return std::nullopt;
    index_ = index;
    switch (c.trigger) {
    case duty_trigger::event:
    case duty_trigger::request:
    case duty_trigger::accept:
    case duty_trigger::publish:
    case duty_trigger::on_change: return occurrences(c);
    case duty_trigger::every:
    case duty_trigger::max_gap: return gaps(c);
    case duty_trigger::if_unchanged: return c.pace == duty_pace::limit ? gaps(c) : std::nullopt;
    case duty_trigger::yearly_by: return yearly(c);
    case duty_trigger::min_count: return periods(c);
    default: return std::nullopt;
    }
  }

  std::vector<obligation> take() { return std::move(out_); }

 private:
  bool binds(const duty_clause& c) const {
    return c.scope.empty() || history_.scope.empty() ||
           std::find(c.scope.begin(), c.scope.end(), history_.scope) != c.scope.end();
  }

  time_limit limit_of(const duty_clause& c) const {
    return c.pace == duty_pace::immediate ? tolerance_.immediate
           : c.pace == duty_pace::prompt  ? tolerance_.prompt
                                          : c.limit;
  }

  /// The first publication on or after a day.
  std::optional<day> first_published(day from) const {
    const auto it = std::lower_bound(published_.begin(), published_.end(), from);
    return it == published_.end() ? std::nullopt : std::optional{*it};
  }

  std::optional<error> push(day from, day due, std::optional<day> met) {
    if (out_.size() >= tolerance_.max_obligations)
      return make_error(errc::limit_exceeded, "more than {} obligations", "公开义务超过 {} 条",
                        tolerance_.max_obligations);
    out_.push_back({index_, from, due, met});
    return std::nullopt;
  }

  std::optional<error> push_limit(const duty_clause& c, day from, std::optional<day> met) {
    const auto d = due_date(calendar_, limit_of(c), from, {}, {}, tolerance_.rules);
    if (!d) return d.error();
    return push(from, *d->due, met);
  }

  std::optional<error> occurrences(const duty_clause& c) {
    for (const duty_occurrence& o : history_.occurrences) {
      if (o.trigger != c.trigger || o.date > until_) continue;
      if (auto wrong = push_limit(c, o.date, first_published(o.date))) return wrong;
    }
    return std::nullopt;
  }

  std::optional<error> gaps(const duty_clause& c) {
    day from = history_.since;
    while (from <= until_) {
      const std::optional<day> next = first_published(from + days{1});
      if (auto wrong = push_limit(c, from, next)) return wrong;
      if (!next) break;
      from = *next;
    }
    return std::nullopt;
  }

  std::optional<error> yearly(const duty_clause& c) {
    day from = history_.since;
    for (auto y = to_ymd(history_.since).year(); y <= to_ymd(until_).year(); ++y) {
      auto ymd = y / c.by.month() / c.by.day();
      if (!ymd.ok()) ymd = y / c.by.month() / std::chrono::last;
      const day due = to_day(ymd);
      if (due < from) continue;
      if (auto wrong = push(from, due, first_published(from))) return wrong;
      from = due + days{1};
    }
    return std::nullopt;
  }

  std::optional<error> periods(const duty_clause& c) {
    counting_rules plain = tolerance_.rules;
    plain.rolling = roll::none;
    plain.start = start_rule::on_event;
    for (day from = history_.since; from <= until_;) {
      const auto d = due_date(calendar_, c.limit, from, {}, {}, plain);
      if (!d) return d.error();
      const auto first = std::lower_bound(published_.begin(), published_.end(), from);
      std::optional<day> met;
      if (published_.end() - first >= c.count && first[c.count - 1] <= *d->due)
        met = first[c.count - 1];
      if (auto wrong = push(from, *d->due, met)) return wrong;
      from = *d->due + days{1};
    }
    return std::nullopt;
  }

  const workday_calendar& calendar_;
  const duty_history& history_;
  const duty_tolerance& tolerance_;
  day until_;
  std::vector<day> published_;
  std::size_t index_ = 0;
  std::vector<obligation> out_;
};

} // namespace detail

/// The obligations that arose up to a day, clause by clause and in order of time within a clause;
/// those whose due day lies before it and that are not met are overdue. Errors: out_of_range,
/// limit_exceeded.
inline result<std::vector<obligation>> obligations(const duty& d, const workday_calendar& calendar,
                                                   const duty_history& history, day until,
                                                   const duty_tolerance& tolerance = {}) {
  detail::duty_schedule schedule{calendar, history, tolerance, until};
  for (std::size_t i = 0; i < d.clauses.size(); ++i)
    if (auto wrong = schedule.add(d.clauses[i], i)) return *wrong;
  return schedule.take();
}

/// The earliest due day of what is not met at `until`; it may lie before. Absent when nothing is
/// bound in time. Errors as obligations.
inline result<std::optional<day>> next_due(const duty& d, const workday_calendar& calendar,
                                           const duty_history& history, day until,
                                           const duty_tolerance& tolerance = {}) {
  const auto all = obligations(d, calendar, history, until, tolerance);
  if (!all) return all.error();
  std::optional<day> out;
  for (const obligation& o : *all)
    if (!o.met && (!out || o.due < *out)) out = o.due;
  return out;
}

/// What is overdue at the end of a day: not met, and due before it. Errors as obligations.
inline result<std::vector<obligation>> overdue(const duty& d, const workday_calendar& calendar,
                                               const duty_history& history, day until,
                                               const duty_tolerance& tolerance = {}) {
  auto all = obligations(d, calendar, history, until, tolerance);
  if (!all) return all.error();
  std::erase_if(*all, [&](const obligation& o) { return o.met || o.due >= until; });
  return all;
}

/// A span without a publication that is longer than allowed.
struct publication_gap {
  day from{};              ///< the publication before it, or the day the duty began
  day allowed{};           ///< the last day on which the next one was still in time
  std::optional<day> to{}; ///< the next publication; absent while there is none

  friend bool operator==(const publication_gap&, const publication_gap&) = default;
};

/// The spans between publications up to a day that are longer than a limit, in order. Errors: those
/// of due_date, limit_exceeded.
inline result<std::vector<publication_gap>> publication_gaps(const workday_calendar& calendar,
                                                             time_limit longest,
                                                             const duty_history& history, day until,
                                                             const duty_tolerance& tolerance = {}) {
  duty_clause c;
  c.trigger = duty_trigger::max_gap;
  c.pace = duty_pace::limit;
  c.limit = longest;
  detail::duty_schedule schedule{calendar, history, tolerance, until};
  if (auto wrong = schedule.add(c, 0)) return *wrong;
  std::vector<publication_gap> out;
  for (const obligation& o : schedule.take()) {
    const std::optional<day> met = o.met && *o.met <= until ? o.met : std::nullopt;
    if (met.value_or(until) > o.due) out.push_back({o.from, o.due, met});
  }
  return out;
}

/// How many publications a period saw, [from, through].
struct publication_count {
  day from{};
  day through{};
  std::size_t published = 0; ///< days with a publication, `until` included

  friend bool operator==(const publication_count&, const publication_count&) = default;
};

/// Publications in each period from the begin of the duty to a day; the last period may be running
/// still. Errors: those of due_date, limit_exceeded.
inline result<std::vector<publication_count>>
publications_per(const workday_calendar& calendar, time_limit period, const duty_history& history,
                 day until, const duty_tolerance& tolerance = {}) {
  duty_clause c;
  c.trigger = duty_trigger::min_count;
  c.pace = duty_pace::limit;
  c.limit = period;
  c.count = 1;
  detail::duty_schedule schedule{calendar, history, tolerance, until};
  if (auto wrong = schedule.add(c, 0)) return *wrong;
  std::vector<day> dates = history.published;
  std::sort(dates.begin(), dates.end());
  dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
  std::vector<publication_count> out;
  for (const obligation& o : schedule.take()) {
    const auto first = std::lower_bound(dates.begin(), dates.end(), o.from);
    const auto last = std::upper_bound(first, dates.end(), std::min(o.due, until));
    out.push_back({o.from, o.due, static_cast<std::size_t>(last - first)});
  }
  return out;
}

} // namespace banli
