// bpmn_change.hpp — a chart that was changed, beside the process it was read from.
//
// change_bpmn() draws into the process what can be drawn there and leaves everything else as it is.
// What the process then still does not say (posts, limits and forms of a foreign process, a node
// that stands for something implicit) stands in one element of ours, <banli:changed>, which holds
// the whole chart. It also holds a digest of what the process drew when it was written: as long as
// that is the same, the chart in it counts. Once another tool has changed the process, what is
// drawn counts, and of the chart only what was said of nodes and arrows that are still there.
#pragma once

#include <string>

#include "interchange/bpmn_graph.hpp"

namespace banli::detail {

/// Makes out.chart the changed one, if there is one.
void read_change(bpmn_reading& r, std::uint32_t process);

/// The element to be put into the extensionElements of a process that draws `drawn`.
std::string written_change(const flowchart& chart, const flowchart& drawn);

} // namespace banli::detail
