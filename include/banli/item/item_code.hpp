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
#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include <banli/base/result.hpp>

namespace banli {

/// The level of the area a body belongs to.
enum class area_level : std::uint8_t { province, city, county, town };

/// A parsed code.
struct item_code {
  std::string area;       ///< eight digits
  std::string department; ///< two capital letters
  std::string type;       ///< two capital letters
  int number = 0;         ///< 1 .. 9999

  /// The level that the zero pairs of the area say.
  constexpr area_level level() const {
    if (area.substr(6, 2) != "00") return area_level::town;
    if (area.substr(4, 2) != "00") return area_level::county;
    return area.substr(2, 2) != "00" ? area_level::city : area_level::province;
  }

  /// The ten characters that name the handling body.
  std::string body() const { return area + department; }

  friend bool operator==(const item_code&, const item_code&) = default;
};

/// "62052400MZ-XK-0001"
inline std::string to_text(const item_code& c) {
  return fmt::format("{}{}-{}-{:04}", c.area, c.department, c.type, c.number);
}

/// Reads a code. Errors: bad_item_code; the place's column is the first wrong character, from 1.
inline result<item_code> parse_item_code(std::string_view s) {
  static constexpr std::string_view shape = "99999999AA-AA-9999";
  const auto wrong = [&](std::size_t column, std::string_view expected, std::string_view zh) {
    return at(make_error(errc::bad_item_code, "'{}': character {} should be {}",
                         "“{0}”:第 {1} 个字符应为{3}", s, column + 1, expected, zh),
              {.file = {}, .line = 0, .column = static_cast<int>(column) + 1});
  };
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const char c = i < s.size() ? s[i] : '\0';
    if (shape[i] == '9' && (c < '0' || c > '9')) return wrong(i, "a digit", "数字");
    if (shape[i] == 'A' && (c < 'A' || c > 'Z')) return wrong(i, "a capital letter", "大写字母");
    if (shape[i] == '-' && c != '-') return wrong(i, "'-'", "“-”");
  }
  if (s.size() > shape.size()) return wrong(shape.size(), "the end of the code", "编码的结尾");
  for (std::size_t pair = 2; pair < 8; pair += 2)
    if (s.substr(pair - 2, 2) == "00" && s.substr(pair, 2) != "00")
      return wrong(pair, "00, because the level above it is 00", "00,因为上一级为 00");
  item_code code{std::string(s.substr(0, 8)), std::string(s.substr(8, 2)),
                 std::string(s.substr(11, 2)), 0};
  for (const char c : s.substr(14)) code.number = code.number * 10 + (c - '0');
  if (code.number == 0) return wrong(17, "above 0: numbers start at 0001", "0001 起的序号");
  return code;
}

} // namespace banli
