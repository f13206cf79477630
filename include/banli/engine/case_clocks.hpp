// case_clocks.hpp — the time limits of a case, computed from its state.
//
// Three clocks run over every accepted case: the promised limit (承诺期限), the statutory limit
// (法定期限) and, for every turn of a step, the limit of the step (环节时限). All three are values
// of the deadline layer, computed from the same start, the same excluded days and the same
// extensions, and the hours of the office for limits in working hours:
//
//   const case_clocks k = *clocks(definition, state, calendar);
//   k.promised.result.due          // 2025-02-18, or nothing while a suspension is open
//   k.steps[0].limit.result.due
//
// Beside them run, where something began them: the stretch of every registered hand-over, the time
// that was given to the upper level, the answer to a request for renewal; and before the acceptance
// the time in which an application must be answered, which is no clock of an accepted case and is
// asked for by itself (reply_clocks).
//
// An extension lengthens the promised and the statutory limit; a step keeps its own. A hand-over
// starts the clock of the step anew (限时办结制度: from the day after the registered hand-over).
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/calendar/workday_calendar.hpp>
#include <banli/deadline/deadline.hpp>
#include <banli/deadline/usage.hpp>
#include <banli/engine/case_definition.hpp>
#include <banli/engine/case_state.hpp>

namespace banli {

/// A limit, and everything it is counted with: enough to ask again for another instant.
struct running_limit {
  time_limit limit{};
  instant start{};
  std::vector<exclusion> excluded;
  std::vector<extension> extended;
  counting_rules rules;
  deadline result;                                 ///< what due_date() makes of the above
  std::shared_ptr<const working_hours> hours = {}; ///< never null in what clocks() gives
};

/// The clock of one turn of a step.
struct step_clock {
  std::size_t turn = 0; ///< position in case_state::steps
  running_limit limit;
};

/// The clock of whoever had a step from a registered hand-over on.
struct hand_over_clock {
  std::size_t hand_over = 0; ///< position in case_state::handed
  running_limit limit;
};

/// The time the upper level was given. The promised limit runs on meanwhile.
struct report_clock {
  std::size_t report = 0; ///< position in case_state::reports
  running_limit limit;
};

/// The time in which a request for renewal must be answered.
struct change_clock {
  std::size_t change = 0; ///< position in case_state::changes
  running_limit limit;
};

struct case_clocks {
  running_limit promised;
  std::optional<running_limit> statutory; ///< absent where the law sets no limit
  std::vector<step_clock> steps;          ///< every turn of a step that has a limit
  std::vector<hand_over_clock> hand_overs{};
  std::vector<report_clock> reports{};
  std::vector<change_clock> changes{};
};

/// When silence renews the permit of a case: at the end of its last day, where its renewal was
/// asked for in time and is not answered. Nothing where it was not, where the item says that
/// silence renews nothing, and where the item is no 行政许可. Source: 行政许可法 art. 50.
std::optional<instant> renewed_by_silence(const service_item& item, const case_state& state);

/// The clocks of an accepted case. Errors: not_accepted, and those of due_date().
result<case_clocks> clocks(const case_definition& definition, const case_state& state,
                           const workday_calendar& calendar);

/// The time in which each stretch of case_state::replies had to be answered; empty for a case that
/// began with its acceptance. Errors: those of due_date().
result<std::vector<running_limit>> reply_clocks(const case_definition& definition,
                                                const case_state& state,
                                                const workday_calendar& calendar);

/// How much of a limit is used at an instant. Errors: as clocks().
result<usage> used(const running_limit& l, const workday_calendar& calendar, instant now);

/// How a case stands against its promised limit at an instant (or at its end, if it has ended).
enum class timeliness : std::uint8_t { open, open_overdue, early, on_time, overdue };

/// early: delivered with at least one whole counted unit of the limit unused.
result<timeliness> judge(const case_definition& definition, const case_state& state,
                         const workday_calendar& calendar, instant now);

} // namespace banli
