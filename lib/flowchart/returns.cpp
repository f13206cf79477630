#include <algorithm>

#include "flowchart/state_space.hpp"
#include "flowchart/way_forward.hpp"
#include "flowchart/words.hpp"

namespace banli {
namespace {

using detail::flow_tables;
using detail::number;

/// The nodes from which a way forward leads to a node.
std::vector<bool> nodes_before(const flow_tables& t, std::uint32_t n) {
  const detail::way_forward way = detail::find_way_forward(t);
  std::vector<bool> before(t.chart.nodes.size());
  std::vector<std::uint32_t> waiting{n};
  while (!waiting.empty()) {
    const std::uint32_t at = waiting.back();
    waiting.pop_back();
    for (const std::uint32_t a : t.in[at]) {
      if (way.goes_back[a] || before[t.from[a]]) continue;
      before[t.from[a]] = true;
      waiting.push_back(t.from[a]);
    }
  }
  before[n] = false;
  return before;
}

marking moved_back(const flow_tables& t, marking m, node_index from, node_index to) {
  m.remove(t.place_of_node[number(from)]);
  m.put(t.place_of_node[number(to)]);
  return m;
}

} // namespace

std::vector<node_index> flow_net::return_targets(const marking& m, node_index from) const {
  if (!rests(m, from) || t_->kind(number(from)) != node_kind::step) return {};
  const std::vector<bool> before = nodes_before(*t_, number(from));
  const detail::state_space space = detail::explore(*t_, detail::most_markings);
  std::vector<bool> goals(space.states.size());
  for (std::size_t s = 0; s < goals.size(); ++s) goals[s] = finished(space.states[s]);
  const std::vector<bool> good = detail::way_back(space).can_reach(std::move(goals));

  std::vector<node_index> targets;
  for (std::uint32_t n = 0; n < t_->chart.nodes.size(); ++n) {
    const node_index to{n};
    if (!before[n] || t_->kind(n) != node_kind::step || rests(m, to)) continue;
    const auto state = space.number_of(moved_back(*t_, m, from, to));
    if (state && good[*state]) targets.push_back(to);
  }
  return targets;
}

result<marking> flow_net::send_back(const marking& m, node_index from, node_index to) const {
  const std::vector<node_index> targets = return_targets(m, from);
  if (std::find(targets.begin(), targets.end(), to) != targets.end())
    return moved_back(*t_, m, from, to);
  const auto name = [&](node_index n) {
    return number(n) < t_->chart.nodes.size() ? at(n).shown() : std::string("?");
  };
  if (!rests(m, from))
    return make_error(errc::bad_return, "'{}' is not open: nothing to return from there",
                      "“{}”未在办理:不能由此退回", name(from));
  if (targets.empty())
    return make_error(errc::bad_return,
                      "'{}' cannot be returned to '{}': no return is possible there",
                      "“{}”不能退回“{}”:此处不能退回", name(from), name(to));
  const text possible = detail::words(*this, targets);
  return make_error(errc::bad_return, "'{0}' cannot be returned to '{1}'; possible: {2}",
                    "“{0}”不能退回“{1}”;可退回:{3}", name(from), name(to), possible.en,
                    possible.zh);
}

} // namespace banli
