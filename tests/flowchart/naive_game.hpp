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

class game {
 public:
  explicit game(const flowchart& c) : c_(c) {}

  std::vector<std::size_t> out(const node_id& id) const {
    std::vector<std::size_t> found;
    for (std::size_t a = 0; a < c_.arrows.size(); ++a)
      if (c_.arrows[a].from == id) found.push_back(a);
    return found;
  }

  bool merge(const node& n) const { return n.kind == node_kind::decision && out(n.id).size() == 1; }

  /// The tokens after walking along arrows at once; nothing if some place gets two.
  std::optional<tokens> walk(tokens now, std::deque<std::size_t> arrows) const {
    std::map<std::string, int> received;
    while (true) {
      while (!arrows.empty()) {
        const std::size_t a = arrows.front();
        arrows.pop_front();
        const node& n = *find(c_, c_.arrows[a].to);
        if (n.kind == node_kind::fork || merge(n)) {
          for (const std::size_t next : out(n.id)) arrows.push_back(next);
          continue;
        }
        const std::string where =
            n.kind == node_kind::join ? "a:" + std::to_string(a) : "n:" + n.id.text();
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
        arrows.push_back(out(n.id).front());
      }
      if (arrows.empty()) return now;
    }
  }

  std::optional<tokens> start() const {
    for (const node& n : c_.nodes)
      if (n.kind == node_kind::start) return walk({}, {out(n.id).front()});
    return std::nullopt;
  }

  /// The arrows a case may go along next.
  std::vector<std::size_t> moves(const tokens& now) const {
    std::vector<std::size_t> found;
    for (std::size_t a = 0; a < c_.arrows.size(); ++a) {
      const node& n = *find(c_, c_.arrows[a].from);
      const bool rests = (n.kind == node_kind::step || n.kind == node_kind::decision) &&
                         now.contains("n:" + n.id.text());
      if (rests) found.push_back(a);
    }
    return found;
  }

  std::optional<tokens> move(tokens now, std::size_t arrow) const {
    now.erase("n:" + c_.arrows[arrow].from.text());
    return walk(std::move(now), {arrow});
  }

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
    v.unsafe = true;
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
    for (const std::size_t a : g.moves(now)) {
      const std::optional<tokens> after = g.move(now, a);
      if (!after) {
        if (!v.unsafe) v.first_unsafe = d + 1;
        v.unsafe = true;
        fine.insert(now);
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
