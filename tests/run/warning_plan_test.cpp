// Whom a hit is told to and how (I08).
#include <banli/run/warning_plan.hpp>

#include <doctest/doctest.h>

#include "../engine/sample.hpp"
#include <banli/engine/case_facts.hpp>

using namespace sample;

namespace {

rule_set rules_to_tell() {
  rule a;
  a.id = rule_id{"A004"};
  a.name = {"late", "超时"};
  a.level = level::alarm;
  a.condition = "case.elapsed_workdays >= 2";
  a.message = {"{case.elapsed_workdays} days", "已用 {case.elapsed_workdays} 日"};
  rule w = a;
  w.id = rule_id{"A003"};
  w.level = level::warning;
  w.certainty = certainty::suspected;
  w.condition = "case.elapsed_workdays >= 1 && case.elapsed_workdays < 3";
  rule f = w;
  f.id = rule_id{"F"};
  f.dimension = dimension::flow;
  f.level = level::reminder;
  compiled_rules c = compile_rules({a, w, f}, fact_environment());
  for (const error& e : c.problems) FAIL(to_string(e, language::en));
  return *c.rules;
}

constexpr std::string_view ways_table = "rule,dimension,level,certainty,channels,recipients\n"
                                        "A004,,,,短信;平台,经办人;科室负责人\n"
                                        ",timeliness,,suspected,平台,经办人\n";

std::string codes_of(std::string_view csv) {
  std::string out;
  const auto f = parse_warning_plan(csv, "ways.csv", rules_to_tell());
  for (const error& e : f.found)
    out += fmt::format("{}:{}:{} ", e.where.line, e.where.column, to_string(e.code));
  CHECK(f.plan.ways.empty() == !f.found.empty());
  return out;
}

} // namespace

TEST_CASE("what is raised leaves through the sink of the host, by the first way that fits (I08)") {
  const rule_set rules = rules_to_tell();
  const auto plan = parse_warning_plan(ways_table, "ways.csv", rules);
  REQUIRE(plan.found.empty());
  running_case c{define()};
  c.accept("2024-09-02T09:00");
  monitor m(rules, cn(), {.trial_until = on("2024-09-04")});
  REQUIRE(m.update(c.definition, c.state, c.state.last).has_value());
  std::string told;
  const auto changes = *m.advance(at("2024-09-10"));
  const std::size_t n = tell(plan.plan, changes, m, [&](const warning& w) {
    told += fmt::format("{} {} {} {} {} {} {}\n", to_text(w.at), w.id.text(), w.rule.text(),
                        fmt::join(w.channels, "+"), fmt::join(w.recipients, "+"),
                        to_string(w.stage), w.message.zh);
  });
  CHECK(n == 2); // no way fits the rule about the flow, and nobody is told that a hit has ended
  CHECK(told == "2024-09-03T00:00:00 C1 A003 平台 经办人 trial 已用 1 日\n"
                "2024-09-04T00:00:00 C1 A004 短信+平台 经办人+科室负责人 formal 已用 2 日\n");
}

TEST_CASE("a table of ways is read with the place of everything that is wrong") {
  CHECK(codes_of("rule,channels\nA004,x\n").empty());
  CHECK(codes_of("rule,chanels\nA004,x\n") == "1:6:unknown-field 1:1:missing-column ");
  CHECK(codes_of("rule,channels\nA005,x\n,\n") == "2:1:unknown-reference 3:2:missing-field ");
  CHECK(codes_of("channels,level,dimension,certainty\nx,loud,time,sure\n") ==
        "2:8:unknown-value 2:3:unknown-value 2:13:unknown-value ");
}
