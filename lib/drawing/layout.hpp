// Positions for boxes and arrows. The only place that knows Graphviz.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/drawing/flowchart_svg.hpp>

namespace banli::detail {

/// A box to be placed. Sizes are in pixels.
struct layout_node {
  double width = 0;
  double height = 0;
  node_kind kind = node_kind::step; ///< arrows touch an ellipse or diamond at its outline
};

/// An arrow that goes back leaves and enters at the side, so that the way forward stays straight.
enum class arrow_course : std::uint8_t { forward, back };

/// A line to be drawn; a label of no width is none.
struct layout_arrow {
  std::size_t from = 0;
  std::size_t to = 0;
  double label_width = 0;
  double label_height = 0;
  int weight = 1; ///< how short and straight it should be, beside the others
  arrow_course course = arrow_course::forward;
};

struct laid_arrow {
  std::vector<drawn_point> curve;
  drawn_point tip;
  drawn_point label;
};

struct laid_out {
  double width = 0;
  double height = 0;
  std::vector<drawn_point> centres; ///< by node
  std::vector<laid_arrow> arrows;   ///< by arrow
};

/// Layered from top to bottom, crossings few, arrows against the flow few. One call at a time:
/// Graphviz keeps state of the process. Errors: bad_value with its words.
result<laid_out> place_graph(const std::vector<layout_node>& nodes,
                             const std::vector<layout_arrow>& arrows);

/// Arrows between boxes that stay where they are, around those that are in the way; labels get no
/// place. Bounded and failing like place_graph().
result<std::vector<laid_arrow>> route_arrows(const std::vector<layout_node>& nodes,
                                             const std::vector<drawn_point>& centres,
                                             const std::vector<layout_arrow>& arrows);

} // namespace banli::detail
