// `banli flow check|draw|convert|compare`.
#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "../drawing/flowchart_golden.hpp"
#include "sessions.hpp"

using command::run_banli;
using command::says;

namespace {

const std::string charts = BANLI_SOURCE_DIR "/examples/county/flowcharts/";

const std::string stuck = command::content(BANLI_SOURCE_DIR "/tests/cases/stuck_chart.yaml");

boost::json::object json_of(const std::vector<std::string>& arguments) {
  return boost::json::parse(run_banli(arguments).out).as_object();
}

} // namespace

TEST_CASE("a sound chart is said to be sound, with its longest way") {
  const auto said = run_banli({"flow", "check", charts + "civil-association.yaml", "--lang", "en"});
  CHECK(said.code == 0);
  CHECK(said.out ==
        "社会团体成立登记流程图: sound (0 markings searched); longest 19 workdays: 受理 -> 初审 -> "
        "实地核查 -> 审核 -> 决定 -> 制证送达\n");
  const auto json = json_of({"flow", "check", charts + "civil-association.yaml", "--json"});
  for (const char* key : {"sound", "safe", "can_complete", "proper_completion"})
    CHECK(json.at(key) == true);
  CHECK(json.at("witness").is_null());
  CHECK(json.at("dead_steps").as_array().empty());
}

TEST_CASE("a chart that goes wrong is told with the shortest way") {
  const command::scratch folder;
  const std::string file = folder.write("stuck.yaml", stuck);
  const auto said = run_banli({"flow", "check", file, "--lang", "en"});
  CHECK(said.code == 1);
  CHECK(says(said.err, {"stuck.yaml:12:5: error[improper-finish]: '环保审查' is done; '通过?' goes "
                        "'不通过': the end '退件' is reached while '消防审查' is still open"}));
  const auto json = json_of({"flow", "check", file, "--json"});
  CHECK(json.at("sound") == false);
  CHECK(json.at("safe") == true);
  CHECK(json.at("can_complete") == true);
  CHECK(json.at("proper_completion") == false);
  CHECK(boost::json::serialize(json.at("witness")) ==
        R"(["环保审查",{"at":"通过?","label":"不通过","to":"退件"}])");
  CHECK(json.at("problems").as_array().size() == json.at("faults").as_array().size());
  const auto few = json_of({"flow", "check", file, "--json", "--states", "3"});
  CHECK(few.at("sound").is_null());
  CHECK(few.at("safe").is_null());
}

TEST_CASE("a chart with a local fault is not sound, and of the rest nothing is known") {
  const command::scratch folder;
  std::string text = stuck;
  text.replace(text.find("to: 办结}"), std::string{"to: 办结}"}.size(), "to: 办节}");
  const auto json = json_of({"flow", "check", folder.write("x.yaml", text), "--json"});
  CHECK(json.at("sound") == false);
  CHECK(json.at("safe").is_null());
  CHECK(run_banli({"flow", "check", folder.at("none.yaml")}).code == 1);
  CHECK(run_banli({"flow"}).code == 2);
  CHECK(run_banli({"flow", "draw", folder.at("x.yaml"), "--to", "png"}).code == 2);
}

TEST_CASE("a chart is drawn as it was drawn before") {
  const auto svg = run_banli({"flow", "draw", charts + "civil-association.yaml"});
  CHECK(svg.code == 0);
  CHECK(golden::without_numbers(svg.out) ==
        golden::without_numbers(golden::kept("civil_association.svg", svg.out)));
  const auto mmd =
      run_banli({"flow", "draw", charts + "civil-association.yaml", "--to", "mermaid"});
  CHECK(mmd.out == golden::kept("civil_association.mmd", mmd.out));
  const command::scratch folder;
  const std::string file = folder.write("stuck.yaml", stuck);
  const auto marked = run_banli({"flow", "draw", file, "--faults"});
  CHECK(golden::without_numbers(marked.out) ==
        golden::without_numbers(golden::kept("stuck_marked.svg", marked.out)));
  CHECK(says(marked.out, {"fault", "taken"}));
  CHECK_FALSE(says(run_banli({"flow", "draw", file}).out, {"class=\"end fault"}));
  const std::string out = folder.at("x.svg");
  CHECK(run_banli({"flow", "draw", charts + "civil-association.yaml", "-o", out}).code == 0);
  std::ostringstream written;
  written << std::ifstream{out, std::ios::binary}.rdbuf();
  CHECK(written.str() == svg.out);
  CHECK(run_banli({"flow", "draw", file, "-o", folder.at("no/where.svg")}).code == 3);
  CHECK(run_banli({"flow", "draw", folder.at("none.yaml")}).code == 1);
}

