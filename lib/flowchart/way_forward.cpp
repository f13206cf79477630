#include "flowchart/way_forward.hpp"

#include <algorithm>
#include <iterator>

#include <boost/graph/depth_first_search.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/topological_sort.hpp>

#include "flowchart/chart_graph.hpp"

namespace banli::detail {
namespace {

class back_arrow_recorder : public boost::default_dfs_visitor {
 public:
  explicit back_arrow_recorder(std::vector<bool>& found) : found_(found) {}
  void back_edge(const chart_graph::edge_descriptor& e, const chart_graph& g) {
    found_[boost::get(boost::edge_index, g, e)] = true;
  }

 private:
  std::vector<bool>& found_;
};

struct goes_forward {
  const chart_graph* graph = nullptr;
  const std::vector<bool>* goes_back = nullptr;
  bool operator()(const chart_graph::edge_descriptor& e) const {
    return !(*goes_back)[boost::get(boost::edge_index, *graph, e)];
  }
};

} // namespace

way_forward find_way_forward(const flow_tables& t) {
  chart_graph g(t.chart.nodes.size());
  for (std::size_t a = 0; a < t.chart.arrows.size(); ++a) boost::add_edge(t.from[a], t.to[a], a, g);
  way_forward way;
  way.goes_back.resize(t.chart.arrows.size());
  boost::depth_first_search(
      g, boost::visitor(back_arrow_recorder(way.goes_back)).root_vertex(t.start));
  const boost::filtered_graph<chart_graph, goes_forward> forward(g,
                                                                 goes_forward{&g, &way.goes_back});
  std::vector<std::size_t> reversed;
  boost::topological_sort(forward, std::back_inserter(reversed));
  way.order.assign(reversed.rbegin(), reversed.rend());
  return way;
}

} // namespace banli::detail
