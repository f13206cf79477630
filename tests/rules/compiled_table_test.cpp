#include <string>

#include <doctest/doctest.h>

#include <banli/expression/bound_values.hpp>
#include <banli/rules/compiled_table.hpp>

using namespace banli;
using namespace std::string_view_literals;

namespace {

/// "amount < 1000 | kind" … as cells with places: row 10, columns 1, 2 …
std::vector<table_cell> cells(const std::vector<std::string>& of, int line, int column = 1) {
  std::vector<table_cell> out;
  for (const std::string& s : of) out.push_back({s, {"t.csv", line, column += 10}});
  return out;
}

table_rule row(const std::vector<std::string>& when, const std::vector<std::string>& then) {
  static int line = 0;
  ++line;
  table_rule r{cells(when, line), cells(then, line, 100), "", {"t.csv", line, 1}};
  return r;
}

decision_table posts() {
  decision_table t;
  t.id = table_id{"posts"};
  t.inputs = {{"amount", {}, column_type::real, {}, {}},
              {"kind", {}, column_type::string, {}, {"\"XK\", \"CF\"", {}}}};
  t.outputs = {{"post", {}, column_type::string, {"\"chief\", \"head\", \"clerk\"", {}}, {}}};
  t.rules = {row({"< 1000", "-"}, {"\"clerk\""}), row({"[1000..5000)", "XK, CF"}, {"\"head\""}),
             row({">= 5000", "-"}, {"chief"})};
  return t;
}

template <class Change>
decision_table posts_with(Change change) {
  decision_table t = posts();
  change(t);
  return t;
}

compiled_table good(decision_table t) {
  compiled_tables c = compile_table(std::move(t));
  for (const error& e : c.problems) MESSAGE(to_string(e, language::en));
  REQUIRE(c.table);
  return *c.table;
}

bound_values given(double amount, const char* kind) {
  bound_values b;
  b.set("amount", amount).set("kind", kind);
  return b;
}

std::string said(const decision_table& t) {
  std::string out;
  for (const error& e : compile_table(t).problems) out += to_string(e, language::en) + "\n";
  return out;
}

/// A table over one int, with a policy and rows.
decision_table over_int(hit_policy p, const std::vector<table_rule>& rules) {
  decision_table t;
  t.id = table_id{"n"};
  t.policy = p;
  t.gaps = table_gaps::allowed;
  t.inputs = {{"n", {}, column_type::integer, {}, {}}};
  t.outputs = {{"x", {}, column_type::integer, {}, {}}};
  t.rules = rules;
  return t;
}

std::string at_n(const decision_table& t, int n) {
  const table_outcome o = good(t).evaluate(bound_values{}.set("n", n));
  if (o.is == outcome::state::error) return std::string(to_string(o.error.code));
  std::string out = to_text(o.value) + " by";
  for (const std::size_t h : o.hits) out += " " + std::to_string(h);
  return out;
}

} // namespace

TEST_CASE("a table looks its answer up and says which rule hit") {
  const compiled_table t = good(posts());
  CHECK(t.evaluate(given(999.5, "XK")).value == value("clerk"));
  const table_outcome o = t.evaluate(given(1000, "CF"));
  CHECK(o.value == value("head"));
  CHECK(o.hits == std::vector<std::size_t>{1});
  CHECK(t.evaluate(given(5000, "CF")).value == value("chief"));
  CHECK(t.reads() == std::vector<std::string>{"amount", "kind"});
  CHECK(t.analysis().complete == decided::yes);
  CHECK(t.analysis().disjoint == decided::yes);
}

TEST_CASE("a missing input counts only where it could change the answer") {
  const compiled_table t = good(posts());
  CHECK(t.evaluate(bound_values{}.set("amount", 12.0)).value == value("clerk"));
  const table_outcome o = t.evaluate(bound_values{}.set("amount", 1200.0));
  CHECK(o.is == outcome::state::unknown);
  CHECK(o.missing == std::vector<std::string>{"kind"});
  CHECK(t.evaluate(bound_values{}).missing == std::vector<std::string>{"amount", "kind"});
}

TEST_CASE("an input of another type, or none of its values, is an error and never a miss") {
  const compiled_table t = good(posts());
  CHECK(t.evaluate(given(1, "ZZ")).error.code == errc::unknown_value);
  bound_values b;
  b.set("amount", "12").set("kind", "XK");
  CHECK(t.evaluate(b).error.code == errc::type_mismatch);
  b.set("amount", 12); // a whole number is a double, too
  CHECK(t.evaluate(b).value == value("clerk"));
}

