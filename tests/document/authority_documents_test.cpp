// What documents say of authority: grants, mandates, separations, personal data, pre-commit rules.
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include <banli/document/configuration.hpp>

using namespace banli;

namespace {

using named_texts = std::vector<std::pair<std::string, std::string>>;

/// The documents of examples/engine, with one text of one of them exchanged.
configuration engine_office(std::string_view file = {}, std::string_view was = {},
                            std::string_view is = {}) {
  named_texts all;
  for (const char* name : {"commit_rules", "flowchart", "item", "organisation"}) {
    std::ifstream in{std::string(BANLI_SOURCE_DIR "/examples/engine/") + name + ".yaml"};
    std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (file == name) {
      const std::size_t at = text.find(was);
      REQUIRE(at != std::string::npos);
      text.replace(at, was.size(), is);
    }
    all.emplace_back(std::string{name} + ".yaml", std::move(text));
  }
  return parse_configuration(all);
}

std::string problems_of(const configuration& c) {
  std::string out;
  for (const error& e : c.found) out += to_string(e, language::en) + "\n";
  return out;
}

} // namespace

TEST_CASE("an office writes down who may do what, and it is read") {
  const configuration c = engine_office();
  CHECK(problems_of(c).empty());
  REQUIRE(c.people->grants.size() == 4);
  CHECK(c.people->grants[0].commands[0] == action::accept);
  CHECK(c.people->grants[3].commands[0] == action::migrate);
  REQUIRE(c.people->mandates.size() == 1);
  CHECK(c.people->mandates[0].kind == mandate_kind::substitute);
  CHECK(c.people->mandate_depth == 1);
  const flowchart& chart = c.flowcharts.at(0);
  REQUIRE(chart.separations.size() == 1);
  CHECK(chart.separations[0].decision);
  CHECK(chart.forms[0].fields[0].personal == personal_kind::name);
  REQUIRE(c.commit_rules.has_value());
  CHECK(c.commit_rules->rules().size() == 2);
  CHECK_FALSE(c.rules.has_value());
}

TEST_CASE("instants of a mandate are read, and a bad one has its place") {
  const auto with = [](std::string_view until) {
    return engine_office(
        "organisation", "posts: [受理岗]}\n",
        fmt::format("posts: [受理岗], since: 2026-03-01T08:30, until: {}}}\n", until).c_str());
  };
  const configuration c = with("2026-04-01");
  CHECK(problems_of(c).empty());
  CHECK(c.people->mandates[0].since ==
        instant{*parse_day("2026-03-01")} + std::chrono::minutes{510});
  CHECK(problems_of(with("2026-02-30")).starts_with("organisation.yaml:22:"));
  CHECK(problems_of(with("2026-02-28T00:00"))
            .find("error[bad-value]: a mandate of MZ01 ends before "
                  "it begins") != std::string::npos);
}

TEST_CASE("what is wrong with authority is told with its place and a hint") {
  const auto one = [](std::string_view file, std::string_view was, std::string_view is) {
    return problems_of(engine_office(file, was, is));
  };
  CHECK(one("organisation", "commands: [送达, 撤回]", "commands: [送大, 撤回]")
            .starts_with("organisation.yaml:18:17: error[unknown-value]"));
  CHECK(one("organisation", "commands: [送达, 撤回]", "commands: [complete, 撤回]") ==
        "organisation.yaml:18:17: error[bad-value]: 'complete' is granted by the rule of its "
        "step\n");
  CHECK(one("organisation", "from: MZ01, to: MZ04", "from: MZ01, to: MZ09")
            .starts_with("organisation.yaml:22:36: error[unknown-reference]: there is no person "
                         "'MZ09'; did you mean 'MZ0"));
  CHECK(one("flowchart", "steps: [受理, 审查]", "steps: [受理, 审察]") ==
        "flowchart.yaml:38:33: error[unknown-reference]: the flowchart has no step '审察'; did you "
        "mean '审查'?\n");
  CHECK(one("flowchart", "steps: [受理, 审查], decision: true", "steps: [受理]") ==
        "flowchart.yaml:38:5: error[bad-value]: separation '受理与审查分离' needs two duties to "
        "keep apart\n");
  CHECK(one("flowchart", "personal: 电话", "personal: 电活").starts_with("flowchart.yaml:34:"));
  CHECK(one("commit_rules", "command.action == 'decide'", "command.acton == 'decide'")
            .starts_with("commit_rules.yaml:8:"));
  CHECK(one("commit_rules", "expected: fires", "expected: silent")
            .find("error[bad-value]: test 'the same day' of rule 'C-1'") != std::string::npos);
}
