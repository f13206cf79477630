// How values are shown, and what their runtime types are called.
#include <cmath>
#include <string>

#include <fmt/format.h>

#include <banli/expression/value.hpp>
#include <banli/time/text.hpp>

#include "text.hpp"
#include "time_text.hpp"

namespace banli {

namespace {

/// A double that cannot be taken for an int: "1.0", not "1".
std::string double_text(double d) {
  if (std::isnan(d)) return "double(\"NaN\")";
  if (std::isinf(d)) return d > 0 ? "double(\"Infinity\")" : "double(\"-Infinity\")";
  std::string s = fmt::format("{}", d);
  if (s.find_first_of(".e") == std::string::npos) s += ".0";
  return s;
}

std::string list_text(const value::elements& all) {
  std::string out = "[";
  for (const value& v : all) {
    if (out.size() > 1) out += ", ";
    out += to_text(v);
  }
  return out + "]";
}

std::string map_text(const value::entries& all) {
  std::string out = "{";
  for (const auto& [key, mapped] : all) {
    if (out.size() > 1) out += ", ";
    out += to_text(key) + ": " + to_text(mapped);
  }
  return out + "}";
}

} // namespace

std::string to_text(const value& v) {
  switch (v.kind()) {
  case type_kind::boolean: return *v.as_bool() ? "true" : "false";
  case type_kind::integer: return fmt::format("{}", *v.as_int());
  case type_kind::uinteger: return fmt::format("{}u", *v.as_uint());
  case type_kind::real: return double_text(*v.as_double());
  case type_kind::string: return detail::cel::quoted(*v.as_string());
  case type_kind::bytes: return detail::cel::quoted_bytes(*v.as_bytes());
  case type_kind::timestamp:
    return fmt::format("timestamp(\"{}\")", detail::cel::to_text(*v.as_timestamp()));
  case type_kind::duration:
    return fmt::format("duration(\"{}\")", detail::cel::to_text(*v.as_duration()));
  case type_kind::list: return list_text(*v.as_list());
  case type_kind::map: return map_text(*v.as_map());
  case type_kind::type: return *v.as_type_name();
  case type_kind::optional:
    return v.held() ? "optional.of(" + to_text(*v.held()) + ")" : "optional.none()";
  case type_kind::address: return fmt::format("ip(\"{}\")", to_string(*v.as_address()));
  case type_kind::network: return fmt::format("cidr(\"{}\")", to_string(*v.as_network()));
  case type_kind::date: return fmt::format("date(\"{}\")", to_text(*v.as_date()));
  case type_kind::decimal: return fmt::format("decimal(\"{}\")", to_string(*v.as_decimal()));
  case type_kind::time_limit: return fmt::format("time_limit(\"{}\")", to_text(*v.as_time_limit()));
  case type_kind::calendar: return "calendar";
  default: return "null";
  }
}

std::string runtime_type_name(const value& v) {
  switch (v.kind()) {
  case type_kind::timestamp: return "google.protobuf.Timestamp";
  case type_kind::duration: return "google.protobuf.Duration";
  case type_kind::list: return "list";
  case type_kind::map: return "map";
  case type_kind::optional: return "optional_type";
  default: return to_string(type{v.kind()});
  }
}

} // namespace banli
