// A state in one line, in the words of a version of events: what golden histories are compared by.
#pragma once

#include "sample.hpp"

namespace sample {

/// All that a state of version 1 could say. Never to be changed: lines of it are kept for ever.
inline std::string told_1(const case_definition& d, const case_state& s) {
  const auto when = [](const std::optional<instant>& t) { return t ? to_text(*t) : "-"; };
  std::string out =
      fmt::format("{} {} last={} from={} ended={} at={} item={} by={} applicant={}",
                  to_string(s.phase), s.version, to_text(s.last), to_text(s.start), when(s.ended),
                  d.net.to_text(s.at), s.item.text(), s.by ? to_string(*s.by) : "-", s.applicant);
  out += fmt::format(" returns={} supplements={}", s.returns, s.supplements);
  if (s.phase != case_phase::none) out += fmt::format(" accepted={}", to_text(s.accepted));
  for (const step_record& r : s.steps)
    out += fmt::format(" [{} {} {} {} {} {} {} {}]", d.net.at(r.step).id.text(), to_text(r.since),
                       static_cast<int>(r.end), when(r.ended), r.actor.text(), r.assigned.text(),
                       r.outcome, r.opinion);
  for (const exclusion& x : s.excluded)
    out += fmt::format(" ({} {} {} {})", to_text(x.from), x.to ? to_text(*x.to) : "-", x.kind,
                       static_cast<int>(x.type));
  for (const extension& x : s.extended)
    out += fmt::format(" +{}{} {} {}", x.by.count, to_string(x.by.unit), to_text(x.asked),
                       x.authority);
  for (const auto& [name, value] : s.facts) out += fmt::format(" {}={}", name, value);
  out += fmt::format(" {} {} {} {} {}", s.result ? to_string(*s.result) : "-", s.decider.text(),
                     s.decision_reason, s.decision_document, when(s.decided));
  return out;
}

/// What version 2 added to it. Never to be changed either.
inline std::string told_2(const case_definition& d, const case_state& s) {
  const auto when = [](const std::optional<instant>& t) { return t ? to_text(*t) : "-"; };
  const auto result = [](const std::optional<case_result>& r) { return r ? to_string(*r) : "-"; };
  const application& a = s.application;
  std::string out =
      told_1(d, s) + fmt::format(" applied={} told={} complete={} acceptance={} kind={} until={}",
                                 when(s.applied), when(s.told_missing), when(s.completed),
                                 s.acceptance, s.refusal_kind,
                                 s.valid_until ? to_text(*s.valid_until) : "-");
  out += fmt::format(" urgent={} consent={} fault={} late={} recorded={} stops={} hand_overs={}",
                     s.urgent, s.consent_deemed, s.fault, s.late_entries, when(s.recorded),
                     s.suspensions, s.hand_overs);
  if (s.applied)
    out += fmt::format(" application={}/{}/{}/{}", a.number, a.title, a.agent, a.window);
  for (const auto& [name, r] : s.reviewed)
    out += fmt::format(" review={}/{}/{}", name, to_string(r.standing), r.reason);
  for (const step_record& r : s.steps)
    if (r.claimed || !r.attachments.empty())
      out += fmt::format(" claim={}/{}/{}", d.net.at(r.step).id.text(), when(r.claimed),
                         fmt::join(r.attachments, "+"));
  for (const reply_record& r : s.replies)
    out += fmt::format(" reply={}/{}", to_text(r.since), when(r.answered));
  for (const report_record& r : s.reports)
    out += fmt::format(" report={}/{}/{}/{}/{}", r.to, to_text(r.since), when(r.answered),
                       result(r.result), r.opinion);
  for (const procedure_record& p : s.procedures)
    out += fmt::format(" procedure={}/{}/{}/{}", p.kind, to_text(p.since), when(p.ended),
                       when(p.told));
  for (const extension_request& r : s.requests)
    out +=
        fmt::format(" request={}/{}/{}/{}", to_text(r.asked), r.late, when(r.answered), r.granted);
  for (const change_request& r : s.changes)
    out += fmt::format(" change={}/{}/{}/{}/{}", r.kind, to_text(r.asked), r.late, when(r.answered),
                       result(r.result));
  for (const notice_record& n : s.notices)
    out += fmt::format(" notice={}/{}/{}/{}", n.kind, n.recipient, when(n.due), when(n.told));
  for (const case_act& x : s.acts)
    if (!x.on_behalf.empty()) out += fmt::format(" for={}/{}", x.step.text(), x.on_behalf.text());
  return out;
}

/// The definitions that golden histories name. Never to be changed either.
inline std::shared_ptr<const case_definition> golden_definition(std::string_view name) {
  service_item i = item();
  if (name == "restarts") i.supplement = supplement_rule::restarts;
  if (name == "promises") { // since version 2
    i.kind = case_kind::reported_up;
    i.superior_body = "省民政厅";
    i.materials = {{"申请书", "原件", "纸质", ""}};
    i.overtime = overtime_rule::consent;
    i.refusals_reported = i.completion_told = true;
  }
  return define(i, name == "joint" ? joint_chart() : chart(), authority::recorded);
}

} // namespace sample
