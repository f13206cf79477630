// term.hpp — what a deadline depends on, and the phases it falls into.
//
// A limit with its extensions is a sequence of phases. Neighbours that count alike are one phase,
// the others follow each other:
//
//   20 working days + 10 working days  -> one phase of 30 working days
//   3 months + 1 month                 -> one phase of 4 months, counted from the event
//   2 months + 10 working days         -> to the corresponding day, then 10 working days
//
// The hard case is the end of a month: 2025-01-31 and one month is 02-28, and one more month 03-31
// and not 03-28. Months are therefore joined before they are counted.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <banli/calendar/working_hours.hpp>
#include <banli/deadline/outcome.hpp>
#include <banli/deadline/walk.hpp>

namespace banli::detail {

/// Everything a deadline depends on.
struct term {
  const workday_calendar& calendar;
  const working_hours* hours; ///< null: the default hours
  time_limit limit;
  instant start;
  std::span<const exclusion> exclusions;
  std::span<const extension> extensions;
  const counting_rules& rules;
};

/// One who is told how a deadline comes about; see explanation.hpp for one who listens. Beside the
/// calls of a walk: start of it all, begin of a phase, a day of office time (seconds counted before
/// and after), a day on which the office is shut, a roll, rest days over which a limit rolled until
/// a restart met it; and forget(): what was told is void, and will be told anew.
struct no_observer : no_visitor {
  static constexpr bool listens = false;
  void forget() {}
  void start(const term&, const axis&, start_rule) {}
  void phase(limit_unit) {}
  void office(day, std::int64_t, std::int64_t) {}
  void shut(day) {}
  void roll(day, day) {}
  void rest(day, day) {}
};

/// A stretch of counting: months, a date of the year, or a number of ticks.
struct phase {
  limit_unit counts = limit_unit::day; ///< workday, day, hour or workhour
  std::int64_t months = 0;
  std::int64_t ticks = 0;
  std::optional<std::chrono::month_day> date{};

