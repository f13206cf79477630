#include "flowchart/reduction.hpp"

namespace banli::detail {
namespace {

enum class gate : std::uint8_t { one, all, some }; ///< exclusive, parallel, inclusive

struct link {
  std::uint32_t from, to;
  std::uint32_t before_out, next_out; ///< neighbours in the list of those out of `from`
  std::uint32_t before_in, next_in;
};

struct part {
  std::uint32_t first_out = none, first_in = none;
  std::uint32_t outs = 0, ins = 0; ///< with the start's way in and the end's way out
  gate in = gate::one, out = gate::one;
  bool rests = false;
  bool gone = false, queued = false;
  bool starts = false, ends = false;
};

class reducer {
 public:
  explicit reducer(const flow_tables& t) : t_(t) {
    const std::size_t nodes = t.chart.nodes.size();
    const std::size_t arrows = t.chart.arrows.size();
    parts_.resize(nodes);
    links_.reserve(arrows);
    seen_.assign(nodes, none);
    queue_.reserve(2 * nodes);
    left_ = nodes;
    std::uint32_t end = none;
    for (std::uint32_t n = 0; n < nodes; ++n) add(n, end);
    for (std::uint32_t a = 0; a < arrows; ++a) {
      const std::uint32_t to = t.to[a];
      connect(t.from[a], t.kind(to) == node_kind::end ? end : to);
    }
    for (std::uint32_t n = 0; n < nodes; ++n) push(n);
  }

  reduced_chart run() {
    do {
      for (; done_ < queue_.size(); ++done_) {
        const std::uint32_t n = queue_[done_];
        parts_[n].queued = false;
        if (!parts_[n].gone) work(n);
      }
    } while (left_ > 1 && close_region());
    reduced_chart out;
    out.steps = applied_;
    out.single = left_ == 1;
    if (!out.single) out.rest = rest();
    return out;
  }

 private:
  void add(std::uint32_t n, std::uint32_t& end) {
    part& p = parts_[n];
    p.rests = t_.place_of_node[n] != none;
    switch (t_.kind(n)) {
    case node_kind::start:
      p.starts = true;
      p.ins = 1;
      break;
    case node_kind::end:
      if (end != none) { // all ends are one
        p.gone = true;
        --left_;
        break;
      }
      end = n;
      p.ends = true;
      p.outs = 1;
      break;
    case node_kind::fork: p.out = gate::all; break;
    case node_kind::join: p.in = gate::all; break;
    case node_kind::inclusive_decision: p.out = gate::some; break;
    case node_kind::inclusive_join: p.in = gate::some; break;
    case node_kind::step:
    case node_kind::decision: break;
    }
  }

  // The lists.

  void connect(std::uint32_t from, std::uint32_t to) {
    const auto e = static_cast<std::uint32_t>(links_.size());
    links_.push_back({from, to, none, none, none, none});
    list_out(e);
    list_in(e);
  }

  void list_out(std::uint32_t e) {
    part& p = parts_[links_[e].from];
    links_[e].before_out = none;
    links_[e].next_out = p.first_out;
    if (p.first_out != none) links_[p.first_out].before_out = e;
    p.first_out = e;
    ++p.outs;
  }

  void list_in(std::uint32_t e) {
    part& p = parts_[links_[e].to];
    links_[e].before_in = none;
    links_[e].next_in = p.first_in;
    if (p.first_in != none) links_[p.first_in].before_in = e;
    p.first_in = e;
    ++p.ins;
  }

  void unlist_out(std::uint32_t e) {
    const link& l = links_[e];
    part& p = parts_[l.from];
    (l.before_out == none ? p.first_out : links_[l.before_out].next_out) = l.next_out;
    if (l.next_out != none) links_[l.next_out].before_out = l.before_out;
    --p.outs;
  }

  void unlist_in(std::uint32_t e) {
    const link& l = links_[e];
    part& p = parts_[l.to];
    (l.before_in == none ? p.first_in : links_[l.before_in].next_in) = l.next_in;
    if (l.next_in != none) links_[l.next_in].before_in = l.before_in;
    --p.ins;
  }

  void cut(std::uint32_t e) {
    unlist_out(e);
    unlist_in(e);
    push(links_[e].from);
    push(links_[e].to);
  }

