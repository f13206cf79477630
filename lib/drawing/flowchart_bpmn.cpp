#include <banli/drawing/flowchart_bpmn.hpp>

#include <algorithm>
#include <cmath>

#include "drawing/flowchart_labels.hpp"
#include "drawing/flowchart_text.hpp"
#include "drawing/lanes.hpp"
#include "drawing/layout.hpp"

namespace banli {
namespace {

constexpr double event_size = 36;
constexpr double gateway_size = 50;
constexpr double least_task_width = 100;
constexpr double least_task_height = 80;
constexpr double pool_header = 30;

bool is_event(node_kind k) { return k == node_kind::start || k == node_kind::end; }

struct measured {
  double width = 0;
  double height = 0;
};

measured size_of(const std::vector<std::string>& lines) {
  measured out{0, static_cast<double>(lines.size()) * detail::label_line};
  for (const std::string& line : lines)
    out.width = std::max(out.width, detail::text_width(line) * detail::label_size);
  return out;
}

class bpmn_layout {
 public:
  bpmn_layout(const flowchart& chart, const flowchart_layout_options& options)
      : chart_(chart), options_(options), ends_(detail::arrow_ends(chart)) {}

  result<bpmn_picture> run() {
    if (chart_.nodes.size() > options_.nodes || chart_.arrows.size() > options_.arrows)
      return make_error(
          errc::limit_exceeded,
          "flowchart '{}' is too large to draw: {} nodes and {} arrows, at most {} and {}",
          "流程图“{}”过大,无法绘制:{} 个节点、{} 个箭头,最多 {} 和 {}", chart_.name,
          chart_.nodes.size(), chart_.arrows.size(), options_.nodes, options_.arrows);
    for (const node& n : chart_.nodes) add_node(n);
    for (std::size_t a = 0; a < chart_.arrows.size(); ++a) add_arrow(a);
    auto laid = detail::place_graph(boxes_, lines_);
    if (!laid) return std::move(laid.error());
    if (has_lanes()) return in_lanes(*laid);
    out_.arrows.resize(chart_.arrows.size());
    for (std::size_t n = 0; n < boxes_.size(); ++n) put_node(n, laid->centres[n]);
    for (std::size_t i = 0; i < which_.size(); ++i) put_arrow(i, laid->arrows[i]);
    return std::move(out_);
  }

 private:
  void add_node(const node& n) {
    const std::string shown = detail::cut(n.shown(), options_.characters);
    if (n.kind == node_kind::step) {
      const measured text = size_of(detail::wrap(shown, 10));
      sizes_.push_back({std::max(least_task_width, text.width + 16),
                        std::max(least_task_height, text.height + 24)});
      boxes_.push_back({sizes_.back().width, sizes_.back().height, node_kind::step});
      return;
    }
    // Tools write the names of events and gateways beside them: there is room on both sides.
    const double size = is_event(n.kind) ? event_size : gateway_size;
    const measured text = size_of(detail::wrap(shown, 8));
    sizes_.push_back({size, size});
    labels_.resize(sizes_.size());
    labels_.back() = text;
    boxes_.push_back({size + 2 * (text.width + 8), std::max(size, text.height), node_kind::step});
  }

  void add_arrow(std::size_t a) {
    const std::size_t from = ends_.from[a];
    const std::size_t to = ends_.to[a];
    if (from == detail::no_end || to == detail::no_end) return;
    const measured text =
        size_of(detail::wrap(detail::cut(chart_.arrows[a].label, options_.characters), 12));
    detail::layout_arrow line{from, to};
    if (!chart_.arrows[a].label.empty()) {
      line.label_width = text.width + 10;
      line.label_height = text.height + 4;
    }
    lines_.push_back(line);
    which_.push_back(a);
  }

  bool has_lanes() const {
    return options_.lanes == flowchart_lanes::departments ||
           std::any_of(chart_.nodes.begin(), chart_.nodes.end(), [](const node& n) {
             return n.kind == node_kind::step && !n.department.empty();
           });
  }

  result<bpmn_picture> in_lanes(const detail::laid_out& laid) {
    const detail::lane_plan plan = detail::plan_lanes(chart_, ends_);
    std::vector<double> least;
    for (const department_id& d : plan.departments) {
      const bool named = !d.empty() && options_.department_name;
      out_.lanes.push_back({named ? options_.department_name(d) : d.text(), {}, {}});
      least.push_back(detail::text_width(out_.lanes.back().department) * detail::label_size + 28);
    }
    const detail::lane_columns set = detail::set_in_lanes(plan, boxes_, laid, least);
    auto routed = detail::route_arrows(boxes_, set.centres, lines_);
    if (!routed) return std::move(routed.error());
    down_ = pool_header;
    for (std::size_t i = 0; i < set.lanes.size(); ++i) {
      const drawn_box& l = set.lanes[i];
      out_.lanes[i].area = {l.centre.x - l.width / 2, l.centre.y - l.height / 2 + down_, l.width,
                            l.height};
    }
    out_.pool = {0, 0, set.width, set.height + pool_header};
    out_.arrows.resize(chart_.arrows.size());
    for (std::size_t n = 0; n < boxes_.size(); ++n) {
      out_.lanes[plan.lane_of[n]].nodes.push_back(n);
      put_node(n, set.centres[n]);
    }
    for (std::size_t i = 0; i < which_.size(); ++i) {
      detail::laid_arrow& a = (*routed)[i];
      if (!a.curve.empty()) a.label = a.curve[a.curve.size() / 2];
      put_arrow(i, a);
    }
    return std::move(out_);
  }

