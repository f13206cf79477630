// report.hpp — the result of a run as a folder of pages.
//
//   write_report("build/demo/report", config, result, store, {.until = t});
//     index.html              the table, with bars a person can look at, and the list of hits
//     cases/<number>.html     one dossier per case with a hit
//
// Pages are self-contained: no script, no network. A page is written beside its place and then moved
// into it, so that nobody ever reads half of one; pages of an earlier run that are no longer true are
// removed.
#pragma once

#include <functional>
#include <string>

#include <banli/base/result.hpp>
#include <banli/run/replay.hpp>

namespace banli {

struct report_options {
  instant until{};
  language in = language::zh;
  std::size_t dossiers = 5'000; ///< most pages written; the index says so when there are more
  std::function<void(const progress&)> on_progress{};
};

struct written_report {
  std::string index;         ///< path of index.html
  std::size_t dossiers = 0;
  std::size_t left_out = 0;  ///< cases with a hit beyond the limit
};

/// Writes the report. Errors: file_unreadable (a folder that cannot be written), those of the store
/// and of the drawing.
result<written_report> write_report(const std::string& folder, const configuration& config,
                                    const run_result& run, const case_store& store,
                                    const report_options& options);

} // namespace banli
