// office_figures.hpp — every case of a store in numbers, and what it gives to score by.
//
//   office_figures all = *measure_office(config, *store, until);
//   case_statistics(all.cases, {from, to, {grouping::department}});
//   assess(scheme, {.from = …, .records = all.records, …});
//
// Cases are folded up to `until`, that instant included, and supervised up to it, by whatever they
// were moved to. A case is left out and named that runs, or ran, by a definition which the
// configuration does not hold.
//
// Supervision orders and complaints of the same store are read with it: orders answer hits, both
// are counted, and both cost points (record_sources.hpp). Names of complainants are masked.
//
// The hard case is whose points they are. Orders and complaints name offices by the ids of the
// document of kind supervision; points reach a department if the office has its id there.
#pragma once

#include <vector>

#include <banli/assessment/case_figures.hpp>
#include <banli/assessment/score_record.hpp>
#include <banli/document/configuration.hpp>
#include <banli/run/supervision_register.hpp>
#include <banli/storage/case_store.hpp>
#include <banli/supervision/complaint.hpp>
#include <banli/supervision/supervision_order.hpp>

namespace banli {

struct office_figures {
  std::vector<case_figures> cases{};
  std::vector<hit> hits{}; ///< by case, in the order in which they were raised
  std::vector<supervision_order> orders{};
  std::vector<complaint> complaints{}; ///< masked
  std::vector<score_record> records{}; ///< hits, late cases, orders, complaints, disclosure
  std::vector<error> left_out{};       ///< definition_changed: of cases
};

/// Errors: those of the store, of measure(), of supervise() and of report(disclosure_book).
result<office_figures> measure_office(const configuration& config, const case_store& store,
                                      instant until);

/// The alarms of a store for which no order of a register was issued in time
/// (supervision_order.hpp). Errors: those of measure_office() and of unanswered_alarms().
result<std::vector<unanswered_alarm>> unanswered_alarms(const order_register& orders,
                                                        const configuration& config,
                                                        const case_store& store, instant at);

/// case, rule, step, raised, message, message_zh, due, order, above.
data_table to_table(std::span<const unanswered_alarm> alarms);

} // namespace banli
