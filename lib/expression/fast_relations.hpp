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

/// Names and words are short, as a rule.
[[gnu::always_inline]] inline bool same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  return a.size() <= short_text ? same_short(a.data(), b.data(), a.size()) : a == b;
}

template <class T>
[[gnu::always_inline]] inline bool related(op relation, const T& x, const T& y) {
  switch (relation) {
  case op::equal: return x == y;
  case op::unequal: return x != y;
  case op::less: return x < y;
  case op::less_equal: return x <= y;
  case op::greater: return x > y;
  default: return x >= y;
  }
}

[[gnu::always_inline]] inline bool related(op relation, std::string_view x, std::string_view y) {
  if (relation == op::equal) return same(x, y);
  if (relation == op::unequal) return !same(x, y);
  return related<std::string_view>(relation, x, y);
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
