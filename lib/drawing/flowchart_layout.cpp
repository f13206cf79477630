#include <algorithm>
#include <cstdint>
#include <utility>

#include "drawing/flowchart_labels.hpp"
#include "drawing/flowchart_text.hpp"
#include "drawing/lanes.hpp"
#include "drawing/layout.hpp"

namespace banli {
namespace {

using detail::detail_line;
using detail::detail_size;
using detail::inclusive_room;
using detail::label_line;
using detail::label_size;
using detail::text_width;
using detail::widest;

constexpr double padding = 14;
constexpr double branch_gap = 25; // as layout.cpp keeps between boxes

/// Wrapped into as few lines as the width allows, of nearly equal length.
std::vector<std::string> balanced(const std::string& s, double ems) {
  std::vector<std::string> lines = detail::wrap(s, ems);
  if (lines.size() < 2) return lines;
  const double even = text_width(s) / static_cast<double>(lines.size()) + 1;
  std::vector<std::string> better = detail::wrap(s, std::min(even, ems));
  return better.size() == lines.size() ? better : lines;
}

/// The arrows that lead back to a node on the way to them, found by walking from the start.
std::vector<bool> arrows_back(const flowchart& chart, const detail::arrow_ends_of& ends) {
  std::vector<std::vector<std::size_t>> out(chart.nodes.size());
  for (std::size_t a = 0; a < ends.from.size(); ++a)
    if (ends.from[a] != detail::no_end && ends.to[a] != detail::no_end)
      out[ends.from[a]].push_back(a);
  enum class visit : std::uint8_t { not_yet, inside, over };
  std::vector<visit> visits(chart.nodes.size(), visit::not_yet);
  std::vector<bool> back(ends.from.size());
  const auto walk = [&](std::size_t root) {
    std::vector<std::pair<std::size_t, std::size_t>> way{{root, 0}}; // node, arrows followed
    visits[root] = visit::inside;
    while (!way.empty()) {
      const std::size_t n = way.back().first;
      if (way.back().second == out[n].size()) {
        visits[n] = visit::over;
        way.pop_back();
        continue;
      }
      const std::size_t a = out[n][way.back().second++];
      const std::size_t to = ends.to[a];
      back[a] = visits[to] == visit::inside;
      if (visits[to] != visit::not_yet) continue;
      visits[to] = visit::inside;
      way.emplace_back(to, 0);
    }
  };
  for (std::size_t n = 0; n < chart.nodes.size(); ++n)
    if (chart.nodes[n].kind == node_kind::start && visits[n] == visit::not_yet) walk(n);
  for (std::size_t n = 0; n < chart.nodes.size(); ++n)
    if (visits[n] == visit::not_yet) walk(n);
  return back;
}

bool is_bar(node_kind kind) { return kind == node_kind::fork || kind == node_kind::join; }

/// Measures every label and asks for positions.
class chart_layout {
  static constexpr std::size_t most_at_a_side = 3; // more arrows going back to one side are a knot

 public:
  chart_layout(const flowchart& chart, const flowchart_layout_options& options)
      : chart_(chart), options_(options) {}

  result<flowchart_layout> run() {
    if (chart_.nodes.size() > options_.nodes || chart_.arrows.size() > options_.arrows)
      return make_error(
          errc::limit_exceeded,
          "flowchart '{}' is too large to draw: {} nodes and {} arrows, at most {} and {}",
          "流程图“{}”过大,无法绘制:{} 个节点、{} 个箭头,最多 {} 和 {}", chart_.name,
          chart_.nodes.size(), chart_.arrows.size(), options_.nodes, options_.arrows);
    out_.name = chart_.name.empty() ? chart_.id.text() : chart_.name;
    out_.in = options_.in;
    out_.note_lines = std::clamp(options_.note_lines, 0, 20);
    ends_ = detail::arrow_ends(chart_);
    for (std::size_t n = 0; n < chart_.nodes.size(); ++n) add_node(n);
    measure_bars();
    for (std::size_t a = 0; a < chart_.arrows.size(); ++a) add_arrow(a);
    return place();
  }

 private:
  void add_node(std::size_t n) {
    const node& from = chart_.nodes[n];
    drawn_node d;
    d.id = from.id.text();
    d.kind = from.kind;
    d.risky = !from.risks.empty();
    d.tooltip = detail::tooltip(from, options_.in);
    const bool bar = is_bar(from.kind);
    const double ems = from.kind == node_kind::step ? 12 : 8;
    const bool unnamed = from.kind == node_kind::inclusive_join && from.label.empty();
    if (!bar && !unnamed) d.label = balanced(detail::cut(from.shown(), options_.characters), ems);
    if (from.kind == node_kind::step)
      for (const std::string& line : detail::details(from, naming()))
        for (std::string& part : detail::wrap(detail::cut(line, options_.characters), 15))
          d.details.push_back(std::move(part));
    measure(d);
    out_.nodes.push_back(std::move(d));
  }

