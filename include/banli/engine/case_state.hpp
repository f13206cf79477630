// case_state.hpp — where one case stands, as a fold over its events.
//
//   case_state s;
//   for (const event& e : history) s = apply(definition, s, e);
//
// Nothing is in the state that is not in the events, so the state at any past instant is the fold
// of the events up to it. The state holds what the engine needs to judge the next command and what
// clocks and rules read: how far the flow is, which days do not count, who did what.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/deadline/exclusion.hpp>
#include <banli/engine/event.hpp>
#include <banli/flowchart/flow_net.hpp>

namespace banli {

/// The kind of a stop that is no excluded procedure: 中止, 暂停. Any item allows it.
inline constexpr std::string_view suspension_kind = "suspension";

/// Where in its life a case is (办件状态).
enum class case_phase : std::uint8_t {
  none,          ///< no event yet
  refused,       ///< 不予受理; closed
  running,       ///< 在办
  supplementing, ///< 补正中: waiting for the applicant
  suspended,     ///< 暂停: an excluded procedure or a suspension is open
  decided,       ///< 已决定, not delivered
  delivered,     ///< 办结; closed
  withdrawn,     ///< 撤回; closed
};

std::string_view to_string(case_phase p);
std::string_view label(case_phase p);

/// How one turn of a step stands.
enum class step_end : std::uint8_t {
  waiting,   ///< it is to be done
  completed, ///< it was done
  sent_back, ///< it was given back to an earlier step
  abandoned, ///< the case ended or another branch took its token
};

/// One turn of a step: a step that is sent back to has another turn.
struct step_record {
  node_index step{};
  instant since{};      ///< when the token arrived, or the hand-over was registered
  person_id assigned{}; ///< to whom it was handed over, if it was
  step_end end = step_end::waiting;
  std::optional<instant> ended{}; ///< absent while it waits
  person_id actor{};              ///< who ended it
  std::string outcome{};          ///< 通过, 不通过
  std::string opinion{};
  std::uint32_t by_event = 0; ///< number of the event that ended it; 0 while it waits
};

struct case_state {
  case_id id;
  item_id item;
  case_phase phase = case_phase::none;
  std::uint32_t version = 0; ///< number of the last event
  instant last{};            ///< instant of the last event

  instant accepted{}; ///< the instant of acceptance
  instant start{};    ///< the event the limits run from: acceptance, receipt or restart
  std::optional<channel> by;
  std::string applicant;
  std::map<std::string, std::string> facts; ///< form values, the last word on each

  marking at;                      ///< where the flow stands
  std::vector<step_record> steps;  ///< in the order in which they began
  std::vector<exclusion> excluded; ///< closed intervals; the last one open while suspended
  std::vector<extension> extended;

  std::uint32_t supplements = 0;                   ///< times the applicant was asked for more
  std::uint32_t returns = 0;                       ///< times a step was sent back
  std::map<std::string, std::uint32_t> returns_of; ///< by id of the step sent back
  std::map<std::uint32_t, std::uint32_t> taken;    ///< times an arrow with a bound was taken
  std::uint32_t hand_overs = 0;
  std::uint32_t suspensions = 0; ///< times an excluded procedure or suspension was opened

  std::optional<case_result> result;
  person_id decider;
  std::string decision_reason;
  std::string decision_document;
  std::optional<instant> decided;
  std::optional<instant> ended; ///< delivered, refused or withdrawn

  bool open() const { return phase != case_phase::none && !ended; }
};

/// The waiting record of a step, or nullptr.
const step_record* waiting(const case_state& s, node_index step);

} // namespace banli