  void push(std::uint32_t n) {
    if (parts_[n].queued || parts_[n].gone) return;
    parts_[n].queued = true;
    queue_.push_back(n);
  }

  void remove(std::uint32_t n) {
    parts_[n].gone = true;
    --left_;
    ++applied_;
  }

  /// The arrows out of v become u's.
  void move_outs(std::uint32_t v, std::uint32_t u) {
    for (std::uint32_t e = parts_[v].first_out; e != none; e = parts_[v].first_out) {
      unlist_out(e);
      links_[e].from = u;
      list_out(e);
      push(links_[e].to);
    }
    if (parts_[v].ends) {
      parts_[u].ends = true;
      ++parts_[u].outs;
    }
  }

  void move_ins(std::uint32_t v, std::uint32_t u) {
    for (std::uint32_t e = parts_[v].first_in; e != none; e = parts_[v].first_in) {
      unlist_in(e);
      links_[e].to = u;
      list_in(e);
      push(links_[e].from);
    }
    if (parts_[v].starts) {
      parts_[u].starts = true;
      ++parts_[u].ins;
    }
  }

  // The rules.

  bool takes_one(const part& p) const { return p.in == gate::one || p.ins == 1; }
  bool gives_one(const part& p) const { return p.out == gate::one || p.outs == 1; }

  /// One arrow in, one out, both drawn.
  bool is_simple(std::uint32_t n) const {
    const part& p = parts_[n];
    return p.ins == 1 && p.outs == 1 && p.first_in != none && p.first_out != none;
  }

  void work(std::uint32_t n) {
    drop_doubles(n);
    if (parts_[n].out != gate::one && parts_[n].outs > 1) close_branches(n);
    if (is_simple(n) && !parts_[n].rests && pass(n)) return;
    if (parts_[n].outs == 1 && parts_[n].first_out != none && forward(n)) return;
    if (parts_[n].ins == 1 && parts_[n].first_in != none && backward(n)) return;
    if (is_simple(n)) push(links_[parts_[n].first_in].from); // it may now close its branches
  }

  /// Loop, double: and the same arrow twice from a fork to a join.
  void drop_doubles(std::uint32_t n) {
    const part& p = parts_[n];
    if (p.outs < 2 || (p.out == gate::some)) return;
    for (std::uint32_t e = p.first_out; e != none;) {
      const std::uint32_t to = links_[e].to;
      const std::uint32_t next = links_[e].next_out;
      const bool loop = to == n && p.out == gate::one && takes_one(p) && p.outs > 1;
      const bool twice = seen_[to] == n && parts_[to].in == p.out;
      if (loop || twice) {
        cut(e);
        ++applied_;
      } else {
        seen_[to] = n;
      }
      e = next;
    }
    forget(n);
  }

  /// The marks are by node, so those of this visit must not be taken for those of the next.
  void forget(std::uint32_t n) {
    for (std::uint32_t e = parts_[n].first_out; e != none; e = links_[e].next_out) {
      seen_[links_[e].to] = none;
      if (is_simple(links_[e].to)) seen_[links_[parts_[links_[e].to].first_out].to] = none;
    }
  }

  /// Where a branch of at most one node ends.
  std::uint32_t end_of_branch(std::uint32_t e) const {
    const std::uint32_t to = links_[e].to;
    return is_simple(to) ? links_[parts_[to].first_out].to : to;
  }

  void drop_branch(std::uint32_t e) {
    const std::uint32_t middle = links_[e].to;
    if (is_simple(middle)) {
      cut(parts_[middle].first_out);
      cut(e);
      remove(middle);
    } else {
      cut(e);
      ++applied_;
    }
  }

  /// Parallel and inclusive blocks.
  void close_branches(std::uint32_t n) {
    if (parts_[n].out == gate::some && !opens_and_closes(n)) return;
    const gate closes = parts_[n].out;
    // seen_ says which arrow is kept for each join, so that one on which a token rests is.
    for (std::uint32_t e = parts_[n].first_out; e != none;) {
      const std::uint32_t next = links_[e].next_out;
      const std::uint32_t join = end_of_branch(e);
      if (parts_[join].in == closes && join != n) {
        if (seen_[join] == none) {
          seen_[join] = e;
        } else {
          const bool better = is_simple(links_[e].to);
          drop_branch(better ? seen_[join] : e);
          if (better) seen_[join] = e;
        }
      }
      e = next;
    }
    forget(n);
  }

