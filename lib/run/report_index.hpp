// report_index.hpp — the overview of a run: one page that a head of office reads.
#pragma once

#include <string>
#include <unordered_map>

#include <banli/run/report.hpp>

namespace banli::detail {

/// What the overview is made of. References: all must outlive the call.
struct index_page {
  const configuration& config;
  const run_result& run;
  const report_options& options;
  const std::unordered_map<case_id, std::string>& dossiers; ///< addresses of the pages written
  std::size_t left_out = 0;
};

std::string index_html(const index_page& p);

/// A refusal worth showing. That a foreign log ends before its case does is no fault of the case.
bool worth_showing(const configuration& config, const refusal& r);

/// A publication duty in words: 及时更新;每6个月至少一次.
std::string duty_words(const duty& d, language in);

} // namespace banli::detail
