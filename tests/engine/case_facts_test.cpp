#include <banli/engine/case_facts.hpp>

#include <rapidcheck.h>

#include <banli/expression/program.hpp>

#include "walk.hpp"

using namespace sample;

namespace {

/// Values of expressions over a case at an instant.
class facts_of {
 public:
  explicit facts_of(const running_case& c) : c_(c) {
    auto k = clocks(*c.definition, c.state, c.calendar);
    if (k) clocks_ = *std::move(k);
  }

  outcome eval(std::string_view expression, instant now,
               std::optional<std::size_t> turn = std::nullopt) const {
    static const environment env = fact_environment(item());
    const compiled p = compile(expression, env);
    for (const error& e : p.problems) FAIL(to_string(e, language::en));
    case_facts f{*c_.definition, c_.state, c_.calendar, clocks_ ? &*clocks_ : nullptr, now};
    f.of(turn);
    return p.program->evaluate(f);
  }

  std::string say(std::string_view expression, std::string_view now,
                  std::optional<std::size_t> turn = std::nullopt) const {
    const outcome o = eval(expression, at(now), turn);
    if (o.is == outcome::state::unknown)
      return fmt::format("missing {}", fmt::join(o.missing, ","));
    return o.is == outcome::state::value ? to_text(o.value) : to_string(o.error, language::en);
  }

 private:
  const running_case& c_;
  std::optional<case_clocks> clocks_;
};

} // namespace

TEST_CASE("the facts of a case under way") {
  running_case c{define()};
  details d;
  d.by = channel::online;
  d.facts = {{"area", "12.5"}};
  c.accept("2024-09-02T09:00", d);
  c.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
  const facts_of f{c};
  for (const auto& [expression, now, expected] :
       {std::tuple{"case.id", "2024-09-09", "\"C1\""},
        {"办件.已用工作日", "2024-09-02T10:00", "0"},
        {"case.elapsed_workdays", "2024-09-09", "5"},
        {"case.promised_days", "2024-09-09", "20"},
        {"case.used_share", "2024-09-09", "0.25"},
        {"case.overdue", "2024-09-30T23:59", "false"},
        {"case.overdue", "2024-10-01", "true"},
        {"办件.超期天数", "2024-10-03", "3"},
        {"case.statutory_days", "2024-09-09", "60"},
        {"case.past_statutory", "2024-11-02", "true"},
        {"case.channel == 'online'", "2024-09-09", "true"},
        {"case.phase == 'running' && case.open", "2024-09-09", "true"},
        {"case.result", "2024-09-09", "missing case.result"},
        {"case.handlers", "2024-09-09", "1"},
        {"form.area > 12", "2024-09-09", "true"},
        {"表单.面积", "2024-09-09", "12.5"},
        {"form.urgent", "2024-09-09", "missing form.urgent"},
        {"case.fee_due", "2024-09-09", "missing case.fee_due"},
        {"item.kind", "2024-09-09", "\"promised\""},
        {"step.id", "2024-09-09", "missing step.id"}}) {
    INFO(expression, " at ", now);
    CHECK(f.say(expression, now) == expected);
  }
  CHECK(f.say("环节.名称 + '/' + step.post", "2024-09-09", 1) == "\"审查/审查岗\"");
  CHECK(f.say("step.waiting", "2024-09-09", 0) == "false");
  CHECK(f.say("step.elapsed_workdays", "2024-12-01", 0) == "1"); // a finished turn stands still
  CHECK(f.say("step.used_share", "2024-09-09", 1) == "0.5");
}

TEST_CASE("rules ask what the chart has supervision look at: charges here, the time there (D18)") {
  flowchart watched = chart();
  for (node& n : watched.nodes)
    if (n.id.text() == "审查") n.supervision_points = {"时限", "收费"};
  running_case c{define(item(), watched)};
  c.accept("2024-09-02T09:00");
  c.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
  const facts_of f{c};
  for (const auto& [expression, turn, expected] :
       {std::tuple{"step.supervision_points", 1, "\"时限;收费\""},
        {"step.supervision_points.contains('收费') && step.used_share >= 0.5", 1, "true"},
        {"环节.监察点", 0, "\"\""},
        {"step.supervision_points.contains('收费')", 0, "false"}}) {
    CAPTURE(std::string(expression));
    CHECK(f.say(expression, "2024-09-09", turn) == expected);
  }
  CHECK(f.say("step.supervision_points", "2024-09-09") == "missing step.supervision_points");
}

TEST_CASE("a fact flips at the instant that was foretold") {
  running_case c{define()};
  c.accept("2024-09-02T09:00");
  const facts_of f{c};
  for (const auto& [expression, until] : {std::pair{"case.elapsed_workdays > 16", "2024-09-26"},
                                          {"case.used_share >= 0.8", "2024-09-25"},
                                          {"case.overdue", "2024-10-01"},
                                          {"case.overdue_days >= 2", "2024-10-02"},
                                          {"case.overdue_days >= 3", "2024-10-03"},
                                          {"case.past_statutory", "2024-11-02"}}) {
    INFO(expression);
    CHECK(f.eval(expression, at("2024-09-03")).holds_until == at(until));
    CHECK(f.eval(expression, at(until)).truth() == true);
    CHECK(f.eval(expression, at(until) - std::chrono::seconds{1}).truth() == false);
  }
}

TEST_CASE("no fact changes before the instant until which it was said to hold") {
  service_item i = item();
  const std::array all{define(i, chart(), authority::recorded),
                       define(i, joint_chart(), authority::recorded)};
  CHECK(rc::check(
      [&](const std::vector<std::uint32_t>& numbers, std::uint8_t pick, std::uint16_t later) {
        const running_case c = random_case(all[pick % 2], numbers);
        const facts_of f{c};
        const std::array<std::string_view, 6> expressions{
            "case.elapsed_workdays", "case.used_share >= 0.8",
            "case.overdue_days",     "case.elapsed_workdays > 3 && !case.overdue",
            "case.past_statutory",   "case.used_share"};
        const std::string_view e = expressions[pick % expressions.size()];
        const instant now = c.state.last + std::chrono::hours{later % 2000U};
        const outcome before = f.eval(e, now);
        const instant end = before.holds_until.value_or(now + days{100});
        for (instant t = now; t < std::min(end, now + days{100}); t += std::chrono::hours{5})
          RC_ASSERT(f.eval(e, t).value == before.value);
      }));
}

TEST_CASE("the list of facts is the environment") {
  const environment env = fact_environment();
  REQUIRE(env.fields().size() == fact_list().size() + 1); // and the calendar
  for (std::size_t i = 0; i < fact_list().size(); ++i) {
    CHECK(env.fields()[i].path == fact_list()[i].path);
    CHECK(to_string(env.fields()[i].of) == fact_list()[i].type);
    CHECK(env.labelled(fact_list()[i].path) == fact_list()[i].alias);
  }
}
