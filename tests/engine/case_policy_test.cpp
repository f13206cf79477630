#include <banli/engine/case_clocks.hpp>
#include <banli/engine/case_policy.hpp>

#include "sample.hpp"

using namespace sample;

namespace {

service_item of_kind(case_kind k) {
  service_item i = item();
  i.kind = k;
  if (k == case_kind::immediate) i.promised = {0, limit_unit::on_the_spot};
  if (k == case_kind::joint) i.co_handlers = {department_id{"消防"}};
  if (k == case_kind::reported_up) i.superior_body = "省民政厅";
  return i;
}

/// One step of a day, as a case that is decided on the spot needs.
flowchart on_the_spot() {
  flowchart c;
  c.id = flowchart_id{"登记"};
  c.name = "即办";
  node n = step("决定", "决定岗", 1);
  n.limit = time_limit{0, limit_unit::on_the_spot};
  c.nodes = {plain("开始", node_kind::start), n, plain("结束", node_kind::end)};
  c.arrows = {to("开始", "决定"), to("决定", "结束")};
  return c;
}

details a_hearing() {
  details d = why("听证");
  d.kind = "hearing";
  return d;
}

details longer_by(int workdays) {
  details d = why("情况复杂");
  d.limit = time_limit{workdays, limit_unit::workday};
  d.authority = "局长";
  return d;
}

} // namespace

TEST_CASE("there is a policy for each of the five kinds, in their order (E01)") {
  REQUIRE(case_policies().size() == 5);
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(case_policies()[i].kind == static_cast<case_kind>(i));
    CHECK(&policy_of(static_cast<case_kind>(i)) == &case_policies()[i]);
  }
}

TEST_CASE("a case decided on the spot is neither stopped nor extended (E02)") {
  running_case c{define(of_kind(case_kind::immediate), on_the_spot())};
  c.accept();
  CHECK(c.ask("2024-09-02T10:00", "P1", action::suspend, a_hearing()) == errc::condition_not_met);
  CHECK(c.ask("2024-09-02T10:00", "P1", action::request_extension, longer_by(3)) ==
        errc::extension_refused);
  CHECK(c.ask("2024-09-02T10:00", "P1", action::extend, longer_by(3)) == errc::extension_refused);
  running_case promised{define()};
  promised.accept();
  promised.did("2024-09-02T10:00", "P1", action::suspend, a_hearing());
}

TEST_CASE("a case to be completed starts anew when it is complete (E04)") {
  for (const auto kind : {case_kind::to_complete, case_kind::promised}) {
    running_case c{define(of_kind(kind))};
    c.accept("2024-09-02T09:00");
    c.did("2024-09-03T09:00", "P1", action::request_supplement, why("缺章程"));
    const auto waiting_due = clocks(*c.definition, c.state, c.calendar)->promised.result.due;
    c.did("2024-09-10T09:00", "P1", action::supplement);
    const auto due = clocks(*c.definition, c.state, c.calendar)->promised.result.due;
    if (kind == case_kind::to_complete) {
      CHECK(waiting_due == std::nullopt); // no fixed limit before completion
      CHECK(due == *due_date(cn(), {20, limit_unit::workday}, on("2024-09-10"))->due);
    } else {
      CHECK(waiting_due == on("2024-09-30"));
      CHECK(due == on("2024-09-30")); // asking after acceptance is the office's own delay
    }
  }
}

TEST_CASE("only a case of the kind is reported up, and its promise runs on (E05, E06, H11)") {
  running_case plain{define()};
  plain.accept();
  CHECK(plain.ask("2024-09-03", "P1", action::report_up) == errc::condition_not_met);

  running_case c{define(of_kind(case_kind::reported_up))};
  c.accept("2024-09-02T09:00");
  details up;
  up.limit = time_limit{5, limit_unit::workday};
  c.did("2024-09-03T09:00", "P1", action::report_up, up);
  CHECK(c.state.phase == case_phase::reported_up);
  CHECK(c.state.reports.front().to == "省民政厅"); // the superior body of the item
  CHECK(c.ask("2024-09-04", "P1", action::complete, of_step("受理")) == errc::case_suspended);
  const case_clocks k = *clocks(*c.definition, c.state, c.calendar);
  CHECK(k.promised.result.due == on("2024-09-30"));
  REQUIRE(k.reports.size() == 1);
  CHECK(k.reports.front().limit.result.due == on("2024-09-10"));
  details no = why("不符合条件");
  CHECK(c.ask("2024-09-05", "P1", action::answer_above, no) == errc::missing_field);
  no.result = case_result::refused;
  no.opinion = "不同意";
  c.did("2024-09-05", "P1", action::answer_above, no);
  CHECK(c.state.phase == case_phase::running);
  CHECK(c.state.reports.front().answered == at("2024-09-05"));
  CHECK(c.state.reports.front().result == case_result::refused);
  CHECK(c.ask("2024-09-06", "P1", action::answer_above, no) == errc::not_suspended);
}

