// scenario.hpp — random deadlines, drawn from any source of numbers.
//
// pick(lo, hi) answers a number from lo to hi. RapidCheck's picks shrink; a Mersenne twister's are
// fast.
#pragma once

#include <string>
#include <vector>

#include <banli/calendar/cn.hpp>
#include <banli/deadline/deadline.hpp>

namespace scenario {

using namespace banli;
using namespace std::chrono_literals;

struct deadline_case {
  time_limit limit;
  instant start{};
  std::vector<exclusion> exclusions;
  std::vector<extension> extensions;
  counting_rules rules;
};

/// The calendar with some random days of a region and an agency opened or closed.
template <class Pick>
calendar_source random_source(Pick&& pick) {
  calendar_source s = cn_source();
  const int layers = pick(0, 2);
  for (int i = 0; i < layers; ++i) {
    overlay o{"overlay" + std::to_string(i), {}};
    day d = to_day(2003y / 1 / 1);
    while (d < to_day(2038y / 1 / 1)) {
      d += days{pick(1, 400)};
      o.days.push_back({d, pick(0, 1) != 0 ? opening::open : opening::closed, "rule"});
    }
    s.overlays.push_back(std::move(o));
  }
  if (pick(0, 3) == 0) s.known_on = to_day(2005y / 1 / 1) + days{pick(0, 8000)};
  return s;
}

/// Office hours in whole minutes, with a season, a short day and a shut one now and then.
template <class Pick>
working_hours random_hours(Pick&& pick) {
  working_hours h;
  if (pick(0, 1) == 0) return h;
  for (sessions& s : h.week) {
    s.clear();
    minutes t{pick(0, 700)};
    for (int i = pick(0, 3); i > 0; --i) {
      const minutes closes = t + minutes{pick(1, 200)};
      s.push_back({t, closes});
      t = closes + minutes{pick(0, 60)};
    }
  }
  h.week[3] = {{8h, 12h}}; // some hours in every week
  if (pick(0, 1) == 0)
    h.seasons.push_back({"winter", std::chrono::October / 1, std::chrono::April / 30,
                         banli::detail::every_day({{9h, 12h}, {13h, 17h}})});
  for (int i = pick(0, 30); i > 0; --i)
    h.dates[to_day(2005y / 1 / 1) + days{pick(0, 11'000)}] =
        pick(0, 1) == 0 ? sessions{} : sessions{{8h, 11h}};
  return h;
}

/// A count that fits a unit.
template <class Pick>
time_limit random_count(Pick&& pick, limit_unit unit) {
  switch (unit) {
  case limit_unit::on_the_spot: return {};
  case limit_unit::workhour: return {pick(1, 60), unit};
  case limit_unit::hour: return {pick(1, 200), unit};
  case limit_unit::workday: return {pick(0, 1) == 0 ? pick(1, 12) : pick(1, 120), unit};
  case limit_unit::day: return {pick(1, 200), unit};
  case limit_unit::week: return {pick(1, 12), unit};
  case limit_unit::month: return {pick(1, 14), unit};
  case limit_unit::year: return {pick(1, 3), unit};
  case limit_unit::yearly_date: break;
  }
  const int m = pick(1, 12);
  constexpr int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return {100 * m + (pick(0, 3) == 0 ? lengths[m - 1] : pick(1, lengths[m - 1])), unit};
}

template <class Pick>
limit_unit random_unit(Pick&& pick) {
  constexpr limit_unit units[] = {
      limit_unit::workday,     limit_unit::workday,     limit_unit::workday, limit_unit::workday,
      limit_unit::day,         limit_unit::day,         limit_unit::day,     limit_unit::week,
      limit_unit::month,       limit_unit::month,       limit_unit::year,    limit_unit::hour,
      limit_unit::yearly_date, limit_unit::on_the_spot, limit_unit::workhour};
  return units[pick(0, 14)];
}

template <class Pick>
counting_rules random_rules(Pick&& pick, limit_unit unit) {
  counting_rules r;
  r.runs = pick(0, 3) == 0 ? direction::before : direction::after;
  if (unit == limit_unit::workhour || unit == limit_unit::on_the_spot) r.runs = direction::after;
  r.extensions_allowed = 3;
  r.ends = static_cast<edges>(pick(0, 3));
  if (pick(0, 1) != 0) r.rolling = static_cast<roll>(pick(0, 2));
  r.start = pick(0, 3) == 0 ? start_rule::on_event : start_rule::after_event;
  r.before = static_cast<before_rule>(pick(0, 1));
  r.resume = static_cast<resume_mode>(pick(0, 1));
  r.order = static_cast<extension_order>(pick(0, 1));
  return r;
}

/// A case with a unit and rules. Stops are dense where the limit probably runs.
template <class Pick>
deadline_case random_case(Pick&& pick, limit_unit unit, const counting_rules& rules) {
  deadline_case c;
  c.rules = rules;
  c.limit = random_count(pick, unit);
  // Near the edges of the tables now and then.
  const day from_day = pick(0, 60) == 0 ? to_day(2040y / 9 / 1) + days{pick(0, 140)}
                                        : to_day(2005y / 1 / 1) + days{pick(0, 11'000)};
  c.start = from_day;
  if (is_hour_unit(unit) || pick(0, 3) == 0) c.start += minutes{pick(0, 1439)};
  const int stops = pick(0, 3) == 0 ? pick(0, 12) : pick(0, 3);
  const int sign = rules.runs == direction::after ? 1 : -1;
  const int reach = is_hour_unit(unit) ? 12 : 90;
  for (int i = 0; i < stops; ++i) {
    const day from = from_day + days{sign * pick(-10, reach)};
    exclusion e{from, from + days{pick(0, pick(0, 1) == 0 ? 2 : 25)}, "stop"};
    e.kind += static_cast<char>('a' + i);
    switch (pick(0, 5)) {
    case 0: e.type = sign > 0 ? stop_type::restart : stop_type::exclude; break;
    case 1:
    case 2: e.type = stop_type::suspend; break;
    default: break;
    }
    if (pick(0, 25) == 0) e.to.reset();
    c.exclusions.push_back(e);
  }
  return c;
}

/// Longer by up to three extensions, asked in time whatever the roll: one that rolled back behind
/// its start is not our topic.
template <class Pick>
void extend(Pick&& pick, deadline_case& c) {
  if (c.rules.runs == direction::before) return;
  for (int i = pick(1, 3); i > 0; --i) {
    limit_unit by = c.limit.unit;
    while (!is_hour_unit(c.limit.unit) &&
           (pick(0, 1) == 1 || is_hour_unit(by) || by == limit_unit::on_the_spot))
      by = random_unit(pick);
    c.extensions.push_back({random_count(pick, by), day_of(c.start) - days{40}, "authority"});
  }
}

template <class Pick>
deadline_case random_case(Pick&& pick) {
  const limit_unit unit = random_unit(pick);
  deadline_case c = random_case(pick, unit, random_rules(pick, unit));
  if (pick(0, 3) == 0) extend(pick, c);
  return c;
}

inline std::string to_text(const deadline_case& c) {
  std::string s = banli::to_text(c.limit) + " from " + banli::to_text(c.start);
  for (const exclusion& e : c.exclusions)
    s += fmt::format("\n  {} {}..{}", to_string(e.type), banli::to_text(e.from),
                     e.to ? banli::to_text(*e.to) : "");
  for (const extension& e : c.extensions) s += "\n  extend " + banli::to_text(e.by);
  const counting_rules& r = c.rules;
  return s + fmt::format("\n  runs {} edges {} rolling {} start {} before {} resume {} order {}",
                         static_cast<int>(r.runs), static_cast<int>(r.ends),
                         r.rolling ? static_cast<int>(*r.rolling) : -1, static_cast<int>(r.start),
                         static_cast<int>(r.before), static_cast<int>(r.resume),
                         static_cast<int>(r.order));
}

} // namespace scenario
