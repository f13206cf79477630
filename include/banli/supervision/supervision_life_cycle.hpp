// supervision_life_cycle.hpp — how orders and complaints move from phase to phase: two tables.
//
//   order:     已发起 -> 已审核 -> 已下发 -> 已签收 -> 办理中 -> 已反馈 -> 反馈已认可 -> 已办结
//   complaint: 已登记 -> 已受理 -> 自办 | 转办 | 督办 -> 已核查 -> 已答复 -> 已办结 -> 已归档
//
// A row says from which phase an act leads to which, who may do it, and what must hold besides:
//
//   next(order_phase::issued, order_act::sign_for, {supervision_role::unit}, facts);
//       // signed_for, if facts has own_unit; else error[not-permitted]
//   next(order_phase::issued, order_act::close, …);      // error[no-transition]
//
// What no row permits is refused. The tables can be walked (order_rows), printed as a matrix of
// phases and acts (to_table) and drawn (to_mermaid).
//
// The hard case is an act of several rows: a report that is returned goes back to who wrote it,
// himself, the department, or the department under supervision. Their conditions exclude each
// other, so that never two rows hold at once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/supervision/supervision_office.hpp>

namespace banli {

/// Where a supervision order stands (督办状态). The numbers are stable.
enum class order_phase : std::uint8_t {
  none,       ///< nothing happened yet
  initiated,  ///< 已发起
  returned,   ///< 已退回修改
  approved,   ///< 已审核
  issued,     ///< 已下发
  signed_for, ///< 已签收
  in_hand,    ///< 办理中
  fed_back,   ///< 已反馈
  accepted,   ///< 反馈已认可
  closed,     ///< 已办结
  withdrawn,  ///< 已撤销
};
inline constexpr std::size_t order_phase_count = 11;

enum class order_act : std::uint8_t {
  initiate,     ///< 发起
  approve,      ///< 审核通过
  send_back,    ///< 退回修改
  amend,        ///< 修改
  withdraw,     ///< 撤销
  issue,        ///< 下发
  sign_for,     ///< 签收
  handle,       ///< 办理
  feed_back,    ///< 反馈
  accept_reply, ///< 认可反馈
  return_reply, ///< 退回反馈
  close,        ///< 办结
  escalate,     ///< 升级督办
  remind,       ///< 催办
  extend,       ///< 延期
};
inline constexpr std::size_t order_act_count = 15;

/// Where a complaint stands (投诉件状态).
enum class complaint_phase : std::uint8_t {
  none,
  registered,  ///< 已登记
  declined,    ///< 不予受理
  accepted,    ///< 已受理
  handling,    ///< 自办中
  transferred, ///< 已转办
  supervised,  ///< 督办中
  reported,    ///< 已核查
  answered,    ///< 已答复
  reexamining, ///< 复查中
  concluded,   ///< 已办结
  archived,    ///< 已归档
};
inline constexpr std::size_t complaint_phase_count = 12;

enum class complaint_act : std::uint8_t {
  enter,          ///< 登记
  accept,         ///< 受理
  decline,        ///< 不予受理
  answer_at_once, ///< 即时办结并答复
  take,           ///< 自办
  transfer,       ///< 转办
  supervise,      ///< 督办, with a limit
  coordinate,     ///< 确定牵头单位
  verify,         ///< 初步核查
  report,         ///< 书面报告核查结果
  return_report,  ///< 退回报告
  explain_delay,  ///< 说明延期
  answer,         ///< 答复
  object,         ///< 不服
  find_fault,     ///< 提出处理意见并通报
  report_up,      ///< 上报
  conclude,       ///< 办结
  archive,        ///< 归档
  disclose,       ///< 查阅实名
};
inline constexpr std::size_t complaint_act_count = 19;

/// What must hold, besides the role.
enum class supervision_fact : std::uint8_t {
  own_unit,          ///< the actor is of the unit it is about, or that handles it
  own_office,        ///< the actor is of the office that supervises
  reasoned,          ///< a reason was given
  another_person,    ///< not the person who did what is judged
  overdue,           ///< a limit was missed
  office_above,      ///< there is an office to climb to
  lead_settled,      ///< one unit, or somebody coordinates
  fitting_answer,    ///< a written complaint is answered in writing
  delay_explained,   ///< nothing was late, or it was said why
  can_be_answered,   ///< the complainant is known, or left a way to reach him
  self_handled,      ///< the office handles it itself
  under_supervision, ///< it was supervised
  reported_up,       ///< what must be reported up was
};
inline constexpr std::size_t supervision_fact_count = 13;
using supervision_facts = small_set<supervision_fact>;

std::string_view to_string(order_phase p);
std::string_view to_string(order_act a);
std::string_view to_string(complaint_phase p);
std::string_view to_string(complaint_act a);
std::string_view to_string(supervision_fact f);
/// The office's words: 已签收, 催办.
std::string_view label(order_phase p);
std::string_view label(order_act a);
std::string_view label(complaint_phase p);
std::string_view label(complaint_act a);
/// "a reason is given", 写明理由.
text words_of(supervision_fact f);

/// The value that a stable name or an office's word names. Errors: unknown_value, did you mean.
result<order_act> parse_order_act(std::string_view name);
result<complaint_act> parse_complaint_act(std::string_view name);
result<order_phase> parse_order_phase(std::string_view name);
result<complaint_phase> parse_complaint_phase(std::string_view name);
result<supervision_fact> parse_supervision_fact(std::string_view name);

/// One condition of a row: a fact that must, or must not, hold.
struct supervision_condition {
  supervision_fact fact{};
  enum class wanted : std::uint8_t { yes, no } want = wanted::yes;

  friend bool operator==(const supervision_condition&, const supervision_condition&) = default;
};

/// One row of a table.
template <class Phase, class Act>
struct supervision_row {
  Phase from{};
  Act act{};
  Phase to{};
  supervision_roles roles{};                       ///< any of them may
  std::vector<supervision_condition> conditions{}; ///< all must hold

  friend bool operator==(const supervision_row&, const supervision_row&) = default;
};
using order_row = supervision_row<order_phase, order_act>;
using complaint_row = supervision_row<complaint_phase, complaint_act>;

/// The tables, in the order in which they are written.
const std::vector<order_row>& order_rows();
const std::vector<complaint_row>& complaint_rows();

/// The phase after an act. A pure function. Errors: no_transition (the phase knows no such act),
/// not_permitted (no role of the actor may; says which may; the actor is of another unit or
/// office), missing_reason, condition_not_met.
result<order_phase> next(order_phase from, order_act act, supervision_roles roles,
                         supervision_facts facts);
result<complaint_phase> next(complaint_phase from, complaint_act act, supervision_roles roles,
                             supervision_facts facts);

/// The rows by which an actor could act now.
std::vector<order_row> allowed(order_phase from, supervision_roles roles, supervision_facts facts);
std::vector<complaint_row> allowed(complaint_phase from, supervision_roles roles,
                                   supervision_facts facts);

/// Phases down, acts across, in each cell where the act leads: Markdown.
std::string order_table(language l);
std::string complaint_table(language l);
/// As Mermaid state diagrams.
std::string order_mermaid(language l);
std::string complaint_mermaid(language l);

} // namespace banli