  detail::node_naming naming() const {
    return {options_.in, options_.post_name, options_.department_name};
  }

  void measure(drawn_node& d) const {
    const double lines = static_cast<double>(d.label.size()) * label_line;
    const double width = widest(d.label, label_size);
    switch (d.kind) {
    case node_kind::step: {
      const double notes = out_.note_lines * detail_line;
      const double small = static_cast<double>(d.details.size()) * detail_line;
      d.box.width = std::max({110.0, width, widest(d.details, detail_size)}) + 2 * padding;
      d.box.height = lines + small + notes + 18;
      break;
    }
    case node_kind::decision: // a text of w x h fits a diamond where w/W + h/H is 1
      d.box.height = std::max(56.0, 2.2 * lines);
      d.box.width = std::max(110.0, (width + 8) / (1 - lines / d.box.height));
      break;
    case node_kind::inclusive_decision:
    case node_kind::inclusive_join: // its text stands below the circle
      d.box.height = d.label.empty() ? 44 : 2.2 * (lines + inclusive_room);
      d.box.width = d.label.empty() ? 44 : std::max(110.0, (width + 8) * 2.2 / 1.2);
      break;
    case node_kind::start:
    case node_kind::end: // and an ellipse where (w/W)² + (h/H)² is 1
      d.box.width = std::max(90.0, 1.42 * width + 16);
      d.box.height = std::max(38.0, 1.42 * lines + 8);
      break;
    case node_kind::fork:
    case node_kind::join: d.box.height = 7; break; // its width follows from the branches
    }
  }

