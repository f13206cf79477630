// supervise.hpp — electronic supervision (电子监察) of one case.
//
// supervise() watches a case from its first event to an instant and says when each rule came true
// and when it stopped. It does not poll: after every event the rules are evaluated, each evaluation
// says until when its answer holds, and between two events nothing is looked at but those instants.
//
//   supervision s = *supervise(definition, history, rules, calendar, until);
//   s.hits           // in the order in which they were raised
//   s.next           // the next instant at which anything could change, if nothing happens
//   s.unjudged       // rules that could not be judged, and which facts were missing
//
// At an instant at which both an event happens and time runs out, the event comes first: who
// delivers at the last moment is in time. One hit is open per case (or turn of a step) and rule. A
// rule about steps looks at every turn of a step that has begun, done or waiting: a step that was
// late stays late after it is done. A rule that should fall silent then says so (step.waiting &&
// ...).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/calendar/workday_calendar.hpp>
#include <banli/engine/case_definition.hpp>
#include <banli/engine/event.hpp>
#include <banli/engine/migrate_case.hpp>
#include <banli/rules/rule_set.hpp>
#include <banli/supervision/hit.hpp>

namespace banli {

struct supervision_limits {
  std::size_t evaluations = 1'000'000; ///< of rules over one case
};

/// A rule that could not be judged at the end, because facts are missing.
struct unjudged_rule {
  rule_id rule;
  node_id step;
  std::vector<std::string> missing; ///< canonical paths
};

struct supervision {
  std::vector<hit> hits;
  std::optional<instant> next;
  std::vector<unjudged_rule> unjudged;
};

/// Watches a case until an instant, that one included; nothing where its item is not supervised.
/// Errors: those of clocks(); evaluation_error with the place of a condition; limit_exceeded;
/// unknown_field (rules in other words than facts of a case); definition_changed (the case was
/// moved to another definition).
result<supervision> supervise(const case_definition& definition, const case_id& id,
                              std::span<const event> history, const rule_set& rules,
                              const workday_calendar& calendar, instant until,
                              const supervision_limits& limits = {});

/// The same of a case that may have been moved to other definitions; `first` is the hash of the one
/// it began with. Hits of steps follow their turns; a step that a new chart does not have takes its
/// hits along. Errors: as above, but definition_changed where a definition is not at hand.
result<supervision> supervise(const definition_source& definitions, std::string_view first,
                              const case_id& id, std::span<const event> history,
                              const rule_set& rules, const workday_calendar& calendar,
                              instant until, const supervision_limits& limits = {});

} // namespace banli
