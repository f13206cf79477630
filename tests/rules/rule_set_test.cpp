#include <string>

#include <doctest/doctest.h>

#include <banli/expression/bound_values.hpp>
#include <banli/rules/rule_set.hpp>

using namespace banli;

namespace {

environment eighty_words() {
  environment env;
  env.declare("case", type::record("case", {{"elapsed_workdays", type_kind::integer},
                                            {"promised_days", type_kind::integer},
                                            {"status",
                                             type::enumeration("status", {"open", "concluded"})}}));
  return env;
}

rule eighty() {
  rule r;
  r.id = rule_id{"T-80"};
  r.name = {"Four fifths used", "已用八成"};
  r.level = level::warning;
  r.condition =
      "case.status == 'open' && case.elapsed_workdays > case.promised_days * params.share";
  r.condition_where = {"rules.yaml", 7, 14};
  r.parameters = {{"share", 0.8, {"share", "比例"}}};
  r.message = {"{case.elapsed_workdays} of {case.promised_days} {{days}}",
               "已用 {case.elapsed_workdays} 个工作日,承诺 {case.promised_days} 个"};
  return r;
}

bound_values facts(int elapsed) {
  bound_values b;
  b.set("case.elapsed_workdays", elapsed).set("case.promised_days", 20).set("case.status", "open");
  return b;
}

std::string codes(const std::vector<rule>& rules) {
  std::string out;
  for (const error& e : compile_rules(rules, eighty_words()).problems)
    out += std::string(to_string(e.code)) + " ";
  return out;
}

template <class Change>
rule eighty_with(Change change) {
  rule r = eighty();
  change(r);
  return r;
}

} // namespace

TEST_CASE("a rule fires, is silent, or cannot be judged") {
  const compiled_rules c = compile_rules({eighty()}, eighty_words());
  REQUIRE(c.rules);
  const compiled_rule& r = *c.rules->find(rule_id{"T-80"});
  CHECK(r.judge(facts(17)).kind == verdict_kind::fires);
  CHECK(r.judge(facts(16)).kind == verdict_kind::silent);
  bound_values incomplete;
  incomplete.set("case.status", "open").set("case.promised_days", 20);
  const verdict v = r.judge(incomplete);
  CHECK(v.kind == verdict_kind::unjudgeable);
  CHECK(v.missing == std::vector<std::string>{"case.elapsed_workdays"});
  incomplete.set("case.status", "concluded");
  CHECK(r.judge(incomplete).kind == verdict_kind::silent);
}

