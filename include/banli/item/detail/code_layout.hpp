// What the bytes of a code must be, one layout a length (code_scheme.hpp); include that one.
//
// Codes are read by the thousand and nearly all are good. A layout answers yes or no for eight
// bytes at a time; only a code that is refused is read again, character by character, for the
// place and the words of what is wrong (code_parse.hpp).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace banli::detail {

constexpr std::uint64_t eight_times(std::uint8_t byte) {
  return 0x01'01'01'01'01'01'01'01ULL * byte;
}

/// The high bit of each of eight bytes below 0x80 that lies in first..last; others are undefined.
constexpr std::uint64_t bytes_between(std::uint64_t bytes, char first, char last) {
  const std::uint64_t low = bytes & eight_times(0x7F); // so that no byte carries into the next
  const std::uint64_t from = low + eight_times(static_cast<std::uint8_t>(0x80 - first));
  const std::uint64_t above = low + eight_times(static_cast<std::uint8_t>(0x7F - last));
  return from & ~above;
}

/// What is asked of a field beyond its characters.
enum class code_demand : std::uint8_t {
  credit_code, ///< ends in its check character
  credit_text, ///< of the alphabet of credit codes
  levels,
  pairs,        ///< four levels of two
  number,       ///< above 0
  plain_number, ///< and without a zero before it
  date,
};

/// One demand and where the field stands: its first byte and its length.
struct code_rule {
  code_demand what{};
  std::uint8_t group = 0; ///< characters in a level
  std::uint16_t begin = 0;
  std::uint16_t size = 0;

  friend bool operator==(const code_rule&, const code_rule&) = default;
};

/// What each byte of a code of one length may be, as bytes: 0x80 where a digit or a capital letter
/// may stand, 0xFF in `fixed` where only the byte of `text` may.
struct code_layout {
  static constexpr std::size_t most_bytes = 64; ///< longer codes are read character by character
  static constexpr std::size_t most_parts = 16;
  using bytes = std::array<std::uint8_t, most_bytes>;

  bytes digits{};
  bytes capitals{};
  bytes fixed{};
  bytes text{};
  std::array<std::uint16_t, most_parts + 1> begin{}; ///< of each field, and the end
  std::uint16_t number_begin = 0;                    ///< of the field n
  std::uint16_t number_size = 0;                     ///< 0: there is none
  std::vector<code_rule> rules{};

  friend bool operator==(const code_layout&, const code_layout&) = default;

  /// Not 0 if one of up to eight bytes of a code is not what it may be.
  std::uint64_t wrong_in(const char* s, std::size_t at, std::size_t size = 8) const {
    const auto load = [&](const auto* from) {
      std::uint64_t word = 0;
      std::memcpy(&word, from + at, size);
      return word;
    };
    const std::uint64_t code = load(s);
    const std::uint64_t digit = load(digits.data());
    const std::uint64_t capital = load(capitals.data());
    const std::uint64_t good =
        ((bytes_between(code, '0', '9') & digit) | (bytes_between(code, 'A', 'Z') & capital)) &
        ~code;
    return ((digit | capital) & ~good) | ((code ^ load(text.data())) & load(fixed.data()));
  }

  /// Whether the bytes of a code of this length are what they may be.
  bool holds(std::string_view s) const {
    const std::size_t size = s.size();
    if (size < 8) return wrong_in(s.data(), 0, size) == 0;
    std::uint64_t wrong = wrong_in(s.data(), size - 8); // some of them are looked at again
    for (std::size_t at = 0; at + 8 < size; at += 8) wrong |= wrong_in(s.data(), at);
    return wrong == 0;
  }
};

/// The layouts of a scheme: only the number may vary in length, so the length tells the layout.
struct code_layouts {
  std::size_t shortest = 0;           ///< bytes of the first layout; each further one has one more
  std::vector<code_layout> by_size{}; ///< empty: codes are longer than a layout

  const code_layout* of(std::size_t size) const {
    const std::size_t i = size - shortest; // wraps for a shorter one
    return i < by_size.size() ? &by_size[i] : nullptr;
  }
  friend bool operator==(const code_layouts&, const code_layouts&) = default;
};

} // namespace banli::detail
