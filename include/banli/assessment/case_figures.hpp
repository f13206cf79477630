// case_figures.hpp — one case in numbers: what statistics are counted from.
//
//   case_figures f = *measure(definition, state, calendar);
//   f.net.workdays       // 7: of the 12 working days between, 5 were taken out by a review
//   f.steps[0].gross.minutes
//
// Gross time runs from acceptance to the end: working days in (first day, last day], and minutes of
// office hours between the two instants. Net time leaves out every day on which the clock stood
// still (exclusions, suspensions, restarts: their days united, never summed). That is how long the
// office had the case, and not how much of a limit was used: for that ask usage.hpp, which knows
// what resumes and what restarts.
//
// `late_from` is the first instant at which the promised limit is over, as known at the end of the
// history. What happens to a case after that instant moves it no more, so the same number says
// whether an open case was late at any earlier day.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/calendar/workday_calendar.hpp>
#include <banli/engine/case_clocks.hpp>
#include <banli/engine/case_definition.hpp>
#include <banli/engine/case_state.hpp>
#include <banli/supervision/hit.hpp>

namespace banli {

struct time_taken {
  std::int64_t workdays = 0;
  std::int64_t minutes = 0; ///< of office hours

  friend bool operator==(const time_taken&, const time_taken&) = default;
};

/// One turn of a step; gross and net are of a turn that has ended.
struct step_figures {
  node_id step{};
  std::string name{};
  post_id post{};
  department_id department{};
  person_id person{}; ///< who ended it; while it waits, to whom it was handed over
  instant since{};
  std::optional<instant> ended{};
  step_end end = step_end::waiting;
  std::optional<instant> late_from{}; ///< absent without a limit of the step
  time_taken gross{};
  time_taken net{};

  friend bool operator==(const step_figures&, const step_figures&) = default;
};

/// A limit of a case: the day it is due, and the first instant after it.
struct case_limit {
  std::optional<day> due{};
  std::optional<instant> late_from{};

  friend bool operator==(const case_limit&, const case_limit&) = default;
};

/// gross and net are of a case that has ended.
struct case_figures {
  case_id id{};
  item_id item{};
  std::string item_name{};
  std::string item_type{};
  department_id department{};
  std::string window{};
  instant received{};                ///< accepted or refused
  std::optional<instant> accepted{}; ///< absent where it never was
  case_phase phase = case_phase::none;
  std::optional<instant> ended{};
  timeliness judged = timeliness::open; ///< of one that was delivered
  std::optional<day> due{};
  std::optional<instant> late_from{}; ///< absent while nothing is due, and after a refusal
  case_limit statutory{};             ///< empty where the law sets none
  time_taken gross{};
  time_taken net{};
  std::vector<step_figures> steps{};
  std::array<std::size_t, 3> open_hits{}; ///< by banli::level

  friend bool operator==(const case_figures&, const case_figures&) = default;
};

/// Time between two instants, and without some closed intervals. `to` is not before `from`. Errors:
/// out_of_range (a day the calendar does not hold).
result<time_taken> gross_time(const workday_calendar& calendar, const working_hours& hours,
                              instant from, instant to);
result<time_taken> net_time(const workday_calendar& calendar, const working_hours& hours,
                            std::span<const exclusion> excluded, instant from, instant to);

/// The numbers of a case as its state says. Errors: those of clocks() and of net_time().
result<case_figures> measure(const case_definition& definition, const case_state& state,
                             const workday_calendar& calendar);

/// Puts the open hits of a case into its numbers, but for those of rules on trial.
void count_hits(case_figures& into, std::span<const hit> hits);

} // namespace banli
