#include <banli/engine/decide.hpp>

#include "sample.hpp"

using namespace sample;

TEST_CASE("a case runs from acceptance to delivery") {
  running_case c{define()};
  c.accept();
  c.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
  c.did("2024-09-05T10:00", "P2", action::complete, of_step("审查", "不通过"));
  CHECK(c.definition->net.to_text(c.state.at) == "受理");
  c.did("2024-09-06T10:00", "P1", action::complete, of_step("受理"));
  c.did("2024-09-09T10:00", "P2", action::complete, of_step("审查", "通过"));
  c.did("2024-09-10T10:00", "P3", action::complete, of_step("决定"));
  details granted;
  granted.result = case_result::granted;
  granted.document = "登记证书";
  c.did("2024-09-10T11:00", "P3", action::decide, granted);
  CHECK(c.state.phase == case_phase::decided);
  c.did("2024-09-11T09:00", "P1", action::deliver);
  CHECK(c.state.phase == case_phase::delivered);
  CHECK(c.state.ended == at("2024-09-11T09:00"));
  CHECK(c.state.steps.size() == 5);
  CHECK(c.history.back().number == c.history.size());
}

TEST_CASE("a choice nobody recorded is inferred from the step that was done next") {
  running_case c{define()};
  c.accept();
  c.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
  c.did("2024-09-05T10:00", "P2", action::complete, of_step("审查"));
  CHECK(c.state.steps.size() == 2); // nobody's clock runs while the choice is open
  c.did("2024-09-06T10:00", "P3", action::complete, of_step("决定"));
  CHECK(c.history[c.history.size() - 2].what == event_kind::arrow_taken);
  CHECK(c.history[c.history.size() - 2].with.outcome == "通过");
}

TEST_CASE("conditions are settled by the engine, branches are joined") {
  for (const auto& [area, first] : {std::pair{"800", "勘验"}, std::pair{"80", "审查+复核"}}) {
    running_case c{define(item(), joint_chart())};
    c.accept();
    details d = of_step("受理");
    d.facts = {{"area", area}};
    c.did("2024-09-03T10:00", "P1", action::complete, d);
    CHECK(c.definition->net.to_text(c.state.at) == first);
    if (c.state.at == *c.definition->net.parse_marking("勘验"))
      c.did("2024-09-04T10:00", "P2", action::complete, of_step("勘验"));
    c.did("2024-09-05T10:00", "P3", action::complete, of_step("复核"));
    CHECK(c.ask("2024-09-05T11:00", "P3", action::complete, of_step("决定")) ==
          errc::step_not_enabled);
    c.did("2024-09-06T10:00", "P2", action::complete, of_step("审查"));
    CHECK(c.definition->net.to_text(c.state.at) == "决定");
  }
}

TEST_CASE("an inclusive decision opens every branch whose condition holds, or those chosen") {
  for (const auto& [area, opened] :
       {std::pair{"1000", "规划+环保"}, std::pair{"800", "规划"}, std::pair{"80", "审查"}}) {
    CAPTURE(area);
    running_case c{define(item(), inclusive_chart())};
    c.accept();
    details d = of_step("受理");
    d.facts = {{"area", area}};
    c.did("2024-09-03T10:00", "P1", action::complete, d);
    CHECK(c.definition->net.to_text(c.state.at) == opened);
    for (const char* s : {"环保", "规划"})
      if (c.definition->net.to_text(c.state.at).find(s) != std::string::npos)
        c.did("2024-09-04T10:00", "P2", action::complete, of_step(s));
    CHECK(c.definition->net.to_text(c.state.at) == "审查");
    CHECK(c.ask("2024-09-05T10:00", "P2", action::complete, of_step("审查")) == errc::bad_outcome);
    CHECK(c.refused.message.zh == "环节“审查”须写明结果,可选一项或以“+”连接的多项:复核, 会签");
    CHECK(c.ask("2024-09-05T10:00", "P2", action::complete, of_step("审查", "复核+会审")) ==
          errc::bad_outcome);
    c.did("2024-09-05T10:00", "P2", action::complete, of_step("审查", "会签+复核"));
    CHECK(c.history.back().with.arrow == "10+9");
    CHECK(c.history.back().with.outcome == "会签+复核");
    CHECK(c.definition->net.to_text(c.state.at) == "复核+会签");
    CHECK(replay(*c.definition, c.state.id, c.history).at == c.state.at);
    c.did("2024-09-06T10:00", "P3", action::complete, of_step("会签"));
    CHECK(c.ask("2024-09-06T11:00", "P3", action::complete, of_step("决定")) ==
          errc::step_not_enabled);
    c.did("2024-09-06T10:00", "P3", action::complete, of_step("复核"));
    CHECK(c.definition->net.to_text(c.state.at) == "决定");
  }
}

