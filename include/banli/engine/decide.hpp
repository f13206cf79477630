// decide.hpp — the two pure functions a case is made of.
//
//   decide(definition, state, command) -> events, or the reason why not
//   apply(definition, state, event)    -> the next state
//
// decide() judges: is the case in a phase that allows this, is the step enabled, may this person do
// it, is the extension asked before the limit ran out. It changes nothing. apply() records: it
// never judges, because what happened has happened. Neither reads a clock: the command says when.
//
//   auto events = decide(definition, state, {.id = c, .at = t, .actor = p, .what =
//   action::complete,
//                                            .with = {.step = node_id{"初审"}, .outcome = "通过"}},
//                                            cal);
//   if (!events) return events.error();          // error[step-not-enabled]: step '初审' is not ...
//   for (const event& e : *events) state = apply(definition, state, e);
//
// A refusal says which rule was broken and carries the place of the command.
#pragma once

#include <vector>

#include <banli/base/result.hpp>
#include <banli/calendar/workday_calendar.hpp>
#include <banli/engine/case_definition.hpp>
#include <banli/engine/case_state.hpp>
#include <banli/engine/known_history.hpp>

namespace banli {

/// The events a command leads to. Errors: not_accepted, already_accepted, case_closed,
/// time_backwards, case_suspended, not_suspended, unknown_step, step_not_enabled, bad_outcome,
/// bad_return, not_authorised, missing_reason, extension_refused, not_finished, unknown_item,
/// bad_value.
result<std::vector<event>> decide(const case_definition& definition, const case_state& state,
                                  const command& c, const workday_calendar& calendar);

/// The state after an event.
case_state apply(const case_definition& definition, case_state state, const event& e);

/// The same to a state that nobody needs any more as it was: what folding a history takes.
void apply_to(const case_definition& definition, case_state& state, const event& e);

/// The fold of a whole history.
case_state replay(const case_definition& definition, const case_id& id,
                  std::span<const event> history);

/// The state as it was at an instant, by what was known at another or the same: the fold of its
/// known_history (H33, F33: restore).
case_state replay_at(const case_definition& definition, const case_id& id,
                     std::span<const event> history, const as_of& when);

} // namespace banli
