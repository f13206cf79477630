#include <banli/document/flowchart_file.hpp>

#include <filesystem>

#include <doctest/doctest.h>

#include "texts.hpp"

using namespace texts;

namespace {

const std::string stuck = content(BANLI_SOURCE_DIR "/tests/cases/stuck_chart.yaml");

} // namespace

TEST_CASE("a chart that can go wrong is told with the shortest way, at its node") {
  const flowchart_file f = parse_flowchart("joint.yaml", stuck);
  REQUIRE(f.net.has_value());
  CHECK(f.proof.decided);
  CHECK_FALSE(f.proof.sound());
  REQUIRE_FALSE(f.found.empty());
  std::string told;
  for (const error& e : f.found) told += to_string(e, language::zh) + "\n";
  CHECK(told.find("joint.yaml:12:5: error[improper-finish]: “环保审查”办结;“通过?”选择“不通过”") !=
        std::string::npos);
  const flowchart_file once_more = judge_flowchart(f.chart);
  REQUIRE(once_more.found.size() == f.found.size());
  CHECK(once_more.found[0].where.line == 0);
  CHECK(once_more.found[0].message == f.found[0].message);
}

TEST_CASE("every flowchart of the examples is good by itself, and saved in one spelling") {
  int seen = 0;
  for (const char* folder :
       {"/examples/county/flowcharts", "/examples/permit-receipt", "/examples/flows"})
    for (const auto& e :
         std::filesystem::directory_iterator(BANLI_SOURCE_DIR + std::string{folder})) {
      if (e.path().extension() != ".yaml" || content(e.path()).find("kind: flowchart") != 0)
        continue;
      CAPTURE(e.path().string());
      const flowchart_file f = load_flowchart(e.path().string());
      CHECK(f.good());
      CHECK(f.proof.sound());
      REQUIRE(f.net.has_value());
      const std::string text = save(f.chart).value();
      const flowchart_file again = parse_flowchart("again.yaml", text);
      CHECK(again.chart == f.chart);
      CHECK(save(again.chart).value() == text);
      ++seen;
    }
  CHECK(seen == 12);
}

TEST_CASE("the ready-made flows say who sees what of a supervision order and a complaint (G11)") {
  const std::string flows = BANLI_SOURCE_DIR "/examples/flows/";
  const auto right = [&](const char* file, const char* step, const char* field) {
    const flowchart_file f = load_flowchart(flows + file);
    const auto all = form_rights(f.chart, node_id{step}).value();
    for (const field_access& a : all)
      if (a.field == field) return std::string{to_string(a.right)};
    return std::string{"no such field"};
  };
  CHECK(right("supervision-order.yaml", "发起", "督办要求") == "write");
  CHECK(right("supervision-order.yaml", "签收", "督办要求") == "read");
  CHECK(right("supervision-order.yaml", "签收", "审核意见") == "hidden");
  CHECK(right("supervision-order.yaml", "办理反馈", "反馈意见") == "write");
  CHECK(right("supervision-order.yaml", "评价", "反馈意见") == "read");
  CHECK(right("complaint.yaml", "登记", "投诉人") == "write");
  CHECK(right("complaint.yaml", "转办", "投诉人") == "hidden");
  CHECK(right("complaint.yaml", "督办", "涉及事项") == "read");
}

