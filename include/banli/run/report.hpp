// report.hpp — the result of a run as a folder of pages.
//
//   write_report("build/demo/report", config, result, store, {.until = t});
//     index.html              key figures, lights over open cases, months, departments, what is
//                             overdue, the table of items with bars, hits newest first,
//     refusals
//                             with their places, disclosure duties
//     cases/<number>.html     one dossier per case with a hit, a refused command, a red or yellow
//                             light or a missed limit
//
// Pages are self-contained: no script, no network. A page is written beside its place and then
// moved into it, so that nobody ever reads half of one. The folder keeps a list of the pages
// written into it
// (.banli-pages): pages of an earlier run that are no longer true are removed, and nothing else is
// touched.
//
// The hard case is the case number: it is whatever somebody wrote. Letters, digits and '-' stand in
// the file name as they are, every other byte as ~XX, so "../a" becomes "~2E~2E~2Fa.html"; of a
// number longer than a file name may be, the end is replaced by a hash.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include <banli/base/result.hpp>
#include <banli/run/replay.hpp>

namespace banli {

struct report_options {
  instant until{};
  language in = language::zh;
  std::size_t dossiers = 5'000; ///< most pages written; the index says so when there are more
  std::size_t hits = 2'000;     ///< most hits listed on the index, the newest
  std::size_t refusals = 1'000; ///< most refusals and warnings listed on the index
  std::size_t duties = 1'000;   ///< most disclosure duties listed on the index
  std::function<void(const progress&)> on_progress{};
};

struct written_report {
  std::string index; ///< path of index.html
  std::size_t dossiers = 0;
  std::size_t left_out = 0; ///< cases with a hit or a refusal beyond the limit
  std::size_t removed = 0;  ///< pages of an earlier run
};

/// The name of a case's page below cases/, safe on any file system and in any address.
std::string dossier_file_name(const case_id& id);

/// Writes the report. Errors: file_unreadable (a folder that cannot be written), those of the store
/// and of the drawing.
result<written_report> write_report(const std::string& folder, const configuration& config,
                                    const run_result& run, const case_store& store,
                                    const report_options& options);

} // namespace banli
