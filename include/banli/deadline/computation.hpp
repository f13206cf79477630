// computation.hpp — from a term to its deadline.
//
// Checks the term, asks whether its extensions hold, and hands it to the way of counting that its
// unit needs.
//
//   compute({cal, nullptr, limit, start, exclusions, extensions, rules}, observer)
//
// The hard case is an extension that comes too late. Whether it was asked for in time depends on
// the deadline as it stood without it, so that every extension costs one computation more.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <banli/deadline/day_computation.hpp>
#include <banli/deadline/easy_count.hpp>
#include <banli/deadline/hour_computation.hpp>
#include <banli/deadline/term.hpp>

namespace banli::detail {

/// Chooses the way of counting; checks nothing.
template <class Observer>
result<deadline> compute_phases(const term& t, std::size_t extensions, Observer& o) {
  if (t.limit.unit == limit_unit::hour) return compute_hours(t, extensions, o);
  if (t.limit.unit == limit_unit::workhour) return compute_office(t, extensions, o);
  return day_computation<Observer>{t, extensions, o}.run();
}

/// The exclusions of an easy term in the order of their first days.
class easy_stops {
 public:
  /// False where they are not easy: they end, leave the remaining term, and are not too many.
  bool assign(const term& t) {
    if (t.exclusions.size() > sorted_.size()) return false;
    size_ = 0;
    for (const exclusion& e : t.exclusions) {
      const bool rest = e.type == stop_type::exclude ||
                        (e.type == stop_type::suspend && t.rules.resume == resume_mode::remaining);
      if (!e.to || !rest) return false;
      std::size_t at = size_++;
      for (; at > 0 && sorted_[at - 1]->from > e.from; --at) sorted_[at] = sorted_[at - 1];
      sorted_[at] = &e;
    }
    return true;
  }
  std::span<const exclusion* const> all() const { return {sorted_.data(), size_}; }

 private:
  std::array<const exclusion*, 16> sorted_; // written before it is read, as far as size_
  std::size_t size_ = 0;
};

/// Counts an easy term and tells an observer; answers the index of the last unit, or -1 where it is
/// not easy after all.
template <class Column, class Observer>
class easy_walk {
 public:
  easy_walk(const term& t, const column_tables& tables, std::int64_t origin, std::int64_t n,
            Observer& o)
      : t_(t), tables_(tables), o_(o), n_(n), met_(origin),
        now_{.here = Column::rank(tables, origin), .k = Column::rank(tables, origin) + n_} {}

  std::int64_t end(std::span<const exclusion* const> stops) {
    for (const exclusion* const e : stops) {
      const stop_days days{index(e->from) + skip_from(t_.rules.ends),
                           index(*e->to) - skip_to(t_.rules.ends)};
      if (!held(tables_, days)) return -1;
      if constexpr (Observer::listens) tell(*e, days);
      pass(ranks_of<Column>(tables_, days), now_);
    }
    std::int64_t end = now_.k;
    if constexpr (Column::workdays) {
      if (now_.k > tables_.total) return -1;
      end = tables_.select[now_.k] - static_cast<std::int64_t>(tables_.base);
    }
    if constexpr (Observer::listens) o_.stretch(tick(met_ + 1), tick(end), counted());
    return end;
  }

 private:
  std::int64_t index(day d) const { return static_cast<std::int64_t>(tables_.index(d)); }
  std::int64_t tick(std::int64_t x) const { return x + static_cast<std::int64_t>(tables_.base); }
  /// Units counted before the last stop that was met.
  std::int64_t counted() const { return Column::rank(tables_, met_) - (now_.k - n_); }

  /// Of the stop to be passed: the stretch before it, and the days it swallows.
  void tell(const exclusion& e, stop_days days) {
    const std::int64_t before = std::max(days.from - 1, met_);
    if (Column::rank(tables_, before) >= now_.k) return; // behind the last unit
    if (before > met_) o_.stretch(tick(met_ + 1), tick(before), counted());
    if (days.to > before) o_.stopped(tick(before + 1), tick(days.to), stop{0, 0, &e, false, false});
    met_ = std::max(days.to, before);
  }

