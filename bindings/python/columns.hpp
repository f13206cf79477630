// columns.hpp — one question asked of many cases, and the arrays that answer it.
//
// The columns of the question are the caller's arrays wherever their memory will do. A Deadlines
// object keeps them, so that a single case can be asked why; whoever writes to the arrays
// afterwards changes that question.
#pragma once

#include <optional>
#include <vector>

#include <pybind11/pybind11.h>

#include <banli/deadline/columns.hpp>

#include "arrays.hpp"
#include "deadline.hpp"

namespace banli::python {

class column_question {
 public:
  /// Reads starts, counts, exclude and the rules. TypeError for what arrays cannot take.
  column_question(const workday_calendar& calendar, pybind11::handle starts, pybind11::handle limit,
                  const pybind11::kwargs& given);

  case_columns cases() const;
  std::size_t size() const { return starts_.size(); }
  pybind11::tuple shape() const { return starts_.shape(); }
  const workday_calendar& calendar() const { return calendar_; }
  time_limit limit() const { return limit_; }
  const counting_rules& rules() const { return rules_; }
  day start_of(std::size_t i) const { return starts_.all()[i]; }
  /// One case by itself; its start must be a day.
  deadline_question at(std::size_t i) const;

 private:
  void read_exclusions(const pybind11::object& given);

  workday_calendar calendar_;
  time_limit limit_;
  counting_rules rules_;
  items<day> starts_;
  std::optional<items<std::int32_t>> counts_;
  std::optional<items<std::int64_t>> offsets_;
  items<day> from_;
  items<day> to_;
  std::vector<stop_type> types_;
};

/// Deadlines: the due dates of many cases.
class answered_deadlines {
 public:
  explicit answered_deadlines(column_question asked);

  const column_question& asked() const { return asked_; }
  const answers<day>& due() const { return due_; }
  const answers<std::int64_t>& remaining() const { return remaining_; }
  const answers<bool>& provisional() const { return provisional_; }

 private:
  column_question asked_;
  answers<day> due_;
  answers<std::int64_t> remaining_;
  answers<bool> provisional_;
};

/// Usages: what is used and left of many limits at one instant.
struct answered_usages {
  answers<std::int64_t> used;
  answers<std::int64_t> remaining;
};

answered_usages usages_of(const column_question& asked, instant now);

} // namespace banli::python
