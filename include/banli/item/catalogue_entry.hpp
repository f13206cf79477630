// catalogue_entry.hpp — an entry of the catalogue (目录), whose basic fields its items share.
//
// Items stand in two levels, 目录 -> 事项. An entry such as 社会团体登记 has three items below it:
// establishment, change, cancellation. What they have in common is written once, in the entry, and
// is mapped into each item, where it stays editable (目录基本信息会映射到事项基本信息对应的要素中).
//
//   catalogue_entry e{.id = catalogue_id{"MZ-001"}, .name = "社会团体登记", .type = "XK"};
//   e.bases = {{legal_rank::administrative_rule, "《社会团体登记管理条例》", "第九条", ""}};
//   service_item it = inherit(e, item);   // it.type == "XK" and it.bases == e.bases, unless
//                                         // the item has its own
//
// A member of the item that is empty, or has the value it is born with, says nothing and takes the
// entry's; so inherit(e, inherit(e, x)) == inherit(e, x). The name is never inherited. The hard
// case is a list: it is taken whole or not at all, because one basis more is another set of bases.
//
// Approval items must have an entry, service items may
// (行政审批事项必须有目录,服务事项的目录可有可无): needs_entry() says which, item_set.hpp asks for
// it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/item/service_item.hpp>

namespace banli {

/// The fields that an entry gives its items. Empty and absent ones give nothing.
struct catalogue_entry {
  catalogue_id id{};
  std::string name{};
  std::string type{};        ///< 事项类型: two letters, XK
  std::string description{}; ///< 事项内容
  std::string base_code{};   ///< 基本编码
  std::vector<legal_basis> bases{};
  std::string body{}; ///< 办理主体
  std::optional<body_nature> nature{};
  std::string entruster{};
  std::vector<std::string> conditions{};
  std::vector<charge> charges{};
  std::optional<time_limit> statutory{};
  department_id department{};
  std::string supervision_phone{};
  std::optional<name_kind> naming{};
  std::optional<public_field> field{};
  std::optional<service_test> service{};
  std::string superior_body{}; ///< of items that are delegated from above

  friend bool operator==(const catalogue_entry&, const catalogue_entry&) = default;
};

/// The item with what its entry gives and it does not say itself. The item's `catalogue` becomes
/// the entry's id.
inline service_item inherit(const catalogue_entry& entry, service_item item);

/// Whether items of a type must stand below an entry: XK (行政许可) and SP (非行政许可的行政审批).
inline bool needs_entry(std::string_view type) { return type == "XK" || type == "SP"; }

/// The faults of one entry. Codes: missing_field (id, name), basis_order, missing_entruster.
inline problems check(const catalogue_entry& entry, const locator& where = nowhere);

} // namespace banli

#include <banli/item/detail/catalogue_entry_check.hpp>
