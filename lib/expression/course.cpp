#include "course.hpp"

#include <bit>
#include <cmath>
#include <limits>

#include "arithmetic.hpp"
#include "functions.hpp"
#include "time_text.hpp"

namespace banli::detail::cel {

namespace {

__extension__ using wide_rank = __int128;

constexpr std::int64_t ns_of_second = 1'000'000'000;

clock_course turned(clock_course c) {
  switch (c) {
  case clock_course::rising: return clock_course::falling;
  case clock_course::falling: return clock_course::rising;
  default: return c;
  }
}

/// What can be added up and has an order: numbers, times, days.
bool is_amount(const value& v) {
  switch (v.kind()) {
  case type_kind::integer:
  case type_kind::uinteger:
  case type_kind::real:
  case type_kind::decimal:
  case type_kind::timestamp:
  case type_kind::duration:
  case type_kind::date: return true;
  default: return false;
  }
}

/// 1 or -1; 0 of nothing, and of what is no finite number.
int sign_of(const value& v) {
  const auto order = compare(v, value(0));
  if (const auto d = v.as_double(); d && !std::isfinite(*d)) return 0;
  return !order || *order == 0 ? 0 : *order > 0 ? 1 : -1;
}

clock_course scaled(const value& by, clock_course c) {
  const int sign = sign_of(by);
  return sign == 0 ? clock_course::irregular : sign > 0 ? c : turned(c);
}

clock_course operator_course(const course_step& s, clock_course c) {
  if (s.op == op::negate) return turned(c);
  const value& other = s.operands[1 - s.moving];
  const auto d = other.as_double();
  if (!is_amount(other) || (d && !std::isfinite(*d))) return clock_course::irregular;
  switch (s.op) {
  case op::add: return c;
  case op::subtract: return s.moving == 0 ? c : turned(c);
  case op::multiply: return scaled(other, c);
  case op::divide: return s.moving == 0 ? scaled(other, c) : clock_course::irregular;
  default: return clock_course::irregular;
  }
}

clock_course function_course(const course_step& s, clock_course c) {
  switch (s.function) {
  case function::to_int:
  case function::to_uint:
  case function::to_double:
  case function::to_decimal:
  case function::to_timestamp:
  case function::to_duration:
  case function::to_date:
  case function::ceil:
  case function::floor:
  case function::round:
  case function::trunc: return c;
  case function::full_year: return s.operands.size() == 1 ? c : clock_course::irregular;
  case function::workdays_between: return s.moving == 2 ? c : turned(c);
  case function::add_workdays: return c;
  case function::due:
  case function::due_at: return s.moving == 2 ? c : clock_course::irregular;
  default: return clock_course::irregular;
  }
}

std::int64_t bits_in_order(double d) {
  const auto bits = std::bit_cast<std::int64_t>(d);
  return bits >= 0 ? bits : std::numeric_limits<std::int64_t>::min() - bits;
}

double of_bits_in_order(std::int64_t r) {
  return std::bit_cast<double>(r >= 0 ? r : std::numeric_limits<std::int64_t>::min() - r);
}

/// The number of a value among all of its kind, in their order.
std::optional<wide_rank> rank_of(const value& v) {
  if (const auto n = v.as_int()) return *n;
  if (const auto n = v.as_uint()) return *n;
  if (const auto d = v.as_double(); d && !std::isnan(*d)) return bits_in_order(*d);
  if (const auto t = v.as_timestamp())
    return wide_rank{t->second.time_since_epoch().count()} * ns_of_second + t->fraction.count();
  if (const auto d = v.as_duration()) return d->count();
  if (const auto d = v.as_date()) return d->time_since_epoch().count();
  return std::nullopt;
}

value of_rank(type_kind kind, wide_rank r) {
  switch (kind) {
  case type_kind::integer: return static_cast<std::int64_t>(r);
  case type_kind::uinteger: return static_cast<std::uint64_t>(r);
  case type_kind::real: return of_bits_in_order(static_cast<std::int64_t>(r));
  case type_kind::duration: return std::chrono::nanoseconds{static_cast<std::int64_t>(r)};
  case type_kind::date: return day{days{static_cast<std::int64_t>(r)}};
  default: {
    wide_rank second = r / ns_of_second;
    if (second * ns_of_second > r) --second;
    return timestamp{
        instant{std::chrono::seconds{static_cast<std::int64_t>(second)}},
        std::chrono::nanoseconds{static_cast<std::int64_t>(r - second * ns_of_second)}};
  }
  }
}

} // namespace

clock_course moved_by(const course_step& s, clock_course operand) {
  if (operand == clock_course::irregular || !is_amount(s.operands[s.moving]) ||
      s.length > most_course_steps || !rank_of(s.clock_now))
    return clock_course::irregular;
  return s.op == op::none ? function_course(s, operand) : operator_course(s, operand);
}

result<value> follow(const course_step& s, const value& clock) {
  std::vector<value> operands = s.operands;
  if (s.before) {
    auto given = follow(*s.before, clock);
    if (!given) return given;
    operands[s.moving] = *std::move(given);
  } else {
    operands[s.moving] = clock;
  }
  if (s.op == op::negate) return negate(operands[0]);
  if (s.op != op::none) return apply(s.op, operands[0], operands[1]);
  return call(s.function, operands, {});
}

std::optional<value> furthest(type_kind kind, clock_course course) {
  const bool up = course == clock_course::rising;
  const auto end_of_kind = [up]<class T>(T) {
    return up ? std::numeric_limits<T>::max() : std::numeric_limits<T>::min();
  };
  constexpr double infinity = std::numeric_limits<double>::infinity();
  switch (kind) {
  case type_kind::integer: return value(end_of_kind(std::int64_t{}));
  case type_kind::uinteger: return value(end_of_kind(std::uint64_t{}));
  case type_kind::real: return value(up ? infinity : -infinity);
  case type_kind::duration: return value(std::chrono::nanoseconds{end_of_kind(std::int64_t{})});
  case type_kind::date: return value(up ? last_day : first_day);
  case type_kind::timestamp:
    if (!up) return value(instant{first_day});
    return value(timestamp{end_of(last_day) - std::chrono::seconds{1},
                           std::chrono::nanoseconds{ns_of_second - 1}});
  default: return std::nullopt;
  }
}

std::optional<value> first_turn(const value& now, clock_course course,
                                const clock_predicate& still) {
  const auto end = furthest(now.kind(), course);
  const auto from = rank_of(now);
  if (!end || !from || still(*end)) return std::nullopt;
  const int way = course == clock_course::rising ? 1 : -1;
  wide_rank holds = 0; // this far from now it does, and `turned` far it does not
  wide_rank turned_at = way * (*rank_of(*end) - *from);
  while (turned_at - holds > 1) {
    const wide_rank middle = holds + (turned_at - holds) / 2;
    (still(of_rank(now.kind(), *from + way * middle)) ? holds : turned_at) = middle;
  }
  return of_rank(now.kind(), *from + way * turned_at);
}

} // namespace banli::detail::cel
