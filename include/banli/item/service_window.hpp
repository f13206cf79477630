// service_window.hpp — where the public meets the office (窗口服务情况), and who else may serve it.
//
//   service_window{"武山县政务服务中心", "3号窗口", "城关镇…", "9:00-12:00 14:30-18:00", "0938-…"}
//
// Not every item is handled where it is decided: towns and villages receive for the county
// (委托代收), run the errand (委托代办) or handle on their own (自办). A delegation says which unit
// plays which part.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace banli {

/// One window that serves an item.
struct service_window {
  std::string hall;      ///< 大厅
  std::string window;    ///< 窗口
  std::string address{}; ///< 地址
  std::string hours{};   ///< 办理时间, in words
  std::string phone{};   ///< 电话

  friend bool operator==(const service_window&, const service_window&) = default;
};

/// The part a town or village plays.
enum class delegation_role : std::uint8_t {
  receives, ///< 代收: takes the application and passes it on
  acts,     ///< 代办: runs the errand for the applicant
  handles,  ///< 自办: handles the item itself
};

/// One unit that serves an item in the place of the office or beside it.
struct delegation {
  std::string unit;   ///< 乡镇(街道), 村(社区)
  std::string window; ///< its window; empty: the unit's only one
  delegation_role role = delegation_role::receives;

  friend bool operator==(const delegation&, const delegation&) = default;
};

/// Whether an item is handled in the service hall (进驻大厅); the base of the rate of presence.
enum class stationing : std::uint8_t { undecided, in_hall, outside };

/// The stable names used in documents, and the office's words: "receives", 代收.
inline std::string_view to_string(delegation_role role);
inline std::string_view label(delegation_role role);
inline std::string_view to_string(stationing s);
inline std::string_view label(stationing s);

} // namespace banli

#include <banli/item/detail/item_words.hpp>
