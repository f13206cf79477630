// One case made by hand, for the tests of pages: received on a Friday, sent back once, a hearing, a
// National Day in between, delivered late.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <banli/calendar/cn.hpp>
#include <banli/drawing/dossier.hpp>
#include <banli/engine/decide.hpp>
#include <banli/time/text.hpp>

namespace example {

inline banli::instant at(const char* s) { return *banli::parse_instant(s); }
inline banli::day on(const char* s) { return *banli::parse_day(s); }

inline banli::flowchart chart() {
  using namespace banli;
  const auto step = [](const char* id, const char* post, int days) {
    node n{node_id{id}, node_kind::step, id};
    n.post = post_id{post};
    n.department = department_id{"民政局"};
    n.duty = "按规定办理";
    n.limit = time_limit{days, limit_unit::workday};
    return n;
  };
  flowchart c{flowchart_id{"登记流程"}, "社会团体成立登记流程", {}, {}};
  c.nodes = {{node_id{"开始"}, node_kind::start, "申请"},
             step("受理审查", "受理岗", 3),
             step("初审", "初审岗", 7),
             {node_id{"通过?"}, node_kind::decision, "通过?"},
             step("终审", "终审岗", 5),
             step("制证", "受理岗", 2),
             {node_id{"结束"}, node_kind::end, "办结"}};
  c.arrows = {{node_id{"开始"}, node_id{"受理审查"}},
              {node_id{"受理审查"}, node_id{"初审"}},
              {node_id{"初审"}, node_id{"通过?"}},
              {node_id{"通过?"}, node_id{"终审"}, "通过"},
              {node_id{"通过?"}, node_id{"受理审查"}, "不通过"},
              {node_id{"终审"}, node_id{"制证"}},
              {node_id{"制证"}, node_id{"结束"}}};
  return c;
}

inline banli::service_item item() {
  using namespace banli;
  service_item it;
  it.code = item_id{"62052400MZ-XK-0001"};
  it.type = "XK";
  it.name = "社会团体成立登记";
  it.body = "武山县民政局";
  it.statutory = time_limit{60, limit_unit::day};
  it.promised = {20, limit_unit::workday};
  it.department = department_id{"民政局"};
  it.section = "社会组织管理股";
  it.flow = flowchart_id{"登记流程"};
  it.facts = {{"members", "会员数", fact_type::integer}};
  return it;
}

inline std::shared_ptr<const banli::organisation> people() {
  using namespace banli;
  organisation o;
  o.name = "武山县";
  o.departments = {{department_id{"民政局"}, "县民政局"}};
  o.posts = {{post_id{"受理岗"}, "受理岗", department_id{"民政局"}},
             {post_id{"初审岗"}, "初审岗", department_id{"民政局"}},
             {post_id{"终审岗"}, "终审岗", department_id{"民政局"}}};
  o.persons = {{person_id{"MZ01"}, "赵小明", {post_id{"受理岗"}}},
               {person_id{"MZ02"}, "钱大伟", {post_id{"初审岗"}}},
               {person_id{"MZ03"}, "孙一平", {post_id{"终审岗"}}}};
  return std::make_shared<const organisation>(std::move(o));
}

inline std::shared_ptr<const banli::case_definition> definition() {
  using namespace banli;
  const flowchart c = chart();
  return std::make_shared<const case_definition>(
      case_definition{item(),
                      *compile(c),
                      people(),
                      std::vector<std::optional<program>>(c.arrows.size()),
                      {},
                      std::string(64, '0')});
}

inline banli::event make(std::uint32_t n, banli::event_kind what, const char* when, const char* who,
                         banli::details with = {}) {
  return {n,
          what,
          at(when),
          banli::person_id{who},
          banli::request_id{"r" + std::to_string(n)},
          std::move(with)};
}

inline std::vector<banli::event> history() {
  using namespace banli;
  using k = event_kind;
  const auto s = [](const char* id) { return node_id{id}; };
  std::uint32_t n = 0;
  const auto e = [&](k what, const char* when, const char* who, details with = {}) {
    return make(++n, what, when, who, std::move(with));
  };
  return {
      e(k::accepted, "2024-09-02T09:10", "MZ01",
        {.item = item_id{"62052400MZ-XK-0001"},
         .applicant = "王某某",
         .by = channel::counter,
         .received = on("2024-08-30"),
         .facts = {{"members", "52"}}}),
      e(k::completed, "2024-09-03T10:00", "MZ01", {.step = s("受理审查"), .opinion = "材料齐全"}),
      e(k::completed, "2024-09-10T15:30", "MZ02",
        {.step = s("初审"), .outcome = "不通过", .opinion = "章程第三条与条例不符,已告知王某某"}),
      e(k::arrow_taken, "2024-09-10T15:30", "MZ02", {.step = s("通过?"), .arrow = "4"}),
      e(k::completed, "2024-09-12T09:40", "MZ01", {.step = s("受理审查"), .opinion = "已改"}),
      e(k::completed, "2024-09-20T16:20", "MZ02", {.step = s("初审"), .outcome = "通过"}),
      e(k::arrow_taken, "2024-09-20T16:20", "MZ02", {.step = s("通过?"), .arrow = "3"}),
      e(k::suspended, "2024-09-23T09:00", "MZ03",
        {.kind = "hearing", .reason = "利害关系人申请听证"}),
      e(k::resumed, "2024-09-27T17:00", "MZ03"),
      e(k::extended, "2024-09-29T09:00", "MZ03",
        {.reason = "案情复杂", .authority = "局长", .limit = time_limit{2, limit_unit::workday}}),
      e(k::completed, "2024-10-17T11:00", "MZ03", {.step = s("终审"), .opinion = "同意"}),
      e(k::completed, "2024-10-18T15:00", "MZ01", {.step = s("制证")}),
      e(k::decided, "2024-10-18T16:00", "MZ03",
        {.reason = "符合条件", .document = "准予登记决定书", .result = case_result::granted}),
      e(k::delivered, "2024-10-24T10:30", "MZ01"),
  };
}

inline std::vector<banli::hit> hits() {
  using namespace banli;
  const hit warning{.rule = rule_id{"T-80"},
                    .id = case_id{"620524-2024-000017"},
                    .level = level::warning,
                    .raised = at("2024-10-10T00:00"),
                    .message = {"18 of 22 workdays used", "已用 18 个工作日,期限 22 个工作日"},
                    .facts = {{"case.elapsed_workdays", "办件.已用工作日", "18"},
                              {"case.promised_days", "办件.承诺期限", "22"}},
                    .end = hit_end::superseded,
                    .ended = at("2024-10-17T00:00"),
                    .superseded_by = rule_id{"T-100"}};
  const hit alarm{.rule = rule_id{"T-100"},
                  .id = case_id{"620524-2024-000017"},
                  .level = level::alarm,
                  .raised = at("2024-10-17T00:00"),
                  .message = {"The promised limit has run out", "王某某的办件已超过承诺期限"},
                  .facts = {{"case.elapsed_workdays", "办件.已用工作日", "23"}},
                  .end = hit_end::cleared,
                  .ended = at("2024-10-24T10:30")};
  const hit reminder{.rule = rule_id{"F-02"},
                     .id = case_id{"620524-2024-000017"},
                     .step = node_id{"初审"},
                     .level = level::reminder,
                     .raised = at("2024-09-10T15:30"),
                     .message = {"A step was sent back", "环节被退回"},
                     .facts = {{"step.returns", "环节.退回次数", "1"}}};
  return {reminder, warning, alarm};
}

/// Everything a dossier refers to, kept alive together.
struct whole_case {
  std::shared_ptr<const banli::case_definition> definition = example::definition();
  banli::case_id id{"620524-2024-000017"};
  std::vector<banli::event> events = history();
  std::vector<banli::hit> found = hits();
  banli::workday_calendar calendar = banli::cn();
  banli::flowchart_layout layout{};
  banli::instant as_of = at("2024-12-31T18:00");
  banli::case_state state{};

  banli::result<std::string> page(const banli::dossier_options& options = {}) {
    state = banli::replay(*definition, id, events);
    return banli::dossier_html({.definition = *definition,
                                .state = state,
                                .history = events,
                                .hits = found,
                                .calendar = calendar,
                                .layout = layout,
                                .as_of = as_of},
                               options);
  }
};

} // namespace example
