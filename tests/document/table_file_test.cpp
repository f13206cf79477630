#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/document/rules_file.hpp>
#include <banli/document/table_file.hpp>
#include <banli/expression/bound_values.hpp>

#include "texts.hpp"

using namespace texts;

namespace {

const std::string csv = R"~(rule,in:amount,in:kind,out:post,note
id,posts,,,
name.en,Who signs,,,
name.zh,谁签字,,,
policy,U,,,
label,金额,种类,岗位,
type,double,string,string,
values,,"""XK"", ""CF""","""chief"", ""head"", ""clerk""",
1,< 1000,-,"""clerk""",small sums
2,[1000..5000),"XK, CF",head,
3,>= 5000,-,"""chief""",
)~";

const std::string yaml = R"~(kind: decision_table
id: posts
name:
  en: Who signs
  zh: 谁签字
policy: U
inputs:
  - name: amount
    label: 金额
    type: double
  - name: kind
    label: 种类
    type: string
    values: "\"XK\", \"CF\""
outputs:
  - name: post
    label: 岗位
    type: string
    values: "\"chief\", \"head\", \"clerk\""
rules:
  - when:
      - "< 1000"
      - "-"
    then:
      - "\"clerk\""
    note: small sums
  - when:
      - "[1000..5000)"
      - XK, CF
    then:
      - head
  - when:
      - ">= 5000"
      - "-"
    then:
      - "\"chief\""
)~";

} // namespace

TEST_CASE("a table is the same in YAML and in CSV, and both come back as they were") {
  const table_file a = parse_table("posts.csv", csv);
  const table_file b = parse_table("posts.yaml", yaml);
  CHECK(said(a.found) == "");
  CHECK(said(b.found) == "");
  CHECK(a.definition == b.definition);
  CHECK(to_csv(b.definition) == csv);
  CHECK(*save(a.definition) == yaml);
  REQUIRE(a.table);
  CHECK(a.table->evaluate(bound_values{}.set("amount", 1200.0).set("kind", "XK")).value ==
        value("head"));
}

TEST_CASE("lines of CSV may be short, unnumbered, and end as Windows ends them") {
  std::string loose = "rule,in:amount,in:kind,out:post,note\r\nid,posts\r\nname.en,Who signs\r\n"
                      "name.zh,谁签字\r\nlabel,金额,种类,岗位\r\ntype,double,string,string\r\n"
                      "values,,\"\"\"XK\"\", \"\"CF\"\"\",\"\"\"chief\"\", \"\"head\"\", "
                      "\"\"clerk\"\"\"\r\n,< 1000,,\"\"\"clerk\"\"\",small sums\r\n"
                      ",[1000..5000),\"XK, CF\",head\r\n9,>= 5000,-,\"\"\"chief\"\"\"\r\n";
  const table_file f = parse_table("posts.csv", loose);
  CHECK(said(f.found) == "");
  CHECK(to_csv(f.definition) == csv);
}

TEST_CASE("problems of CSV have their line and column") {
  const auto with = [](std::string from, const std::string& to) {
    std::string s = csv;
    s.replace(s.find(from), from.size(), to);
    return said(parse_table("posts.csv", s).found);
  };
  CHECK(
      with("policy,U", "policy,Z").starts_with("posts.csv:5:8: error[unknown-value]: 'Z' is not"));
  CHECK(with("type,double", "tipe,double") ==
        "posts.csv:7:1: error[unknown-field]: a line begins with a number or id, name, name.en, "
        "name.zh, basis, policy, gaps, label, label.en, label.zh, type, expression, values, "
        "default; did you mean 'type'?\n");
  CHECK(with("out:post", "to:post").starts_with("posts.csv:1:24: error[unknown-field]"));
  CHECK(with("< 1000", "< x000") ==
        "posts.csv:9:5: error[unknown-identifier]: nothing is called 'x000'\n");
  CHECK(with("\"XK, CF\"", "\"XK, ZF\"").starts_with("posts.csv:10:21: error[unknown-identifier]"));
  CHECK(with(">= 5000", "> 5000") == "posts.csv:1:1: error[rules-gap]: amount = 5000.0, kind = "
                                     "\"XK\": no rule hits\n");
  CHECK(with("values,,", "values,<= 1,").find("idle-rule") != std::string::npos);
  CHECK(with("type,double,string,string", "default,1,,")
            .starts_with("posts.csv:7:9: error[bad-value]: this column has no default"));
}

