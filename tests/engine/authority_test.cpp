#include <banli/engine/authority.hpp>

#include <functional>

#include "sample.hpp"

using namespace sample;

namespace {

/// The office of the samples, with P5 who holds the post of P2 too, and whatever is added.
std::shared_ptr<const organisation> office(const std::function<void(organisation&)>& change) {
  organisation o = *people();
  o.persons.push_back({person_id{"P5"}, "戊", {}});
  o.posts[0].powers = {"受理权"};
  change(o);
  for (const error& e : check(o)) MESSAGE(to_string(e, language::en));
  REQUIRE(check(o).empty());
  return std::make_shared<const organisation>(std::move(o));
}

std::shared_ptr<const case_definition> define_with(std::shared_ptr<const organisation> o,
                                                   const flowchart& c = chart()) {
  linked_definition l = link(item(), c, std::move(o));
  for (const error& e : l.found) MESSAGE(to_string(e, language::en));
  REQUIRE(l.definition != nullptr);
  return l.definition;
}

mandate lends(const char* from, const char* to) {
  mandate m;
  m.from = person_id{from};
  m.to = person_id{to};
  m.since = at("2024-09-01T00:00");
  m.until = at("2024-09-10T00:00");
  m.registered_by = person_id{"P1"};
  return m;
}

flowchart separated(bool decision = false) {
  flowchart c = chart();
  c.separations = {{"受审分离", {node_id{"受理"}, node_id{"审查"}}, decision}};
  for (node& n : c.nodes) n.assignees.departments = {department_id{"民政局"}}; // P1, P2, P3
  for (node& n : c.nodes)
    if (n.kind != node_kind::step) n.assignees = {};
  return c;
}

running_case accepted(std::shared_ptr<const case_definition> d) {
  running_case c{std::move(d)};
  c.accept();
  return c;
}

permission asks(const running_case& c, const char* who, const char* step, std::string_view when,
                const char* whose = "") {
  return may(*c.definition, c.state, c.calendar, {action::complete, node_id{step}, at(when)},
             person_id{who}, person_id{whose});
}

} // namespace

TEST_CASE("the answer names the rule, the person and the step, in both languages") {
  const running_case c = accepted(define());
  const permission yes = asks(c, "P1", "受理", "2024-09-03T10:00");
  CHECK(yes.granted());
  CHECK(yes.rule == authority_rule::post);
  CHECK(yes.name == "受理岗");
  CHECK(yes.step == node_id{"受理"});
  CHECK(yes.why.en == "P1 holds post '受理岗'");
  const permission no = asks(c, "P2", "受理", "2024-09-03T10:00");
  CHECK(no.rule == authority_rule::no_right);
  CHECK(no.why.zh == "P2 不在环节“受理”所属的岗位“受理岗”上");
  CHECK(refusal_of(no)->code == errc::not_authorised);
  CHECK(asks(c, "P7", "受理", "2024-09-03T10:00").rule == authority_rule::nobody);
  CHECK(asks(c, "P1", "受里", "2024-09-03T10:00").rule == authority_rule::no_right);
  CHECK(to_string(authority_rule::separation) == "separation");
  CHECK(label(authority_rule::post) == "岗位");
  const auto list =
      who_may(*c.definition, c.state, c.calendar, node_id{"受理"}, at("2024-09-03T10:00"));
  REQUIRE(list.size() == 1);
  CHECK(list[0].person == person_id{"P1"});
}

