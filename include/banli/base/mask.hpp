// mask.hpp — personal data, made fit to be printed.
//
//   mask_name("张三丰");                    // 张**
//   mask_number("62052419900101123X");      // 620524********123X
//   mask_phone("13800001234");              // 138****1234
//   mask_numbers_in("电话13800001234。");    // 电话138****1234。
//
// A name keeps its first character; a certificate number of fifteen characters or more its first
// six and last four, which say the region and tell two cards apart; a shorter one of eight or more
// its first two and last two; a telephone number of eleven its first three and last four. What is
// too short to keep anything is all stars. Stars are as many as what they hide, at most twenty, so
// that a text keeps its shape and a long one does not fill a page.
//
// The hard case is text that people write: numbers of eleven digits or more in it are taken for
// personal ones; names are not known there, and whoever knows them must add them himself.
//
// Who holds the right to personal data is for the host to say: `personal_right` is how he says it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include <banli/base/utf8.hpp>

namespace banli {

/// Whether a reader may see personal data as they are. Everything that prints masks by default.
enum class personal_right : std::uint8_t { masked, granted };

namespace detail {

inline constexpr std::size_t most_stars = 20;

/// The first and last characters of a text with stars between.
inline std::string keep_ends(std::string_view s, std::size_t head, std::size_t tail) {
  std::string first;
  std::string last;
  const std::size_t points = count_points(s);
  std::size_t at = 0;
  for (std::size_t i = 0; at < s.size(); ++i) {
    const std::size_t size = decode_any(s, at).size;
    if (i < head) first += s.substr(at, size);
    if (i + tail >= points && i >= head) last += s.substr(at, size);
    at += size;
  }
  const std::size_t hidden = points > head + tail ? points - head - tail : 1;
  return first + std::string(std::min(hidden, most_stars), '*') + last;
}

constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

} // namespace detail

/// 王某某 -> 王**. A single character keeps itself and gets a star.
inline std::string mask_name(std::string_view name) {
  return name.empty() ? std::string{} : detail::keep_ends(name, 1, 0);
}

/// The number of a certificate.
inline std::string mask_number(std::string_view number) {
  const std::size_t n = detail::count_points(number);
  if (n >= 15) return detail::keep_ends(number, 6, 4);
  if (n >= 8) return detail::keep_ends(number, 2, 2);
  return std::string(n, '*');
}

/// A telephone number.
inline std::string mask_phone(std::string_view phone) {
  const std::size_t n = detail::count_points(phone);
  if (n >= 11) return detail::keep_ends(phone, 3, 4);
  if (n >= 7) return detail::keep_ends(phone, 0, 2);
  return std::string(n, '*');
}

/// A text with every run of eleven digits or more masked, a check character X behind it included.
inline std::string mask_numbers_in(std::string_view said) {
  std::string out;
  for (std::size_t i = 0; i < said.size();) {
    std::size_t n = i;
    while (n < said.size() && detail::is_ascii_digit(said[n])) ++n;
    if (n - i >= 11) {
      if (n < said.size() && (said[n] == 'X' || said[n] == 'x')) ++n;
      const std::string_view number = said.substr(i, n - i);
      out += number.size() == 11 ? mask_phone(number) : mask_number(number);
    } else {
      n = std::max(n, i + 1);
      out += said.substr(i, n - i);
    }
    i = n;
  }
  return out;
}

} // namespace banli