  const term& t_;
  const column_tables& tables_;
  Observer& o_;
  std::int64_t n_;
  std::int64_t met_; ///< last day of the last stop that was met
  easy_state now_;
};

/// Where an easy term ends: indices of days; `due` is -1 where it is not easy.
struct easy_ends {
  std::int64_t origin = 0;
  std::int64_t ticks = 0; ///< of the whole limit
  std::int64_t nominal = 0;
  std::int64_t due = -1;
};

/// The ticks of a term with some extensions that has one phase only; 0 where it has more.
[[gnu::noinline]] inline std::int64_t ticks_of_phase(const term& t, std::size_t extensions,
                                                     const column_tables& tables,
                                                     std::int64_t start, std::int64_t origin) {
  phase_sequence phases{t, extensions};
  const phase p = phases.take();
  return phases.done() && t.limit.count >= 1 ? easy_ticks(p, tables, start, origin) : 0;
}

/// The same; most terms do not need to be put together.
inline std::int64_t easy_ticks(const term& t, std::size_t extensions, const column_tables& tables,
                               std::int64_t start, std::int64_t origin) {
  const std::int64_t n = t.limit.count;
  if (extensions == 0) {
    if (t.limit.unit == limit_unit::workday || t.limit.unit == limit_unit::day) return n;
    if (t.limit.unit == limit_unit::week) return n * 7;
    if (t.limit.unit == limit_unit::on_the_spot) return n >= 0 ? 1 : 0;
  }
  return ticks_of_phase(t, extensions, tables, start, origin);
}

template <class Column, class Observer>
easy_ends answer_easily(const term& t, std::size_t extensions, const column_tables& tables,
                        Observer& o) {
  easy_ends a;
  const bool spot = t.limit.unit == limit_unit::on_the_spot;
  const std::uint64_t start = tables.index(day_of(t.start));
  easy_stops stops;
  if (start >= tables.size || t.exclusions.size() > t.rules.limits.exclusions) return a;
  if (!stops.assign(t)) return a;
  const start_rule how = spot ? start_rule::on_event : t.rules.start;
  a.origin = static_cast<std::int64_t>(start) - (how == start_rule::on_event ? 1 : 0);
  a.ticks = easy_ticks(t, extensions, tables, static_cast<std::int64_t>(start), a.origin);
  if (a.ticks < 1) return a;
  o.start(t, axis{}, how);
  o.phase(Column::workdays ? limit_unit::workday : limit_unit::day);
  a.nominal = easy_walk<Column, Observer>{t, tables, a.origin, a.ticks, o}.end(stops.all());
  if (a.nominal >= 0) a.due = rolled<Column>(tables, rolling_of(t.rules, t.limit.unit), a.nominal);
  if (a.due < 0) o.forget();
  return a;
}

inline day day_at(const column_tables& tables, std::int64_t index) {
  return tables.day_at(static_cast<std::uint64_t>(index));
}

/// Writes the deadline where it is wanted, field by field: to build it first and copy it then costs
/// more than to compute it.
inline result<deadline> easy_deadline(const term& t, const column_tables& tables,
                                      const easy_ends& a, bool workdays) {
  const day due = day_at(tables, a.due);
  const day nominal = day_at(tables, a.nominal);
  bool provisional = false;
  if (workdays)
    provisional = !t.calendar.settled(day_at(tables, a.origin + 1), due);
  else if (rolling_of(t.rules, limit_unit::day) != roll::none)
    provisional = !settled_between(t.calendar, nominal, due);
  return result<deadline>{boost::system::in_place_value,
                          t.limit,
                          day_of(t.start),
                          t.start,
                          due,
                          end_of(due),
                          nominal,
                          a.ticks,
                          0,
                          workdays ? limit_unit::workday : limit_unit::day,
                          provisional,
                          t.calendar.stamp()};
}

/// A term with some of its extensions, by the short way where there is one: in one phase.
template <class Observer>
result<deadline> compute_part(const term& t, std::size_t extensions, Observer& o) {
  if (can_be_easy(t.limit.unit, t.rules)) {
    const column_tables tables{t.calendar};
    const bool workdays = !is_calendar_unit(t.limit.unit);
    const easy_ends a = workdays ? answer_easily<workday_column>(t, extensions, tables, o)
                                 : answer_easily<day_column>(t, extensions, tables, o);
    if (a.due >= 0) {
      if constexpr (Observer::listens)
        if (a.due != a.nominal) o.roll(day_at(tables, a.nominal), day_at(tables, a.due));
      return easy_deadline(t, tables, a, workdays);
    }
  }
  if (auto wrong = check_term(t)) return *wrong;
  return compute_phases(t, extensions, o);
}

/// "Once", and asked for while the limit still ran.
inline std::optional<error> check_extensions(const term& t) {
  const auto allowed = static_cast<std::size_t>(std::max(t.rules.extensions_allowed, 0));
  if (t.rules.runs == direction::before)
    return make_error(errc::extension_refused, "a limit before an event cannot be extended",
                      "倒推计算的时限不能延长");
  if (t.extensions.size() > allowed)
    return make_error(errc::extension_refused, "{} extensions asked for: at most {} allowed",
                      "申请延长 {} 次:最多允许 {} 次", t.extensions.size(), allowed);
  for (std::size_t i = 0; i < t.extensions.size(); ++i) {
    no_observer nobody;
    const result<deadline> before = compute_part(t, i, nobody);
    if (!before) return before.error();
    const extension& e = t.extensions[i];
    if (before->due && e.asked > *before->due)
      return make_error(errc::extension_refused,
                        "the extension by {} was asked for on {}, after the limit ended on {}",
                        "延长{3}的申请于 {1} 提出,晚于时限届满日 {2}", to_text(e.by),
                        to_text(e.asked), to_text(*before->due), to_text(e.by, language::zh));
  }
  return std::nullopt;
}

/// The deadline of a term, told to an observer as it comes about.
template <class Observer>
result<deadline> compute(const term& t, Observer& o) {
  if (!t.extensions.empty()) {
    if (auto wrong = check_term(t)) return *wrong;
    if (auto wrong = check_extensions(t)) return *wrong;
  }
  return compute_part(t, t.extensions.size(), o);
}

} // namespace banli::detail