  /// Whether all branches of an inclusive decision end at one join, and nothing else does.
  bool opens_and_closes(std::uint32_t n) const {
    const part& p = parts_[n];
    if (p.ends) return false;
    const std::uint32_t join = end_of_branch(p.first_out);
    if (parts_[join].in != gate::some || parts_[join].ins != p.outs || join == n) return false;
    for (std::uint32_t e = p.first_out; e != none; e = links_[e].next_out)
      if (end_of_branch(e) != join) return false;
    return true;
  }

  bool pass(std::uint32_t n) {
    const std::uint32_t in = parts_[n].first_in;
    const std::uint32_t out = parts_[n].first_out;
    const std::uint32_t from = links_[in].from;
    const std::uint32_t to = links_[out].to;
    if (from == n) return false;
    cut(out);
    unlist_in(in);
    links_[in].to = to;
    list_in(in);
    push(from);
    push(to);
    remove(n);
    return true;
  }

  /// What can be done with the one arrow out of a node.
  bool forward(std::uint32_t n) {
    const std::uint32_t e = parts_[n].first_out;
    const std::uint32_t to = links_[e].to;
    part& p = parts_[n];
    part& next = parts_[to];
    if (to == n) return false;
    if (next.ins == 1) { // series
      cut(e);
      p.out = next.out;
      p.rests = p.rests || next.rests;
      move_outs(to, n);
      remove(to);
      push(n);
      for (std::uint32_t i = p.first_in; i != none; i = links_[i].next_in) push(links_[i].from);
      return true;
    }
    const bool merge = takes_one(p) && next.in == gate::one;
    const bool bars = !p.rests && p.in == gate::all && next.in == gate::all;
    if (!merge && !bars) return false;
    cut(e);
    next.rests = next.rests || p.rests;
    move_ins(n, to);
    remove(n);
    push(to);
    for (std::uint32_t i = next.first_out; i != none; i = links_[i].next_out) push(links_[i].to);
    return true;
  }

  /// What can be done with the one arrow into a node that has several out.
  bool backward(std::uint32_t n) {
    const std::uint32_t e = parts_[n].first_in;
    const std::uint32_t from = links_[e].from;
    part& p = parts_[n];
    part& last = parts_[from];
    if (from == n || last.outs == 1) return false; // the latter is forward(from)
    const bool choice = gives_one(p) && last.out == gate::one;
    const bool bars = !p.rests && p.out == gate::all && last.out == gate::all;
    if (!choice && !bars) return false;
    cut(e);
    last.rests = last.rests || p.rests;
    move_outs(n, from);
    remove(n);
    push(from);
    return true;
  }

  /// Draws one region together, if there is one.
  bool close_region() {
    for (std::uint32_t n = 0; n < parts_.size(); ++n)
      if (!parts_[n].gone && parts_[n].out == gate::all && parts_[n].outs > 1 && grow(n))
        return true;
    return false;
  }

  /// Whether a node may lie inside a region, once all ways into it do.
  bool is_plain(const part& p) const {
    return (p.in == gate::all || p.ins == 1) && (p.out == gate::all || p.outs == 1) && !p.ends;
  }

  /// Takes nodes behind a fork into its region until one arrow leads out, or all that do lead to
  /// one join.
  bool grow(std::uint32_t fork) {
    std::vector<std::uint32_t> region{fork};
    std::vector<std::uint32_t> arrived(parts_.size());
    std::size_t open = 0;
    for (std::size_t i = 0; i < region.size(); ++i) {
      open -= i == 0 ? 0 : parts_[region[i]].ins;
      open += parts_[region[i]].outs;
      bool closed = open == 1;
      for (std::uint32_t e = parts_[region[i]].first_out; e != none; e = links_[e].next_out) {
        const std::uint32_t to = links_[e].to;
        if (++arrived[to] == parts_[to].ins && to != fork && is_plain(parts_[to]))
          region.push_back(to);
        closed = closed || (arrived[to] == open && parts_[to].in == gate::all);
      }
      if (closed && to_one_place(region, i)) {
        region.resize(i + 1);
        draw_together(region);
        return true;
      }
    }
    return false;
  }

