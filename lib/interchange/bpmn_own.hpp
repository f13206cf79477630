// bpmn_own.hpp — a process that to_bpmn() wrote, read as it was drawn.
//
// Our fields stand in <banli:node>, <banli:arrow> and <banli:flowchart> within extensionElements;
// names, kinds and conditions stand where BPMN has them, so that they may be edited elsewhere.
#pragma once

#include "interchange/bpmn_graph.hpp"

namespace banli::detail {

/// Whether a process carries our mark.
bool is_own(const bpmn_tree& tree, std::uint32_t process);

/// Fills out.chart and the places of its parts.
void read_own(bpmn_reading& r, std::uint32_t process);

} // namespace banli::detail
