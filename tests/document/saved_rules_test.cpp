#include <banli/document/saved_rules.hpp>

#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include <banli/document/configuration.hpp>

using namespace banli;

namespace {

std::vector<rule> rules_of(const std::string& text) {
  const configuration c = parse_configuration({{"rules.yaml", text}});
  for (const error& e : c.found) MESSAGE(to_string(e, language::en));
  std::vector<rule> out;
  REQUIRE(c.rules.has_value());
  for (const compiled_rule& r : c.rules->rules()) out.push_back(r.definition());
  return out;
}

/// What a rule says, in words.
std::string in_words(const rule& r) {
  std::string out = fmt::format("{} {}/{} {} {} {} {} {} {}", r.id.text(), r.name.en, r.name.zh,
                                to_string(r.dimension), to_string(r.level), to_string(r.certainty),
                                to_string(r.scope), r.basis, r.condition);
  for (const rule_variable& v : r.variables)
    out += fmt::format(" {}:={}", v.name, v.expression.source);
  for (const rule_match& m : r.match)
    out +=
        fmt::format(" <{} -> {} : {}>", m.condition.source, m.output.source, m.explanation.source);
  for (const rule_parameter& p : r.parameters)
    out += fmt::format(" [{}={} {}/{}]", p.name, to_text(p.value), p.meaning.en, p.meaning.zh);
  out += fmt::format(" {}/{}", r.message.en, r.message.zh);
  for (const rule_id& s : r.supersedes) out += " >" + s.text();
  for (const auto& d : {r.effective_from, r.effective_until}) out += d ? ' ' + to_text(*d) : " -";
  for (const rule_test& t : r.tests) {
    out += fmt::format(" ({} {}", t.name, to_string(t.expected));
    if (t.output) out += " -> " + to_text(*t.output);
    for (const rule_binding& b : t.bindings) out += fmt::format(" {}={}", b.path, to_text(b.value));
    out += ')';
  }
  return out;
}

void comes_back(const std::string& text) {
  const std::vector<rule> rules = rules_of(text);
  const std::string saved = save(rules).value();
  const std::vector<rule> again = rules_of(saved);
  REQUIRE(again.size() == rules.size());
  for (std::size_t i = 0; i < rules.size(); ++i) CHECK(in_words(again[i]) == in_words(rules[i]));
  CHECK(save(again).value() == saved);
}

} // namespace

TEST_CASE("the rules of the county are saved and read again (N09)") {
  std::ifstream in{BANLI_SOURCE_DIR "/examples/county/rules.yaml"};
  comes_back({std::istreambuf_iterator<char>{in}, {}});
}

TEST_CASE("variables, matches and expected outputs come back (N09)") {
  std::ifstream in{BANLI_SOURCE_DIR "/examples/rules/rules.yaml"};
  const std::string text{std::istreambuf_iterator<char>{in}, {}};
  comes_back(text);
  const std::string saved = save(rules_of(text)).value();
  for (const char* part : {"variables:", "match:", "explanation:", "output: yellow"})
    CHECK(saved.find(part) != std::string::npos);
}

TEST_CASE("values keep their kind, texts their languages, and what is as it is born is left out") {
  const char* const text = R"(kind: rules
rules:
  - id: "0123"
    name: 名称
    dimension: timeliness
    level: warning
    condition: |-
      params.a > 1.0 &&
      params.b in params.c
    parameters:
      - {name: a, value: 2.0}
      - {name: b, value: "007", meaning: {zh: 甲}}
      - {name: c, value: ["1", 二, "true"]}
    message: {en: "{{a}}", zh: "甲: 乙"}
    effective_from: 2025-01-01
    tests:
      - {name: 一, bindings: {}, expected: silent}
  - {id: R2, name: {en: b, zh: 乙}, dimension: flow, level: alarm, condition: "case.open",
     supersedes: ["0123"], scope: each-step, certainty: suspected}
)";
  comes_back(text);
  CHECK(save(rules_of(text)).value() == R"(kind: rules
rules:
  - id: "0123"
    name: 名称
    dimension: timeliness
    level: warning
    condition: |-
      params.a > 1.0 &&
      params.b in params.c
    parameters:
      - name: a
        value: 2.0
      - name: b
        value: "007"
        meaning:
          zh: 甲
      - name: c
        value:
          - "1"
          - 二
          - "true"
    message:
      en: "{{a}}"
      zh: "甲: 乙"
    effective_from: 2025-01-01
    tests:
      - name: 一
        bindings: {}
        expected: silent
  - id: R2
    name:
      en: b
      zh: 乙
    dimension: flow
    level: alarm
    certainty: suspected
    scope: each-step
    condition: case.open
    supersedes:
      - "0123"
)");
}

