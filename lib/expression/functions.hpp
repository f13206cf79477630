// functions.hpp — the standard functions, on values.
#pragma once

#include <cstddef>
#include <span>

#include <re2/re2.h>

#include <banli/base/result.hpp>
#include <banli/expression/value.hpp>

#include "function_table.hpp"

namespace banli::detail::cel {

/// Calls a function. A method's operand comes first. The pattern is that of matches() when it was
/// compiled beforehand, else null. Errors: evaluation_error, no_such_overload, limit_exceeded (a
/// text of more than most_bytes, a list of more elements than that).
result<value> call(function f, std::span<const value> args, const re2::RE2* pattern,
                   std::size_t most_bytes);

} // namespace banli::detail::cel
