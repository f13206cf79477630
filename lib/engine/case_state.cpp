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

const step_record* waiting(const case_state& s, node_index step) {
  for (const step_record& r : s.steps)
    if (r.step == step && r.end == step_end::waiting) return &r;
  return nullptr;
}

} // namespace banli