TEST_CASE("a way back is taken as often as it may be, and no more") {
  flowchart c = chart();
  c.arrows[4].at_most = 1; // 不通过
  c.nodes[2].limit = time_limit{1, limit_unit::workday};
  running_case r{define(item(), c)};
  r.accept();
  for (const std::string outcome : {"不通过", "通过"}) {
    const std::string day = outcome == "通过" ? "2024-09-04" : "2024-09-03";
    r.did(day + "T10:00", "P1", action::complete, of_step("受理"));
    if (outcome == "通过") {
      CHECK(r.ask(day + "T11:00", "P2", action::complete, of_step("审查", "不通过")) ==
            errc::bad_outcome);
      CHECK(r.refused.message.zh == "“通过?”已 1 次退回“受理”,不能再退回");
    }
    r.did(day + "T11:00", "P2", action::complete, of_step("审查", outcome.c_str()));
  }
  CHECK(r.definition->net.to_text(r.state.at) == "决定");
  CHECK(replay(*r.definition, r.state.id, r.history).taken == r.state.taken);
}

TEST_CASE("a condition whose way back is used up is passed over") {
  flowchart c = chart();
  c.arrows[4].condition = "form.area > 500.0";
  c.arrows[4].at_most = 2;
  c.nodes[2].limit = time_limit{1, limit_unit::workday};
  running_case r{define(item(), c)};
  details d;
  d.facts = {{"area", "800"}};
  r.accept("2024-09-02T09:00", d);
  for (int i = 0; i < 3; ++i) {
    CHECK(r.definition->net.to_text(r.state.at) == "受理");
    const std::string day = "2024-09-0" + std::to_string(i + 3);
    r.did(day + "T10:00", "P1", action::complete, of_step("受理"));
    r.did(day + "T11:00", "P2", action::complete, of_step("审查"));
  }
  CHECK(r.definition->net.to_text(r.state.at) == "决定");
}

TEST_CASE("a step with persons is for them only") {
  flowchart c = chart();
  c.nodes[1].persons = {person_id{"P2"}, person_id{"P3"}};
  running_case r{define(item(), c)};
  r.accept();
  CHECK(r.ask("2024-09-03T10:00", "P1", action::complete, of_step("受理")) ==
        errc::not_authorised); // though the post is held
  CHECK(r.refused.message.zh == "环节“受理”仅由 P2, P3 办理,P1 不能办理");
  r.did("2024-09-03T10:00", "P3", action::complete, of_step("受理"));
}