TEST_CASE("each hit policy chooses as DMN says") {
  const std::vector<table_rule> rules{row({"> 0"}, {"7"}), row({"> 10"}, {"3"}),
                                      row({"> 20"}, {"5"})};
  const auto under = [&](hit_policy p) {
    decision_table t = over_int(p, rules);
    t.outputs[0].values.source = "3, 5, 7";
    return t;
  };
  CHECK(at_n(under(hit_policy::priority), 15) == "3 by 1");
  CHECK(at_n(under(hit_policy::priority), 5) == "7 by 0");
  CHECK(at_n(under(hit_policy::rule_order), 25) == "[7, 3, 5] by 0 1 2");
  CHECK(at_n(under(hit_policy::output_order), 25) == "[3, 5, 7] by 1 2 0");
  CHECK(at_n(under(hit_policy::collect), 15) == "[7, 3] by 0 1");
  CHECK(at_n(under(hit_policy::collect), 0) == "[] by");
  CHECK(at_n(under(hit_policy::collect_sum), 25) == "15 by 0 1 2");
  CHECK(at_n(under(hit_policy::collect_sum), 0) == "0 by");
  CHECK(at_n(under(hit_policy::collect_least), 25) == "3 by 0 1 2");
  CHECK(at_n(under(hit_policy::collect_greatest), 15) == "7 by 0 1");
  CHECK(at_n(under(hit_policy::collect_greatest), 0) == "null by");
  CHECK(at_n(under(hit_policy::collect_count), 25) == "3 by 0 1 2");
  CHECK(at_n(under(hit_policy::collect_count), 0) == "0 by");
  const std::vector<table_rule> narrowing{row({"> 20"}, {"5"}), row({"> 10"}, {"3"}),
                                          row({"-"}, {"7"})};
  CHECK(at_n(over_int(hit_policy::first, narrowing), 25) == "5 by 0");
  CHECK(at_n(over_int(hit_policy::first, narrowing), 15) == "3 by 1");
  const std::vector<table_rule> agreeing{row({"> 0"}, {"7"}), row({"> 10"}, {"7"})};
  CHECK(at_n(over_int(hit_policy::any, agreeing), 15) == "7 by 0");
  CHECK(at_n(over_int(hit_policy::unique, {row({"1"}, {"7"})}), 1) == "7 by 0");
  CHECK(at_n(over_int(hit_policy::unique, {row({"1"}, {"7"})}), 2) == "null by");
}

TEST_CASE("what the analysis cannot decide is an error when it happens") {
  CHECK(at_n(over_int(hit_policy::unique, {row({"> 10"}, {"1"}), row({"_ % 2 == 0"}, {"2"})}),
             12) == "rules-overlap");
  CHECK(at_n(over_int(hit_policy::any, {row({"> 10"}, {"n"}), row({"-"}, {"12"})}), 13) ==
        "rules-overlap");
  CHECK(at_n(over_int(hit_policy::any, {row({"> 10"}, {"n"}), row({"-"}, {"12"})}), 12) ==
        "12 by 0");
  CHECK(at_n(over_int(hit_policy::collect_sum,
                      {row({"-"}, {"9223372036854775807"}), row({"> 1"}, {"1"})}),
             2) == "out-of-range");
}

TEST_CASE("defaults answer where no rule hits") {
  decision_table t = posts();
  t.rules.erase(t.rules.begin());
  t.outputs[0].default_value.source = "clerk";
  const table_outcome o = good(t).evaluate(given(3, "XK"));
  CHECK(o.value == value("clerk"));
  CHECK(o.by_default);
  CHECK(o.hits.empty());
}

TEST_CASE("several outputs are a map, and may be expressions") {
  decision_table t = posts();
  t.outputs.push_back({"fee", {}, column_type::real, {}, {}});
  for (table_rule& r : t.rules) r.then.push_back({"amount * 0.5", {}});
  const table_outcome o = good(t).evaluate(given(10, "XK"));
  REQUIRE(o.value.find("post"sv));
  CHECK(*o.value.find("post"sv) == value("clerk"));
  CHECK(*o.value.find("fee"sv) == value(5.0));
}

