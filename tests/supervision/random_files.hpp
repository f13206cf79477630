// Random cases under a random calendar, for what watches them.
#pragma once

#include <array>

#include <banli/engine/migrate_case.hpp>

#include "../deadline/scenario.hpp"
#include "../engine/walk.hpp"
#include "minute_watch.hpp"

namespace sample {

inline std::shared_ptr<const case_definition> small_definition(time_limit promised, bool joint) {
  service_item i = item();
  i.promised = promised;
  i.statutory = time_limit{40, limit_unit::day};
  flowchart c = joint ? joint_chart() : chart();
  // Where the promise is in hours, so are the steps.
  const time_limit of_step = promised.unit == limit_unit::workhour
                                 ? time_limit{5, limit_unit::workhour}
                                 : time_limit{1, limit_unit::workday};
  for (node& n : c.nodes)
    if (n.limit) n.limit = of_step;
  i.supplement = joint ? supplement_rule::restarts : supplement_rule::runs;
  return define(i, c, authority::recorded);
}

/// What is done on the spot, and counts its first day.
inline std::shared_ptr<const case_definition> spot_definition() {
  service_item i = item();
  i.kind = case_kind::immediate;
  i.promised = {0, limit_unit::on_the_spot};
  i.statutory.reset();
  i.excluded_procedures.clear();
  flowchart c = chart();
  for (node& n : c.nodes)
    if (n.limit) n.limit = i.promised;
  return define(i, c, authority::recorded);
}

/// A few random cases, of which some begin on the same day.
template <class Pick>
files random_files(Pick&& pick) {
  const std::array kinds{small_definition({5, limit_unit::workday}, false),
                         small_definition({7, limit_unit::workday}, true),
                         small_definition({30, limit_unit::workhour}, false), spot_definition()};
  files f;
  f.calendar = *workday_calendar::build(scenario::random_source(pick));
  const std::uint32_t day_of_start = static_cast<std::uint32_t>(pick(0, 200));
  for (int n = 0; n < 2; ++n) {
    std::vector<std::uint32_t> numbers{day_of_start + static_cast<std::uint32_t>(pick(0, 1))};
    for (int i = pick(0, 5); i > 0; --i)
      numbers.push_back(static_cast<std::uint32_t>(pick(0, 1 << 14)));
    f.cases.push_back(random_case(kinds[static_cast<std::size_t>(pick(0, 3))], numbers));
    running_case& c = f.cases.back();
    c.state.id = case_id{"C" + std::to_string(n)};
  }
  return f;
}

/// The chart of small_definition() with another step, 核查, in the place of 审查.
inline std::shared_ptr<const case_definition> checking_definition(time_limit promised) {
  const auto before = small_definition(promised, false);
  flowchart c = before->net.chart();
  const auto rename = [](node_id& id) {
    if (id == node_id{"审查"}) id = node_id{"核查"};
  };
  for (node& n : c.nodes) rename(n.id);
  for (arrow& a : c.arrows) {
    rename(a.from);
    rename(a.to);
  }
  return define(before->item, c, authority::recorded);
}

/// Moves a case to another definition where that is allowed; whether it was.
inline bool move_case(running_case& c, const std::shared_ptr<const case_definition>& to,
                      instant now) {
  command m{request_id{"m" + std::to_string(c.history.size())},
            c.state.id,
            now,
            person_id{"P1"},
            action::migrate,
            why("流程优化"),
            {}};
  m.with.definition = to->hash;
  const std::array<const char*, 2> names{"审查", "核查"};
  for (std::size_t i = 0; i < 2; ++i)
    if (const auto gone = c.definition->net.index(node_id{names[i]}))
      if (waiting(c.state, *gone) != nullptr) m.with.moves = {{names[i], names[1 - i]}};
  const auto decided = decide_migration(*c.definition, *to, c.state, m, c.calendar);
  if (!decided) return false;
  c.state = apply_migration(*c.definition, *to, std::move(c.state), decided->front());
  c.definition = to;
  c.history.push_back(decided->front());
  return true;
}

/// Random cases of which most are moved to another chart and go on, some of them back at once;
/// `moves` counts.
template <class Pick>
files moved_files(Pick&& pick, std::size_t& moves) {
  files f;
  f.calendar = *workday_calendar::build(scenario::random_source(pick));
  f.known = {small_definition({5, limit_unit::workday}, false),
             checking_definition({5, limit_unit::workday})};
  const auto day_of_start = static_cast<std::uint32_t>(pick(0, 200));
  for (int n = 0; n < 2; ++n) {
    std::vector<std::uint32_t> numbers{day_of_start};
    for (int i = pick(0, 5); i > 0; --i)
      numbers.push_back(static_cast<std::uint32_t>(pick(0, 1 << 14)));
    running_case c = random_case(f.known[0], numbers);
    c.state.id = case_id{"C" + std::to_string(n)};
    for (int i = pick(1, 6); i > 0; --i) {
      const instant now = c.state.last + std::chrono::hours{pick(1, 60)};
      const std::size_t other = c.definition == f.known[0] ? 1 : 0;
      const auto open = c.definition->net.enabled(c.state.at);
      details w = why("理由");
      if (!open.empty()) w.step = c.definition->net.at(open.front()).id;
      if (w.step == node_id{"审查"} || w.step == node_id{"核查"}) w.outcome = "不通过";
      switch (pick(0, 2)) {
      case 0:
        if (!move_case(c, f.known[other], now)) break;
        ++moves;
        if (pick(0, 3) == 0) moves += move_case(c, f.known[1 - other], now) ? 1U : 0U;
        break;
      default: c.ask(to_text(now), "P2", action::complete, w);
      }
    }
    c.definition = f.known[0];
    f.cases.push_back(std::move(c));
  }
  return f;
}

} // namespace sample
