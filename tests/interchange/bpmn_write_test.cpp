// bpmn.hpp: what is written is read back as it was, by us and by others.
#include <algorithm>
#include <set>
#include <vector>

#include <doctest/doctest.h>
#include <pugixml.hpp>
#include <rapidcheck.h>

#include "../flowchart/charts.hpp"
#include "bpmn_models.hpp"

using namespace models;

namespace {

/// Texts as people write them, and as nobody should.
std::string a_text() {
  static const std::vector<std::string> texts{
      "",        "初审",  "a",           "通过?",  "a b",   " lead", "trail ",    "<&>\"'",
      "]]>",     "\n",    "\t x\r\ny\r", "&amp;",  "  ",    "1a",    "-",         "flow_1",
      "node_1",  "start", "process",     "lane_1", "&#10;", "😀",    "nowhere",   "a_shape",
      "diagram", "初审 ", "<!-- x -->",  "x:y",    "end",   "𠀀",    "définition"};
  return texts[*rc::gen::inRange<std::size_t>(0, texts.size())];
}

std::size_t up_to(std::size_t n) { return *rc::gen::inRange<std::size_t>(0, n + 1); }

time_limit a_limit() {
  const auto unit = static_cast<limit_unit>(up_to(8));
  if (unit == limit_unit::on_the_spot) return {};
  if (unit == limit_unit::yearly_date) return every_year_by(std::chrono::month{3} / 31);
  return {static_cast<int>(up_to(400)) + 1, unit};
}

std::vector<std::string> some_texts() {
  std::vector<std::string> out;
  for (std::size_t i = up_to(2); i > 0; --i) out.push_back(a_text());
  return out;
}

form_field a_field() {
  form_field f{.id = a_text(), .label = a_text()};
  f.type = static_cast<field_type>(up_to(7));
  f.required = up_to(1) == 0;
  f.given = up_to(1) == 0;
  f.choices = some_texts();
  f.format = a_text();
  f.least = static_cast<int>(up_to(9)) - 2;
  f.most = static_cast<int>(up_to(9)) - 2;
  f.personal = static_cast<personal_kind>(up_to(4));
  return f;
}

/// Any chart at all: ids twice or empty, arrows to nowhere, fields on every kind of node.
flowchart any_chart() {
  flowchart out{flowchart_id{a_text()}, a_text(), {}, {}};
  for (std::size_t n = up_to(8); n > 0; --n) {
    node& x = out.nodes.emplace_back(node{node_id{a_text()}});
    x.kind = static_cast<node_kind>(up_to(7));
    x.label = up_to(3) == 0 ? x.id.text() : a_text();
    x.post = post_id{a_text()};
    x.department = department_id{a_text()};
    x.duty = a_text();
    if (up_to(1) == 0) x.limit = a_limit();
    x.excluded = a_text();
    for (std::size_t i = up_to(2); i > 0; --i) x.documents.push_back(a_text());
    for (std::size_t i = up_to(2); i > 0; --i) x.persons.emplace_back(a_text());
    for (std::size_t i = up_to(2); i > 0; --i) x.supervision_points.push_back(a_text());
    for (std::size_t i = up_to(2); i > 0; --i)
      x.risks.push_back({a_text(), a_text(), a_text(), a_text()});
    for (std::size_t i = up_to(2); i > 0; --i) x.assignees.posts.emplace_back(a_text());
    for (std::size_t i = up_to(2); i > 0; --i) x.assignees.departments.emplace_back(a_text());
    x.assignees.condition = a_text();
    for (std::size_t i = up_to(2); i > 0; --i)
      x.forms.push_back({form_id{a_text()}, some_texts(), some_texts()});
  }
  for (std::size_t n = up_to(2); n > 0; --n) {
    form& f = out.forms.emplace_back(form{form_id{a_text()}, a_text(), {}, a_text()});
    for (std::size_t i = up_to(3); i > 0; --i) f.fields.push_back(a_field());
  }
  for (std::size_t n = up_to(2); n > 0; --n) {
    separation& s = out.separations.emplace_back(separation{a_text()});
    for (std::string& step : some_texts()) s.steps.emplace_back(std::move(step));
    s.decision = up_to(1) == 0;
    s.basis = a_text();
  }
  const auto an_end = [&] {
    return out.nodes.empty() || up_to(5) == 0 ? node_id{a_text()}
                                              : out.nodes[up_to(out.nodes.size() - 1)].id;
  };
  for (std::size_t n = up_to(10); n > 0; --n)
    out.arrows.push_back(
        {an_end(), an_end(), a_text(), a_text(),
         up_to(3) == 0 ? std::optional{static_cast<int>(up_to(9)) - 1} : std::nullopt});
  return out;
}

/// The children of an element in the order in which the OMG's schema wants them.
void check_order(const pugi::xml_node& n, const std::vector<std::string_view>& order) {
  std::size_t last = 0;
  for (const pugi::xml_node c : n.children()) {
    const auto at = std::find(order.begin(), order.end(), std::string_view{c.name()});
    CAPTURE(c.name());
    REQUIRE(at != order.end());
    CHECK(static_cast<std::size_t>(at - order.begin()) >= last);
    last = static_cast<std::size_t>(at - order.begin());
  }
}

void check_ids(const pugi::xml_node& n, std::set<std::string>& ids) {
  for (const pugi::xml_node c : n.children()) {
    const bool bpmn = !std::string_view{c.name()}.starts_with("banli:");
    if (bpmn && c.attribute("id")) CHECK(ids.insert(c.attribute("id").value()).second);
    check_ids(c, ids);
  }
}

} // namespace

