// Random cases under a random calendar, for what watches them.
#pragma once

#include "../deadline/scenario.hpp"
#include "../engine/walk.hpp"
#include "minute_watch.hpp"

namespace sample {

inline std::shared_ptr<const case_definition> small_definition(time_limit promised, bool joint) {
  service_item i = item();
  i.promised = promised;
  i.statutory = time_limit{40, limit_unit::day};
  flowchart c = joint ? joint_chart() : chart();
  for (node& n : c.nodes)
    if (n.limit) n.limit = time_limit{1, limit_unit::workday};
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

} // namespace sample
