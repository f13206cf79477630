// bpmn.hpp: a chart that was changed goes back into its file, and nothing else of the file changes.
#include <algorithm>
#include <map>
#include <random>
#include <set>

#include <doctest/doctest.h>
#include <pugixml.hpp>
#include <rapidcheck.h>

#include "../flowchart/charts.hpp"
#include "bpmn_models.hpp"

using namespace models;

namespace {

/// A process of another tool with much that a flowchart does not run, and a diagram.
std::string foreign() {
  const std::string inside =
      R"(<bpmn:documentation>说明</bpmn:documentation><!-- kept -->
<bpmn:startEvent id='s'><bpmn:messageEventDefinition id='m'/></bpmn:startEvent>
<bpmn:serviceTask id='a' name='受理' z:job='1'><bpmn:multiInstanceLoopCharacteristics/></bpmn:serviceTask>
<bpmn:boundaryEvent id='t' name='超时' attachedToRef='a'><bpmn:timerEventDefinition id='td'/></bpmn:boundaryEvent>
<bpmn:subProcess id='u'><bpmn:startEvent id='i'/><bpmn:task id='c' name='初审'/>
<bpmn:sequenceFlow id='ic' sourceRef='i' targetRef='c'/></bpmn:subProcess>
<bpmn:exclusiveGateway id='x' default='xe'/><bpmn:task id='b'/><bpmn:endEvent id='e'/>
<bpmn:dataObjectReference id='o' dataObjectRef='q'/><bpmn:dataObject id='q'/>
<bpmn:textAnnotation id='n'><bpmn:text><![CDATA[ <注> ]]></bpmn:text></bpmn:textAnnotation>
<bpmn:association id='nb' sourceRef='n' targetRef='b'/>
<bpmn:sequenceFlow id='sa' sourceRef='s' targetRef='a'/><bpmn:sequenceFlow id='au' sourceRef='a' targetRef='u'/>
<bpmn:sequenceFlow id='tb' sourceRef='t' targetRef='b'/><bpmn:sequenceFlow id='ux' sourceRef='u' targetRef='x'/>
<bpmn:sequenceFlow id='xb' sourceRef='x' targetRef='b'><bpmn:conditionExpression>form.y</bpmn:conditionExpression></bpmn:sequenceFlow>
<bpmn:sequenceFlow id='xe' name='完' sourceRef='x' targetRef='e'/><bpmn:sequenceFlow id='be' sourceRef='b' targetRef='e'/>)";
  std::string text = document(inside);
  text.replace(text.find("id=\"definitions_1\""), 0, "xmlns:z='urn:z' ");
  text.replace(text.find("</bpmn:definitions>"), 0, R"(<d:BPMNDiagram
 xmlns:d='http://www.omg.org/spec/BPMN/20100524/DI' xmlns:dc='http://www.omg.org/spec/DD/20100524/DC'>
<d:BPMNPlane bpmnElement='p'><d:BPMNShape id='as' bpmnElement='a'><dc:Bounds x='100' y='50' width='100' height='80'/></d:BPMNShape>
<d:BPMNShape id='bs' bpmnElement='b'><dc:Bounds x='300' y='50' width='100' height='80'/></d:BPMNShape>
<d:BPMNEdge id='bee' bpmnElement='be'/></d:BPMNPlane></d:BPMNDiagram>)");
  return text;
}

/// Every element of BPMN by its id, with its name and attributes.
std::map<std::string, std::string> elements_of(const std::string& text) {
  pugi::xml_document x;
  std::map<std::string, std::string> out;
  if (!x.load_string(text.c_str())) return out;
  for (const auto& found : x.select_nodes("//*[@id][not(starts-with(name(), 'banli:'))]")) {
    std::string& all = out[found.node().attribute("id").value()];
    all = found.node().name();
    for (const pugi::xml_attribute a : found.node().attributes())
      all += std::string{" "} + a.name() + "=" + a.value();
  }
  return out;
}

std::string changed(const std::string& text, const flowchart& chart) {
  return change_bpmn(read(text), chart).value();
}

node& at(flowchart& c, std::string_view id) {
  return *std::find_if(c.nodes.begin(), c.nodes.end(),
                       [&](const node& n) { return n.id.text() == id; });
}

} // namespace

TEST_CASE("what is not changed comes back byte for byte") {
  CHECK(changed(foreign(), read(foreign()).chart) == foreign());
}

