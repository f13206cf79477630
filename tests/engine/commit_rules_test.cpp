#include <banli/engine/commit_rules.hpp>

#include "sample.hpp"

using namespace sample;

namespace {

rule commit_rule(const char* id, level loud, const char* condition) {
  rule r;
  r.id = rule_id{id};
  r.name = {id, id};
  r.level = loud;
  r.condition = condition;
  r.message = {"said of {command.actor}", "{command.actor} 的操作可疑"};
  return r;
}

rule_set rules_of(std::vector<rule> all) {
  compiled_rules c = compile_rules(std::move(all), commit_environment());
  for (const error& e : c.problems) MESSAGE(to_string(e, language::en));
  REQUIRE(c.rules.has_value());
  return *std::move(c.rules);
}

/// A case at 审查 (since 2024-09-03T10:00), and a command that completes it.
struct asked {
  running_case c{define()};
  command next;

  explicit asked(std::string_view when = "2024-09-04T10:00") {
    c.accept();
    c.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
    next = {request_id{"r"},         c.state.id,       at(when), person_id{"P2"}, action::complete,
            of_step("审查", "通过"), {"log.csv", 7, 1}};
  }

  result<std::vector<event>> by(const rule_set& rules) const {
    return decide(*c.definition, c.state, next, c.calendar, rules);
  }

  /// Whether a condition holds of the command.
  bool holds(const char* condition) const {
    CAPTURE(condition);
    return !by(rules_of({commit_rule("R", level::alarm, condition)})).has_value();
  }
};

} // namespace

TEST_CASE("an alarm refuses the command, with the rule and what it says") {
  const asked a;
  const auto r = a.by(rules_of({commit_rule("F12-1", level::alarm, "command.step == '审查'")}));
  REQUIRE(!r);
  CHECK(r.error().code == errc::vetoed);
  CHECK(r.error().message.en == "rule F12-1: said of P2");
  CHECK(r.error().message.zh == "规则 F12-1:P2 的操作可疑");
  CHECK(r.error().where == a.next.where);
  CHECK(a.by(rules_of({commit_rule("F12-1", level::alarm, "command.step == '受理'")})).has_value());
}

TEST_CASE("anything less marks the event that the command is about") {
  const asked a;
  const auto r = a.by(rules_of({commit_rule("W", level::warning, "true"),
                                commit_rule("S", level::reminder, "false"),
                                commit_rule("N", level::reminder, "command.actor == 'P2'")}));
  REQUIRE(r.has_value());
  REQUIRE(r->size() == 2); // completed, arrow_taken
  const std::vector<std::pair<std::string, std::string>> both{{"W", "P2 的操作可疑"},
                                                              {"N", "P2 的操作可疑"}};
  CHECK((*r)[0].with.flags == both);
  CHECK((*r)[1].with.flags.empty());
  CHECK(*parse_event(to_json((*r)[0])) == (*r)[0]);
}

TEST_CASE("rules see the case before and after, the step, and the command") {
  const asked a;
  for (const char* yes :
       {"before.returns == 0 && case.returns == 0", "before.opinionless_steps == 0",
        "command.action == 'complete'", "command.actor_posts == ['审查岗']",
        "command.on_behalf == ''", "command.actor_acts == 0", "command.outcome == '通过'",
        "command.opinion == '同意'", "command.minutes_since_last == 1440",
        "command.minute_of_day == 600", "command.weekday == 3", "command.on_workday",
        "command.in_hours", "!command.recorded_late", "item.name == '社会团体成立登记'",
        "before.handlers == 1 && case.handlers == 2", "命令.操作人 == 'P2'",
        "之前.经办人数 == 1 && 办件.经办人数 == 2"})
    CHECK(a.holds(yes));
  CHECK_FALSE(a.holds("command.result == 'granted'")); // missing: silent
  const asked night{"2024-09-07T23:30"};               // a Saturday
  CHECK(night.holds("!command.in_hours && !command.on_workday && command.weekday == 6"));
  const asked noon{"2024-09-04T12:59"};
  CHECK(noon.holds("command.on_workday && !command.in_hours"));
}

TEST_CASE("a misspelt fact is an error when the rule is loaded") {
  for (const char* bad : {"command.actr == 'P2'", "command.action == 'compleet'",
                          "before.phase == 'runing'", "command.in_hours == 1"}) {
    CAPTURE(bad);
    CHECK_FALSE(compile_rules({commit_rule("R", level::alarm, bad)}, commit_environment())
                    .rules.has_value());
  }
  CHECK(commit_fact_list().size() == 19);
  for (const fact_doc& d : commit_fact_list()) CHECK(d.path.starts_with("command."));
}

TEST_CASE("a rule that fails to evaluate marks, and one not in force is not asked") {
  const asked a;
  const auto r = a.by(rules_of({commit_rule("E", level::alarm, "1 / command.actor_acts == 1")}));
  REQUIRE(r.has_value());
  REQUIRE((*r)[0].with.flags.size() == 1);
  CHECK((*r)[0].with.flags[0].first == "E");
  rule old = commit_rule("O", level::alarm, "true");
  old.effective_until = on("2024-09-04");
  CHECK(a.by(rules_of({old})).has_value());
  old.effective_until = on("2024-09-05");
  CHECK_FALSE(a.by(rules_of({old})).has_value());
}

TEST_CASE("what decide() refuses is refused before any rule is asked") {
  asked a;
  a.next.actor = person_id{"P1"};
  const auto r = a.by(rules_of({commit_rule("R", level::alarm, "true")}));
  CHECK(r.error().code == errc::not_authorised);
}