TEST_CASE("what was reported up is decided as the upper level says (E05, E06)") {
  for (const auto& [above, here] : {std::pair{case_result::granted, case_result::refused},
                                    std::pair{case_result::refused, case_result::granted}}) {
    running_case c{define(of_kind(case_kind::reported_up))};
    c.accept();
    c.did("2024-09-03", "P1", action::report_up);
    details answer = why("批复");
    answer.result = above;
    c.did("2024-09-05", "P1", action::answer_above, answer);
    answer.result = here;
    CHECK(c.ask("2024-09-06", "P3", action::decide, answer) == errc::condition_not_met);
    CHECK(c.refused.message.en.find("省民政厅 answered") != std::string::npos);
    answer.result = above;
    c.did("2024-09-06", "P3", action::decide, answer);
  }
}

TEST_CASE("the lead of a joint case decides when the co-handlers have done their steps (E07)") {
  service_item i = of_kind(case_kind::joint);
  flowchart f = joint_chart();
  for (node& n : f.nodes)
    if (n.id == node_id{"复核"}) n.department = department_id{"消防"};
  running_case c{define(i, f)};
  c.accept();
  details small = of_step("受理");
  small.facts = {{"area", "9"}};
  c.did("2024-09-03T10:00", "P1", action::complete, small);
  details granted;
  granted.result = case_result::granted;
  CHECK(c.ask("2024-09-03T11:00", "P3", action::decide, granted) == errc::not_finished);
  CHECK(c.refused.message.en.find("消防") != std::string::npos);
  c.did("2024-09-04T10:00", "P3", action::complete, of_step("复核"));
  c.did("2024-09-04T11:00", "P3", action::decide, granted);
}

namespace {

/// 受理 -> 会签 (by the co-handler) -> <通过?> -> 决定 -> 结束, with 不通过 back to 会签; the fifth
/// person is of the co-handler.
std::shared_ptr<const case_definition> countersigned() {
  auto office = std::make_shared<organisation>(*people());
  office->posts.push_back({post_id{"消防岗"}, "消防岗", department_id{"消防"}});
  office->persons.push_back({person_id{"P5"}, "戊", {post_id{"消防岗"}}});
  flowchart f = chart();
  f.nodes[2] = step("会签", "消防岗", 3);
  for (arrow& a : f.arrows) {
    if (a.from == node_id{"审查"}) a.from = node_id{"会签"};
    if (a.to == node_id{"审查"}) a.to = node_id{"会签"};
  }
  const linked_definition l = link(of_kind(case_kind::joint), f, office);
  for (const error& e : l.found) MESSAGE(to_string(e, language::en));
  REQUIRE(l.definition != nullptr);
  return l.definition;
}

} // namespace

TEST_CASE("nothing is decided while a co-handler's step is still to come, or comes again (E07)") {
  running_case c{countersigned()};
  c.accept();
  details granted;
  granted.result = case_result::granted;
  CHECK(c.ask("2024-09-02T11:00", "P3", action::decide, granted) == errc::not_finished);
  CHECK(c.refused.message.zh == "办件 C1:联办部门“消防”尚有环节未办理");
  c.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
  c.did("2024-09-04T10:00", "P5", action::complete, of_step("会签", "不通过"));
  CHECK(c.definition->net.to_text(c.state.at) == "受理");
  CHECK(c.ask("2024-09-04T11:00", "P3", action::decide, granted) == errc::not_finished);
  c.did("2024-09-05T10:00", "P1", action::complete, of_step("受理"));
  c.did("2024-09-06T10:00", "P5", action::complete, of_step("会签")); // the choice is open
  c.did("2024-09-06T11:00", "P3", action::decide, granted); // and a way back no step to come
}

TEST_CASE("the lead of a joint case alone gives the one notice and decides (E07, F15)") {
  running_case c{countersigned()};
  c.accept();
  CHECK(c.ask("2024-09-03", "P5", action::request_supplement, why("缺图纸")) ==
        errc::not_authorised);
  CHECK(c.refused.message.zh ==
        "联办件的“一次性告知补正”由牵头部门“民政局”办理,P5 属于联办部门“消防”");
  c.did("2024-09-03", "P1", action::request_supplement, why("缺图纸"));
  c.did("2024-09-04", "P1", action::supplement);
  c.did("2024-09-05T10:00", "P1", action::complete, of_step("受理"));
  c.did("2024-09-06T10:00", "P5", action::complete, of_step("会签", "通过"));
  details granted;
  granted.result = case_result::granted;
  CHECK(c.ask("2024-09-06T11:00", "P5", action::decide, granted) == errc::not_authorised);
  c.did("2024-09-06T11:00", "P3", action::decide, granted);
}

TEST_CASE("the words of an item suggest its kind (E10)") {
  service_item i = item();
  CHECK(suggest_kind(i).kind == case_kind::promised);
  i.name = "公证机构变更(初审)";
  CHECK(suggest_kind(i).kind == case_kind::reported_up);
  CHECK(suggest_kind(of_kind(case_kind::joint)).kind == case_kind::joint);
  CHECK(suggest_kind(of_kind(case_kind::immediate)).kind == case_kind::immediate);
}

TEST_CASE("an agency item wants to know for whom somebody applies (E11)") {
  service_item i = item();
  i.type = "DL";
  i.code = item_id{"62052400MZ-DL-0001"};
  CHECK(is_agency(i));
  running_case c{define(i)};
  details d;
  d.item = i.code;
  d.applicant = "虚构公司";
  CHECK(c.ask("2024-09-02", "P1", action::apply, d) == errc::missing_field);
  d.application.emplace().agent = "虚构代理人";
  c.did("2024-09-02", "P1", action::apply, d);
}
