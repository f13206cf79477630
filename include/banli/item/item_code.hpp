// item_code.hpp — the code of a service item: who, what kind, which one.
//
//   62052400MZ-XK-0001
//   ^^^^^^^^^^            handling body: area (8) and department (2 letters)
//              ^^         type: XK licence, CF penalty, ... DL agency
//                 ^^^^    number, counted per body and type, from 0001
//
// The area is four pairs: province, city, county, town. A body of a level leaves the pairs below it
// 00, so a pair after a 00 must be 00 as well:
//
//   62000000  province     62050000  city     62052400  county     62052403  town
//
// Source: the coding rule of form A1 (county of seed 001, 附录1). Errors say which character is
// wrong: parse_item_code("62052400MZ-XK-000A") points at column 18.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include <banli/base/result.hpp>
#include <banli/base/utf8.hpp>

namespace banli {

/// The level of the area a body belongs to.
enum class area_level : std::uint8_t { province, city, county, town };

/// Text of exactly N characters, kept in place: a code is read without asking for memory.
template <std::size_t N>
struct code_text {
  std::array<char, N> characters{};

  constexpr code_text() = default;
  /// The first N characters of a text that has them.
  constexpr explicit code_text(std::string_view s) {
    for (std::size_t i = 0; i < N; ++i) characters[i] = s[i];
  }

  constexpr std::string_view view() const { return {characters.data(), N}; }
  constexpr operator std::string_view() const { return view(); }
  std::string text() const { return std::string{view()}; }
  friend constexpr bool operator==(const code_text& a, const code_text& b) = default;
  friend constexpr bool operator==(const code_text& a, std::string_view b) { return a.view() == b; }
};

/// A parsed code.
struct item_code {
  code_text<8> area;       ///< eight digits
  code_text<2> department; ///< two capital letters
  code_text<2> type;       ///< two capital letters
  int number = 0;          ///< 1 .. 9999

  /// The level that the zero pairs of the area say.
  constexpr area_level level() const {
    const auto zero = [&](std::size_t pair) { return area.view().substr(pair, 2) == "00"; };
    if (!zero(6)) return area_level::town;
    if (!zero(4)) return area_level::county;
    return zero(2) ? area_level::province : area_level::city;
  }

  /// The ten characters that name the handling body.
  std::string body() const { return area.text() + department.text(); }

  friend bool operator==(const item_code&, const item_code&) = default;
};

} // namespace banli

template <std::size_t N>
struct fmt::formatter<banli::code_text<N>> : fmt::formatter<std::string_view> {
  auto format(const banli::code_text<N>& t, format_context& to) const {
    return formatter<std::string_view>::format(t.view(), to);
  }
};

namespace banli {

/// "62052400MZ-XK-0001"
inline std::string to_text(const item_code& c) {
  return fmt::format("{}{}-{}-{:04}", c.area, c.department, c.type, c.number);
}

namespace detail {

/// The error of a code: what character `at`, from 0, should be.
inline error wrong_item_code(std::string_view s, std::size_t at, std::string_view expected,
                             std::string_view zh) {
  const int column = static_cast<int>(count_points(s.substr(0, at))) + 1;
  return banli::at(make_error(errc::bad_item_code, "'{}': character {} should be {}",
                              "“{0}”:第 {1} 个字符应为{3}", s, column, expected, zh),
                   {.file = {}, .line = 0, .column = column});
}

/// Where the eight digits of an area break the rule of levels, from 0; 8 where they do not.
constexpr std::size_t wrong_level(std::string_view s) {
  const auto zero = [s](std::size_t pair) { return s[pair] == '0' && s[pair + 1] == '0'; };
  if (zero(0)) return 1;
  for (std::size_t pair = 2; pair < 8; pair += 2)
    if (zero(pair - 2) && !zero(pair)) return s[pair] != '0' ? pair : pair + 1;
  return 8;
}

inline error wrong_item_code_level(std::string_view s, std::size_t at) {
  if (at == 1)
    return wrong_item_code(s, at, "above 0: no province is 00", "非 0:省级代码不能为 00");
  return wrong_item_code(s, at, "0, because the level above it is 0", "0,因为上一级为 0");
}

/// The first character that does not have the shape of a code, or breaks the levels before it.
inline error misshapen_item_code(std::string_view s) {
  static constexpr std::string_view shape = "99999999AA-AA-9999";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (i == 8)
      if (const std::size_t at = wrong_level(s); at < 8) return wrong_item_code_level(s, at);
    const char c = i < s.size() ? s[i] : '\0';
    if (shape[i] == '9' && (c < '0' || c > '9')) return wrong_item_code(s, i, "a digit", "数字");
    if (shape[i] == 'A' && (c < 'A' || c > 'Z'))
      return wrong_item_code(s, i, "a capital letter", "大写字母");
    if (shape[i] == '-' && c != '-') return wrong_item_code(s, i, "'-'", "“-”");
  }
  if (s.substr(14, 4) == "0000")
    return wrong_item_code(s, 17, "above 0: numbers start at 0001", "0001 起的序号");
  return wrong_item_code(s, shape.size(), "the end of the code", "编码的结尾");
}

/// Whether a text has the shape 99999999AA-AA-9999: one test a character, no branch to mispredict.
constexpr bool is_item_code_shape(std::string_view s) {
  if (s.size() != 18) return false;
  constexpr auto outside = [](char c, char first, unsigned n) {
    return static_cast<unsigned>(static_cast<unsigned char>(c)) - static_cast<unsigned>(first) >= n;
  };
  unsigned bad = 0;
  for (std::size_t i = 0; i < 8; ++i) bad |= static_cast<unsigned>(outside(s[i], '0', 10));
  for (const std::size_t i : {8, 9, 11, 12}) bad |= static_cast<unsigned>(outside(s[i], 'A', 26));
  for (std::size_t i = 14; i < 18; ++i) bad |= static_cast<unsigned>(outside(s[i], '0', 10));
  return bad == 0 && s[10] == '-' && s[13] == '-';
}

} // namespace detail

/// Reads a code. Errors: bad_item_code; the place's column is the first wrong character, from 1.
inline result<item_code> parse_item_code(std::string_view s) {
  if (!detail::is_item_code_shape(s)) return detail::misshapen_item_code(s);
  if (const std::size_t at = detail::wrong_level(s); at < 8)
    return detail::wrong_item_code_level(s, at);
  int number = 0;
  for (const char c : s.substr(14)) number = number * 10 + (c - '0');
  if (number == 0) return detail::misshapen_item_code(s);
  return item_code{code_text<8>{s}, code_text<2>{s.substr(8)}, code_text<2>{s.substr(11)}, number};
}

} // namespace banli
