// fast_relations.hpp — how two plain values stand to each other, for the short way.
//
// The answers are those of compare() in value.hpp.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "compare_numbers.hpp"
#include "syntax.hpp"

namespace banli::detail::cel {

/// Texts of up to so many bytes are compared without a call.
inline constexpr std::size_t short_text = 16;

/// Whether two texts of n bytes begin and end alike, as far as a Part goes.
template <class Part>
[[gnu::always_inline]] inline bool same_ends(const char* a, const char* b, std::size_t n) {
  Part parts[4];
  std::memcpy(&parts[0], a, sizeof(Part));
  std::memcpy(&parts[1], b, sizeof(Part));
  std::memcpy(&parts[2], a + n - sizeof(Part), sizeof(Part));
  std::memcpy(&parts[3], b + n - sizeof(Part), sizeof(Part));
  return ((parts[0] ^ parts[1]) | (parts[2] ^ parts[3])) == 0;
}

/// The same of two short texts of one length: two overlapping reads of each settle it.
[[gnu::always_inline]] inline bool same_short(const char* a, const char* b, std::size_t n) {
  if (n >= 8) return same_ends<std::uint64_t>(a, b, n);
  if (n >= 4) return same_ends<std::uint32_t>(a, b, n);
  for (std::size_t k = 0; k < n; ++k)
    if (a[k] != b[k]) return false;
  return true;
}

/// Words are short, as a rule.
[[gnu::always_inline]] inline bool same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  return a.size() <= short_text ? same_short(a.data(), b.data(), a.size()) : a == b;
}

/// A relation as the ways in which two values may stand so: bit 0 for unordered, bit 1 for less,
/// bit 2 for greater, bit 3 for equal.
using fast_ways = std::uint8_t;
inline constexpr fast_ways equal_only = 0b1000;
inline constexpr fast_ways all_but_equal = 0b0111;

constexpr fast_ways ways_of(op relation) {
  switch (relation) {
  case op::equal: return equal_only;
  case op::unequal: return all_but_equal;
  case op::less: return 0b0010;
  case op::less_equal: return 0b1010;
  case op::greater: return 0b0100;
  case op::greater_equal: return 0b1100;
  default: return 0;
  }
}

template <class T>
[[gnu::always_inline]] inline bool related(fast_ways so, const T& x, const T& y) {
  const unsigned way = (x <= y ? 1U : 0U) + (x >= y ? 2U : 0U);
  return (so >> way & 1U) != 0;
}

/// Apart, so that it costs no registers.
[[gnu::noinline]] inline bool related_apart(fast_ways so, std::string_view x, std::string_view y) {
  return related<int>(so, x.compare(y), 0);
}

[[gnu::always_inline]] inline bool related(fast_ways so, std::string_view x, std::string_view y) {
  const bool asks_sameness = so == equal_only || so == all_but_equal;
  if (!asks_sameness || (x.size() == y.size() && x.size() > short_text))
    return related_apart(so, x, y);
  return same(x, y) == (so == equal_only);
}

/// Numbers of different kinds.
template <class A, class B>
bool related(fast_ways so, A x, B y) {
  const std::partial_ordering order = compare_numbers(x, y);
  const unsigned way = (order <= 0 ? 1U : 0U) + (order >= 0 ? 2U : 0U);
  return (so >> way & 1U) != 0;
}

/// A whole number beside a double: most are small enough to be one.
[[gnu::always_inline]] inline bool related(fast_ways so, std::int64_t x, double y) {
  constexpr std::int64_t exact = std::int64_t{1} << 53;
  if (x >= -exact && x <= exact) return related(so, static_cast<double>(x), y);
  return related<std::int64_t, double>(so, x, y);
}

} // namespace banli::detail::cel
