// item_life_cycle.hpp — the states of a service item on its way into the library and out of it.
//
//   暂存 --submit--> 部门已审核 --review--> 编办已审核 --(confirm: city, province)--> 已入库
//    ^                  |                      |                                       |  |
//    +---- send_back with a reason ------------+              replaced by a change: 备案  |
//                                                             void with a reason: 废置 <--+
//
// Each version of an item is in one state. Whoever asks for a command shows his rights, and the
// facts of the moment; the answer is the next state, or why not:
//
//   actor_rights office{role_set{actor_role::establishment_office}};
//   next(item_state::department_reviewed, item_command::review, office, {});     // office_reviewed
//   next(item_state::department_reviewed, item_command::send_back, office, {});
//       // error[missing-reason]: send_back is possible only when a reason is given
//   next(item_state::draft, item_command::publish, office, {});
//       // error[no-transition]
//
// What no row of the table permits is refused: there is no other default. The table can be walked
// (life_cycle_rows), asked (allowed) and drawn (life_cycle_mermaid).
//
// The hard case is the chain of confirmations. 政务公开领导小组 of the city and of the province
// confirm before publication where they have asked to (国办函〔2011〕99号): whether they do is a
// fact (city_confirms, province_confirms), and each row says which it needs, so that with any chain
// exactly one way leads to 已入库.
//
// Sources: the seven states of the county platform (暂存 … 废置), and its two kinds of accounts:
// the entry account (录入账号) writes, the administrator (管理账号) reads and counts.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/base/small_set.hpp>

namespace banli {

/// Where a version stands. The numbers are stable: stores and bundles may keep them.
enum class item_state : std::uint8_t {
  draft = 10,               ///< 暂存: new and not submitted, or returned
  department_reviewed = 20, ///< 部门已审核: submitted, 编办 has not yet passed it
  office_reviewed = 30,     ///< 编办已审核
  city_confirmed = 40,      ///< 市级已确认, where the chain has the city
  province_confirmed = 50,  ///< 省级已确认, where the chain has the province
  published = 60,           ///< 已入库
  archived = 70,            ///< 备案: the version that a change replaced
  voided = 80,              ///< 废置
};

inline constexpr std::array<item_state, 8> all_item_states{item_state::draft,
                                                           item_state::department_reviewed,
                                                           item_state::office_reviewed,
                                                           item_state::city_confirmed,
                                                           item_state::province_confirmed,
                                                           item_state::published,
                                                           item_state::archived,
                                                           item_state::voided};

/// What may be asked of a version.
enum class item_command : std::uint8_t {
  edit,             ///< 修改 a draft
  submit,           ///< 提交
  withdraw,         ///< 撤回 what 编办 has not yet judged
  review,           ///< 编办审核
  confirm_city,     ///< 市级确认
  confirm_province, ///< 省级确认
  assign_code,      ///< 赋码, after the last confirmation (codes are given centrally)
  publish,          ///< 发布入库
  send_back,        ///< 退回, with a reason
  change,       ///< 变更: opens a new version; this one stays in force until that is published
  replace,      ///< 转备案: what publishing the successor does to its predecessor
  propose_void, ///< 申请作废, with a reason
  make_void,    ///< 作废, with a reason
};
inline constexpr std::size_t item_command_count = 13;

/// Who may act. An actor may have several roles.
enum class actor_role : std::uint8_t {
  entry_account,        ///< 录入账号 of a department
  department_reviewer,  ///< 部门审核
  establishment_office, ///< 编办
  city_office,          ///< 市级确认机关
  province_office,      ///< 省级确认机关
  service_office,       ///< 政务办
  administrator,        ///< 管理账号: reads and counts, changes no item
};
inline constexpr std::size_t actor_role_count = 7;

/// What must hold, besides the role.
enum class item_fact : std::uint8_t {
  own_department,    ///< the item belongs to the actor's department
  complete,          ///< 必填要素 are there and nothing is wrong
  reasoned,          ///< a reason was given
  coded,             ///< the item has its code
  city_confirms,     ///< the chain asks for the city
  province_confirms, ///< the chain asks for the province
  under_change,      ///< another version of the item is on its way
  succeeded,         ///< the version that replaces this one is being published
};
inline constexpr std::size_t item_fact_count = 8;

using role_set = small_set<actor_role>;
using item_facts = small_set<item_fact>;

/// What an actor may do, as far as the life cycle asks.
struct actor_rights {
  role_set roles{};

  friend bool operator==(const actor_rights&, const actor_rights&) = default;
};

/// One condition of a row: a fact that must, or must not, hold.
struct row_condition {
  item_fact fact{};
  enum class wanted : std::uint8_t { yes, no } want = wanted::yes;

  friend bool operator==(const row_condition&, const row_condition&) = default;
};

/// One row of the table.
struct life_cycle_row {
  item_state from{};
  item_command command{};
  item_state to{};
  actor_role role{};
  std::vector<row_condition> conditions{}; ///< all must hold

  friend bool operator==(const life_cycle_row&, const life_cycle_row&) = default;
};

/// Stable names: "office_reviewed", "send_back", "service_office", "under_change".
std::string_view to_string(item_state s);
std::string_view to_string(item_command c);
std::string_view to_string(actor_role r);
std::string_view to_string(item_fact f);
/// The office's words: 编办已审核, 退回, 政务办.
std::string_view label(item_state s);
std::string_view label(item_command c);
std::string_view label(actor_role r);
/// The conditions of a row in words: "own department; a reason is given".
text condition_text(const life_cycle_row& row);

/// The value that a stable name or an office's word names. Errors: unknown_value, did you mean.
result<item_state> parse_item_state(std::string_view name);
result<item_command> parse_item_command(std::string_view name);
result<actor_role> parse_actor_role(std::string_view name);
/// The fact of a stable name. Errors: unknown_value, did you mean.
result<item_fact> parse_item_fact(std::string_view name);

/// The table, in the order in which it is written.
const std::vector<life_cycle_row>& life_cycle_rows();

/// The state after a command. A pure function.
/// Errors: no_transition (the state knows no such command), not_permitted (no role of the actor
/// may; says which may), missing_reason, incomplete_item, missing_code, condition_not_met.
result<item_state> next(item_state from, item_command command, const actor_rights& actor,
                        item_facts facts);

/// The rows by which an actor could act now, each command once.
std::vector<life_cycle_row> allowed(item_state from, const actor_rights& actor, item_facts facts);

/// The table as a Mermaid state diagram.
std::string life_cycle_mermaid(language l);
/// The same for Graphviz.
std::string life_cycle_dot(language l);

} // namespace banli
