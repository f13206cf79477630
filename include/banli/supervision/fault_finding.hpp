// fault_finding.hpp — that somebody was found at fault: what an order or a complaint ended with.
//
// A finding is a value that others count: rules count broken promises, scoring deducts points.
//
//   fault_finding f = *finding_of(closed_order);
//   f.kind                        // broken_promise
//   sanction_step(2)              // circular: the second broken promise is circulated
//   f.points                      // what the unit loses, where the complaint rules say so
//
// Sanctions for broken promises climb: the first time criticism and admonition, the second a
// circular, the third and later transfer from the post. banli says the step; who takes it is not
// its business. The hard case is an order that ends without fault: it gives no finding.
//
// Source: 003, 违诺第一次给予批评和诫勉教育,第二次视情给予通报批评,三次以上给予调离工作岗位;
// 投诉处理制度 (通报, 按考核办法扣分).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/time/civil.hpp>

namespace banli {

enum class sanction : std::uint8_t {
  none,
  criticism, ///< 批评诫勉
  circular,  ///< 通报批评
  transfer,  ///< 调离岗位
};

std::string_view to_string(sanction s);
std::string_view label(sanction s);
/// Errors: unknown_value, did you mean.
result<sanction> parse_sanction(std::string_view name);

/// The step for the nth broken promise; none below 1.
constexpr sanction sanction_step(int nth) {
  return nth < 1    ? sanction::none
         : nth == 1 ? sanction::criticism
         : nth == 2 ? sanction::circular
                    : sanction::transfer;
}

struct fault_finding {
  case_id record; ///< number of the order or complaint
  instant found{};
  department_id unit;
  person_id liable{}; ///< empty: nobody was named
  std::string kind;   ///< of the office's list: inaction, slowness, broken_promise …
  sanction step{};    ///< what was decided
  double points = 0;  ///< deducted in the assessment of the unit
  std::string opinion{};

  friend bool operator==(const fault_finding&, const fault_finding&) = default;
};

} // namespace banli
