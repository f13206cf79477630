#include <algorithm>
#include <array>
#include <set>

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/strong_components.hpp>

#include <banli/base/nearest.hpp>

#include "flowchart/chart_graph.hpp"
#include "flowchart/form_parts.hpp"
#include "flowchart/separation_check.hpp"

namespace banli {
namespace {

using detail::no_node;

// Guessing compares with every id; past this many dangling ends the author needs no more hints.
constexpr std::size_t most_guesses = 50;

/// Collects the faults of one drawing, each with its place.
class chart_checker {
 public:
  chart_checker(const flowchart& chart, const locator& where, const flowchart_limits& limits)
      : chart_(chart), where_(where), limits_(limits) {}

  const detail::chart_links& links() const { return links_; }

  problems run() {
    if (too_large()) return std::move(found_);
    links_ = detail::link_arrows(chart_);
    ids();
    arrow_ends();
    starts_and_ends();
    for (std::size_t n = 0; n < chart_.nodes.size(); ++n) check_node(n);
    for (std::size_t n = 0; n < chart_.nodes.size(); ++n) check_decision(n);
    conditions();
    bounds();
    reachability();
    rings();
    for (error& e : detail::check_forms(chart_, links_, where_, limits_))
      found_.push_back(std::move(e));
    for (error& e : detail::check_separations(chart_, where_, limits_))
      found_.push_back(std::move(e));
    return std::move(found_);
  }

 private:
  void add(error e, const std::string& path) { found_.push_back(at(std::move(e), where_(path))); }
  static std::string node_path(std::size_t n, std::string_view field = {}) {
    return fmt::format("/nodes/{}{}{}", n, field.empty() ? "" : "/", field);
  }
  static std::string arrow_path(std::size_t a, std::string_view field = {}) {
    return fmt::format("/arrows/{}{}{}", a, field.empty() ? "" : "/", field);
  }
  const node& node_at(std::size_t n) const { return chart_.nodes[n]; }
  const std::string& name(std::size_t n) const { return chart_.nodes[n].shown(); }

  bool too_large() {
    const auto judge = [&](std::size_t have, std::size_t limit, std::string_view en,
                           std::string_view zh, const std::string& path) {
      if (have <= limit) return;
      add(make_error(errc::limit_exceeded, "{0} {1}, at most {3} are allowed",
                     "{2}有 {0} 个,最多允许 {3} 个", have, en, zh, limit),
          path);
    };
    judge(chart_.nodes.size(), limits_.nodes, "nodes", "节点", "/nodes");
    judge(chart_.arrows.size(), limits_.arrows, "arrows", "箭头", "/arrows");
    return !found_.empty();
  }

  void ids() {
    for (std::size_t n = 0; n < chart_.nodes.size(); ++n) {
      const std::string& id = node_at(n).id.text();
      if (id.empty())
        add(make_error(errc::missing_field, "node {} has no id", "第 {} 个节点没有编号", n + 1),
            node_path(n, "id"));
      else if (links_.by_id.at(id) != n)
        add(make_error(errc::duplicate_id, "node '{}' is there twice", "节点“{}”重复", id),
            node_path(n, "id"));
    }
  }

  void arrow_ends() {
    meant_ = links_.to;
    const auto dangles = [](std::size_t n) { return n == no_node; };
    if (std::none_of(links_.from.begin(), links_.from.end(), dangles) &&
        std::none_of(links_.to.begin(), links_.to.end(), dangles))
      return;
    std::vector<std::string> known;
    for (const node& n : chart_.nodes) known.push_back(n.id.text());
    std::size_t guesses = 0;
    const auto judge = [&](std::size_t a, const node_id& id, bool leaves) -> std::size_t {
      if (id.empty()) {
        add(make_error(errc::dangling_arrow, "arrow {0} has no {1}: no node is named",
                       "第 {0} 条箭头没有{2}:没有写明节点", a + 1, leaves ? "beginning" : "end",
                       leaves ? "起点" : "终点"),
            arrow_path(a, leaves ? "from" : "to"));
        return no_node;
      }
      std::optional<std::string_view> guess;
      if (guesses++ < most_guesses) guess = nearest(id.text(), known);
      const text hint = guess ? suggestion(id.text(), std::array{*guess}) : text{};
      add(with_hint(make_error(errc::dangling_arrow, "arrow {0} {1} '{3}', which is no node",
                               "第 {0} 条箭头的{2}“{3}”不是节点", a + 1,
                               leaves ? "leaves" : "leads to", leaves ? "起点" : "终点", id.text()),
                    hint),
          arrow_path(a, leaves ? "from" : "to"));
      return guess ? links_.by_id.at(std::string{*guess}) : no_node;
    };
    for (std::size_t a = 0; a < chart_.arrows.size(); ++a) {
      if (links_.from[a] == no_node) judge(a, chart_.arrows[a].from, true);
      if (links_.to[a] == no_node) meant_[a] = judge(a, chart_.arrows[a].to, false);
    }
  }

