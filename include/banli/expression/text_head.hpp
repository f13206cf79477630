// text_head.hpp — how a text begins, as numbers.
//
//   text_head::of("amount") == text_head::of("amounts");       // false
//   text_head::of("amount").is_whole();                        // true: the text is no longer
//   text_head::of("amount") < text_head::of("standard");       // true
//
// Names are short, as a rule: the heads of two of them are equal when they are, and not looking at
// the texts themselves is several times as fast. Maps keep the heads of their keys.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace banli {

/// The first bytes of a text, and whether they are all of it.
class text_head {
 public:
  /// So many bytes count: five characters of Chinese.
  static constexpr std::size_t reach = 15;

  /// Of what is no text: it is not whole, and after that of any text.
  text_head() noexcept = default;

  static text_head of(std::string_view text) noexcept {
    text_head h;
    h.first_ = number(text.substr(0, 8));
    h.second_ = text.size() > 8 ? number(text.substr(8, reach - 8)) : 0;
    h.second_ |= std::min(text.size(), reach + 1);
    return h;
  }

  /// Whether this is all of the text: another with the same head is the same text.
  bool is_whole() const noexcept { return (second_ & 0xFFU) <= reach; }

  /// The order of the texts, byte by byte. Of texts with the same head it says nothing, unless they
  /// are whole.
  friend auto operator<=>(const text_head&, const text_head&) = default;

 private:
  /// At most eight bytes, the first of them the highest, and zeros behind them.
  static std::uint64_t number(std::string_view bytes) noexcept {
    std::uint64_t n = 0;
    for (const char c : bytes) n = n << 8U | static_cast<unsigned char>(c);
    return bytes.empty() ? 0 : n << 8U * (8 - bytes.size());
  }

  std::uint64_t first_ = std::numeric_limits<std::uint64_t>::max();
  /// Seven bytes, and in the lowest the length: one more than the reach where the text is longer.
  std::uint64_t second_ = std::numeric_limits<std::uint64_t>::max();
};

} // namespace banli
