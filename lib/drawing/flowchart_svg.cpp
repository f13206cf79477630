#include <banli/drawing/flowchart_svg.hpp>

#include <algorithm>
#include <cmath>

#include "drawing/flowchart_text.hpp"
#include "drawing/lanes.hpp"

namespace banli {
namespace {

using detail::detail_line;
using detail::label_line;
using detail::xml_escape;

// Every rule is bound to .banli-flowchart, because a style sheet inside an SVG holds for the whole
// page it stands in.
constexpr std::string_view chart_style = R"(
.banli-flowchart{font-family:"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
.banli-flowchart text{text-anchor:middle;fill:#1c2733;font-size:14px}
.banli-flowchart .detail{fill:#56657a;font-size:12px}
.banli-flowchart .note{fill:#8a4b00;font-size:12px;font-weight:600}
.banli-flowchart .shape{fill:#fff;stroke:#6a7b90;stroke-width:1.3}
.banli-flowchart .start .shape,.banli-flowchart .end .shape{fill:#eef2f6}
.banli-flowchart .decision .shape{fill:#fbf8ec;stroke:#94854b}
.banli-flowchart .fork .shape,.banli-flowchart .join .shape{fill:#3b4858;stroke:none}
.banli-flowchart .line{fill:none;stroke:#8593a5;stroke-width:1.3}
.banli-flowchart .head{fill:#8593a5}
.banli-flowchart .label{font-size:12px;paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}
.banli-flowchart .taken .line{stroke:#1f5fa8;stroke-width:2.4}
.banli-flowchart .taken .head{fill:#1f5fa8}
.banli-flowchart .taken .label{fill:#1f5fa8;font-weight:600}
.banli-flowchart .waiting .line{stroke:#b86e00;stroke-width:2.4;stroke-dasharray:6 4}
.banli-flowchart .waiting .head{fill:#b86e00}
.banli-flowchart .visited .shape{fill:#e7f0fb;stroke:#1f5fa8;stroke-width:1.8}
.banli-flowchart .fork.visited .shape,.banli-flowchart .join.visited .shape{fill:#1f5fa8}
.banli-flowchart .resting .shape{fill:#fff0cc;stroke:#b86e00;stroke-width:2.6}
.banli-flowchart .fault .shape{fill:#fdeaea;stroke:#c0242b;stroke-width:2.6}
.banli-flowchart .fork.fault .shape,.banli-flowchart .join.fault .shape{fill:#c0242b}
.banli-flowchart .badge rect{fill:#1f5fa8}
.banli-flowchart .badge text{fill:#fff;font-size:11px;font-weight:600}
.banli-flowchart .risk{fill:#d9480f}
)";

// Only pictures with lanes carry these.
constexpr std::string_view lane_style = R"(
.banli-flowchart .lane rect{fill:none;stroke:#c3ccd6;stroke-width:1}
.banli-flowchart .lane .name{fill:#eef2f6}
.banli-flowchart .lane text{font-size:14px;font-weight:600}
)";

// Only pictures with inclusive decisions or joins carry these.
constexpr std::string_view inclusive_style = R"(
.banli-flowchart .inclusive_decision .shape,.banli-flowchart .inclusive_join .shape{fill:#fbf8ec;stroke:#94854b}
.banli-flowchart .visited circle.shape,.banli-flowchart .resting circle.shape,.banli-flowchart .fault circle.shape{fill:none}
)";

std::string style_of(const flowchart_layout& layout) {
  std::string out;
  if (std::any_of(layout.nodes.begin(), layout.nodes.end(), [](const drawn_node& n) {
        return n.kind == node_kind::inclusive_decision || n.kind == node_kind::inclusive_join;
      }))
    out = inclusive_style; // before the rest, so that marks are seen
  out += chart_style;
  if (!layout.lanes.empty()) out += lane_style;
  return out;
}

/// A coordinate: one decimal is a tenth of a pixel.
std::string num(double n) {
  std::string s = fmt::format("{:.1f}", n);
  if (s.ends_with(".0")) s.resize(s.size() - 2);
  return s == "-0" ? "0" : s;
}

std::string point(drawn_point p) { return num(p.x) + "," + num(p.y); }

class svg_writer {
 public:
  svg_writer(const flowchart_layout& layout, const flowchart_marks& marks)
      : layout_(layout), marks_(marks) {
    node_class_.resize(layout.nodes.size());
    arrow_class_.resize(layout.arrows.size());
    read_marks();
  }

  std::string run() {
    const std::string width = num(std::ceil(layout_.width));
    const std::string height = num(std::ceil(layout_.height));
    out_ = fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" class="banli-flowchart" role="img" lang="{4}" )"
        R"(viewBox="0 0 {0} {1}" width="{0}" height="{1}" style="max-width:100%;height:auto">)"
        "\n<title>{2}</title>\n<style>{3}</style>\n",
        width, height, xml_escape(layout_.name), style_of(layout_),
        layout_.in == language::zh ? "zh-CN" : "en");
    for (const drawn_lane& l : layout_.lanes) lane(l);
    // What is marked is drawn over what is not, and boxes over lines.
    for (const bool marked : {false, true})
      for (std::size_t a = 0; a < layout_.arrows.size(); ++a)
        if (!arrow_class_[a].empty() == marked) arrow(a);
    for (std::size_t n = 0; n < layout_.nodes.size(); ++n) node(n);
    return std::move(out_ += "</svg>\n");
  }

 private:
  void read_marks() {
    const auto add = [](std::vector<std::string>& classes, std::size_t i, std::string_view name) {
      if (i < classes.size() && classes[i].find(name) == std::string::npos)
        classes[i] += " " + std::string(name);
    };
    visits_.resize(layout_.nodes.size());
    notes_.resize(layout_.nodes.size());
    for (std::size_t i = 0; i < marks_.visited.size(); ++i) {
      const auto n = static_cast<std::size_t>(marks_.visited[i]);
      if (n >= visits_.size()) continue;
      visits_[n].push_back(i + 1);
      add(node_class_, n, "visited");
    }
    for (const arrow_index a : marks_.taken) {
      const auto i = static_cast<std::size_t>(a);
      add(arrow_class_, i, "taken");
      if (i >= layout_.arrows.size()) continue;
      // What is no step was visited when a token went on from there, or came to its end.
      const std::size_t from = layout_.arrows[i].from;
      const std::size_t to = layout_.arrows[i].to;
      if (from < layout_.nodes.size() && layout_.nodes[from].kind != node_kind::step)
        add(node_class_, from, "visited");
      if (to < layout_.nodes.size() && layout_.nodes[to].kind == node_kind::end)
        add(node_class_, to, "visited");
    }
    for (const arrow_index a : marks_.waiting)
      add(arrow_class_, static_cast<std::size_t>(a), "waiting");
    for (const node_index n : marks_.resting)
      add(node_class_, static_cast<std::size_t>(n), "resting");
    for (const node_index n : marks_.faults) add(node_class_, static_cast<std::size_t>(n), "fault");
    for (const node_note& note : marks_.notes)
      if (const auto n = static_cast<std::size_t>(note.node); n < notes_.size())
        notes_[n].push_back(&note.text);
  }

  void lane(const drawn_lane& l) {
    const double x = l.box.centre.x - l.box.width / 2;
    out_ += fmt::format(R"(<g class="lane"><rect class="name" x="{0}" y="0" width="{1}" )"
                        R"(height="{2}"/><rect x="{0}" y="0" width="{1}" height="{3}"/>)",
                        num(x), num(l.box.width), num(detail::lane_header), num(l.box.height));
    text({}, {l.box.centre.x, detail::lane_header / 2 + 5}, l.name);
    out_ += "</g>\n";
  }

  void arrow(std::size_t a) {
    const drawn_arrow& d = layout_.arrows[a];
    if (d.curve.empty()) return;
    out_ += fmt::format(R"(<g class="arrow{}"><path class="line" d="M{})", arrow_class_[a],
                        point(d.curve.front()));
    for (std::size_t i = 1; i + 2 < d.curve.size(); i += 3)
      out_ +=
          fmt::format("C{} {} {}", point(d.curve[i]), point(d.curve[i + 1]), point(d.curve[i + 2]));
    out_ += "\"/>";
    head(d.curve.back(), d.tip);
    double y =
        d.label_box.centre.y - (static_cast<double>(d.label.size()) - 1) * detail_line / 2 + 4;
    for (const std::string& line : d.label) {
      text("label", {d.label_box.centre.x, y}, line);
      y += detail_line;
    }
    out_ += "</g>\n";
  }

  void head(drawn_point base, drawn_point tip) {
    const double dx = tip.x - base.x;
    const double dy = tip.y - base.y;
    const double length = std::hypot(dx, dy);
    if (length < 0.5) return;
    constexpr double half_width = 3.6;
    const drawn_point side{-dy / length * half_width, dx / length * half_width};
    out_ += fmt::format(R"(<path class="head" d="M{}L{}L{}Z"/>)", point(tip),
                        point({base.x + side.x, base.y + side.y}),
                        point({base.x - side.x, base.y - side.y}));
  }

  void text(std::string_view css, drawn_point p, std::string_view words) {
    out_ += fmt::format(R"(<text{} x="{}" y="{}">{}</text>)",
                        css.empty() ? "" : fmt::format(R"( class="{}")", css), num(p.x), num(p.y),
                        xml_escape(words));
  }

  void node(std::size_t n) {
    const drawn_node& d = layout_.nodes[n];
    std::string tooltip = d.tooltip;
    for (const std::string* note : notes_[n])
      tooltip += (layout_.in == language::zh ? ";" : "; ") + *note;
    out_ += fmt::format(R"(<g class="{}{}" data-node="{}"><title>{}</title>)", to_string(d.kind),
                        node_class_[n], xml_escape(d.id), xml_escape(tooltip));
    shape(d);
    lines(n);
    if (d.risky) risk_sign(d.box);
    if (!visits_[n].empty()) badge(d.box, visits_[n]);
    out_ += "</g>\n";
  }

  void shape(const drawn_node& d) {
    const auto [c, w, h] = d.box;
    switch (d.kind) {
    case node_kind::start:
    case node_kind::end:
      out_ += fmt::format(R"(<ellipse class="shape" cx="{}" cy="{}" rx="{}" ry="{}"/>)", num(c.x),
                          num(c.y), num(w / 2), num(h / 2));
      break;
    case node_kind::decision: diamond(d.box); break;
    case node_kind::inclusive_decision:
    case node_kind::inclusive_join:
      diamond(d.box);
      out_ += fmt::format(R"(<circle class="shape" cx="{}" cy="{}" r="{}"/>)", num(c.x),
                          num(d.label.empty() ? c.y : circle_above(d)), num(detail::circle_radius));
      break;
    case node_kind::step:
    case node_kind::fork:
    case node_kind::join:
      out_ += fmt::format(R"(<rect class="shape" x="{}" y="{}" width="{}" height="{}" rx="{}"/>)",
                          num(c.x - w / 2), num(c.y - h / 2), num(w), num(h),
                          d.kind == node_kind::step ? 4 : 2);
      break;
    }
  }

  void diamond(const drawn_box& b) {
    const auto [c, w, h] = b;
    out_ += fmt::format(R"(<path class="shape" d="M{}L{}L{}L{}Z"/>)", point({c.x, c.y - h / 2}),
                        point({c.x + w / 2, c.y}), point({c.x, c.y + h / 2}),
                        point({c.x - w / 2, c.y}));
  }

  /// The middle of the circle that stands above the label of an inclusive decision or join.
  static double circle_above(const drawn_node& d) {
    return d.box.centre.y - static_cast<double>(d.label.size()) * label_line / 2;
  }

  /// Label, details and notes, one block in the middle of the box; room kept for notes stays free.
  void lines(std::size_t n) {
    const drawn_node& d = layout_.nodes[n];
    const double notes = d.kind == node_kind::step ? layout_.note_lines * detail_line : 0;
    const double height = static_cast<double>(d.label.size()) * label_line +
                          static_cast<double>(d.details.size()) * detail_line + notes;
    double y = d.box.centre.y - height / 2;
    if (d.kind == node_kind::inclusive_decision || d.kind == node_kind::inclusive_join)
      y += detail::inclusive_room / 2;
    for (const std::string& line : d.label) {
      text({}, {d.box.centre.x, y + 15}, line);
      y += label_line;
    }
    for (const std::string& line : d.details) {
      text("detail", {d.box.centre.x, y + 12}, line);
      y += detail_line;
    }
    if (notes == 0) return;
    const auto room = static_cast<std::size_t>(layout_.note_lines);
    for (std::size_t i = 0; i < std::min(notes_[n].size(), room); ++i) {
      text("note", {d.box.centre.x, y + 12},
           detail::fitted(*notes_[n][i], (d.box.width - 12) / 12));
      y += detail_line;
    }
  }

  void risk_sign(const drawn_box& b) {
    const double x = b.centre.x + b.width / 2 - 9;
    const double y = b.centre.y - b.height / 2 + 4;
    out_ += fmt::format(R"(<path class="risk" d="M{}L{}L{}Z"/>)", point({x, y}),
                        point({x + 5.5, y + 9.5}), point({x - 5.5, y + 9.5}));
  }

  void badge(const drawn_box& b, const std::vector<std::size_t>& visits) {
    constexpr std::size_t shown = 3;
    std::string words;
    for (std::size_t i = 0; i < std::min(visits.size(), shown); ++i)
      words += fmt::format("{}{}", i == 0 ? "" : ",", visits[i]);
    if (visits.size() > shown) words += "…";
    const double width = std::max(18.0, detail::text_width(words) * 11 + 8);
    const double x = b.centre.x - b.width / 2;
    const double y = b.centre.y - b.height / 2;
    out_ += fmt::format(R"(<g class="badge"><rect x="{}" y="{}" width="{}" height="18" rx="9"/>)",
                        num(x - 7), num(y - 9), num(width));
    text({}, {x - 7 + width / 2, y + 4}, words);
    out_ += "</g>";
  }

  const flowchart_layout& layout_;
  const flowchart_marks& marks_;
  std::vector<std::string> node_class_; // " visited resting"
  std::vector<std::string> arrow_class_;
  std::vector<std::vector<std::size_t>> visits_;
  std::vector<std::vector<const std::string*>> notes_;
  std::string out_;
};

} // namespace

std::string flowchart_svg(const flowchart_layout& layout, const flowchart_marks& marks) {
  return svg_writer(layout, marks).run();
}

} // namespace banli