  /// Whether what leaves the first nodes of a region leads to one node.
  bool to_one_place(const std::vector<std::uint32_t>& region, std::size_t last) {
    for (std::size_t i = 0; i <= last; ++i) seen_[region[i]] = region[i];
    std::uint32_t place = none;
    bool one = true;
    for (std::size_t i = 0; i <= last; ++i)
      for (std::uint32_t e = parts_[region[i]].first_out; e != none; e = links_[e].next_out) {
        const std::uint32_t to = links_[e].to;
        if (seen_[to] != none) continue;
        one = one && (place == none || place == to);
        place = to;
      }
    for (std::size_t i = 0; i <= last; ++i) seen_[region[i]] = none;
    return one && place != none;
  }

  void draw_together(const std::vector<std::uint32_t>& region) {
    part& all = parts_[region.front()];
    std::uint32_t way_out = none;
    for (const std::uint32_t n : region) seen_[n] = n;
    for (const std::uint32_t n : region)
      for (std::uint32_t e = parts_[n].first_out; e != none;) {
        const std::uint32_t next = links_[e].next_out;
        if (seen_[links_[e].to] == none && way_out == none)
          way_out = e;
        else
          cut(e);
        e = next;
      }
    for (const std::uint32_t n : region) seen_[n] = none;
    unlist_out(way_out);
    links_[way_out].from = region.front();
    list_out(way_out);
    for (const std::uint32_t n : region) {
      all.rests = all.rests || parts_[n].rests;
      if (n != region.front()) remove(n);
    }
    all.out = gate::one;
    push(region.front());
    push(links_[way_out].to);
  }

  // What is left, drawn as a chart again.

  std::optional<flowchart> rest() const {
    flowchart c;
    for (std::uint32_t n = 0; n < parts_.size(); ++n) {
      const part& p = parts_[n];
      if (p.gone) continue;
      if ((p.in == gate::some && p.ins > 1) || (p.out == gate::some && p.outs > 1))
        return std::nullopt;
      draw(c, n);
    }
    c.nodes.push_back({node_id{"end"}, node_kind::end});
    return c;
  }

  static node_id name(std::uint32_t n, const char* which) {
    return node_id{std::to_string(n) + which};
  }

  /// A node is drawn as what takes tokens in, where they rest, and what gives them out.
  void draw(flowchart& c, std::uint32_t n) const {
    const part& p = parts_[n];
    node_id last{};
    const auto chain = [&](const char* which, node_kind kind) {
      c.nodes.push_back({name(n, which), kind});
      if (!last.empty()) c.arrows.push_back({last, c.nodes.back().id});
      last = c.nodes.back().id;
    };
    const bool joins = p.in == gate::all && p.ins > 1;
    if (p.starts) {
      c.nodes.push_back({node_id{"start"}, node_kind::start});
      c.arrows.push_back({node_id{"start"}, name(n, "in")});
    }
    // A decision is a merge; with one way in it would rest, a fork with one way out does not.
    chain("in", joins ? node_kind::join : p.ins > 1 ? node_kind::decision : node_kind::fork);
    const bool chooses = p.outs > 1 && p.out == gate::one; // and tokens rest at the choice
    if (p.rests && !chooses) chain("at", node_kind::step);
    if (p.outs > 1) chain("out", chooses ? node_kind::decision : node_kind::fork);
    for (std::uint32_t e = p.first_out; e != none; e = links_[e].next_out)
      c.arrows.push_back({last, name(links_[e].to, "in")});
    if (p.ends) c.arrows.push_back({last, node_id{"end"}});
  }

  const flow_tables& t_;
  std::vector<part> parts_;
  std::vector<link> links_;
  std::vector<std::uint32_t> seen_; ///< by node, within one visit
  std::vector<std::uint32_t> queue_;
  std::size_t done_ = 0; ///< of the queue
  std::size_t left_ = 0;
  std::size_t applied_ = 0;
};

} // namespace

reduced_chart reduce(const flow_tables& t) { return reducer(t).run(); }

} // namespace banli::detail
