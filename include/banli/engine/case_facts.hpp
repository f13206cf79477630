// case_facts.hpp — what conditions and supervision rules may read of a case.
//
// An expression sees three records, the calendar of the office, and `form`, whose fields are those
// the item declares:
//
//   case.elapsed_workdays > case.promised_days          办件.已用工作日 > 办件.承诺期限
//   step.used_share > 0.8                               环节.已用比例 > 0.8
//   item.kind == "joint"                                事项.办件类型 == "joint"
//   form.area > 500.0                                   表单.面积 > 500.0
//   workdays_between(calendar, case.accepted_on, case.due_on) < 5
//
// fact_environment() declares them with their types and Chinese names, so that a misspelt fact is
// an error when a rule is loaded and not silence when it should fire. Facts that move with time are
// clocks: they say until when their value holds and when they reach a threshold.
//
// A fact that is not there (step.* outside a step, case.result before the decision) is missing; a
// rule that depends on it cannot be judged, which is something else than false.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <banli/calendar/workday_calendar.hpp>
#include <banli/engine/case_clocks.hpp>
#include <banli/engine/case_definition.hpp>
#include <banli/engine/case_state.hpp>
#include <banli/expression/activation.hpp>
#include <banli/expression/environment.hpp>

namespace banli {

/// The environment of supervision rules: case, step, item, calendar.
environment fact_environment();

/// The environment of a flowchart's conditions: the same and form.
environment fact_environment(const service_item& item);

/// A form value as text, read as the type its item declares; nothing if it is not of that type.
/// Booleans are true or false, numbers decimal.
std::optional<value> parse_fact(const form_fact& declared, std::string_view written);

/// One line of the list of facts, for documentation and completion.
struct fact_doc {
  std::string_view path;  ///< case.elapsed_workdays
  std::string_view alias; ///< 办件.已用工作日
  std::string_view type;  ///< int, double, string, bool, date, timestamp, or a name of values
  text meaning;
  bool moves = false; ///< by time alone: an aspect of a running limit
};

/// All facts, in the order of the reference.
std::span<const fact_doc> fact_list();

/// The facts of one case at an instant. Holds references: definition, state, calendar and clocks
/// must outlive it; without clocks (a case not accepted) the clock facts are missing. Make it once
/// per state and move it through time with at().
class case_facts : public activation {
 public:
  case_facts(const case_definition& definition, const case_state& state,
             const workday_calendar& calendar, const case_clocks* clocks, instant now);
  ~case_facts() override;
  case_facts(const case_facts&) = delete;
  case_facts& operator=(const case_facts&) = delete;

  /// The same facts at another instant.
  void at(instant now);

  /// The turn of a step that step.* speaks of; nothing: step.* is missing.
  void of(std::optional<std::size_t> turn);

  reading read(field_ref field) const override;
  std::optional<instant> reaches(field_ref field, const value& threshold) const override;

  struct impl; // what the table of facts reads from

 private:
  std::unique_ptr<impl> impl_;
};

} // namespace banli
