// Charts the tests share, and a short way to write one down.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <banli/flowchart/flowchart.hpp>

namespace charts {

using namespace banli;

/// "code@path" of every problem.
inline std::string found(const flowchart& c, const flowchart_limits& limits = {}) {
  const locator where = [](std::string_view path) { return place{std::string(path), 1, 1}; };
  std::string out;
  for (const error& e : check(c, where, limits))
    out += (out.empty() ? "" : " ") + std::string(to_string(e.code)) + "@" + e.where.file;
  return out;
}

/// Writes "a -> b -> c" chains. Nodes are told apart by their first character: '(' starts, '['
/// ends,
/// '?' decides, '/' forks, '\' joins, '*' and '&' do so inclusively; everything else is a step.
/// Nodes are made when first named, in that order; steps get a post, a duty and one working day. "a
/// --label--> b" labels an arrow.
class writer {
 public:
  writer& chain(std::string_view text) {
    std::string from;
    std::string label;
    while (!text.empty()) {
      const std::size_t arrow = text.find(" -");
      const std::string name(text.substr(0, arrow));
      add(name);
      if (!from.empty()) chart.arrows.push_back({node_id{from}, node_id{name}, label, {}});
      from = name;
      if (arrow == std::string_view::npos) break;
      text.remove_prefix(arrow + 2);
      const std::size_t head = text.find("> ");
      label = std::string(text.substr(0, head));
      std::erase(label, '-');
      text.remove_prefix(head + 2);
    }
    return *this;
  }

  /// The same with a condition on the last arrow written.
  writer& when(std::string_view condition) {
    chart.arrows.back().condition = std::string(condition);
    return *this;
  }

  writer& limit(std::string_view step, time_limit l) {
    for (node& n : chart.nodes)
      if (n.id.text() == step) n.limit = l;
    return *this;
  }

  static node make(const std::string& name) {
    node n{.id = node_id{name}};
    switch (name.front()) {
    case '(': n.kind = node_kind::start; return n;
    case '[': n.kind = node_kind::end; return n;
    case '?': n.kind = node_kind::decision; return n;
    case '/': n.kind = node_kind::fork; return n;
    case '\\': n.kind = node_kind::join; return n;
    case '*': n.kind = node_kind::inclusive_decision; return n;
    case '&': n.kind = node_kind::inclusive_join; return n;
    default: break;
    }
    n.post = post_id{"post"};
    n.duty = "duty";
    n.limit = time_limit{1, limit_unit::workday};
    return n;
  }

  flowchart chart{flowchart_id{"test"}, "test", {}, {}};

 private:
  void add(const std::string& name) {
    if (find(chart, node_id{name}) == nullptr) chart.nodes.push_back(make(name));
  }
};

inline writer chart(std::string_view chain) { return writer{}.chain(chain); }

/// 网站信息发布审核流程: 采集 -> 初审 -> 终审 -> 发布存档, with its two ways back.
inline flowchart review() {
  return chart("(开始 -> 采集 -> 初审 -> ?初审结果 --通过-> 终审 -> ?终审结果 --通过-> 发布存档 -> "
               "[结束")
      .chain("?初审结果 --不通过-> 采集")
      .chain("?终审结果 --不通过-> 采集")
      .chart;
}

/// A joint item: three departments examine side by side.
inline flowchart joint() {
  return chart("(开始 -> 受理 -> /并联 -> 规划审查 -> \\汇总 -> 决定 -> [办结")
      .chain("/并联 -> 环保审查 -> \\汇总")
      .chain("/并联 -> 消防审查 -> \\汇总")
      .limit("规划审查", {5, limit_unit::workday})
      .limit("环保审查", {7, limit_unit::workday})
      .limit("消防审查", {4, limit_unit::workday})
      .limit("决定", {2, limit_unit::workday})
      .chart;
}

/// The municipal permit flow of receipt_flow.json: a letter (A) and a stop decision (B) side by
/// side. A state with several ways on is a decision by choice; b2 ends the branch unless X or Y
/// follows.
inline flowchart permit() {
  writer w = chart("(start -> T01 -> /fork -> T02 -> ?a1 -> T04 -> ?a2 -> T05 -> \\join -> [end");
  w.chain("?a1 -> T03 -> T02").chain("?a2 -> T03");
  w.chain("/fork -> T06 -> ?b1 -> T06").chain("?b1 -> T10 -> ?b2");
  for (const char* t : {"T07-1", "T07-2", "T07-3", "T07-4", "T07-5", "T08"})
    w.chain(std::string("?b1 -> ") + t + " -> ?b1a").chain(std::string("?b1a -> ") + t);
  for (const char* t : {"T09-1", "T09-2", "T09-3", "T09-4"})
    w.chain(std::string("?b1a -> ") + t + " -> ?b1a");
  w.chain("?b1a -> T06");
  w.chain("?b2 -> T11 -> T12 -> ?bx2 -> T14 -> T15 -> ?b4").chain("?bx2 -> T13 -> T12");
  w.chain("?b2 -> T16 -> T17 -> ?by2 -> T19 -> T20 -> ?b4").chain("?by2 -> T18 -> T17");
  w.chain("?b2 -> ?b4 -> \\join");
  return w.chart;
}

/// 受理, then those of three offices whose opinion is needed, then 决定. By choice.
inline flowchart consult() {
  return chart("(开始 -> 受理 -> *征求意见 --规划-> 规划意见 -> &汇总 -> 决定 -> [办结")
      .chain("*征求意见 --环保-> 环保意见 -> &汇总")
      .chain("*征求意见 --消防-> 消防意见 -> &汇总")
      .chart;
}

/// Random charts. Nesting sequences, choices, loops and parallel blocks gives sound ones.
class random_chart {
 public:
  explicit random_chart(std::uint32_t seed) : random_(seed) {}

