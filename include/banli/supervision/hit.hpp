// hit.hpp — what supervision found: a rule came true for a case.
//
// A hit (监察命中) says which rule, for which case (and step), at which level, since which instant,
// and which facts made it true. It is never edited, it ends, and keeps the instant: cleared when it
// is no longer true, superseded when a higher one takes its place, answered when a supervision
// order was issued for it, lapsed when it is a reminder or a warning that nobody acted on in time.
//
//   alarm A004 办件超时   case 620524-2024-000017   since 2024-10-26T00:00
//     case.elapsed_workdays = 21, case.promised_days = 20
//
// What has lapsed or was answered does not speak again before its condition has been false.
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
  answered,   ///< a supervision order (督办单) was issued for it
  lapsed,     ///< a reminder or warning nobody acted on in time (自动摘牌)
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

/// What is said of a hit, and why: the same for all cases that look alike to the rule.
struct hit_grounds {
  rule_id rule;
  node_id step; ///< empty for a rule about the whole case
  banli::level level{};
  banli::certainty certainty{};
  rule_stage stage = rule_stage::formal; ///< trial: shown, and not scored
  text message;
  std::string explanation{}; ///< what the rule's match says for itself; may be empty
  std::vector<hit_fact> facts{};

  friend bool operator==(const hit_grounds&, const hit_grounds&) = default;
};

struct hit {
  rule_id rule{};
  case_id id{};
  node_id step{}; ///< empty for a rule about the whole case
  banli::level level{};
  instant raised{}; ///< when the condition became true
  text message{};
  std::vector<hit_fact> facts{}; ///< as they were when it was raised
  hit_end end = hit_end::open;
  std::optional<instant> ended{};
  rule_id superseded_by{};
  banli::certainty certainty{};
  rule_stage stage = rule_stage::formal; ///< trial: marked, and not scored (R06)
  std::string explanation{};             ///< what the rule's match says for itself; may be empty
  std::string order{};                   ///< the supervision order that answered it

  friend bool operator==(const hit&, const hit&) = default;
};

/// A hit as JSON without blanks, its members in a fixed order and the empty ones left out: equal
/// hits have equal bytes.
///
///   {"case":"C1","rule":"A004","level":"alarm","certainty":"abnormal","raised":"2024-10-26T00:00:00",
///    "end":"open","message":{"en":"…","zh":"…"},"facts":[{"name":"case.overdue_days","label":
///    "办件.超期天数","value":"1"}]}                                             (in one line)
std::string to_json(const hit& h);

} // namespace banli
