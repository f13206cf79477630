// office_tables.hpp — the other tables an office hands in: items, hall, complaints, satisfaction,
// disclosure, plans, coverage, and the lists it shows to the public.
//
//   items_by_type(items);                       // 单位 × 事项类型
//   type_line(items, department, language::zh); // "共 12 项;其中行政许可 3 项、行政处罚 9 项"
//   complaint_totals(records.complaints, {a, until, period_kind::month});
//
// All of them are data_table; periods are half-open as everywhere. A table of periods has a row for
// every period of the window, also where nothing happened: an empty quarter is reported as 0.
//
// Sources: guide, statistics of items (各单位事项统计, “共…项;其中行政许可…项”),
// 信息公开工作统计报表, 政务服务中心投诉处理制度, 办件公示.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include <banli/assessment/case_figures.hpp>
#include <banli/assessment/civil_period.hpp>
#include <banli/assessment/data_table.hpp>
#include <banli/assessment/score_record.hpp>
#include <banli/item/item_type.hpp>
#include <banli/item/service_item.hpp>
#include <banli/library/disclosure.hpp>
#include <banli/library/service_records.hpp>
#include <banli/rules/rule_set.hpp>
#include <banli/supervision/complaint.hpp>
#include <banli/supervision/supervision_office.hpp>
#include <banli/supervision/supervision_order.hpp>

namespace banli {

/// A window of time cut into periods. `until` is not before `from`.
struct period_window {
  day from{};
  day until{};
  period_kind by = period_kind::month;

  bool contains(instant t) const { return t >= instant{from} && t < instant{until}; }
};

/// department, type (letters), type_name, items: what is there, types in the order of their table.
data_table items_by_type(std::span<const service_item> items,
                         const item_type_table& types = item_type_table::standard());

/// The line at the head of the catalogue form for a department; for all of them without one.
std::string type_line(std::span<const service_item> items, const department_id& department,
                      language in, const item_type_table& types = item_type_table::standard());

/// department, items, in_hall, outside, undecided, windows: who is stationed in the hall
/// (进驻大厅). A department is there with its first item in the hall.
data_table hall_presence(std::span<const service_item> items);
/// One row: departments, departments_in_hall, items, items_in_hall.
data_table hall_totals(std::span<const service_item> items);

/// period, channel, received, answered (by the period of the complaint), open (unanswered when the
/// window ended).
data_table complaint_totals(std::span<const complaint_record> records, const period_window& window);
/// The same of the register of complaints, whose channels are the office's own (市长信箱): a row
/// for every channel of the list, and for any other that occurs. A complaint that ended without an
/// answer (it was declined, or nobody could be answered) is not open.
data_table complaint_totals(std::span<const complaint> all, const period_window& window,
                            std::span<const named_word> channels = {});

/// Supervision orders by the period in which they were issued: period, unit, issued, closed (before
/// the window ended), open, late (a limit was missed or kept too late), faults. A row for every
/// unit that occurs, in every period.
data_table order_totals(std::span<const supervision_order> all, const period_window& window);

/// department, channel, evaluations, one column a grade, satisfied_rate (基本满意 and better, %).
data_table satisfaction_rates(std::span<const evaluation> all, day from, day until);

/// 信息公开工作统计报表: period, unit, content, reviews, notes, reposts. Obligations are judged by
/// report(disclosure_book).
data_table disclosure_returns(const disclosure_book& book, const period_window& window);

/// So many of something planned for a period (调查、访谈、发布计划), and one that was done.
struct planned_work {
  std::string unit;
  std::string what;
  civil_period when;
  std::size_t count = 0;
};
struct done_work {
  std::string unit;
  std::string what;
  day on{};
};

/// unit, what, period, planned, done, rate (%). Done work counts for the plan of its unit and kind
/// whose period it falls into; what nobody planned is a row with 0 planned, in the month it was
/// done.
data_table plan_and_done(std::span<const planned_work> plans, std::span<const done_work> done);

/// what (items, steps, cases), total, covered, share (%): how far supervision reaches (全覆盖). An
/// item is covered when it is supervised, runs by a definition and a rule is in force on the day; a
/// step when such an item has it, and it has a limit or a rule looks at each step. Cases are those
/// handed in, covered where their item is.
data_table supervision_coverage(std::span<const service_item> items,
                                std::span<const std::shared_ptr<const case_definition>> definitions,
                                const rule_set* rules, std::span<const case_figures> cases, day on);

/// How a case stands for the public: green in time, yellow where a warning is open or it is due
/// within `soon`, red where it is late or an alarm is open, grey where it has ended.
enum class traffic_light : std::uint8_t { green, yellow, red, grey };

std::string_view to_string(traffic_light t);
std::string_view label(traffic_light t);

traffic_light light_of(const case_figures& c, instant now, days soon = days{1});

/// 办件公示: case, item, department, window, received, due, status, light, shown (both in Chinese);
/// the newest first, and nobody's name. 超期办件公示, of those that are open past their due date or
/// were closed after it: case, item, department, due, ended, days_late; the latest first.
data_table public_cases(std::span<const case_figures> cases, instant now);
data_table public_overdue(std::span<const case_figures> cases, instant now);

} // namespace banli
