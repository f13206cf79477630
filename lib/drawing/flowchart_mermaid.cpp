#include <banli/drawing/flowchart_mermaid.hpp>

#include <algorithm>

#include "drawing/flowchart_labels.hpp"

namespace banli {
namespace {

/// Text for a quoted Mermaid label, which is read as HTML: entities keep every character what it
/// is.
std::string quoted(std::string_view s) {
  std::string out;
  for (const char c : s) {
    switch (c) {
    case '"': out += "#quot;"; break;
    case '#': out += "#35;"; break;
    case '&': out += "#amp;"; break;
    case '<': out += "#lt;"; break;
    case '>': out += "#gt;"; break;
    case '`': out += "#96;"; break;
    default: out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return out;
}

std::string shaped(const node& n, const std::string& label) {
  switch (n.kind) {
  case node_kind::start:
  case node_kind::end: return "([\"" + label + "\"])";
  case node_kind::decision: return "{\"" + label + "\"}";
  case node_kind::inclusive_decision:
  case node_kind::inclusive_join: return "{\"○ " + label + "\"}";
  case node_kind::step: return "[\"" + label + "\"]";
  case node_kind::fork:
  case node_kind::join: return "[\" \"]:::bar";
  }
  return {};
}

/// "  class n1,n4 visited" for the nodes that have a mark.
std::string class_line(const std::vector<node_index>& nodes, std::size_t count,
                       std::string_view name) {
  std::vector<std::size_t> of;
  for (const node_index n : nodes)
    if (static_cast<std::size_t>(n) < count) of.push_back(static_cast<std::size_t>(n));
  std::sort(of.begin(), of.end());
  of.erase(std::unique(of.begin(), of.end()), of.end());
  if (of.empty()) return {};
  std::string out = "  class ";
  for (std::size_t i = 0; i < of.size(); ++i) out += fmt::format("{}n{}", i == 0 ? "" : ",", of[i]);
  return out + fmt::format(" {}\n", name);
}

} // namespace

std::string flowchart_mermaid(const flowchart& chart, const flowchart_marks& marks,
                              const flowchart_mermaid_options& options) {
  const detail::arrow_ends_of ends = detail::arrow_ends(chart);
  const detail::node_naming naming{options.in, options.post_name, options.department_name};
  std::string out = "flowchart TD\n";
  for (std::size_t n = 0; n < chart.nodes.size(); ++n) {
    const node& from = chart.nodes[n];
    std::string label = quoted(from.shown());
    if (from.kind == node_kind::step)
      for (const std::string& line : detail::details(from, naming)) label += "<br/>" + quoted(line);
    for (const node_note& note : marks.notes)
      if (static_cast<std::size_t>(note.node) == n) label += "<br/>" + quoted(note.text);
    out += fmt::format("  n{}{}\n", n, shaped(from, label));
  }
  std::string taken;
  std::size_t drawn = 0; // Mermaid numbers the links it is given
  for (std::size_t a = 0; a < chart.arrows.size(); ++a) {
    if (ends.from[a] == detail::no_end || ends.to[a] == detail::no_end) continue;
    const std::string label = quoted(detail::arrow_label(chart, ends, a, options.in));
    out += fmt::format("  n{} -->{} n{}\n", ends.from[a],
                       label.empty() ? "" : fmt::format("|\"{}\"|", label), ends.to[a]);
    const arrow_index index{static_cast<std::uint32_t>(a)};
    if (std::find(marks.taken.begin(), marks.taken.end(), index) != marks.taken.end())
      taken += fmt::format("{}{}", taken.empty() ? "" : ",", drawn);
    ++drawn;
  }
  out += "  classDef bar fill:#3b4858,stroke:#3b4858\n";
  const std::size_t count = chart.nodes.size();
  const std::string classes = class_line(marks.visited, count, "visited") +
                              class_line(marks.resting, count, "resting") +
                              class_line(marks.faults, count, "fault");
  if (!classes.empty())
    out += "  classDef visited fill:#e7f0fb,stroke:#1f5fa8\n"
           "  classDef resting fill:#fff0cc,stroke:#b86e00,stroke-width:3px\n"
           "  classDef fault fill:#fdeaea,stroke:#c0242b,stroke-width:3px\n" +
           classes;
  if (!taken.empty()) out += fmt::format("  linkStyle {} stroke:#1f5fa8,stroke-width:3px\n", taken);
  return out;
}

} // namespace banli
