#include <banli/supervision/supervise.hpp>

#include <map>
#include <set>

#include <rapidcheck.h>

#include <banli/engine/case_facts.hpp>

#include "../engine/walk.hpp"

using namespace sample;

namespace {

rule make(const char* id, banli::level l, rule_scope scope, const char* condition,
          std::vector<rule_id> supersedes = {}) {
  rule r;
  r.id = rule_id{id};
  r.name = {id, id};
  r.level = l;
  r.scope = scope;
  r.condition = condition;
  r.message = {"used {case.elapsed_workdays}", "已用 {case.elapsed_workdays}"};
  r.supersedes = std::move(supersedes);
  return r;
}

rule_set rules_of(std::vector<rule> rules) {
  compiled_rules c = compile_rules(std::move(rules), fact_environment());
  for (const error& e : c.problems) FAIL(to_string(e, language::en));
  return *std::move(c.rules);
}

rule_set usual_rules() {
  using l = banli::level;
  return rules_of({
      make("W80", l::warning, rule_scope::each_case, "case.open && case.used_share >= 0.8"),
      make("A100", l::alarm, rule_scope::each_case, "case.overdue", {rule_id{"W80"}}),
      make("STEP", l::alarm, rule_scope::each_step, "step.overdue_days > 0"),
      make("RETURN", l::warning, rule_scope::each_case, "case.returns == 1"),
      make("RETURNS", l::alarm, rule_scope::each_case, "case.returns >= 2", {rule_id{"RETURN"}}),
      make("LATE2", l::warning, rule_scope::each_case, "case.overdue_days >= 2"),
      make("SPOT", l::reminder, rule_scope::each_case,
           "办件.已用工作日 > 3 && 办件.已用工作日 < 6"),
  });
}

std::string told(const std::vector<hit>& hits) {
  std::string out;
  for (const hit& h : hits)
    out += fmt::format("{} {} {} {} {}\n", h.rule.text(), h.step.text(), to_text(h.raised),
                       to_string(h.end), h.ended ? to_text(*h.ended) : "-");
  return out;
}

std::string watched(const running_case& c, std::string_view until) {
  const auto s =
      supervise(*c.definition, c.state.id, c.history, usual_rules(), c.calendar, at(until));
  REQUIRE(s.has_value());
  return told(s->hits);
}

/// Looks at everything every hour, and never believes what it was told about the future.
class naive_watch {
 public:
  naive_watch(const running_case& c, const rule_set& rules, instant until) : c_(c), rules_(rules) {
    std::size_t next = 0;
    instant now = c.history.front().at;
    while (now <= until) {
      bool happened = false;
      for (; next < c.history.size() && c.history[next].at == now; ++next, happened = true)
        state_ = apply(*c.definition, std::move(state_), c.history[next]);
      if (happened) {
        clocks_.reset();
        if (auto k = clocks(*c.definition, state_, c.calendar)) clocks_ = *std::move(k);
      }
      look(now);
      instant step = day_of(now) + std::chrono::hours{24};
      if (next < c.history.size()) step = std::min(step, c.history[next].at);
      now = std::min(step, now + std::chrono::hours{1});
    }
  }

  /// Rule, turn -> since when it has been true, for every stretch of truth.
  std::vector<std::string> stretches;

 private:
  void look(instant now) {
    case_facts f{*c_.definition, state_, c_.calendar, clocks_ ? &*clocks_ : nullptr, now};
    for (const compiled_rule& r : rules_.rules()) {
      const bool each = r.definition().scope == rule_scope::each_step;
      for (std::size_t turn = 0; turn < (each ? state_.steps.size() : 1); ++turn) {
        f.of(each ? std::optional{turn} : std::nullopt);
        const bool now_true = r.judge(f).kind == verdict_kind::fires;
        bool& was = true_now_[{r.id().text(), turn}];
        if (now_true != was)
          stretches.push_back(
              fmt::format("{} {} {} {}", to_text(now), r.id().text(), turn, now_true));
        was = now_true;
      }
    }
  }