TEST_CASE("every chart is read back as it was written") {
  CHECK(rc::check("any chart at all", [] {
    const flowchart chart = any_chart();
    const bpmn_document d = read(to_bpmn(chart).value());
    RC_ASSERT(d.chart == chart);
    RC_ASSERT(d.ours);
    RC_ASSERT(d.exact);
    RC_ASSERT(d.found.empty());
  }));
  CHECK(rc::check("any chart, written into a file of another tool", [] {
    const bpmn_document before = read(document(start("s") + task("a") + flows({"s a"})));
    const flowchart chart = any_chart();
    RC_ASSERT(read(change_bpmn(before, chart).value()).chart == chart);
  }));
  CHECK(rc::check("sound charts", [](std::uint32_t seed) {
    const flowchart chart = charts::random_chart(seed).sound();
    const bpmn_document d = read(to_bpmn(chart).value());
    RC_ASSERT(d.chart == chart);
  }));
}

TEST_CASE("what is written has the structure of the OMG's schema, and no id twice") {
  CHECK(rc::check([] {
    const std::string text = to_bpmn(any_chart()).value();
    pugi::xml_document x;
    RC_ASSERT(bool{x.load_string(text.c_str())});
    const pugi::xml_node process = x.child("definitions").child("process");
    std::set<std::string> ids;
    check_ids(x, ids);
    check_order(x.child("definitions"), {"collaboration", "process", "bpmndi:BPMNDiagram"});
    for (const pugi::xml_node n : process.children()) {
      check_order(n, {"documentation", "extensionElements", "lane", "incoming", "outgoing",
                      "banli:flowchart", "conditionExpression"});
    }
  }));
}

TEST_CASE("other tools see names, defaults, conditions, incoming and outgoing arrows") {
  flowchart chart = charts::chart("(s -> ?c --是-> a -> [e").when("").chain("?c --否-> [e").chart;
  chart.arrows[1].condition = "form.area > 5";
  const std::string text = to_bpmn(chart).value();
  pugi::xml_document x;
  REQUIRE(x.load_string(text.c_str()));
  const pugi::xml_node process = x.child("definitions").child("process");
  const pugi::xml_node gateway = process.child("exclusiveGateway");
  CHECK(std::string{gateway.attribute("name").value()} == "?c");
  CHECK(std::string{gateway.attribute("default").value()} == "flow_4");
  CHECK(std::string{gateway.child("incoming").text().get()} == "flow_1");
  const pugi::xml_node flow = process.find_child_by_attribute("sequenceFlow", "id", "flow_2");
  CHECK(std::string{flow.attribute("name").value()} == "是");
  CHECK(std::string{flow.child("conditionExpression").attribute("xsi:type").value()} ==
        "tFormalExpression");
  CHECK(std::string{flow.child("conditionExpression").text().get()} == "form.area > 5");
}

