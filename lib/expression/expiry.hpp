// expiry.hpp — until when something holds.
//
// Nothing (nullopt) means: for ever, as far as time alone goes.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

#include <banli/expression/activation.hpp>
#include <banli/expression/value.hpp>

#include "course.hpp"
#include "syntax.hpp"

namespace banli::detail::cel {

using expiry = std::optional<instant>;

/// Of two that must both hold.
inline expiry earlier(expiry a, expiry b) {
  if (!a) return b;
  if (!b) return a;
  return std::min(*a, *b);
}

/// Whether a outlasts b.
inline bool later(expiry a, expiry b) { return b && (!a || *a > *b); }

/// What is to come after all days that text can name is never.
inline expiry of_all_time(expiry e) {
  return e && *e >= end_of(last_day) - std::chrono::seconds{1} ? expiry{} : e;
}

/// A clock as it was read, or what follows it.
struct clock_reading {
  field_ref field;
  clock_course course = clock_course::irregular;
  value now;
  expiry next;                     ///< until when `now` holds
  const course_step* by = nullptr; ///< null: `now` is the clock's
};

/// When a clock, or what follows it, stops having a value: where what is known ends. None: never.
expiry goes_away(const clock_reading& clock, const activation& from);

/// Until when `clock o threshold` keeps its answer, the threshold standing still. o is a
/// comparison. None in the outer optional: the clock cannot be inverted for this threshold, and the
/// answer holds as long as the reading.
std::optional<expiry> flip(op o, const clock_reading& clock, const value& threshold,
                           const activation& from);

/// The first instant at which a clock, or what follows it, is at least a value when it rises, at
/// most when it falls, or has no value any more; none: never.
expiry reaches(const clock_reading& clock, const value& threshold, const activation& from);

/// The operator with its sides exchanged: a < b is b > a.
op mirrored(op o);

} // namespace banli::detail::cel
