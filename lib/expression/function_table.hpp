// function_table.hpp — the standard functions: their names, what they take, what they give.
//
// One row an overload. The checker reads the rows; the evaluator knows the function only by its id
// and looks at the values, because an argument may be dyn.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/expression/type.hpp>

namespace banli::detail::cel {

enum class function : std::uint8_t {
  none,
  size,
  contains,
  starts_with,
  ends_with,
  matches,
  to_int,
  to_uint,
  to_double,
  to_bool,
  to_string,
  to_bytes,
  to_timestamp,
  to_duration,
  to_type,
  to_dyn,
  full_year,
  month,
  date,
  day_of_month,
  day_of_week,
  day_of_year,
  hours,
  minutes,
  seconds,
  milliseconds,
  char_at, // strings
  index_of,
  last_index_of,
  lower_ascii,
  upper_ascii,
  replace,
  split,
  substring,
  trim,
  join,
  quote,
  format,
  reverse,
  base64_encode,
  base64_decode,
  greatest, // math
  least,
  abs,
  ceil,
  floor,
  round,
  trunc,
  sign,
  sqrt,
  is_nan,
  is_inf,
  is_finite,
  bit_and,
  bit_or,
  bit_xor,
  bit_not,
  bit_shift_left,
  bit_shift_right,
  opt_of, // optionals
  opt_of_non_zero,
  opt_none,
  opt_has_value,
  opt_value,
  opt_or,
  opt_or_value,
  opt_first,
  opt_last,
  opt_unwrap,
  to_ip, // networks
  to_cidr,
  is_ip,
  is_cidr,
  is_canonical,
  family,
  is_unspecified,
  is_loopback,
  is_link_local_multicast,
  is_link_local_unicast,
  is_global_unicast,
  contains_ip,
  contains_cidr,
  ip_of,
  masked,
  prefix_length,
  to_date, // offices
  to_time_limit,
  to_decimal,
  is_workday,
  workdays_between,
  add_workdays,
  due,
  due_at,
  divided_by,
  rounded,
};

enum class call_form : std::uint8_t { global, method };

/// dyn in `takes` stands for anything, list and map for any of their kind. A name with a dot is
/// that of a function in a namespace: math.abs(x).
struct overload {
  std::string_view name;
  call_form form;
  function id;
  std::array<type_kind, 4> takes; ///< a method's operand first
  std::uint8_t count;
  type_kind gives;
  type_kind of = type_kind::dyn; ///< the elements of a list that it gives
};

/// As the checker sees it.
type given_type(const overload& o);

std::span<const overload> overloads();

/// Every name of a form, for suggestions.
std::vector<std::string> function_names(call_form form);

/// "startsWith(string)", or "string.startsWith(string)" for a method.
std::string signature(const overload& o);

} // namespace banli::detail::cel
