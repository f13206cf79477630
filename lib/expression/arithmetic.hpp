// arithmetic.hpp — operators of two values, and the unary minus.
#pragma once

#include <banli/base/result.hpp>
#include <banli/expression/value.hpp>

#include "syntax.hpp"

namespace banli::detail::cel {

/// Not for the logical operators. Errors: evaluation_error (overflow, division by zero, no such
/// key, index out of range), no_such_overload.
result<value> apply(op o, const value& a, const value& b);
result<value> negate(const value& a);

/// The value of a decimal; evaluation_error where there is none: too many digits.
result<value> from_decimal(const std::optional<decimal>& d);

/// "'+' does not work on int, string".
error no_overload(std::string_view what, const value& a, const value& b);
error no_overload(std::string_view what, const value& a);

} // namespace banli::detail::cel