TEST_CASE("a verdict knows when it expires") {
  const compiled_rules c = compile_rules({eighty()}, eighty_words());
  bound_values b = facts(0);
  std::vector<clock_step> days_used;
  for (int d = 0; d < 30; ++d) days_used.push_back({from_serial(20'000 + d), d});
  bound_values now{from_serial(20'003)};
  now.set("case.promised_days", 20).set("case.status", "open");
  now.set_clock("case.elapsed_workdays", clock_course::rising, days_used);
  const verdict v = c.rules->rules()[0].judge(now);
  CHECK(v.kind == verdict_kind::silent);
  CHECK(v.holds_until == instant{from_serial(20'017)});
}

TEST_CASE("a hit prints its facts and its message") {
  const compiled_rules c = compile_rules({eighty()}, eighty_words());
  const compiled_rule& r = c.rules->rules()[0];
  CHECK(r.message(facts(19), language::zh) == "已用 19 个工作日,承诺 20 个");
  CHECK(r.message(facts(19), language::en) == "19 of 20 {days}");
  std::string told;
  for (const fact& f : r.facts(facts(19))) told += to_text(f) + "; ";
  CHECK(told == "case.status = \"open\"; case.elapsed_workdays = 19; case.promised_days = 20; "
                "params.share = 0.8; ");
  CHECK(r.reads() ==
        std::vector<std::string>{"case.elapsed_workdays", "case.promised_days", "case.status"});
  CHECK(c.rules->reading("case.status").size() == 1);
  CHECK(c.rules->reading("case.nothing").empty());
}

TEST_CASE("what is wrong with a set of rules is said all at once") {
  CHECK(codes({eighty(), eighty()}) == "duplicate-id ");
  CHECK(codes({eighty_with([](rule& r) { r.id = {}; })}) == "missing-field ");
  CHECK(codes({eighty_with([](rule& r) { r.condition.clear(); })}) == "missing-field ");
  CHECK(codes({eighty_with([](rule& r) { r.supersedes = {rule_id{"X"}}; })}) ==
        "unknown-reference ");
  CHECK(codes({eighty_with([](rule& r) { r.supersedes = {r.id}; })}) == "bad-value ");
  CHECK(codes({eighty_with([](rule& r) { r.condition = "1 + params.share"; })}) ==
        "type-mismatch ");
  CHECK(codes({eighty_with([](rule& r) { r.message.zh = "{case.nothing} }"; })}) ==
        "unknown-field syntax-error ");
  CHECK(codes({eighty_with([](rule& r) { r.parameters.push_back(r.parameters[0]); })}) ==
        "duplicate-id ");
  CHECK(codes({eighty_with([](rule& r) {
          r.parameters.push_back({"1x", 1, {}});
        })}) == "bad-value ");
  CHECK(codes({eighty_with([](rule& r) {
          r.effective_from = r.effective_until = from_serial(5);
        })}) == "bad-value ");
  CHECK(codes({eighty_with([](rule& r) {
          r.tests = {{"t", {{"case.x", 1}}, verdict_kind::fires, {}}};
        })}) == "unknown-field ");
  const auto p =
      compile_rules({eighty_with([](rule& r) { r.condition = "cas.x == 1"; })}, eighty_words())
          .problems;
  CHECK(p.front().where == place{"rules.yaml", 7, 14});
}

TEST_CASE("a rule's own tests are run") {
  const auto own = [](verdict_kind expected) {
    return eighty_with([&](rule& r) {
      r.tests = {
          {"day 17",
           {{"case.status", "open"}, {"case.elapsed_workdays", 17}, {"case.promised_days", 20}},
           expected,
           {"rules.yaml", 20, 3}}};
    });
  };
  CHECK(run_rule_tests(*compile_rules({own(verdict_kind::fires)}, eighty_words()).rules).empty());
  const problems wrong =
      run_rule_tests(*compile_rules({own(verdict_kind::silent)}, eighty_words()).rules);
  REQUIRE(wrong.size() == 1);
  CHECK(wrong[0].where.line == 20);
}

TEST_CASE("rules are in force from the first day up to the last, exclusive") {
  rule r = eighty();
  r.effective_from = from_serial(10);
  r.effective_until = from_serial(12);
  CHECK_FALSE(in_force(r, from_serial(9)));
  CHECK(in_force(r, from_serial(10)));
  CHECK_FALSE(in_force(r, from_serial(12)));
}

TEST_CASE("words of rules go out and come back") {
  CHECK(parse_level(to_string(level::alarm)) == level::alarm);
  CHECK(parse_dimension("charges") == dimension::charges);
  CHECK(to_string(dimension::timeliness, language::zh) == "时效");
  CHECK_FALSE(parse_level("loud"));
}

TEST_CASE("rules say what facts in other words would not give them") {
  const compiled_rules c = compile_rules({eighty()}, eighty_words());
  const auto foreign = [&](const environment& words) {
    std::string out;
    for (const error& e : c.rules->foreign_to(words)) out += to_string(e, language::en) + "\n";
    return out;
  };
  CHECK(foreign(eighty_words()) == "");
  environment longer = eighty_words();
  CHECK(foreign(longer.declare("more", type_kind::integer)) == "");
  environment moved;
  moved.declare("another", type_kind::integer);
  const environment words = eighty_words();
  for (const auto& [name, of] : words.variables()) moved.declare(name, of);
  CHECK(foreign(moved).find("rule 'T-80' reads 'case.elapsed_workdays', which is not among") !=
        std::string::npos);
  CHECK(c.rules->foreign_to(environment{}).size() >= 3);
}
