// item_query.hpp — questions to the item library: search, to-do lists, lists and counts.
//
//   search(lib, {.name_part = "食品", .state = item_state::published, .limit = 20});
//   to_do(lib, office);             // 待办: what waits for 编办, with the commands it may give
//   to_review(lib); published(lib); // 待审核事项, 已发布事项
//   count_items(lib, by_department) // per department and state
//
// Every answer is in the order of the lists: group, order within it, number. A search sees the
// version that is on its way, or else the latest one, or the one in force on a day (as_of). A
// change that was given up hides nothing: the published version is seen again.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/library/item_library.hpp>

namespace banli {

/// What is looked for; an empty member asks nothing.
struct item_query {
  std::string code{};      ///< the code, or how it begins
  std::string name_part{}; ///< part of the name
  std::string type{};
  department_id department{};
  std::optional<item_state> state{};
  std::string law{};   ///< part of the title of a law it rests on
  std::string group{}; ///< the group, or one above it
  std::optional<item_disposition> disposition{};
  std::optional<day> as_of{}; ///< only what is in force on this day
  std::size_t skip = 0;
  std::size_t limit = 100; ///< at most max_search_limit
};
inline constexpr std::size_t max_search_limit = 10'000;

struct search_answer {
  std::vector<item_hit> hits{};
  std::size_t found = 0; ///< with those before `skip` and beyond `limit`
};

/// Errors: limit_exceeded.
result<search_answer> search(const item_library& lib, const item_query& query);

/// One line of a to-do list.
struct to_do_line {
  item_hit item{};
  std::vector<item_command> commands{};

  friend bool operator==(const to_do_line&, const to_do_line&) = default;
};

/// 待办列表: versions on their way that wait for the actor, and proposals to void.
std::vector<to_do_line> to_do(const item_library& lib, const item_actor& actor);

/// 待审核事项: submitted and not yet published.
std::vector<item_hit> to_review(const item_library& lib);
/// 已发布事项.
std::vector<item_hit> published(const item_library& lib);

/// An item and why it is in the list.
struct reasoned_line {
  item_hit item{};
  std::string reason{};
  instant when{};

  friend bool operator==(const reasoned_line&, const reasoned_line&) = default;
};

/// 作废清单: voided items with the reason.
std::vector<reasoned_line> voided_items(const item_library& lib);
/// 拟作废清单: published items that somebody has proposed to void.
std::vector<reasoned_line> proposed_voids(const item_library& lib);
/// 保留、新增、调整、下放、取消: the current versions of one disposition. Voided ones are
/// cancelled.
std::vector<item_hit> items_of(const item_library& lib, item_disposition d);

/// An item that a place offers, and how.
struct offered_line {
  item_hit item{};
  std::string window{};
  std::optional<delegation_role> role{}; ///< absent: at a window of the hall itself

  friend bool operator==(const offered_line&, const offered_line&) = default;
};

/// What a hall, a town or a village offers on a day (确定通过乡镇(街道)服务窗口办理的事项): items
/// in force with a window in that hall, or delegated to that unit.
std::vector<offered_line> offered_at(const item_library& lib, std::string_view place, day d);

/// A power or public service of a list that items are recognised from (事项认定).
struct listed_power {
  std::string list{};   ///< 权力清单, 公共服务清单
  std::string number{}; ///< its number there
  std::string name{};
  std::string type{};
  department_id department{};
  std::string reason{}; ///< why it should be here, for the list of what is missing

  friend bool operator==(const listed_power&, const listed_power&) = default;
};

/// How an entry says that it was recognised from a list: "权力清单 17".
std::string origin_text(const listed_power& p);
/// A draft for what a list names; it is recognised once. Errors: duplicate_id, those of create().
result<entry_number> recognise(item_library& lib, const listed_power& power,
                               const item_actor& actor, instant when);
/// 应补清单: what a list names and no living entry has been recognised from or is named like.
std::vector<listed_power> missing_from(const item_library& lib,
                                       const std::vector<listed_power>& list);

/// Counts of one area, unit, type …
struct item_counts {
  std::array<std::size_t, 8> states{}; ///< entries by the state of the version a search sees
  std::size_t entries = 0;
  std::size_t recognised = 0; ///< from a list (事项认定)
  std::size_t coded = 0;
  std::size_t in_library = 0; ///< with a published version (目录清单)
  std::size_t guides = 0; ///< with the mark of element_list::guide_eight (办事指南八要素)

  friend bool operator==(const item_counts&, const item_counts&) = default;
};

/// By what items are counted.
using item_key = std::function<std::string(const item_version&)>;
std::string by_department(const item_version& v);
std::string by_type(const item_version& v);
/// The area of the code: "62052400"; empty before there is one.
std::string by_area(const item_version& v);
std::map<std::string, item_counts> count_items(const item_library& lib, const item_key& key);

} // namespace banli
