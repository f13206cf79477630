// utf8.hpp — text as characters: decoding, counting, and which characters are wide.
//
// Chinese is the users' language, so bytes, characters and columns are three different numbers
// everywhere: in an editor's column, on a terminal, in a picture.
//
//   decode("初审", 0)          // U+521D, 3 bytes
//   decode("\xC0\x80", 0)      // 0 bytes: an overlong form is no UTF-8 (RFC 3629)
//   count_points("初审a")       // 3
//   is_wide(U'初')             // true: two cells on a terminal, one em in a picture
//
// Every layer that shows or judges text needs this, which is why it stands in the base.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace banli::detail {

/// One code point and how many bytes it took; size 0 where the text is no UTF-8.
struct decoded {
  char32_t point = 0;
  std::size_t size = 0;
};

/// Reads the code point at an offset that lies inside the text. Overlong forms, surrogates and what
/// lies beyond U+10FFFF are no UTF-8.
constexpr decoded decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + size > text.size()) return {};
  char32_t point = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) return {};
    point = point << 6U | (byte(at + i) & 0x3FU);
  }
  const bool overlong = (size == 3 && point < 0x800) || (size == 4 && point < 0x10000);
  if (overlong || (point >= 0xD800 && point < 0xE000) || point > 0x10FFFF) return {};
  return {point, size};
}

/// The same, taking a byte that is no UTF-8 for a character of its own.
constexpr decoded decode_any(std::string_view text, std::size_t at) {
  const decoded d = decode(text, at);
  return d.size != 0 ? d : decoded{static_cast<unsigned char>(text[at]), 1};
}

/// Appends a code point; the caller has made sure that it is one.
inline void encode(char32_t point, std::string& out) {
  const auto put = [&](char32_t bits) {
    out += static_cast<char>(static_cast<unsigned char>(bits));
  };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0U | point >> 6U);
  } else {
    if (point < 0x10000) {
      put(0xE0U | point >> 12U);
    } else {
      put(0xF0U | point >> 18U);
      put(0x80U | (point >> 12U & 0x3FU));
    }
    put(0x80U | (point >> 6U & 0x3FU));
  }
  put(0x80U | (point & 0x3FU));
}

constexpr bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const decoded d = decode(text, at);
    if (d.size == 0) return false;
    at += d.size;
  }
  return true;
}

/// How many code points a text has; it must be UTF-8.
constexpr std::size_t count_points(std::string_view text) {
  std::size_t n = 0;
  for (const char c : text) n += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return n;
}

/// Whether a character takes two cells: classes W and F of Unicode UAX #11, merged, and the
/// ambiguous signs that Chinese fonts draw wide.
constexpr bool is_wide(char32_t c) {
  struct range {
    char32_t first;
    char32_t last;
  };
  constexpr auto wide = std::to_array<range>(
      {{0x1100, 0x115F},   {0x2010, 0x2027},   {0x2030, 0x205E},  {0x20A9, 0x20A9},
       {0x2100, 0x214F},   {0x2150, 0x218B},   {0x2190, 0x2BFF},  {0x2E80, 0x303E},
       {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},  {0xA000, 0xA4CF},
       {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xE000, 0xFAFF},  {0xFE10, 0xFE19},
       {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},  {0x16FE0, 0x18CFF},
       {0x1B000, 0x1B2FF}, {0x1F000, 0x1FAFF}, {0x20000, 0x3FFFD}});
  return std::any_of(wide.begin(), wide.end(),
                     [c](range r) { return r.first <= c && c <= r.last; });
}

/// Cells a text takes on a terminal.
constexpr std::size_t count_cells(std::string_view text) {
  std::size_t n = 0;
  for (std::size_t at = 0; at < text.size();) {
    const decoded d = decode_any(text, at);
    n += is_wide(d.point) ? 2 : 1;
    at += d.size;
  }
  return n;
}

} // namespace banli::detail
