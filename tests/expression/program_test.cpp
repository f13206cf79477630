#include <fstream>
#include <string>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <banli/expression/program.hpp>

#include "office.hpp"

using namespace banli;

namespace {

std::string shown(const outcome& o) {
  if (o.is == outcome::state::value) return to_text(o.value);
  if (o.is == outcome::state::error) return "error: " + std::string(to_string(o.error.code));
  std::string s = "unknown:";
  for (const auto& m : o.missing) s += " " + m;
  return s;
}

template <class Use>
void each_line(const char* path, Use use) {
  std::ifstream in(path);
  REQUIRE(in);
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) use(boost::json::parse(line).as_object());
}

std::string string_of(const boost::json::value& v) { return std::string(v.as_string()); }

program ready(std::string_view source) {
  const compiled c = compile(source, office::words());
  REQUIRE(c.program);
  return *c.program;
}

} // namespace

TEST_CASE("every mistake is reported with its code, its column and what was meant") {
  each_line(BANLI_SOURCE_DIR "/tests/cases/expression_problems.jsonl",
            [](const boost::json::object& o) {
              const std::string source = string_of(o.at("expr"));
              CAPTURE(source);
              const compiled c = compile(source, office::words());
              CHECK_FALSE(c.program);
              const auto& expected = o.at("problems").as_array();
              REQUIRE(c.problems.size() == expected.size());
              for (std::size_t i = 0; i < expected.size(); ++i) {
                CHECK(to_string(c.problems[i].code) == string_of(expected[i].at(0)));
                CHECK(c.problems[i].where.column == expected[i].at(1).to_number<int>());
                CAPTURE(c.problems[i].message.en);
                CAPTURE(c.problems[i].message.zh);
                const std::string hint = string_of(expected[i].at(2));
                CHECK((c.problems[i].message.en.find(hint) != std::string::npos ||
                       c.problems[i].message.zh.find(hint) != std::string::npos));
              }
            });
}

TEST_CASE("values, errors and missing fields come out as the table says") {
  each_line(BANLI_SOURCE_DIR "/tests/cases/expression_values.jsonl",
            [](const boost::json::object& o) {
              const std::string source = string_of(o.at("expr"));
              CAPTURE(source);
              const compiled c = compile(source, office::words());
              REQUIRE(c.program);
              CHECK(shown(c.program->evaluate(office::facts())) == string_of(o.at("text")));
            });
}

TEST_CASE("a program knows what it reads") {
  CHECK(ready("case.promised_days > 1 || 办件.已用工作日 > 2 || has(case.closed_at)").reads() ==
        std::vector<std::string>{"case.closed_at", "case.elapsed_workdays", "case.promised_days"});
}

TEST_CASE("places count from the base, and the caret stands under the character") {
  compile_options how;
  how.base = {"rules.yaml", 12, 16};
  how.continuation_column = 5;
  const std::string source = "办件.状况 == 1 ||\n  cas.x";
  const compiled c = compile(source, office::words(), how);
  REQUIRE(c.problems.size() == 2);
  CHECK(c.problems[0].where == place{"rules.yaml", 12, 19});
  CHECK(c.problems[1].where == place{"rules.yaml", 13, 7});
  CHECK(caret_lines(source, c.problems[0], how) == "办件.状况 == 1 ||\n     ^\n");
  CHECK(caret_lines(source, c.problems[1], how) == "  cas.x\n  ^\n");
}