  bool merges(const phase& o) const {
    return counts == o.counts && (months > 0) == (o.months > 0) && !date && !o.date;
  }
};

constexpr phase phase_of(time_limit l) {
  const std::int64_t n = l.count;
  switch (l.unit) {
  case limit_unit::on_the_spot: return {limit_unit::workday, 0, 1};
  case limit_unit::workhour: return {limit_unit::workhour, 0, n * 3600};
  case limit_unit::hour: return {limit_unit::hour, 0, n * 3600};
  case limit_unit::workday: return {limit_unit::workday, 0, n};
  case limit_unit::day: return {limit_unit::day, 0, n};
  case limit_unit::week: return {limit_unit::day, 0, n * 7};
  case limit_unit::month: return {limit_unit::day, n, 0};
  case limit_unit::year: return {limit_unit::day, n * 12, 0};
  case limit_unit::yearly_date: return {limit_unit::day, 0, 0, yearly_date_of(l)};
  }
  return {};
}

/// Days from a day to the corresponding day some months on, or to the last day of that month
/// (民法典 202); `never` when that leaves the years 1 to 9999.
inline std::int64_t days_of_months(std::int64_t from, std::int64_t months) {
  const auto ymd = to_ymd(from_serial(static_cast<std::int32_t>(from)));
  const std::int64_t m = static_cast<int>(ymd.year()) * std::int64_t{12} +
                         static_cast<unsigned>(ymd.month()) - 1 + months;
  if (m < 12 || m >= 10'000 * std::int64_t{12}) return never;
  const std::chrono::year_month ym{std::chrono::year{static_cast<int>(m / 12)},
                                   std::chrono::month{static_cast<unsigned>(m % 12) + 1}};
  auto end = ym / ymd.day();
  if (!end.ok()) end = ym / std::chrono::last;
  const std::int64_t n = serial(to_day(end)) - from;
  return n < 0 ? -n : n;
}

/// Days from a day to the next such date after it (sign 1) or the last before it (sign -1); `never`
/// when that leaves the years 1 to 9999.
inline std::int64_t days_to_date(std::int64_t from, std::chrono::month_day date,
                                 std::int64_t sign) {
  const day here = from_serial(static_cast<std::int32_t>(from));
  auto year = to_ymd(here).year();
  for (int i = 0; i < 2; ++i, year += std::chrono::years{sign}) {
    auto there = year / date.month() / date.day();
    if (!there.ok()) there = year / date.month() / std::chrono::last;
    const std::int64_t n = sign * (to_day(there) - here).count();
    if (n > 0)
      return there.year() < std::chrono::year{1} || there.year() > std::chrono::year{9999} ? never
                                                                                           : n;
  }
  return never;
}

/// The ticks of a phase. Months run from the day of the event, `base`; a date of the year is the
/// first after `origin`, the last tick that is not counted.
inline std::int64_t ticks_of(const phase& p, std::int64_t base, std::int64_t origin,
                             const axis& a) {
  std::int64_t n = p.ticks;
  if (p.months > 0) n = days_of_months(a.sign * base, a.sign * p.months);
  if (p.date) n = days_to_date(a.sign * origin, *p.date, a.sign);
  return std::min(n, never);
}

inline error ends_nowhere(const term& t) {
  return make_error(errc::out_of_range, "{} from {} end outside the years 1 to 9999",
                    "自 {1} 起算的 {2} 超出公元 1 年至 9999 年", to_text(t.limit),
                    to_text(day_of(t.start)), to_text(t.limit, language::zh));
}

inline std::optional<error> check_limit(time_limit l, const counting_rules& r) {
  const bool spot = l.unit == limit_unit::on_the_spot;
  const bool known = l.unit <= limit_unit::yearly_date;
  if (l.count < (spot ? 0 : 1) || !known)
    return make_error(errc::bad_limit, "a limit of {} {} is none: the count must be at least 1",
                      "时限“{2}”无效:数量至少为 1", l.count, known ? to_string(l.unit) : "?",
                      known ? to_text(l, language::zh) : fmt::format("{}?", l.count));
  if (l.unit == limit_unit::yearly_date && !yearly_date_of(l).ok())
    return make_error(errc::bad_limit, "'{}' is no date of the year: expected month * 100 + day",
                      "“{}”不是一年中的日期:应为月 × 100 + 日", l.count);
  if (r.runs == direction::before && (spot || l.unit == limit_unit::workhour))
    return make_error(errc::bad_limit, "'{}' cannot be counted backwards", "“{1}”不能倒推计算",
                      to_text(l), to_text(l, language::zh));
  return std::nullopt;
}

inline std::optional<error> check_term(const term& t) {
  if (auto e = check_limit(t.limit, t.rules)) return e;
  if (day_of(t.start) < first_day || day_of(t.start) > last_day)
    return make_error(errc::out_of_range, "the start lies outside the years 1 to 9999",
                      "起算时间超出公元 1 年至 9999 年");
  if (t.exclusions.size() > t.rules.limits.exclusions ||
      t.extensions.size() > t.rules.limits.extensions)
    return make_error(errc::limit_exceeded, "{} exclusions and {} extensions are more than allowed",
                      "{} 个不计入期间、{} 次延长,超出限制", t.exclusions.size(),
                      t.extensions.size());
  for (const extension& e : t.extensions) {
    if (auto wrong = check_limit(e.by, t.rules)) return wrong;
    const bool hours = is_hour_unit(t.limit.unit) || is_hour_unit(e.by.unit);
    if (hours && e.by.unit != t.limit.unit)
      return make_error(errc::bad_limit, "a limit of {} cannot be extended by {}",
                        "时限“{2}”不能延长“{3}”", to_text(t.limit), to_text(e.by),
                        to_text(t.limit, language::zh), to_text(e.by, language::zh));
  }
  return std::nullopt;
}

/// Joins the phases of a term, the first `extensions` extensions included, one after another.
class phase_sequence {
 public:
  phase_sequence(const term& t, std::size_t extensions) : t_(&t), end_(extensions + 1) {}
  bool done() const { return next_ == end_; }
  phase take() {
    phase p = at(next_++);
    while (!done() && p.merges(at(next_)) && joins(p)) {
      const phase q = at(next_++);
      p.months += q.months;
      p.ticks += q.ticks;
    }
    return p;
  }

 private:
  phase at(std::size_t i) const { return phase_of(i == 0 ? t_->limit : t_->extensions[i - 1].by); }
  /// Only phases that never roll may be joined where each period rolls on its own.
  bool joins(const phase& p) const {
    return t_->rules.order == extension_order::extend_then_roll || p.counts != limit_unit::day;
  }
  const term* t_;
  std::size_t next_ = 0;
  std::size_t end_;
};

inline deadline blank(const term& t, limit_unit counted_in) {
  deadline d;
  d.limit = t.limit;
  d.start = day_of(t.start);
  d.started = t.start;
  d.counted_in = counted_in;
  d.calendar_stamp = t.calendar.stamp();
  return d;
}

/// Whether the days between two days, whichever is first, are all settled by notices.
inline bool settled_between(const workday_calendar& c, day a, day b) {
  return a <= b ? c.settled(a, b) : c.settled(b, a);
}

} // namespace banli::detail
