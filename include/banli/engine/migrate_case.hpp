// migrate_case.hpp — a running case goes on by a new version of its definition (改用新版流程图).
//
// A case keeps the definition it was accepted under. Where an office has it go on by a new one,
// that is a command like any other, and an event with the hashes of both:
//
//   command c{.request = r, .id = id, .at = now, .actor = p, .what = action::migrate};
//   c.with.definition = after.hash;
//   c.with.moves = {{"复审", "审查"}};          // where the token at 复审, which is gone, goes on
//   c.with.reason = "流程优化";
//   decide_migration(before, after, state, c, calendar);
//       // error[cannot-finish]: no case of flowchart '登记' stands at '消防审查' and can finish …
//
// What is accepted is what flowchart/migration.hpp allows: a marking that a case of the new chart
// can really have, and from which it can finish. A send-back asks the same of its target.
//
//   fold_case(definitions, first, id, events);   // the state, and what the case runs by now
//
// A store pins a case to the definition it began with; which one it runs by now follows from its
// events. Steps that the new chart has go on under its rules and limits; the turns of steps that it
// does not have leave the state, their events stay, and so does who did them (case_state::acts).
//
// The hard case is an item that is not the same: only a definition of the same item will do.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <banli/engine/decide.hpp>

namespace banli {

/// The definition with a hash, or null.
using definition_source =
    std::function<std::shared_ptr<const case_definition>(std::string_view hash)>;

/// The event a migration leads to. Errors: those of decide() for any command; missing_reason,
/// unknown_item (of another item), bad_value (the definition it runs by already, or another hash
/// than that of `after`), case_closed (nothing of the flow is left), unknown_step, unsafe_place,
/// cannot_finish, not_decided, not_authorised.
result<std::vector<event>> decide_migration(const case_definition& before,
                                            const case_definition& after, const case_state& state,
                                            const command& c, const workday_calendar& calendar);

/// The state after a migration. What has happened has happened: a move the new chart does not know
/// leaves no token.
case_state apply_migration(const case_definition& before, const case_definition& after,
                           case_state state, const event& e);

/// Where each turn of a step of a state stands in case_state::steps after a migration; none: the
/// new chart has no such step, and the turn leaves the state.
std::vector<std::optional<std::size_t>>
turns_after(const case_definition& before, const case_definition& after, const case_state& state);

/// A case and what it runs by.
struct folded_case {
  std::shared_ptr<const case_definition> definition;
  case_state state;
};

/// Takes the next event of a case, which may be a migration. Errors: definition_changed (no
/// definition of its hash); the case is then as it was.
result<void> fold_event(const definition_source& definitions, folded_case& of, const event& e);

/// The fold of a history that may hold migrations; `first` is the hash it began with. Errors:
/// definition_changed (no definition of a hash).
result<folded_case> fold_case(const definition_source& definitions, std::string_view first,
                              const case_id& id, std::span<const event> history);

} // namespace banli
