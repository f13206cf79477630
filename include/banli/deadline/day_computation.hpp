// day_computation.hpp — limits that end with a day.
//
// Each phase of the term is one walk; at the end stands at most one roll. A phase begins where the
// one before ended, which is the rolled day only where the rules say "roll, then extend".
//
//   60 days from 2025-08-08          the walk ends on 10-07, a holiday; the roll on 10-09
//   20 working days, then 1 month    two walks; only the month may roll
//
// The hard case is a suspension that is still open when the walk reaches it: there is no last day,
// and what remains is the rest of this phase and all of the later ones.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include <banli/deadline/term.hpp>

namespace banli::detail {

/// One walk on the measure that a unit asks for.
template <class Again, class Visitor>
walk_end walk_days(const workday_calendar& calendar, limit_unit counts, std::int64_t sign,
                   std::int64_t origin, std::int64_t wanted, const Again& again,
                   std::span<const stop> stops, Visitor& v) {
  if (counts != limit_unit::workday) return walk(every_tick{}, origin, wanted, again, stops, v);
  if (sign > 0) return walk(workdays_forward{calendar.tables()}, origin, wanted, again, stops, v);
  return walk(workdays_backward{calendar.tables()}, origin, wanted, again, stops, v);
}

/// The state of a computation that ends with a day.
template <class Observer>
class day_computation {
 public:
  day_computation(const term& t, std::size_t extensions, Observer& o)
      : t_(t), o_(o), phases_(t, extensions), d_(blank(t, limit_unit::day)) {}

  result<deadline> run() {
    if (auto wrong = add_stops(t_.exclusions, t_.rules, axis_, stops_)) return *wrong;
    begin();
    for (bool first = true;; first = false) {
      const phase p = phases_.take();
      d_.counted_in = first || d_.counted_in == p.counts ? p.counts : limit_unit::day;
      if (auto wrong = count(p, first ? clear_ : 0)) return *wrong;
      if (!d_.due) return d_;
      const bool done = phases_.done();
      if (done || t_.rules.order == extension_order::roll_then_extend)
        if (auto wrong = roll_off(p.counts)) return *wrong;
      if (done) break;
      base_ = origin_ = axis_.sign * serial(*d_.due);
    }
    d_.due_at = end_of(*d_.due);
    return d_;
  }

 private:
  day day_at(std::int64_t tick) const {
    return from_serial(static_cast<std::int32_t>(axis_.sign * tick));
  }

  void begin() {
    const start_rule how =
        t_.limit.unit == limit_unit::on_the_spot ? start_rule::on_event : t_.rules.start;
    base_ = axis_.sign * serial(d_.start);
    origin_ = base_ - (how == start_rule::on_event ? 1 : 0);
    if (axis_.sign < 0 && t_.rules.before == before_rule::clear_days) clear_ = 1;
    o_.start(t_, axis_, how);
  }

  /// Counts one phase; leaves `due` empty where an open stop was met.
  std::optional<error> count(const phase& p, std::int64_t extra) {
    const bool workdays = p.counts == limit_unit::workday;
    if (workdays && !t_.calendar.contains(day_at(base_))) return t_.calendar.outside(day_at(base_));
    o_.phase(p.counts);
    const auto again = [&](std::int64_t tick) { return ticks_of(p, tick, axis_); };
    const walk_end e = walk_days(t_.calendar, p.counts, axis_.sign, origin_,
                                 ticks_of(p, base_, axis_) + extra, again, stops_.all(), o_);
    if (e.state == walk_state::ran_out)
      return workdays
                 ? t_.calendar.beyond(axis_.sign > 0 ? t_.calendar.last() : t_.calendar.first())
                 : ends_nowhere(t_);
    const std::int64_t at = axis_.sign * e.at;
    if (at < serial(first_day) - 1 || at > serial(last_day)) return ends_nowhere(t_);
    d_.total += e.wanted - extra;
    if (workdays)
      d_.provisional |= !settled_between(t_.calendar, day_at(origin_ + 1), day_at(e.at));
    if (e.state == walk_state::halted) {
      halt(e);
      return std::nullopt;
    }
    if (at < serial(first_day)) return ends_nowhere(t_);
    d_.nominal = d_.due = day_at(e.at);
    return std::nullopt;
  }

  /// No due date: what is left of this phase and of those that follow.
  void halt(const walk_end& e) {
    d_.remaining = e.wanted - e.counted;
    while (!phases_.done()) {
      const std::int64_t more = ticks_of(phases_.take(), base_, axis_);
      d_.remaining += more;
      d_.total += more;
    }
    d_.nominal.reset();
    d_.due.reset();
  }

  std::optional<error> roll_off(limit_unit counts) {
    const roll how = rolling_of(t_.rules, counts);
    if (how == roll::none) return std::nullopt;
    const day from = *d_.nominal;
    const result<day> to =
        how == roll::following ? t_.calendar.following(from) : t_.calendar.preceding(from);
    if (!to) return to.error();
    d_.due = *to;
    d_.provisional |= !settled_between(t_.calendar, from, *to);
    if (*to != from) o_.roll(from, *to);
    return std::nullopt;
  }

  const term& t_;
  Observer& o_;
  phase_sequence phases_;
  deadline d_;
  axis axis_{t_.rules.runs == direction::after ? 1 : -1, 1};
  stop_list stops_;
  std::int64_t base_ = 0;   ///< the event, or the end of the phase before
  std::int64_t origin_ = 0; ///< the last tick that is not counted
  std::int64_t clear_ = 0;
};

} // namespace banli::detail
