// `banli rules check|test|explain`.
#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "sessions.hpp"

using command::run_banli;
using command::says;

namespace {

const std::string example = BANLI_SOURCE_DIR "/examples/rules";

boost::json::value printed_json(const std::vector<std::string>& arguments) {
  return boost::json::parse(run_banli(arguments).out);
}

const std::string table = "rule,in:n,out:x\nid,t\npolicy,U\ntype,int,int\n1,<= 5,1\n2,> 4,2\n";

} // namespace

TEST_CASE("rules and tables of a folder are checked, with what is known of the tables") {
  const auto said = run_banli({"rules", "check", example, "--lang", "en"});
  CHECK(said.code == 0);
  CHECK(said.out == "table late-closing: 3 rules, policy U; complete: yes; disjoint: yes\n"
                    "table broken-promises: 3 rules, policy U; complete: yes; disjoint: yes\n"
                    "1 rules, 2 tables: no problems\n");
  const auto json = printed_json({"rules", "check", example, "--json"}).as_object();
  CHECK(json.at("tables").as_array().size() == 2);
  CHECK(boost::json::serialize(json.at("rules")) ==
        R"([{"id":"T-9","reads":["case.open","case.overdue_days","case.used_share"]}])");
}

TEST_CASE("overlaps are told with an example, in words and as JSON") {
  const command::scratch folder;
  const std::string file = folder.write("t.csv", table);
  const auto said = run_banli({"rules", "check", file});
  CHECK(said.code == 1);
  CHECK(says(said.err, {"t.csv:6:1: error[rules-overlap]: n = 5:第 1 条与第 2 条规则同时命中"}));
  const auto json = printed_json({"rules", "check", file, "--json"}).as_object();
  const auto& t = json.at("tables").as_array().at(0).as_object();
  CHECK(t.at("complete") == "yes");
  CHECK(t.at("disjoint") == "no");
  CHECK(boost::json::serialize(t.at("overlaps")) ==
        R"([{"rules":[1,2],"at":{"n":5},"same_outputs":"no"}])");
}

TEST_CASE("the tests of rules are run and counted") {
  const auto said = run_banli({"rules", "test", example, "--lang", "en"});
  CHECK(said.code == 0);
  CHECK(said.out == "4 tests, 0 failed; 0 rules without tests\n");
  const command::scratch folder;
  std::string text = command::content(example + "/rules.yaml");
  text.replace(text.find("output: yellow"), 14, "output: orange");
  const auto failing = run_banli({"rules", "test", folder.write("r.yaml", text), "--lang", "en"});
  CHECK(failing.code == 1);
  CHECK(says(failing.err, {"test '已用八成五' of rule 'T-9' expects \"orange\", but the rule gives "
                           "\"yellow\""}));
  CHECK(failing.out == "4 tests, 1 failed; 0 rules without tests\n");
}

TEST_CASE("a rule and a table say what they give, and why") {
  const auto said =
      run_banli({"rules", "explain", example, "--bind", example + "/case.json", "--lang", "en"});
  CHECK(said.code == 0);
  CHECK(!said.out.empty());
  CHECK(command::content(example + "/rules.out").ends_with(said.out));
  const auto one = printed_json({"rules", "explain", example, "--rule", "broken-promises", "--bind",
                                 example + "/case.json", "--json"})
                       .as_array();
  REQUIRE(one.size() == 1);
  CHECK(one[0].at("value") == "通报批评");
  CHECK(boost::json::serialize(one[0].at("hits")) == "[2]");
  const auto missing = run_banli({"rules", "explain", example, "--rule", "T-9", "--lang", "en"});
  CHECK(missing.code == 1);
  CHECK(says(missing.out, {"T-9: unjudgeable", "missing case.open"}));
  const auto none = run_banli({"rules", "explain", example, "--rule", "T-8", "--lang", "en"});
  CHECK(none.code == 1);
  CHECK(says(none.err, {"there is no rule 'T-8'; did you mean 'T-9'?"}));
}
