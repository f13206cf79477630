// Rules within rules: variables and matches in place of an output.
#include <optional>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/expression/bound_values.hpp>
#include <banli/rules/rule_set.hpp>

using namespace banli;

namespace {

environment nest_words() {
  environment env;
  for (const char* n : {"x", "y", "elapsed", "gone"}) env.declare(n, type_kind::integer);
  for (const char* n : {"a", "b", "c", "d"}) env.declare(n, type_kind::boolean);
  return env;
}

rule_expression at_line(std::string s, int line) { return {std::move(s), {"r.yaml", line, 9}, 1}; }

rule_match gives(std::string condition, std::string output, std::string explanation = {}) {
  return {at_line(std::move(condition), 2), at_line(std::move(output), 3),
          at_line(std::move(explanation), 4)};
}

rule_match goes_on(std::string condition, nested_rule with) {
  return {at_line(std::move(condition), 2), {}, {}, std::move(with)};
}

rule nest(std::vector<rule_match> match, std::vector<rule_variable> variables = {}) {
  rule r;
  r.id = rule_id{"N"};
  r.name = {"nest", "嵌套"};
  r.variables = std::move(variables);
  r.match = std::move(match);
  return r;
}

compiled_rule compiled_nest(rule r) {
  compiled_rules c = compile_rules({std::move(r)}, nest_words());
  for (const error& e : c.problems) MESSAGE(to_string(e, language::en));
  REQUIRE(c.rules);
  return c.rules->rules()[0];
}

std::string code_of(rule r, const rule_limits& limits = {}) {
  const problems p = compile_rules({std::move(r)}, nest_words(), limits).problems;
  return p.empty() ? "" : std::string(to_string(p.front().code));
}

std::string said_by(const verdict& v) {
  std::string out = std::string(to_string(v.kind)) + " " + to_text(v.output);
  if (v.match) out += " at " + std::to_string(*v.match);
  for (const std::size_t m : v.within) out += "." + std::to_string(m);
  return out;
}

bound_values x_is(int x) { return bound_values{}.set("x", x); }

} // namespace

TEST_CASE("a nested rule sees the variables around it, and hides those of its names") {
  // As CEL Policy has it: one rule hides i, its neighbour and the rule around do not see that.
  const compiled_rule r =
      compiled_nest(nest({goes_on("x == 1", {{{"i", at_line("variables.i + 4", 5)}},
                                             {gives("", "variables.i + variables.j")}}),
                          goes_on("x == 2", {{}, {gives("", "variables.i + variables.j")}}),
                          gives("", "variables.i + variables.j")},
                         {{"i", at_line("1", 1)}, {"j", at_line("2", 1)}}));
  CHECK(said_by(r.judge(x_is(1))) == "fires 7 at 0.0");
  CHECK(said_by(r.judge(x_is(2))) == "fires 3 at 1.0");
  CHECK(said_by(r.judge(x_is(3))) == "fires 3 at 2");
  CHECK(r.variable("i", x_is(1))->outcome.value == value(5));
  CHECK(r.variable("i", x_is(3))->outcome.value == value(1));
  CHECK(r.variables_in_sight(x_is(1)) == std::vector<std::string>{"i", "j"});
}

TEST_CASE("a variable that hides another may have another type, and be missing in its own way") {
  const compiled_rule r = compiled_nest(
      nest({goes_on("x > 0", {{{"v", at_line("variables.v > 5", 5)}, {"w", at_line("gone", 6)}},
                              {gives("variables.v", "'high'"), gives("variables.w > 1", "'w'")}})},
           {{"v", at_line("x * 2", 1)}}));
  CHECK(said_by(r.judge(x_is(3))) == "fires \"high\" at 0.0");
  const verdict v = r.judge(x_is(1));
  CHECK(v.kind == verdict_kind::unjudgeable);
  CHECK(v.missing == std::vector<std::string>{"gone"});
  CHECK(r.reads() == std::vector<std::string>{"gone", "x"});
}