TEST_CASE("every refusal has its reason") {
  const auto fresh = [] { return running_case{define()}; };
  const auto accepted = [&] {
    running_case c = fresh();
    c.accept();
    return c;
  };
  SUBCASE("before acceptance") {
    for (const action a : {action::complete, action::suspend, action::deliver, action::withdraw}) {
      running_case c = fresh();
      CHECK(c.ask("2024-09-02", "P1", a) == errc::not_accepted);
    }
  }
  SUBCASE("accepted twice, by the wrong item, from the future") {
    running_case c = accepted();
    details d;
    d.item = item().code;
    CHECK(c.ask("2024-09-03", "P1", action::accept, d) == errc::already_accepted);
    running_case other = fresh();
    d.item = item_id{"62052400MZ-XK-0002"};
    CHECK(other.ask("2024-09-03", "P1", action::accept, d) == errc::unknown_item);
    d.item = item().code;
    d.received = on("2024-09-04");
    CHECK(other.ask("2024-09-03", "P1", action::accept, d) == errc::bad_value);
  }
  SUBCASE("time, people, steps") {
    running_case c = accepted();
    CHECK(c.ask("2024-09-02T08:59:59", "P1", action::complete, of_step("受理")) ==
          errc::time_backwards);
    CHECK(c.ask("2024-09-03", "P9", action::complete, of_step("受理")) == errc::not_authorised);
    CHECK(c.ask("2024-09-03", "P2", action::complete, of_step("受理")) == errc::not_authorised);
    CHECK(c.ask("2024-09-03", "P1", action::complete, of_step("受里")) == errc::unknown_step);
    CHECK(c.refused.message.en.find("did you mean '受理'") != std::string::npos);
    CHECK(c.ask("2024-09-03", "P2", action::complete, of_step("审查")) == errc::step_not_enabled);
    CHECK(c.ask("2024-09-03", "P1", action::complete, of_step("受理", "通过")) ==
          errc::bad_outcome);
    details d = of_step("受理");
    d.facts = {{"area", "big"}};
    CHECK(c.ask("2024-09-03", "P1", action::complete, d) == errc::bad_value);
    d.facts = {{"aria", "1"}};
    CHECK(c.ask("2024-09-03", "P1", action::complete, d) == errc::unknown_field);
    CHECK(c.history.size() == 1); // a refusal leaves no trace in the case
  }
  SUBCASE("reasons are asked for") {
    running_case c = accepted();
    CHECK(c.ask("2024-09-03", "P1", action::withdraw) == errc::missing_reason);
    CHECK(c.ask("2024-09-03", "P1", action::request_supplement) == errc::missing_reason);
    details d;
    d.result = case_result::refused;
    CHECK(c.ask("2024-09-03", "P3", action::decide, d) == errc::missing_reason);
    running_case other = fresh();
    d.item = item().code;
    CHECK(other.ask("2024-09-03", "P1", action::refuse, d) == errc::missing_reason);
  }
  SUBCASE("stops") {
    running_case c = accepted();
    CHECK(c.ask("2024-09-03", "P1", action::resume) == errc::not_suspended);
    CHECK(c.ask("2024-09-03", "P1", action::supplement) == errc::not_suspended);
    details d = why("有异议");
    d.kind = "haering";
    CHECK(c.ask("2024-09-03", "P1", action::suspend, d) == errc::unknown_value);
    CHECK(c.refused.message.en.find("did you mean 'hearing'") != std::string::npos);
    d.kind = "hearing";
    c.did("2024-09-03", "P1", action::suspend, d);
    CHECK(c.ask("2024-09-04", "P1", action::complete, of_step("受理")) == errc::case_suspended);
    c.did("2024-09-05", "P1", action::resume);
    c.did("2024-09-06", "P1", action::request_supplement, why("缺章程"));
    CHECK(c.ask("2024-09-06", "P1", action::resume) == errc::not_suspended);
    CHECK(c.ask("2024-09-06", "P1", action::deliver) == errc::case_suspended);
  }
  SUBCASE("the end") {
    running_case c = accepted();
    CHECK(c.ask("2024-09-03", "P1", action::deliver) == errc::not_finished);
    c.did("2024-09-03", "P1", action::withdraw, why("申请人撤回"));
    CHECK(c.ask("2024-09-04", "P1", action::complete, of_step("受理")) == errc::case_closed);
    CHECK(c.ask("2024-09-04", "P1", action::withdraw, why("再撤")) == errc::case_closed);
  }
  SUBCASE("sending back") {
    running_case c = accepted();
    c.did("2024-09-03", "P1", action::complete, of_step("受理"));
    details d = of_step("审查");
    d.to_step = node_id{"受理"};
    CHECK(c.ask("2024-09-04", "P2", action::send_back, d) == errc::missing_reason);
    d.reason = "材料不清";
    d.to_step = node_id{"决定"};
    CHECK(c.ask("2024-09-04", "P2", action::send_back, d) == errc::bad_return);
    d.to_step = node_id{"受理"};
    c.did("2024-09-04", "P2", action::send_back, d);
    CHECK(c.definition->net.to_text(c.state.at) == "受理");
    CHECK(c.state.returns == 1);
  }
  SUBCASE("handing over") {
    running_case c = accepted();
    details d = of_step("受理");
    d.reason = "请假";
    d.to_person = person_id{"P8"};
    CHECK(c.ask("2024-09-03", "P1", action::hand_over, d) == errc::unknown_reference);
    d.to_person = person_id{"P4"};
    c.did("2024-09-03T16:00", "P1", action::hand_over, d);
    c.did("2024-09-04", "P4", action::complete,
          of_step("受理")); // holds no post, but was handed it
    CHECK(c.state.steps.front().since == at("2024-09-03T16:00"));
  }
}

