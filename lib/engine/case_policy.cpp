#include <banli/engine/case_policy.hpp>

#include <array>

namespace banli {

namespace {

constexpr std::array<case_policy, 5> policies{{
    {.kind = case_kind::immediate, .stops = false, .extends = false},
    {.kind = case_kind::promised},
    {.kind = case_kind::to_complete, .starts_when_complete = true},
    {.kind = case_kind::reported_up, .reports_up = true},
    {.kind = case_kind::joint, .waits_for_co_handlers = true},
}};

} // namespace

std::span<const case_policy> case_policies() { return policies; }

const case_policy& policy_of(case_kind kind) { return policies[static_cast<std::size_t>(kind)]; }

bool restarts_when_supplemented(const service_item& item) {
  return item.supplement == supplement_rule::restarts || policy_of(item.kind).starts_when_complete;
}

kind_suggestion suggest_kind(const service_item& item) {
  if (item.name.find("初审") != std::string::npos)
    return {case_kind::reported_up,
            {"a preliminary review is decided by the upper level", "初审事项由上级部门决定"}};
  if (!item.co_handlers.empty())
    return {case_kind::joint, {"other departments handle it too", "有联办部门"}};
  if (item.promised.unit == limit_unit::on_the_spot)
    return {case_kind::immediate, {"it is done on the spot", "当场办结"}};
  return {case_kind::promised, {"it has a promised limit", "有承诺期限"}};
}

bool is_agency(const service_item& item) { return item.type == "DL"; }

} // namespace banli
