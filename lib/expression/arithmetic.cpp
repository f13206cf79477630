#include "arithmetic.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

#include "text.hpp"
#include "time_text.hpp"

namespace banli::detail::cel {

namespace {

error overflow() {
  return make_error(errc::evaluation_error, "the number does not fit into 64 bits",
                    "数值超出 64 位范围");
}

error zero() { return make_error(errc::evaluation_error, "division by zero", "除数为零"); }

error out_of_time() {
  return make_error(errc::evaluation_error, "the time is out of range", "时间超出范围");
}

/// Arithmetic of whole numbers of either kind, with its bounds.
template <class Int>
result<value> integer(op o, Int a, Int b) {
  Int r = 0;
  switch (o) {
  case op::add:
    if (__builtin_add_overflow(a, b, &r)) return overflow();
    return value(r);
  case op::subtract:
    if (__builtin_sub_overflow(a, b, &r)) return overflow();
    return value(r);
  case op::multiply:
    if (__builtin_mul_overflow(a, b, &r)) return overflow();
    return value(r);
  default:
    if (b == 0) return zero();
    if constexpr (std::is_signed_v<Int>)
      if (a == std::numeric_limits<Int>::min() && b == -1) return overflow();
    return value(o == op::divide ? a / b : a % b);
  }
}

result<value> real_result(op o, double a, double b) {
  switch (o) {
  case op::add: return value(a + b);
  case op::subtract: return value(a - b);
  case op::multiply: return value(a * b);
  case op::divide: return value(a / b);
  default: return no_overload("%", value(a), value(b));
  }
}

std::optional<double> promoted(const value& v) {
  if (const auto d = v.as_double()) return d;
  if (const auto n = v.as_int()) return static_cast<double>(*n);
  if (const auto n = v.as_uint()) return static_cast<double>(*n);
  return std::nullopt;
}

result<value> time_sum(const timestamp& t, std::chrono::nanoseconds d) {
  const auto sum = add(t, d);
  if (!sum) return out_of_time();
  return value(*sum);
}

/// A number of days after a day.
result<value> moved(day d, std::int64_t days) {
  constexpr std::int64_t far = 10'000'000;
  if (days < -far || days > far) return out_of_time();
  const day moved = d + std::chrono::days{days};
  if (moved < first_day || moved > last_day) return out_of_time();
  return value(moved);
}

result<value> sum(const value& a, const value& b) {
  if (a.as_string() && b.as_string()) return value(*a.as_string() + *b.as_string());
  if (a.as_bytes() && b.as_bytes()) return value::bytes(*a.as_bytes() + *b.as_bytes());
  if (a.as_list() && b.as_list()) {
    value::elements all = *a.as_list();
    all.insert(all.end(), b.as_list()->begin(), b.as_list()->end());
    return value::list(std::move(all));
  }
  if (a.as_timestamp() && b.as_duration()) return time_sum(*a.as_timestamp(), *b.as_duration());
  if (a.as_duration() && b.as_timestamp()) return time_sum(*b.as_timestamp(), *a.as_duration());
  if (a.as_date() && b.as_int()) return moved(*a.as_date(), *b.as_int());
  if (a.as_int() && b.as_date()) return moved(*b.as_date(), *a.as_int());
  return no_overload("+", a, b);
}

result<value> difference(const value& a, const value& b) {
  if (a.as_timestamp() && b.as_timestamp()) {
    const auto d = subtract(*a.as_timestamp(), *b.as_timestamp());
    if (!d) return out_of_time();
    return value(*d);
  }
  if (a.as_timestamp() && b.as_duration()) {
    if (*b.as_duration() == std::chrono::nanoseconds::min()) return out_of_time();
    return time_sum(*a.as_timestamp(), -*b.as_duration());
  }
  if (a.as_date() && b.as_date()) return value((*a.as_date() - *b.as_date()).count());
  if (a.as_date() && b.as_int()) {
    if (*b.as_int() == std::numeric_limits<std::int64_t>::min()) return out_of_time();
    return moved(*a.as_date(), -*b.as_int());
  }
  return no_overload("-", a, b);
}

/// A decimal or a whole number as a decimal.
std::optional<decimal> exact(const value& v) {
  if (const auto d = v.as_decimal()) return d;
  if (const auto n = v.as_int()) return decimal{*n, 0};
  return std::nullopt;
}

result<value> decimals(op o, const value& a, const value& b) {
  const auto x = exact(a);
  const auto y = exact(b);
  if (!x || !y) return no_overload(spelling(o), a, b);
  switch (o) {
  case op::add: return from_decimal(add(*x, *y));
  case op::subtract: return from_decimal(subtract(*x, *y));
  case op::multiply: return from_decimal(multiply(*x, *y));
  default: return no_overload(spelling(o), a, b);
  }
}

result<value> arithmetic(op o, const value& a, const value& b) {
  if (a.as_int() && b.as_int()) return integer(o, *a.as_int(), *b.as_int());
  if (a.as_decimal() || b.as_decimal()) return decimals(o, a, b);
  if (a.as_uint() && b.as_uint()) return integer(o, *a.as_uint(), *b.as_uint());
  if (a.as_double() || b.as_double())
    if (const auto x = promoted(a), y = promoted(b); x && y) return real_result(o, *x, *y);
  if (a.as_duration() && b.as_duration() && (o == op::add || o == op::subtract)) {
    const auto d = integer(o, a.as_duration()->count(), b.as_duration()->count());
    if (!d) return out_of_time();
    return value(std::chrono::nanoseconds{*d->as_int()});
  }
  if (o == op::add) return sum(a, b);
  if (o == op::subtract) return difference(a, b);
  return no_overload(spelling(o), a, b);
}

result<value> ordered(op o, const value& a, const value& b) {
  const auto order = compare(a, b);
  if (!order) return no_overload(spelling(o), a, b);
  switch (o) {
  case op::less: return value(*order < 0);
  case op::less_equal: return value(*order <= 0);
  case op::greater: return value(*order > 0);
  default: return value(*order >= 0);
  }
}

error no_key(const value& key) {
  return make_error(errc::evaluation_error, "no such key: {}", "没有键 {}", to_text(key));
}

/// The whole number a list is indexed with: an int, a uint, a double without fraction.
std::optional<std::int64_t> position(const value& v) {
  if (const auto n = v.as_int()) return n;
  if (const auto n = v.as_uint())
    return static_cast<std::int64_t>(
        std::min<std::uint64_t>(*n, std::numeric_limits<std::int64_t>::max()));
  if (const auto d = v.as_double(); d && std::abs(*d) < 9e15 && std::floor(*d) == *d)
    return static_cast<std::int64_t>(*d);
  return std::nullopt;
}

/// a[key]; null where there is no such element or key.
result<const value*> element(const value& a, const value& key) {
  if (a.as_map()) return a.find(key);
  if (!a.as_list()) return no_overload("[]", a, key);
  const auto i = position(key);
  if (!i) return no_overload("[]", a, key);
  const bool inside = *i >= 0 && *i < static_cast<std::int64_t>(a.as_list()->size());
  return inside ? &(*a.as_list())[static_cast<std::size_t>(*i)] : nullptr;
}

/// a[?key], and a[key] of an optional.
result<value> optionally_indexed(const value& a, const value& key) {
  if (a.kind() == type_kind::optional && !a.held()) return a;
  const auto found = element(a.held() ? *a.held() : a, key);
  if (!found) return found.error();
  if (!*found) return value::optional_none();
  return (*found)->kind() == type_kind::optional ? **found : value::optional_of(**found);
}

result<value> indexed(const value& a, const value& key) {
  if (a.kind() == type_kind::optional) return optionally_indexed(a, key);
  const auto found = element(a, key);
  if (!found) return found.error();
  if (*found) return **found;
  if (a.as_map()) return no_key(key);
  return make_error(errc::evaluation_error, "index {} is outside the list of {}",
                    "下标 {} 超出列表范围(共 {} 项)", *position(key), a.as_list()->size());
}

result<value> contained(const value& a, const value& b) {
  if (const auto* l = b.as_list()) return value(std::ranges::find(*l, a) != l->end());
  if (b.as_map()) return value(b.find(a) != nullptr);
  return no_overload("in", a, b);
}

} // namespace

result<value> apply(op o, const value& a, const value& b) {
  switch (o) {
  case op::equal: return value(a == b);
  case op::unequal: return value(!(a == b));
  case op::less:
  case op::less_equal:
  case op::greater:
  case op::greater_equal: return ordered(o, a, b);
  case op::in: return contained(a, b);
  case op::index: return indexed(a, b);
  case op::optional_index: return optionally_indexed(a, b);
  default: return arithmetic(o, a, b);
  }
}

result<value> negate(const value& a) {
  if (const auto d = a.as_double()) return value(-*d);
  if (const auto n = a.as_int()) return integer(op::subtract, std::int64_t{0}, *n);
  if (const auto d = a.as_decimal()) return from_decimal(negate(*d));
  return no_overload("-", a);
}

result<value> from_decimal(const std::optional<decimal>& d) {
  if (d) return value(*d);
  return make_error(errc::evaluation_error,
                    "the decimal has too many digits (18, 9 of them places)",
                    "十进制数位数过多(至多 18 位,其中小数 9 位)");
}

error no_overload(std::string_view what, const value& a, const value& b) {
  return make_error(errc::no_such_overload, "'{0}' does not work on {1}, {2}",
                    "“{0}”不适用于 {1}, {2}", what, runtime_type_name(a), runtime_type_name(b));
}

error no_overload(std::string_view what, const value& a) {
  return make_error(errc::no_such_overload, "'{0}' does not work on {1}", "“{0}”不适用于 {1}", what,
                    runtime_type_name(a));
}

} // namespace banli::detail::cel