TEST_CASE("inclusive decisions and joins are written and read") {
  const std::string text = R"(kind: flowchart
id: consult
name: 征求意见
nodes:
  - {id: 开始, node: start}
  - {id: 受理, post: P, duty: 受理, limit: 1个工作日}
  - {id: 征求意见, node: inclusive_decision}
  - {id: 环保意见, post: P, duty: 审查, limit: 3个工作日}
  - {id: 汇总, node: inclusive_join}
  - {id: 办结, node: end}
arrows:
  - {from: 开始, to: 受理}
  - {from: 受理, to: 征求意见}
  - {from: 征求意见, to: 环保意见, condition: form.area > 500.0}
  - {from: 征求意见, to: 汇总}
  - {from: 环保意见, to: 汇总}
  - {from: 汇总, to: 办结}
)";
  const flowchart_file f = parse_flowchart("consult.yaml", text);
  CHECK(f.good());
  CHECK(f.chart.nodes[2].kind == node_kind::inclusive_decision);
  CHECK(f.chart.nodes[4].kind == node_kind::inclusive_join);
  CHECK(parse_flowchart("again.yaml", save(f.chart).value()).chart == f.chart);
}

TEST_CASE("what is no flowchart is told, and a wrong value once") {
  CHECK(parse_flowchart("x.yaml", "kind: hours\n").found.at(0).code == errc::unknown_value);
  CHECK(load_flowchart("no/such/file.yaml").found.at(0).code == errc::file_not_found);
  std::string wrong = stuck;
  wrong.replace(wrong.find("node: fork"), 10, "node: frok");
  const flowchart_file f = parse_flowchart("x.yaml", wrong);
  REQUIRE(f.found.size() == 1);
  CHECK(f.found[0].code == errc::unknown_value);
  CHECK(f.found[0].message.en.find("'fork'") != std::string::npos);
  CHECK_FALSE(f.net.has_value());
}

TEST_CASE("past its limits a chart is refused or not decided, never good") {
  flowchart_file_limits few;
  few.proof.states = 3;
  const flowchart_file f = parse_flowchart("x.yaml", stuck, few);
  CHECK_FALSE(f.good());
  CHECK(f.found.at(0).code == errc::not_decided);
  few.chart.nodes = 3;
  CHECK(parse_flowchart("x.yaml", stuck, few).found.at(0).code == errc::limit_exceeded);
}

TEST_CASE("the proof does not wait for posts, duties, limits and defaults") {
  const std::string text = R"(kind: flowchart
id: x
name: x
nodes:
  - {id: s, node: start}
  - {id: a}
  - {id: q, node: decision}
  - {id: e, node: end}
arrows:
  - {from: s, to: a}
  - {from: a, to: q}
  - {from: q, to: a, condition: "1 > 2"}
  - {from: q, to: e, condition: "2 > 1"}
)";
  const flowchart_file f = parse_flowchart("x.yaml", text);
  CHECK_FALSE(f.good());
  CHECK_FALSE(f.net.has_value());
  CHECK(f.found.size() == 4);
  CHECK(f.sound() == true);
  std::string lost = text;
  lost.replace(lost.find("{id: e, node: end}"), 18, "{id: e, node: end}\n  - {id: b}");
  const flowchart_file g = parse_flowchart("x.yaml", lost);
  CHECK(g.sound() == false);
  CHECK(g.dead_steps() == std::vector<node_id>{node_id{"b"}});
  flowchart_file_limits few;
  few.chart.nodes = 2;
  CHECK(parse_flowchart("x.yaml", text, few).sound() == std::nullopt);
  few = {};
  few.proof.states = 1;
  CHECK(parse_flowchart("x.yaml", text, few).sound() == true); // drawn together, not searched
  CHECK(parse_flowchart("x.yaml", stuck, few).sound() == std::nullopt);
}

TEST_CASE("BPMN is known by its name or its first sign") {
  const std::string text = *to_bpmn(
      parse_flowchart("x.yaml", "kind: flowchart\nid: x\nname: x\nnodes: []\narrows: []\n").chart);
  CHECK(parse_flowchart("x", text).bpmn.has_value());
  CHECK(parse_flowchart("x", "\xEF\xBB\xBF" + text).bpmn.has_value());
  CHECK(parse_flowchart("x.bpmn", "kind: flowchart").found.front().code == errc::bad_xml);
  CHECK_FALSE(parse_flowchart("x", "kind: flowchart").bpmn.has_value());
}
