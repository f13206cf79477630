// deadline.hpp — what due() gives for one case: the answer together with its question.
//
// A Deadline in Python can be asked again: what is used by now, how late this was, which days were
// counted. It therefore keeps what it was computed from. The days are written down when somebody
// asks for them first.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <pybind11/pybind11.h>

#include <banli/calendar/workday_calendar.hpp>
#include <banli/deadline/deadline.hpp>
#include <banli/deadline/explanation.hpp>
#include <banli/deadline/urgency.hpp>
#include <banli/deadline/usage.hpp>

namespace banli::python {

/// Everything a deadline depends on, owned.
struct deadline_question {
  workday_calendar calendar;
  time_limit limit;
  instant start;
  std::vector<exclusion> exclusions{};
  std::vector<extension> extensions{};
  counting_rules rules{};
  std::shared_ptr<const working_hours> hours{}; ///< null: the usual ones
};

/// The keyword arguments beside calendar, limit and start; TypeError for others.
deadline_question question_of(const workday_calendar& calendar, pybind11::handle start,
                              pybind11::handle limit, const pybind11::kwargs& given);

class answered_deadline {
 public:
  /// Errors: those of due_date, raised.
  explicit answered_deadline(deadline_question asked);

  const deadline_question& asked() const { return *asked_; }
  const deadline& answer() const { return answer_; }
  const explanation& why() const;

 private:
  std::shared_ptr<const deadline_question> asked_;
  deadline answer_;
  mutable std::shared_ptr<const explanation> why_;
};

/// Errors: those of usage_at, raised.
usage usage_of(const deadline_question& asked, instant now);

/// thresholds: None for the usual levels, "by_days", or a list of dicts. Errors: those of
/// urgency_at, raised.
urgency urgency_of(const deadline_question& asked, pybind11::handle thresholds, instant now);

/// The strip calendar of a deadline, and a notebook's view of it: the picture and a table of the
/// days.
std::string deadline_svg(const answered_deadline& d, language l);
std::string deadline_html(const answered_deadline& d, language l);

} // namespace banli::python