TEST_CASE("who holds a delegation acts in another's name, for its time and scope only") {
  const auto with = [](const std::function<void(mandate&)>& change) {
    return accepted(define_with(office([&](organisation& o) {
      o.mandates = {lends("P1", "P5")};
      change(o.mandates[0]);
    })));
  };
  const running_case c = with([](mandate&) {});
  const permission p = asks(c, "P5", "受理", "2024-09-03T10:00");
  CHECK(p.granted());
  CHECK(p.on_behalf == person_id{"P1"});
  CHECK(p.by == mandate_kind::delegation);
  CHECK(p.why.zh == "P5 代 P1 办理(授权代理):P1 在岗位“受理岗”上");
  CHECK(asks(c, "P5", "受理", "2024-09-01T00:00").granted()); // half-open
  CHECK_FALSE(asks(c, "P5", "受理", "2024-08-31T23:59:59").granted());
  CHECK_FALSE(asks(c, "P5", "受理", "2024-09-10T00:00").granted());
  CHECK_FALSE(asks(c, "P5", "审查", "2024-09-03T10:00").granted());
  CHECK(asks(c, "P5", "受理", "2024-09-03T10:00", "P2").rule == authority_rule::no_mandate);
  CHECK(asks(c, "P5", "受理", "2024-09-03T10:00", "P1").granted());
  CHECK(asks(c, "P1", "受理", "2024-09-03T10:00", "P1").on_behalf.empty());
  const auto granted = [&](const running_case& r) {
    return asks(r, "P5", "受理", "2024-09-03T10:00").granted();
  };
  CHECK(granted(with([](mandate& m) { m.posts = {post_id{"受理岗"}}; })));
  CHECK_FALSE(granted(with([](mandate& m) { m.posts = {post_id{"决定岗"}}; })));
  CHECK(granted(with([](mandate& m) { m.items = {item().code}; })));
  CHECK_FALSE(granted(with([](mandate& m) { m.items = {item_id{"another"}}; })));
  CHECK(granted(with([](mandate& m) { // A/B岗: no end, nobody registers it
    m = {.kind = mandate_kind::substitute, .from = person_id{"P1"}, .to = person_id{"P5"}};
  })));
}

TEST_CASE("the event says on whose behalf it was done") {
  running_case c =
      accepted(define_with(office([](organisation& o) { o.mandates = {lends("P1", "P5")}; })));
  c.did("2024-09-03T10:00", "P5", action::complete, of_step("受理"));
  const event& e = c.history[c.history.size() - 1];
  CHECK(e.what == event_kind::completed);
  CHECK(e.actor == person_id{"P5"});
  CHECK(e.with.on_behalf == person_id{"P1"});
  CHECK(*parse_event(to_json(e)) == e);
  CHECK(c.state.acts.back().on_behalf == person_id{"P1"});
  details forged = of_step("审查", "通过");
  forged.on_behalf = person_id{"P9"};
  forged.flags = {{"R", "forged"}};
  CHECK(c.ask("2024-09-04T10:00", "P2", action::complete, forged) == errc::not_authorised);
  forged.on_behalf = person_id{};
  c.did("2024-09-04T10:00", "P2", action::complete, forged);
  for (const event& each : c.history) CHECK(each.with.flags.empty());
}

TEST_CASE("separated duties bar one person over the whole history") {
  running_case c = accepted(define(item(), separated()));
  c.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
  CHECK(c.ask("2024-09-04T10:00", "P1", action::complete, of_step("审查", "通过")) ==
        errc::not_authorised);
  CHECK(c.refused.message.en == "受审分离: P1 may not do step '审查', having done step '受理'");
  CHECK(c.refused.message.zh == "受审分离:P1 已办理环节“受理”,不能再办理环节“审查”");
  const permission p = asks(c, "P1", "审查", "2024-09-04T10:00");
  CHECK(p.rule == authority_rule::separation);
  CHECK(p.name == "受审分离");

  SUBCASE("a return does not wipe out what was done") {
    details back = why("材料不符");
    back.step = node_id{"审查"};
    back.to_step = node_id{"受理"};
    CHECK(c.ask("2024-09-04T11:00", "P1", action::send_back, back) == errc::not_authorised);
    c.did("2024-09-04T11:00", "P2", action::send_back, back);
    // P2 has had to do with 审查 by giving it back, P1 with 受理: each may repeat its own only.
    CHECK(c.ask("2024-09-05T10:00", "P2", action::complete, of_step("受理")) ==
          errc::not_authorised);
    c.did("2024-09-05T10:00", "P3", action::complete, of_step("受理"));
    CHECK(c.ask("2024-09-05T11:00", "P1", action::complete, of_step("审查", "通过")) ==
          errc::not_authorised);
    CHECK(c.ask("2024-09-05T11:00", "P3", action::complete, of_step("审查", "通过")) ==
          errc::not_authorised);
    c.did("2024-09-05T11:00", "P2", action::complete, of_step("审查", "通过"));
  }
  SUBCASE("a hand-over leads around it neither") {
    details over = why("休假");
    over.step = node_id{"审查"};
    over.to_person = person_id{"P1"};
    CHECK(c.ask("2024-09-04T11:00", "P2", action::hand_over, over) == errc::not_authorised);
    over.to_person = person_id{"P4"};
    CHECK(c.ask("2024-09-04T11:00", "P4", action::hand_over, over) == errc::not_authorised);
    c.did("2024-09-04T11:00", "P2", action::hand_over, over);
    CHECK(asks(c, "P4", "审查", "2024-09-04T12:00").rule == authority_rule::handed_over);
  }
}

