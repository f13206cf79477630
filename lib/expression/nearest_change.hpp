// nearest_change.hpp — what would have to turn for a verdict to differ.
//
// Conditions are the leaves of &&, ||, ! and ?: — comparisons, calls, loops, fields that are bools.
// Of an && that is false every operand that is not true must turn; of one that is true any single
// one will do, and the one that asks for the fewest is taken. What a loop looks through is one
// condition.
#pragma once

#include <vector>

#include <banli/expression/program.hpp>

#include "plan.hpp"

namespace banli::detail::cel {

/// Empty when the verdict is no bool, or when nothing could turn it.
std::vector<condition_turn> nearest_change(const plan& p, const activation& from,
                                           const evaluation_limits& limits);

} // namespace banli::detail::cel
