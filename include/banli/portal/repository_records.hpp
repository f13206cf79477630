// repository_records.hpp — what the five repositories hold, record by record, as tables.
//
//   repository_table t = to_table(std::span{records});          // masked
//   to_csv(t);     // 办理部门,岗位(环节)名称,事项编码,…      to_json(t);
//   problems found;
//   auto in = read_repository_csv(repository::processes, text, "过程.csv", found);
//   std::vector<process_record> back = process_records(in, found);      // every fault at once
//
// Each kind of record is described once: the key of every field in JSON, its column in Chinese,
// whether it must be filled in, whether it is personal. Tables, CSV, JSON, what is imported and
// what is masked all follow from that. Everything is text: instants as ISO 8601, limits in the
// words of item documents, several values on lines of their own.
//
// The fields are those of the source, in its order. Three are ours, because without them a record
// could not be joined to its case: the case number in the result repository, the number of the turn
// in the process repository, the level of a rule.
//
// A masked table can be printed and cannot be imported again: its stars are no values.
//
// The hard case is a table that names a person twice, as applicant and in what somebody wrote:
// columns of free text lose the applicant's, the agent's and the contact's names, and every long
// number.
//
// Source: 国办函〔2011〕99号, guide, 信息资源
// (政务服务事项信息、办理过程信息、办理结果信息、监察规则信息、 监察业务信息).
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/mask.hpp>
#include <banli/base/result.hpp>
#include <banli/interchange/csv.hpp>
#include <banli/library/service_records.hpp>
#include <banli/portal/participants.hpp>
#include <banli/time/civil.hpp>

namespace banli {

/// 政务服务事项: the fourteen fields, as text.
struct item_information {
  item_id item{};                  ///< 事项编码
  std::string name{};              ///< 事项名称
  std::string department{};        ///< 办理部门
  std::string bases{};             ///< 行使依据
  std::string conditions{};        ///< 受理条件
  std::string charges{};           ///< 收费依据和标准
  std::string statutory{};         ///< 法定期限
  std::string promised{};          ///< 承诺期限
  std::string address{};           ///< 办理地点
  std::string phone{};             ///< 联系电话
  std::string flow{};              ///< 权力运行流程图
  std::string forms{};             ///< 服务表格
  std::string questions{};         ///< 常见问题解答
  std::string supervision_phone{}; ///< 监督电话

  friend bool operator==(const item_information&, const item_information&) = default;
};

/// Who applies, or for whom (申请者; 联系人/代理人).
struct person_shown {
  std::string name{};
  std::string certificate{};
  std::string number{};

  friend bool operator==(const person_shown&, const person_shown&) = default;
};

/// 办理过程: one turn of a step of a case.
struct process_record {
  std::string department{}; ///< 办理部门
  std::string step{};       ///< 岗位(环节)名称
  item_id item{};           ///< 事项编码
  std::string section{};    ///< 办理业务处室(科室)
  person_id staff{};        ///< 办理人员工号
  std::string staff_name{}; ///< 办理人员姓名
  std::string state{};      ///< 岗位(环节)状态: 待办, 已办, 退回, 终止
  case_id of{};             ///< 办件编号
  std::string name{};       ///< 办件名称
  std::string summary{};    ///< 办件摘要
  person_shown applicant{};
  person_shown agent{};             ///< the agent, or else the contact
  std::string channel{};            ///< 办件申请方式
  std::string form{};               ///< 办件申请表格
  std::string materials{};          ///< 办件提交材料
  std::optional<instant> applied{}; ///< 办件申请时间
  std::string limit{};              ///< 办理时限
  std::string risk_type{};          ///< 风险点类别
  std::string risk{};               ///< 风险点描述
  std::string risk_measure{};       ///< 风险内控手段
  std::string opinion{};            ///< 办理意见
  std::string attachments{};        ///< 办理附件
  std::optional<instant> begun{};   ///< 到达时间
  std::optional<instant> handled{}; ///< 办理时间
  int turn = 1;                     ///< 序号: position among the turns of the case