TEST_CASE("limits hold: length, depth, nodes, elements, cost, size") {
  const environment env = office::words();
  compile_options how;
  const auto code = [&](const std::string& source) {
    const compiled c = compile(source, env, how);
    return c.program ? std::string("fine") : std::string(to_string(c.problems.front().code));
  };
  CHECK(code(std::string(20'000, ' ') + "1") == "limit-exceeded");
  CHECK(code(std::string(99, '(') + "1" + std::string(99, ')')) == "fine");
  CHECK(code(std::string(101, '(') + "1" + std::string(101, ')')) == "limit-exceeded");
  CHECK(code(std::string(3'000, '!') + "true") == "limit-exceeded");
  CHECK(code("\xFF") == "bad-utf8");
  how.limits.nodes = 10;
  CHECK(code("1+1+1+1+1+1+1+1+1+1") == "limit-exceeded");
  how.limits = {};
  how.limits.list_size = 3;
  CHECK(code("[1, 2, 3, 4]") == "limit-exceeded");
  const auto dear = ready("[1,2,3].all(a, [1,2,3].all(b, [1,2,3].all(c, a + b + c > 0))) || true");
  CHECK(dear.evaluate(office::facts()).truth() == true);
  CHECK(dear.evaluate(office::facts(), {.cost = 50}).error.code == errc::cost_exceeded);
  const auto large = ready("string(case.promised_days) + '0123456789' == ''");
  CHECK(large.evaluate(office::facts(), {.result_size = 5}).error.code == errc::limit_exceeded);
}

TEST_CASE("the expected type is demanded") {
  compile_options how;
  how.expected = type_kind::boolean;
  CHECK(compile("1 + 1", office::words(), how).problems.front().code == errc::type_mismatch);
  CHECK(compile("1 + 1 == 2", office::words(), how).program);
}

TEST_CASE("an explanation names the leaves that decided, and no others") {
  const auto facts_of = [](std::string_view source) {
    std::string out;
    for (const fact& f : ready(source).explain(office::facts()).facts) out += to_text(f) + "; ";
    return out;
  };
  CHECK(facts_of("case.elapsed_workdays > case.promised_days * 0.8") ==
        "case.elapsed_workdays = 19; case.promised_days = 20; ");
  CHECK(facts_of("case.status == 'open' || case.elapsed_workdays > 99") ==
        "case.status = \"open\"; ");
  CHECK(facts_of("case.elapsed_workdays > 99 && case.status == 'open'") ==
        "case.elapsed_workdays = 19; ");
  CHECK(facts_of("!fees.all(f, f.amount <= f.standard)") ==
        "f.amount = 120.0; f.standard = 100.0; ");
  CHECK(facts_of("case.closed_at > case.started") ==
        "case.closed_at ?; case.started = timestamp(\"2025-10-13T09:00:00Z\"); ");
  const reasoning r = ready("case.promised_days > 1 && true").explain(office::facts());
  REQUIRE(r.root.parts.size() == 2);
  CHECK(r.root.parts[0].source == "case.promised_days > 1");
  CHECK(r.root.parts[0].parts[0].value == value(20));
}

TEST_CASE("an explanation says in both languages what decided and what would have to turn") {
  struct row {
    const char* source;
    const char* en;
    const char* zh;
  };
  const row rows[] = {
      {"办件.已用工作日 > 办件.承诺天数 * 0.8",
       "True, because 办件.已用工作日 = 19, 办件.承诺天数 = 20. It would be false if "
       "办件.已用工作日 <= "
       "办件.承诺天数 * 0.8 (16.0).",
       "成立:办件.已用工作日 = 19,办件.承诺天数 = 20。若 办件.已用工作日 <= 办件.承诺天数 * 0.8 "
       "(16.0),则不成立。"},
      {"case.status == 'suspended' && 办件.已用工作日 > 20",
       "False, because 办件.status = \"open\". It would be true if 办件.status == \"suspended\" "
       "and "
       "办件.已用工作日 > 20.",
       "不成立:办件.status = \"open\"。若 办件.status == \"suspended\"、办件.已用工作日 > "
       "20,则成立。"},
      {"case.status == 'suspended' || 办件.已用工作日 > 20",
       "False, because 办件.status = \"open\", 办件.已用工作日 = 19. It would be true if "
       "办件.status == "
       "\"suspended\".",
       "不成立:办件.status = \"open\",办件.已用工作日 = 19。若 办件.status == "
       "\"suspended\",则成立。"},
      {"!fees.exists(f, f.amount > f.standard)",
       "False, because f.amount = 120.0, f.standard = 100.0. It would be true if 'fees.exists(f, "
       "f.amount "
       "> f.standard)' were not so.",
       "不成立:f.amount = 120.0,f.standard = 100.0。若 “fees.exists(f, f.amount > "
       "f.standard)”不成立,则成立。"},
      {"case.closed_at > case.started", "Cannot be judged: missing 办件.closed_at.",
       "无法判定:缺少 办件.closed_at。"},
      {"办件.承诺天数 / 0 > 1", "Error: division by zero.", "出错:除数为零。"},
      {"办件.承诺天数 + 1", "It is 21, because 办件.承诺天数 = 20.",
       "结果为 21:办件.承诺天数 = 20。"},
      {"true", "True.", "成立。"},
  };
  for (const row& r : rows) {
    CAPTURE(r.source);
    const text said = describe(ready(r.source).explain(office::facts()));
    CHECK(said.en == r.en);
    CHECK(said.zh == r.zh);
  }
}
