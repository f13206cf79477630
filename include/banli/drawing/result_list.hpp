// result_list.hpp — what became of cases, as lists for screens and pages.
//
//   result_list l = list_results(office.results, {.from = may_1, .until = june_1, .unit =
//   "武山县民政局"}); to_markdown(l);   // # 武山县民政局办理结果公示(2025-05-01 至 2025-05-31)
//   to_csv(l);        // 办件名称,办结时间,办理结果
//
// A list shows what the guide asks for and nothing else: neither case numbers nor applicants. Lists
// of one period after the other miss no case and show none twice, for a day belongs to one period.
//
// Source: 国办函〔2011〕99号, guide (结果反馈: 办件名称、办结时间、办理结果); 政务服务中心,
// 定期将审批服务事项办理结果公示.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/library/service_records.hpp>
#include <banli/time/civil.hpp>

namespace banli {

/// The days from `from` until before `until`.
struct result_period {
  day from{};
  day until{};
  std::string unit{}; ///< before the title

  friend bool operator==(const result_period&, const result_period&) = default;
};

struct result_list {
  result_period period;
  std::vector<result_record> results; ///< of the period, the latest first

  friend bool operator==(const result_list&, const result_list&) = default;
};

/// Of the whole period one list.
result_list list_results(std::span<const result_record> results, const result_period& period);

/// One list for every `every` days of the period, the first of them first; the last may be shorter.
/// A list without results is kept: that nothing was finished is shown, too. Errors: bad_value
/// (every below 1), limit_exceeded (more than 10,000 lists).
result<std::vector<result_list>> list_results(std::span<const result_record> results,
                                              const result_period& period, int every);

/// RFC 4180, UTF-8, CR LF; cells that a spreadsheet takes for formulas are guarded.
std::string to_csv(const result_list& l);
/// A page: title and one table.
std::string to_markdown(const result_list& l);

} // namespace banli
