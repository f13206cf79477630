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
  day start{};
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

template <class Pick>
time_limit random_limit(Pick&& pick) {
  switch (pick(0, 5)) {
  case 0: return {pick(1, 120), limit_unit::workday};
  case 1: return {pick(1, 200), limit_unit::day};
  case 2: return {pick(1, 12), limit_unit::week};
  case 3: return {pick(1, 14), limit_unit::month};
  case 4: return {pick(1, 3), limit_unit::year};
  default: return {pick(1, 12), limit_unit::workday};
  }
}

template <class Pick>
deadline_case random_case(Pick&& pick) {
  deadline_case c;
  c.rules.runs = pick(0, 3) == 0 ? direction::before : direction::after;
  c.limit = random_limit(pick);
  if (c.rules.runs == direction::after && pick(0, 30) == 0) c.limit = {};
  // Near the edges of the tables now and then.
  c.start = pick(0, 60) == 0 ? to_day(2040y / 9 / 1) + days{pick(0, 140)}
                             : to_day(2005y / 1 / 1) + days{pick(0, 11'000)};
  const int stops = pick(0, 3) == 0 ? pick(0, 12) : pick(0, 3);
  const int sign = c.rules.runs == direction::after ? 1 : -1;
  for (int i = 0; i < stops; ++i) {
    const day from = c.start + days{sign * pick(-10, 90)};
    exclusion e{from, from + days{pick(0, 25)}, "stop" + std::to_string(i)};
    if (pick(0, 2) == 0) e.type = stop_type::suspend;
    if (pick(0, 25) == 0) e.to.reset();
    c.exclusions.push_back(e);
  }
  if (c.rules.runs == direction::after)
    for (int i = pick(0, 3) == 0 ? pick(1, 3) : 0; i > 0; --i)
      c.extensions.push_back({random_limit(pick), c.start, "authority"});
  c.rules.extensions_allowed = 3;
  c.rules.ends = static_cast<edges>(pick(0, 3));
  if (pick(0, 1) != 0) c.rules.rolling = static_cast<roll>(pick(0, 2));
  c.rules.start = pick(0, 3) == 0 ? start_rule::on_event : start_rule::after_event;
  c.rules.before = static_cast<before_rule>(pick(0, 1));
  c.rules.resume = static_cast<resume_mode>(pick(0, 1));
  c.rules.order = static_cast<extension_order>(pick(0, 1));
  // Asked in time, whatever the roll: an extension that rolled back behind its start is not our
  // topic.
  for (extension& e : c.extensions) e.asked = c.start - days{40};
  return c;
}

inline std::string to_text(const deadline_case& c) {
  std::string s = banli::to_text(c.limit) + " from " + banli::to_text(c.start);
  for (const exclusion& e : c.exclusions)
    s += fmt::format("\n  {} {}..{}", e.type == stop_type::suspend ? "suspend" : "exclude",
                     banli::to_text(e.from), e.to ? banli::to_text(*e.to) : "");
  for (const extension& e : c.extensions) s += "\n  extend " + banli::to_text(e.by);
  const counting_rules& r = c.rules;
  return s + fmt::format("\n  runs {} edges {} rolling {} start {} before {} resume {} order {}",
                         static_cast<int>(r.runs), static_cast<int>(r.ends),
                         r.rolling ? static_cast<int>(*r.rolling) : -1, static_cast<int>(r.start),
                         static_cast<int>(r.before), static_cast<int>(r.resume),
                         static_cast<int>(r.order));
}

} // namespace scenario
