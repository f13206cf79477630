// flowchart_svg.hpp — the picture of a flowchart, with what happened drawn on it.
//
// The symbols are those an office knows: an ellipse starts and ends, a box is one step with its
// post and time limit, a diamond is one condition, a bar forks or joins, an arrow is the flow. On
// it can be marked the path a case took, where it stands now, where a check found a fault, and a
// note per step.
//
//   const flowchart_layout layout = *lay_out(chart);              // once per chart: some
//   milliseconds flowchart_marks marks = marks_of(net, moves);                 // once per case
//   marks.notes.push_back({review, "3/5 工作日"});
//   std::string svg = flowchart_svg(layout, marks);               // microseconds
//
// Finding good positions is the dear part, so it is done once (by Graphviz, inside one mutex) and
// gives a plain value; drawing on it is cheap and can be done for hundreds of cases. The picture is
// one self-contained <svg>: no script, font or reference, so it stands in a page or a file as it
// is.
//
// With lanes = departments each department has a column under its name, in the order in which steps
// name them; decisions and forks lie where the way comes from, joins where it goes.
//
// The hard case is Chinese text: Graphviz does not know how wide it is. Every label is measured
// here by its East Asian width, wrapped, and its box made to fit; nothing overflows and nothing is
// cut, except a note too long for its line, which ends in … and is whole in the tooltip.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/flowchart/flow_net.hpp>
#include <banli/flowchart/flowchart.hpp>
#include <banli/flowchart/soundness.hpp>

namespace banli {

/// Whether a picture has a column for each department.
enum class flowchart_lanes : std::uint8_t { none, departments };

struct flowchart_layout_options {
  language in = language::zh;
  flowchart_lanes lanes = flowchart_lanes::none;
  int note_lines = 0;      ///< room kept in every step for this many lines of notes
  std::size_t nodes = 500; ///< more are refused: no one can read such a picture
  std::size_t arrows = 1'500;
  std::size_t characters = 400; ///< of one label; what is beyond ends in …
  std::function<std::string(const post_id&)> post_name{};             ///< the id where empty
  std::function<std::string(const department_id&)> department_name{}; ///< the id where empty
};

/// A point of the picture, in pixels from its top left corner.
struct drawn_point {
  double x = 0;
  double y = 0;

  friend bool operator==(const drawn_point&, const drawn_point&) = default;
};

/// An upright rectangle around a centre.
struct drawn_box {
  drawn_point centre;
  double width = 0;
  double height = 0;

  friend bool operator==(const drawn_box&, const drawn_box&) = default;
};

struct drawn_node {
  std::string id;
  node_kind kind = node_kind::step;
  drawn_box box;
  std::vector<std::string> label;   ///< its lines
  std::vector<std::string> details; ///< department and post, time limit: the small lines under it
  std::string tooltip;              ///< duty and risk points
  bool risky = false;               ///< has a risk point
};

struct drawn_arrow {
  std::size_t from = 0;
  std::size_t to = 0;
  std::vector<drawn_point> curve; ///< cubic Bézier: a point, then three for every piece
  drawn_point tip;                ///< where the head ends
  std::vector<std::string> label; ///< its lines; empty: none
  drawn_box label_box;
};

/// A column of the picture: the steps of one department lie in it.
struct drawn_lane {
  std::string name;
  drawn_box box; ///< from the top of the picture to its end
};

/// Where everything lies. Nodes and arrows have the positions they have in the chart; an arrow that
/// dangles there has no curve.
struct flowchart_layout {
  std::string name;
  language in = language::zh;
  int note_lines = 0;
  double width = 0;
  double height = 0;
  std::vector<drawn_node> nodes;
  std::vector<drawn_arrow> arrows;
  std::vector<drawn_lane> lanes{}; ///< from left to right; empty without
};

/// Lays a chart out; it need not be free of faults. Errors: limit_exceeded; bad_value where
/// Graphviz gives up, with its words.
result<flowchart_layout> lay_out(const flowchart& chart,
                                 const flowchart_layout_options& options = {});

struct node_note {
  node_index node{};
  std::string text;
};

/// What is drawn on a chart besides the chart.
struct flowchart_marks {
  std::vector<node_index>
      visited; ///< steps in the order they were done; one done twice stands twice
  std::vector<arrow_index> taken;   ///< arrows passed, in any order
  std::vector<node_index> resting;  ///< where the case stands
  std::vector<arrow_index> waiting; ///< branches that wait at a join
  std::vector<node_index> faults;   ///< where a check found something
  std::vector<node_note> notes;
};

/// Marks the arrows passed when a case is accepted.
void mark_start(flowchart_marks& marks, const flow_net& net);

/// Marks one move made in a marking: its step, and the arrows it passed through forks and joins. A
/// move that is not possible there marks its step only.
void mark_move(flowchart_marks& marks, const flow_net& net, const marking& before,
               const flow_move& move);

/// Marks where a case stands, instead of where it stood.
void mark_resting(flowchart_marks& marks, const flow_net& net, const marking& now);

/// All of it for a case that made these moves from the start; it ends at the first impossible one.
flowchart_marks marks_of(const flow_net& net, std::span<const flow_move> moves);

/// How a chart goes wrong: the way there, where the case is stuck, and the node concerned.
flowchart_marks marks_of(const flow_net& net, const flow_fault& fault);

/// The picture: one <svg> element without an XML declaration. Marks beyond the chart are ignored.
std::string flowchart_svg(const flowchart_layout& layout, const flowchart_marks& marks = {});

} // namespace banli
