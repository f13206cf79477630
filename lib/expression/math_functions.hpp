// math_functions.hpp — the extension library of mathematics: math.greatest, math.round, math.bitAnd
// …
#pragma once

#include <span>

#include <banli/base/result.hpp>
#include <banli/expression/value.hpp>

#include "function_table.hpp"

namespace banli::detail::cel {

/// Functions from greatest to bit_shift_right. Of equal numbers of different kinds the first
/// counts. Errors: evaluation_error (overflow, a negative shift, an empty list), no_such_overload.
result<value> math_function(function f, std::span<const value> args);

} // namespace banli::detail::cel