  const running_case& c_;
  const rule_set& rules_;
  case_state state_;
  std::optional<case_clocks> clocks_;
  std::map<std::pair<std::string, std::size_t>, bool> true_now_;
};

} // namespace

TEST_CASE("a case nobody touches is warned about, then alarmed, at the exact instants") {
  running_case c{define()};
  c.accept("2024-09-02T09:00"); // 16th working day 09-25, due 09-30; 受理 due 09-04
  CHECK(watched(c, "2024-10-20") == "STEP 受理 2024-09-05T00:00:00 open -\n"
                                    "SPOT  2024-09-06T00:00:00 cleared 2024-09-10T00:00:00\n"
                                    "W80  2024-09-25T00:00:00 superseded 2024-10-01T00:00:00\n"
                                    "A100  2024-10-01T00:00:00 open -\n"
                                    "LATE2  2024-10-02T00:00:00 open -\n");
  CHECK(watched(c, "2024-09-30T23:59:59").find("A100") == std::string::npos);
}

TEST_CASE("who delivers at the last moment is in time") {
  running_case c{define()};
  c.accept("2024-09-02T09:00");
  c.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
  c.did("2024-09-04T10:00", "P2", action::complete, of_step("审查", "通过"));
  c.did("2024-09-05T10:00", "P3", action::complete, of_step("决定"));
  c.did("2024-09-30T23:59:59", "P1", action::deliver);
  const std::string hits = watched(c, "2024-12-31");
  CHECK(hits.find("A100") == std::string::npos);
  CHECK(hits.find("W80  2024-09-25T00:00:00 cleared 2024-09-30T23:59:59") != std::string::npos);
}

TEST_CASE("when an event and the flow of time meet, the event comes first") {
  running_case c{define()};
  c.accept("2024-09-02T09:00");
  c.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
  c.did("2024-09-04T10:00", "P2", action::complete, of_step("审查", "通过"));
  c.did("2024-09-05T10:00", "P3", action::complete, of_step("决定"));
  c.did("2024-09-25T00:00", "P1", action::deliver); // the instant at which W80 would come true
  CHECK(watched(c, "2024-12-31").find("W80") == std::string::npos);
}

TEST_CASE("a hearing moves the alarm, and nothing is due while it is open") {
  running_case c{define()};
  c.accept("2024-09-02T09:00");
  details d = why("听证");
  d.kind = "hearing";
  c.did("2024-09-18T09:00", "P2", action::suspend, d);
  CHECK(watched(c, "2025-06-01").find("A100") == std::string::npos);
  c.did("2024-09-25T09:00", "P2", action::resume);
  CHECK(watched(c, "2025-06-01").find("A100  2024-10-15T00:00:00") != std::string::npos);
}

TEST_CASE("the second return alarms and takes the place of the warning") {
  running_case c{define(item(), chart(), authority::recorded)};
  c.accept("2024-09-02T09:00");
  for (const char* day : {"2024-09-03", "2024-09-04"}) {
    c.did(fmt::format("{}T10:00", day), "P1", action::complete, of_step("受理"));
    details d = of_step("审查");
    d.to_step = node_id{"受理"};
    d.reason = "材料不清";
    c.did(fmt::format("{}T11:00", day), "P2", action::send_back, d);
  }
  const auto s = *supervise(*c.definition, c.state.id, c.history, usual_rules(), c.calendar,
                            at("2024-09-04T12:00"));
  REQUIRE(s.hits.size() == 2);
  CHECK(s.hits[0].superseded_by == rule_id{"RETURNS"});
  CHECK(s.hits[1].facts == std::vector<hit_fact>{{"case.returns", "办件.退回次数", "2"}});
  CHECK(s.next == at("2024-09-06"));
}

