// activation.hpp — where an expression reads its fields, and for how long a reading holds.
//
// An activation answers one question: what is in this field now? There are three answers.
//
//   reading::of(20)                       20, until somebody changes it by an event
//   reading::missing()                    nobody has entered it
//   reading::clock(19, tomorrow, rising)  19 now, and something else from `tomorrow` on
//
// A *clock* is a field that changes by time passing alone: working days elapsed, working days left,
// whether it is office hours, now itself. Who reads a clock learns until when the reading holds;
// the evaluation carries that on and says until when its own answer holds. Supervision sleeps until
// then.
//
// Inversion. "elapsed > 16" may change at every midnight by the plain rule, but elapsed working
// days only rise, so it changes once: when they reach 17. A clock that says it is rising (or
// falling) is asked by reaches() for the first instant at which it is at least (at most) a value,
// and the answer is exact:
//
//   elapsed = 3 on 2025-10-13, calendar: next change 2025-10-14 00:00
//   elapsed > 16     false, holds until 2025-10-31 00:00 (reaches 17), not until tomorrow
//
// Rules for whoever implements one:
//   - holds_until is later than now, and the value does not change before it. None means: never by
//     time alone. Where the calendar's knowledge ends, give that end.
//   - a rising clock never falls, a falling clock never rises, neither leaves its kind of value.
//   - reaches() gives none only when the clock never gets there. Where the calendar's knowledge
//   ends
//     before, give that end: early is merely a wasted look, late is a missed hit.
//   - the same field read twice in one evaluation gives the same reading.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <banli/expression/value.hpp>
#include <banli/time/civil.hpp>

namespace banli {

/// Which field is asked for: its slot in the environment, and its canonical path for those who keep
/// their fields by name.
struct field_ref {
  std::uint32_t slot = 0;
  std::string_view path;
};

/// How a clock moves.
enum class clock_course : std::uint8_t {
  irregular, ///< any way; reaches() is not asked
  rising,    ///< never falls; reaches(v) is the first instant at which it is >= v
  falling,   ///< never rises; reaches(v) is the first instant at which it is <= v
};

/// What a field says now.
struct reading {
  std::optional<value> now;           ///< none: the field is missing
  std::optional<instant> holds_until; ///< first instant at which it may differ; none: not by time
  clock_course course = clock_course::irregular;

  static reading of(value v) { return {std::move(v), std::nullopt, clock_course::irregular}; }
  static reading missing() { return {}; }
  static reading clock(value v, std::optional<instant> until, clock_course c) {
    return {std::move(v), until, c};
  }
};

/// A condition that would have to turn for a verdict to differ.
struct condition_turn {
  std::string condition; ///< as the author wrote it: "case.elapsed_workdays > 16"
  std::string needs;     ///< of a comparison, in labels: "办件.已用工作日 <= 16"
  bool becomes = false;  ///< what it would have to be
};

class activation {
 public:
  virtual ~activation() = default;

  virtual reading read(field_ref field) const = 0;

  /// Asked only of fields whose reading is rising or falling. The threshold is of the clock's own
  /// kind (an int for an int clock).
  virtual std::optional<instant> reaches(field_ref field, const value& threshold) const = 0;

  /// Of a bool field that was computed from conditions of its own, as a variable of a rule is: the
  /// fewest of them that would have to turn for it to be the other one; empty where nothing could.
  /// None: the field is such a condition itself. Asked for explanations only.
  virtual std::optional<std::vector<condition_turn>> behind(field_ref field) const;

  /// The fields by slot, where they lie, null where missing; for activations that know all of them
  /// beforehand and have no clocks. Empty: read() is to be asked.
  virtual std::span<const value* const> table() const { return {}; }

 protected:
  activation() = default;
  activation(const activation&) = default;
  activation& operator=(const activation&) = default;
};

} // namespace banli
