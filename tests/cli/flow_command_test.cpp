// `banli flow check|draw|compare`.
#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "../drawing/flowchart_golden.hpp"
#include "command.hpp"

using command::run_banli;
using command::says;

namespace {

const std::string charts = BANLI_SOURCE_DIR "/examples/county/flowcharts/";

const std::string stuck = R"(kind: flowchart
id: joint
name: 联合审查
nodes:
  - {id: 开始, node: start}
  - {id: 分, node: fork}
  - {id: 环保审查, post: P, duty: 审查, limit: 3个工作日}
  - {id: 通过?, node: decision}
  - {id: 消防审查, post: P, duty: 审查, limit: 3个工作日}
  - {id: 汇, node: join}
  - {id: 办结, node: end}
  - {id: 退件, node: end}
arrows:
  - {from: 开始, to: 分}
  - {from: 分, to: 环保审查}
  - {from: 分, to: 消防审查}
  - {from: 环保审查, to: 通过?}
  - {from: 通过?, to: 汇, label: 通过}
  - {from: 通过?, to: 退件, label: 不通过}
  - {from: 消防审查, to: 汇}
  - {from: 汇, to: 办结}
)";

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
