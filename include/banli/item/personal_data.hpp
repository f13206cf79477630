// personal_data.hpp — personal data as they may be printed: masked by what they are.
//
//   masked(personal_kind::name, "欧阳某某")                  // 欧***
//   masked(personal_kind::certificate, "110105199003071234") // 1****************4
//   masked(personal_kind::phone, "13812345678")              // 138****5678
//   masked(personal_kind::address, "某县某路1号")            // ******
//
// Forms say of a field what it holds (electronic_form.hpp); whatever prints a value asks here. The
// stored value stays as it is.
//
// The hard case is the value that is not what the field is for: a phone number of five digits. A
// short number shows a third of itself at most, and at its end.
//
// Source: 《个人信息保护法》 第五十一条第三项; GB/T 35273-2020, 7.2.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace banli {

enum class personal_kind : std::uint8_t {
  none,        ///< not personal: shown as it is
  name,        ///< 姓名: the first character is left
  certificate, ///< 证件号码: the first and the last
  phone,       ///< 电话: three and four of eleven digits
  address,     ///< 住址 and whatever else: nothing is left
};

/// "none", "name" …; 非个人信息, 姓名 …
constexpr std::string_view to_string(personal_kind k) {
  constexpr std::array<std::string_view, 5> names{"none", "name", "certificate", "phone",
                                                  "address"};
  return names[static_cast<std::size_t>(k)];
}
constexpr std::string_view label(personal_kind k) {
  constexpr std::array<std::string_view, 5> names{"非个人信息", "姓名", "证件号码", "电话", "住址"};
  return names[static_cast<std::size_t>(k)];
}

namespace detail {

/// The characters of a text; bytes that are no UTF-8 stand alone.
inline std::vector<std::string_view> characters_of(std::string_view s) {
  std::vector<std::string_view> out;
  for (std::size_t i = 0; i < s.size();) {
    std::size_t n = 1;
    while (i + n < s.size() && (static_cast<unsigned char>(s[i + n]) & 0xC0U) == 0x80) ++n;
    out.push_back(s.substr(i, n));
    i += n;
  }
  return out;
}

} // namespace detail

/// A value with all but a few of its characters replaced by '*', one for one.
inline std::string masked(personal_kind kind, std::string_view value) {
  if (kind == personal_kind::none) return std::string{value};
  const auto all = detail::characters_of(value);
  std::size_t head = 0;
  std::size_t tail = 0;
  if (kind == personal_kind::name) head = all.size() > 1 ? 1 : 0;
  if (kind == personal_kind::certificate) head = tail = all.size() >= 6 ? 1 : 0;
  if (kind == personal_kind::phone) {
    head = all.size() >= 11 ? 3 : 0;
    tail = all.size() >= 11 ? 4 : std::min<std::size_t>(4, all.size() / 3);
  }
  std::string out;
  for (std::size_t i = 0; i < all.size(); ++i)
    out += i < head || i + tail >= all.size() ? all[i] : std::string_view{"*"};
  return out;
}

} // namespace banli
