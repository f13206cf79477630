#include <banli/engine/case_life_cycle.hpp>

#include <set>

#include "engine/case_machine.hpp"
#include "sample.hpp"

using namespace sample;

TEST_CASE("table, machine and decide() agree on what every phase takes, and where it leads") {
  // What no command may do in a phase, decide() refuses for the phase; what it may do is at most
  // refused for another reason.
  const std::set<errc> of_the_phase{errc::not_accepted, errc::already_accepted, errc::case_closed,
                                    errc::case_suspended, errc::not_suspended};
  const auto d = define(item(), chart(), authority::recorded);
  for (int p = 0; p <= static_cast<int>(case_phase::concluded); ++p)
    for (std::size_t a = 0; a < action_list().size(); ++a) {
      const auto phase = static_cast<case_phase>(p);
      const auto what = static_cast<action>(a);
      CAPTURE(to_string(phase));
      CAPTURE(to_string(what));
      CHECK(detail::run_case_machine(phase, what) == phase_after(phase, what));
      case_state s;
      s.phase = phase;
      s.item = d->item.code;
      s.last = s.accepted = at("2024-09-02");
      s.at = d->net.start();
      s.acceptance = phase == case_phase::none || phase == case_phase::applied ||
                             phase == case_phase::incomplete || phase == case_phase::refused
                         ? 0
                         : 1;
      details with = why("理由");
      with.item = d->item.code;
      const auto got = decide(
          *d, s, {request_id{"r"}, case_id{"C"}, at("2024-09-03"), person_id{"x"}, what, with, {}},
          cn());
      CHECK(allows(phase, what) == (got || !of_the_phase.contains(got.error().code)));
      if (!got || what == action::deliver) continue; // a delivered slip leaves a refused case
      case_state after = s;
      for (const event& e : *got) after = banli::apply(*d, std::move(after), e);
      if (what == action::supplement) continue; // leads back to where it was asked for
      CHECK(phase_after(phase, what) == after.phase);
    }
}

TEST_CASE("a closed case still takes what does not move it, and nothing else") {
  running_case c{define()};
  c.accept();
  c.did("2024-09-03", "P1", action::withdraw, why("申请人撤回"));
  CHECK(allowed_actions(c.state) == std::vector{action::notify, action::attribute_fault});
  details d = why("无关");
  d.kind = "own";
  c.did("2024-09-04", "P1", action::attribute_fault, d);
  CHECK(c.ask("2024-09-05", "P1", action::complete, of_step("受理")) == errc::case_closed);
  CHECK(c.ask("2024-09-03", "P1", action::attribute_fault, d) == errc::time_backwards);
}

TEST_CASE("what is refused for the phase says what may follow") {
  running_case c{define()};
  c.accept();
  details d = why("听证");
  d.kind = "hearing";
  c.did("2024-09-03", "P1", action::suspend, d);
  CHECK(c.ask("2024-09-03", "P1", action::deliver) == errc::case_suspended);
  CHECK(c.refused.message.en ==
        "case C1 is suspended: 'deliver' cannot follow, only resume, withdraw, conclude, notify, "
        "prioritise, attribute_fault, migrate");
}

TEST_CASE("the table is printed as Markdown") {
  const std::string zh = to_markdown(case_life_cycle(), language::zh);
  CHECK(zh.starts_with("| 状态 | 受理 | 不予受理 |"));
  CHECK(zh.find("| 暂停 | | | | | | 在办 | 已撤回 |") != std::string::npos);
  const std::string en = to_markdown(case_life_cycle().first(2), language::en);
  CHECK(en.starts_with("| phase | accept | refuse | stays as it is |\n|---|---|---|---|\n"
                       "| none | running | refused | |\n| refused | | | |\n"));
}

TEST_CASE("a case goes through the stages of a window in their order (F13)") {
  CHECK(label(stage_of(case_phase::none)) == "咨询");
  CHECK(to_string(service_stage::feedback) == "feedback");
  // No command leads from a stage to an earlier one.
  for (const case_transition& t : case_life_cycle()) CHECK(stage_of(t.from) <= stage_of(t.to));
  std::set<service_stage> reached;
  for (const case_transition& t : case_life_cycle()) reached.insert(stage_of(t.to));
  CHECK(reached.size() == 3); // whoever only asks has no case yet
}
