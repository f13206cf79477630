// item_entry.hpp — what the item library keeps: entries, their versions, and a record of every act.
//
//   entry 7   目录 市场监管>食品      version 1  备案     in force 2024-01-01 .. 2025-06-30
//                                     version 2  已入库   in force 2025-07-01 ..
//                                     version 3  暂存     being changed, in force never yet
//
// An entry is known by its number, which it has from the first draft on; its code comes after the
// last confirmation. Nothing is deleted: a version that was replaced is 备案, one given up is 废置,
// and each act has left a record of who, when, what and why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/item/service_item.hpp>
#include <banli/library/item_life_cycle.hpp>
#include <banli/time/civil.hpp>

namespace banli {

/// The number of an entry, counted from 1 in the order of creation.
enum class entry_number : std::uint32_t {};

constexpr std::size_t to_index(entry_number n) { return static_cast<std::size_t>(n) - 1; }

/// What a clean-up decided on an item (行政审批项目保留、取消、下放、调整情况).
enum class item_disposition : std::uint8_t {
  kept,      ///< 保留
  added,     ///< 新增
  adjusted,  ///< 调整
  delegated, ///< 下放
  cancelled, ///< 取消
};

std::string_view to_string(item_disposition d);
std::string_view label(item_disposition d);
/// Errors: unknown_value.
result<item_disposition> parse_item_disposition(std::string_view name);

/// One version of an item. In force from `effective` until the day before `ended`.
struct item_version {
  int number = 1;
  item_state state = item_state::draft;
  service_item item{};
  item_disposition disposition = item_disposition::added;
  std::optional<day> effective{}; ///< absent: never published
  std::optional<day> ended{};     ///< the first day on which it no longer held

  /// Whether the version was in force on a day.
  bool in_force(day d) const { return effective && *effective <= d && (!ended || d < *ended); }
  /// Whether the version is on its way: neither published nor done with.
  bool open() const { return state < item_state::published; }

  friend bool operator==(const item_version&, const item_version&) = default;
};

/// Where an entry stands in lists.
struct item_placement {
  std::string group{}; ///< 分组, a path: 市场监管>食品
  int order = 0;       ///< 排序 within the group

  friend bool operator==(const item_placement&, const item_placement&) = default;
};

/// One item of the library.
struct item_entry {
  entry_number number{};
  item_placement place{};
  std::string origin{}; ///< the list and number it was recognised from (事项认定); may be empty
  std::vector<item_version> versions{};

  friend bool operator==(const item_entry&, const item_entry&) = default;
};

/// What a record tells of.
enum class record_kind : std::uint8_t {
  created, ///< 新增
  adopted, ///< 转入: published as it came, with its code
  acted,   ///< a command of the life cycle
  moved,   ///< 移动、分组、排序
  opinion, ///< 审阅意见: of a lawyer, of the legal office; changes no state
};

std::string_view to_string(record_kind k);

/// One act, never changed after.
struct item_record {
  entry_number entry{};
  int version = 1;
  instant when{};
  person_id who{};
  record_kind kind = record_kind::acted;
  item_command command = item_command::edit; ///< of an act
  item_state from = item_state::draft;
  item_state to = item_state::draft;
  std::string reason{}; ///< the reason, the opinion, or what was edited

  friend bool operator==(const item_record&, const item_record&) = default;
};

/// Who acts: a person, with roles, of a department.
struct item_actor {
  person_id who{};
  role_set roles{};
  department_id department{};
};

/// The entry whose version it is, as searches answer.
struct item_hit {
  entry_number entry{};
  int version = 0;

  friend bool operator==(const item_hit&, const item_hit&) = default;
};

} // namespace banli
