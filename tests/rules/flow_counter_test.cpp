#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/expression/bound_values.hpp>
#include <banli/rules/flow_counter.hpp>
#include <banli/rules/rule_set.hpp>

using namespace banli;
using namespace std::chrono_literals;

namespace {

instant at_hour(int h) { return instant{from_serial(20'000)} + h * 1h; }

flow_event event(const char* activity, int hour, const char* actor = "甲",
                 const char* in_case = "1") {
  return {activity, actor, at_hour(hour), in_case, {}};
}

flow_counter counter(flow_count of, std::optional<std::chrono::seconds> window) {
  return {"returns", {"退回"}, {}, window, of};
}

compiled_counters good(flow_counter c, const environment& host = {}) {
  counter_compilation made = compile_counters({std::move(c)}, host);
  for (const error& e : made.problems) MESSAGE(to_string(e, language::en));
  REQUIRE(made.counters);
  return *made.counters;
}

std::string codes(const std::vector<flow_counter>& all, const environment& host = {}) {
  std::string out;
  for (const error& e : compile_counters(all, host, {{"退回", "受理"}, {}}).problems)
    out += std::string(to_string(e.code)) + " ";
  return out;
}

} // namespace

TEST_CASE("a counter counts what happened, within its window, of what it is about") {
  const std::vector<flow_event> events{event("退回", 0), event("受理", 1), event("退回", 2, "乙"),
                                       event("退回", 5, "甲", "2"), event("退回", 99)};
  const auto at = [&](flow_count of, std::optional<std::chrono::seconds> window, int hour) {
    const compiled_counters c = good(counter(of, window));
    const bound_values nothing;
    return *flow_facts(c, nothing, events, at_hour(hour)).read({0, "flow.returns"}).now->as_int();
  };
  CHECK(at(flow_count::events, {}, 10) == 3);
  CHECK(at(flow_count::cases, {}, 10) == 2);
  CHECK(at(flow_count::actors, {}, 10) == 2);
  CHECK(at(flow_count::events, 4h, 5) == 2);
  CHECK(at(flow_count::events, 5h, 5) == 2); // of the age of the window it is out
  CHECK(at(flow_count::events, 6h, 5) == 3);
  CHECK(at(flow_count::actors, 4h, 5) == 2);
  CHECK(at(flow_count::events, {}, 1) == 1);
}

TEST_CASE("a rule on a counter expires exactly when enough has left the window") {
  environment host;
  host.declare("case", type::record("case", {{"open", type_kind::boolean}}));
  const compiled_counters c = good(counter(flow_count::events, 10h), host);
  rule r;
  r.id = rule_id{"R"};
  r.name = {"Returned twice", "两次退回"};
  r.condition = "case.open && flow.returns >= 2";
  const compiled_rules rules = compile_rules({r}, c.words());
  REQUIRE(rules.rules);
  bound_values open;
  open.set("case.open", true);
  const std::vector<flow_event> events{event("退回", 0), event("退回", 3), event("退回", 7)};
  const flow_facts facts(c, open, events, at_hour(8));
  const verdict v = rules.rules->rules()[0].judge(facts);
  CHECK(v.kind == verdict_kind::fires);
  CHECK(v.holds_until == at_hour(13)); // when the second of three has left
  CHECK(rules.rules->rules()[0].judge(flow_facts(c, open, events, at_hour(13))).kind ==
        verdict_kind::silent);
}

TEST_CASE("readings of counters are those of counting at every hour") {
  CHECK(rc::check("stepping", [] {
    std::vector<flow_event> events;
    int hour = 0;
    for (int i = *rc::gen::inRange(0, 7); i > 0; --i) {
      hour += *rc::gen::inRange(0, 4);
      events.push_back(event("退回", hour, *rc::gen::inRange(0, 2) == 0 ? "甲" : "乙"));
    }
    const auto of = static_cast<flow_count>(*rc::gen::inRange(0, 3));
    const compiled_counters c = good(counter(of, *rc::gen::inRange(1, 9) * 1h));
    const bound_values nothing;
    const auto count = [&](int h) {
      return *flow_facts(c, nothing, events, at_hour(h)).read({0, ""}).now->as_int();
    };
    const flow_facts now(c, nothing, events, at_hour(hour));
    const reading r = now.read({0, ""});
    int change = hour;
    while (change < hour + 20 && count(change) == count(hour)) ++change;
    RC_ASSERT(r.holds_until.has_value() == (change < hour + 20));
    if (r.holds_until) RC_ASSERT(*r.holds_until == at_hour(change));
    for (int v = 0; v < count(hour); ++v) {
      int h = hour;
      while (count(h) > v) ++h;
      RC_ASSERT(now.reaches({0, ""}, value{v}) == at_hour(h));
    }
  }));
}

TEST_CASE("a counter that cannot be sure is missing") {
  flow_counter c = counter(flow_count::actors, {});
  const bound_values nothing;
  const std::vector<flow_event> events{event("退回", 0, "")};
  CHECK_FALSE(flow_facts(good(c), nothing, events, at_hour(1)).read({0, ""}).now);
  c.of = flow_count::events;
  c.where.source = "a.actor != '乙'";
  CHECK_FALSE(flow_facts(good(c), nothing, events, at_hour(1)).read({0, ""}).now);
  const std::vector<flow_event> known{event("退回", 0), event("退回", 0, "乙")};
  CHECK(*flow_facts(good(c), nothing, known, at_hour(1)).read({0, ""}).now == value{1});
}

TEST_CASE("what is wrong with counters is said") {
  flow_counter c = counter(flow_count::events, {});
  CHECK(codes({c}) == "");
  CHECK(codes({c, c}) == "duplicate-id ");
  c.activities = {"退会"};
  CHECK(codes({c}) == "unknown-reference ");
  c.activities.clear();
  CHECK(codes({c}) == "missing-field ");
  CHECK(codes({counter(flow_count::events, 0s)}) == "bad-value ");
  c = counter(flow_count::events, {});
  c.where.source = "a.acter == 'x'";
  CHECK(codes({c}) == "unknown-field ");
  environment taken;
  taken.declare("flow", type_kind::integer);
  CHECK(codes({counter(flow_count::events, {})}, taken) == "bad-value ");
}