TEST_CASE("a rule that cannot be judged is neither true nor silent") {
  running_case c{define()};
  c.accept("2024-09-02T09:00");
  const auto rules = rules_of(
      {make("FEE", banli::level::alarm, rule_scope::each_case, "case.fee_paid > case.fee_due")});
  const auto s =
      *supervise(*c.definition, c.state.id, c.history, rules, c.calendar, at("2024-10-04"));
  CHECK(s.hits.empty());
  REQUIRE(s.unjudged.size() == 1);
  CHECK(s.unjudged[0].missing == std::vector<std::string>{"case.fee_due", "case.fee_paid"});
}

TEST_CASE("a rule is judged only on days on which it is in force") {
  running_case c{define()};
  c.accept("2024-09-02T09:00");
  rule r = make("A", banli::level::alarm, rule_scope::each_case, "case.open");
  r.effective_from = on("2024-09-10");
  r.effective_until = on("2024-09-20");
  const auto s =
      *supervise(*c.definition, c.state.id, c.history, rules_of({r}), c.calendar, at("2024-10-04"));
  CHECK(told(s.hits) == "A  2024-09-10T00:00:00 cleared 2024-09-20T00:00:00\n");
}

TEST_CASE("facts are named in the words of the rule's author") {
  running_case c{define()};
  c.accept("2024-09-02T09:00");
  rule r = make("A", banli::level::alarm, rule_scope::each_case,
                "case.elapsed_workdays >= params.days && item.type == 'XK'");
  r.parameters = {{"days", value(2), {"days allowed", "允许天数"}}};
  const auto s =
      *supervise(*c.definition, c.state.id, c.history, rules_of({r}), c.calendar, at("2024-10-04"));
  REQUIRE(s.hits.size() == 1);
  std::vector<std::string> labels;
  for (const hit_fact& f : s.hits[0].facts) labels.push_back(f.label);
  CHECK(labels == std::vector<std::string>{"办件.已用工作日", "允许天数", "事项.类型"});
}

TEST_CASE("supervision is bounded") {
  running_case c{define()};
  c.accept("2024-09-02T09:00");
  const auto s = supervise(*c.definition, c.state.id, c.history, usual_rules(), c.calendar,
                           at("2024-10-04"), {3});
  CHECK(s.error().code == errc::limit_exceeded);
}

TEST_CASE("sleeping from expiry to expiry finds what looking every hour finds") {
  service_item restarting = item();
  restarting.supplement = supplement_rule::restarts;
  const std::array all{define(item(), chart(), authority::recorded),
                       define(item(), joint_chart(), authority::recorded),
                       define(restarting, chart(), authority::recorded)};
  // Without supersession every stretch of truth is a hit of its own, which is what can be compared.
  std::vector<rule> plain;
  const rule_set usual = usual_rules();
  for (const compiled_rule& r : usual.rules()) {
    plain.push_back(r.definition());
    plain.back().supersedes.clear();
  }
  const rule_set rules = rules_of(plain);
  CHECK(rc::check([&](const std::vector<std::uint32_t>& numbers, std::uint8_t pick) {
    const running_case c = random_case(all[pick % all.size()], numbers);
    const instant until = c.state.last + days{40};
    const auto s = supervise(*c.definition, c.state.id, c.history, rules, c.calendar, until);
    RC_ASSERT(s.has_value());
    std::multiset<std::string> ours;
    for (const hit& h : s->hits) {
      ours.insert(fmt::format("{} {} true", to_text(h.raised), h.rule.text()));
      if (h.ended) ours.insert(fmt::format("{} {} false", to_text(*h.ended), h.rule.text()));
    }
    std::multiset<std::string> naive;
    for (const std::string& line : naive_watch{c, rules, until}.stretches) {
      const std::size_t turn = line.rfind(' ', line.rfind(' ') - 1);
      naive.insert(line.substr(0, turn) + line.substr(line.rfind(' ')));
    }
    RC_ASSERT(ours == naive);
  }));
}
