// course.hpp — values that follow a clock step by step, and when they get somewhere.
//
// date(now), calendar.workdays_between(start, date(now)), 2 * elapsed - 1: each step only rises or
// only falls while what it takes rises, and so does the whole. Such a value is inverted by
// bisection: the clock's value is sought at which it turns, and the clock is asked when it gets
// there. So a rule that reckons with a calendar expires as exactly as one that reads a clock of
// working days.
//
// A step that fails beyond some value (a calendar ends, a number overflows) turns there.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <banli/expression/activation.hpp>
#include <banli/expression/value.hpp>

#include "function_table.hpp"
#include "syntax.hpp"

namespace banli::detail::cel {

/// One step from a clock to a value: an operator or a function, with all it takes.
struct course_step {
  cel::op op = cel::op::none; ///< none: a function
  cel::function function = cel::function::none;
  std::vector<value> operands;               ///< in their places
  std::size_t moving = 0;                    ///< the one that what comes before gives
  std::shared_ptr<const course_step> before; ///< null: the clock itself
  value clock_now;                           ///< what the clock says
  clock_course clock_moves = clock_course::irregular;
  std::size_t length = 1; ///< this step and those before
};

/// Longer ones are taken for irregular, so that inverting them stays cheap.
inline constexpr std::size_t most_course_steps = 16;

/// How often a clock's value is tried at most while a course is inverted.
inline constexpr std::size_t most_course_trials = 70;

/// How the value of a step moves while its moving operand does as given; irregular where that is
/// not known, of what has no order, and of a course that is too long.
clock_course moved_by(const course_step& s, clock_course operand);

/// What the steps make of a value of the clock. Errors: those of the operators and functions.
result<value> follow(const course_step& s, const value& clock);

/// The furthest value of a kind that a clock could get to; none where the kind has no order.
std::optional<value> furthest(type_kind kind, clock_course course);

/// A predicate over values of a clock that holds now and, once it does not, never again.
using clock_predicate = std::function<bool(const value&)>;

/// The first value of a clock, from now on, at which `still` does not hold; none: it always does,
/// or the kind has no order. Asks at most most_course_trials times.
std::optional<value> first_turn(const value& now, clock_course course,
                                const clock_predicate& still);

} // namespace banli::detail::cel
