// item_difference.hpp — what changed between two versions of an item, field by field.
//
//   for (const item_change& c : compare(old_version, new_version))
//     to_text(c, language::zh);
//   // 承诺期限:20个工作日 → 15个工作日
//   // 申请材料/2:新增 章程、复印件
//   // 行使依据/0/条款:第九条 → 第十条
//
// A change names its field by path, as documents do: "materials/2/name" is the name of the third
// material. Lists are aligned before they are compared, so that a material put in front of others
// is one change and not as many as there are materials: equal elements are matched (longest common
// subsequence), what lies between them is paired in order, the rest was added or removed.
//
// The hard case is the index of what was removed: it counts in the old list, every other index in
// the new one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <banli/item/service_item.hpp>

namespace banli {

enum class change_kind : std::uint8_t { changed, added, removed };

std::string_view to_string(change_kind k);

/// One field that differs.
struct item_change {
  std::string path{}; ///< "promised", "materials/2/name"
  change_kind kind = change_kind::changed;
  text before{}; ///< empty where there was nothing
  text after{};

  friend bool operator==(const item_change&, const item_change&) = default;
};

/// The office's words for a path: 承诺期限, 申请材料/2/名称. A key that no item has stands as it
/// is.
std::string field_label(std::string_view path);

/// What differs, in the order of the fields; empty exactly when the items are equal.
std::vector<item_change> compare(const service_item& before, const service_item& after);

/// One line: "promised: 20 working days -> 15 working days".
std::string to_text(const item_change& c, language l);

} // namespace banli