  void starts_and_ends() {
    std::size_t ends = 0;
    for (std::size_t n = 0; n < chart_.nodes.size(); ++n) {
      ends += node_at(n).kind == node_kind::end ? 1U : 0U;
      if (node_at(n).kind != node_kind::start) continue;
      if (start_ == no_node)
        start_ = n;
      else
        add(make_error(errc::bad_arrow, "'{}' is a second start: a flowchart has one",
                       "“{}”是第二个开始:流程图只有一个开始", name(n)),
            node_path(n));
    }
    if (start_ == no_node)
      add(make_error(errc::no_start, "flowchart '{}' has no start", "流程图“{}”没有开始",
                     chart_.name),
          "/nodes");
    if (ends == 0)
      add(make_error(errc::no_end, "flowchart '{}' has no end", "流程图“{}”没有结束", chart_.name),
          "/nodes");
  }

  void bad_node(std::size_t n, fmt::format_string<const std::string&> en,
                fmt::format_string<const std::string&> zh) {
    add(make_error(errc::bad_arrow, en, zh, name(n)), node_path(n));
  }

  void check_node(std::size_t n) {
    const node_kind kind = node_at(n).kind;
    const std::size_t in = links_.in[n];
    const std::size_t out = links_.out[n];
    if (kind == node_kind::start && in > 0)
      bad_node(n, "an arrow leads into the start '{}'", "有箭头指向开始“{}”");
    if (kind == node_kind::end && out > 0)
      bad_node(n, "an arrow leads out of the end '{}'", "有箭头从结束“{}”引出");
    if (kind != node_kind::end && out == 0)
      bad_node(n, "'{}' leads nowhere: no arrow leaves it", "“{}”没有出口:没有箭头从它引出");
    if (kind == node_kind::fork && out == 1)
      bad_node(n, "fork '{}' opens one branch only", "并行分支“{}”只有一个分支");
    if (kind == node_kind::inclusive_decision && out == 1)
      bad_node(n, "inclusive decision '{}' opens one branch only", "包容条件“{}”只有一个分支");
    if (is_join(kind) && in == 1)
      bad_node(n, "join '{}' has one arrow in: nothing to wait for",
               "并行汇合“{}”只有一个入口:无可等待");
    if (!is_decision(kind) && kind != node_kind::fork && out > 1)
      bad_node(n, "several arrows leave '{}': put a decision or a fork there",
               "“{}”有多个箭头引出:应使用条件或并行分支");
    if (kind == node_kind::step) check_step(n);
  }

  void check_step(std::size_t n) {
    const node& step = node_at(n);
    if (step.post.empty())
      add(make_error(errc::missing_post, "step '{}' has no post", "环节“{}”没有岗位", name(n)),
          node_path(n, "post"));
    if (step.duty.empty())
      add(make_error(errc::missing_duty, "step '{}' has no duty", "环节“{}”没有岗位职责", name(n)),
          node_path(n, "duty"));
    if (!step.limit && step.excluded.empty())
      add(make_error(errc::missing_limit, "step '{}' has no time limit", "环节“{}”没有办理时限",
                     name(n)),
          node_path(n, "limit"));
  }

  void check_decision(std::size_t n) {
    if (!is_decision(node_at(n).kind) || links_.out[n] == 0) return;
    std::size_t with = 0;
    std::size_t without = 0;
    std::set<std::string_view> labels;
    for (std::size_t a = 0; a < chart_.arrows.size(); ++a) {
      if (links_.from[a] != n) continue;
      const arrow& leaving = chart_.arrows[a];
      ++(leaving.condition.empty() ? without : with);
      if (!leaving.label.empty() && !labels.insert(leaving.label).second)
        add(make_error(errc::bad_arrow, "two arrows out of '{}' are labelled '{}'",
                       "条件“{}”有两个箭头都标为“{}”", name(n), leaving.label),
            arrow_path(a, "label"));
    }
    if (with > 0 && without == 0)
      add(make_error(errc::missing_default,
                     "decision '{}' has no default: leave one arrow without a condition",
                     "条件“{}”没有默认出口:应有一个箭头不带条件", name(n)),
          node_path(n));
    if (with > 0 && without > 1)
      bad_node(n,
               "decision '{}' has several arrows without a condition: only one can be the default",
               "条件“{}”有多个箭头不带条件:默认出口只能有一个");
    if (node_at(n).kind == node_kind::inclusive_decision && links_.out[n] > limits_.branches)
      add(make_error(errc::limit_exceeded,
                     "inclusive decision '{}' has {} branches, at most {} are allowed",
                     "包容条件“{}”有 {} 个分支,最多允许 {} 个", name(n), links_.out[n],
                     limits_.branches),
          node_path(n));
    if (node_at(n).kind == node_kind::decision && with == 0 && without == 1 && links_.in[n] < 2)
      bad_node(n, "decision '{}' decides nothing: one arrow in, one arrow out",
               "条件“{}”没有可选:一个入口、一个出口");
  }

