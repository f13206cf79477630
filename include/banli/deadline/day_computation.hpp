// day_computation.hpp — limits that end with a day.
//
// Each phase of the term is one walk; at the end stands at most one roll. A phase begins where the
// one before ended, which is the rolled day only where the rules say "roll, then extend".
//
//   60 days from 2025-08-08          the walk ends on 10-07, a holiday; the roll on 10-09
//   20 working days, then 1 month    two walks; only the month may roll
//
// A restart begins with the first phase anew, whatever phase it meets; it may still meet the limit
// on the rest days over which its last day rolls, because the limit has not expired there.
//
// The hard case is a suspension that is still open when the walk reaches it: there is no last day,
// and what remains is the rest of this phase and all of the later ones.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>

#include <banli/deadline/term.hpp>

namespace banli::detail {

/// Calls walks(measure) with the measure that a unit asks for.
template <class Walks>
walk_end with_measure(const workday_calendar& calendar, limit_unit counts, std::int64_t sign,
                      const Walks& walks) {
  if (counts != limit_unit::workday) return walks(every_tick{});
  if (sign > 0) return walks(workdays_forward{calendar.tables()});
  return walks(workdays_backward{calendar.tables()});
}

/// The state of a computation that ends with a day.
template <class Observer>
class day_computation {
 public:
  day_computation(const term& t, std::size_t extensions, Observer& o)
      : t_(t), o_(o), extensions_(extensions), phases_(t, extensions),
        d_(blank(t, limit_unit::day)) {}

  result<deadline> run() {
    if (auto wrong = add_stops(t_.exclusions, t_.rules, axis_, stops_)) return *wrong;
    begin();
    for (;;) {
      const phase p = phases_.take();
      d_.counted_in = first_ || d_.counted_in == p.counts ? p.counts : limit_unit::day;
      if (auto wrong = count(p, first_ ? clear_ : 0)) return *wrong;
      if (halted_) return d_;
      if (first_) continue; // a restart
      const bool done = phases_.done();
      if (done || t_.rules.order == extension_order::roll_then_extend)
        if (auto wrong = roll_off(p.counts)) return *wrong;
      if (halted_) return d_;
      if (first_) continue;
      if (done) break;
      base_ = origin_ = axis_.sign * serial(*d_.due);
      again_ = std::max(again_, origin_); // a roll back must not meet a restart twice
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
    begun_ = base_ = axis_.sign * serial(d_.start);
    began_after_ = again_ = origin_ = base_ - (how == start_rule::on_event ? 1 : 0);
    if (axis_.sign < 0 && t_.rules.before == before_rule::clear_days) clear_ = 1;
    o_.start(t_, axis_, how);
  }

  /// The tick after which a date of the year is looked for.
  std::int64_t dated_after() const { return first_ ? began_after_ : origin_; }

  /// Back to the first phase: it counts after `origin`, its months from `base` on.
  void restart(std::int64_t origin, std::int64_t base) {
    phases_ = phase_sequence{t_, extensions_};
    origin_ = origin;
    begun_ = base_ = began_after_ = again_ = base;
    first_ = true;
    d_.total = 0;
  }

  /// Counts one phase, unless a restart or an open stop is met.
  std::optional<error> count(const phase& p, std::int64_t extra) {
    const bool workdays = p.counts == limit_unit::workday;
    if (workdays && !t_.calendar.contains(day_at(base_))) return t_.calendar.outside(day_at(base_));
    o_.phase(p.counts);
    if (p.date) extra = 0; // a date has no days to keep clear
    const std::int64_t wanted = ticks_of(p, base_, dated_after(), axis_) + extra;
    const walk_end e = with_measure(t_.calendar, p.counts, axis_.sign, [&](const auto& m) {
      return walk_once(m, origin_, again_, wanted, stops_.all(), o_);
    });
    if (e.state == walk_state::ran_out)
      return workdays
                 ? t_.calendar.beyond(axis_.sign > 0 ? t_.calendar.last() : t_.calendar.first())
                 : ends_nowhere(t_);
    const std::int64_t at = axis_.sign * e.at;
    if (at < serial(first_day) - 1 || at > serial(last_day)) return ends_nowhere(t_);
    if (workdays)
      d_.provisional |= !settled_between(t_.calendar, day_at(origin_ + 1), day_at(e.at));
    if (e.state == walk_state::restarted) {
      restart(e.at, e.base);
      return std::nullopt;
    }
    d_.total += e.wanted - extra;
    if (e.state == walk_state::halted) {
      halt(e);
      return std::nullopt;
    }
    if (at < serial(first_day)) return ends_nowhere(t_);
    d_.nominal = d_.due = day_at(e.at);
    first_ = false;
    return std::nullopt;
  }

  /// No due date: what is left of this phase and of those that follow, or of all of them.
  void halt(const walk_end& e) {
    halted_ = true;
    d_.remaining = e.wanted - e.counted;
    if (e.whole) {
      phases_ = phase_sequence{t_, extensions_};
      base_ = begun_;
      first_ = true;
      d_.remaining = d_.total = 0;
    }
    while (!phases_.done()) {
      const std::int64_t more = ticks_of(phases_.take(), base_, dated_after(), axis_);
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
    if (*to == from || restarts_while_rolling(from, *to)) return std::nullopt;
    o_.roll(from, *to);
    return std::nullopt;
  }

  /// A restart on the days between the nominal end and the end of the last day in time.
  bool restarts_while_rolling(day nominal, day due) {
    for (const stop& s : stops_.all()) {
      if (s.from <= serial(nominal) || s.from > serial(due) || !any_restart({&s, 1})) continue;
      if (s.from > serial(nominal) + 1) o_.rest(nominal + days{1}, day_at(s.from - 1));
      o_.stopped(s.from, s.to, s);
      if (s.open) {
        halt({walk_state::halted, s.from - 1, 0, 0, 0, true});
      } else {
        o_.again(s);
        restart(s.to, s.to);
      }
      return true;
    }
    return false;
  }

  const term& t_;
  Observer& o_;
  std::size_t extensions_;
  phase_sequence phases_;
  deadline d_;
  axis axis_{t_.rules.runs == direction::after ? 1 : -1, 1};
  stop_list stops_;
  bool first_ = true;            ///< of the phases, none has been counted to its end
  bool halted_ = false;          ///< an open stop was met: there is no due date
  std::int64_t begun_ = 0;       ///< the event, or the last restart
  std::int64_t base_ = 0;        ///< the same, or the end of the phase before
  std::int64_t origin_ = 0;      ///< the last tick that is not counted
  std::int64_t again_ = 0;       ///< restarts that end after this tick have not yet happened
  std::int64_t began_after_ = 0; ///< the last tick that was not counted then
  std::int64_t clear_ = 0;
};

} // namespace banli::detail
