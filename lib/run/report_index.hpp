// report_index.hpp — the overview of a run: one page that a head of office reads.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include <banli/assessment/case_figures.hpp>
#include <banli/run/report.hpp>

#include <drawing/page.hpp>

namespace banli::detail {

/// What the overview is made of. References: all must outlive the call.
struct index_page {
  const configuration& config;
  const run_result& run;
  const report_options& options;
  const std::unordered_map<case_id, std::string>& dossiers; ///< addresses of the pages written
  const std::vector<case_figures>& figures;                 ///< of every case of the run
  std::size_t left_out = 0;
};

std::string index_html(const index_page& p);

/// How the office stands: lights over open cases, the months, the departments, what is overdue.
void standing_sections(markup& m, const index_page& p);

/// The number of a case, as a link where it has a page.
void case_link(markup& m, const index_page& p, const case_id& id);

/// 12,345
std::string grouped(std::size_t n);

/// A refusal worth showing. That a foreign log ends before its case does is no fault of the case.
bool worth_showing(const configuration& config, const refusal& r);

/// A publication duty in words: 及时更新;每6个月至少一次.
std::string duty_words(const duty& d, language in);

} // namespace banli::detail
