#include <banli/drawing/flowchart_svg.hpp>

#include <algorithm>
#include <cmath>
#include <random>
#include <thread>

#include <doctest/doctest.h>

#include "../flowchart/charts.hpp"
#include "drawing/flowchart_text.hpp"
#include "flowchart_charts.hpp"
#include "flowchart_golden.hpp"

using namespace banli;

namespace {

std::size_t count(const std::string& in, const std::string& what) {
  std::size_t n = 0;
  for (std::size_t at = in.find(what); at != std::string::npos; at = in.find(what, at + 1)) ++n;
  return n;
}

/// Whether every element is closed in order and every < and & is part of markup.
bool well_formed(const std::string& xml) {
  std::vector<std::string> open;
  for (std::size_t i = 0; i < xml.size(); ++i) {
    if (xml[i] == '&') {
      const std::size_t end = xml.find(';', i);
      if (end == std::string::npos || end - i > 6) return false;
    }
    if (xml[i] != '<') continue;
    const std::size_t end = xml.find('>', i);
    if (end == std::string::npos) return false;
    const std::string tag = xml.substr(i + 1, end - i - 1);
    if (tag.find('<') != std::string::npos || count(tag, "\"") % 2 != 0) return false;
    const std::string name = tag.substr(0, tag.find(' '));
    if (name.front() == '/') {
      if (open.empty() || open.back() != name.substr(1)) return false;
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(name);
    }
    i = end;
  }
  return open.empty();
}

bool overlap(const drawn_box& a, const drawn_box& b) {
  return std::abs(a.centre.x - b.centre.x) < (a.width + b.width) / 2 - 0.5 &&
         std::abs(a.centre.y - b.centre.y) < (a.height + b.height) / 2 - 0.5;
}

double widest(const std::vector<std::string>& lines) {
  double w = 0;
  for (const std::string& line : lines) w = std::max(w, detail::text_width(line));
  return w;
}

/// Text lies inside its shape, and boxes and labels lie apart and inside the picture.
void check_geometry(const flowchart_layout& l) {
  std::vector<drawn_box> boxes;
  for (const drawn_node& n : l.nodes) {
    CAPTURE(n.id);
    const double w = widest(n.label) * 14;
    const double h = static_cast<double>(n.label.size()) * 20;
    if (n.kind == node_kind::step) {
      CHECK(std::max(w, widest(n.details) * 12) <= n.box.width);
      CHECK(h + static_cast<double>(n.details.size()) * 17 <= n.box.height);
    }
    if (n.kind == node_kind::decision) CHECK(w / n.box.width + h / n.box.height <= 1.0001);
    if (is_decision(n.kind) && n.kind != node_kind::decision) // below its circle
      CHECK(w / n.box.width + (h + detail::inclusive_room) / n.box.height <= 1.0001);
    if (n.kind == node_kind::end) CHECK(std::hypot(w / n.box.width, h / n.box.height) <= 1.0001);
    boxes.push_back(n.box);
  }
  for (const drawn_arrow& a : l.arrows)
    if (!a.label.empty()) {
      CHECK(widest(a.label) * 12 <= a.label_box.width);
      boxes.push_back(a.label_box);
    }
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    CHECK(boxes[i].centre.x - boxes[i].width / 2 >= 0);
    CHECK(boxes[i].centre.y - boxes[i].height / 2 >= 0);
    CHECK(boxes[i].centre.x + boxes[i].width / 2 <= l.width);
    CHECK(boxes[i].centre.y + boxes[i].height / 2 <= l.height);
    for (std::size_t j = 0; j < i; ++j) CHECK_FALSE(overlap(boxes[i], boxes[j]));
  }
}

node_index at(const flow_net& net, const char* id) { return net.index(node_id{id}).value(); }

/// A case that failed its first review once and now waits for the second.
flowchart_marks second_try(const flow_net& net) {
  const std::vector<flow_move> moves{
      {at(net, "采集"), {}}, {at(net, "初审"), {}}, {at(net, "初审结果"), {arrow_index{4}}},
      {at(net, "采集"), {}}, {at(net, "初审"), {}}, {at(net, "初审结果"), {arrow_index{3}}}};
  flowchart_marks marks = marks_of(net, moves);
  marks.notes.push_back({at(net, "终审"), "已用 0.5/1 个工作日"});
  return marks;
}

