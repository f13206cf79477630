// The token game played with names and counters, as plainly as it can be said. It shares no line
// with the library and is what the library is compared with.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <banli/flowchart/flowchart.hpp>

namespace naive {

using namespace banli;

using tokens = std::map<std::string, int>; // "n:id" for nodes, "a:number" for arrows into joins
using arrows = std::vector<std::size_t>;

class game {
 public:
  explicit game(const flowchart& c) : c_(c) {}

  arrows out(const node_id& id) const {
    arrows found;
    for (std::size_t a = 0; a < c_.arrows.size(); ++a)
      if (c_.arrows[a].from == id) found.push_back(a);
    return found;
  }

  bool merge(const node& n) const { return n.kind == node_kind::decision && out(n.id).size() == 1; }

  arrows in(const node_id& id) const {
    arrows found;
    for (std::size_t a = 0; a < c_.arrows.size(); ++a)
      if (c_.arrows[a].to == id) found.push_back(a);
    return found;
  }
  static std::string on(std::size_t a) { return "a:" + std::to_string(a); }

  /// The arrows into a join at which paths from some arrows end that do not pass it.
  std::set<std::size_t> paths_to(const node& join, arrows from) const {
    std::set<std::size_t> seen;
    std::set<std::size_t> ends;
    while (!from.empty()) {
      const std::size_t a = from.back();
      from.pop_back();
      if (!seen.insert(a).second) continue;
      if (c_.arrows[a].to == join.id) {
        ends.insert(a);
        continue;
      }
      for (const std::size_t next : out(c_.arrows[a].to)) from.push_back(next);
    }
    return ends;
  }

  /// BPMN 2.0.2, 13.4.3, token by token: some arrow has a token, and whatever token could still
  /// come to an arrow that has none could come to one that has.
  bool opens(const node& join, const tokens& now) const {
    std::set<std::size_t> full;
    for (const std::size_t a : in(join.id))
      if (now.contains(on(a))) full.insert(a);
    if (full.empty()) return false;
    for (const auto& [where, count] : now) {
      const bool on_arrow = where[0] == 'a';
      const std::size_t at = on_arrow ? std::stoul(where.substr(2)) : 0;
      if (on_arrow && c_.arrows[at].to == join.id) continue;
      bool to_full = false;
      bool to_empty = false;
      for (const std::size_t a :
           paths_to(join, on_arrow ? arrows{at} : out(node_id{where.substr(2)})))
        (full.contains(a) ? to_full : to_empty) = true;
      if (to_empty && !to_full) return false;
    }
    return true;
  }

  arrows taken_by(const node& join, const tokens& now) const {
    arrows found;
    for (const std::size_t a : in(join.id))
      if (now.contains(on(a))) found.push_back(a);
    return found;
  }

  std::optional<tokens> open(const node& join, tokens now,
                             std::map<std::string, int>& received) const {
    for (const std::size_t a : taken_by(join, now)) now.erase(on(a));
    return settle(std::move(now), {out(join.id).front()}, received);
  }

  /// The tokens after walking along arrows at once, and after the inclusive joins; nothing if some
  /// place gets two, or (then `raced`) if it matters which inclusive join opens first.
  std::optional<tokens> walk(tokens start, std::deque<std::size_t> along) const {
    raced = false;
    std::map<std::string, int> received;
    std::optional<tokens> now = settle(std::move(start), std::move(along), received);
    while (now) {
      std::vector<const node*> ready;
      for (const node& n : c_.nodes)
        if (n.kind == node_kind::inclusive_join && opens(n, *now)) ready.push_back(&n);
      if (ready.empty()) return now;
      for (const node* first : ready)
        for (const node* other : ready) {
          if (first == other) continue;
          auto got = received;
          const auto after = open(*first, *now, got);
          if (!after) return std::nullopt;
          raced = !opens(*other, *after) || taken_by(*other, *after) != taken_by(*other, *now);
          if (raced) return std::nullopt;
        }
      now = open(*ready.front(), *now, received);
    }
    return now;
  }