TEST_CASE("two versions are compared: steps, days, compression rates (H24)") {
  const command::scratch folder;
  const std::string before = folder.write("a.yaml", R"(kind: flowchart
id: x
name: 甲
nodes:
  - {id: 开始, node: start}
  - {id: 受理, post: P, duty: 受理, limit: 1个工作日}
  - {id: 初审, post: P, duty: 初审, limit: 5个工作日}
  - {id: 决定, post: P, duty: 决定, limit: 4个工作日}
  - {id: 办结, node: end}
arrows: [{from: 开始, to: 受理}, {from: 受理, to: 初审}, {from: 初审, to: 决定}, {from: 决定, to: 办结}]
)");
  const std::string after = folder.write("b.yaml", R"(kind: flowchart
id: x
name: 甲
nodes:
  - {id: 开始, node: start}
  - {id: 受理, post: P, duty: 受理, limit: 1个工作日}
  - {id: 决定, post: P, duty: 审查并决定, limit: 6个工作日}
  - {id: 办结, node: end}
arrows: [{from: 开始, to: 受理}, {from: 受理, to: 决定}, {from: 决定, to: 办结}]
)");
  CHECK(run_banli({"flow", "compare", before, after, "--lang", "en"}).out ==
        "steps: 3 -> 2, saved 33.33%\n"
        "longest way: 10 -> 7 workdays, saved 30%\n"
        "removed: 初审\n"
        "changed: 决定 (duty, limit)\n"
        "the flow between them was changed\n");
  CHECK(run_banli({"flow", "compare", before, after, "--promised-before", "20个工作日",
                   "--promised-after", "8个工作日"})
            .out.find("承诺期限:20 -> 8 个工作日,压缩率 60%") != std::string::npos);
  const auto json = json_of({"flow", "compare", before, after, "--json"});
  CHECK(boost::json::serialize(json.at("days")) == R"({"before":1E1,"after":7E0})");
  CHECK(run_banli({"flow", "compare", before, folder.at("none.yaml")}).code == 1);
  CHECK(run_banli({"flow", "compare", before, after, "--promised-before", "x"}).code == 2);
  CHECK(run_banli(
            {"flow", "compare", before, after, "--promised-before", "x", "--promised-after", "y"})
            .code == 1);
}

namespace {

/// Two examinations side by side, as another tool writes them: no posts, no limits.
const std::string foreign = R"(<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
  <bpmn:process id="joint" name="联合审查">
    <bpmn:startEvent id="s"/>
    <bpmn:parallelGateway id="f"/>
    <bpmn:userTask id="a" name="环保审查"/>
    <bpmn:serviceTask id="b" name="消防审查"/>
    <bpmn:parallelGateway id="j"/>
    <bpmn:endEvent id="e"/>
    <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="f"/>
    <bpmn:sequenceFlow id="f2" sourceRef="f" targetRef="a"/>
    <bpmn:sequenceFlow id="f3" sourceRef="f" targetRef="b"/>
    <bpmn:sequenceFlow id="f4" sourceRef="a" targetRef="j"/>
    <bpmn:sequenceFlow id="f5" sourceRef="b" targetRef="j"/>
    <bpmn:sequenceFlow id="f6" sourceRef="j" targetRef="e"/>
  </bpmn:process>
</bpmn:definitions>
)";

std::string changed(std::string text, std::string_view from, std::string_view to) {
  text.replace(text.find(from), from.size(), to);
  return text;
}

std::string bytes_of(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream{path, std::ios::binary}.rdbuf();
  return out.str();
}

} // namespace

TEST_CASE("the flow of a BPMN model is proved though nobody is named in it") {
  const command::scratch folder;
  const std::string file = folder.write("joint.bpmn", foreign);
  const auto said = run_banli({"flow", "check", file, "--lang", "en"});
  CHECK(said.code == 1);
  CHECK(says(said.out, {"联合审查: its flow is sound"}));
  CHECK(says(said.err, {"joint.bpmn:6:5: error[missing-post]: step '环保审查' has no post",
                        "joint.bpmn:7:5: error[not-run]: the service task '消防审查' is kept and "
                        "not run: it is a step that a post does, no program is called"}));
  const auto json = json_of({"flow", "check", file, "--json"});
  for (const char* key : {"sound", "safe", "can_complete", "proper_completion"})
    CHECK(json.at(key) == true);
  CHECK(json.at("witness").is_null());
  CHECK(boost::json::serialize(json.at("processes")) == R"(["joint"])");

  const std::string wrong =
      changed(foreign, "sourceRef=\"b\" targetRef=\"j\"", "sourceRef=\"b\" targetRef=\"e\"");
  const auto unsound = json_of({"flow", "check", folder.write("w.bpmn", wrong), "--json"});
  CHECK(unsound.at("sound") == false);
  CHECK_FALSE(unsound.at("witness").is_null());
  const std::string lone =
      changed(foreign, "<bpmn:endEvent", "<bpmn:task id=\"lone\"/><bpmn:endEvent");
  const auto dead = json_of({"flow", "check", folder.write("l.bpmn", lone), "--json"});
  CHECK(dead.at("sound") == false);
  CHECK(boost::json::serialize(dead.at("dead_steps")) == R"(["lone"])");
}

