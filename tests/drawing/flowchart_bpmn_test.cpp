// flowchart_bpmn.hpp: the diagram that other tools show.
#include <banli/drawing/flowchart_bpmn.hpp>

#include <cmath>
#include <iterator>
#include <map>
#include <string>

#include <doctest/doctest.h>
#include <pugixml.hpp>

#include "../flowchart/charts.hpp"

using namespace banli;

namespace {

struct area {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;

  bool holds(const area& o) const {
    return o.x >= x && o.y >= y && o.x + o.width <= x + width && o.y + o.height <= y + height;
  }
  bool meets(const area& o) const {
    return o.x < x + width && x < o.x + o.width && o.y < y + height && y < o.y + o.height;
  }
};

/// The shapes of a document by what they draw.
std::map<std::string, area> shapes_of(const pugi::xml_document& x) {
  std::map<std::string, area> out;
  const pugi::xml_node plane =
      x.child("definitions").child("bpmndi:BPMNDiagram").child("bpmndi:BPMNPlane");
  for (const pugi::xml_node s : plane.children("bpmndi:BPMNShape")) {
    const pugi::xml_node b = s.child("dc:Bounds");
    out[s.attribute("bpmnElement").value()] = {
        b.attribute("x").as_double(), b.attribute("y").as_double(),
        b.attribute("width").as_double(), b.attribute("height").as_double()};
  }
  return out;
}

/// The first two shapes of nodes that lie on one another, or of which one leaves its lane.
std::string misplaced(const flowchart& chart) {
  const std::string text = flowchart_bpmn(chart).value();
  pugi::xml_document x;
  if (!x.load_string(text.c_str())) return "no XML";
  std::map<std::string, area> nodes;
  const auto shapes = shapes_of(x);
  const pugi::xml_node process = x.child("definitions").child("process");
  for (const pugi::xml_node n : process.children())
    if (const auto s = shapes.find(n.attribute("id").value()); s != shapes.end()) nodes.insert(*s);
  if (nodes.size() != chart.nodes.size()) return "a node without a shape";
  for (auto a = nodes.begin(); a != nodes.end(); ++a)
    for (auto b = std::next(a); b != nodes.end(); ++b)
      if (a->second.meets(b->second)) return a->first + " on " + b->first;
  for (const pugi::xml_node lane : process.child("laneSet").children("lane"))
    for (const pugi::xml_node n : lane.children("flowNodeRef"))
      if (!shapes.at(lane.attribute("id").value()).holds(nodes.at(n.text().get())))
        return std::string{n.text().get()} + " outside its lane";
  return {};
}

} // namespace

TEST_CASE("shapes lie side by side, each in its lane, whatever is drawn") {
  for (const flowchart& c :
       {charts::review(), charts::joint(), charts::permit(), charts::consult()})
    CHECK(misplaced(c) == "");
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    flowchart c = charts::random_chart(seed).sound();
    CHECK(misplaced(c) == "");
    CHECK(misplaced(charts::random_chart(seed).broken()) == "");
    const char* const offices[] = {"政务大厅", "生态环境局", "消防救援大队"};
    for (std::size_t i = 0; i < c.nodes.size(); ++i)
      if (c.nodes[i].kind == node_kind::step)
        c.nodes[i].department = department_id{offices[(i + seed) % 3]};
    CHECK(misplaced(c) == "");
  }
}

TEST_CASE(
    "every node has a shape of BPMN's size, none on another, and arrows touch their outlines") {
  const flowchart chart = charts::joint();
  const std::string text = *flowchart_bpmn(chart);
  CHECK(parse_bpmn("", text).chart == chart);
  pugi::xml_document x;
  REQUIRE(x.load_string(text.c_str()));
  const auto shapes = shapes_of(x);
  CHECK(shapes.size() == chart.nodes.size());
  for (const auto& [one, a] : shapes) {
    CHECK((a.width == 36 || a.width == 50 || a.width >= 100));
    for (const auto& [other, b] : shapes)
      if (one != other) CHECK_FALSE(a.meets(b));
  }
  const pugi::xml_node plane =
      x.child("definitions").child("bpmndi:BPMNDiagram").child("bpmndi:BPMNPlane");
  std::size_t edges = 0;
  for (const pugi::xml_node e : plane.children("bpmndi:BPMNEdge")) {
    ++edges;
    const pugi::xml_node flow =
        x.child("definitions")
            .child("process")
            .find_child_by_attribute("sequenceFlow", "id", e.attribute("bpmnElement").value());
    const auto near = [&](const pugi::xml_node& point, const char* end) {
      const area& a = shapes.at(flow.attribute(end).value());
      const double across = std::abs(point.attribute("x").as_double() - a.x - a.width / 2);
      const double along = std::abs(point.attribute("y").as_double() - a.y - a.height / 2);
      CHECK(across <= a.width / 2 + 0.2);
      CHECK(along <= a.height / 2 + 0.2);
      CHECK(across + along > 10); // at the outline, not in the middle
    };
    near(e.child("di:waypoint"), "sourceRef");
    near(e.last_child().name() == std::string{"bpmndi:BPMNLabel"}
             ? e.last_child().previous_sibling()
             : e.last_child(),
         "targetRef");
  }
  CHECK(edges == chart.arrows.size());
}

TEST_CASE("departments are lanes of one pool that hold their steps") {
  flowchart chart = charts::joint();
  for (node& n : chart.nodes)
    if (n.kind == node_kind::step)
      n.department = department_id{n.id == node_id{"环保审查"} ? "生态环境局" : "政务大厅"};
  const std::string text = *flowchart_bpmn(chart);
  CHECK(parse_bpmn("", text).chart == chart);
  pugi::xml_document x;
  REQUIRE(x.load_string(text.c_str()));
  const auto shapes = shapes_of(x);
  const pugi::xml_node lanes = x.child("definitions").child("process").child("laneSet");
  std::size_t held = 0;
  for (const pugi::xml_node lane : lanes.children("lane")) {
    const area& of_lane = shapes.at(lane.attribute("id").value());
    CHECK(shapes.at("pool").holds(of_lane));
    for (const pugi::xml_node n : lane.children("flowNodeRef")) {
      CHECK(of_lane.holds(shapes.at(n.text().get())));
      ++held;
    }
  }
  CHECK(held == chart.nodes.size());
  CHECK(std::string{lanes.child("lane").attribute("name").value()} == "政务大厅");
}

TEST_CASE("a chart too large for a picture is refused with its reason") {
  flowchart_layout_options few;
  few.nodes = 3;
  CHECK(flowchart_bpmn(charts::joint(), few).error().code == errc::limit_exceeded);
  CHECK(flowchart_bpmn(flowchart{}).has_value());
}
