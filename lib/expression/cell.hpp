// cell.hpp — what a step of the evaluation gives.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/expression/program.hpp>

#include "course.hpp"
#include "expiry.hpp"

namespace banli::detail::cel {

/// Why there is no value: an error, or the fields that are missing. Kept behind a pointer because
/// most cells need none.
struct no_value {
  banli::error error;
  std::vector<std::string> missing;
};

struct cell {
  outcome::state is = outcome::state::value;
  banli::value value;
  std::shared_ptr<const no_value> why;
  expiry until;
  int clock = -1; ///< the entry in plan::fields when this follows a clock, else -1
  clock_course course = clock_course::irregular; ///< of the value
  std::shared_ptr<const course_step> by;         ///< how it follows; null: it is the clock as read

  bool good() const { return is == outcome::state::value; }
};

inline cell cell_of(value v, expiry until = std::nullopt) {
  cell c;
  c.value = std::move(v);
  c.until = until;
  return c;
}

inline cell cell_of(error e, expiry until = std::nullopt) {
  cell c;
  c.is = outcome::state::error;
  c.why = std::make_shared<const no_value>(no_value{std::move(e), {}});
  c.until = until;
  return c;
}

inline cell missing_cell(std::string path, expiry until = std::nullopt) {
  cell c;
  c.is = outcome::state::unknown;
  c.why = std::make_shared<const no_value>(no_value{{}, {std::move(path)}});
  c.until = until;
  return c;
}

/// Lets what one operand made, all others standing still, follow the clock that the operand
/// follows. Of the step its operator or function and the operands are given. An irregular course is
/// none.
inline void follow_clock(cell& made, const cell& operand, course_step by) {
  if (operand.clock < 0 || !made.good()) return;
  by.before = operand.by;
  by.clock_now = operand.by ? operand.by->clock_now : operand.value;
  by.clock_moves = operand.by ? operand.by->clock_moves : operand.course;
  by.length = operand.by ? operand.by->length + 1 : 1;
  const clock_course moves = moved_by(by, operand.course);
  if (moves == clock_course::irregular) return;
  made.clock = operand.clock;
  made.course = moves;
  made.by = std::make_shared<const course_step>(std::move(by));
}

/// Joins cells without value: unknown goes before error, the fields of several unknowns are united,
/// of several errors the first counts.
class failures {
 public:
  bool any() const { return is_ != outcome::state::value; }

  void add(const cell& c) {
    if (c.good()) return;
    if (is_ == outcome::state::unknown && c.is == outcome::state::unknown) {
      auto both = std::make_shared<no_value>(*why_);
      both->missing.insert(both->missing.end(), c.why->missing.begin(), c.why->missing.end());
      why_ = std::move(both);
    } else if (is_ == outcome::state::value || c.is == outcome::state::unknown) {
      if (is_ == outcome::state::unknown) return;
      is_ = c.is;
      why_ = c.why;
    }
  }

  cell take(expiry until) {
    cell c;
    c.is = is_;
    c.why = std::move(why_);
    c.until = until;
    return c;
  }

 private:
  outcome::state is_ = outcome::state::value;
  std::shared_ptr<const no_value> why_;
};

} // namespace banli::detail::cel