  /// A bar reaches from the middle of its first branch to that of its last.
  void measure_bars() {
    for (std::size_t n = 0; n < out_.nodes.size(); ++n) {
      drawn_node& bar = out_.nodes[n];
      if (!is_bar(bar.kind)) continue;
      double narrowest = 1e9;
      double sum = 0;
      for (std::size_t a = 0; a < ends_.from.size(); ++a) {
        const bool fork = bar.kind == node_kind::fork;
        const std::size_t branch = fork ? ends_.to[a] : ends_.from[a];
        if ((fork ? ends_.from[a] : ends_.to[a]) != n || branch == detail::no_end) continue;
        const double width = std::max(out_.nodes[branch].box.width, 60.0);
        narrowest = std::min(narrowest, width);
        sum += width + branch_gap;
      }
      const bool lanes = options_.lanes == flowchart_lanes::departments; // a bar stays in its own
      bar.box.width = std::clamp(sum - narrowest, 90.0, lanes ? 130.0 : 1'200.0);
    }
  }

  void add_arrow(std::size_t a) {
    drawn_arrow d;
    d.from = ends_.from[a];
    d.to = ends_.to[a];
    d.label = detail::wrap(
        detail::cut(detail::arrow_label(chart_, ends_, a, options_.in), options_.characters), 12);
    if (!d.label.empty()) {
      d.label_box.width = widest(d.label, detail_size) + 10;
      d.label_box.height = static_cast<double>(d.label.size()) * detail_line + 4;
    }
    out_.arrows.push_back(std::move(d));
  }

  result<flowchart_layout> place() {
    std::vector<detail::layout_node> nodes;
    for (const drawn_node& n : out_.nodes) nodes.push_back({n.box.width, n.box.height, n.kind});
    std::vector<detail::layout_arrow> arrows;
    std::vector<std::size_t> which;
    const std::vector<bool> back = arrows_back(chart_, ends_);
    std::vector<std::size_t> returns(out_.nodes.size()); // arrows that go back to a node
    for (std::size_t a = 0; a < back.size(); ++a)
      if (back[a]) ++returns[ends_.to[a]];
    for (std::size_t a = 0; a < out_.arrows.size(); ++a) {
      const drawn_arrow& d = out_.arrows[a];
      if (d.from == detail::no_end || d.to == detail::no_end) continue;
      const bool goes_back = back[a];
      arrows.push_back({d.from, d.to, d.label_box.width, d.label_box.height, weight(d, goes_back),
                        goes_back && returns[d.to] <= most_at_a_side
                            ? detail::arrow_course::back
                            : detail::arrow_course::forward});
      which.push_back(a);
    }
    result<detail::laid_out> laid = detail::place_graph(nodes, arrows);
    if (!laid) return laid.error();
    if (options_.lanes == flowchart_lanes::departments)
      return place_in_lanes(nodes, arrows, which, *laid);
    out_.width = laid->width;
    out_.height = laid->height;
    for (std::size_t n = 0; n < nodes.size(); ++n) out_.nodes[n].box.centre = laid->centres[n];
    for (std::size_t i = 0; i < which.size(); ++i) {
      drawn_arrow& d = out_.arrows[which[i]];
      d.curve = std::move(laid->arrows[i].curve);
      d.tip = laid->arrows[i].tip;
      d.label_box.centre = laid->arrows[i].label;
      spread(d);
    }
    return std::move(out_);
  }

  result<flowchart_layout> place_in_lanes(const std::vector<detail::layout_node>& nodes,
                                          const std::vector<detail::layout_arrow>& arrows,
                                          const std::vector<std::size_t>& which,
                                          const detail::laid_out& laid) {
    const detail::lane_plan plan = detail::plan_lanes(chart_, ends_);
    std::vector<double> least;
    for (const department_id& d : plan.departments) {
      out_.lanes.push_back({lane_name(d), {}});
      least.push_back(text_width(out_.lanes.back().name) * label_size + 2 * padding);
    }
    const detail::lane_columns set = detail::set_in_lanes(plan, nodes, laid, least);
    auto routed = detail::route_arrows(nodes, set.centres, arrows);
    if (!routed) return std::move(routed.error());
    out_.width = set.width;
    out_.height = set.height;
    for (std::size_t i = 0; i < set.lanes.size(); ++i) out_.lanes[i].box = set.lanes[i];
    for (std::size_t n = 0; n < nodes.size(); ++n) out_.nodes[n].box.centre = set.centres[n];
    for (std::size_t i = 0; i < which.size(); ++i) {
      drawn_arrow& d = out_.arrows[which[i]];
      d.curve = std::move((*routed)[i].curve);
      d.tip = (*routed)[i].tip;
    }
    widen_for_arrows();
    detail::place_labels(out_);
    return std::move(out_);
  }

  std::string lane_name(const department_id& d) const {
    if (d.empty()) return out_.in == language::zh ? "本部门" : "own department";
    const std::string name = options_.department_name ? options_.department_name(d) : d.text();
    return detail::cut(name, options_.characters);
  }

  /// Arrows that go back may swing out of the picture: the last lanes are made to hold them.
  void widen_for_arrows() {
    double left = 0;
    double right = out_.width;
    for (const drawn_arrow& a : out_.arrows)
      for (const drawn_point& p : a.curve) {
        left = std::min(left, p.x - 8);
        right = std::max(right, p.x + 8);
      }
    const auto move = [&](drawn_point& p) { p.x -= left; };
    for (drawn_node& n : out_.nodes) move(n.box.centre);
    for (drawn_arrow& a : out_.arrows) {
      std::for_each(a.curve.begin(), a.curve.end(), move);
      move(a.tip);
    }
    for (drawn_lane& l : out_.lanes) move(l.box.centre);
    const auto widen = [](drawn_lane& l, double by, double side) {
      l.box.width += by;
      l.box.centre.x += side * by / 2;
    };
    if (out_.lanes.empty()) return;
    widen(out_.lanes.front(), -left, -1);
    widen(out_.lanes.back(), right - out_.width, 1);
    out_.width = right - left;
  }

  /// Branches lie right below their fork and as far above their join as they like.
  int weight(const drawn_arrow& d, bool goes_back) const {
    if (goes_back || out_.nodes[d.to].kind == node_kind::join) return 1;
    return out_.nodes[d.from].kind == node_kind::fork ? 4 : 8;
  }

  /// Graphviz aims at the middle of a bar; arrows should touch it side by side and upright, below
  /// where they come from or above where they go to.
  void spread(drawn_arrow& d) const {
    if (d.curve.size() < 4) return;
    const auto side_by_side = [](const drawn_box& bar, double x) {
      const double room = bar.width / 2 - 10;
      return std::clamp(x, bar.centre.x - room, bar.centre.x + room);
    };
    constexpr double head = 8; // the length of an arrow's head
    const std::size_t last = d.curve.size() - 1;
    if (const drawn_node& from = out_.nodes[d.from]; from.kind == node_kind::fork) {
      if (last == 3) d.curve[3] = {d.tip.x, d.tip.y - head};
      d.curve[0].x = side_by_side(from.box, d.curve[3].x);
      const double middle = (d.curve[0].y + d.curve[3].y) / 2;
      d.curve[1] = {d.curve[0].x, middle};
      if (last == 3) d.curve[2] = {d.curve[3].x, middle};
    }
    if (const drawn_node& to = out_.nodes[d.to]; to.kind == node_kind::join) {
      d.tip = {side_by_side(to.box, d.curve[last - 3].x), to.box.centre.y - to.box.height / 2};
      d.curve[last] = {d.tip.x, d.tip.y - head};
      const double middle = (d.curve[last].y + d.curve[last - 3].y) / 2;
      d.curve[last - 1] = {d.curve[last].x, middle};
      if (last == 3) d.curve[1] = {d.curve[0].x, middle};
    }
  }

  const flowchart& chart_;
  const flowchart_layout_options& options_;
  detail::arrow_ends_of ends_;
  flowchart_layout out_;
};

} // namespace

result<flowchart_layout> lay_out(const flowchart& chart, const flowchart_layout_options& options) {
  return chart_layout(chart, options).run();
}

} // namespace banli
