// catalogue_list.hpp — the catalogue of the library (目录): entries that items stand below, in
// their groups and order, and a record of who changed what.
//
//   catalogue_list list;
//   list.add({.id = catalogue_id{"MZ-001"}, .name = "社会团体登记", .type = "XK"},
//            {"民政>社会组织", 1}, office, t0);                                  // 新增目录
//   list.move(catalogue_id{"MZ-001"}, {"民政", 2}, office, t1);                  //
//   移动、分组、排序 list.make_void(catalogue_id{"MZ-001"}, "依据废止", items, office, t2); // 作废
//       // error[condition-not-met]: 2 items stand below the entry 'MZ-001', the first is entry 7
//
// A change of an entry changes no item: what an item took from its entry when it was drafted is
// its own since, and follows only when the item is changed (inherit(), catalogue_entry.hpp).
// Nothing is deleted: an entry that was voided stays, with the reason, and its id is not given
// again. The acts are the service office's; time never runs backwards.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <banli/item/catalogue_entry.hpp>
#include <banli/library/item_library.hpp>

namespace banli {

/// An entry and where it stands.
struct listed_entry {
  catalogue_entry entry{};
  item_placement place{};
  bool voided = false;

  friend bool operator==(const listed_entry&, const listed_entry&) = default;
};

enum class catalogue_act : std::uint8_t {
  added,   ///< 新增目录
  changed, ///< 修改
  moved,   ///< 移动、分组、排序
  voided,  ///< 作废
};

std::string_view to_string(catalogue_act a);
std::string_view label(catalogue_act a);

/// One act, never changed after.
struct catalogue_record {
  catalogue_id entry{};
  instant when{};
  person_id who{};
  catalogue_act act = catalogue_act::added;
  std::string reason{}; ///< of a void; the two places of a move

  friend bool operator==(const catalogue_record&, const catalogue_record&) = default;
};

struct catalogue_list_limits {
  std::size_t entries = 100'000;
  std::size_t records = 1'000'000;
  std::size_t text_bytes = 10'000; ///< of a reason, a group
};

/// What bundles carry.
struct catalogue_list_data {
  std::vector<listed_entry> entries{}; ///< in the order in which they were added
  std::vector<catalogue_record> records{};

  friend bool operator==(const catalogue_list_data&, const catalogue_list_data&) = default;
};

/// Everything wrong with the data: an id twice or without the record that added it, a record of no
/// entry, an entry voided without a record and the reverse, time backwards, and the faults of
/// check(catalogue_entry). Codes: duplicate_id, unknown_reference, bundle_damaged, time_backwards …
problems check(const catalogue_list_data& data, const locator& where = nowhere);

class catalogue_list {
 public:
  explicit catalogue_list(const catalogue_list_limits& limits = {}) : limits_(limits) {}

  /// A list of data that check() finds good. Errors: the first problem, limit_exceeded.
  static result<catalogue_list> restore(catalogue_list_data data,
                                        const catalogue_list_limits& limits = {});

  /// Errors: not_permitted, duplicate_id, those of check(catalogue_entry), time_backwards,
  /// limit_exceeded.
  result<void> add(catalogue_entry entry, item_placement place, const item_actor& actor,
                   instant when);
  /// New contents under the same id. Errors: unknown_reference (with the nearest),
  /// condition_not_met (voided), those of add.
  result<void> change(catalogue_entry entry, const item_actor& actor, instant when);
  /// Errors: as change.
  result<void> move(const catalogue_id& id, item_placement place, const item_actor& actor,
                    instant when);
  /// Errors besides: missing_reason; condition_not_met, while an item that is on its way or in
  /// the library names it.
  result<void> make_void(const catalogue_id& id, std::string reason, const item_library& items,
                         const item_actor& actor, instant when);

  const listed_entry* find(const catalogue_id& id) const;
  /// Those not voided, by group, order and age.
  std::vector<const listed_entry*> in_order() const;
  const catalogue_list_data& data() const { return data_; }
  bool empty() const { return data_.entries.empty(); }

  friend bool operator==(const catalogue_list& a, const catalogue_list& b) {
    return a.data_ == b.data_;
  }

 private:
  result<void> admit(const item_actor& actor, instant when, std::string_view words) const;
  result<listed_entry*> living(const catalogue_id& id);

  catalogue_list_data data_;
  catalogue_list_limits limits_;
  std::unordered_map<catalogue_id, std::size_t> numbers_; ///< index into entries
};

/// Entries whose version on its way or published stands below an entry of the catalogue.
std::vector<entry_number> items_below(const item_library& items, const catalogue_id& id);

} // namespace banli
