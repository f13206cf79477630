// service_item.hpp — one power or service of an office, described in full.
//
// A service item (政务服务事项) is the contract everything else hangs on: what the office does, on
// which legal basis, for whom, within which time limit, through which flowchart. Its fields are
// those of form A1 of the State Council's implementation guide (国办函〔2011〕99号, 附录1),
// seventeen of them, and what the county forms add.
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

/// Rank of a legal text, from high to low (位阶). Bases are listed in this order.
enum class legal_rank : std::uint8_t {
  constitution,            ///< 宪法
  law,                     ///< 法律
  administrative_rule,     ///< 行政法规
  local_regulation,        ///< 地方性法规
  departmental_regulation, ///< 规章
  normative_document,      ///< 规范性文件
};

/// One article on which the power rests (行使依据).
struct legal_basis {
  legal_rank rank = legal_rank::law;
  std::string title;   ///< 《社会团体登记管理条例》
  std::string article; ///< 第九条
  std::string words;   ///< what the article says

  friend bool operator==(const legal_basis&, const legal_basis&) = default;
};

/// One charge and what permits it (收费依据和标准).
struct charge {
  std::string basis;
  std::string standard;

  friend bool operator==(const charge&, const charge&) = default;
};

/// One document the applicant hands in (申请材料).
struct material {
  std::string name;
  std::string format;   ///< 原件, 复印件
  std::string carrier;  ///< 纸质, 电子
  std::string required; ///< always (empty) or the condition under which it is asked for

  friend bool operator==(const material&, const material&) = default;
};

/// A form offered for download (服务表格).
struct service_form {
  std::string number;
  std::string name;
  std::string description;

  friend bool operator==(const service_form&, const service_form&) = default;
};

/// A question the public asks, and the answer (常见问题解答).
struct question {
  std::string asked;
  std::string answered;

  friend bool operator==(const question&, const question&) = default;
};

/// The type of one value that a case of this item carries and a condition may read as form.<name>.
enum class fact_type : std::uint8_t { boolean, integer, decimal, text };

/// One such value (表单字段).
struct form_fact {
  std::string name;  ///< canonical identifier
  std::string label; ///< what the form shows; may be used in conditions instead of the name
  fact_type type = fact_type::text;

  friend bool operator==(const form_fact&, const form_fact&) = default;
};

/// What happens to the clock when an accepted applicant is asked for more (补正).
enum class supplement_rule : std::uint8_t {
  runs,     ///< the clock runs on: asking after acceptance is the office's own delay
  restarts, ///< the whole limit runs again (政府信息公开条例 art. 30)
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

  // What the county forms add.
  body_nature nature = body_nature::statutory_organ; ///< 主体性质
  std::string entruster;                             ///< 委托单位, for an entrusted unit
  case_kind kind = case_kind::promised;              ///< 办件类型
  std::vector<department_id> co_handlers;            ///< 联办部门, for a joint item
  std::vector<material> materials;                   ///< 申请材料
  std::vector<std::string> documents;                ///< 文书 a closed case must have
  std::vector<std::string> excluded_procedures; ///< 不计入期限的程序: hearing, expert_review ...
  std::vector<form_fact> facts;                 ///< values conditions may read
  supplement_rule supplement = supplement_rule::runs;
  counting_rules counting; ///< where the law leaves a choice

  friend bool operator==(const service_item&, const service_item&) = default;
};

/// The stable names used in documents: "promised", "joint", ...
inline std::string_view to_string(case_kind kind);
inline std::string_view to_string(body_nature nature);
inline std::string_view to_string(legal_rank rank);
inline std::string_view to_string(fact_type type);
inline std::string_view to_string(supplement_rule rule);

/// The words the office uses: 承诺件, 联办件, ...
inline std::string_view label(case_kind kind);

/// Every fault of one item that can be seen without the rest of the configuration.
///
/// Codes: missing_field (code, type, name, body, department, section, phone, supervision_phone,
/// flow), bad_item_code, missing_basis, basis_order, missing_entruster, promise_above_statute,
/// bad_value (an immediate item with a limit, a joint item without co-handlers).
inline problems check(const service_item& item, const locator& where = nowhere);

/// Whether limit a is longer than limit b. Limits of one unit compare exactly; across units a
/// working day counts as 7/5 of a day, a month as 30 days, a year as 365, a working hour as 1/6 of
/// a working day: enough to see a promise of 60 working days above a law of 60 days. Of two dates
/// each year the later is the longer; against other units such a date counts as a year.
inline bool longer(const time_limit& a, const time_limit& b);

} // namespace banli

#include <banli/item/detail/service_item_check.hpp>