void check_golden(const std::string& name, const std::string& made) {
  CAPTURE(name);
  CHECK(golden::without_numbers(made) == golden::without_numbers(golden::kept(name, made)));
}

} // namespace

TEST_CASE("pictures are as kept") {
  check_golden("review.svg", flowchart_svg(lay_out(drawn_charts::review()).value()));
  check_golden("joint.svg", flowchart_svg(lay_out(drawn_charts::joint()).value()));
  flowchart_layout_options notes;
  notes.note_lines = 1;
  const flow_net net = compile(drawn_charts::review()).value();
  check_golden("review_marked.svg",
               flowchart_svg(lay_out(net.chart(), notes).value(), second_try(net)));
  const flow_net asked = compile(charts::consult()).value();
  const std::vector<flow_move> two{{at(asked, "受理"), {}},
                                   {at(asked, "*征求意见"), {arrow_index{2}, arrow_index{6}}},
                                   {at(asked, "规划意见"), {}}};
  check_golden("consult_marked.svg",
               flowchart_svg(lay_out(asked.chart()).value(), marks_of(asked, two)));
  const flow_net joint = compile(drawn_charts::joint()).value();
  const std::vector<flow_move> moves{{at(joint, "受理"), {}}, {at(joint, "环保审查"), {}}};
  check_golden("joint_marked.svg",
               flowchart_svg(lay_out(joint.chart()).value(), marks_of(joint, moves)));
}

TEST_CASE("text lies inside its shape, and nothing overlaps") {
  for (const flowchart& c : {drawn_charts::review(), drawn_charts::joint(), charts::permit(),
                             charts::joint(), charts::consult()})
    check_geometry(lay_out(c).value());
  for (std::uint32_t seed = 0; seed < 10; ++seed)
    check_geometry(lay_out(charts::random_chart(seed).sound()).value());
}

TEST_CASE("the same chart gives the same bytes, in any thread") {
  const std::string one = flowchart_svg(lay_out(drawn_charts::joint()).value());
  std::vector<std::string> made(4);
  std::vector<std::thread> threads;
  for (std::string& svg : made)
    threads.emplace_back([&svg] { svg = flowchart_svg(lay_out(drawn_charts::joint()).value()); });
  for (std::thread& t : threads) t.join();
  for (const std::string& svg : made) CHECK(svg == one);
}

TEST_CASE("every symbol of the notation is drawn") {
  const std::string svg = flowchart_svg(lay_out(drawn_charts::joint()).value());
  CHECK(well_formed(svg));
  CHECK(count(svg, "<ellipse") == 2);
  CHECK(count(svg, "<rect") == 9); // seven steps, a fork, a join
  CHECK(count(svg, "class=\"decision") == 2);
  CHECK(count(svg, "class=\"head\"") == 15);
  CHECK(count(svg, "role=\"img\"") == 1);
  CHECK(count(svg, "<title>建设工程并联审批流程图</title>") == 1);
  CHECK(count(svg, ">form.area &gt; 500<") == 1);
  CHECK(count(svg, ">否则<") == 1);
  CHECK(count(svg, ">不计入期限<") == 1);
  CHECK(count(svg, ">4个工作日<") == 1);
}

TEST_CASE("the path taken, the place a case stands at and notes are marked") {
  const flow_net net = compile(drawn_charts::review()).value();
  flowchart_layout_options options;
  options.note_lines = 1;
  const std::string svg = flowchart_svg(lay_out(net.chart(), options).value(), second_try(net));
  CHECK(well_formed(svg));
  CHECK(count(svg, "class=\"step visited\"") == 2);
  CHECK(count(svg, "class=\"step resting\" data-node=\"终审\"") == 1);
  CHECK(count(svg, "class=\"arrow taken\"") == 5);
  CHECK(count(svg, ">1,3<") == 1);
  CHECK(count(svg, ">2,4<") == 1);
  CHECK(count(svg, "class=\"note\"") == 1);
  CHECK(count(svg, "class=\"risk\"") == 1);
}