  friend bool operator==(const process_record&, const process_record&) = default;
};

/// 办理结果: how one case ended.
struct outcome_record {
  std::string department{};  ///< 办理部门
  item_id item{};            ///< 事项编码
  case_id of{};              ///< 办件编号
  std::string state{};       ///< 办结状态: 准予, 不予许可, 不予受理, 撤回, 终止
  std::string opinion{};     ///< 办结意见
  std::string attachments{}; ///< 办理附件
  std::optional<instant> ended{}; ///< 办结时间
  /// Names that may stand in what was written: masked there. No field of the repository.
  std::vector<std::string> people{};

  friend bool operator==(const outcome_record&, const outcome_record&) = default;
};

/// 监察规则.
struct rule_record {
  rule_id rule{};            ///< 规则编号
  std::string type{};        ///< 监察规则类型
  std::string level{};       ///< 级别: 提醒, 预警, 报警
  std::string description{}; ///< 监察规则描述
  std::string parameters{};  ///< 监察监控参数: name = value, one a line

  friend bool operator==(const rule_record&, const rule_record&) = default;
};

/// A column of a table.
struct repository_column {
  std::string_view key;   ///< in JSON: staff_name
  std::string_view label; ///< in CSV: 办理人员姓名
  bool required = false;

  friend bool operator==(const repository_column&, const repository_column&) = default;
};

struct repository_table {
  repository of = repository::items;
  std::vector<repository_column> columns{};
  std::vector<std::vector<std::string>> rows{};
  std::vector<place> places{}; ///< of the rows, where they were read

  friend bool operator==(const repository_table& a, const repository_table& b) {
    return a.of == b.of && a.columns == b.columns && a.rows == b.rows;
  }
};

/// The columns of a repository.
std::vector<repository_column> columns_of(repository r);

repository_table to_table(std::span<const item_information> records);
repository_table to_table(std::span<const process_record> records,
                          personal_right right = personal_right::masked);
repository_table to_table(std::span<const outcome_record> records,
                          personal_right right = personal_right::masked);
repository_table to_table(std::span<const rule_record> records);
repository_table to_table(std::span<const order_record> records,
                          personal_right right = personal_right::masked);

/// RFC 4180, UTF-8, CR LF; cells that a spreadsheet takes for formulas are guarded.
std::string to_csv(const repository_table& t);
/// {"repository":"processes","records":[{"department":"…",…}]}:
/// schemas/exchange/repository.schema.json.
std::string to_json(const repository_table& t);

/// Reads a table. Codes: those of read_csv; bad_value (no such JSON document), wrong_type;
/// missing_column and unknown_field, with the nearest.
repository_table read_repository_csv(repository of, std::string_view text, const std::string& file,
                                     problems& found, const csv_limits& limits = {});
repository_table read_repository_json(std::string_view text, const std::string& file,
                                      problems& found, const csv_limits& limits = {});

/// The records of a table; those with a problem are left out. Codes: missing_field, bad_date,
/// bad_value (a turn below 1, a masked number, handled before it arrived), unknown_value (states,
/// with the nearest), duplicate_id (one item, turn, case, rule or order twice), and those of
/// check(order_record).
std::vector<item_information> item_records(const repository_table& t, problems& found);
std::vector<process_record> process_records(const repository_table& t, problems& found);
std::vector<outcome_record> outcome_records(const repository_table& t, problems& found);
std::vector<rule_record> rule_records(const repository_table& t, problems& found);
std::vector<order_record> order_records(const repository_table& t, problems& found);

/// Everything wrong with the records of a table, as whatever it is a table of.
problems check(const repository_table& t);

/// The words for the state of a turn and of a case that has ended.
inline constexpr std::array<std::string_view, 4> turn_states{"待办", "已办", "退回", "终止"};
inline constexpr std::array<std::string_view, 5> outcome_states{"准予", "不予许可", "不予受理",
                                                                "撤回", "终止办理"};

} // namespace banli
