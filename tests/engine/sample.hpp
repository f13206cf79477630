// A small office for tests: one item, two charts, four people.
#pragma once

#include <memory>

#include <doctest/doctest.h>

#include <banli/calendar/cn.hpp>
#include <banli/engine/case_definition.hpp>
#include <banli/engine/decide.hpp>

namespace sample {

using namespace banli;

inline instant at(std::string_view s) { return *parse_instant(s); }
inline day on(std::string_view s) { return *parse_day(s); }

inline std::shared_ptr<const organisation> people(authority rights = authority::checked) {
  organisation o;
  o.name = "样例县";
  o.departments = {{department_id{"民政局"}, "民政局"}, {department_id{"消防"}, "消防"}};
  o.posts = {{post_id{"受理岗"}, "受理岗", department_id{"民政局"}},
             {post_id{"审查岗"}, "审查岗", department_id{"民政局"}},
             {post_id{"决定岗"}, "决定岗", department_id{"民政局"}}};
  o.persons = {{person_id{"P1"}, "甲", {post_id{"受理岗"}}},
               {person_id{"P2"}, "乙", {post_id{"审查岗"}}},
               {person_id{"P3"}, "丙", {post_id{"决定岗"}}},
               {person_id{"P4"}, "丁", {}}};
  o.rights = rights;
  return std::make_shared<const organisation>(std::move(o));
}

inline service_item item() {
  service_item i;
  i.code = item_id{"62052400MZ-XK-0001"};
  i.type = "XK";
  i.name = "社会团体成立登记";
  i.bases = {{legal_rank::administrative_rule, "《社会团体登记管理条例》", "第十二条", ""}};
  i.body = "民政局";
  i.department = department_id{"民政局"};
  i.section = "社会组织科";
  i.phone = "1";
  i.supervision_phone = "2";
  i.flow = flowchart_id{"登记"};
  i.statutory = time_limit{60, limit_unit::day};
  i.promised = {20, limit_unit::workday};
  i.excluded_procedures = {"hearing", "expert_review"};
  i.facts = {{"area", "面积", fact_type::decimal}, {"urgent", "加急", fact_type::boolean}};
  return i;
}

inline node step(const char* id, const char* post, int workdays) {
  node n;
  n.id = node_id{id};
  n.kind = node_kind::step;
  n.label = id;
  n.post = post_id{post};
  n.duty = "办理";
  n.limit = time_limit{workdays, limit_unit::workday};
  return n;
}

inline node plain(const char* id, node_kind kind) {
  node n;
  n.id = node_id{id};
  n.kind = kind;
  n.label = id;
  return n;
}

inline arrow to(const char* from, const char* target, const char* label = "",
                const char* condition = "") {
  return {node_id{from}, node_id{target}, label, condition};
}

/// 受理 -> 审查 -> <通过?> -> 决定 -> 结束, with 不通过 back to 受理.
inline flowchart chart() {
  flowchart c;
  c.id = flowchart_id{"登记"};
  c.name = "登记";
  c.nodes = {plain("开始", node_kind::start), step("受理", "受理岗", 2),
             step("审查", "审查岗", 8),       plain("通过?", node_kind::decision),
             step("决定", "决定岗", 3),       plain("结束", node_kind::end)};
  c.arrows = {to("开始", "受理"),
              to("受理", "审查"),
              to("审查", "通过?"),
              to("通过?", "决定", "通过"),
              to("通过?", "受理", "不通过"),
              to("决定", "结束")};
  return c;
}

/// 受理 -> by area: {勘验 | nothing} -> fork 审查 & 复核 -> join -> 决定.
inline flowchart joint_chart() {
  flowchart c;
  c.id = flowchart_id{"登记"};
  c.name = "联办";
  c.nodes = {plain("开始", node_kind::start),     step("受理", "受理岗", 2),
             plain("面积?", node_kind::decision), step("勘验", "审查岗", 2),
             plain("分", node_kind::fork),        step("审查", "审查岗", 5),
             step("复核", "决定岗", 7),           plain("合", node_kind::join),
             step("决定", "决定岗", 3),           plain("结束", node_kind::end)};
  c.arrows = {
      to("开始", "受理"),      to("受理", "面积?"), to("面积?", "勘验", "大", "form.area > 500.0"),
      to("面积?", "分", "小"), to("勘验", "分"),    to("分", "审查"),
      to("分", "复核"),        to("审查", "合"),    to("复核", "合"),
      to("合", "决定"),        to("决定", "结束")};
  return c;
}

/// 受理 -> by condition: {规划 | 环保 | else nothing} -> 审查 -> by choice: {复核 | 会签} -> 决定.
inline flowchart inclusive_chart() {
  flowchart c;
  c.id = flowchart_id{"登记"};
  c.name = "征求意见";
  c.nodes = {plain("开始", node_kind::start),
             step("受理", "受理岗", 2),
             plain("涉及", node_kind::inclusive_decision),
             step("规划", "审查岗", 2),
             step("环保", "审查岗", 2),
             plain("齐", node_kind::inclusive_join),
             step("审查", "审查岗", 2),
             plain("送", node_kind::inclusive_decision),
             step("复核", "决定岗", 2),
             step("会签", "决定岗", 2),
             plain("回", node_kind::inclusive_join),
             step("决定", "决定岗", 3),
             plain("结束", node_kind::end)};
  c.arrows = {to("开始", "受理"),
              to("受理", "涉及"),
              to("涉及", "规划", "规划", "form.area > 500.0"),
              to("涉及", "环保", "环保", "form.area > 900.0"),
              to("涉及", "齐", "都不涉及"),
              to("规划", "齐"),
              to("环保", "齐"),
              to("齐", "审查"),
              to("审查", "送"),
              to("送", "复核", "复核"),
              to("送", "会签", "会签"),
              to("复核", "回"),
              to("会签", "回"),
              to("回", "决定"),
              to("决定", "结束")};
  return c;
}

inline std::shared_ptr<const case_definition> define(const service_item& i = item(),
                                                     const flowchart& c = chart(),
                                                     authority rights = authority::checked) {
  linked_definition l = link(i, c, people(rights));
  for (const error& e : l.found) MESSAGE(to_string(e, language::en));
  REQUIRE(l.definition != nullptr);
  return l.definition;
}

/// A case under way: commands in, events and state out.
class running_case {
 public:
  explicit running_case(std::shared_ptr<const case_definition> d) : definition(std::move(d)) {
    state.id = case_id{"C1"};
  }

