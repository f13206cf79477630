#include <algorithm>

#include "drawing/flowchart_labels.hpp"
#include "drawing/flowchart_text.hpp"
#include "drawing/layout.hpp"

namespace banli {
namespace {

using detail::detail_line;
using detail::detail_size;
using detail::label_line;
using detail::label_size;
using detail::text_width;

constexpr double padding = 14;

double widest(const std::vector<std::string>& lines, double size) {
  double width = 0;
  for (const std::string& line : lines) width = std::max(width, text_width(line) * size);
  return width;
}

/// Measures every label and asks for positions.
class chart_layout {
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
    const bool bar = from.kind == node_kind::fork || from.kind == node_kind::join;
    const double ems = from.kind == node_kind::step ? 12 : 8;
    if (!bar) d.label = detail::wrap(detail::cut(from.shown(), options_.characters), ems);
    if (from.kind == node_kind::step)
      for (const std::string& line : detail::details(from, naming()))
        for (std::string& part : detail::wrap(detail::cut(line, options_.characters), 15))
          d.details.push_back(std::move(part));
    measure(d, n);
    out_.nodes.push_back(std::move(d));
  }

  detail::node_naming naming() const {
    return {options_.in, options_.post_name, options_.department_name};
  }

  void measure(drawn_node& d, std::size_t n) const {
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
    case node_kind::start:
    case node_kind::end: // and an ellipse where (w/W)² + (h/H)² is 1
      d.box.width = std::max(90.0, 1.42 * width + 16);
      d.box.height = std::max(38.0, 1.42 * lines + 8);
      break;
    case node_kind::fork:
    case node_kind::join:
      d.box.width = std::max(90.0, 60.0 * static_cast<double>(ends_.degree[n]));
      d.box.height = 7;
      break;
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
    for (std::size_t a = 0; a < out_.arrows.size(); ++a) {
      const drawn_arrow& d = out_.arrows[a];
      if (d.from == detail::no_end || d.to == detail::no_end) continue;
      arrows.push_back({d.from, d.to, d.label_box.width, d.label_box.height});
      which.push_back(a);
    }
    result<detail::laid_out> laid = detail::place_graph(nodes, arrows);
    if (!laid) return laid.error();
    out_.width = laid->width;
    out_.height = laid->height;
    for (std::size_t n = 0; n < nodes.size(); ++n) out_.nodes[n].box.centre = laid->centres[n];
    for (std::size_t i = 0; i < which.size(); ++i) {
      drawn_arrow& d = out_.arrows[which[i]];
      d.curve = std::move(laid->arrows[i].curve);
      d.tip = laid->arrows[i].tip;
      d.label_box.centre = laid->arrows[i].label;
    }
    return std::move(out_);
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
