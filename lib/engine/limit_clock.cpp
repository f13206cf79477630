#include "limit_clock.hpp"

#include <algorithm>
#include <cmath>

namespace banli {

namespace {

/// Units are whole days for limits in days and minutes for limits in hours; facts speak of hours
/// then.
constexpr std::int64_t per_fact(limit_unit counted_in) { return is_hour_unit(counted_in) ? 60 : 1; }

} // namespace

reading limit_clock::read(limit_aspect a) const {
  switch (a) {
  case limit_aspect::elapsed: return elapsed();
  case limit_aspect::total:
    return reading::of(value(l_.result.total / per_fact(l_.result.counted_in)));
  case limit_aspect::share: return share();
  case limit_aspect::overdue: return overdue();
  case limit_aspect::overdue_days: return overdue_days();
  }
  return reading::missing();
}

reading limit_clock::elapsed() const {
  const auto u = used(l_, calendar_, now_);
  if (!u) return reading::missing();
  value v{u->used / per_fact(u->counted_in)};
  if (stopped_) return reading::of(std::move(v));
  return reading::clock(std::move(v), u->changes_at, clock_course::rising);
}

reading limit_clock::share() const {
  const auto u = used(l_, calendar_, now_);
  if (!u) return reading::missing();
  if (u->total == 0 || l_.limit.unit == limit_unit::on_the_spot) {
    const reading late_by = overdue_days();
    const double d = static_cast<double>(late_by.now->as_int().value_or(0));
    return {value(d > 0 ? 1 + d : 0.0), late_by.holds_until, clock_course::irregular};
  }
  value v{static_cast<double>(u->used) / static_cast<double>(u->total)};
  if (stopped_) return reading::of(std::move(v));
  return reading::clock(std::move(v), u->changes_at, clock_course::rising);
}

reading limit_clock::overdue() const {
  if (stopped_ || late() || !l_.result.due_at) return reading::of(value(late()));
  return reading::clock(value(false), l_.result.due_at, clock_course::irregular);
}

std::int64_t limit_clock::days_past_due() const {
  return late() ? std::max<std::int64_t>(1, days_late(l_.result, now_).count()) : 0;
}

reading limit_clock::overdue_days() const {
  const std::int64_t n = days_past_due();
  if (stopped_ || !l_.result.due_at) return reading::of(value(n));
  return reading::clock(value(n), n == 0 ? *l_.result.due_at : days_late_reach(n + 1),
                        clock_course::rising);
}

std::optional<instant> limit_clock::days_late_reach(std::int64_t k) const {
  constexpr std::int64_t far = 10'000'000; // days, more than text can name
  if (!l_.result.due_at || k > far) return std::nullopt;
  if (k <= 1) return l_.result.due_at;
  return instant{*l_.result.due + days{k}};
}

std::optional<instant> limit_clock::unit_counted(std::int64_t k) const {
  if (k <= 0) return now_;
  if (k > 1'000'000) return instant{calendar_.last()};
  counting_rules plain = l_.rules;
  plain.rolling = roll::none;
  // A limit in hours is counted in minutes, and asked for in whole hours.
  const std::int64_t scale = per_fact(l_.result.counted_in);
  const time_limit limit{static_cast<int>((k + scale - 1) / scale), l_.result.counted_in};
  const auto d = due_date(calendar_, *l_.hours, limit, l_.start, l_.excluded, {}, plain);
  if (!d) return instant{calendar_.last()}; // beyond what the calendar knows: look again then
  if (!d->due) return std::nullopt;         // suspended: not by time alone
  if (!is_hour_unit(limit.unit)) return day_counted(k, *d->due);
  return minute_counted(k, *d->due_at);
}

/// The first day, not after one on which they are, on which k days are counted: what is due on the
/// spot counts its first day, too.
std::optional<instant> limit_clock::day_counted(std::int64_t k, day counted) const {
  while (instant{counted} > now_) {
    const auto u = used(l_, calendar_, instant{counted - days{1}});
    if (!u || u->used < k) break;
    counted -= days{1};
  }
  return instant{counted};
}

/// The first instant, not after one at which they are, at which k minutes are counted.
std::optional<instant> limit_clock::minute_counted(std::int64_t k, instant counted) const {
  instant before = std::min(now_, counted);
  while (counted - before > std::chrono::seconds{1}) {
    const instant middle = before + (counted - before) / 2;
    const auto u = used(l_, calendar_, middle);
    if (!u) return instant{calendar_.last()};
    (u->used >= k ? counted : before) = middle;
  }
  return counted;
}

std::optional<instant> limit_clock::reaches(limit_aspect a, const value& threshold) const {
  if (stopped_) return std::nullopt;
  if (a == limit_aspect::overdue_days) return days_late_reach(threshold.as_int().value_or(0));
  const std::int64_t scale = per_fact(l_.result.counted_in);
  constexpr std::int64_t far = 10'000'000; // more units than any calendar has
  if (a == limit_aspect::elapsed)
    return unit_counted(std::clamp(threshold.as_int().value_or(0), -far, far) * scale);
  const double share = threshold.as_double().value_or(0);
  const auto total = static_cast<double>(l_.result.total);
  if (std::isnan(share)) return std::nullopt;
  if (share > 1e6) return instant{calendar_.last()}; // beyond what the calendar knows
  auto k = static_cast<std::int64_t>(std::floor(share * total)) - 1;
  while (static_cast<double>(k) / total < share) ++k; // exactly what share() will compare
  return unit_counted(k);
}

} // namespace banli
