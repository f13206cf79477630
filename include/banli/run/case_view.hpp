// case_view.hpp — one case of a store, as it stood at an instant.
//
//   case_view v = *view_case(config, *store, case_id{"2024-0017"});            // as it stands
//   case_view w = *view_case(config, *store, case_id{"2024-0017"}, then);      // as it stood
//   w.state.phase, w.clocks->promised.result.due, w.history.size()
//
// What was known then is what is shown: events after the instant are left out, late entries of
// which nobody knew yet, too, and due dates are counted with the calendar as it had been published
// by that day. A holiday that was moved later moves the due date of today's view and not of the one
// before. What is known by now of that instant is another question (known_history.hpp):
//
//   view_case(config, *store, id, as_of{then, now})
//
// Texts are for a terminal and JSON for other programs; personal data are masked in both
// (masked_event.hpp). Who must have the data themselves asks for state and history.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <banli/calendar/workday_calendar.hpp>
#include <banli/document/configuration.hpp>
#include <banli/engine/case_clocks.hpp>
#include <banli/engine/known_history.hpp>
#include <banli/engine/migrate_case.hpp>
#include <banli/storage/case_store.hpp>

namespace banli {

struct case_view {
  std::shared_ptr<const case_definition> definition;
  std::vector<event> history; ///< up to the instant
  case_state state;
  instant at{};                      ///< that was asked for, or of the last event
  workday_calendar calendar;         ///< as it was known
  std::optional<case_clocks> clocks; ///< absent before acceptance, and where it was refused
  std::optional<timeliness> judged;  ///< likewise
};

/// Every case of a store, by id, without the orders and complaints that are kept beside them.
/// Errors: those of the store.
result<std::vector<stored_case>> cases_in(const case_store& store);

/// Every definition of a configuration, former ones included. It must outlive the source.
definition_source definitions_of(const configuration& config);

/// Whether a case was moved to another definition.
bool was_moved(std::span<const event> history);

/// A case folded by whatever it began with and was moved to. Errors: unknown_item and
/// definition_changed (the configuration does not have what it ran by).
result<folded_case> fold_stored(const configuration& config, const stored_case& c,
                                std::span<const event> history);

/// The definition that a case began by. Errors: unknown_item and definition_changed (the
/// configuration does not have it).
result<std::shared_ptr<const case_definition>> definition_of(const configuration& config,
                                                             const stored_case& c);

/// A case at an instant; without one, as it stands after its last event. Errors: those of the
/// store; unknown_reference (no such case); unknown_item and definition_changed (the configuration
/// does not have what it runs by); those of clocks().
result<case_view> view_case(const configuration& config, const case_store& store, const case_id& id,
                            const std::optional<as_of>& when = {});

/// The same by definitions that are known by their hashes, so that a case that was moved from one
/// to another is seen by the one it ran by then. Errors: those of the store; unknown_reference;
/// definition_changed (a definition it ran by is not at hand); those of clocks().
result<case_view> view_case(const definition_source& definitions, const workday_calendar& calendar,
                            const case_store& store, const case_id& id,
                            const std::optional<as_of>& when = {});

/// Its form values with personal data masked (masked_event.hpp), the last word on each.
std::map<std::string, std::string> facts_shown(const case_view& v);

/// One line an event: number, instant, what, step, who, and what was said.
std::string history_text(std::span<const event> history, language in);

/// Phase, item, steps that wait, limits and how they stand.
std::string state_text(const case_view& v, language in);

/// The limits of the case and of the steps that wait, day by day.
std::string limits_text(const case_view& v, language in);

/// The state as JSON, in one line.
std::string state_json(const case_view& v);

} // namespace banli
