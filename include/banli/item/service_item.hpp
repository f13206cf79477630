// service_item.hpp — one power or service of an office, described in full.
//
// A service item (政务服务事项) is the contract everything else hangs on: what the office does, on
// which legal basis, for whom, within which time limit, through which flowchart. Its fields are
// those of form A1 of the State Council's implementation guide (国办函〔2011〕99号, 附录1),
// seventeen of them, and what the county forms add. What is more than a line of text has a page of
// its own: legal_basis.hpp, material.hpp, service_window.hpp, discretion_benchmark.hpp,
// risk_point.hpp and, for the small ones, item_parts.hpp. A field that is left out says nothing.
//
//   service_item it;
//   it.code = item_id{"62052400MZ-XK-0001"};
//   it.name = "社会团体成立登记";
//   it.statutory = {60, limit_unit::day};
//   it.promised = {20, limit_unit::workday};
//   check(it);                        // problems: no basis, no handling body, no flowchart ...
//
// Two rules carry the law. A power without a legal basis is void, so an item without one is an
// error (missing_basis). And the limit an office promises may be shorter than the statutory one but
// never longer (promise_above_statute).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/deadline/counting.hpp>
#include <banli/deadline/time_limit.hpp>
#include <banli/item/discretion_benchmark.hpp>
#include <banli/item/item_parts.hpp>
#include <banli/item/legal_basis.hpp>
#include <banli/item/material.hpp>
#include <banli/item/risk_point.hpp>
#include <banli/item/service_window.hpp>

namespace banli {

/// How a case of this item is handled (办件类型).
enum class case_kind : std::uint8_t {
  immediate,   ///< 即办件: decided on the spot
  promised,    ///< 承诺件: decided within the promised limit
  to_complete, ///< 补办件: received incomplete, to be completed
  reported_up, ///< 上报件: examined here, decided above; the promise includes the upper level
  joint,       ///< 联办件: a lead department and co-handlers in parallel
};

/// What kind of body exercises the power (主体性质).
enum class body_nature : std::uint8_t {
  statutory_organ,         ///< 法定机关
  authorised_organisation, ///< 授权组织
  entrusted_unit,          ///< 受委托单位; must name the entruster
};

/// What happens to the clock when an accepted applicant is asked for more (补正).
enum class supplement_rule : std::uint8_t {
  runs,     ///< the clock runs on: asking after acceptance is the office's own delay
  restarts, ///< the whole limit runs again (政府信息公开条例 art. 30)
};

/// What follows when the promised limit runs out and nobody has decided (超时默认制).
enum class overtime_rule : std::uint8_t {
  none,    ///< the case is overdue, and that is all
  flag,    ///< the item says that silence counts as consent; a person must say so in each case
  consent, ///< 默认同意: whoever keeps the cases may record the consent once the limit has run out
};

struct service_item {
  // Form A1, in its order.
  item_id code;                        ///< 1 事项编码
  std::string type;                    ///< 2 事项分类: two letters of the type table, XK
  std::string name;                    ///< 3 事项名称
  std::vector<legal_basis> bases;      ///< 4 行使依据, from high rank to low
  std::string body;                    ///< 5 办理主体
  std::vector<std::string> conditions; ///< 6 受理条件
  std::vector<charge> charges;         ///< 7 收费依据和标准; empty: free of charge
  std::optional<time_limit> statutory; ///< 8 法定期限; absent where the law sets none
  time_limit promised{};               ///< 9 承诺期限
  department_id department;            ///< 10 办理部门
  std::string section;                 ///<    down to the section (科室)
  std::string address;                 ///< 11 办理地点
  std::string phone;                   ///< 12 联系电话
  flowchart_id flow;                   ///< 13 权力运行流程图
  std::vector<service_form> forms;     ///< 14 服务表格
  std::vector<question> questions;     ///< 15 常见问题解答
  std::string supervision_phone;       ///< 16 监督电话
  std::string online_link;             ///< 17 在线办理链接