  std::optional<tokens> settle(tokens now, std::deque<std::size_t> along,
                               std::map<std::string, int>& received) const {
    while (true) {
      while (!along.empty()) {
        const std::size_t a = along.front();
        along.pop_front();
        const node& n = *find(c_, c_.arrows[a].to);
        if (n.kind == node_kind::fork || merge(n)) {
          for (const std::size_t next : out(n.id)) along.push_back(next);
          continue;
        }
        const std::string where = is_join(n.kind) ? on(a) : "n:" + n.id.text();
        if (++now[where] > 1 || ++received[where] > 1) return std::nullopt;
      }
      for (const node& n : c_.nodes) {
        if (n.kind != node_kind::join) continue;
        std::vector<std::string> needed;
        for (std::size_t a = 0; a < c_.arrows.size(); ++a)
          if (c_.arrows[a].to == n.id) needed.push_back("a:" + std::to_string(a));
        bool all = true;
        for (const std::string& w : needed) all = all && now.contains(w);
        if (!all) continue;
        for (const std::string& w : needed) now.erase(w);
        along.push_back(out(n.id).front());
      }
      if (along.empty()) return now;
    }
  }

  std::optional<tokens> start() const {
    for (const node& n : c_.nodes)
      if (n.kind == node_kind::start) return walk({}, {out(n.id).front()});
    return std::nullopt;
  }

  /// The arrows a case may go along next: each time one, or those an inclusive decision opens.
  std::vector<arrows> moves(const tokens& now) const {
    std::vector<arrows> found;
    for (const node& n : c_.nodes) {
      if (!now.contains("n:" + n.id.text())) continue;
      const arrows ways = out(n.id);
      if (n.kind == node_kind::step || n.kind == node_kind::decision)
        for (const std::size_t a : ways) found.push_back({a});
      if (n.kind != node_kind::inclusive_decision) continue;
      bool by_condition = false;
      for (const std::size_t a : ways) by_condition |= !c_.arrows[a].condition.empty();
      for (std::uint32_t set = 1; set < 1U << ways.size(); ++set) {
        arrows opened;
        bool has_default = false;
        for (std::size_t i = 0; i < ways.size(); ++i) {
          if ((set >> i & 1U) == 0) continue;
          opened.push_back(ways[i]);
          has_default |= by_condition && c_.arrows[ways[i]].condition.empty();
        }
        if (!has_default || opened.size() == 1) found.push_back(opened);
      }
    }
    return found;
  }

  std::optional<tokens> move(tokens now, const arrows& along) const {
    now.erase("n:" + c_.arrows[along.front()].from.text());
    return walk(std::move(now), {along.begin(), along.end()});
  }

  mutable bool raced = false; ///< why the last walk failed, if it did

  bool ended(const tokens& now) const {
    for (const node& n : c_.nodes)
      if (n.kind == node_kind::end && now.contains("n:" + n.id.text())) return true;
    return false;
  }

 private:
  const flowchart& c_;
};

/// What is wrong with a chart, by the definitions.
struct verdict {
  std::size_t states = 0;
  bool unsafe = false;
  bool raced = false;
  bool improper = false;
  bool stuck = false;
  std::set<std::string> dead;
  std::size_t first_unsafe = 0; // moves until the first of its kind
  std::size_t first_improper = 0;
};

inline verdict judge(const flowchart& c) {
  const game g(c);
  verdict v;
  for (const node& n : c.nodes)
    if (n.kind == node_kind::step) v.dead.insert(n.id.text());
  const std::optional<tokens> start = g.start();
  if (!start) {
    (g.raced ? v.raced : v.unsafe) = true;
    return v;
  }
  std::map<tokens, std::size_t> depth{{*start, 0}};
  std::map<tokens, std::vector<tokens>> next;
  std::set<tokens> fine; // ended, or about to clash
  std::deque<tokens> waiting{*start};
  while (!waiting.empty()) {
    const tokens now = waiting.front();
    waiting.pop_front();
    const std::size_t d = depth.at(now);
    for (const auto& [where, count] : now) v.dead.erase(where.substr(2));
    if (g.ended(now)) fine.insert(now);
    if (g.ended(now) && now.size() > 1 && !v.improper) {
      v.improper = true;
      v.first_improper = d;
    }
    for (const arrows& a : g.moves(now)) {
      const std::optional<tokens> after = g.move(now, a);
      if (!after) {
        fine.insert(now);
        v.raced = v.raced || g.raced;
        if (g.raced) continue;
        if (!v.unsafe) v.first_unsafe = d + 1;
        v.unsafe = true;
        continue;
      }
      next[now].push_back(*after);
      if (depth.emplace(*after, d + 1).second) waiting.push_back(*after);
    }
  }
  v.states = depth.size();
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& [now, afters] : next)
      for (const tokens& after : afters)
        if (fine.contains(after) && fine.insert(now).second) grew = true;
  }
  v.stuck = fine.size() < depth.size();
  return v;
}

} // namespace naive