TEST_CASE("an extension is granted once, and only before the limit has run out") {
  details d = why("情况复杂");
  d.limit = time_limit{10, limit_unit::workday};
  d.authority = "局长";
  running_case late{define()};
  late.accept("2024-09-02T09:00"); // due 2024-09-30
  CHECK(late.ask("2024-10-01", "P3", action::extend, d) == errc::extension_refused);
  running_case c{define()};
  c.accept("2024-09-02T09:00");
  details unsigned_by = d;
  unsigned_by.authority.clear();
  CHECK(c.ask("2024-09-20", "P3", action::extend, unsigned_by) == errc::missing_field);
  c.did("2024-09-20", "P3", action::extend, d);
  CHECK(c.ask("2024-09-21", "P3", action::extend, d) == errc::extension_refused);
}

TEST_CASE("a log of another system is recorded without judging who acted") {
  running_case c{define(item(), chart(), authority::recorded)};
  c.accept();
  CHECK(!c.ask("2024-09-03", "somebody", action::complete, of_step("受理")));
}

TEST_CASE("another system may have recorded a receipt after the acceptance; ours may not") {
  details d;
  d.item = item().code;
  d.received = on("2024-09-04");
  running_case theirs{define(item(), chart(), authority::recorded)};
  CHECK(!theirs.ask("2024-09-02T09:00", "x", action::accept, d));
  CHECK(theirs.state.start == instant{on("2024-09-04")});
  running_case ours{define()};
  CHECK(ours.ask("2024-09-02T09:00", "P1", action::accept, d) == errc::bad_value);
}

TEST_CASE("a condition that lacks its fact says which") {
  running_case c{define(item(), joint_chart())};
  c.accept();
  CHECK(c.ask("2024-09-03", "P1", action::complete, of_step("受理")) == errc::missing_field);
  CHECK(c.refused.message.en.find("form.area") != std::string::npos);
  CHECK(c.definition->net.to_text(c.state.at) == "受理");
}

TEST_CASE("any past instant can be restored") {
  running_case c{define()};
  c.accept();
  c.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
  c.did("2024-09-05T10:00", "P2", action::complete, of_step("审查", "通过"));
  const auto then = replay_at(*c.definition, c.state.id, c.history, at("2024-09-04"));
  CHECK(c.definition->net.to_text(then.at) == "审查");
  CHECK(then.version == 2);
  CHECK(replay_at(*c.definition, c.state.id, c.history, at("2024-09-01")).phase ==
        case_phase::none);
}
