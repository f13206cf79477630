// small_set.hpp — a few values of one enumeration, as a value.
//
//   small_set<limit_unit> s{limit_unit::day, limit_unit::week};
//   s.has(limit_unit::week);            // true
//   s.with(limit_unit::month)           // three values; s still has two
//
// What roles somebody has and which facts hold are such sets. The enumeration has at most 32
// values, numbered from 0; the hard case is one that counts otherwise, which is not for this.
#pragma once

#include <cstdint>

namespace banli {

template <class E>
class small_set {
 public:
  constexpr small_set() = default;
  template <class... More>
  explicit constexpr small_set(E first, More... more) : bits_((bit(first) | ... | bit(more))) {}

  constexpr bool has(E e) const { return (bits_ & bit(e)) != 0; }
  /// Whether the two have a value in common.
  constexpr bool meets(const small_set& other) const { return (bits_ & other.bits_) != 0; }
  constexpr small_set with(E e) const {
    small_set s = *this;
    s.bits_ |= bit(e);
    return s;
  }
  constexpr bool empty() const { return bits_ == 0; }
  friend constexpr bool operator==(const small_set&, const small_set&) = default;

 private:
  static constexpr std::uint32_t bit(E e) { return 1U << static_cast<unsigned>(e); }
  std::uint32_t bits_ = 0;
};

} // namespace banli
