// risk_point.hpp — a point where the power could be abused, and what is done against it
// (廉政风险点).
//
// The offices go through their powers and name the points at which somebody could ask for a favour
// or lose a file on purpose. A point belongs to the whole item or to one step of its flowchart; it
// is drawn with a mark, and supervision rules look at it first.
//
//   risk_point{"自由裁量", "审查", "是否批准由一人决定", "两人以上会签"}
//
// Source: 国办函〔2011〕99号 implementation guide: name, type, description and measures of control.
#pragma once

#include <string>

namespace banli {

struct risk_point {
  std::string name;
  std::string type;
  std::string description;
  std::string measure; ///< 防控措施

  friend bool operator==(const risk_point&, const risk_point&) = default;
};

} // namespace banli
