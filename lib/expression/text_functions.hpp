// text_functions.hpp — the extension library of strings: charAt, indexOf, replace, split, trim …,
// and base64.
//
// Positions count code points, as size() does. Bounds: what makes a text larger than the caller
// allows is not made (limit_exceeded).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <banli/base/result.hpp>
#include <banli/expression/value.hpp>

#include "function_table.hpp"

namespace banli::detail::cel {

/// Functions from char_at to reverse. Errors: evaluation_error (a position outside the text),
/// no_such_overload, limit_exceeded.
result<value> text_function(function f, std::span<const value> args, std::size_t most_bytes);

/// "%d days".format([3]). Clauses: %s %d %f %e %b %o %x %X, %.3f for a precision, %% for the sign
/// itself. Errors: evaluation_error (no such clause, too few arguments, a value that the clause
/// does not take), limit_exceeded.
result<value> format_text(const std::string& pattern, const value::elements& args,
                          std::size_t most_bytes);

/// RFC 4648, with padding; reading takes it or leaves it. Errors: evaluation_error.
std::string base64_encode(std::string_view octets);
result<value> base64_decode(std::string_view text);

} // namespace banli::detail::cel
