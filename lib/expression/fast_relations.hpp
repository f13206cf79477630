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
#include "fast.hpp"
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

/// Of the relations from equal to greater_equal the ways in which two values may stand so: bit 0
/// for unordered, bit 1 for less, bit 2 for greater, bit 3 for equal.
inline constexpr std::uint32_t stand_so[] = {0b1000, 0b0111, 0b0010, 0b1010, 0b0100, 0b1100};

template <class T>
[[gnu::always_inline]] inline bool related(op relation, const T& x, const T& y) {
  const unsigned way = (x <= y ? 1U : 0U) + (x >= y ? 2U : 0U);
  return (stand_so[static_cast<unsigned>(relation) - static_cast<unsigned>(op::equal)] >> way &
          1U) != 0;
}

/// Apart, so that it costs no registers.
[[gnu::noinline]] inline bool related_apart(op relation, std::string_view x, std::string_view y) {
  return related<int>(relation, x.compare(y), 0);
}

[[gnu::always_inline]] inline bool related(op relation, std::string_view x, std::string_view y) {
  const bool asks_sameness = relation == op::equal || relation == op::unequal;
  if (!asks_sameness || (x.size() == y.size() && x.size() > short_text))
    return related_apart(relation, x, y);
  return same(x, y) == (relation == op::equal);
}

/// Numbers of different kinds.
template <class A, class B>
bool related(op relation, A x, B y) {
  const std::partial_ordering order = compare_numbers(x, y);
  switch (relation) {
  case op::equal: return order == 0;
  case op::unequal: return order != 0;
  case op::less: return order < 0;
  case op::less_equal: return order <= 0;
  case op::greater: return order > 0;
  default: return order >= 0;
  }
}

/// A whole number beside a double: most are small enough to be one.
[[gnu::always_inline]] inline bool related(op relation, std::int64_t x, double y) {
  constexpr std::int64_t exact = std::int64_t{1} << 53;
  if (x >= -exact && x <= exact) return related(relation, static_cast<double>(x), y);
  return related<std::int64_t, double>(relation, x, y);
}

} // namespace banli::detail::cel
