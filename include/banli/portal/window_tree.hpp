// window_tree.hpp — where the public is served, from the city down to the village (四级联动).
//
//   std::vector<service_place> places{
//       {"TS", "天水市政务服务中心", place_level::city, "", place_kind::main_hall},
//       {"WS", "武山县政务服务中心", place_level::county, "TS", place_kind::main_hall},
//       {"WS-BDC", "不动产登记分厅", place_level::county, "WS", place_kind::sub_hall},
//       {"CG", "城关镇便民服务中心", place_level::town, "WS", place_kind::main_hall},
//       {"CG-01", "东街社区便民服务站", place_level::village, "CG", place_kind::station}};
//   window_tree tree = *window_tree::build(places);
//   tree.chain("CG-01");                 // 天水市 > 武山县 > 城关镇 > 东街社区
//   tree.served("CG", items);            // what the town offers, with windows and roles
//   tree.served_below("WS", items);      // what can be had somewhere in the county
//
// A place is a main hall, a sub-hall of one, or a station. A sub-hall stands beside its main hall
// on its level; everything else stands one level or more below its parent: a county may have
// villages that belong to no town. An item is served where one of its windows stands in the hall of
// that name, or where a town or village receives, acts or handles for its office.
//
// Sources: 武山县, 市、县、乡镇、社区四级联动, main hall and sub-halls; 国办函〔2011〕99号,
// 乡镇(街道)服务窗口.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/item/service_item.hpp>

namespace banli {

/// The four levels.
enum class place_level : std::uint8_t { city, county, town, village };

enum class place_kind : std::uint8_t {
  main_hall, ///< 主厅
  sub_hall,  ///< 分厅
  station,   ///< 服务站
};

/// "town", 乡镇(街道). Errors of parsing: unknown_value.
std::string_view to_string(place_level l);
std::string_view label(place_level l);
result<place_level> parse_place_level(std::string_view name);
std::string_view to_string(place_kind k);
std::string_view label(place_kind k);
result<place_kind> parse_place_kind(std::string_view name);

struct service_place {
  std::string id;
  std::string name; ///< as windows and delegations of items write it
  place_level level = place_level::county;
  std::string parent{}; ///< id; empty: a root
  place_kind kind = place_kind::main_hall;

  friend bool operator==(const service_place&, const service_place&) = default;
};

struct place_limits {
  std::size_t places = 100'000;
};

/// Codes: missing_field (id, name), duplicate_id (id, name), unknown_reference (parent, with the
/// nearest), bad_value (a level that does not fit the parent's, a sub-hall without a hall on its
/// level, places that stand below themselves), limit_exceeded. Paths: "/3/parent".
problems check(std::span<const service_place> places, const locator& where = nowhere,
               const place_limits& limits = {});

/// What a place offers of one item.
struct served_item {
  item_id item{};
  std::string place{};                   ///< id
  std::string window{};                  ///< 窗口; may be empty
  std::optional<delegation_role> role{}; ///< absent: at a window of the office itself

  friend bool operator==(const served_item&, const served_item&) = default;
};

class window_tree {
 public:
  /// Errors: the first of check().
  static result<window_tree> build(std::vector<service_place> places,
                                   const place_limits& limits = {});

  const std::vector<service_place>& places() const { return places_; }
  const service_place* find(std::string_view id) const;
  /// The ids of the places just below one; of the roots for an empty id. In the order given.
  std::vector<std::string> below(std::string_view id) const;
  /// The ids from the root down to a place, itself included; empty if it is not known.
  std::vector<std::string> chain(std::string_view id) const;
  /// How many places of a level stand at or below a place.
  std::size_t count(std::string_view id, place_level level) const;

  /// What a place itself offers, and what it or any place below it does. In the order of the
  /// places, then of the items.
  std::vector<served_item> served(std::string_view id, std::span<const service_item> items) const;
  std::vector<served_item> served_below(std::string_view id,
                                        std::span<const service_item> items) const;

 private:
  std::vector<service_place> places_;
  std::unordered_map<std::string, std::size_t> by_id_;
};

} // namespace banli
