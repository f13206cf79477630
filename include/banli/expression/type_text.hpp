// type_text.hpp — a type out of its text: the inverse of to_string(type).
//
//   parse_type("int")                     // 64 bits, signed
//   parse_type("list(map(string, dyn))")  // in brackets what it is made of
//   parse_type("list")                    // list(dyn)
//   parse_type("integer")                 // error[bad-value] 'integer' is no type; did you mean
//                                         // 'int'?
//
// Names: bool, int, uint, double, string, bytes, timestamp, duration, null, dyn, type, list(T),
// map(K, V), optional_type(T), net.IP, net.CIDR, date, calendar, time_limit, decimal. Records and
// enumerations have no text: whoever declares them names their parts.
#pragma once

#include <string_view>

#include <banli/base/result.hpp>
#include <banli/expression/type.hpp>

namespace banli {

/// Errors: bad_value, limit_exceeded (more than 100 brackets within each other).
result<type> parse_type(std::string_view text);

} // namespace banli
