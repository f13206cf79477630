#include "flowchart/chart_graph.hpp"

namespace banli {

std::string_view to_string(node_kind kind) {
  switch (kind) {
  case node_kind::start: return "start";
  case node_kind::step: return "step";
  case node_kind::decision: return "decision";
  case node_kind::fork: return "fork";
  case node_kind::join: return "join";
  case node_kind::end: return "end";
  case node_kind::inclusive_decision: return "inclusive_decision";
  case node_kind::inclusive_join: return "inclusive_join";
  }
  return "";
}

const node* find(const flowchart& chart, const node_id& id) {
  for (const node& n : chart.nodes)
    if (n.id == id) return &n;
  return nullptr;
}

namespace detail {

chart_links link_arrows(const flowchart& chart) {
  chart_links links;
  for (std::size_t i = 0; i < chart.nodes.size(); ++i)
    links.by_id.try_emplace(chart.nodes[i].id.text(), i);
  const auto find_node = [&](const node_id& id) {
    const auto at = links.by_id.find(id.text());
    return at == links.by_id.end() ? no_node : at->second;
  };
  links.in.resize(chart.nodes.size());
  links.out.resize(chart.nodes.size());
  for (const arrow& a : chart.arrows) {
    links.from.push_back(find_node(a.from));
    links.to.push_back(find_node(a.to));
    if (links.from.back() != no_node) ++links.out[links.from.back()];
    if (links.to.back() != no_node) ++links.in[links.to.back()];
  }
  return links;
}

bool is_merge(const flowchart& chart, const chart_links& links, std::size_t n) {
  if (chart.nodes[n].kind != node_kind::decision || links.out[n] != 1 || links.in[n] < 2)
    return false;
  for (std::size_t a = 0; a < chart.arrows.size(); ++a)
    if (links.from[a] == n) return chart.arrows[a].condition.empty();
  return false;
}

bool is_resting(const flowchart& chart, const chart_links& links, std::size_t n) {
  switch (chart.nodes[n].kind) {
  case node_kind::step:
  case node_kind::inclusive_decision:
  case node_kind::end: return true;
  case node_kind::decision: return !is_merge(chart, links, n);
  case node_kind::start:
  case node_kind::fork:
  case node_kind::join:
  case node_kind::inclusive_join: return false;
  }
  return false;
}

} // namespace detail
} // namespace banli
