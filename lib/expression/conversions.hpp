// conversions.hpp — int(), uint(), double(), bool(), string(), bytes(), timestamp(), duration().
#pragma once

#include <optional>

#include <banli/base/result.hpp>
#include <banli/expression/value.hpp>

#include "function_table.hpp"

namespace banli::detail::cel {

/// Errors: evaluation_error (out of range, no such text), no_such_overload.
result<value> convert(function to, const value& v);

} // namespace banli::detail::cel
