#include <banli/rules/rule_parameters.hpp>

#include <doctest/doctest.h>

using namespace banli;

namespace {

environment parameter_words() {
  environment env;
  env.declare("case", type::record("case", {{"days", type_kind::integer}}));
  return env;
}

rule_set with_every_kind() {
  rule r;
  r.id = rule_id{"A.1"};
  r.name = {"a", "甲"};
  r.condition =
      "case.days > params.days && params.on && params.share > 0.5 && params.word == 'a b'";
  r.parameters = {{"days", value(std::int64_t{3}), {}},
                  {"on", value(false), {}},
                  {"share", value(0.8), {}},
                  {"word", value("x"), {}}};
  r.tests = {{"default", {{"case.days", value(std::int64_t{9})}}, verdict_kind::silent}};
  rule other = r;
  other.id = rule_id{"B"};
  compiled_rules c = compile_rules({r, other}, parameter_words());
  REQUIRE(c.problems.empty());
  return *c.rules;
}

std::string refused_for(const std::vector<std::string>& said) {
  const compiled_rules c = with_parameters(with_every_kind(), parameter_words(), said);
  std::string out;
  for (const error& e : c.problems) out += std::string{to_string(e.code)} + ' ';
  CHECK(c.rules.has_value() == c.problems.empty());
  return out;
}

} // namespace

TEST_CASE(
    "a threshold is set as the kind its default has, and the rule says something else (I05)") {
  const std::vector<std::string> said{"A.1.days=7", "A.1.on=true", "A.1.share=0.75",
                                      "A.1.word=a b"};
  const compiled_rules c = with_parameters(with_every_kind(), parameter_words(), said);
  REQUIRE(c.rules.has_value());
  const rule& set = c.rules->find(rule_id{"A.1"})->definition();
  CHECK(set.parameters[0].value.as_int() == 7);
  CHECK(set.parameters[1].value.as_bool() == true);
  CHECK(set.parameters[2].value.as_double() == 0.75);
  CHECK(*set.parameters[3].value.as_string() == "a b");
  CHECK(set.tests.empty());
  CHECK(c.rules->find(rule_id{"B"})->definition().parameters[0].value.as_int() == 3);
  CHECK(c.rules->find(rule_id{"B"})->definition().tests.size() == 1);
}

TEST_CASE("a setting that sets nothing is refused, each with its reason") {
  CHECK(refused_for({"A.1.days"}) == "bad-value ");
  CHECK(refused_for({"days=3"}) == "bad-value ");
  CHECK(refused_for({"A.1.=3"}) == "bad-value ");
  CHECK(refused_for({".days=3"}) == "bad-value ");
  CHECK(refused_for({"A.1.days=x"}) == "bad-value ");
  CHECK(refused_for({"A.1.days=3.5"}) == "bad-value ");
  CHECK(refused_for({"A.1.share=inf"}) == "bad-value ");
  CHECK(refused_for({"A.1.on=yes"}) == "bad-value ");
  CHECK(refused_for({"C.days=3"}) == "unknown-reference ");
  CHECK(refused_for({"A.1.day=3", "A.1.on=1"}) == "unknown-reference bad-value ");
  CHECK(refused_for({"A.1.days=3", "A.1.days=4"}) == "duplicate-key ");
  CHECK(refused_for({}).empty());
  const compiled_rules c =
      with_parameters(with_every_kind(), parameter_words(), std::vector<std::string>{"A.1.day=3"});
  CHECK(to_string(c.problems.front(), language::en).find("days") != std::string::npos);
}
