// case_life_cycle.hpp — which command a case takes in which phase, as one table.
//
// A case moves through phases (case_phase). What may be asked of it depends on the phase first:
//
//   none --apply--> applied --accept--> running --decide--> decided --deliver--> delivered
//                   applied --request_supplement--> incomplete --supplement--> applied
//                   applied --refuse--> refused (closed when the slip is delivered)
//                                       running --suspend--> suspended --resume--> running
//                                       running --report_up--> reported_up --answer_above-->
//                                       running
//
//   allows(case_phase::running, action::suspend);        // true
//   allows(case_phase::decided, action::suspend);        // false
//   phase_after(case_phase::running, action::suspend);   // suspended
//   to_markdown(case_life_cycle(), language::zh);        // the table, phases x commands
//
// The engine asks this table before anything else; there is no second list. What a command asks
// beyond the phase (a reason, a post, an enabled step) is judged by decide(). Where a command
// leaves the phase as it is, the table says the same phase again.
//
// The hard case is the closed case. Nothing moves it, but it may still be told of, blamed for, or
// asked to be changed: delivery is the end of the flow and not of the permit. A refused case is in
// one phase before and after its slip is delivered; delivering it twice is refused all the same,
// because a closed case only takes what closed() rows allow.
#pragma once

#include <optional>
#include <span>
#include <string>

#include <banli/base/result.hpp>
#include <banli/engine/case_state.hpp>

namespace banli {

/// One row: in this phase this command is taken, and leads there.
struct case_transition {
  case_phase from{};
  action by{};
  case_phase to{};

  friend bool operator==(const case_transition&, const case_transition&) = default;
};

/// Every row, by phase and command.
std::span<const case_transition> case_life_cycle();

/// Whether a phase takes a command.
bool allows(case_phase p, action a);

/// Where a command leads from a phase; nothing where it is not taken.
std::optional<case_phase> phase_after(case_phase p, action a);

/// The commands a case takes now: those of its phase, and of a closed one what still may follow.
std::vector<action> allowed_actions(const case_state& s);

/// Whether a closed case still takes a command.
bool allowed_when_closed(action a);

/// The rows as a table in Markdown: a line a phase, a column a command that leads elsewhere, and
/// what leaves the phase as it is in the last column.
std::string to_markdown(std::span<const case_transition> rows, language in);

} // namespace banli