TEST_CASE("a fork, a waiting branch and a join are marked as the tokens went") {
  const flow_net net = compile(drawn_charts::joint()).value();
  std::vector<flow_move> moves{{at(net, "受理"), {}}, {at(net, "规划审查"), {}}};
  flowchart_marks marks = marks_of(net, moves);
  CHECK(marks.taken.size() == 6); // start, into and out of the fork (3), into the join
  CHECK(marks.waiting == std::vector<arrow_index>{arrow_index{5}});
  CHECK(marks.resting == std::vector<node_index>{at(net, "环保审查"), at(net, "消防设计审查")});
  moves.push_back({at(net, "环保审查"), {}});
  moves.push_back({at(net, "消防设计审查"), {}});
  moves.push_back({at(net, "面积"), {arrow_index{9}}});
  marks = marks_of(net, moves);
  CHECK(marks.waiting.empty());
  CHECK(marks.taken.size() == 11); // all but the two of the expert review and those not yet gone
  CHECK(marks.resting == std::vector<node_index>{at(net, "决定")});
}

TEST_CASE("a fault is marked with the way to it") {
  const flow_net net =
      compile(charts::chart("(s -> ?d -> a -> \\j -> [e").chain("?d -> b -> \\j").chart).value();
  const soundness s = check_soundness(net);
  REQUIRE(s.faults.size() == 1);
  const flowchart_marks marks = marks_of(net, s.faults[0]);
  CHECK(marks.faults == std::vector<node_index>{at(net, "\\j")});
  CHECK(marks.visited.size() == 1);
  CHECK(count(flowchart_svg(lay_out(net.chart()).value(), marks), "class=\"join fault\"") == 1);
}

