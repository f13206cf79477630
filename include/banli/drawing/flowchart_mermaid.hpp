// flowchart_mermaid.hpp — a flowchart as Mermaid text, for pages that draw it themselves.
//
// Mermaid is the notation that Markdown on code hosts, wikis and notebooks turns into pictures. It
// has no room for everything (use flowchart_svg.hpp for that), but it can be read and diffed as
// text:
//
//   flowchart TD
//     n0(["开始"])
//     n1["采集<br/>信息员 · 1个工作日"]
//     n0 --> n1
//
// Nodes are called n0, n1 … by their position in the chart, because ids are the user's and may hold
// any character; labels are quoted and escaped.
#pragma once

#include <functional>
#include <string>

#include <banli/base/result.hpp>
#include <banli/drawing/flowchart_svg.hpp>
#include <banli/flowchart/flowchart.hpp>

namespace banli {

struct flowchart_mermaid_options {
  language in = language::zh;
  std::function<std::string(const post_id&)> post_name{};             ///< the id where empty
  std::function<std::string(const department_id&)> department_name{}; ///< the id where empty
};

/// The text, ending in a newline. Arrows that dangle are left out.
std::string flowchart_mermaid(const flowchart& chart, const flowchart_marks& marks = {},
                              const flowchart_mermaid_options& options = {});

} // namespace banli
