#include "function_table.hpp"

#include <algorithm>

namespace banli::detail::cel {

namespace function_rows {

using enum type_kind;
constexpr call_form global = call_form::global;
constexpr call_form method = call_form::method;
using f = function;

constexpr overload rows[] = {
    {"size", global, f::size, {string}, 1, integer},
    {"size", global, f::size, {bytes}, 1, integer},
    {"size", global, f::size, {list}, 1, integer},
    {"size", global, f::size, {map}, 1, integer},
    {"size", method, f::size, {string}, 1, integer},
    {"size", method, f::size, {bytes}, 1, integer},
    {"size", method, f::size, {list}, 1, integer},
    {"size", method, f::size, {map}, 1, integer},

    {"contains", method, f::contains, {string, string}, 2, boolean},
    {"startsWith", method, f::starts_with, {string, string}, 2, boolean},
    {"endsWith", method, f::ends_with, {string, string}, 2, boolean},
    {"matches", method, f::matches, {string, string}, 2, boolean},
    {"matches", global, f::matches, {string, string}, 2, boolean},

    {"int", global, f::to_int, {integer}, 1, integer},
    {"int", global, f::to_int, {uinteger}, 1, integer},
    {"int", global, f::to_int, {real}, 1, integer},
    {"int", global, f::to_int, {string}, 1, integer},
    {"int", global, f::to_int, {timestamp}, 1, integer},
    {"uint", global, f::to_uint, {integer}, 1, uinteger},
    {"uint", global, f::to_uint, {uinteger}, 1, uinteger},
    {"uint", global, f::to_uint, {real}, 1, uinteger},
    {"uint", global, f::to_uint, {string}, 1, uinteger},
    {"double", global, f::to_double, {integer}, 1, real},
    {"double", global, f::to_double, {uinteger}, 1, real},
    {"double", global, f::to_double, {real}, 1, real},
    {"double", global, f::to_double, {string}, 1, real},
    {"double", global, f::to_double, {decimal}, 1, real},
    {"bool", global, f::to_bool, {boolean}, 1, boolean},
    {"bool", global, f::to_bool, {string}, 1, boolean},
    {"string", global, f::to_string, {boolean}, 1, string},
    {"string", global, f::to_string, {integer}, 1, string},
    {"string", global, f::to_string, {uinteger}, 1, string},
    {"string", global, f::to_string, {real}, 1, string},
    {"string", global, f::to_string, {string}, 1, string},
    {"string", global, f::to_string, {bytes}, 1, string},
    {"string", global, f::to_string, {timestamp}, 1, string},
    {"string", global, f::to_string, {duration}, 1, string},
    {"string", global, f::to_string, {address}, 1, string},
    {"string", global, f::to_string, {network}, 1, string},
    {"string", global, f::to_string, {date}, 1, string},
    {"string", global, f::to_string, {decimal}, 1, string},
    {"string", global, f::to_string, {time_limit}, 1, string},
    {"bytes", global, f::to_bytes, {bytes}, 1, bytes},
    {"bytes", global, f::to_bytes, {string}, 1, bytes},
    {"timestamp", global, f::to_timestamp, {timestamp}, 1, timestamp},
    {"timestamp", global, f::to_timestamp, {string}, 1, timestamp},
    {"timestamp", global, f::to_timestamp, {integer}, 1, timestamp},
    {"timestamp", global, f::to_timestamp, {date}, 1, timestamp},
    {"duration", global, f::to_duration, {duration}, 1, duration},
    {"duration", global, f::to_duration, {string}, 1, duration},
    {"duration", global, f::to_duration, {integer}, 1, duration},
    {"type", global, f::to_type, {dyn}, 1, type},
    {"dyn", global, f::to_dyn, {dyn}, 1, dyn},

    {"getFullYear", method, f::full_year, {timestamp}, 1, integer},
    {"getFullYear", method, f::full_year, {timestamp, string}, 2, integer},
    {"getFullYear", method, f::full_year, {date}, 1, integer},
    {"getMonth", method, f::month, {timestamp}, 1, integer},
    {"getMonth", method, f::month, {timestamp, string}, 2, integer},
    {"getMonth", method, f::month, {date}, 1, integer},
    {"getDate", method, f::date, {timestamp}, 1, integer},
    {"getDate", method, f::date, {timestamp, string}, 2, integer},
    {"getDate", method, f::date, {date}, 1, integer},
    {"getDayOfMonth", method, f::day_of_month, {timestamp}, 1, integer},
    {"getDayOfMonth", method, f::day_of_month, {timestamp, string}, 2, integer},
    {"getDayOfMonth", method, f::day_of_month, {date}, 1, integer},
    {"getDayOfWeek", method, f::day_of_week, {timestamp}, 1, integer},
    {"getDayOfWeek", method, f::day_of_week, {timestamp, string}, 2, integer},
    {"getDayOfWeek", method, f::day_of_week, {date}, 1, integer},
    {"getDayOfYear", method, f::day_of_year, {timestamp}, 1, integer},
    {"getDayOfYear", method, f::day_of_year, {timestamp, string}, 2, integer},
    {"getDayOfYear", method, f::day_of_year, {date}, 1, integer},
    {"getHours", method, f::hours, {timestamp}, 1, integer},
    {"getHours", method, f::hours, {timestamp, string}, 2, integer},
    {"getHours", method, f::hours, {duration}, 1, integer},
    {"getMinutes", method, f::minutes, {timestamp}, 1, integer},
    {"getMinutes", method, f::minutes, {timestamp, string}, 2, integer},
    {"getMinutes", method, f::minutes, {duration}, 1, integer},
    {"getSeconds", method, f::seconds, {timestamp}, 1, integer},
    {"getSeconds", method, f::seconds, {timestamp, string}, 2, integer},
    {"getSeconds", method, f::seconds, {duration}, 1, integer},
    {"getMilliseconds", method, f::milliseconds, {timestamp}, 1, integer},
    {"getMilliseconds", method, f::milliseconds, {timestamp, string}, 2, integer},
    {"getMilliseconds", method, f::milliseconds, {duration}, 1, integer},

    {"charAt", method, f::char_at, {string, integer}, 2, string},
    {"indexOf", method, f::index_of, {string, string}, 2, integer},
    {"indexOf", method, f::index_of, {string, string, integer}, 3, integer},
    {"lastIndexOf", method, f::last_index_of, {string, string}, 2, integer},
    {"lastIndexOf", method, f::last_index_of, {string, string, integer}, 3, integer},
    {"lowerAscii", method, f::lower_ascii, {string}, 1, string},
    {"upperAscii", method, f::upper_ascii, {string}, 1, string},
    {"replace", method, f::replace, {string, string, string}, 3, string},
    {"replace", method, f::replace, {string, string, string, integer}, 4, string},
    {"split", method, f::split, {string, string}, 2, list, string},
    {"split", method, f::split, {string, string, integer}, 3, list, string},
    {"substring", method, f::substring, {string, integer}, 2, string},
    {"substring", method, f::substring, {string, integer, integer}, 3, string},
    {"trim", method, f::trim, {string}, 1, string},
    {"join", method, f::join, {list}, 1, string},
    {"join", method, f::join, {list, string}, 2, string},
    {"format", method, f::format, {string, list}, 2, string},
    {"reverse", method, f::reverse, {string}, 1, string},
    {"strings.quote", global, f::quote, {string}, 1, string},
    {"base64.encode", global, f::base64_encode, {bytes}, 1, string},
    {"base64.decode", global, f::base64_decode, {string}, 1, bytes},

    // greatest and least take any number of numbers, or a list of them; see calls.cpp.
    {"math.greatest", global, f::greatest, {dyn}, 1, dyn},
    {"math.least", global, f::least, {dyn}, 1, dyn},
    {"math.abs", global, f::abs, {integer}, 1, integer},
    {"math.abs", global, f::abs, {uinteger}, 1, uinteger},
    {"math.abs", global, f::abs, {real}, 1, real},
    {"math.ceil", global, f::ceil, {real}, 1, real},
    {"math.floor", global, f::floor, {real}, 1, real},
    {"math.round", global, f::round, {real}, 1, real},
    {"math.trunc", global, f::trunc, {real}, 1, real},
    {"math.sign", global, f::sign, {integer}, 1, integer},
    {"math.sign", global, f::sign, {uinteger}, 1, uinteger},
    {"math.sign", global, f::sign, {real}, 1, real},
    {"math.sqrt", global, f::sqrt, {integer}, 1, real},
    {"math.sqrt", global, f::sqrt, {uinteger}, 1, real},
    {"math.sqrt", global, f::sqrt, {real}, 1, real},
    {"math.isNaN", global, f::is_nan, {real}, 1, boolean},
    {"math.isInf", global, f::is_inf, {real}, 1, boolean},
    {"math.isFinite", global, f::is_finite, {real}, 1, boolean},
    {"math.bitAnd", global, f::bit_and, {integer, integer}, 2, integer},
    {"math.bitAnd", global, f::bit_and, {uinteger, uinteger}, 2, uinteger},
    {"math.bitOr", global, f::bit_or, {integer, integer}, 2, integer},
    {"math.bitOr", global, f::bit_or, {uinteger, uinteger}, 2, uinteger},
    {"math.bitXor", global, f::bit_xor, {integer, integer}, 2, integer},
    {"math.bitXor", global, f::bit_xor, {uinteger, uinteger}, 2, uinteger},
    {"math.bitNot", global, f::bit_not, {integer}, 1, integer},
    {"math.bitNot", global, f::bit_not, {uinteger}, 1, uinteger},
    {"math.bitShiftLeft", global, f::bit_shift_left, {integer, integer}, 2, integer},
    {"math.bitShiftLeft", global, f::bit_shift_left, {uinteger, integer}, 2, uinteger},
    {"math.bitShiftRight", global, f::bit_shift_right, {integer, integer}, 2, integer},
    {"math.bitShiftRight", global, f::bit_shift_right, {uinteger, integer}, 2, uinteger},

    // What these give depends on what they take; see calls.cpp.
    {"optional.of", global, f::opt_of, {dyn}, 1, optional},
    {"optional.ofNonZeroValue", global, f::opt_of_non_zero, {dyn}, 1, optional},
    {"optional.none", global, f::opt_none, {}, 0, optional},
    {"hasValue", method, f::opt_has_value, {optional}, 1, boolean},
    {"value", method, f::opt_value, {optional}, 1, dyn},
    {"or", method, f::opt_or, {optional, optional}, 2, optional},
    {"orValue", method, f::opt_or_value, {optional, dyn}, 2, dyn},
    {"first", method, f::opt_first, {list}, 1, optional},
    {"last", method, f::opt_last, {list}, 1, optional},
    {"optional.unwrap", global, f::opt_unwrap, {list}, 1, list},
    {"unwrapOpt", method, f::opt_unwrap, {list}, 1, list},

    {"ip", global, f::to_ip, {string}, 1, address},
    {"cidr", global, f::to_cidr, {string}, 1, network},
    {"isIP", global, f::is_ip, {string}, 1, boolean},
    {"isCIDR", global, f::is_cidr, {string}, 1, boolean},
    {"ip.isCanonical", global, f::is_canonical, {string}, 1, boolean},
    {"family", method, f::family, {address}, 1, integer},
    {"isUnspecified", method, f::is_unspecified, {address}, 1, boolean},
    {"isLoopback", method, f::is_loopback, {address}, 1, boolean},
    {"isLinkLocalMulticast", method, f::is_link_local_multicast, {address}, 1, boolean},
    {"isLinkLocalUnicast", method, f::is_link_local_unicast, {address}, 1, boolean},
    {"isGlobalUnicast", method, f::is_global_unicast, {address}, 1, boolean},
    {"containsIP", method, f::contains_ip, {network, address}, 2, boolean},
    {"containsIP", method, f::contains_ip, {network, string}, 2, boolean},
    {"containsCIDR", method, f::contains_cidr, {network, network}, 2, boolean},
    {"containsCIDR", method, f::contains_cidr, {network, string}, 2, boolean},
    {"ip", method, f::ip_of, {network}, 1, address},
    {"masked", method, f::masked, {network}, 1, network},
    {"prefixLength", method, f::prefix_length, {network}, 1, integer},

    {"date", global, f::to_date, {date}, 1, date},
    {"date", global, f::to_date, {string}, 1, date},
    {"date", global, f::to_date, {timestamp}, 1, date},
    {"time_limit", global, f::to_time_limit, {string}, 1, time_limit},
    {"time_limit", global, f::to_time_limit, {time_limit}, 1, time_limit},
    {"decimal", global, f::to_decimal, {decimal}, 1, decimal},
    {"decimal", global, f::to_decimal, {string}, 1, decimal},
    {"decimal", global, f::to_decimal, {integer}, 1, decimal},
    {"is_workday", method, f::is_workday, {calendar, date}, 2, boolean},
    {"is_workday", method, f::is_workday, {calendar, timestamp}, 2, boolean},
    {"workdays_between", method, f::workdays_between, {calendar, date, date}, 3, integer},
    {"workdays_between", global, f::workdays_between, {calendar, date, date}, 3, integer},
    {"add_workdays", method, f::add_workdays, {calendar, date, integer}, 3, date},
    {"add_workdays", global, f::add_workdays, {calendar, date, integer}, 3, date},
    {"due", method, f::due, {calendar, time_limit, date}, 3, date},
    {"due", method, f::due, {calendar, time_limit, timestamp}, 3, date},
    {"due", global, f::due, {calendar, time_limit, date}, 3, date},
    {"due", global, f::due, {calendar, time_limit, timestamp}, 3, date},
    {"due_at", method, f::due_at, {calendar, time_limit, date}, 3, timestamp},
    {"due_at", method, f::due_at, {calendar, time_limit, timestamp}, 3, timestamp},
    {"divided_by", method, f::divided_by, {decimal, decimal, integer}, 3, decimal},
    {"divided_by", method, f::divided_by, {decimal, integer, integer}, 3, decimal},
    {"round", method, f::rounded, {decimal, integer}, 2, decimal},
};

} // namespace function_rows

std::span<const overload> overloads() { return function_rows::rows; }

std::vector<std::string> function_names(call_form form) {
  std::vector<std::string> names;
  for (const overload& o : function_rows::rows)
    if (o.form == form && (names.empty() || names.back() != o.name)) names.emplace_back(o.name);
  return names;
}

banli::type given_type(const overload& o) {
  return o.gives == type_kind::list ? banli::type::list_of(o.of) : banli::type{o.gives};
}

std::string signature(const overload& o) {
  if (o.id == function::greatest || o.id == function::least)
    return std::string(o.name) + "(numbers), or of a list of numbers";
  std::string out;
  std::size_t first = 0;
  const auto kind_name = [](type_kind k) -> std::string {
    if (k == type_kind::optional) return "optional";
    return k == type_kind::list ? "list" : k == type_kind::map ? "map" : to_string(banli::type{k});
  };
  if (o.form == call_form::method) {
    out = kind_name(o.takes[0]) + ".";
    first = 1;
  }
  out += std::string(o.name) + "(";
  for (std::size_t i = first; i < o.count; ++i) {
    if (i > first) out += ", ";
    out += kind_name(o.takes[i]);
  }
  return out + ")";
}

} // namespace banli::detail::cel
