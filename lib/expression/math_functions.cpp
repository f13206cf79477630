#include "math_functions.hpp"

#include <cmath>
#include <limits>

#include "arithmetic.hpp"

namespace banli::detail::cel {

namespace {

bool has_number(const value& v) { return v.as_int() || v.as_uint() || v.as_double(); }

result<value> extreme(std::span<const value> args, std::partial_ordering wanted) {
  if (args.size() == 1 && args[0].as_list()) {
    if (args[0].as_list()->empty())
      return make_error(errc::evaluation_error, "an empty list has no greatest or least element",
                        "空列表没有最大或最小的元素");
    args = *args[0].as_list();
  }
  if (args.empty()) return no_overload("math.greatest, math.least", value());
  const value* best = nullptr;
  for (const value& v : args) {
    if (!has_number(v)) return no_overload("math.greatest, math.least", v);
    if (best == nullptr || compare(v, *best) == wanted) best = &v;
  }
  return *best;
}

result<value> rounded(function f, const value& v) {
  const auto d = v.as_double();
  if (!d) return no_overload("math function", v);
  switch (f) {
  case function::ceil: return value(std::ceil(*d));
  case function::floor: return value(std::floor(*d));
  case function::round: return value(std::round(*d));
  case function::trunc: return value(std::trunc(*d));
  case function::is_nan: return value(std::isnan(*d));
  case function::is_inf: return value(std::isinf(*d));
  default: return value(std::isfinite(*d));
  }
}

result<value> absolute(const value& v) {
  if (const auto d = v.as_double()) return value(std::fabs(*d));
  if (v.as_uint()) return v;
  const auto n = v.as_int();
  if (!n) return no_overload("math.abs", v);
  if (*n == std::numeric_limits<std::int64_t>::min())
    return make_error(errc::evaluation_error, "integer overflow", "整数溢出");
  return value(*n < 0 ? -*n : *n);
}

result<value> sign(const value& v) {
  if (const auto d = v.as_double())
    return value(std::isnan(*d) ? *d : *d > 0 ? 1.0 : *d < 0 ? -1.0 : 0.0);
  if (const auto n = v.as_uint()) return value(std::uint64_t{*n > 0 ? 1U : 0U});
  if (const auto n = v.as_int()) return value(std::int64_t{*n > 0 ? 1 : *n < 0 ? -1 : 0});
  return no_overload("math.sign", v);
}

result<value> square_root(const value& v) {
  if (const auto d = v.as_double()) return value(std::sqrt(*d));
  if (const auto n = v.as_int()) return value(std::sqrt(static_cast<double>(*n)));
  if (const auto n = v.as_uint()) return value(std::sqrt(static_cast<double>(*n)));
  return no_overload("math.sqrt", v);
}

std::uint64_t combined(function f, std::uint64_t a, std::uint64_t b) {
  return f == function::bit_and ? a & b : f == function::bit_or ? a | b : a ^ b;
}

result<value> bits(function f, const value& a, const value& b) {
  if (a.as_int() && b.as_int())
    return value(static_cast<std::int64_t>(combined(f, static_cast<std::uint64_t>(*a.as_int()),
                                                    static_cast<std::uint64_t>(*b.as_int()))));
  if (a.as_uint() && b.as_uint()) return value(combined(f, *a.as_uint(), *b.as_uint()));
  return no_overload("math bit function", a, b);
}

/// To the right zeros come in, whatever the sign.
result<value> shifted(function f, const value& a, const value& by) {
  const auto n = by.as_int();
  if ((!a.as_int() && !a.as_uint()) || !n) return no_overload("math bit function", a, by);
  if (*n < 0)
    return make_error(errc::evaluation_error, "a shift by a negative number: {}",
                      "移位的位数为负:{}", *n);
  const std::uint64_t from = a.as_uint() ? *a.as_uint() : static_cast<std::uint64_t>(*a.as_int());
  const std::uint64_t to = *n >= 64                        ? 0
                           : f == function::bit_shift_left ? from << static_cast<unsigned>(*n)
                                                           : from >> static_cast<unsigned>(*n);
  return a.as_uint() ? value(to) : value(static_cast<std::int64_t>(to));
}

} // namespace

result<value> math_function(function f, std::span<const value> args) {
  if (f == function::greatest) return extreme(args, std::partial_ordering::greater);
  if (f == function::least) return extreme(args, std::partial_ordering::less);
  const bool two = f >= function::bit_and && f != function::bit_not;
  if (args.size() != (two ? 2U : 1U))
    return no_overload("math function", args.empty() ? value() : args[0]);
  if (f == function::bit_shift_left || f == function::bit_shift_right)
    return shifted(f, args[0], args[1]);
  if (two) return bits(f, args[0], args[1]);
  switch (f) {
  case function::abs: return absolute(args[0]);
  case function::sign: return sign(args[0]);
  case function::sqrt: return square_root(args[0]);
  case function::bit_not:
    if (const auto n = args[0].as_int()) return value(~*n);
    if (const auto n = args[0].as_uint()) return value(~*n);
    return no_overload("math.bitNot", args[0]);
  default: return rounded(f, args[0]);
  }
}

} // namespace banli::detail::cel
