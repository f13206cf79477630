#include "fact_table.hpp"

#include <set>
#include <string>

namespace banli {

namespace {

reading words(std::string_view s) { return reading::of(value(s)); }
reading count(std::size_t n) { return reading::of(value(static_cast<std::int64_t>(n))); }
reading truth(bool b) { return reading::of(value(b)); }

std::size_t opinionless(const case_state& s) {
  return static_cast<std::size_t>(std::count_if(s.steps.begin(), s.steps.end(), [](const auto& r) {
    return r.end == step_end::completed && r.opinion.empty();
  }));
}

std::size_t handlers(const case_state& s) {
  std::set<std::string_view> who;
  for (const step_record& r : s.steps)
    if (r.end == step_end::completed) who.insert(r.actor.text());
  return who.size();
}

/// Whether who decided also did a step of the case other than the last one before the decision.
bool checked_and_decided(const case_state& s) {
  if (!s.decided) return false;
  const step_record* last = nullptr;
  for (const step_record& r : s.steps)
    if (r.end == step_end::completed && *r.ended <= *s.decided &&
        (last == nullptr || *last->ended <= *r.ended))
      last = &r;
  return std::any_of(s.steps.begin(), s.steps.end(), [&](const step_record& r) {
    return &r != last && r.end == step_end::completed && r.actor == s.decider &&
           *r.ended <= *s.decided;
  });
}

std::size_t most_returns(const case_state& s) {
  std::uint32_t most = 0;
  for (const auto& [step, n] : s.returns_of) most = std::max(most, n);
  return most;
}

std::size_t times_of(const fact_source& i) {
  return static_cast<std::size_t>(
      std::count_if(i.state.steps.begin(), i.state.steps.end(),
                    [&](const step_record& r) { return r.step == i.step()->step; }));
}

/// A form value that every item may declare, as a double.
reading amount(const fact_source& i, std::string_view name) {
  const reading r = i.form_value(name);
  if (!r.now) return r;
  if (const auto n = r.now->as_int()) return reading::of(value(static_cast<double>(*n)));
  return r;
}

/// Puts the facts of life after the other facts of the case: the rows of a record stand together.
std::vector<fact_spec> with_life(std::vector<fact_spec> rows) {
  const auto steps = std::find_if(rows.begin(), rows.end(), [](const fact_spec& row) {
    return row.doc.path.starts_with("step.");
  });
  const std::vector<fact_spec> life = life_facts();
  rows.insert(steps, life.begin(), life.end());
  const std::vector<fact_spec> watched = watched_facts();
  rows.insert(rows.end(), watched.begin(), watched.end());
  const auto record = [](const fact_spec& row) {
    return row.doc.path.starts_with("case.") ? 0 : row.doc.path.starts_with("step.") ? 1 : 2;
  };
  std::ranges::stable_sort(rows, {}, record);
  return rows;
}

constexpr fact_kind B = fact_kind::boolean;
constexpr fact_kind N = fact_kind::integer;
constexpr fact_kind R = fact_kind::real;
constexpr fact_kind S = fact_kind::string;

} // namespace

const std::vector<fact_spec>& fact_table() {
  static const std::vector<fact_spec> rows = with_life({
      {{"case.id", "办件.编号", "string", {"number of the case", "办件编号"}},
       S,
       [](const fact_source& i) { return words(i.state.id.text()); }},
      {{"case.item_code", "办件.事项编码", "string", {"code of its item", "事项编码"}},
       S,
       [](const fact_source& i) { return words(i.definition.item.code.text()); }},
      {{"case.item_name", "办件.事项名称", "string", {"name of its item", "事项名称"}},
       S,
       [](const fact_source& i) { return words(i.definition.item.name); }},
      {{"case.kind",
        "办件.办件类型",
        "case_kind",
        {"kind of case: immediate, promised, to_complete, reported_up, joint", "办件类型"}},
       fact_kind::kind,
       [](const fact_source& i) { return words(to_string(i.definition.item.kind)); }},
      {{"case.phase",
        "办件.办件状态",
        "case_phase",
        {"where in its life it is: running, supplementing, suspended, decided, delivered, "
         "withdrawn, refused",
         "办件状态"}},
       fact_kind::phase,
       [](const fact_source& i) { return words(to_string(i.state.phase)); }},
      {{"case.channel",
        "办件.申请方式",
        "channel",
        {"how the application came; missing if not said", "申请方式"}},
       fact_kind::channel,
       [](const fact_source& i) {
         return i.state.by ? words(to_string(*i.state.by)) : reading::missing();
       }},
      {{"case.department", "办件.办理部门", "string", {"department of its item", "办理部门"}},
       S,
       [](const fact_source& i) { return words(i.definition.item.department.text()); }},
      {{"case.open", "办件.在办", "bool", {"accepted and not closed", "已受理且未办结"}},
       B,
       [](const fact_source& i) { return truth(i.state.open() && i.state.was_accepted()); }},
      {{"case.delivered", "办件.已办结", "bool", {"the result was delivered", "结果已送达"}},
       B,
       [](const fact_source& i) { return truth(i.state.phase == case_phase::delivered); }},
      {{"case.elapsed_workdays",
        "办件.已用工作日",
        "int",
        {"units of the promised limit used, today included, excluded days not counted",
         "承诺期限已用天数(含当日,不含不计时限的日子)"}},
       N,
       nullptr,
       &fact_source::promised,
       limit_aspect::elapsed},
      {{"case.promised_days",
        "办件.承诺期限",
        "int",
        {"units of the promised limit, extensions included", "承诺期限(含延长)"}},
       N,
       nullptr,
       &fact_source::promised,
       limit_aspect::total},
      {{"case.statutory_days",
        "办件.法定期限",
        "int",
        {"units of the statutory limit, extensions included; missing where the law sets none",
         "法定期限(含延长)"}},
       N,
       nullptr,
       &fact_source::statutory,
       limit_aspect::total},
      {{"case.used_share",
        "办件.已用比例",
        "double",
        {"share of the promised limit used: 1.0 on the last day",
         "承诺期限已用比例,最后一日为 1.0"}},
       R,
       nullptr,
       &fact_source::promised,
       limit_aspect::share},
      {{"case.overdue", "办件.超期", "bool", {"the promised limit has run out", "已超过承诺期限"}},
       B,
       nullptr,
       &fact_source::promised,
       limit_aspect::overdue},
      {{"case.overdue_days",
        "办件.超期天数",
        "int",
        {"days past the promised due date, 0 while in time", "超过承诺期限的天数"}},
       N,
       nullptr,
       &fact_source::promised,
       limit_aspect::overdue_days},
      {{"case.past_statutory",
        "办件.已超法定期限",
        "bool",
        {"the statutory limit has run out; missing where the law sets none", "已超过法定期限"}},
       B,
       nullptr,
       &fact_source::statutory,
       limit_aspect::overdue},
      {{"case.supplements",
        "办件.补正次数",
        "int",
        {"times the applicant was asked for more", "要求补正的次数"}},
       N,
       [](const fact_source& i) { return count(i.state.supplements); }},
      {{"case.returns", "办件.退回次数", "int", {"times a step was sent back", "退回的次数"}},
       N,
       [](const fact_source& i) { return count(i.state.returns); }},
      {{"case.most_returns_of_one_step",
        "办件.同一环节退回次数",
        "int",
        {"most times one and the same step was sent back", "同一环节被退回的最多次数"}},
       N,
       [](const fact_source& i) { return count(most_returns(i.state)); }},
      {{"case.suspensions",
        "办件.暂停次数",
        "int",
        {"times an excluded procedure or a suspension was opened", "暂停或启动不计时程序的次数"}},
       N,
       [](const fact_source& i) { return count(i.state.suspensions); }},
      {{"case.extensions", "办件.延期次数", "int", {"extensions granted", "延期的次数"}},
       N,
       [](const fact_source& i) { return count(i.state.extended.size()); }},
      {{"case.hand_overs", "办件.交接次数", "int", {"registered hand-overs", "交接登记的次数"}},
       N,
       [](const fact_source& i) { return count(i.state.hand_overs); }},
      {{"case.result",
        "办件.办理结果",
        "case_result",
        {"granted or refused; missing before the decision", "办理结果"}},
       fact_kind::result,
       [](const fact_source& i) {
         return i.state.result ? words(to_string(*i.state.result)) : reading::missing();
       }},
      {{"case.decision_reason",
        "办件.决定理由",
        "string",
        {"reason given with the decision or the refusal", "决定或不予受理的理由"}},
       S,
       [](const fact_source& i) { return words(i.state.decision_reason); }},
      {{"case.has_decision_document",
        "办件.有决定文书",
        "bool",
        {"a document was made with the decision", "已制作决定文书"}},
       B,
       [](const fact_source& i) { return truth(!i.state.decision_document.empty()); }},
      {{"case.opinionless_steps",
        "办件.无意见环节数",
        "int",
        {"completed steps without an opinion", "未填写意见的已办环节数"}},
       N,
       [](const fact_source& i) { return count(opinionless(i.state)); }},
      {{"case.handlers",
        "办件.经办人数",
        "int",
        {"persons who completed a step", "办理过环节的人数"}},
       N,
       [](const fact_source& i) { return count(handlers(i.state)); }},
      {{"case.same_person_checked_and_decided",
        "办件.同一人审查并决定",
        "bool",
        {"who decided also did an earlier step than the last",
         "作出决定的人还办理过此前的审查环节"}},
       B,
       [](const fact_source& i) { return truth(checked_and_decided(i.state)); }},
      {{"case.fee_due",
        "办件.应收费用",
        "double",
        {"form value fee_due: what the standard asks", "表单值 fee_due:应收费用"}},
       R,
       [](const fact_source& i) { return amount(i, "fee_due"); }},
      {{"case.fee_paid",
        "办件.实收费用",
        "double",
        {"form value fee_paid: what was taken", "表单值 fee_paid:实收费用"}},
       R,
       [](const fact_source& i) { return amount(i, "fee_paid"); }},
      {{"step.id", "环节.编号", "string", {"id of the step", "环节编号"}},
       S,
       [](const fact_source& i) {
         return i.step() ? words(i.step_node()->id.text()) : reading::missing();
       }},
      {{"step.name", "环节.名称", "string", {"label of the step", "环节名称"}},
       S,
       [](const fact_source& i) {
         return i.step() ? words(i.step_node()->shown()) : reading::missing();
       }},
      {{"step.post", "环节.岗位", "string", {"post of the step", "环节岗位"}},
       S,
       [](const fact_source& i) {
         return i.step() ? words(i.step_node()->post.text()) : reading::missing();
       }},
      {{"step.waiting", "环节.待办", "bool", {"the step is still to be done", "环节尚未办理"}},
       B,
       [](const fact_source& i) {
         return i.step() ? truth(i.step()->end == step_end::waiting) : reading::missing();
       }},
      {{"step.times",
        "环节.办理次数",
        "int",
        {"how often the case has come to this step", "办件到达该环节的次数"}},
       N,
       [](const fact_source& i) { return i.step() ? count(times_of(i)) : reading::missing(); }},
      {{"step.elapsed_workdays",
        "环节.已用工作日",
        "int",
        {"units of the step's limit used, today included", "环节期限已用天数(含当日)"}},
       N,
       nullptr,
       &fact_source::of_step,
       limit_aspect::elapsed},
      {{"step.limit_days", "环节.承诺天数", "int", {"units of the step's limit", "环节期限"}},
       N,
       nullptr,
       &fact_source::of_step,
       limit_aspect::total},
      {{"step.used_share",
        "环节.已用比例",
        "double",
        {"share of the step's limit used", "环节期限已用比例"}},
       R,
       nullptr,
       &fact_source::of_step,
       limit_aspect::share},
      {{"step.overdue", "环节.超期", "bool", {"the step's limit has run out", "已超过环节期限"}},
       B,
       nullptr,
       &fact_source::of_step,
       limit_aspect::overdue},
      {{"step.overdue_days",
        "环节.超期天数",
        "int",
        {"days past the step's due date, 0 while in time", "超过环节期限的天数"}},
       N,
       nullptr,
       &fact_source::of_step,
       limit_aspect::overdue_days},
      {{"item.code", "事项.编码", "string", {"code of the item", "事项编码"}},
       S,
       [](const fact_source& i) { return words(i.definition.item.code.text()); }},
      {{"item.name", "事项.名称", "string", {"name of the item", "事项名称"}},
       S,
       [](const fact_source& i) { return words(i.definition.item.name); }},
      {{"item.type", "事项.类型", "string", {"letters of the item's type", "事项类型代码"}},
       S,
       [](const fact_source& i) { return words(i.definition.item.type); }},
      {{"item.kind", "事项.办件类型", "case_kind", {"kind of its cases", "办件类型"}},
       fact_kind::kind,
       [](const fact_source& i) { return words(to_string(i.definition.item.kind)); }},
      {{"item.charges_count", "事项.收费项数", "int", {"number of charges; 0: free", "收费项数"}},
       N,
       [](const fact_source& i) { return count(i.definition.item.charges.size()); }},
  });
  return rows;
}

} // namespace banli
