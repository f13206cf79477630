// Rules with variables and a match.
#include <algorithm>
#include <bit>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/expression/bound_values.hpp>
#include <banli/rules/rule_set.hpp>

using namespace banli;

namespace {

environment used_words() {
  environment env;
  env.declare("case",
              type::record("case", {{"elapsed", type_kind::integer},
                                    {"promised", type_kind::integer},
                                    {"open", type_kind::boolean},
                                    {"kind", type::enumeration("kind", {"joint", "promised"})}}));
  env.alias({"办件", "case"});
  env.alias({"已用", "elapsed"});
  return env;
}

rule_expression cel(std::string s, int line) { return {std::move(s), {"r.yaml", line, 5}, 1}; }

rule used() {
  rule r;
  r.id = rule_id{"T"};
  r.name = {"Used", "已用"};
  r.parameters = {{"share", 0.8, {}}};
  r.variables = {{"used", cel("double(case.elapsed) / double(case.promised)", 1)},
                 {"late", cel("variables.used > params.share", 2)}};
  r.match = {{cel("!case.open", 3), cel("false", 4), {}},
             {cel("variables.used > 1.0", 5), cel("'overdue'", 6),
              cel("'used ' + string(case.elapsed) + ' of ' + string(case.promised)", 7)},
             {cel("variables.late", 8), cel("'late'", 9), {}}};
  return r;
}

template <class Change>
rule used_with(Change change) {
  rule r = used();
  change(r);
  return r;
}

compiled_rule good(rule r) {
  compiled_rules c = compile_rules({std::move(r)}, used_words());
  for (const error& e : c.problems) MESSAGE(to_string(e, language::en));
  REQUIRE(c.rules);
  return c.rules->rules()[0];
}

bound_values facts(int elapsed, int promised, bool open = true) {
  bound_values b;
  b.set("case.elapsed", elapsed).set("case.promised", promised).set("case.open", open);
  return b;
}

std::string said(const verdict& v) {
  return std::string(to_string(v.kind)) + " " + to_text(v.output) +
         (v.match ? " at " + std::to_string(*v.match) : "");
}

std::string wrong(const rule& r) {
  std::string out;
  for (const error& e : compile_rules({r}, used_words()).problems)
    out += to_string(e, language::en) + "\n";
  return out;
}

} // namespace

TEST_CASE("the first entry that matches decides, with its output and its explanation") {
  const compiled_rule r = good(used());
  CHECK(said(r.judge(facts(25, 20))) == "fires \"overdue\" at 1");
  CHECK(r.explanation(facts(25, 20)) == "used 25 of 20");
  CHECK(said(r.judge(facts(17, 20))) == "fires \"late\" at 2");
  CHECK(r.explanation(facts(17, 20)).empty());
  CHECK(said(r.judge(facts(3, 20))) == "silent null");
  CHECK(said(r.judge(facts(25, 20, false))) == "silent false at 0");
  // Without a message the explanation stands for it, and without that the name.
  CHECK(r.message(facts(25, 20), language::zh) == "used 25 of 20");
  CHECK(r.message(facts(17, 20), language::zh) == "已用");
}

TEST_CASE("variables are computed when they are needed, and not before") {
  const compiled_rule r = good(used());
  // A case that is closed is judged without anything else.
  CHECK(said(r.judge(bound_values{}.set("case.open", false))) == "silent false at 0");
  const verdict v = r.judge(bound_values{}.set("case.open", true).set("case.elapsed", 3));
  CHECK(v.kind == verdict_kind::unjudgeable);
  CHECK(v.missing == std::vector<std::string>{"case.promised"}); // not variables.used
}

TEST_CASE("a variable that fails is an error and not a missing field") {
  rule r = used();
  r.variables = {{"used", cel("case.elapsed / case.promised", 1)}};
  r.match = {{cel("variables.used > 1 && case.open", 2), {}, {}}};
  const compiled_rule c = good(r);
  const verdict v = c.judge(facts(5, 0));
  CHECK(v.kind == verdict_kind::unjudgeable);
  CHECK(v.missing.empty());
  REQUIRE(v.why);
  CHECK(v.why->code == errc::evaluation_error);
  CHECK(c.judge(facts(5, 0, false)).kind == verdict_kind::silent); // && absorbs it
  // Unknown goes before error.
  const verdict w = c.judge(bound_values{}.set("case.elapsed", 5).set("case.promised", 0));
  CHECK(w.missing == std::vector<std::string>{"case.open"});
}