TEST_CASE("overlaps and gaps are told with values") {
  CHECK(said(posts_with([](decision_table& t) { t.rules[0].when[0].source = "<= 1000"; }))
            .find("error[rules-overlap]: amount = 1000.0, kind = \"XK\": rules 1 and 2 hit "
                  "together") != std::string::npos);
  CHECK(said(posts_with([](decision_table& t) {
          t.rules[2].when[0].source = "> 5000";
        })).find("error[rules-gap]: amount = 5000.0, kind = \"XK\": no rule hits") !=
        std::string::npos);
  CHECK(said(posts_with([](decision_table& t) {
          t.rules[1].when[1].source = "CF";
        })).find("amount = 1000.0, kind = \"XK\": no rule hits") != std::string::npos);
  CHECK(said(posts_with([](decision_table& t) {
          t.policy = hit_policy::first;
          t.rules[1].when[0].source = "< 10";
          t.gaps = table_gaps::allowed;
        })).find("error[idle-rule]: rule 2 never counts") != std::string::npos);
  // Under A only what contradicts is a fault.
  CHECK(said(over_int(hit_policy::any, {row({"> 1"}, {"1"}), row({"> 2"}, {"2"})}))
            .find("n = 3: rules 1 and 2 hit together") != std::string::npos);
}

TEST_CASE("expressions are never taken for complete") {
  const auto open = [](const char* cell) {
    return good(over_int(hit_policy::first, {row({"< 0"}, {"1"}), row({cell}, {"2"})})).analysis();
  };
  CHECK(open("_ >= 0 || n < 0").complete == decided::undecided);
  CHECK(open(">= 0").complete == decided::yes);
  CHECK(open("_ % 2 == 0").open.size() == 2); // the overlap, and the gap
  // Where the values are listed an expression of its own input is tried on each of them.
  decision_table t =
      over_int(hit_policy::unique, {row({"_ % 2 == 0"}, {"1"}), row({"_ % 2 == 1"}, {"2"})});
  for (const char* values : {"[1..256]", "(0.5..4.5), 9", "1, 2, 3, 4"}) {
    t.inputs[0].values.source = values;
    CHECK(good(t).analysis().complete == decided::yes);
  }
  t.inputs[0].values.source = "[1..257]"; // too many to try
  CHECK(good(t).analysis().complete == decided::undecided);
  t.inputs[0].values.source = "1, 2, 3, 4";
  const table_analysis a = good(t).analysis();
  CHECK(a.complete == decided::yes);
  CHECK(a.disjoint == decided::yes);
}

TEST_CASE("an analysis stops where its limit is") {
  table_limits limits;
  limits.regions = 2;
  const compiled_tables c = compile_table(posts(), {}, limits);
  REQUIRE(c.table);
  CHECK(c.table->analysis().complete == decided::undecided);
  CHECK(c.table->analysis().open[0].en == "the analysis takes more than 2 steps");
}