TEST_CASE("counters, constraints and nested rules come back (N09)") {
  const char* const text = R"(kind: rules
counters:
  - name: returns
    activities:
      - sent_back
    where: a.actor != ''
    window_days: 30
    window_hours: 6
  - name: deciders
    activities:
      - decided
    of: actors
constraints:
  - name: unanswered
    template: response
    a:
      - accepted
    b:
      - decided
    correlation: a.actor != b.actor
    least_hours: 1
    most_hours: 240
  - name: again
    template: absence
    a:
      - sent_back
    count: 3
    where_a: a.actor != ''
rules:
  - id: F-1
    name: 退回
    dimension: flow
    level: warning
    variables:
      - name: many
        expression: flow.returns > 2
    match:
      - condition: variables.many
        rule:
          variables:
            - name: people
              expression: flow.deciders
          match:
            - condition: variables.people > 1
              output: "'split'"
            - rule:
                match:
                  - condition: flow.again
                    output: "'often'"
                    explanation: "'三次'"
      - condition: flow.unanswered
)";
  const configuration c = parse_configuration({{"rules.yaml", text}});
  for (const error& e : c.found) MESSAGE(to_string(e, language::en));
  REQUIRE(c.rules.has_value());
  CHECK(save(*c.rules).value() == text);
  const configuration again = parse_configuration({{"rules.yaml", save(*c.rules).value()}});
  REQUIRE(again.rules.has_value());
  REQUIRE(again.rules->flow() != nullptr);
  CHECK(again.rules->flow()->counters()[0].window == std::chrono::hours{30 * 24 + 6});
  CHECK(again.rules->flow()->constraints()[0].definition().within.most == std::chrono::hours{240});
}

TEST_CASE("counters and constraints that documents cannot hold are refused") {
  const auto code = [](const flow_counter& counter, const flow_constraint& constraint) {
    const counter_compilation flow = compile_counters({counter}, {constraint}, environment{});
    REQUIRE(flow.counters.has_value());
    rule r;
    r.id = rule_id{"R"};
    r.condition = "flow.n > 1";
    rule_set rules = *compile_rules({r}, flow.counters->words()).rules;
    rules.watch_flow(*flow.counters);
    const auto saved = save(rules);
    return saved ? std::string{} : std::string{to_string(saved.error().code)};
  };
  flow_counter n;
  n.name = "n";
  n.activities = {"退回"};
  flow_constraint once;
  once.id = rule_id{"once"};
  once.kind = flow_template::existence;
  once.a = {"受理"};
  CHECK(code(n, once).empty());
  n.window = std::chrono::minutes{90};
  CHECK(code(n, once) == "bad-value");
  n.window.reset();
  once.within.most = std::chrono::seconds{1};
  CHECK(code(n, once) == "bad-value");
  once.within = {};
  once.name = {"once", "一次"};
  CHECK(code(n, once) == "bad-value");
}

TEST_CASE("what documents cannot hold is refused") {
  rule r;
  r.id = rule_id{"R"};
  const auto code = [&] {
    const auto saved = save(std::vector{r});
    return saved ? std::string{} : std::string{to_string(saved.error().code)};
  };
  CHECK(code().empty());
  r.parameters = {{"p", value::map({}), {}}};
  CHECK(code() == "bad-value");
  r.parameters = {{"p", value::list({value::list({})}), {}}};
  CHECK(code() == "bad-value");
  r.parameters = {{"p", value::list({value{1}, value{"x"}}), {}}};
  CHECK(code().empty());
  r.tests = {{"t", {{"case.open: x", value{true}}}, verdict_kind::fires, {}}};
  CHECK(code() == "bad-value");
  r.tests = {{"t", {{"case.open", value{}}}, verdict_kind::fires, {}}};
  CHECK(code() == "bad-value");
  r.tests.clear();
  r.basis = "\xff";
  CHECK(code() == "bad-utf8");
}
