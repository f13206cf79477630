// What each kind of record is made of: key, column, member, said once for all that is done with
// them.
#pragma once

#include <cstdint>

#include <banli/portal/repository_records.hpp>

namespace banli::detail {

/// What must be hidden of a field.
enum class field_kind : std::uint8_t {
  plain,
  name,   ///< of a person
  number, ///< of a certificate
  words,  ///< that somebody wrote: names of the record and long numbers in it
};

enum class field_need : std::uint8_t { optional, required };

inline constexpr auto must = field_need::required;

/// A field that holds nothing personal and may be empty, unless it says otherwise.
struct field_about {
  std::string_view key;
  std::string_view label;
  field_need need = field_need::optional;
  field_kind kind = field_kind::plain;
};

template <class V>
void describe(V& v, item_information& r) {
  v({"item", "事项编码", must}, r.item);
  v({"name", "事项名称", must}, r.name);
  v({"department", "办理部门", must}, r.department);
  v({"bases", "行使依据"}, r.bases);
  v({"conditions", "受理条件"}, r.conditions);
  v({"charges", "收费依据和标准"}, r.charges);
  v({"statutory", "法定期限"}, r.statutory);
  v({"promised", "承诺期限"}, r.promised);
  v({"address", "办理地点"}, r.address);
  v({"phone", "联系电话"}, r.phone);
  v({"flow", "权力运行流程图"}, r.flow);
  v({"forms", "服务表格"}, r.forms);
  v({"questions", "常见问题解答"}, r.questions);
  v({"supervision_phone", "监督电话"}, r.supervision_phone);
}
template <class V>
void describe(V& v, process_record& r) {
  constexpr auto optional = field_need::optional;
  v({"department", "办理部门", must}, r.department);
  v({"step", "岗位(环节)名称", must}, r.step);
  v({"item", "事项编码", must}, r.item);
  v({"section", "办理业务处室(科室)"}, r.section);
  v({"staff", "办理人员工号"}, r.staff);
  v({"staff_name", "办理人员姓名", optional, field_kind::name}, r.staff_name);
  v({"state", "岗位(环节)状态", must}, r.state);
  v({"case", "办件编号", must}, r.of);
  v({"name", "办件名称", optional, field_kind::words}, r.name);
  v({"summary", "办件摘要", optional, field_kind::words}, r.summary);
  v({"applicant", "申请者名称", optional, field_kind::name}, r.applicant.name);
  v({"applicant_certificate", "申请者证件类型"}, r.applicant.certificate);
  v({"applicant_number", "申请者证件号码", optional, field_kind::number}, r.applicant.number);
  v({"agent", "联系人/代理人姓名", optional, field_kind::name}, r.agent.name);
  v({"agent_certificate", "联系人/代理人证件类型"}, r.agent.certificate);
  v({"agent_number", "联系人/代理人证件号码", optional, field_kind::number}, r.agent.number);
  v({"channel", "办件申请方式"}, r.channel);
  v({"form", "办件申请表格"}, r.form);
  v({"materials", "办件提交材料", optional, field_kind::words}, r.materials);
  v({"applied", "办件申请时间"}, r.applied);
  v({"limit", "办理时限"}, r.limit);
  v({"risk_type", "风险点类别"}, r.risk_type);
  v({"risk", "风险点描述"}, r.risk);
  v({"risk_measure", "风险内控手段"}, r.risk_measure);
  v({"opinion", "办理意见", optional, field_kind::words}, r.opinion);
  v({"attachments", "办理附件", optional, field_kind::words}, r.attachments);
  v({"begun", "到达时间"}, r.begun);
  v({"handled", "办理时间"}, r.handled);
  v({"turn", "序号", must}, r.turn);
}

template <class V>
void describe(V& v, outcome_record& r) {
  constexpr auto optional = field_need::optional;
  v({"department", "办理部门", must}, r.department);
  v({"item", "事项编码", must}, r.item);
  v({"case", "办件编号", must}, r.of);
  v({"state", "办结状态", must}, r.state);
  v({"opinion", "办结意见", optional, field_kind::words}, r.opinion);
  v({"attachments", "办理附件", optional, field_kind::words}, r.attachments);
  v({"ended", "办结时间", must}, r.ended);
}

template <class V>
void describe(V& v, rule_record& r) {
  v({"rule", "规则编号", must}, r.rule);
  v({"type", "监察规则类型", must}, r.type);
  v({"level", "级别"}, r.level);
  v({"description", "监察规则描述", must}, r.description);
  v({"parameters", "监察监控参数"}, r.parameters);
}

template <class V>
void describe(V& v, order_record& r) {
  constexpr auto optional = field_need::optional;
  v({"number", "督办编号", must}, r.number);
  v({"supervisor", "监察部门", must}, r.supervisor);
  v({"unit", "被督办单位", must}, r.unit);
  v({"item_name", "事项名称"}, r.item_name);
  v({"item", "事项编码"}, r.item);
  v({"case", "办件编号"}, r.of);
  v({"officer", "监察监控人员", must}, r.officer);
  v({"matter", "督办事由", must, field_kind::words}, r.matter);
  v({"demand", "督办要求", optional, field_kind::words}, r.demand);
  v({"begun", "督办发起时间", must}, r.begun);
  v({"reply_by", "回复期限"}, r.reply_by);
  v({"reply", "反馈意见", optional, field_kind::words}, r.reply);
  v({"ended", "结束时间"}, r.ended);
  v({"state", "督办状态", must}, r.state);
  v({"outcome", "督办结果", optional, field_kind::words}, r.outcome);
}

/// The repository that keeps records of a kind.
constexpr repository repository_of(const item_information*) { return repository::items; }
constexpr repository repository_of(const process_record*) { return repository::processes; }
constexpr repository repository_of(const outcome_record*) { return repository::results; }
constexpr repository repository_of(const rule_record*) { return repository::supervision_rules; }
constexpr repository repository_of(const order_record*) { return repository::supervision_business; }

/// Calls f with an empty record of the kind that a repository keeps.
template <class F>
auto with_record_of(repository r, F&& f) {
  switch (r) {
  case repository::items: return f(item_information{});
  case repository::processes: return f(process_record{});
  case repository::results: return f(outcome_record{});
  case repository::supervision_rules: return f(rule_record{});
  case repository::supervision_business: break;
  }
  return f(order_record{});
}

} // namespace banli::detail
