// The chart without the arrows that go back: what "before" and "the longest way" are measured on.
#pragma once

#include <cstdint>
#include <vector>

#include "flowchart/flow_tables.hpp"

namespace banli::detail {

struct way_forward {
  std::vector<bool> goes_back;      ///< by arrow: it returns to a node on the way that led to it
  std::vector<std::uint32_t> order; ///< nodes, each after all that come before it
};

/// The arrows that go back are those a depth-first walk from the start, in the order of the chart,
/// finds leading to a node it is still inside. For charts whose loops have one entry (nearly all)
/// every order of walking finds the same.
way_forward find_way_forward(const flow_tables& t);

} // namespace banli::detail
