#include <banli/engine/case_state.hpp>

#include <array>

namespace banli {

std::string_view to_string(case_phase p) {
  static constexpr auto names = std::to_array<std::string_view>(
      {"none", "refused", "running", "supplementing", "suspended", "decided", "delivered",
       "withdrawn", "applied", "incomplete", "reported_up", "concluded"});
  return names[static_cast<std::size_t>(p)];
}

std::string_view label(case_phase p) {
  static constexpr auto names =
      std::to_array<std::string_view>({"未受理", "不予受理", "在办", "补正中", "暂停", "已决定",
                                       "已办结", "已撤回", "已申请", "待补正", "已上报", "已终止"});
  return names[static_cast<std::size_t>(p)];
}

std::string_view to_string(service_stage s) {
  static constexpr auto names =
      std::to_array<std::string_view>({"consultation", "acceptance", "handling", "feedback"});
  return names[static_cast<std::size_t>(s)];
}

std::string_view label(service_stage s) {
  static constexpr auto names = std::to_array<std::string_view>({"咨询", "受理", "办理", "反馈"});
  return names[static_cast<std::size_t>(s)];
}

service_stage stage_of(case_phase p) {
  switch (p) {
  case case_phase::none: return service_stage::consultation;
  case case_phase::applied:
  case case_phase::incomplete: return service_stage::acceptance;
  case case_phase::running:
  case case_phase::supplementing:
  case case_phase::suspended:
  case case_phase::reported_up: return service_stage::handling;
  default: return service_stage::feedback;
  }
}

const step_record* waiting(const case_state& s, node_index step) {
  for (const step_record& r : s.steps)
    if (r.step == step && r.end == step_end::waiting) return &r;
  return nullptr;
}

} // namespace banli
