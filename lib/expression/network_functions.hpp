// network_functions.hpp — CEL's network library: ip(), cidr() and what is asked of them.
#pragma once

#include <span>

#include <banli/base/result.hpp>
#include <banli/expression/value.hpp>

#include "function_table.hpp"

namespace banli::detail::cel {

/// From to_ip to prefix_length. Errors: evaluation_error (no address), no_such_overload.
result<value> network_function(function f, std::span<const value> args);

} // namespace banli::detail::cel