  void put_node(std::size_t n, drawn_point centre) {
    const measured& size = sizes_[n];
    out_.nodes.push_back(
        {centre.x - size.width / 2, centre.y + down_ - size.height / 2, size.width, size.height});
    out_.labels.emplace_back();
    if (n >= labels_.size() || labels_[n].width <= 0) return;
    out_.labels.back() = {centre.x + size.width / 2 + 4, centre.y + down_ - labels_[n].height / 2,
                          labels_[n].width, labels_[n].height};
  }

  /// The curve as a line of few points that begins and ends at the outlines of its shapes.
  void put_arrow(std::size_t i, const detail::laid_arrow& laid) {
    const detail::layout_arrow& of = lines_[i];
    bpmn_picture::line& line = out_.arrows[which_[i]];
    const std::vector<drawn_point>& c = laid.curve;
    std::vector<bpmn_picture::point> points;
    for (std::size_t piece = 0; piece + 3 < c.size(); piece += 3)
      for (int step = points.empty() ? 0 : 1; step <= 4; ++step) {
        const double t = step / 4.0;
        const double s = 1 - t;
        const auto mix = [&](double p, double q, double r, double z) {
          return s * s * s * p + 3 * s * s * t * q + 3 * s * t * t * r + t * t * t * z;
        };
        points.push_back({mix(c[piece].x, c[piece + 1].x, c[piece + 2].x, c[piece + 3].x),
                          mix(c[piece].y, c[piece + 1].y, c[piece + 2].y, c[piece + 3].y) + down_});
      }
    if (points.empty()) points = {middle(of.from), middle(of.to)};
    straighten(points);
    points.front() = outline(of.from, points.size() > 2 ? points[1] : middle(of.to));
    points.back() = outline(of.to, points.size() > 2 ? points[points.size() - 2] : middle(of.from));
    line.points = std::move(points);
    if (of.label_width > 0)
      line.label = {laid.label.x - of.label_width / 2, laid.label.y + down_ - of.label_height / 2,
                    of.label_width, of.label_height};
  }

  /// Leaves out points that lie on the way between their neighbours.
  static void straighten(std::vector<bpmn_picture::point>& points) {
    constexpr double off_the_way = 1.5;
    for (std::size_t i = 1; i + 1 < points.size();) {
      const auto& a = points[i - 1];
      const auto& b = points[i + 1];
      const double length = std::hypot(b.x - a.x, b.y - a.y);
      const double off =
          length < 1
              ? 0
              : std::abs((b.x - a.x) * (a.y - points[i].y) - (a.x - points[i].x) * (b.y - a.y)) /
                    length;
      if (off < off_the_way)
        points.erase(points.begin() + static_cast<std::ptrdiff_t>(i));
      else
        ++i;
    }
  }

  bpmn_picture::point middle(std::size_t n) const {
    const bpmn_picture::box& b = out_.nodes[n];
    return {b.x + b.width / 2, b.y + b.height / 2};
  }

  /// Where the line from the middle of a shape to a point crosses its outline.
  bpmn_picture::point outline(std::size_t n, bpmn_picture::point to) const {
    const bpmn_picture::point at = middle(n);
    const double x = std::abs(to.x - at.x) / (out_.nodes[n].width / 2);
    const double y = std::abs(to.y - at.y) / (out_.nodes[n].height / 2);
    const node_kind kind = chart_.nodes[n].kind;
    // How far away the point is, with the outline at 1: a circle, a box or a diamond.
    const double far = is_event(kind)            ? std::hypot(x, y)
                       : kind == node_kind::step ? std::max(x, y)
                                                 : x + y;
    if (far < 1e-6) return {at.x, at.y + out_.nodes[n].height / 2};
    return {at.x + (to.x - at.x) / far, at.y + (to.y - at.y) / far};
  }

  const flowchart& chart_;
  const flowchart_layout_options& options_;
  detail::arrow_ends_of ends_;
  std::vector<measured> sizes_;            // of the shapes
  std::vector<measured> labels_;           // beside them
  std::vector<detail::layout_node> boxes_; // of the shapes with their labels
  std::vector<detail::layout_arrow> lines_;
  std::vector<std::size_t> which_; // by line: the arrow
  double down_ = 0;                // how far everything moves for the header of the pool
  bpmn_picture out_;
};

} // namespace

result<bpmn_picture> bpmn_picture_of(const flowchart& chart,
                                     const flowchart_layout_options& options) {
  return bpmn_layout(chart, options).run();
}

result<std::string> flowchart_bpmn(const flowchart& chart,
                                   const flowchart_layout_options& options) {
  auto picture = bpmn_picture_of(chart, options);
  if (!picture) return std::move(picture.error());
  return to_bpmn(chart, *picture);
}

result<std::string> flowchart_bpmn(const flowchart& chart, const bpmn_document& from,
                                   const flowchart_layout_options& options) {
  if (from.ours && chart != from.chart)
    if (const auto alone = flowchart_bpmn(from.chart, options); alone && *alone == from.source)
      return flowchart_bpmn(chart, options);
  return change_bpmn(from, chart);
}

} // namespace banli
