// Lanes: a column of the picture for each department, under its name.
//
// Graphviz has no lanes. So the chart is laid out as always, which finds good rows and a good order
// within them; then the boxes of each row move into the columns of their departments, and Graphviz
// draws the arrows once more, around the boxes where they stand now.
#pragma once

#include <cstddef>
#include <vector>

#include <banli/drawing/flowchart_svg.hpp>

#include "drawing/flowchart_labels.hpp"
#include "drawing/layout.hpp"

namespace banli::detail {

/// Which lane each node lies in. Lanes are in the order in which steps name their departments.
struct lane_plan {
  std::vector<department_id> departments; ///< by lane; empty: the item's own department
  std::vector<std::size_t> lane_of;       ///< by node
};

/// A step lies in the lane of its department; anything else where the way comes from; the start and
/// joins where it goes to.
lane_plan plan_lanes(const flowchart& chart, const arrow_ends_of& ends);

struct lane_columns {
  std::vector<drawn_box> lanes; ///< by lane, from the top of the picture to its end
  std::vector<drawn_point> centres;
  double width = 0;
  double height = 0;
};

inline constexpr double lane_header = 34; ///< height of the line with the name

/// Moves the boxes into their columns; `least` is the width a lane needs for its name.
lane_columns set_in_lanes(const lane_plan& plan, const std::vector<layout_node>& nodes,
                          const laid_out& laid, const std::vector<double>& least);

/// Puts each label beside its arrow where it covers no box and no other label, if there is room.
void place_labels(flowchart_layout& layout);

} // namespace banli::detail