  flowchart sound() {
    w_ = writer{};
    w_.chain("(s -> first");
    last_ = "first";
    block(3);
    to("[e");
    return w_.chart;
  }

  /// Changes one thing: an arrow's end, or the kind of a node. The result may be anything.
  flowchart broken() {
    flowchart c = sound();
    const std::size_t what = pick(4);
    if (what == 0) {
      c.arrows[pick(c.arrows.size())].to = c.nodes[pick(c.nodes.size())].id;
    } else if (what == 1) {
      c.arrows.erase(c.arrows.begin() + static_cast<std::ptrdiff_t>(pick(c.arrows.size())));
    } else if (what == 2) {
      const node_id& from = c.nodes[pick(c.nodes.size())].id;
      const node_id& into = c.nodes[pick(c.nodes.size())].id;
      c.arrows.push_back({from, into, {}, {}});
    } else {
      change_kind(c);
    }
    return c;
  }

  std::size_t pick(std::size_t below) { return random_() % below; }

 private:
  void to(const std::string& next, const std::string& label = {}) {
    w_.chain(last_ + (label.empty() ? " -> " : " --" + label + "-> ") + next);
    last_ = next;
  }
  std::string fresh(const char* prefix) { return prefix + std::to_string(++count_); }

  void block(int depth) {
    const std::size_t parts = 1 + pick(2);
    for (std::size_t i = 0; i < parts; ++i) {
      const std::size_t kind = depth == 0 ? 0 : pick(15);
      if (kind == 1 || kind == 4)
        choice(depth - 1, kind == 4);
      else if (kind == 2)
        loop(depth - 1);
      else if (kind == 3)
        parallel(depth - 1);
      else if (kind == 5 || kind == 6)
        inclusive(depth - 1, kind == 6);
      else if (kind == 7)
        crossed(depth - 1);
      else if (kind == 8)
        knot();
      else
        to(fresh("t"));
    }
  }

  void choice(int depth, bool with_condition) {
    const std::string d = fresh("?d");
    const std::string m = fresh("?m");
    to(d);
    const std::size_t branches = 2 + pick(2);
    for (std::size_t i = 0; i < branches; ++i) {
      last_ = d;
      const std::size_t arrow = w_.chart.arrows.size();
      if (i > 0 || pick(2) == 0) {
        to(fresh("t"), "w" + std::to_string(i));
        if (pick(2) == 0) block(depth);
      }
      to(m);
      if (with_condition && i + 1 < branches) w_.chart.arrows[arrow].condition = "x";
    }
  }

  void loop(int depth) {
    const std::string m = fresh("?m");
    const std::string d = fresh("?d");
    to(m);
    block(depth);
    to(d);
    if (pick(2) == 0) to(fresh("t"), "again");
    to(m);
    last_ = d;
    to(fresh("t"));
  }

  void parallel(int depth) {
    const std::string f = fresh("/f");
    const std::string j = fresh("\\j");
    to(f);
    const std::size_t branches = 2 + pick(2);
    for (std::size_t i = 0; i < branches; ++i) {
      last_ = f;
      if (pick(5) != 0) block(depth);
      to(j);
    }
  }

  void inclusive(int depth, bool with_condition) {
    const std::string d = fresh("*d");
    const std::string j = fresh("&j");
    to(d);
    const std::size_t branches = 2 + pick(2);
    for (std::size_t i = 0; i < branches; ++i) {
      last_ = d;
      const std::size_t arrow = w_.chart.arrows.size();
      if (pick(5) != 0) block(depth);
      to(j);
      if (with_condition && i + 1 < branches) w_.chart.arrows[arrow].condition = "x";
    }
  }

  /// Two branches of which one lets the other go on: sound, and made of no blocks.
  void crossed(int depth) {
    const std::string f = fresh("/f");
    const std::string g = fresh("/g");
    const std::string first = fresh("\\j");
    const std::string last = fresh("\\j");
    to(f);
    to(fresh("t"));
    block(depth);
    to(g);
    to(fresh("t"));
    to(last);
    last_ = g;
    to(first);
    last_ = f;
    to(fresh("t"));
    to(first);
    to(fresh("t"));
    to(last);
  }

  /// A loop with two ways in.
  void knot() {
    const std::string d = fresh("?d");
    const std::string one = fresh("?m");
    const std::string two = fresh("?m");
    const std::string after = fresh("?d");
    to(d);
    to(one, "one");
    to(fresh("t"));
    to(two);
    last_ = d;
    to(two, "two");
    to(fresh("t"));
    to(after);
    to(one, "again");
    last_ = after;
    to(fresh("t"), "on");
  }

  void change_kind(flowchart& c) {
    std::vector<node*> bars;
    for (node& n : c.nodes)
      if (n.kind == node_kind::fork || is_join(n.kind) || is_decision(n.kind)) bars.push_back(&n);
    if (bars.empty()) return;
    node& n = *bars[pick(bars.size())];
    const bool opens = std::count_if(c.arrows.begin(), c.arrows.end(),
                                     [&](const arrow& a) { return a.from == n.id; }) > 1;
    constexpr node_kind openers[] = {node_kind::decision, node_kind::fork,
                                     node_kind::inclusive_decision};
    constexpr node_kind closers[] = {node_kind::decision, node_kind::join,
                                     node_kind::inclusive_join};
    const node_kind was = n.kind;
    while (n.kind == was) n.kind = (opens ? openers : closers)[pick(3)];
    if (is_decision(n.kind)) return;
    for (arrow& a : c.arrows)
      if (a.from == n.id) a.condition.clear();
  }

  std::mt19937 random_;
  writer w_;
  std::string last_;
  int count_ = 0;
};

} // namespace charts
