// statistics.hpp — volumes, timeliness and times of cases and steps, grouped as one likes.
//
//   case_statistics(figures, {a, until, {grouping::department, grouping::month}});
//   step_statistics(figures, {a, until, {grouping::person}});
//
// What belongs to which period:
//   received, accepted, refused   by the instant of the acceptance or refusal
//   concluded, early, on_time, overdue, withdrawn, and every time   by the instant of the end
//   open, open_overdue            as it stood when the period (or the question) ended
// The window is [from, until) and so is every period in it; an instant is counted once.
//
// Means are of whole numbers, so that their order cannot matter. A percentile is the nearest rank:
// p90 of n values is the ⌈0.9 n⌉-th of them in order, a value that occurred. Of nothing there is no
// mean and no percentile (no_number).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include <banli/assessment/case_figures.hpp>
#include <banli/assessment/civil_period.hpp>
#include <banli/assessment/data_table.hpp>

namespace banli {

/// What rows are made by. post, person and step group turns of steps, the others both.
enum class grouping : std::uint8_t {
  department,
  item,
  item_type,
  window,
  month,
  quarter,
  half_year,
  year,
  post,
  person,
  step,
};

std::string_view to_string(grouping g);
text label(grouping g);
/// The value with a stable name. Errors: unknown_value, with the nearest.
result<grouping> parse_grouping(std::string_view name);

struct statistic_question {
  day from{};
  day until{};
  std::vector<grouping> by{};
};

/// Columns: those grouped by; received, accepted, refused, concluded, early, on_time, overdue,
/// withdrawn, open, open_overdue; on_time_rate (% of the concluded); and of the concluded
/// workdays_, minutes_, net_workdays_, net_minutes_ each with mean, p50 and p90. Rows are sorted by
/// what they are grouped by; a row exists where something was counted. Without grouping there is
/// one row. Errors: bad_value (a window that ends before it begins, a grouping of steps, one named
/// twice, two kinds of period).
result<data_table> case_statistics(std::span<const case_figures> cases,
                                   const statistic_question& asked);

/// Of turns of steps. Columns: those grouped by; begun, completed, sent_back, abandoned, late
/// (ended in the window after the limit of the step), waiting, waiting_late, and the times of the
/// completed. The department is that of the post. Errors: as above, but for groupings of steps.
result<data_table> step_statistics(std::span<const case_figures> cases,
                                   const statistic_question& asked);

/// Whether a question is one about steps.
bool asks_for_steps(const statistic_question& asked);

} // namespace banli