TEST_CASE("a label changes one attribute and nothing else") {
  flowchart chart = read(foreign()).chart;
  at(chart, "a").label = "接\"件\"";
  std::string expected = foreign();
  expected.replace(expected.find("name='受理'"), sizeof "name='受理'" - 1,
                   "name=\"接&quot;件&quot;\"");
  CHECK(changed(foreign(), chart) == expected);
  CHECK(read(expected).chart == chart);
}

TEST_CASE("posts and limits stand beside a foreign process, every line of which is still there") {
  flowchart chart = read(foreign()).chart;
  for (node& n : chart.nodes)
    if (n.kind == node_kind::step) {
      n.post = post_id{"窗口"};
      n.duty = "收件 & 登记";
      n.limit = time_limit{3, limit_unit::workday};
    }
  chart.forms = {{form_id{"F"}, "表", {{.id = "x", .personal = personal_kind::phone}}}};
  chart.separations = {{"审批分离", {node_id{"a"}, node_id{"b"}}, true, "内控"}};
  const std::string text = changed(foreign(), chart);
  const bpmn_document d = read(text);
  CHECK(d.chart == chart);
  CHECK_FALSE(d.ours);
  const auto line = std::count(
      text.begin(), text.begin() + static_cast<int>(text.find("<bpmn:serviceTask")), '\n');
  CHECK(d.where("/nodes/1/post").line == line + 1);
  std::string without = text; // with our one element taken out, the file is what it was
  const std::size_t begin = without.find("\n<bpmn:extensionElements>");
  without.erase(begin, without.find("</bpmn:extensionElements>") + 25 - begin);
  CHECK(without == foreign());
  chart.nodes.front().label = "开始";
  CHECK(read(changed(text, chart)).chart == chart); // changed once more: one mark, not two
  CHECK(changed(text, chart).find("<banli:changed") ==
        changed(text, chart).rfind("<banli:changed"));
}

TEST_CASE("new nodes and arrows are drawn, those that are gone take what hangs on them along") {
  flowchart chart = read(foreign()).chart;
  chart.nodes.push_back(charts::writer::make("公示"));
  for (arrow& a : chart.arrows)
    if (a.from.text() == "b") a.to = node_id{"公示"};
  chart.arrows.push_back({node_id{"公示"}, node_id{"e"}, "期满"});
  const std::string more = changed(foreign(), chart);
  CHECK(read(more).chart == chart);
  pugi::xml_document x;
  REQUIRE(x.load_string(more.c_str()));
  const auto named = [&](const char* id) {
    return x.select_node(("//*[@id='" + std::string{id} + "']").c_str()).node();
  };
  CHECK(x.select_nodes("//bpmn:userTask[@id='公示']").size() == 1);
  CHECK_FALSE(named("be")); // b > e, and its edge
  CHECK_FALSE(named("bee"));
  CHECK(x.select_nodes("//bpmn:sequenceFlow[@sourceRef='b'][@targetRef='公示']").size() == 1);
  const pugi::xml_node shape = x.select_node("//bpmndi:BPMNShape[@bpmnElement='公示']").node();
  CHECK(shape.child("dc:Bounds").attribute("y").as_int() == 170); // below the rest
  flowchart fewer = read(foreign()).chart;
  std::erase_if(fewer.nodes, [](const node& n) { return n.id.text() == "b"; });
  std::erase_if(fewer.arrows,
                [](const arrow& a) { return a.from.text() == "b" || a.to.text() == "b"; });
  const auto left = elements_of(changed(foreign(), fewer));
  CHECK(read(changed(foreign(), fewer)).chart == fewer);
  for (const char* id : {"b", "be", "xb", "bs", "nb", "bee"}) CHECK_FALSE(left.contains(id));
  for (const char* id : {"a", "t", "u", "c", "x", "n", "o", "td"}) CHECK(left.contains(id));
}

TEST_CASE("what another tool changes afterwards counts, and what it cannot say is kept") {
  flowchart chart = read(foreign()).chart;
  at(chart, "a").post = post_id{"窗口"};
  at(chart, "b").post = post_id{"科室"};
  std::string text = changed(foreign(), chart);
  text.replace(text.find("name='受理'"), sizeof "name='受理'" - 1, "name='接件'");
  const bpmn_document d = read(text);
  CHECK(find(d.chart, node_id{"a"})->label == "接件");
  CHECK(find(d.chart, node_id{"a"})->post == post_id{"窗口"});
  CHECK(find(d.chart, node_id{"b"})->post == post_id{"科室"});
  CHECK(std::count_if(d.found.begin(), d.found.end(), [](const error& e) {
          return e.message.en.find("another tool has changed") != std::string::npos;
        }) == 1);
}

