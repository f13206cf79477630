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