TEST_CASE("without a condition what nothing matches goes on below; with one it ends there") {
  const nested_rule within{{{"foo", at_line("3", 5)}},
                           {gives("x > variables.foo", "'a'"), gives("x == variables.foo", "'b'")}};
  const compiled_rule chained = compiled_nest(nest({goes_on("", within), gives("", "'c'")}));
  CHECK(said_by(chained.judge(x_is(4))) == "fires \"a\" at 0.0");
  CHECK(said_by(chained.judge(x_is(3))) == "fires \"b\" at 0.1");
  CHECK(said_by(chained.judge(x_is(2))) == "fires \"c\" at 1");
  const compiled_rule guarded = compiled_nest(nest({goes_on("x < 10", within), gives("", "'c'")}));
  CHECK(said_by(guarded.judge(x_is(2))) == "silent null");
  CHECK(said_by(guarded.judge(x_is(11))) == "fires \"c\" at 1");
}

TEST_CASE("the reasons of a nested rule are its own, and those of what led to it") {
  const compiled_rule r = compiled_nest(
      nest({gives("y > 100", "'far'"),
            goes_on("variables.late",
                    {{{"twice", at_line("2 * x", 5)}},
                     {gives("variables.twice > 10", "'red'", "'twice ' + string(variables.twice)"),
                      gives("", "'yellow'")}})},
           {{"late", at_line("elapsed > 3", 1)}}));
  const bound_values b = bound_values{}.set("x", 6).set("y", 1).set("elapsed", 5);
  CHECK(said_by(r.judge(b)) == "fires \"red\" at 1.0");
  CHECK(r.explanation(b) == "twice 12");
  CHECK(r.message(b, language::en) == "twice 12");
  std::string told;
  for (const fact& f : r.facts(b)) told += to_text(f) + "; ";
  CHECK(told == "y = 1; variables.late = true; elapsed = 5; variables.twice = 12; x = 6; ");
  CHECK(describe(r.explain(b)).en ==
        "True, because variables.twice = 12, x = 6. It would be false if variables.twice <= 10.");
  // An entry that always matches was decided by what led to it.
  const bound_values small = bound_values{}.set("x", 1).set("y", 1).set("elapsed", 5);
  CHECK(said_by(r.judge(small)) == "fires \"yellow\" at 1.1");
  CHECK(r.explain(small).root.source == "variables.late");
  CHECK(r.reads() == std::vector<std::string>{"elapsed", "x", "y"});
}

