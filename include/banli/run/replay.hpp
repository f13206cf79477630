// replay.hpp — the main job: a log of commands through the engine into a store, under supervision.
//
//   run_result r = *replay(config, log, *store, {.until = t});
//   r.items[0].overdue          // cases of the first item delivered after the promised limit
//   r.refusals                  // commands the engine refused, with their places
//
// Each case is loaded from the store, its new commands are decided and applied in the order of the
// log, and the events are appended; requests the store has seen are passed over, so a second run
// continues where the first stopped. A refused command stops its case, because what follows was
// written in the belief that it succeeded; the commands passed over are counted. Other cases go on.
//
// A refused command of the office's own log is an attempt, and goes to the audit log of the store
// as one of an engine does (case_engine.hpp): once, however often the log is run. The log of
// another system is no such thing. What it tells was done, elsewhere and under the rights of that
// system; its actors are no persons of this organisation, so none of them can be refused for want
// of a right here. What of it does not fit the flow is a finding about the log, told in `refusals`
// and in the problems of an import, and nobody's attempt.
//
// Appending is in batches that are all or nothing. Supervision then watches every case in the store
// from its first event to `until`; hits for which the store has an order are answered by it.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/document/configuration.hpp>
#include <banli/engine/case_clocks.hpp>
#include <banli/interchange/case_log.hpp>
#include <banli/storage/case_store.hpp>
#include <banli/supervision/supervise.hpp>

namespace banli {

/// How far a long job is.
struct progress {
  std::string_view stage; ///< "replay", "supervise", "report"
  std::size_t done = 0;
  std::size_t total = 0;
};

struct replay_options {
  instant until{};               ///< supervision watches up to here: the "now" of the report
  std::size_t batch_cases = 500; ///< cases appended in one transaction
  std::function<void(const progress&)> on_progress{};
  bool audited = true; ///< refusals are recorded; not those of another system's log
};

/// A command the engine refused.
struct refusal {
  command asked;
  error why;
  std::size_t passed_over = 0; ///< later commands of the case
};

/// How one case stands at `until`.
struct case_outcome {
  case_id id;
  item_id item;
  case_phase phase{};
  timeliness judged{};
  bool complete = false; ///< its flow has reached the end
  std::vector<hit> hits;
};

/// One row of the table.
struct item_summary {
  item_id item;
  std::string name;
  std::size_t received = 0;
  std::size_t early = 0;
  std::size_t on_time = 0;           ///< in time, but not early
  std::size_t overdue = 0;           ///< closed after the promised limit, or open past it
  std::size_t open = 0;              ///< open within the limit
  std::size_t not_judged = 0;        ///< refused or withdrawn
  std::array<std::size_t, 3> hits{}; ///< by banli::level
};

struct run_result {
  std::vector<item_summary> items; ///< in the order of the configuration
  std::vector<case_outcome> cases; ///< every case of the store, by id
  std::vector<refusal> refusals;
  std::vector<error> warnings;
  std::size_t commands = 0;     ///< in the log
  std::size_t already_done = 0; ///< known to the store
  std::size_t events_appended = 0;
  std::size_t refusals_recorded = 0; ///< in the audit log, of those that it did not have
  std::size_t complete = 0;          ///< cases of the log whose flow reached its end
  std::size_t unfinished = 0;        ///< legal so far, but not at the end
  std::size_t deviating = 0;         ///< cases with a refused step
  std::size_t deadlines = 0;         ///< recorded deadlines compared
  std::size_t deadlines_reproduced = 0;
};

/// Runs a log. Errors: those of the store; the problems of a configuration that is not good (the
/// first of them).
result<run_result> replay(const configuration& config, const case_log& log, case_store& store,
                          const replay_options& options);

/// The last instant of a log: what `until` is when nobody says.
instant last_instant(const case_log& log);

/// The table as text, aligned for a terminal with East Asian width.
std::string to_table(const run_result& r, language in);

} // namespace banli