  void conditions() {
    for (std::size_t a = 0; a < chart_.arrows.size(); ++a) {
      const std::size_t n = links_.from[a];
      if (chart_.arrows[a].condition.empty() || n == no_node) continue;
      if (!is_decision(node_at(n).kind))
        add(make_error(errc::bad_arrow,
                       "an arrow out of '{}' has a condition: only decisions choose",
                       "从“{}”引出的箭头带有条件:只有条件(菱形)可以选择", name(n)),
            arrow_path(a, "condition"));
    }
  }

  /// A way back may be bounded where there is another way on: another choice, or the default.
  void bounds() {
    for (std::size_t a = 0; a < chart_.arrows.size(); ++a) {
      const arrow& bounded = chart_.arrows[a];
      const std::size_t n = links_.from[a];
      if (!bounded.at_most || n == no_node) continue;
      if (*bounded.at_most < 1)
        add(make_error(errc::bad_value, "a bound of {}: an arrow may be taken at least once",
                       "次数上限 {} 无效:至少为 1", *bounded.at_most),
            arrow_path(a, "at_most"));
      else if (node_at(n).kind != node_kind::decision || links_.out[n] < 2 ||
               (is_conditional(n) && bounded.condition.empty()))
        add(make_error(errc::bad_arrow,
                       "the arrow from '{}' has a bound and no other way could be taken past it",
                       "从“{}”引出的箭头限定了次数,超过后没有其他出口", name(n)),
            arrow_path(a, "at_most"));
    }
  }

  bool is_conditional(std::size_t n) const {
    for (std::size_t a = 0; a < chart_.arrows.size(); ++a)
      if (links_.from[a] == n && !chart_.arrows[a].condition.empty()) return true;
    return false;
  }

  detail::chart_graph graph(bool only_passing) const {
    detail::chart_graph g(chart_.nodes.size());
    std::vector<bool> rests(chart_.nodes.size());
    for (std::size_t n = 0; only_passing && n < rests.size(); ++n)
      rests[n] = detail::is_resting(chart_, links_, n);
    for (std::size_t a = 0; a < chart_.arrows.size(); ++a) {
      const std::size_t from = links_.from[a];
      const std::size_t to = meant_[a]; // a misspelt end is told once, not once more by its result
      if (from == no_node || to == no_node) continue;
      if (rests[from] || rests[to]) continue;
      boost::add_edge(from, to, a, g);
    }
    return g;
  }

  void reachability() {
    if (start_ == no_node) return;
    const detail::chart_graph g = graph(false);
    std::vector<boost::default_color_type> color(chart_.nodes.size());
    boost::queue<std::size_t> waiting;
    boost::breadth_first_search(
        g, start_, waiting, boost::default_bfs_visitor{},
        boost::make_iterator_property_map(color.begin(), boost::get(boost::vertex_index, g)));
    for (std::size_t n = 0; n < chart_.nodes.size(); ++n)
      if (color[n] == boost::white_color && node_at(n).kind != node_kind::start)
        add(make_error(errc::unreachable_node, "no way leads from the start to '{}'",
                       "从开始没有通向“{}”的路径", name(n)),
            node_path(n));
  }

  /// A ring of nodes at which nothing rests would pass a token round and round in no time.
  void rings() {
    const detail::chart_graph g = graph(true);
    std::vector<std::size_t> component(chart_.nodes.size());
    const auto map =
        boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, g));
    const std::size_t components = boost::strong_components(g, map);
    std::vector<std::size_t> members(components);
    for (const std::size_t c : component) ++members[c];
    for (std::size_t n = 0; n < chart_.nodes.size(); ++n) {
      const bool alone = members[component[n]] == 1 && !boost::edge(n, n, g).second;
      if (alone || members[component[n]] == 0) continue;
      members[component[n]] = 0; // told once for each ring
      bad_node(n, "a ring of forks, joins and merges goes through '{}', and no step breaks it",
               "经过“{}”的并行分支、汇合构成回路,其中没有环节");
    }
  }

  const flowchart& chart_;
  const locator& where_;
  const flowchart_limits& limits_;
  detail::chart_links links_;
  std::vector<std::size_t> meant_; // where each arrow leads, misspellings mended
  std::size_t start_ = no_node;
  problems found_;
};

} // namespace

problems check(const flowchart& chart, const locator& where, const flowchart_limits& limits) {
  return chart_checker(chart, where, limits).run();
}

problems detail::check(const flowchart& chart, chart_links& links) {
  const locator& where = nowhere;
  const flowchart_limits limits;
  chart_checker checker(chart, where, limits);
  problems found = checker.run();
  links = checker.links();
  return found;
}

} // namespace banli