TEST_CASE("what another tool changed is what counts") {
  flowchart chart = charts::joint();
  for (node& n : chart.nodes)
    if (n.kind == node_kind::step) n.department = department_id{"规划局"};
  std::string text = to_bpmn(chart).value();
  const auto change = [&](std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
  };
  change("name=\"受理\"", "name=\"接件\"");
  change("<flowNodeRef>决定</flowNodeRef>", "");
  change("</laneSet>", "<lane name=\"住建局\"><flowNodeRef>决定</flowNodeRef></lane></laneSet>");
  change("</process>", "<task id=\"new\" name=\"公示\"/></process>");
  const flowchart read_back = read(text).chart;
  CHECK(find(read_back, node_id{"受理"})->label == "接件");
  CHECK(find(read_back, node_id{"决定"})->department == department_id{"住建局"});
  CHECK(find(read_back, node_id{"规划审查"})->department == department_id{"规划局"});
  CHECK(find(read_back, node_id{"new"})->label == "公示");
  CHECK(find(read_back, node_id{"new"})->kind == node_kind::step);
  change("limit=\"P5WD\"", "limit=\"soon\"");
  CHECK(read(text).found.front().code == errc::bad_value);
}

TEST_CASE("what XML cannot hold is refused") {
  flowchart chart = charts::review();
  chart.nodes[1].duty = "a\x01";
  CHECK(to_bpmn(chart).error().code == errc::bad_value);
  chart.nodes[1].duty = "a\xFF";
  CHECK(to_bpmn(chart).error().code == errc::bad_utf8);
  chart.nodes[1].duty = "";
  chart.nodes[1].limit = time_limit{0, limit_unit::workday};
  CHECK(to_bpmn(chart).error().code == errc::bad_value);
}

TEST_CASE("texts of forms and assignees that XML cannot hold are refused, too") {
  const auto code = [](auto change) {
    flowchart c = charts::chart("(s -> a -> [e").chart;
    c.forms = {{form_id{"F"}, "表", {{.id = "x", .choices = {"甲"}}}}};
    c.nodes[1].forms = {{form_id{"F"}, {"x"}, {}}};
    change(c);
    const auto written = to_bpmn(c);
    return written ? std::string{} : std::string{to_string(written.error().code)};
  };
  CHECK(code([](flowchart&) {}).empty());
  CHECK(code([](flowchart& c) { c.nodes[1].assignees.condition = "\x01"; }) == "bad-value");
  CHECK(code([](flowchart& c) { c.nodes[1].assignees.posts = {post_id{"\xff"}}; }) == "bad-utf8");
  CHECK(code([](flowchart& c) { c.nodes[1].forms[0].reads = {"\x02"}; }) == "bad-value");
  CHECK(code([](flowchart& c) { c.forms[0].fields[0].choices = {"\xff"}; }) == "bad-utf8");
  CHECK(code([](flowchart& c) { c.forms[0].description = "\x03"; }) == "bad-value");
}

