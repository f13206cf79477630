#include "flowchart/state_space.hpp"

#include <algorithm>
#include <bit>
#include <span>

#include <boost/unordered/unordered_flat_map.hpp>

#include "flowchart/word_moves.hpp"

namespace banli::detail {
namespace {

/// Markings as they are, moved by the tables.
class wide_rules {
 public:
  using state = marking;
  using hash = marking_hash;
  explicit wide_rules(const flow_tables& t) : t_(t) {}

  state start() const { return t_.at_start; }
  bool move(state& m, std::span<const std::uint32_t> arrows) const {
    return !(arrows.size() == 1 ? t_.move(m, arrows.front()) : t_.move(m, arrows));
  }
  static const marking& to_marking(const state& m) { return m; }

 private:
  const flow_tables& t_;
};

/// Markings of one word, moved by masks.
class narrow_rules {
 public:
  using state = std::uint64_t;
  using hash = boost::hash<std::uint64_t>;
  explicit narrow_rules(const flow_tables& t) : start_(t.at_start.word(0)), moves_(t) {}

  state start() const { return start_; }
  bool move(state& m, std::span<const std::uint32_t> arrows) const {
    return moves_.move(m, arrows);
  }
  static marking to_marking(state m) {
    marking out;
    for (; m != 0; m &= m - 1) out.put(static_cast<std::size_t>(std::countr_zero(m)));
    return out;
  }

 private:
  state start_;
  word_moves moves_;
};

template <class Rules>
class explorer {
 public:
  explorer(const flow_tables& t, std::size_t limit) : t_(t), limit_(limit), rules_(t) {}

  state_space run() {
    add(rules_.start(), {});
    for (std::uint32_t s = 0; s < states_.size(); ++s) {
      if (space_.complete) expand(s);
      space_.next.close_list();
    }
    space_.states.reserve(states_.size());
    for (const state& m : states_) space_.states.push_back(Rules::to_marking(m));
    return std::move(space_);
  }

 private:
  using state = typename Rules::state;

  void expand(std::uint32_t s) {
    const marking from = Rules::to_marking(states_[s]);
    for (std::size_t w = 0; w < from.words(); ++w)
      for (std::uint64_t word = from.word(w); word != 0; word &= word - 1)
        expand_place(s, 64 * w + static_cast<std::size_t>(std::countr_zero(word)));
  }

  void expand_place(std::uint32_t s, std::size_t place) {
    const place_info& info = t_.places[place];
    if (info.arrow != none) return;
    const auto out = t_.out(info.node);
    if (t_.kind(info.node) == node_kind::inclusive_decision) {
      for (const std::uint32_t set : t_.branches[info.node])
        follow(s, {number(out.front()), set}, t_.arrows_of(info.node, set));
      return;
    }
    for (const arrow_index a : out) {
      const std::uint32_t one = number(a);
      follow(s, {one}, {&one, 1});
    }
  }

  void follow(std::uint32_t s, const state_move& by, std::span<const std::uint32_t> arrows) {
    if (!space_.complete) return;
    state m = states_[s];
    if (!rules_.move(m, arrows)) {
      marking again = Rules::to_marking(states_[s]);
      space_.unsafe.push_back({s, by, t_.move(again, arrows)});
      space_.has_unsafe[s] = true;
      return;
    }
    if (const auto next = add(std::move(m), {s, by})) space_.next.items.push_back(*next);
  }

  std::optional<std::uint32_t> add(state m, state_origin from) {
    const auto number = static_cast<std::uint32_t>(states_.size());
    if (states_.size() >= limit_) {
      const auto known = number_of_.find(m);
      if (known != number_of_.end()) return known->second;
      space_.complete = false;
      return std::nullopt;
    }
    const auto [known, fresh] = number_of_.try_emplace(m, number);
    if (!fresh) return known->second;
    states_.push_back(std::move(m));
    space_.origin.push_back(from);
    space_.has_unsafe.push_back(false);
    return number;
  }

  const flow_tables& t_;
  std::size_t limit_;
  Rules rules_;
  std::vector<state> states_;
  boost::unordered_flat_map<state, std::uint32_t, typename Rules::hash> number_of_;
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

std::optional<std::size_t> state_space::number_of(const marking& m) const {
  const auto found = std::find(states.begin(), states.end(), m);
  if (found == states.end()) return std::nullopt;
  return static_cast<std::size_t>(found - states.begin());
}

std::vector<std::size_t> places_seen(const state_space& space) {
  std::vector<std::uint64_t> seen;
  for (const marking& m : space.states) {
    seen.resize(std::max(seen.size(), m.words()));
    for (std::size_t w = 0; w < m.words(); ++w) seen[w] |= m.word(w);
  }
  std::vector<std::size_t> out;
  for (std::size_t p = 0; p < 64 * seen.size(); ++p)
    if ((seen[p / 64] >> (p % 64) & 1U) != 0) out.push_back(p);
  return out;
}

way_back::way_back(const state_space& space) {
  const std::size_t n = space.states.size();
  before_.first.assign(n + 1, 0);
  before_.items.resize(space.next.items.size());
  for (const std::uint32_t to : space.next.items) ++before_.first[to + 1];
  for (std::size_t s = 0; s < n; ++s) before_.first[s + 1] += before_.first[s];
  std::vector<std::uint32_t> fill(before_.first.begin(), before_.first.end() - 1);
  for (std::uint32_t s = 0; s < n; ++s)
    for (const std::uint32_t to : space.next[s]) before_.items[fill[to]++] = s;
}

std::vector<bool> way_back::can_reach(std::vector<bool> goals) const {
  std::vector<std::uint32_t> waiting;
  for (std::uint32_t s = 0; s < goals.size(); ++s)
    if (goals[s]) waiting.push_back(s);
  while (!waiting.empty()) {
    const std::uint32_t s = waiting.back();
    waiting.pop_back();
    for (const std::uint32_t from : before_[s]) {
      if (goals[from]) continue;
      goals[from] = true;
      waiting.push_back(from);
    }
  }
  return goals;
}

state_space explore(const flow_tables& t, std::size_t limit) {
  limit = std::max<std::size_t>(limit, 1);
  if (word_moves::fits(t)) return explorer<narrow_rules>(t, limit).run();
  return explorer<wide_rules>(t, limit).run();
}

} // namespace banli::detail
