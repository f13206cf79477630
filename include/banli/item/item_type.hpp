// item_type.hpp — what kind of power or service an item is, as an open table.
//
// The two letters in the middle of a code name a type (62052400MZ-XK-0001: XK, a licence). Which
// letters there are, each standard says anew, so the types are data: three tables are built in and
// an office may bring its own.
//
//   item_type_table::county()    // the seven of the county forms, in the order of their header
//   item_type_table::jiangsu()   // the newer table of provincial power lists
//   item_type_table::standard()  // both, and the kinds of "9+x" and "4+x": what banli assumes
//
//   const item_type* t = item_type_table::standard().find("XK");
//   t->name.zh;                                     // 行政许可
//   t->service;                                     // item_service::inside: it serves the public
//
// Which powers are government service? The provincial rule counts by kind: "9+x" kinds are inside
// (licence, levy, payment, confirmation, reward, annual inspection, ruling, reconsideration, tax
// relief), "4+x" outside (penalty, coercion, requisition, inspection), and of the remaining kinds,
// the x, each item is judged by three marks: direct to the public, on application, beneficial.
//
// Items are listed in the order of the table, and numbers start at 1 in every type:
//
//   number_by_type(types, items);                   // {0, 1}, {2, 2} licences, {1, 1} levies ...
//
// Sources: types and order, State Council guide (国办函〔2011〕99号) 附录1 and the county header of
// 武山县; "9+x", "4+x" the provincial rule quoted there. The letters of the county's table are
// missing from its text, which attests XK and DL only; the others are those of the Jiangsu system.
// BM, NJ, FY, JM and JC are banli's own proposals.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <banli/base/nearest.hpp>
#include <banli/base/result.hpp>
#include <banli/item/item_parts.hpp>

namespace banli {

/// Whether items of a type count as government service.
enum class item_service : std::uint8_t {
  inside,  ///< the nine kinds of "9+x"
  outside, ///< the four kinds of "4+x"
  judged,  ///< the x of both: by the marks of each item
};

/// One type of items (事项类型).
struct item_type {
  std::string letters; ///< two capital letters: XK
  text name;           ///< 行政许可, licence
  item_service service = item_service::judged;

  friend bool operator==(const item_type&, const item_type&) = default;
};

struct item_type_limits {
  std::size_t types = 676; ///< two letters name no more
  std::size_t name_bytes = 1'000;
};

/// Every fault of a table: missing_field (an empty name), bad_value (letters that are not two
/// capitals), duplicate_id (letters or a Chinese name that stand twice), limit_exceeded. Paths are
/// "/2/letters", "/2/name".
inline problems check(std::span<const item_type> types, const locator& where = nowhere,
                      const item_type_limits& limits = {});

/// The types of an office, in the order of its lists. Always a good one.
class item_type_table {
 public:
  /// A table of one's own. Errors: the first that check() finds.
  static result<item_type_table> build(std::vector<item_type> types);

  /// The seven types of the county forms.
  static const item_type_table& county();
  /// The twelve types of the Jiangsu power list, agency (DL) and convenience service (BM).
  static const item_type_table& jiangsu();
  /// All built-in types: the county's seven first, then the others.
  static const item_type_table& standard();

  std::span<const item_type> types() const { return types_; }
  std::size_t size() const { return types_.size(); }

  /// The type of two letters, or null.
  const item_type* find(std::string_view letters) const;
  /// The type of a Chinese or English name or of letters, or null.
  const item_type* find_name(std::string_view name) const;
  /// Where letters stand in the order; size() for unknown ones, which are listed last.
  std::size_t order(std::string_view letters) const;
  /// unknown_value, with the nearest letters or name.
  error unknown(std::string_view given) const;

 private:
  explicit item_type_table(std::vector<item_type> types) : types_(std::move(types)) {}

  std::vector<item_type> types_;
};

/// Whether an item of a type is government service (政务服务事项的认定), given its three marks.
constexpr bool is_government_service(const item_type& type, const service_test& marks) {
  if (type.service != item_service::judged) return type.service == item_service::inside;
  return marks.passed();
}

/// How many items there are of each type, in the order of the table.
struct type_counts {
  std::vector<std::size_t> of; ///< one a type of the table
  std::size_t unknown = 0;     ///< items of types that the table does not have

  std::size_t total() const {
    std::size_t n = unknown;
    for (const std::size_t count : of) n += count;
    return n;
  }
  friend bool operator==(const type_counts&, const type_counts&) = default;
};

/// One item in the order of the lists.
struct numbered_item {
  std::size_t index = 0; ///< among the items given
  int number = 0;        ///< 序号: from 1 in every type

  friend bool operator==(const numbered_item&, const numbered_item&) = default;
};

/// Counts items by the letters of their `type`. Items is any range of things with a member `type`.
template <class Items>
type_counts count_by_type(const item_type_table& table, const Items& items) {
  type_counts out{std::vector<std::size_t>(table.size()), 0};
  for (const auto& item : items) {
    const std::size_t at = table.order(item.type);
    ++(at < table.size() ? out.of[at] : out.unknown);
  }
  return out;
}

/// Items by type, in the order of the table, numbered from 1 within each; items of one type keep
/// their order, unknown types come last and are numbered by their letters.
template <class Items>
std::vector<numbered_item> number_by_type(const item_type_table& table, const Items& items) {
  std::vector<std::vector<numbered_item>> groups(table.size() + 1);
  std::unordered_map<std::string_view, int> last;
  std::size_t index = 0;
  for (const auto& item : items)
    groups[table.order(item.type)].push_back({index++, ++last[item.type]});
  std::vector<numbered_item> out;
  for (const auto& group : groups) out.insert(out.end(), group.begin(), group.end());
  return out;
}

} // namespace banli

#include <banli/item/detail/item_type_tables.hpp>