TEST_CASE("what is not known of a BPMN model is null, and which process must be told") {
  const command::scratch folder;
  const std::string complex = changed(
      changed(foreign, "<bpmn:parallelGateway id=\"j\"/>", "<bpmn:complexGateway id=\"j\"/>"),
      "<bpmn:parallelGateway id=\"f\"/>", "<bpmn:inclusiveGateway id=\"f\"/>");
  const std::string file = folder.write("c.bpmn", complex);
  CHECK(json_of({"flow", "check", file, "--json"}).at("sound").is_null());
  CHECK(says(run_banli({"flow", "check", file, "--lang", "en"}).out, {"not decided"}));
  const std::string two = changed(foreign, "</bpmn:definitions>",
                                  "<bpmn:process id=\"q\"><bpmn:task id=\"x\"/></bpmn:process>"
                                  "</bpmn:definitions>");
  const std::string both = folder.write("two.bpmn", two);
  const auto untold = json_of({"flow", "check", both, "--json"});
  CHECK(untold.at("sound").is_null());
  CHECK(boost::json::serialize(untold.at("processes")) == R"(["joint","q"])");
  const auto told = json_of({"flow", "check", both, "--json", "--process", "q"});
  CHECK(told.at("sound") == true);
  CHECK(told.at("id") == "q");
  CHECK(run_banli({"flow", "draw", both}).code == 1);
  const std::string cut = folder.write("cut.bpmn", foreign.substr(0, 700));
  CHECK(json_of({"flow", "check", cut, "--json"}).at("sound").is_null());
}

TEST_CASE("charts are converted between YAML, BPMN and pictures") {
  const command::scratch folder;
  const std::string yaml = charts + "civil-association.yaml";
  const std::string bpmn = folder.at("x.bpmn");
  const std::string back = folder.at("back.yaml");
  CHECK(run_banli({"flow", "convert", yaml, bpmn}).code == 0);
  CHECK(run_banli({"flow", "check", bpmn}).code == 0);
  CHECK(run_banli({"flow", "convert", bpmn, back}).code == 0);
  CHECK(run_banli({"flow", "convert", yaml, folder.at("canonical.yaml")}).code == 0);
  CHECK(bytes_of(back) == bytes_of(folder.at("canonical.yaml")));
  CHECK(bytes_of(bpmn) == run_banli({"flow", "draw", yaml, "--to", "bpmn"}).out);
  CHECK(says(run_banli({"flow", "compare", yaml, bpmn, "--lang", "en"}).out, {"saved 0%"}));

  const std::string other = folder.write("f.bpmn", foreign);
  CHECK(run_banli({"flow", "convert", other, folder.at("g.bpmn")}).code == 0);
  CHECK(bytes_of(folder.at("g.bpmn")) == foreign); // as it came
  const auto told = run_banli({"flow", "convert", other, folder.at("f.yaml")});
  CHECK(told.code == 0);
  CHECK(says(told.err, {"not-run"})); // YAML has no word for it
  CHECK(run_banli({"flow", "convert", other, folder.at("f.svg")}).code == 0);
  CHECK(says(bytes_of(folder.at("f.svg")), {"<svg", "环保审查"}));
  CHECK(run_banli({"flow", "convert", other, folder.at("f.mmd")}).code == 0);
  CHECK(run_banli({"flow", "convert", other, folder.at("f.png")}).code == 2);

  // Changed as YAML and written into the file it came from, of which the rest stays.
  const std::string mine = folder.write(
      "mine.yaml", changed(bytes_of(folder.at("f.yaml")), "label: 环保审查", "label: 环评"));
  const auto into = [&](const std::string& out, const std::string& origin) {
    return run_banli({"flow", "convert", mine, folder.at(out), "--into", origin});
  };
  CHECK(into("h.bpmn", other).code == 0);
  CHECK(bytes_of(folder.at("h.bpmn")) == changed(foreign, "name=\"环保审查\"", "name=\"环评\""));
  CHECK(into("h.svg", other).code == 2);
  CHECK(into("i.bpmn", mine).code == 1);
  CHECK(run_banli({"flow", "convert", folder.at("none.bpmn"), folder.at("f.svg")}).code == 1);
}