  /// The code of the refusal, or nothing.
  std::optional<errc> ask(std::string_view when, const char* who, action what, details with = {}) {
    const command c{request_id{std::to_string(++requests)},
                    state.id,
                    at(when),
                    person_id{who},
                    what,
                    std::move(with),
                    {"log.csv", requests, 1}};
    auto events = decide(*definition, state, c, calendar);
    if (!events) {
      CHECK(events.error().where == c.where);
      refused = events.error();
      return events.error().code;
    }
    for (event& e : *events) {
      state = apply(*definition, std::move(state), e);
      history.push_back(std::move(e));
    }
    return std::nullopt;
  }

  /// The same, and it must be granted.
  void did(std::string_view when, const char* who, action what, details with = {}) {
    const auto why = ask(when, who, what, std::move(with));
    INFO(to_string(refused, language::en));
    REQUIRE(!why);
  }

  void accept(std::string_view when = "2024-09-02T09:00", details with = {}) {
    with.item = definition->item.code;
    did(when, "P1", action::accept, std::move(with));
  }

  std::shared_ptr<const case_definition> definition;
  workday_calendar calendar = cn();
  case_state state;
  std::vector<event> history;
  int requests = 0;
  error refused;
};

inline details of_step(const char* step, const char* outcome = "") {
  details d;
  d.step = node_id{step};
  d.outcome = outcome;
  d.opinion = "同意";
  return d;
}

inline details why(const char* reason) {
  details d;
  d.reason = reason;
  return d;
}

} // namespace sample