TEST_CASE("a file that is no table says what it is expected to be") {
  CHECK(said(parse_table("x.yaml", "kind: office\nname: x\n").found) ==
        "x.yaml:1:1: error[unknown-value]: expected a document of kind decision_table\n");
  CHECK(said(load_table("/nowhere/at/all.csv").found).find("file-not-found") != std::string::npos);
  CHECK(said(parse_table("x.csv", "").found).find("truncated-file") != std::string::npos);
}

TEST_CASE("whatever a table holds comes back from both forms") {
  const auto word = [] {
    return *rc::gen::container<std::string>(
        rc::gen::elementOf(std::string("ab,\"\n -<>'#:[]{}|=")));
  };
  CHECK(rc::check("there and back", [&] {
    decision_table t;
    t.id = table_id{"i" + word()};
    t.name = {word(), word()};
    t.basis = word();
    t.policy = static_cast<hit_policy>(*rc::gen::inRange(0, 11));
    t.gaps = static_cast<table_gaps>(*rc::gen::inRange(0, 2));
    const int inputs = *rc::gen::inRange(1, 4);
    for (int k = 0; k < inputs; ++k)
      t.inputs.push_back({"a" + std::to_string(k),
                          {word(), word()},
                          static_cast<column_type>(*rc::gen::inRange(0, 8)),
                          {word(), {}},
                          {word(), {}}});
    t.outputs = {{"o", {word(), word()}, column_type::declared, {word(), {}}, {word(), {}}}};
    const int rules = *rc::gen::inRange(1, 4);
    for (int r = 0; r < rules; ++r) {
      table_rule& row = t.rules.emplace_back();
      for (int k = 0; k < inputs; ++k) row.when.push_back({"x" + word(), {}});
      row.then = {{word(), {}}};
      row.note = word();
    }
    const auto text = save(t);
    RC_ASSERT(text.has_value());
    const table_file f = parse_table("t.yaml", *text);
    RC_ASSERT(f.definition == t);
    RC_ASSERT(*save(f.definition) == *text);
    const std::string as_csv = to_csv(t);
    const table_file g = parse_table("t.csv", as_csv);
    RC_ASSERT(g.definition == t);
    RC_ASSERT(to_csv(g.definition) == as_csv);
  }));
}

TEST_CASE("rules and tables of a file, a folder, or other words") {
  const std::string rules = R"~(kind: rules
rules:
  - id: T
    name: 已用
    dimension: timeliness
    level: warning
    variables:
      - {name: used, expression: case.elapsed_workdays}
    match:
      - condition: variables.used > 10
        output: "'late'"
        explanation: "'used ' + string(variables.used)"
    tests:
      - {name: 十一日, bindings: {case.elapsed_workdays: 11}, expected: fires, output: late}
)~";
  const rules_file f = parse_rules("r.yaml", rules);
  for (const error& e : f.found) MESSAGE(to_string(e, language::en));
  REQUIRE(f.rules);
  CHECK(f.rules->rules()[0].reads() == std::vector<std::string>{"case.elapsed_workdays"});
  std::string failing = rules;
  failing.replace(failing.find("output: late"), 12, "output: late1");
  CHECK(parse_rules("r.yaml", failing).found.size() == 1);
  rules_file_options how;
  how.failing_tests = false;
  CHECK(parse_rules("r.yaml", failing, how).good());
  how.words = environment{};
  CHECK(parse_rules("r.yaml", rules, how).found.front().where == place{"r.yaml", 8, 34});
  CHECK(parse_rules("t.csv", csv).tables.size() == 1);
  CHECK(parse_rules("x.yaml", "kind: office\nname: x\n").found.size() == 1);
  CHECK(load_rules(BANLI_SOURCE_DIR "/tests/document/bad/yaml").found.size() > 3);
  const rules_file county = load_rules(BANLI_SOURCE_DIR "/examples/county");
  CHECK(county.good());
  REQUIRE(county.rules);
  CHECK(county.rules->find(rule_id{"T-1"}));
}