TEST_CASE("our own file that another tool added to keeps what was added") {
  std::string text = to_bpmn(charts::joint()).value();
  text.replace(text.find("</process>"), 0,
               "<textAnnotation id=\"note\"><text>x</text></textAnnotation>");
  flowchart chart = read(text).chart;
  CHECK(chart == charts::joint());
  at(chart, "决定").post = post_id{"局长"};
  const std::string after = changed(text, chart);
  CHECK(read(after).chart == chart);
  CHECK(elements_of(after).contains("note"));
}

TEST_CASE("a file in UTF-16 is given back in UTF-8, whole") {
  std::string text = foreign();
  std::string ascii;
  for (const char c : text) ascii += static_cast<unsigned char>(c) < 0x80 ? c : '?';
  std::string bytes = "\xFF\xFE";
  for (const char c : ascii) bytes += {c, '\0'};
  const bpmn_document d = read(bytes);
  CHECK(change_bpmn(d, d.chart).value() == ascii);
}

TEST_CASE("nothing is written into a file that is broken, or of which no process is the chart") {
  const bpmn_document cut = read(foreign().substr(0, 900));
  flowchart chart = cut.chart;
  chart.name = "x";
  CHECK(change_bpmn(cut, chart).error().code == errc::bad_xml);
  std::string two = foreign();
  two.replace(two.find("</bpmn:definitions>"), 0,
              "<bpmn:process id='r'><bpmn:task id='k'/></bpmn:process>");
  CHECK(change_bpmn(read(two), chart).error().code == errc::bad_xml);
  bpmn_options which;
  which.process = "r";
  const bpmn_document second = parse_bpmn("x.bpmn", two, which);
  flowchart mine = second.chart;
  mine.nodes.front().label = "k2";
  const std::string written = change_bpmn(second, mine).value();
  CHECK(parse_bpmn("x.bpmn", written, which).chart == mine);
  CHECK(written.find("name='受理'") != std::string::npos);
  mine.nodes.front().duty = "\x01";
  CHECK(change_bpmn(second, mine).error().code == errc::bad_value);
}

TEST_CASE("whatever is changed is read back, and of the rest nothing is lost") {
  CHECK(rc::check([](std::uint32_t seed) {
    std::mt19937 random{seed};
    const std::vector<std::string> files{foreign(), to_bpmn(charts::consult()).value()};
    std::string text = files[random() % files.size()];
    int added = 0;
    for (int round = 0; round < 2; ++round) {
      const bpmn_document d = read(text);
      flowchart chart = d.chart;
      std::set<std::string> gone;
      for (std::size_t n = random() % 4 + 1; n > 0; --n) {
        node& some = chart.nodes[random() % chart.nodes.size()];
        arrow& way = chart.arrows[random() % chart.arrows.size()];
        switch (random() % 9) {
        case 0: some.label = random() % 2 == 0 ? "改 <名>" : ""; break;
        case 1: some.duty = "\r\n责任 "; break;
        case 2: way.condition = random() % 2 == 0 ? "a < b && c" : ""; break;
        case 3: way.label = "不通过 "; break;
        case 4: way.to = chart.nodes[random() % chart.nodes.size()].id; break;
        case 5:
          chart.arrows.erase(chart.arrows.begin() +
                             static_cast<int>(random() % chart.arrows.size()));
          break;
        case 6: chart.nodes.push_back({node_id{fmt::format("新{}", added++)}}); break;
        case 7: way.at_most = 3; break;
        default:
          gone.insert(some.id.text());
          chart.nodes.erase(chart.nodes.begin() + (&some - chart.nodes.data()));
        }
        if (chart.arrows.empty()) chart.arrows.push_back({node_id{"a"}, node_id{"b"}});
        if (chart.nodes.empty()) chart.nodes.push_back({node_id{"a"}});
      }
      const std::string after = change_bpmn(d, chart).value();
      RC_ASSERT(read(after).chart == chart);
      const auto then = elements_of(after);
      for (const auto& [id, what] : elements_of(text)) {
        const bool may_go = !gone.empty() || what.find("sequenceFlow") != std::string::npos ||
                            what.find("BPMNEdge") != std::string::npos;
        RC_ASSERT(may_go || then.contains(id));
      }
      text = after;
    }
  }));
}