  // What the case needs to run.
  body_nature nature = body_nature::statutory_organ; ///< 主体性质
  std::string entruster;                             ///< 委托单位, for an entrusted unit
  case_kind kind = case_kind::promised;              ///< 办件类型
  std::vector<department_id> co_handlers;            ///< 联办部门, for a joint item
  std::vector<material> materials;                   ///< 申请材料
  std::vector<item_document> documents;              ///< 文书 a closed case must have
  std::vector<std::string> excluded_procedures; ///< 不计入期限的程序: hearing, expert_review ...
  std::vector<form_fact> facts;                 ///< values conditions may read
  supplement_rule supplement = supplement_rule::runs;
  counting_rules counting; ///< where the law leaves a choice

  // What the item is, beyond its name.
  std::string description;                 ///< 事项内容: what the name means
  name_kind naming = name_kind::statutory; ///< where the name comes from
  catalogue_id catalogue;                  ///< 目录: the entry it belongs to
  std::string base_code;                   ///< 基本编码, shared over levels ("three sames")
  bool delegated_from_above = false;       ///< 上级下放事项; must name the superior body
  std::string superior_body;               ///< 上级主管部门
  std::optional<service_test> service;     ///< direct, on application, beneficial; absent: untested
  std::optional<public_field> field;       ///< 公共服务领域, for a public service
  std::vector<std::string> applicants;     ///< 服务对象: groups of applicants
  std::vector<certificate> certificates;   ///< 审批证件; empty: none
  std::vector<related_approval> approvals_before;   ///< 前置审批
  std::vector<related_approval> approvals_after;    ///< 后置审批
  std::vector<risk_point> risks;                    ///< 廉政风险点 of the item as a whole
  std::vector<discretion_benchmark> benchmarks;     ///< 裁量基准
  std::vector<intermediary_service> intermediaries; ///< 中介信息
  std::string supervision_channel;                  ///< 监督渠道, beside the phone

  // Where and on what it is handled.
  std::vector<service_window> windows;     ///< 窗口
  std::vector<delegation> delegations;     ///< 代收, 代办, 自办 by towns and villages
  stationing hall = stationing::undecided; ///< 是否进驻大厅
  business_system_id business_system;      ///< 所属业务系统
  bool on_platform = true; ///< false: published, but not handled on the platform (penalties)
  bool supervised = true;  ///< false: not under electronic supervision either

  // What the office has promised about its silence and its answers (效能制度).
  overtime_rule overtime = overtime_rule::none; ///< 超时默认制
  bool refusals_reported = false; ///< 否定报备制: the supervisor is told of every refusal
  bool completion_told = false; ///< 办结告知制: the applicant is told that the case is closed
  /// 延期审批: who alone consents to an extension, after which the applicant must be told; a
  /// department or post of the office is held to it by those who act. Empty: whom the command
  /// names.
  std::string extension_authority;
  std::optional<renewal_rules> renewal; ///< 延续; absent: renewal_rules as they are by default

  friend bool operator==(const service_item&, const service_item&) = default;
};

/// The stable names used in documents: "promised", "joint", ...
inline std::string_view to_string(case_kind kind);
inline std::string_view to_string(body_nature nature);
inline std::string_view to_string(supplement_rule rule);
inline std::string_view to_string(overtime_rule rule);

/// The words the office uses: 承诺件, 联办件, 受委托单位, ...
inline std::string_view label(case_kind kind);
inline std::string_view label(body_nature nature);
inline std::string_view label(overtime_rule rule);

/// Every fault of one item that can be seen without the rest of the configuration.
///
/// Codes: missing_field (code, type, name, body, department, section, phone, supervision_phone,
/// flow), bad_item_code, missing_basis, basis_order, missing_entruster, missing_superior,
/// missing_co_handlers, unnamed_certificate, promise_above_statute, bad_value (an immediate item
/// with a limit; a renewal of no length, or less than never), duplicate_id (two facts of one name),
/// and those of check(discretion_benchmark).
inline problems check(const service_item& item, const locator& where = nowhere);

/// Whether limit a is longer than limit b. Limits of one unit compare exactly; across units a
/// working day counts as 7/5 of a day, a month as 30 days, a year as 365, a working hour as 1/6 of
/// a working day: enough to see a promise of 60 working days above a law of 60 days. Of two dates
/// each year the later is the longer; against other units such a date counts as a year.
inline bool longer(const time_limit& a, const time_limit& b);

} // namespace banli

#include <banli/item/detail/service_item_check.hpp>