TEST_CASE("what a rule reads is known through its variables, and the other way round") {
  const compiled_rules c = compile_rules({used(), used_with([](rule& r) {
                                            r.id = rule_id{"U"};
                                            r.match = {{cel("variables.used > 2.0", 3), {}, {}}};
                                          })},
                                         used_words());
  REQUIRE(c.rules);
  CHECK(c.rules->rules()[0].reads() ==
        std::vector<std::string>{"case.elapsed", "case.open", "case.promised"});
  CHECK(c.rules->rules()[1].reads() == std::vector<std::string>{"case.elapsed", "case.promised"});
  CHECK(c.rules->index().at("case.elapsed") == std::vector<std::size_t>{0, 1});
  CHECK(c.rules->index().at("case.open") == std::vector<std::size_t>{0});
  CHECK(c.rules->reading("case.open").size() == 1);
  CHECK(c.rules->reading("variables.used").empty());
}

TEST_CASE("a variable that names a clock is a clock") {
  rule r = used();
  r.variables = {{"used", cel("办件.已用", 1)}};
  r.match = {{cel("variables.used > 16", 2), {}, {}}};
  const compiled_rule c = good(r);
  bound_values b{from_serial(20'003)};
  std::vector<clock_step> steps;
  for (int d = 0; d < 30; ++d) steps.push_back({from_serial(20'000 + d), d});
  b.set_clock("case.elapsed", clock_course::rising, steps);
  CHECK(c.judge(b).holds_until == instant{from_serial(20'017)});
  // Computed from a clock by steps that only rise, it expires as exactly.
  r.variables = {{"twice", cel("case.elapsed * 2", 1)}, {"used", cel("variables.twice - 1", 1)}};
  CHECK(good(r).judge(b).holds_until == instant{from_serial(20'009)});
  // By others it holds as long as it can be told: never too long.
  r.variables = {{"used", cel("case.elapsed % 20", 1)}};
  CHECK(good(r).judge(b).holds_until == instant{from_serial(20'004)});
}

TEST_CASE("the facts behind a variable are facts") {
  const compiled_rule r = good(used());
  std::string told;
  for (const fact& f : r.facts(facts(25, 20))) told += to_text(f) + "; ";
  CHECK(told == "case.open = true; variables.used = 1.25; case.elapsed = 25; case.promised = 20; ");
  const auto v = r.variable("used", facts(25, 20));
  REQUIRE(v);
  CHECK(v->outcome.value == value(1.25));
  CHECK(!r.variable("nothing", facts(25, 20)));
}

TEST_CASE("a rule's own tests may expect an output") {
  rule r = used();
  r.tests = {{"overdue",
              {{"case.open", true}, {"case.elapsed", 25}, {"case.promised", 20}},
              verdict_kind::fires,
              {},
              value{"overdue"}}};
  CHECK(run_rule_tests(*compile_rules({r}, used_words()).rules).empty());
  r.tests[0].output = value{"late"};
  const problems p = run_rule_tests(*compile_rules({r}, used_words()).rules);
  REQUIRE(p.size() == 1);
  CHECK(p[0].message.en ==
        "test 'overdue' of rule 'T' expects \"late\", but the rule gives \"overdue\"");
}

TEST_CASE("what is wrong with variables and matches is said all at once, in its place") {
  const std::string all = wrong(used_with([](rule& r) {
    r.variables[0].expression.source = "case.elapsd";
    r.variables[1].expression.source = "variables.lat";
    r.match[0].condition.source = "case.kind == 'joined'";
    r.match[1].explanation.source = "case.elapsed";
    r.match[2].condition.source = "case.elapsed";
  }));
  CHECK(all.find("r.yaml:1:10: error[unknown-field]") != std::string::npos);
  CHECK(all.find("r.yaml:2:15: error[unknown-field]") != std::string::npos);
  CHECK(all.find("r.yaml:3:18: error[unknown-value]") != std::string::npos);
  CHECK(all.find("r.yaml:7:5: error[type-mismatch]") != std::string::npos);
  CHECK(all.find("r.yaml:8:5: error[type-mismatch]") != std::string::npos);
  // Who uses a wrong variable is not wrong for its sake.
  CHECK(all.find("r.yaml:5:") == std::string::npos);
}

TEST_CASE("a rule whose parts do not fit is refused") {
  const auto code = [](auto change) {
    const problems p = compile_rules({used_with(change)}, used_words()).problems;
    return p.empty() ? "" : std::string(to_string(p.front().code));
  };
  CHECK(code([](rule& r) { r.condition = "case.open"; }) == "bad-value");
  CHECK(code([](rule& r) { r.match.clear(); }) == "missing-field");
  CHECK(code([](rule& r) { r.match[0].condition.source.clear(); }) == "bad-value");
  CHECK(code([](rule& r) { r.variables[1].name = "used"; }) == "duplicate-id");
  CHECK(code([](rule& r) { r.variables[0].name = "1st"; }) == "bad-value");
  CHECK(code([](rule& r) { r.variables[1].expression.source.clear(); }) == "missing-field");
  // A variable sees those above it only.
  CHECK(code([](rule& r) { std::swap(r.variables[0], r.variables[1]); }) == "unknown-identifier");
  rule_limits small;
  small.variables = 1;
  CHECK(compile_rules({used()}, used_words(), small).problems.front().code == errc::limit_exceeded);
}

TEST_CASE("what would have to turn is looked for behind variables") {
  const auto nearest = [](const rule& r, const bound_values& of) {
    std::string out;
    for (const condition_turn& t : good(r).explain(of).nearest)
      out += (t.needs.empty() ? t.condition + (t.becomes ? "" : " not") : t.needs) + "; ";
    return out;
  };
  const auto asking = [](const char* condition) {
    rule r = used();
    r.match.clear();
    r.condition = condition;
    return r;
  };
  CHECK(nearest(asking("variables.late && case.open"), facts(19, 20)) ==
        "variables.used <= params.share; "); // the first of equally few
  CHECK(
      nearest(asking("variables.late && variables.used > 0.1 && case.open"), facts(1, 20, false)) ==
      "variables.used > params.share; variables.used > 0.1; case.open; ");
  CHECK(nearest(asking("variables.late"), facts(19, 20)) == "variables.used <= params.share; ");
  CHECK(nearest(asking("variables.late && case.open"), facts(9, 20, false)) ==
        "variables.used > params.share; case.open; ");
  rule never = asking("variables.no");
  never.variables.push_back({"no", cel("false", 9)});
  CHECK(nearest(never, facts(9, 20)) == "");
}

namespace {

/// A formula in which each of the leaves b0 … is read once; parts of it are variables.
struct read_once {
  rule written;
  std::uint32_t state;

  std::uint32_t next(std::uint32_t below) {
    state = state * 1664525U + 1013904223U;
    return (state >> 16U) % below;
  }
  std::string over(int from, int to) {
    std::string out = "b.b" + std::to_string(from);
    if (to - from > 1) {
      const int middle =
          from + 1 + static_cast<int>(next(static_cast<std::uint32_t>(to - from - 1)));
      const std::string left = over(from, middle);
      out = "(" + left + (next(2) == 0 ? " && " : " || ") + over(middle, to) + ")";
    }
    if (next(3) == 0) out = "!" + out;
    if (next(3) > 0) return out;
    const std::string name = "v" + std::to_string(written.variables.size());
    written.variables.push_back({name, {out, {}, 1}});
    return "variables." + name;
  }
};

} // namespace

TEST_CASE("no fewer conditions than those that are said would turn a verdict, and these do") {
  constexpr int leaves = 7;
  environment env;
  std::vector<type_field> fields;
  for (int i = 0; i < leaves; ++i) fields.push_back({"b" + std::to_string(i), type_kind::boolean});
  env.declare("b", type::record("b", fields));
  CHECK(rc::check("read-once formulas", [&](std::uint32_t seed, std::uint32_t facts) {
    read_once made{{}, seed};
    made.written.id = rule_id{"R"};
    made.written.condition = made.over(0, leaves);
    const compiled_rules c = compile_rules({made.written}, env);
    RC_ASSERT(c.rules);
    const compiled_rule& r = c.rules->rules()[0];
    const auto bound = [&](std::uint32_t bits) {
      bound_values b;
      for (unsigned i = 0; i < leaves; ++i)
        b.set("b.b" + std::to_string(i), ((bits >> i) & 1U) != 0);
      return b;
    };
    const auto fires = [&](std::uint32_t bits) {
      return r.judge(bound(bits)).kind == verdict_kind::fires;
    };
    facts %= 1U << leaves;
    const reasoning why = r.explain(bound(facts));
    std::uint32_t turned = facts;
    for (const condition_turn& t : why.nearest) {
      const auto bit = 1U << static_cast<unsigned>(std::stoi(t.condition.substr(3)));
      RC_ASSERT(((facts & bit) != 0) != t.becomes);
      turned ^= bit;
    }
    RC_ASSERT(fires(turned) != fires(facts));
    int fewest = leaves;
    for (std::uint32_t other = 0; other < 1U << leaves; ++other)
      if (fires(other) != fires(facts)) fewest = std::min(fewest, std::popcount(other ^ facts));
    RC_ASSERT(static_cast<int>(why.nearest.size()) == fewest);
  }));
}