TEST_CASE("a verdict of a nested rule expires when what led to it could change") {
  const compiled_rule r =
      compiled_nest(nest({goes_on("elapsed > 2", {{{"rest", at_line("10 - elapsed", 5)}},
                                                  {gives("variables.rest < 4", "'soon'")}})}));
  std::vector<clock_step> steps;
  for (int d = 0; d < 30; ++d) steps.push_back({instant{from_serial(20'000 + d)}, d});
  const auto at_day = [&](int d) {
    bound_values b{from_serial(20'000 + d)};
    b.set_clock("elapsed", clock_course::rising, steps);
    return r.judge(b);
  };
  CHECK(at_day(0).holds_until == instant{from_serial(20'003)});
  CHECK(said_by(at_day(4)) == "silent null");
  CHECK(at_day(4).holds_until == instant{from_serial(20'007)});
  CHECK(said_by(at_day(8)) == "fires \"soon\" at 0.0");
  CHECK(!at_day(8).holds_until);
}

TEST_CASE("what is wrong with nested rules is said in its place") {
  const nested_rule fine{{}, {gives("a", "1")}};
  CHECK(code_of(nest({goes_on("x > 1", fine)})).empty());
  CHECK(code_of(nest({goes_on("x > 1", {{}, {}})})) == "missing-field");
  rule_match both = goes_on("x > 1", fine);
  both.output = at_line("1", 3);
  CHECK(code_of(nest({both})) == "bad-value");
  both.output = {};
  both.explanation = at_line("'why'", 3);
  CHECK(code_of(nest({both})) == "bad-value");
  // What stands below something that always decides is never reached; nested, too.
  const nested_rule always{{}, {gives("a", "1"), gives("", "2")}};
  CHECK(code_of(nest({goes_on("", always), gives("", "3")})) == "bad-value");
  CHECK(code_of(nest({goes_on("b", always), gives("", "3")})).empty());
  CHECK(code_of(nest({goes_on("", {{}, {goes_on("", always)}}), gives("a", "3")})) == "bad-value");
  const nested_rule silenced{{}, {goes_on("b", fine), gives("", "2")}};
  CHECK(code_of(nest({goes_on("", silenced), gives("c", "3")})).empty());
  CHECK(said_by(compiled_nest(nest({goes_on("", silenced), gives("c", "3")}))
                    .judge(bound_values{}.set("a", false).set("b", true).set("c", true))) ==
        "fires 3 at 1");
  // Names of one rule differ; a variable sees those above it and around it.
  const auto named = [](const char* one, const char* two) {
    return nested_rule{{{one, at_line("1", 5)}, {two, at_line("2", 6)}}, {gives("a", "1")}};
  };
  CHECK(code_of(nest({goes_on("a", named("p", "q"))})).empty());
  CHECK(code_of(nest({goes_on("a", named("p", "p"))})) == "duplicate-id");
  CHECK(code_of(nest({goes_on("a", named("p", "1q"))})) == "bad-value");
  const rule wrong =
      nest({goes_on("a", {{{"p", at_line("variables.othr", 7)}}, {gives("a", "1")}})},
           {{"other", at_line("1", 1)}});
  const problems p = compile_rules({wrong}, nest_words()).problems;
  REQUIRE(p.size() == 1);
  CHECK(
      to_string(p[0], language::en) ==
      "r.yaml:7:19: error[unknown-field]: 'variables' has no field 'othr'; did you mean 'other'?");
  // A neighbour's variables are not in sight.
  CHECK(code_of(nest({goes_on("a", named("p", "q")), gives("variables.p > 1", "1")})) ==
        "unknown-identifier");
}

TEST_CASE("nested rules count towards the limits of the rule") {
  nested_rule deep{{{"v", at_line("1", 5)}}, {gives("a", "1")}};
  for (int i = 0; i < 10; ++i) deep = {{}, {goes_on("b", deep)}};
  const rule eleven = nest({goes_on("c", deep)});
  CHECK(code_of(eleven) == "limit-exceeded");
  rule_limits wide;
  wide.nesting = 11;
  CHECK(code_of(eleven, wide).empty());
  wide.matches = 11;
  CHECK(code_of(eleven, wide) == "limit-exceeded");
  wide.matches = 12;
  CHECK(code_of(eleven, wide).empty());
  wide.variables = 0;
  CHECK(code_of(eleven, wide) == "limit-exceeded");
}

namespace {

/// What a rule gives, by the words of CEL Policy: none where nothing matched.
struct policy_answer {
  bool missing = false;
  std::optional<std::string> output;
};

/// The way CEL Policy composes a rule: entry by entry from the last, cond ? output : what is below.
policy_answer composed(const std::vector<rule_match>& all, std::size_t from,
                       const bound_values& facts) {
  if (from == all.size()) return {};
  const rule_match& m = all[from];
  if (!m.condition.empty()) {
    const auto asked = facts.read({0, m.condition.source}).now;
    if (!asked) return {true, std::nullopt};
    if (!*asked->as_bool()) return composed(all, from + 1, facts);
  }
  if (!m.rule) return {false, m.output.source};
  policy_answer inner = composed(m.rule->match, 0, facts);
  if (inner.missing || inner.output || !m.condition.empty()) return inner;
  return composed(all, from + 1, facts);
}

std::vector<rule_match> any_matches(int depth, int& next) {
  static const char* const conditions[] = {"a", "b", "c", "d"};
  std::vector<rule_match> out;
  for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
    const bool nested = depth > 0 && *rc::gen::inRange(0, 3) > 0;
    std::string condition = conditions[*rc::gen::inRange(0, 4)];
    if (nested && *rc::gen::arbitrary<bool>()) condition.clear();
    if (nested)
      out.push_back(goes_on(condition, {{}, any_matches(depth - 1, next)}));
    else
      out.push_back(gives(condition, std::to_string(next++)));
  }
  return out;
}

} // namespace

TEST_CASE("nested rules give what CEL Policy composes of them") {
  CHECK(rc::check([] {
    int next = 0;
    const rule r = nest(any_matches(3, next));
    bound_values facts;
    for (const char* n : {"a", "b", "c", "d"})
      if (*rc::gen::inRange(0, 10) > 0) facts.set(n, *rc::gen::arbitrary<bool>());
    const compiled_rules made = compile_rules({r}, nest_words());
    RC_ASSERT(made.rules.has_value());
    const verdict v = made.rules->rules()[0].judge(facts);
    const policy_answer expected = composed(r.match, 0, facts);
    RC_ASSERT((v.kind == verdict_kind::unjudgeable) == expected.missing);
    RC_ASSERT(v.match.has_value() == expected.output.has_value());
    if (expected.output) RC_ASSERT(to_text(v.output) == *expected.output);
  }));
}
