#include "expiry.hpp"

#include <cmath>
#include <limits>

#include "time_text.hpp"

namespace banli::detail::cel {

namespace {

/// What the clock must reach for the answer to change: at least `edge` when it rises, at most when
/// it falls. Never: no value of its kind is that far.
struct target {
  enum class state : std::uint8_t { reach, never, unknown } is = state::unknown;
  value edge;
};

/// Whether the edge itself counts (>= and <=) or only what lies beyond (> and <).
enum class side : std::uint8_t { at_edge, beyond };

target never() { return {target::state::never, {}}; }
target reach(value v) { return {target::state::reach, std::move(v)}; }

/// The nearest whole number of kind T at or beyond a threshold, seen in the clock's direction.
template <class T>
target whole_target(const value& v, side s, clock_course course) {
  const bool rising = course == clock_course::rising;
  using limits = std::numeric_limits<T>;
  const T last = rising ? limits::max() : limits::min();
  std::optional<T> whole; // the last whole number that the clock passes before or at the threshold
  bool exact = true;
  if (const auto d = v.as_double()) {
    if (std::isnan(*d)) return never();
    const double w = rising ? std::floor(*d) : std::ceil(*d);
    exact = w == *d;
    const double low = static_cast<double>(limits::min());
    const double high = std::ldexp(1.0, limits::digits);
    if (rising ? w >= high : w < low) return never();
    if (w < low || w >= high) return {};
    whole = static_cast<T>(w);
  } else if (std::in_range<T>(v.as_int().value_or(0)) && v.as_int()) {
    whole = static_cast<T>(*v.as_int());
  } else if (v.as_uint() && std::in_range<T>(*v.as_uint())) {
    whole = static_cast<T>(*v.as_uint());
  } else if (v.as_int() || v.as_uint()) {
    // Beyond what the clock's kind holds: above for a big uint, below for a negative int.
    const bool above = v.as_uint().has_value();
    return above == rising ? never() : target{};
  }
  if (!whole) return {};
  if (exact && s == side::at_edge) return reach(*whole);
  if (*whole == last) return never();
  return reach(static_cast<T>(rising ? *whole + 1 : *whole - 1));
}

target real_target(const value& v, side s, clock_course course) {
  const double far = course == clock_course::rising ? std::numeric_limits<double>::infinity()
                                                    : -std::numeric_limits<double>::infinity();
  double d = 0;
  if (const auto x = v.as_double())
    d = *x;
  else if (const auto n = v.as_int())
    d = static_cast<double>(*n);
  else if (const auto u = v.as_uint())
    d = static_cast<double>(*u);
  else
    return {};
  if (std::isnan(d)) return never();
  // A whole number may have been rounded: then step to the first double on the far side of it.
  const auto order = *compare(value(d), v);
  const bool short_of = course == clock_course::rising ? order < 0 : order > 0;
  const bool past = course == clock_course::rising ? order > 0 : order < 0;
  if (short_of || (s == side::beyond && !past)) {
    if (d == far) return never();
    d = std::nextafter(d, far);
  }
  return reach(d);
}

target time_target(const value& v, side s, clock_course course) {
  using std::chrono::nanoseconds;
  const nanoseconds one{course == clock_course::rising ? 1 : -1};
  if (const auto t = v.as_timestamp()) {
    if (s == side::at_edge) return reach(*t);
    const auto next = add(*t, one);
    return next ? reach(*next) : never();
  }
  const auto d = *v.as_duration();
  if (s == side::at_edge) return reach(d);
  const nanoseconds last = one.count() > 0 ? nanoseconds::max() : nanoseconds::min();
  return d == last ? never() : reach(d + one);
}

target target_of(const clock_reading& clock, const value& v, side s) {
  switch (clock.now.kind()) {
  case type_kind::integer: return whole_target<std::int64_t>(v, s, clock.course);
  case type_kind::uinteger: return whole_target<std::uint64_t>(v, s, clock.course);
  case type_kind::real: return real_target(v, s, clock.course);
  case type_kind::timestamp:
  case type_kind::duration:
    if (v.kind() == clock.now.kind()) return time_target(v, s, clock.course);
    return {};
  default: return {};
  }
}

/// Whether a comparison says the same of two orders; == and != also tell below from above, because
/// they change on the way through.
bool says_the_same(op o, std::partial_ordering a, std::partial_ordering b) {
  const bool below = (a < 0) == (b < 0);
  const bool above = (a > 0) == (b > 0);
  if (o == op::less || o == op::greater_equal) return below;
  return o == op::greater || o == op::less_equal ? above : below && above;
}

/// The reading holds until `next`, so nothing changes before.
expiry not_before_next(const clock_reading& clock, expiry when) {
  return when && clock.next && *when < *clock.next ? clock.next : when;
}

/// How what follows a clock stands to a threshold at a value of the clock; none where it fails.
std::optional<std::partial_ordering> order_at(const course_step& by, const value& clock,
                                              const value& threshold) {
  const auto made = follow(by, clock);
  return made ? compare(*made, threshold) : std::nullopt;
}

expiry flip_of_course(op o, const clock_reading& clock, const value& threshold,
                      std::partial_ordering now, const activation& from) {
  const course_step& by = *clock.by;
  const auto edge = first_turn(by.clock_now, by.clock_moves, [&](const value& v) {
    const auto order = order_at(by, v, threshold);
    return order && says_the_same(o, *order, now);
  });
  if (!edge) return goes_away(clock, from);
  // What jumps over a value was never equal to it.
  const auto there = order_at(by, *edge, threshold);
  if ((o == op::equal || o == op::unequal) && there && *there != 0 && now != 0)
    return goes_away(clock, from);
  return not_before_next(clock, from.reaches(clock.field, *edge));
}

} // namespace

expiry goes_away(const clock_reading& clock, const activation& from) {
  const value& now = clock.by ? clock.by->clock_now : clock.now;
  const clock_course moves = clock.by ? clock.by->clock_moves : clock.course;
  std::optional<value> end = furthest(now.kind(), moves);
  // What follows a clock may fail long before the clock does, where its calendar ends.
  if (clock.by)
    if (auto failing = first_turn(now, moves,
                                  [&](const value& v) { return follow(*clock.by, v).has_value(); }))
      end = std::move(failing);
  if (!end) return std::nullopt;
  return not_before_next(clock, of_all_time(from.reaches(clock.field, *end)));
}

op mirrored(op o) {
  switch (o) {
  case op::less: return op::greater;
  case op::less_equal: return op::greater_equal;
  case op::greater: return op::less;
  case op::greater_equal: return op::less_equal;
  default: return o;
  }
}

std::optional<expiry> flip(op o, const clock_reading& clock, const value& threshold,
                           const activation& from) {
  const auto order = compare(clock.now, threshold);
  if (!order) return std::nullopt;
  // NaN compares with nothing.
  if (*order == std::partial_ordering::unordered) return goes_away(clock, from);
  if (clock.by) return flip_of_course(o, clock, threshold, *order, from);
  const bool rising = clock.course == clock_course::rising;
  const bool before = rising ? *order < 0 : *order > 0;
  const bool behind = rising ? *order > 0 : *order < 0;
  // Once behind the threshold a clock does not come back.
  if (behind) return goes_away(clock, from);
  // The answer changes at the edge for some operators and beyond it for others; == and != change on
  // arriving, and again on leaving.
  side s = before ? side::at_edge : side::beyond;
  if (o == op::less || o == op::greater_equal) s = rising ? side::at_edge : side::beyond;
  if (o == op::greater || o == op::less_equal) s = rising ? side::beyond : side::at_edge;
  if (!before && s == side::at_edge) return goes_away(clock, from);
  const target t = target_of(clock, threshold, s);
  if (t.is == target::state::unknown) return std::nullopt;
  if (t.is == target::state::never) return goes_away(clock, from);
  return not_before_next(clock, from.reaches(clock.field, t.edge));
}

expiry reaches(const clock_reading& clock, const value& threshold, const activation& from) {
  if (!clock.by) return from.reaches(clock.field, threshold);
  const clock_predicate short_of = [&](const value& v) {
    const auto order = order_at(*clock.by, v, threshold);
    return order && (clock.course == clock_course::rising ? *order < 0 : *order > 0);
  };
  const value& now = clock.by->clock_now;
  const auto edge = short_of(now) ? first_turn(now, clock.by->clock_moves, short_of) : now;
  return edge ? from.reaches(clock.field, *edge) : std::nullopt;
}

} // namespace banli::detail::cel
