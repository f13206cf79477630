// hit.hpp — what supervision found: a rule came true for a case.
//
// A hit (监察命中) says which rule, for which case (and step), at which level, since which instant,
// and which facts made it true. It is never edited: when it stops being true it is cleared, when a
// higher one takes its place it is superseded, and both keep the instant.
//
//   alarm A004 办件超时   case 620524-2024-000017   since 2024-10-26T00:00
//     case.elapsed_workdays = 21, case.promised_days = 20
//
// Levels are ordered: reminder 提醒 < warning 预警 (yellow card) < alarm 报警 (red card).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/rules/rule.hpp>
#include <banli/time/civil.hpp>

namespace banli {

/// How a hit ended.
enum class hit_end : std::uint8_t {
  open,       ///< it has not
  cleared,    ///< the condition is no longer true (closed in time, supplemented ...)
  superseded, ///< a hit of a rule that supersedes this one was raised
};

std::string_view to_string(hit_end e);
std::string_view label(hit_end e);

/// One fact that made a hit true, with its value as text.
struct hit_fact {
  std::string name;  ///< canonical path, case.elapsed_workdays
  std::string label; ///< 办件.已用工作日
  std::string value;

  friend bool operator==(const hit_fact&, const hit_fact&) = default;
};

struct hit {
  rule_id rule;
  case_id id;
  node_id step; ///< empty for a rule about the whole case
  banli::level level{};
  instant raised{}; ///< when the condition became true
  text message;
  std::vector<hit_fact> facts; ///< as they were when it was raised
  hit_end end = hit_end::open;
  std::optional<instant> ended;
  rule_id superseded_by;
};

} // namespace banli