TEST_CASE("an answer over a clock says until when it holds") {
  environment host;
  host.declare(
      "case", type::record("case", {{"elapsed", type_kind::integer}, {"kind", type_kind::string}}));
  host.alias({"办件", "case"});
  host.alias({"已用", "elapsed"});
  decision_table t = over_int(hit_policy::first, {row({"[0..5)"}, {"1"}), row({"5, 6"}, {"2"}),
                                                  row({"(6..9]"}, {"3"}), row({"-"}, {"4"})});
  t.inputs[0] = {"办件.已用", {}, column_type::declared, {}, {}};
  const compiled_tables c = compile_table(t, host);
  REQUIRE(c.table);
  CHECK(c.table->reads() == std::vector<std::string>{"case.elapsed"});
  std::vector<clock_step> steps;
  for (int d = 0; d < 30; ++d) steps.push_back({from_serial(20'000 + d), d});
  const auto at = [&](int d) {
    bound_values b{from_serial(20'000 + d)};
    b.set_clock("case.elapsed", clock_course::rising, steps);
    const table_outcome o = c.table->evaluate(b);
    return to_text(o.value) + " until " +
           (o.holds_until ? std::to_string((day_of(*o.holds_until) - from_serial(20'000)).count())
                          : "ever");
  };
  CHECK(at(0) == "1 until 5");
  CHECK(at(4) == "1 until 5");
  CHECK(at(5) == "2 until 7");
  CHECK(at(7) == "3 until 10");
  CHECK(at(10) == "4 until ever");
}

TEST_CASE("an input may be an expression, and a cell may read the other inputs") {
  decision_table t = posts();
  t.inputs[1] = {"share", {}, column_type::declared, {"amount / 100.0", {}}, {}};
  t.rules = {row({"-", "< 1"}, {"\"clerk\""}), row({"_ > share", ">= 1.0"}, {"head"})};
  t.gaps = table_gaps::allowed;
  const compiled_table c = good(t);
  CHECK(c.evaluate(bound_values{}.set("amount", 50.0)).value == value("clerk"));
  CHECK(c.evaluate(bound_values{}.set("amount", 150.0)).value == value("head"));
  CHECK(c.evaluate(bound_values{}).missing == std::vector<std::string>{"amount"});
  CHECK(c.reads() == std::vector<std::string>{"amount"});
}

TEST_CASE("what is wrong with a table is said all at once, in its place") {
  const std::string all = said(posts_with([](decision_table& t) {
    t.rules[0].when = cells({"< \"x\"", "\"XX\""}, 31);
    t.rules[1].when = cells({"[9..2]", "XK,, CF"}, 32);
    t.rules[2].when = cells({">= 5 +", "ZK"}, 33);
    t.rules[2].then = cells({"\"cheif\""}, 33, 100);
  }));
  CHECK(all.find("t.csv:31:13: error[type-mismatch]: \"x\" cannot be compared with double") !=
        std::string::npos);
  CHECK(all.find("t.csv:31:21: error[unknown-value]: \"XX\" is no value of this input; did you "
                 "mean 'XK'?") != std::string::npos);
  CHECK(all.find("t.csv:32:11: error[bad-value]: the interval ends before it begins") !=
        std::string::npos);
  CHECK(all.find("t.csv:32:24: error[syntax-error]") != std::string::npos);
  CHECK(all.find("error[syntax-error]", all.find("t.csv:33:1")) != std::string::npos);
  CHECK(all.find("t.csv:33:21: error[unknown-identifier]: nothing is called 'ZK'; did you mean "
                 "'XK'?") != std::string::npos);
  CHECK(all.find("t.csv:33:110: error[unknown-value]: \"cheif\" is no value of output 'post'; did "
                 "you mean '\"chief\"'?") != std::string::npos);
}

TEST_CASE("a table that does not fit together is refused") {
  const auto codes = [](auto change) {
    std::string out;
    for (const error& e : compile_table(posts_with(change)).problems)
      out += std::string(to_string(e.code)) + " ";
    return out;
  };
  CHECK(codes([](decision_table& t) { t.id = {}; }) == "missing-field ");
  CHECK(codes([](decision_table& t) { t.rules.clear(); }) == "missing-field ");
  CHECK(codes([](decision_table& t) { t.inputs.clear(); }).starts_with("missing-field "));
  CHECK(codes([](decision_table& t) { t.inputs[1].name = "amount"; }) == "duplicate-id ");
  CHECK(codes([](decision_table& t) { t.rules[0].when.pop_back(); }) == "wrong-column-count ");
  CHECK(codes([](decision_table& t) { t.inputs[0].type = column_type::declared; }) ==
        "missing-field ");
  CHECK(codes([](decision_table& t) { t.inputs[0].values.source = "amount > 2.0"; }) ==
        "unknown-identifier ");
  CHECK(codes([](decision_table& t) {
          t.policy = hit_policy::priority;
          t.outputs[0].values.source.clear();
        }).starts_with("missing-field "));
  CHECK(codes([](decision_table& t) { t.policy = hit_policy::collect_sum; }) ==
        "type-mismatch type-mismatch type-mismatch ");
  CHECK(codes([](decision_table& t) {
          t.policy = hit_policy::collect_count;
          t.outputs.push_back({"other", {}, column_type::string, {}, {}});
          for (table_rule& r : t.rules) r.then.push_back({"\"a\"", {}});
        }) == "bad-value ");
  CHECK(codes([](decision_table& t) { t.rules[0].then[0].source.clear(); }) == "missing-field ");
  CHECK(codes([](decision_table& t) { t.inputs[0].values.source = "(1..1)"; }) == "bad-value ");
  table_limits small;
  small.rules = 2;
  CHECK(compile_table(posts(), {}, small).problems.front().code == errc::limit_exceeded);
  small = {};
  small.tests = 1;
  CHECK(compile_table(posts(), {}, small).problems.front().code == errc::limit_exceeded);
}
