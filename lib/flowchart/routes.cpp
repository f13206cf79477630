// The choices nobody recorded: which arrows a case must have gone along to be where it is next.
#include <algorithm>

#include <boost/unordered/unordered_flat_set.hpp>

#include "flowchart/flow_tables.hpp"

namespace banli {
namespace {

using detail::flow_tables;
using detail::none;
using detail::number;

constexpr std::size_t most_passed = 65'536;

struct choice_state {
  marking at;
  std::uint32_t parent = none;
  std::uint32_t arrow = none;
};

/// Breadth-first search over choices. `is_goal(marking)` ends it; `choices(marking, arrows)` lists
/// the arrows worth going along.
template <class Goal, class Choices>
std::optional<std::vector<arrow_index>> search(const flow_tables& t, const marking& from,
                                               Goal&& is_goal, Choices&& choices) {
  std::vector<choice_state> seen{{from, none, none}};
  boost::unordered_flat_set<marking, marking_hash> known{from};
  std::vector<std::uint32_t> arrows;
  for (std::uint32_t i = 0; i < seen.size(); ++i) {
    if (is_goal(seen[i].at)) {
      std::vector<arrow_index> way;
      for (std::uint32_t s = i; seen[s].parent != none; s = seen[s].parent)
        way.push_back(arrow_index{seen[s].arrow});
      std::reverse(way.begin(), way.end());
      return way;
    }
    arrows.clear();
    choices(seen[i].at, arrows);
    for (const std::uint32_t a : arrows) {
      marking next = seen[i].at;
      if (t.move(next, a) || seen.size() >= most_passed) continue;
      if (known.insert(next).second) seen.push_back({std::move(next), i, a});
    }
  }
  return std::nullopt;
}

bool one_is_chosen(const flow_tables& t, std::uint32_t n) {
  return t.by_choice[n] && t.kind(n) == node_kind::decision;
}

/// The decisions by choice from which a step can be reached without doing another one first. With
/// inclusive joins every choice may help: they open when what they wait for turns away.
std::vector<bool> decisions_before(const flow_tables& t, std::uint32_t step) {
  if (!t.inclusive_joins.empty()) return std::vector<bool>(t.chart.nodes.size(), true);
  std::vector<bool> before(t.chart.nodes.size());
  std::vector<std::uint32_t> waiting{step};
  while (!waiting.empty()) {
    const std::uint32_t n = waiting.back();
    waiting.pop_back();
    for (const std::uint32_t a : t.in[n]) {
      const std::uint32_t from = t.from[a];
      const node_kind kind = t.kind(from);
      const bool passes =
          kind == node_kind::fork || kind == node_kind::join || one_is_chosen(t, from);
      if (!passes || before[from]) continue;
      before[from] = true;
      waiting.push_back(from);
    }
  }
  return before;
}

/// The steps that can be reached from a decision by choice or a join without doing another first.
void steps_behind(const flow_tables& t, std::uint32_t node, std::vector<bool>& seen) {
  std::vector<std::uint32_t> waiting{node};
  while (!waiting.empty()) {
    const std::uint32_t n = waiting.back();
    waiting.pop_back();
    for (const arrow_index a : t.out(n)) {
      const std::uint32_t to = t.to[number(a)];
      if (seen[to]) continue;
      seen[to] = true;
      const node_kind kind = t.kind(to);
      if (kind == node_kind::fork || is_join(kind) || one_is_chosen(t, to)) waiting.push_back(to);
    }
  }
}

} // namespace

std::optional<std::vector<arrow_index>> flow_net::route(const marking& m, node_index step) const {
  if (number(step) >= t_->chart.nodes.size() || t_->kind(number(step)) != node_kind::step)
    return std::nullopt;
  if (rests(m, step)) return std::vector<arrow_index>{};
  const std::vector<bool> helps = decisions_before(*t_, number(step));
  return search(
      *t_, m, [&](const marking& at) { return rests(at, step); },
      [&](const marking& at, std::vector<std::uint32_t>& arrows) {
        for (const node_index n : open_choices(at))
          if (helps[number(n)] && one_is_chosen(*t_, number(n)))
            for (const arrow_index a : out(n)) arrows.push_back(number(a));
      });
}

std::optional<std::vector<arrow_index>> flow_net::finish(const marking& m) const {
  if (finished(m)) return std::vector<arrow_index>{};
  return search(
      *t_, m, [&](const marking& at) { return finished(at); },
      [&](const marking& at, std::vector<std::uint32_t>& arrows) {
        const std::vector<node_index> open = resting(at);
        const bool stuck = std::any_of(open.begin(), open.end(), [&](node_index n) {
          const node_kind kind = t_->kind(number(n));
          return kind == node_kind::step || kind == node_kind::inclusive_decision ||
                 t_->by_condition[number(n)];
        });
        if (stuck) return;
        // Every open choice must be made in the end and none stands in another's way: one order of
        // making them is enough, unless it tells what an inclusive join waits for.
        for (const node_index n : open)
          if (t_->by_choice[number(n)]) {
            for (const arrow_index a : out(n)) arrows.push_back(number(a));
            if (t_->inclusive_joins.empty()) return;
          }
      });
}

std::vector<node_index> flow_net::enabled(const marking& m) const {
  std::vector<bool> candidate(t_->chart.nodes.size());
  for (const node_index n : resting(m)) {
    if (t_->kind(number(n)) == node_kind::step) candidate[number(n)] = true;
    if (one_is_chosen(*t_, number(n))) steps_behind(*t_, number(n), candidate);
  }
  for (const detail::inclusive_join& join : t_->inclusive_joins)
    if (std::any_of(join.arrows.begin(), join.arrows.end(),
                    [&](detail::place_index p) { return m.has(p); }))
      steps_behind(*t_, join.node, candidate);
  std::vector<node_index> out;
  for (std::uint32_t n = 0; n < candidate.size(); ++n)
    if (candidate[n] && t_->kind(n) == node_kind::step && route(m, node_index{n}))
      out.push_back(node_index{n});
  return out;
}

} // namespace banli