TEST_CASE("hostile names stay text, marks beyond the chart are ignored") {
  flowchart c = charts::chart("(s -> a -> [e").chart;
  c.name = "<script>alert('x')</script>&\x01";
  c.nodes[1].label = "\"><b>&amp;\n" + std::string(5'000, 'x') + "\xff\xe4";
  c.nodes[1].duty = "]]><!--";
  c.arrows[0].label = "</svg>";
  const flowchart_layout l = lay_out(c).value();
  check_geometry(l);
  flowchart_marks marks;
  marks.visited = {node_index{99}};
  marks.taken = {arrow_index{99}};
  marks.faults = {node_index{99}};
  marks.notes = {{node_index{99}, "x"}};
  const std::string svg = flowchart_svg(l, marks);
  CHECK(well_formed(svg));
  CHECK(count(svg, "<script") == 0);
  CHECK(count(svg, "<b>") == 0);
  CHECK(count(svg, "</svg>") == 1);
}

TEST_CASE("a faulty chart is drawn as it is; one too large is refused") {
  flowchart c = charts::review();
  c.arrows.push_back({node_id{"nowhere"}, node_id{"采集"}, {}, {}});
  c.arrows.push_back({node_id{"采集"}, node_id{"采集"}, "再来", {}});
  const flowchart_layout l = lay_out(c).value();
  CHECK(l.arrows[9].curve.empty());
  CHECK_FALSE(l.arrows[10].curve.empty());
  CHECK(well_formed(flowchart_svg(l)));
  CHECK(well_formed(flowchart_svg(lay_out(flowchart{}).value())));
  flowchart_layout_options small;
  small.nodes = 3;
  CHECK(lay_out(c, small).error().code == errc::limit_exceeded);
}

TEST_CASE("text is measured by East Asian width and wrapped between characters") {
  CHECK(detail::text_width("采集") == 2);
  CHECK(detail::text_width("《通过》") == 4);
  CHECK(detail::text_width("ab") < 1.5);
  CHECK(detail::wrap("住房和城乡建设局", 4) == std::vector<std::string>{"住房和城", "乡建设局"});
  CHECK(detail::wrap("审查,决定", 2) == std::vector<std::string>{"审", "查,", "决定"});
  CHECK(detail::wrap("check the file", 5) == std::vector<std::string>{"check", "the file"});
  CHECK(detail::wrap("", 5).empty());
  CHECK(detail::wrap("abcdefgh", 2.5).size() > 1);
  CHECK(detail::fitted("已用三个工作日", 4) == "已用三…");
  CHECK(detail::fitted("已用", 4) == "已用");
  CHECK(detail::cut("采集初审", 2) == "采集…");
  CHECK(detail::xml_escape("<a & \"b\">") == "&lt;a &amp; &quot;b&quot;&gt;");
}

namespace {

/// 受理 at the hall, two departments examine side by side, and one sends back.
flowchart across_departments() {
  charts::writer w;
  w.chain("(开始 -> 受理 -> /分 -> 环保审查 -> ?通过 -通过-> \\汇 -> 决定 -> [办结");
  w.chain("?通过 -需要补充说明的-> 环保补正 -> ?通过");
  w.chain("/分 -> 消防审查 -> \\汇");
  for (node& n : w.chart.nodes) {
    const std::string& id = n.id.text();
    if (id == "受理" || id == "决定") n.department = department_id{"政务大厅"};
    if (id == "环保审查" || id == "环保补正") n.department = department_id{"生态环境局"};
    if (id == "消防审查") n.department = department_id{"消防救援大队"};
  }
  w.chart.name = "联合审查";
  return w.chart;
}

bool inside(const drawn_box& inner, const drawn_box& outer) {
  return inner.centre.x - inner.width / 2 >= outer.centre.x - outer.width / 2 &&
         inner.centre.x + inner.width / 2 <= outer.centre.x + outer.width / 2 &&
         inner.centre.y + inner.height / 2 <= outer.centre.y + outer.height / 2;
}

void check_lanes(const flowchart& chart, const flowchart_layout& l) {
  for (std::size_t n = 0; n < l.nodes.size(); ++n) {
    INFO(l.nodes[n].id);
    if (chart.nodes[n].kind == node_kind::step) {
      const std::string own = chart.nodes[n].department.text();
      const auto lane = std::find_if(l.lanes.begin(), l.lanes.end(), [&](const drawn_lane& x) {
        return x.name == (own.empty() ? "本部门" : own);
      });
      REQUIRE(lane != l.lanes.end());
      CHECK(inside(l.nodes[n].box, lane->box));
    }
    for (std::size_t m = 0; m < n; ++m) CHECK_FALSE(overlap(l.nodes[n].box, l.nodes[m].box));
  }
  for (const drawn_arrow& a : l.arrows) {
    CHECK(a.curve.size() >= 4);
    for (const drawn_point& p : a.curve) CHECK((p.x >= 0 && p.x <= l.width));
    if (a.label.empty()) continue;
    for (const drawn_node& n : l.nodes) CHECK_FALSE(overlap(a.label_box, n.box));
  }
}

} // namespace

TEST_CASE("with lanes each step lies in the column of its department (D25)") {
  const flowchart chart = across_departments();
  const flowchart_layout l = *lay_out(chart, {.lanes = flowchart_lanes::departments});
  REQUIRE(l.lanes.size() == 3);
  CHECK(l.lanes[0].name == "政务大厅");
  CHECK(l.lanes[2].name == "消防救援大队");
  check_lanes(chart, l);
  double right = 0; // lanes lie side by side and fill the picture
  for (const drawn_lane& lane : l.lanes) {
    CHECK(std::abs(lane.box.centre.x - lane.box.width / 2 - right) < 0.01);
    right = lane.box.centre.x + lane.box.width / 2;
  }
  CHECK(std::abs(right - l.width) < 0.01);
  const std::string svg = flowchart_svg(l);
  CHECK(well_formed(svg));
  CHECK(golden::without_numbers(svg) == golden::without_numbers(golden::kept("lanes.svg", svg)));
  CHECK(lay_out(chart)->lanes.empty());
  CHECK(flowchart_svg(*lay_out(chart)).find("lane") == std::string::npos);
}

TEST_CASE("lanes hold for charts of any shape") {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    std::mt19937 random{seed};
    flowchart chart = charts::random_chart(seed).sound();
    for (node& n : chart.nodes)
      if (n.kind == node_kind::step)
        n.department =
            department_id{std::vector<std::string>{"", "甲局", "乙局", "丙局"}[random() % 4]};
    const auto l = lay_out(chart, {.lanes = flowchart_lanes::departments});
    REQUIRE(l.has_value());
    check_lanes(chart, *l);
  }
}
