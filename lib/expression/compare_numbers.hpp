// compare_numbers.hpp — numbers of three kinds, compared by what they are worth.
//
// int64, uint64 and double cannot be compared by converting one to the other: 2^53 + 1 becomes 2^53
// as a double. The comparison is therefore made in the kind that holds both, and by range where
// none does.
#pragma once

#include <cmath>
#include <compare>
#include <cstdint>
#include <limits>

namespace banli::detail::cel {

inline std::partial_ordering compare_numbers(std::int64_t a, std::int64_t b) { return a <=> b; }
inline std::partial_ordering compare_numbers(std::uint64_t a, std::uint64_t b) { return a <=> b; }
inline std::partial_ordering compare_numbers(double a, double b) { return a <=> b; }

inline std::partial_ordering compare_numbers(std::int64_t a, std::uint64_t b) {
  if (a < 0) return std::partial_ordering::less;
  return static_cast<std::uint64_t>(a) <=> b;
}

inline std::partial_ordering reversed(std::partial_ordering o) { return 0 <=> o; }

/// Compares a whole number with a double that lies in the range of its kind, by whole part first.
template <class Whole>
std::partial_ordering compare_whole(Whole a, double b) {
  const double whole = std::floor(b);
  const auto w = static_cast<Whole>(whole);
  if (a != w) return a <=> w;
  return whole < b ? std::partial_ordering::less : std::partial_ordering::equivalent;
}

inline std::partial_ordering compare_numbers(std::int64_t a, double b) {
  if (std::isnan(b)) return std::partial_ordering::unordered;
  if (b == 9223372036854775808.0) return a <=> std::numeric_limits<std::int64_t>::max();
  if (b > 9223372036854775808.0) return std::partial_ordering::less;
  if (b < -9223372036854775808.0) return std::partial_ordering::greater;
  return compare_whole(a, b);
}

inline std::partial_ordering compare_numbers(std::uint64_t a, double b) {
  if (std::isnan(b)) return std::partial_ordering::unordered;
  if (b == 18446744073709551616.0) return a <=> std::numeric_limits<std::uint64_t>::max();
  if (b > 18446744073709551616.0) return std::partial_ordering::less;
  if (b < 0) return std::partial_ordering::greater;
  return compare_whole(a, b);
}

inline std::partial_ordering compare_numbers(std::uint64_t a, std::int64_t b) {
  return reversed(compare_numbers(b, a));
}
inline std::partial_ordering compare_numbers(double a, std::int64_t b) {
  return reversed(compare_numbers(b, a));
}
inline std::partial_ordering compare_numbers(double a, std::uint64_t b) {
  return reversed(compare_numbers(b, a));
}

} // namespace banli::detail::cel
