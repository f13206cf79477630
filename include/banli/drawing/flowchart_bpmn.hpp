// flowchart_bpmn.hpp — a flowchart as BPMN 2.0 with its diagram, as other tools open it.
//
// to_bpmn() (bpmn.hpp) writes what a chart says; this adds where everything lies, found by the same
// layout as the SVG: shapes of the sizes BPMN tools draw (events 36, gateways 50, tasks at least
// 100 x 80), arrows as waypoints, a lane for each department inside one pool.
//
//   std::string text = *flowchart_bpmn(chart);     // parse_bpmn("", text).chart == chart
//
// A chart too large to be laid out can be written without a diagram by to_bpmn().
#pragma once

#include <string>

#include <banli/base/result.hpp>
#include <banli/drawing/flowchart_svg.hpp>
#include <banli/flowchart/flowchart.hpp>
#include <banli/interchange/bpmn.hpp>

namespace banli {

/// Where everything lies in a diagram of BPMN. There are lanes if a step names a department or if
/// the options want them. Errors: limit_exceeded; bad_value where Graphviz gives up, with its
/// words.
result<bpmn_picture> bpmn_picture_of(const flowchart& chart,
                                     const flowchart_layout_options& options = {});

/// The document. Errors: those of bpmn_picture_of() and of to_bpmn().
result<std::string> flowchart_bpmn(const flowchart& chart,
                                   const flowchart_layout_options& options = {});

/// The document of a chart that was read from one, changed or not: written into that file, of which
/// everything else stays (change_bpmn()); one that is ours alone is laid out anew. Errors: those of
/// both.
result<std::string> flowchart_bpmn(const flowchart& chart, const bpmn_document& from,
                                   const flowchart_layout_options& options = {});

} // namespace banli
