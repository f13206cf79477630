// A flowchart as a Boost graph, for the analyses; what runs is flow_tables.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include <boost/graph/adjacency_list.hpp>

#include <banli/flowchart/flowchart.hpp>

namespace banli::detail {

inline constexpr std::size_t no_node = static_cast<std::size_t>(-1);

/// Edges carry the position of their arrow in the chart.
using chart_graph =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                          boost::property<boost::edge_index_t, std::size_t>>;

/// Which node each end of each arrow names, and how many arrows each node has.
struct chart_links {
  std::unordered_map<std::string, std::size_t> by_id; ///< the first of duplicates
  std::vector<std::size_t> from;                      ///< by arrow; no_node where it dangles
  std::vector<std::size_t> to;
  std::vector<std::size_t> in;  ///< arrows into a node
  std::vector<std::size_t> out; ///< arrows out of a node, also those that lead nowhere
};

chart_links link_arrows(const flowchart& chart);

/// The faults of a chart, and the links the check made on the way.
problems check(const flowchart& chart, chart_links& links);

/// A decision that asks nothing: several arrows in, one out without a condition.
bool is_merge(const flowchart& chart, const chart_links& links, std::size_t n);

/// Whether a token rests at a node; it passes at once through the others (start, fork, join,
/// merge).
bool is_resting(const flowchart& chart, const chart_links& links, std::size_t n);

} // namespace banli::detail
