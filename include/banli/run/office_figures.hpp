// office_figures.hpp — every case of a store in numbers, and what it gives to score by.
//
//   office_figures all = *measure_office(config, *store, until);
//   case_statistics(all.cases, {from, to, {grouping::department}});
//   assess(scheme, {.from = …, .records = all.records, …});
//
// Cases are folded up to `until`, that instant included, and supervised up to it. A case whose
// definition the configuration does not hold is left out and named, as replay() does.
#pragma once

#include <vector>

#include <banli/assessment/case_figures.hpp>
#include <banli/assessment/score_record.hpp>
#include <banli/document/configuration.hpp>
#include <banli/storage/case_store.hpp>

namespace banli {

struct office_figures {
  std::vector<case_figures> cases{};
  std::vector<score_record> records{}; ///< hits, late cases, disclosure
  std::vector<error> left_out{};       ///< definition_changed
};

/// Errors: those of the store, of measure(), of supervise() and of report(disclosure_book).
result<office_figures> measure_office(const configuration& config, const case_store& store,
                                      instant until);

} // namespace banli
