// office.hpp — an office for tests: people with their roles, an item that is complete, days.
#pragma once

#include <banli/library/item_library.hpp>

namespace office {

using namespace banli;

inline instant at(int n) {
  return instant{to_day(std::chrono::year{2025} / 1 / 1)} + std::chrono::hours{n};
}

/// A day of 2025.
inline day d(int month, int of_month) { return to_day(std::chrono::year{2025} / month / of_month); }

inline const department_id market{"市场监管局"};

inline item_actor actor(const char* name, actor_role role, department_id department = {}) {
  return {person_id{name}, role_set{role}, std::move(department)};
}
inline item_actor writer() { return actor("录入员", actor_role::entry_account, market); }
inline item_actor reviewer() { return actor("科长", actor_role::department_reviewer, market); }
inline item_actor establishment() { return actor("编办", actor_role::establishment_office); }
inline item_actor city() { return actor("市办", actor_role::city_office); }
inline item_actor province() { return actor("省办", actor_role::province_office); }
inline item_actor service() { return actor("政务办", actor_role::service_office); }
inline item_actor administrator() { return actor("管理员", actor_role::administrator, market); }

/// An item that check() finds nothing wrong with, but for its code, and with every mark of the
/// form.
inline service_item food_licence() {
  service_item i;
  i.type = "XK";
  i.name = "食品经营许可";
  i.bases = {{legal_rank::law, "中华人民共和国食品安全法", "第三十五条",
              "国家对食品生产经营实行许可制度"}};
  i.body = "县市场监管局";
  i.conditions = {"具有营业执照"};
  i.statutory = time_limit{20, limit_unit::workday};
  i.promised = time_limit{15, limit_unit::workday};
  i.department = market;
  i.section = "许可科";
  i.address = "政务大厅 3 号窗口";
  i.phone = "0938-1234567";
  i.flow = flowchart_id{"food-licence"};
  i.supervision_phone = "0938-7654321";
  i.materials = {{"申请表", "原件", "纸质", ""}, {"营业执照", "复印件", "纸质", ""}};
  i.documents = {{"食品经营许可证", {}}};
  i.description = "食品销售、餐饮服务和单位食堂的经营许可";
  i.catalogue = catalogue_id{"SC-001"};
  i.windows = {{"县政务大厅", "3 号窗口", "政务大厅一楼", "09:00-17:00", "0938-1234567"}};
  i.hall = stationing::in_hall;
  return i;
}

/// Codes 62052400SJ-XK-0001, …
inline code_series codes() { return {&code_scheme::county(), "62052400SJ"}; }

/// An item all the way into the library, in force from the day of `hour`.
inline entry_number publish(item_library& lib, service_item item, int hour) {
  const entry_number n = lib.create(std::move(item), {}, writer(), at(hour)).value();
  (void)lib.act(n, item_command::submit, reviewer(), at(hour)).value();
  (void)lib.act(n, item_command::review, establishment(), at(hour)).value();
  (void)lib.assign_code(n, service(), at(hour), codes()).value();
  (void)lib.act(n, item_command::publish, service(), at(hour)).value();
  return n;
}

} // namespace office
