// functions.hpp — the standard functions, on values.
#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <span>
#include <string_view>

#include <re2/re2.h>

#include <banli/base/result.hpp>
#include <banli/expression/time_zone.hpp>
#include <banli/expression/value.hpp>

#include "function_table.hpp"

namespace banli::detail::cel {

/// What a call uses besides its operands.
struct call_aids {
  const re2::RE2* pattern = nullptr;  ///< of matches(), when it was compiled beforehand
  const time_zone* zone = nullptr;    ///< of a time function, when it was found beforehand
  const zone_finder* zones = nullptr; ///< those of the host; null: none
  std::size_t most_bytes =
      std::numeric_limits<std::size_t>::max(); ///< of a text; elements of a list
};

/// The zone of a name; null: the host has none of it.
std::shared_ptr<const time_zone> find_zone(const zone_finder* zones, std::string_view name);

/// "'Asia/Shanghay' is no time zone that is known here".
error no_zone(errc code, std::string_view name);

/// Calls a function. A method's operand comes first. Errors: evaluation_error, no_such_overload,
/// limit_exceeded (a text or a list of more than most_bytes).
result<value> call(function f, std::span<const value> args, const call_aids& aids);

} // namespace banli::detail::cel
