// public_lists.hpp — what an office shows to everybody about its cases: results, and what is
// overdue.
//
//   auto results = *publicised_results(config, *store, column, item);      //
//   编号、名称、结果、时间 auto late = *overdue_cases(config, *store, now); // 超期办件公示
//   to_csv(results_table(results)); to_markdown(overdue_table(late));
//
// Results are listed for items whose results the law makes public, all cases of an item that have
// ended, the latest first. A granted licence is open to everybody (行政许可法 art. 40); who holds
// it is shown with his name masked, for a list is read by machines.
//
// Overdue is what has passed its promised limit: still open, or ended after it, if it ended on or
// after a day. What has no due date now (it is suspended) is not overdue.
//
// Sources: 国办函〔2011〕99号, guide
// (行政许可等依法应公示结果的事项,以列表方式显示该事项所有办件的办理 结果); 政务服务中心工作制度
// (及时将电子监察系统的超期办件公示).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <banli/base/mask.hpp>
#include <banli/document/configuration.hpp>
#include <banli/interchange/item_tables.hpp>
#include <banli/library/service_records.hpp>
#include <banli/portal/service_column.hpp>
#include <banli/storage/case_store.hpp>

namespace banli {

/// One line of a list of results.
struct publicised_result {
  case_id number{};
  item_id item{};
  std::string name{}; ///< names of persons masked
  std::string outcome{};
  instant ended{};

  friend bool operator==(const publicised_result&, const publicised_result&) = default;
};

/// Errors: unknown_item; not_permitted (an item whose results are not for everybody); those of the
/// store; definition_changed.
result<std::vector<publicised_result>> publicised_results(const configuration& config,
                                                          const case_store& store,
                                                          const service_column& column,
                                                          const item_id& item);

/// One overdue case.
struct overdue_case {
  case_id number{};
  item_id item{};
  std::string item_name{};
  std::string department{};
  std::vector<std::string> steps{}; ///< that it waits at; empty: it has ended
  day due{};
  std::int64_t days_late = 0; ///< calendar days after the due date, at least 1
  std::optional<instant> ended{};

  friend bool operator==(const overdue_case&, const overdue_case&) = default;
};

/// The cases that are overdue at an instant, or ended so on or after `since`; the latest first,
/// then by number. Without `since`: the open ones only. Errors: those of the store and of
/// view_case().
result<std::vector<overdue_case>> overdue_cases(const configuration& config,
                                                const case_store& store, instant now,
                                                const std::optional<day>& since = {});

/// A complaint as others may read it: the complainant's name is masked in every text, and left out
/// where he asked for secrecy (投诉人要求保密的事项要严格保密); long numbers are masked.
complaint_record shown(const complaint_record& c, personal_right right = personal_right::masked);

/// As lists of an office: to_csv() and to_markdown() of item_tables.hpp.
item_table results_table(const std::vector<publicised_result>& all);
item_table overdue_table(const std::vector<overdue_case>& all);

} // namespace banli
