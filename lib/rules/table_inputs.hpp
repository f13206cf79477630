// table_inputs.hpp — the inputs of a decision table as one evaluation reads them, and until when a
// test of one stays as it is.
#pragma once

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "table_plan.hpp"

namespace banli::detail::tables {

using state = outcome::state;

inline std::optional<instant> earlier(std::optional<instant> a, std::optional<instant> b) {
  return !a ? b : !b ? a : std::min(*a, *b);
}
/// None is never, which is later than any.
inline std::optional<instant> later(std::optional<instant> a, std::optional<instant> b) {
  return !a || !b ? std::nullopt : std::optional{std::max(*a, *b)};
}

/// What an input, a cell or a rule says.
struct verdict_of {
  state is = state::value;
  bool holds = false;
  std::set<std::string> missing;
  std::optional<error> why;
  std::optional<instant> until;

  void join(const verdict_of& o) { // of things that all matter
    until = earlier(until, o.until);
    missing.insert(o.missing.begin(), o.missing.end());
    if (!why) why = o.why;
    if (o.is == state::unknown || (o.is == state::error && is == state::value)) is = o.is;
  }
};

/// What an outcome without a value leaves to say; of one with a value, until when.
verdict_of trouble(outcome o);

/// An input as it was read.
struct input_value {
  verdict_of standing;
  value v;
  bool refused = false; ///< a value of another type, or none that the input may have
  std::optional<instant> until;
  clock_course course = clock_course::irregular;
};

/// Reads one input.
input_value read_input(const plan& p, const input_column& c, const activation& from);

/// When an input that rises or falls gets to a value.
std::optional<instant> input_reaches(const plan& p, std::size_t input, const value& threshold,
                                     const activation& from);

/// Until when a test of values gives what it gives now; exact for clocks that rise or fall.
std::optional<instant> test_until(const plan& p, std::size_t input, const unary_test& t,
                                  const input_value& i, const activation& from);

} // namespace banli::detail::tables