TEST_CASE("a picture becomes shapes, edges, lanes and a pool") {
  const flowchart chart = charts::chart("(s -> a -> [e").chart;
  bpmn_picture p;
  p.nodes = {{0, 0, 36, 36}, {0, 60, 100, 80}, {0, 160, 36, 36}};
  p.labels = {{40, 0, 20, 20}, {}, {}};
  p.arrows = {{{{18, 36}, {18, 60}}}, {{{18, 140}, {18, 160}}, {20, 145, 30, 10}}};
  p.lanes = {{"财政局", {0, 0, 200, 300}, {0, 1, 2}}};
  p.pool = {0, 0, 200, 330};
  const std::string text = to_bpmn(chart, p).value();
  CHECK(read(text).chart == chart);
  pugi::xml_document x;
  REQUIRE(x.load_string(text.c_str()));
  const pugi::xml_node plane =
      x.child("definitions").child("bpmndi:BPMNDiagram").child("bpmndi:BPMNPlane");
  CHECK(std::string{plane.attribute("bpmnElement").value()} == "collaboration");
  std::string shapes;
  for (const pugi::xml_node s : plane.children("bpmndi:BPMNShape"))
    shapes += std::string{s.attribute("bpmnElement").value()} + ' ';
  CHECK(shapes == "pool lane_1 node_1 a node_3 ");
  const pugi::xml_node edge = plane.find_child_by_attribute("bpmnElement", "flow_2");
  CHECK(std::distance(edge.children("di:waypoint").begin(), edge.children("di:waypoint").end()) ==
        2);
  CHECK(edge.child("bpmndi:BPMNLabel").child("dc:Bounds").attribute("width").as_int() == 30);
}

TEST_CASE("two nodes of one id are written into a file of another tool as two") {
  const bpmn_document before = read(document(start("s") + task("a") + flows({"s a"})));
  const flowchart chart{flowchart_id{"f"},
                        "f",
                        {{node_id{"a"}, node_kind::start}, {node_id{"a"}, node_kind::step}},
                        {}};
  flowchart named = chart;
  for (node& n : named.nodes) n.label = "初审";
  for (const flowchart& c : {chart, named}) {
    const auto written = change_bpmn(before, c);
    REQUIRE(written.has_value());
    CHECK(read(*written).chart == c);
  }
}

TEST_CASE("our fields are those that schemas/bpmn.xsd describes") {
  pugi::xml_document schema;
  REQUIRE(schema.load_file(BANLI_SOURCE_DIR "/schemas/bpmn.xsd"));
  CHECK(std::string{schema.child("xs:schema").attribute("targetNamespace").value()} ==
        bpmn_namespace);
  std::set<std::string> described;
  std::set<std::string> kinds;
  for (const auto& e : schema.select_nodes("//xs:element"))
    for (const auto& a : e.node().select_nodes("xs:complexType/xs:attribute"))
      described.insert(std::string{e.node().attribute("name").value()} + '/' +
                       a.node().attribute("name").value());
  for (const auto& k : schema.select_nodes("//xs:enumeration"))
    kinds.insert(k.node().attribute("value").value());
  std::set<std::string> written;
  std::set<std::string> kinds_written;
  const bpmn_document foreign = read(document(task("a")));
  const auto collect_from = [&](const std::string& text) {
    pugi::xml_document x;
    if (!x.load_string(text.c_str())) return false;
    for (const auto& e : x.select_nodes("//*")) {
      const std::string_view name = e.node().name();
      if (!name.starts_with("banli:")) continue;
      for (const pugi::xml_attribute a : e.node().attributes())
        if (std::string_view{a.name()} != "xmlns:banli")
          written.insert(std::string{name.substr(6)} + '/' + a.name());
      if (name == "banli:node") kinds_written.insert(e.node().attribute("kind").value());
    }
    return true;
  };
  const auto collect = [&](const flowchart& chart) {
    return collect_from(to_bpmn(chart).value()) &&
           collect_from(change_bpmn(foreign, chart).value());
  };
  CHECK(rc::check([&] { RC_ASSERT(collect(any_chart())); }));
  for (int k = 0; k <= static_cast<int>(node_kind::inclusive_join); ++k) // chance may leave one out
    CHECK(collect({flowchart_id{"f"}, "f", {{node_id{"n"}, static_cast<node_kind>(k)}}, {}}));
  CHECK(written == described);
  CHECK(kinds_written == kinds);
}
