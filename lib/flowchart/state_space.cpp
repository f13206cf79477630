#include "flowchart/state_space.hpp"

#include <algorithm>

namespace banli::detail {
namespace {

class explorer {
 public:
  explorer(const flow_tables& t, std::size_t limit) : t_(t), limit_(limit) {}

  state_space run() {
    add(t_.at_start, {});
    for (std::uint32_t s = 0; s < space_.states.size(); ++s) {
      if (space_.complete) expand(s);
      space_.next.close_list();
    }
    return std::move(space_);
  }

 private:
  void expand(std::uint32_t s) {
    const std::vector<std::size_t> places = space_.states[s].places();
    for (const std::size_t p : places) {
      const place_info& info = t_.places[p];
      if (info.arrow != none) continue;
      const auto out = t_.out(info.node);
      if (t_.kind(info.node) == node_kind::inclusive_decision)
        for (const std::uint32_t set : t_.branches[info.node])
          follow(s, {number(out.front()), set}, t_.arrows_of(info.node, set));
      else
        for (const arrow_index a : out) follow(s, {number(a)}, number(a));
    }
  }

  template <class Arrows>
  void follow(std::uint32_t s, const state_move& by, const Arrows& arrows) {
    if (!space_.complete) return;
    marking m = space_.states[s];
    if (const mishap bad = t_.move(m, arrows)) {
      space_.unsafe.push_back({s, by, bad});
      space_.has_unsafe[s] = true;
      return;
    }
    if (const auto next = add(std::move(m), {s, by})) space_.next.items.push_back(*next);
  }

  std::optional<std::uint32_t> add(marking m, state_origin from) {
    const auto number = static_cast<std::uint32_t>(space_.states.size());
    const auto known = space_.number_of.find(m);
    if (known != space_.number_of.end()) return known->second;
    if (space_.states.size() >= limit_) {
      space_.complete = false;
      return std::nullopt;
    }
    space_.number_of.emplace(m, number);
    space_.states.push_back(std::move(m));
    space_.origin.push_back(from);
    space_.has_unsafe.push_back(false);
    return number;
  }

  const flow_tables& t_;
  std::size_t limit_;
  state_space space_;
};

} // namespace

flow_move to_move(const state_move& by, const flow_tables& t) {
  const std::uint32_t from = t.from[by.arrow];
  flow_move move{node_index{from}};
  if (t.kind(from) == node_kind::decision) move.arrows.push_back(arrow_index{by.arrow});
  for (const std::uint32_t a : t.arrows_of(from, by.branches))
    move.arrows.push_back(arrow_index{a});
  return move;
}

std::vector<flow_move> state_space::way_to(std::uint32_t state, const flow_tables& t) const {
  std::vector<flow_move> way;
  for (; origin[state].parent != none; state = origin[state].parent)
    way.push_back(to_move(origin[state].by, t));
  std::reverse(way.begin(), way.end());
  return way;
}

std::vector<bool> state_space::can_reach(const std::vector<bool>& goals) const {
  const std::size_t n = states.size();
  index_lists before; // the moves, turned round
  before.first.assign(n + 1, 0);
  before.items.resize(next.items.size());
  for (const std::uint32_t to : next.items) ++before.first[to + 1];
  for (std::size_t s = 0; s < n; ++s) before.first[s + 1] += before.first[s];
  std::vector<std::uint32_t> fill(before.first.begin(), before.first.end() - 1);
  for (std::uint32_t s = 0; s < n; ++s)
    for (const std::uint32_t to : next[s]) before.items[fill[to]++] = s;

  std::vector<bool> reached = goals;
  std::vector<std::uint32_t> waiting;
  for (std::uint32_t s = 0; s < n; ++s)
    if (reached[s]) waiting.push_back(s);
  while (!waiting.empty()) {
    const std::uint32_t s = waiting.back();
    waiting.pop_back();
    for (const std::uint32_t from : before[s]) {
      if (reached[from]) continue;
      reached[from] = true;
      waiting.push_back(from);
    }
  }
  return reached;
}

state_space explore(const flow_tables& t, std::size_t limit) {
  return explorer(t, std::max<std::size_t>(limit, 1)).run();
}

} // namespace banli::detail
