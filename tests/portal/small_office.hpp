// A small office for tests of the portal: one item, its people, and cases that planted persons ask
// for.
#pragma once

#include "../engine/sample.hpp"
#include "../storage/history.hpp"
#include "../storage/persons.hpp"

#include <banli/base/mask.hpp>
#include <banli/document/configuration.hpp>
#include <banli/library/service_records.hpp>

namespace banli::test {

/// Two items of two departments, one flowchart.
inline const configuration& small_office() {
  static const configuration office = [] {
    configuration c{.name = "样例县", .calendar = cn()};
    c.people = sample::people();
    service_item one = sample::item();
    one.description = "社会团体的设立登记";
    one.conditions = {"有50个以上的个人会员", "有固定的住所"};
    one.address = "政务服务中心三楼";
    one.materials = {{"登记申请书", "原件", "纸质", ""}, {"章程草案", "原件", "电子", ""}};
    one.forms = {{"表一", "登记申请表", "窗口领取"}, {"表二", "负责人备案表", "网上下载"}};
    one.forms[1].link = "https://zwfw.example/b2";
    one.questions = {{"收费吗?", "不收费。"}};
    one.online_link = "https://zwfw.example/apply";
    one.windows = {{"样例县政务服务中心", "3号窗口"}};
    one.delegations = {{"城关镇便民服务中心", "1号窗口", delegation_role::receives}};
    one.applicants = {"社会组织", "企业"};
    service_item two = sample::item();
    two.code = item_id{"62052400XF-QR-0002"};
    two.type = "QR";
    two.name = "消防验收备案";
    two.department = department_id{"消防"};
    two.section = "防火监督科";
    two.applicants = {"企业"};
    two.charges = {{"《条例》", "每件10元"}};
    c.items = {one, two};
    c.flowcharts = {sample::chart()};
    c.definitions = {sample::define(one), sample::define(two)};
    return c;
  }();
  return office;
}

/// How far a case is brought.
enum class far : std::uint8_t { applied, accepted, decided, delivered };

/// A case that person n applies for, of the first item, handled so far.
inline sample::running_case case_of(int n, const std::string& id, far until = far::delivered,
                                    std::string_view day_of_month = "02") {
  sample::running_case c{small_office().definitions.front()};
  c.state.id = case_id{id};
  const auto when = [&](const char* clock) {
    return fmt::format("2024-09-{}T{}", day_of_month, clock);
  };
  details d = application_of(n).with;
  d.item = c.definition->item.code;
  d.by = channel::online;
  d.application->number = fmt::format("SQ62052400-202409{}-{:04}", day_of_month, n);
  const auto did = [&](const char* clock, const char* who, action what, details with = {}) {
    c.requests = static_cast<int>(c.history.size()) + n * 100;
    c.did(when(clock), who, what, std::move(with));
  };
  did("08:00", "P1", action::apply, std::move(d));
  if (until == far::applied) return c;
  details reviewed;
  for (const material& m : c.definition->item.materials)
    reviewed.reviews.push_back({m.name, material_standing::complete, ""});
  did("08:30", "P1", action::review_materials, std::move(reviewed));
  details accepted;
  accepted.item = c.definition->item.code;
  did("09:00", "P1", action::accept, std::move(accepted));
  if (until == far::accepted) return c;
  const std::vector<std::string> v = personal_values(n);
  details first = sample::of_step("受理");
  first.opinion = fmt::format("{}的材料齐全,电话{}", v[0], v[2]);
  did("10:00", "P1", action::complete, std::move(first));
  did("11:00", "P2", action::complete, sample::of_step("审查", "通过"));
  did("14:00", "P3", action::complete, sample::of_step("决定"));
  details decision;
  decision.result = case_result::granted;
  decision.reason = fmt::format("{}(证件{})符合条件", v[0], v[1]);
  decision.document = "准予登记决定书";
  did("15:00", "P3", action::decide, std::move(decision));
  if (until == far::decided) return c;
  did("16:00", "P1", action::deliver);
  return c;
}

/// Appends a case as it was run.
inline void keep(case_store& store, const sample::running_case& c) {
  const append_request r{.id = c.state.id,
                         .item = c.definition->item.code,
                         .definition = c.definition->hash,
                         .expected = 0,
                         .events = c.history};
  REQUIRE(append(store, r).has_value());
}

} // namespace banli::test
