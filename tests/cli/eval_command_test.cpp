// `banli eval`: sessions as a user sees them, files that are wrong, and the JSON.
#include <banli/cli/command_line.hpp>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "sessions.hpp"

namespace {

using namespace command;
namespace json = boost::json;

const char* const late = R"({
  "case": {"elapsed": 19, "promised": 20, "status": "open"},
  "fees": [{"amount": 80, "standard": 100}, {"amount": 120.5}],
  "types": {"case": {"status": ["open", "concluded"], "closed": "timestamp"},
            "fees": [{"amount": "double", "standard": "double"}], "left": "int"},
  "clocks": {"left": {"course": "falling", "steps": [["2025-10-01", 2], ["2025-10-09", 1]]}},
  "labels": {"办件": "case", "已用": "elapsed"}
})";

/// What eval says of a file with these bindings.
said with(const std::string& bindings, const std::string& expression) {
  const scratch folder;
  const std::string file = folder.write("b.json", bindings);
  said s = run_banli({"eval", expression, "--bind", file, "--lang", "en"});
  s.err = replaced(s.err, file, "b.json");
  return s;
}

} // namespace

TEST_CASE("sessions with eval read as they are written down") {
  const scratch folder;
  CHECK(run_sessions(BANLI_SOURCE_DIR "/tests/cli/eval_sessions.txt",
                     {BANLI_SOURCE_DIR "/", {{"late.json", folder.write("late.json", late)}}}) ==
        21);
}

TEST_CASE("a file of values that is wrong says where and what") {
  CHECK(with("{\"a\": 1,\n \"b\" 2}", "a").err ==
        "b.json:2:6: error[syntax-error]: this is no JSON\n");
  CHECK(with("{} x", "1").err == "b.json:1:4: error[syntax-error]: this is no JSON\n");
  CHECK(with("[1]", "1").err ==
        "b.json:1:1: error[bad-value]: the values are an object of names\n");
  CHECK(with("{\"types\": 1}", "1").err == "b.json: error[bad-value]: types: expected an object\n");
  CHECK(with("{\"types\": {\"a\": \"itn\"}}", "1").err ==
        "b.json: error[bad-value]: 'itn' is no type; did you mean 'int'?\n");
  CHECK(with("{\"types\": {\"a\": []}}", "1").err ==
        "b.json: error[bad-value]: types.a: expected a type\n");
  CHECK(with("{\"a\": 1.5, \"types\": {\"a\": \"int\"}}", "a").err ==
        "b.json: error[type-mismatch]: a: expected int, got double\n");
  CHECK(with("{\"clocks\": {\"a\": {\"steps\": []}}}", "1").err ==
        "b.json: error[bad-value]: clocks.a: expected a course and steps, for a declared field\n");
  CHECK(
      with(
          R"({"types": {"a": "int"}, "clocks": {"a": {"steps": [["2025-01-02", 1], ["2025-01-01", 2]]}}})",
          "a")
          .err ==
      "b.json: error[bad-value]: clocks.a: expected steps [instant, value] in order of time\n");
  CHECK(with("{\"a\": 1}", "a").code == 0);
  CHECK(run_banli({"eval", "1", "--bind", "/none.json"}).code == 1);
}

TEST_CASE("values are typed by what they are") {
  const auto type_of = [](const std::string& text) {
    const scratch folder;
    const said s = run_banli(
        {"eval", "a", "--bind", folder.write("b.json", "{\"a\": " + text + "}"), "--json"});
    REQUIRE(s.code == 0);
    return std::string{json::parse(s.out).at("type").as_string()};
  };
  CHECK(type_of("1") == "int");
  CHECK(type_of("18446744073709551615") == "uint");
  CHECK(type_of("1.0") == "double");
  CHECK(type_of("null") == "dyn");
  CHECK(type_of("[1, 2.5]") == "list(double)");
  CHECK(type_of("[1, \"a\"]") == "list(dyn)");
  CHECK(type_of("[[1], [2]]") == "list(list(int))");
  CHECK(type_of("[{\"x\": 1}, {\"y\": true}]") == "list(a)");
}

TEST_CASE("JSON tells all that an evaluation gives") {
  const scratch folder;
  const std::string file = folder.write("late.json", late);
  const said s = run_banli({"eval", "办件.已用 > 18 && left < 2", "--bind", file, "--now",
                            "2025-10-02T10:00", "--json", "--explain"});
  REQUIRE(s.code == 0);
  const json::object o = json::parse(s.out).as_object();
  CHECK(o.at("value").as_bool() == false);
  CHECK(o.at("state").as_string() == "value");
  CHECK(o.at("holds_until").as_string() == "2025-10-09T00:00:00");
  CHECK(json::serialize(o.at("reads")) == R"(["case.elapsed","left"])");
  CHECK(json::serialize(o.at("facts")) == R"([{"name":"left","label":"left","value":2}])");
  CHECK(json::serialize(o.at("nearest")) ==
        R"([{"condition":"left < 2","needs":"left < 2","becomes":true}])");
  CHECK(o.at("says").at("en").as_string() ==
        "False, because left = 2. It would be true if left < 2.");
  CHECK(json::serialize(o.at("tree").at("decided_by")) == "[1]");
  const said bad = run_banli({"eval", "1 +", "--json"});
  CHECK(bad.code == 1);
  CHECK(json::parse(bad.out).at("problems").at(0).at("caret").as_string() == "1 +\n   ^\n");
  const said fails = run_banli({"eval", "1 / 0", "--json"});
  CHECK(fails.code == 1);
  CHECK(json::parse(fails.out).at("error").at("code").as_string() == "evaluation-error");
  const said kinds = run_banli(
      {"eval", "[1u, b'x', duration('90s'), timestamp('2025-01-01T00:00:00Z'), 1.0/0.0, int, null]",
       "--json"});
  CHECK(json::serialize(json::parse(kinds.out).at("value")) ==
        R"([1,"b\"x\"","90s","2025-01-01T00:00:00Z","Infinity","int",null])");
}
