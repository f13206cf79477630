// back_test.hpp — what other rules, or an amended calendar, would have found in the whole history
// of a store, before they are published (规则回测).
//
//   back_test_result r = *back_test(config, store, tonight, {.rules = changed});
//   r.asked;                          // which rules were asked again, and why (rule_trial.hpp)
//   r.only_before; r.only_after; r.changed; r.same
//
// The cases are read in batches, so that memory does not grow with the store: no rule over one case
// reads another.
#pragma once

#include <cstddef>
#include <optional>

#include <banli/document/configuration.hpp>
#include <banli/storage/case_store.hpp>
#include <banli/supervision/rule_trial.hpp>

namespace banli {

/// What is tried; what is absent stays as it is in the configuration.
struct back_test_options {
  std::optional<rule_set> rules{};
  std::optional<workday_calendar> calendar{};
  monitor_options watched{};
  std::size_t batch = 10'000; ///< cases that are in memory at a time
};

struct back_test_result : hit_difference {
  std::vector<asked_rule> asked; ///< all others say the same
  std::size_t cases = 0;         ///< that were watched
  std::size_t left_out = 0;      ///< of a definition that is not in the configuration
};

/// Errors: those of the store and of the monitor; bad_value (a batch of no case).
result<back_test_result> back_test(const configuration& config, const case_store& store,
                                   instant until, const back_test_options& tried);

} // namespace banli
