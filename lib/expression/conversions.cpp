#include "conversions.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include <banli/time/text.hpp>

#include "arithmetic.hpp"
#include "text.hpp"
#include "time_text.hpp"

namespace banli::detail::cel {

namespace {

error cannot(std::string_view to, const value& v) {
  return make_error(errc::evaluation_error, "{1} cannot be converted to {0}", "{1} 不能转换为 {0}",
                    to, to_text(v));
}

template <class T>
std::optional<T> number_in(std::string_view s) {
  if (s.starts_with('+')) {
    s.remove_prefix(1);
    if (s.starts_with('-')) return std::nullopt;
  }
  T n{};
  const auto read = std::from_chars(s.data(), s.data() + s.size(), n);
  if (read.ec != std::errc{} || read.ptr != s.data() + s.size()) return std::nullopt;
  return n;
}

result<value> to_int(const value& v) {
  if (v.as_int()) return v;
  if (const auto n = v.as_uint();
      n && *n <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
    return value(static_cast<std::int64_t>(*n));
  // The ends are excluded: as doubles they stand for numbers that lie outside, too.
  if (const auto d = v.as_double(); d && *d > -9223372036854775808.0 && *d < 9223372036854775808.0)
    return value(static_cast<std::int64_t>(*d));
  if (const auto t = v.as_timestamp())
    return value(std::int64_t{t->second.time_since_epoch().count()});
  if (const auto* s = v.as_string())
    if (const auto n = number_in<std::int64_t>(*s)) return value(*n);
  if (v.as_string() || v.as_uint() || v.as_double()) return cannot("int", v);
  return no_overload("int", v);
}

result<value> to_uint(const value& v) {
  if (v.as_uint()) return v;
  if (const auto n = v.as_int(); n && *n >= 0) return value(static_cast<std::uint64_t>(*n));
  if (const auto d = v.as_double(); d && *d > -1 && *d < 18446744073709551616.0)
    return value(static_cast<std::uint64_t>(*d));
  if (const auto* s = v.as_string())
    if (const auto n = number_in<std::uint64_t>(*s)) return value(*n);
  if (v.as_string() || v.as_int() || v.as_double()) return cannot("uint", v);
  return no_overload("uint", v);
}

result<value> to_double(const value& v) {
  if (v.as_double()) return v;
  if (const auto n = v.as_int()) return value(static_cast<double>(*n));
  if (const auto n = v.as_uint()) return value(static_cast<double>(*n));
  if (const auto d = v.as_decimal()) return value(banli::to_double(*d));
  if (!v.as_string()) return no_overload("double", v);
  if (const auto d = number_in<double>(*v.as_string())) return value(*d);
  return cannot("double", v);
}

result<value> to_bool(const value& v) {
  if (v.as_bool()) return v;
  static constexpr std::array yes =
      std::to_array<std::string_view>({"1", "t", "T", "true", "TRUE", "True"});
  static constexpr std::array no =
      std::to_array<std::string_view>({"0", "f", "F", "false", "FALSE", "False"});
  if (!v.as_string()) return no_overload("bool", v);
  const std::string_view s = *v.as_string();
  if (std::ranges::find(yes, s) != yes.end()) return value(true);
  if (std::ranges::find(no, s) != no.end()) return value(false);
  return cannot("bool", v);
}

std::string double_words(double d) {
  if (std::isnan(d)) return "NaN";
  if (std::isinf(d)) return d > 0 ? "+Inf" : "-Inf";
  return fmt::format("{}", d);
}

result<value> to_string_value(const value& v) {
  if (v.as_string()) return v;
  if (const auto b = v.as_bool()) return value(*b ? "true" : "false");
  if (const auto n = v.as_int()) return value(fmt::format("{}", *n));
  if (const auto n = v.as_uint()) return value(fmt::format("{}", *n));
  if (const auto d = v.as_double()) return value(double_words(*d));
  if (const auto t = v.as_timestamp()) return value(to_text(*t));
  if (const auto d = v.as_duration()) return value(to_text(*d));
  if (const auto* a = v.as_address()) return value(banli::to_string(*a));
  if (const auto* n = v.as_network()) return value(banli::to_string(*n));
  if (const auto d = v.as_date()) return value(banli::to_text(*d));
  if (const auto d = v.as_decimal()) return value(banli::to_string(*d));
  if (const auto t = v.as_time_limit()) return value(banli::to_text(*t));
  if (!v.as_bytes()) return no_overload("string", v);
  if (!is_utf8(*v.as_bytes()))
    return make_error(errc::evaluation_error, "the bytes are not UTF-8", "字节内容不是 UTF-8");
  return value(*v.as_bytes());
}

result<value> to_timestamp_value(const value& v) {
  if (v.as_timestamp()) return v;
  if (const auto d = v.as_date()) return value(timestamp{instant{*d}, {}});
  if (const auto n = v.as_int()) {
    constexpr std::int64_t far = 1'000'000'000'000;
    if (*n < -far || *n > far) return cannot("timestamp", v);
    const timestamp t{instant{std::chrono::seconds{*n}}, {}};
    if (!in_range(t)) return cannot("timestamp", v);
    return value(t);
  }
  if (!v.as_string()) return no_overload("timestamp", v);
  if (const auto t = parse_timestamp(*v.as_string())) return value(*t);
  return cannot("timestamp", v);
}

result<value> to_duration_value(const value& v) {
  if (v.as_duration()) return v;
  if (const auto n = v.as_int()) {
    std::int64_t ns = 0;
    if (__builtin_mul_overflow(*n, std::int64_t{1'000'000'000}, &ns)) return cannot("duration", v);
    return value(std::chrono::nanoseconds{ns});
  }
  if (!v.as_string()) return no_overload("duration", v);
  if (const auto d = parse_duration(*v.as_string())) return value(*d);
  return cannot("duration", v);
}

} // namespace

result<value> convert(function to, const value& v) {
  switch (to) {
  case function::to_int: return to_int(v);
  case function::to_uint: return to_uint(v);
  case function::to_double: return to_double(v);
  case function::to_bool: return to_bool(v);
  case function::to_string: return to_string_value(v);
  case function::to_bytes:
    if (v.as_bytes()) return v;
    if (v.as_string()) return value::bytes(*v.as_string());
    return no_overload("bytes", v);
  case function::to_timestamp: return to_timestamp_value(v);
  case function::to_duration: return to_duration_value(v);
  case function::to_type: return value::type_named(runtime_type_name(v));
  default: return v;
  }
}

} // namespace banli::detail::cel
