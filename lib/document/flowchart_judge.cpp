#include "document/flowchart_judge.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>

namespace banli::detail {
namespace {

/// The chart with everything given that its flow does not depend on. Decisions are free to go any
/// way in the proof, so that conditions without a default may as well not be there.
flowchart provable(flowchart chart) {
  std::unordered_map<std::string_view, std::pair<std::size_t, std::size_t>> conditions;
  for (const arrow& a : chart.arrows) {
    auto& [with, without] = conditions[a.from.text()];
    ++(a.condition.empty() ? without : with);
  }
  std::unordered_map<std::string_view, std::set<std::string_view>> labels;
  std::vector<bool> twice;
  for (const arrow& a : chart.arrows)
    twice.push_back(!labels[a.from.text()].insert(a.label).second);
  std::vector<bool> free;
  for (const arrow& a : chart.arrows) {
    const auto& [with, without] = conditions[a.from.text()];
    free.push_back(with > 0 && without != 1);
  }
  for (std::size_t a = 0; a < chart.arrows.size(); ++a) {
    if (free[a]) chart.arrows[a].condition.clear();
    if (twice[a]) chart.arrows[a].label.clear();
  }
  for (node& n : chart.nodes) {
    if (n.kind != node_kind::step) continue;
    if (n.post.empty()) n.post = post_id{"-"};
    if (n.duty.empty()) n.duty = "-";
    if (!n.limit) n.limit = time_limit{};
  }
  return chart;
}

} // namespace

problems judge(flowchart_file& f, const locator& where, const flowchart_file_limits& limits) {
  problems wrong = check(f.chart, where, limits.chart);
  if (wrong.empty()) {
    auto net = compile(f.chart);
    if (!net) return {std::move(net.error())};
    f.net = *std::move(net);
    f.proved = f.net;
  } else if (wrong.front().code == errc::limit_exceeded) {
    return wrong;
  } else if (auto net = compile(provable(f.chart))) {
    f.proved = *std::move(net);
  } else {
    f.unfit = true;
    return wrong;
  }
  f.proof = check_soundness(*f.proved, limits.proof);
  for (error& e : to_problems(f.proof, *f.proved, where)) wrong.push_back(std::move(e));
  return wrong;
}

} // namespace banli::detail

namespace banli {

std::vector<node_id> flowchart_file::dead_steps() const {
  std::vector<node_id> out;
  if (proved) {
    for (const flow_fault& x : proof.faults)
      if (x.code == errc::dead_step) out.push_back(proved->at(x.node).id);
    return out;
  }
  std::unordered_map<std::string_view, std::vector<std::string_view>> next;
  for (const arrow& a : chart.arrows) next[a.from.text()].push_back(a.to.text());
  std::set<std::string_view> reached;
  std::vector<std::string_view> waiting;
  for (const node& n : chart.nodes)
    if (n.kind == node_kind::start) waiting.emplace_back(n.id.text());
  const bool starts = !waiting.empty();
  while (!waiting.empty()) {
    const std::string_view id = waiting.back();
    waiting.pop_back();
    if (!reached.insert(id).second) continue;
    waiting.insert(waiting.end(), next[id].begin(), next[id].end());
  }
  for (const node& n : chart.nodes)
    if (starts && n.kind == node_kind::step && !reached.contains(n.id.text())) out.push_back(n.id);
  return out;
}

} // namespace banli
