#include <algorithm>

#include <banli/drawing/flowchart_svg.hpp>

namespace banli {
namespace {

void add_once(std::vector<arrow_index>& arrows, arrow_index a) {
  if (std::find(arrows.begin(), arrows.end(), a) == arrows.end()) arrows.push_back(a);
}

bool is_merge(const flow_net& net, node_index n) {
  return net.at(n).kind == node_kind::decision && net.out(n).size() == 1;
}

/// Marks arrows and those their tokens passed at once behind them. `after` tells whether a join
/// fired: then none of its arrows holds a token any more.
void pass(flowchart_marks& marks, const flow_net& net, const marking& after,
          std::vector<arrow_index> walking) {
  std::vector<arrow_index> waiting = net.waiting(after);
  std::vector<bool> walked(net.chart().arrows.size());
  while (!walking.empty()) {
    const arrow_index a = walking.back();
    walking.pop_back();
    if (walked[static_cast<std::size_t>(a)]) continue;
    walked[static_cast<std::size_t>(a)] = true;
    add_once(marks.taken, a);
    const node_index to = net.to(a);
    const bool waits = std::find(waiting.begin(), waiting.end(), a) != waiting.end();
    const node_kind kind = net.at(to).kind;
    const bool on = kind == node_kind::fork || (is_join(kind) && !waits) || is_merge(net, to);
    if (on) walking.insert(walking.end(), net.out(to).begin(), net.out(to).end());
  }
}

result<marking> made(const flow_net& net, const marking& m, const flow_move& move) {
  return move.arrows.empty() ? net.complete(m, move.node) : net.take(m, move.arrows);
}

node_index start_of(const flow_net& net) {
  std::uint32_t n = 0;
  while (net.chart().nodes[n].kind != node_kind::start) ++n; // a compiled chart has one
  return node_index{n};
}

} // namespace

void mark_start(flowchart_marks& marks, const flow_net& net) {
  pass(marks, net, net.start(), {net.out(start_of(net)).front()});
}

void mark_move(flowchart_marks& marks, const flow_net& net, const marking& before,
               const flow_move& move) {
  if (static_cast<std::size_t>(move.node) >= net.chart().nodes.size()) return;
  if (move.arrows.empty()) marks.visited.push_back(move.node);
  const result<marking> after = made(net, before, move);
  if (!after) return;
  std::vector<arrow_index> along = move.arrows;
  if (along.empty()) along.push_back(net.out(move.node).front());
  // An inclusive join may also open because a token that it waited for turned away.
  const std::vector<arrow_index> still = net.waiting(*after);
  for (const arrow_index a : net.waiting(before))
    if (net.at(net.to(a)).kind == node_kind::inclusive_join &&
        std::find(still.begin(), still.end(), a) == still.end())
      along.push_back(net.out(net.to(a)).front());
  pass(marks, net, *after, std::move(along));
}

void mark_resting(flowchart_marks& marks, const flow_net& net, const marking& now) {
  marks.resting = net.resting(now);
  marks.waiting = net.waiting(now);
}

flowchart_marks marks_of(const flow_net& net, std::span<const flow_move> moves) {
  flowchart_marks marks;
  marking m = net.start();
  mark_start(marks, net);
  for (const flow_move& move : moves) {
    const result<marking> after = made(net, m, move);
    if (!after) break;
    mark_move(marks, net, m, move);
    m = *after;
  }
  mark_resting(marks, net, m);
  return marks;
}

flowchart_marks marks_of(const flow_net& net, const flow_fault& fault) {
  flowchart_marks marks;
  if (fault.code != errc::dead_step) marks = marks_of(net, fault.witness);
  marks.faults.push_back(fault.node);
  return marks;
}

} // namespace banli