TEST_CASE("acting for another counts as both") {
  const auto o = office([](organisation& x) {
    x.mandates = {lends("P1", "P5"), lends("P2", "P1"), lends("P3", "P5")};
    x.mandate_depth = 2;
  });
  running_case c = accepted(define_with(o, separated()));
  c.did("2024-09-03T10:00", "P5", action::complete, of_step("受理"));
  REQUIRE(c.state.acts.back().on_behalf == person_id{"P1"});
  // P5 did it, and P1 did it through P5; P2's power in P1's hand does not help P1.
  CHECK(asks(c, "P5", "审查", "2024-09-04T10:00", "P3").rule == authority_rule::separation);
  CHECK(asks(c, "P1", "审查", "2024-09-04T10:00").rule == authority_rule::separation);
  CHECK(asks(c, "P1", "审查", "2024-09-04T10:00", "P2").rule == authority_rule::separation);
  CHECK(asks(c, "P2", "审查", "2024-09-04T10:00").granted());
  // A delegation that has ended changes nothing of what was done by it.
  CHECK(asks(c, "P1", "审查", "2024-12-04T10:00").rule == authority_rule::separation);
}

TEST_CASE("four eyes at the decision") {
  running_case c = accepted(define(item(), separated(true)));
  c.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
  c.did("2024-09-04T10:00", "P2", action::complete, of_step("审查", "通过"));
  details granted;
  granted.result = case_result::granted;
  CHECK(c.ask("2024-09-05T10:00", "P2", action::decide, granted) == errc::not_authorised);
  CHECK(c.refused.message.zh == "受审分离:P2 已办理环节“审查”,不能再办理“作出决定”");
  c.did("2024-09-05T10:00", "P3", action::decide, granted);
  CHECK(c.state.acts.back() == case_act{event_kind::decided, {}, person_id{"P3"}, person_id{}});
}

TEST_CASE("where there are grants, what none names is refused") {
  const auto o = office([](organisation& x) {
    x.grants = {{.commands = {action::accept, action::refuse}, .powers = {"受理权"}},
                {.commands = {action::decide}, .posts = {post_id{"决定岗"}}},
                {.commands = {action::hand_over}, .departments = {department_id{"民政局"}}}};
    x.mandates = {lends("P3", "P5")};
  });
  running_case c{define_with(o)};
  details d;
  d.item = item().code;
  CHECK(c.ask("2024-09-02T09:00", "P2", action::accept, d) == errc::not_authorised);
  CHECK(c.refused.message.en == "no grant lets P2 'accept'");
  c.accept();
  c.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
  details over = why("休假");
  over.step = node_id{"审查"};
  over.to_person = person_id{"P4"};
  c.did("2024-09-03T11:00", "P3", action::hand_over, over); // granted, though the step is not P3's
  CHECK(c.ask("2024-09-03T11:00", "P1", action::withdraw, why("不办了")) == errc::not_authorised);
  details granted;
  granted.result = case_result::granted;
  CHECK(c.ask("2024-09-03T12:00", "P2", action::decide, granted) == errc::not_authorised);
  c.did("2024-09-03T12:00", "P5", action::decide, granted);
  CHECK(c.history.back().with.on_behalf == person_id{"P3"});
}

TEST_CASE("where rights are only recorded, nobody is judged") {
  running_case c = accepted(define(item(), separated(true), authority::recorded));
  c.did("2024-09-03T10:00", "someone", action::complete, of_step("受理"));
  c.did("2024-09-04T10:00", "someone", action::complete, of_step("审查", "通过"));
  CHECK(asks(c, "anybody", "决定", "2024-09-04T10:00").rule == authority_rule::recorded);
  CHECK_FALSE(barred(*c.definition, c.state,
                     {action::complete, node_id{"审查"}, at("2024-09-05T10:00")},
                     person_id{"someone"}));
}
