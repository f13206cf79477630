// The facts of the life of a case: its days, what the applicant said, what was owed and to whom.
#include <algorithm>

#include <banli/engine/deemed_overdue.hpp>

#include "fact_table.hpp"

namespace banli {

namespace {

reading flag(bool b) { return reading::of(value(b)); }
reading many(std::size_t n) { return reading::of(value(static_cast<std::int64_t>(n))); }
reading said(std::string_view s) { return s.empty() ? reading::missing() : reading::of(value(s)); }
reading dated(std::optional<day> d) { return d ? reading::of(value(*d)) : reading::missing(); }
reading day_of_moment(std::optional<instant> t) {
  return t ? reading::of(value(day_of(*t))) : reading::missing();
}
reading timed(std::optional<instant> t) { return t ? reading::of(value(*t)) : reading::missing(); }

bool accepted(const fact_source& i) { return i.state.was_accepted(); }

reading statutory_due(const fact_source& i) {
  const bool has = accepted(i) && i.clocks != nullptr && i.clocks->statutory;
  return has ? dated(i.clocks->statutory->result.due) : reading::missing();
}

template <class Records, class Is>
std::size_t how_many(const Records& all, Is is) {
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), is));
}

std::size_t lacking(const case_state& s) {
  return how_many(s.reviewed, [](const auto& line) {
    return line.second.standing != material_standing::complete;
  });
}

std::size_t untold_procedures(const case_state& s) {
  return how_many(s.procedures,
                  [](const procedure_record& p) { return !p.told && p.kind != suspension_kind; });
}

std::size_t owed_notices(const case_state& s) {
  return how_many(s.notices, [](const notice_record& n) { return n.due && !n.told; });
}

std::size_t late_requests(const case_state& s) {
  return how_many(s.requests, [](const extension_request& r) { return r.late; });
}

std::size_t renewals(const case_state& s) {
  return how_many(s.changes, [](const change_request& r) {
    return r.kind == "renewal" && r.result == case_result::granted;
  });
}

bool recorded_after_close(const case_state& s) {
  return s.recorded && s.ended && *s.recorded > *s.ended;
}

reading renewal_overdue(const fact_source& i) {
  if (i.clocks == nullptr) return flag(false);
  std::optional<instant> next;
  for (const change_clock& c : i.clocks->changes) {
    const change_request& r = i.state.changes[c.change];
    if (!in_time(c.limit.result, r.answered.value_or(i.now))) return flag(true);
    if (!r.answered) next = c.limit.result.due_at;
  }
  return reading::clock(value(false), next, clock_course::irregular);
}

/// Recorded or not: the office was silent.
reading renewal_deemed(const fact_source& i) {
  if (how_many(i.state.changes, [](const change_request& r) { return r.deemed; }) > 0)
    return flag(true);
  const auto silent = renewed_by_silence(i.definition.item, i.state);
  if (!silent || i.now >= *silent) return flag(silent.has_value());
  return reading::clock(value(false), silent, clock_course::irregular);
}

/// The promised limit has run out; whose fault it was is presumed to be the office's own.
reading overtime(const fact_source& i) {
  const auto limit = accepted(i) ? i.promised() : std::nullopt;
  if (!limit || own_fault(i.state) == false) return flag(false);
  return limit->read(limit_aspect::overdue);
}

/// One of the four situations, or any of them.
reading deemed(const fact_source& i, std::optional<deemed_reason> which) {
  const auto found = deemed_overdue_at(i.definition, i.state, i.calendar, i.now);
  if (!found) return reading::missing();
  const bool holds = std::ranges::any_of(
      *found, [&](const deemed_overdue& d) { return !which || d.why == *which; });
  if (holds) return flag(true);
  return reading::clock(value(false), deemed_overdue_from(i.definition, i.state, i.calendar, i.now),
                        clock_course::irregular);
}

} // namespace

std::vector<fact_spec> life_facts() {
  constexpr fact_kind B = fact_kind::boolean;
  constexpr fact_kind N = fact_kind::integer;
  constexpr fact_kind S = fact_kind::string;
  constexpr fact_kind D = fact_kind::calendar_day;
  constexpr fact_kind T = fact_kind::moment;
  return {
      {{"case.accepted_on",
        "办件.受理日期",
        "date",
        {"day of acceptance; missing before", "受理之日"}},
       D,
       [](const fact_source& i) {
         return accepted(i) ? day_of_moment(i.state.accepted) : reading::missing();
       }},
      {{"case.accepted_at",
        "办件.受理时间",
        "timestamp",
        {"instant of acceptance; missing before", "受理时间"}},
       T,
       [](const fact_source& i) {
         return accepted(i) ? timed(i.state.accepted) : reading::missing();
       }},
      {{"case.counted_from",
        "办件.起算日期",
        "date",
        {"day of the event the limits count from; missing before acceptance", "时限起算事件之日"}},
       D,
       [](const fact_source& i) {
         return accepted(i) ? day_of_moment(i.state.start) : reading::missing();
       }},
      {{"case.applied_on",
        "办件.申请日期",
        "date",
        {"day of the application; missing where a case began with its acceptance", "申请之日"}},
       D,
       [](const fact_source& i) { return day_of_moment(i.state.applied); }},
      {{"case.due_on",
        "办件.承诺到期日",
        "date",
        {"last day of the promised limit; missing while a suspension is open", "承诺期限届满之日"}},
       D,
       [](const fact_source& i) {
         return accepted(i) && i.clocks != nullptr ? dated(i.clocks->promised.result.due)
                                                   : reading::missing();
       }},
      {{"case.due_at",
        "办件.承诺到期时间",
        "timestamp",
        {"first instant that is too late for the promised limit", "超过承诺期限的最早时间"}},
       T,
       [](const fact_source& i) {
         return accepted(i) && i.clocks != nullptr ? timed(i.clocks->promised.result.due_at)
                                                   : reading::missing();
       }},
      {{"case.statutory_due_on",
        "办件.法定到期日",
        "date",
        {"last day of the statutory limit; missing where the law sets none", "法定期限届满之日"}},
       D,
       [](const fact_source& i) { return statutory_due(i); }},
      {{"case.decided_on",
        "办件.决定日期",
        "date",
        {"day of the decision; missing before", "作出决定之日"}},
       D,
       [](const fact_source& i) { return day_of_moment(i.state.decided); }},
      {{"case.ended_on",
        "办件.办结日期",
        "date",
        {"day on which the case was closed; missing before", "办结之日"}},
       D,
       [](const fact_source& i) { return day_of_moment(i.state.ended); }},
      {{"case.ended_at",
        "办件.办结时间",
        "timestamp",
        {"instant at which the case was closed; missing before", "办结时间"}},
       T,
       [](const fact_source& i) { return timed(i.state.ended); }},
      {{"case.valid_until",
        "办件.有效期至",
        "date",
        {"last day of the permit; missing where it has none", "证件有效期的最后一日"}},
       D,
       [](const fact_source& i) { return dated(i.state.valid_until); }},
      {{"case.application_number",
        "办件.申请编号",
        "string",
        {"number of the application; missing if none was given", "申请编号"}},
       S,
       [](const fact_source& i) { return said(i.state.application.number); }},
      {{"case.title",
        "办件.办件名称",
        "string",
        {"name of the case; missing if none was given", "办件名称"}},
       S,
       [](const fact_source& i) { return said(i.state.application.title); }},
      {{"case.summary",
        "办件.办件摘要",
        "string",
        {"summary of the case; missing if none was given", "办件摘要"}},
       S,
       [](const fact_source& i) { return said(i.state.application.summary); }},
      {{"case.by_agent",
        "办件.由代理人申请",
        "bool",
        {"an agent applied for the applicant", "由代理人代为申请"}},
       B,
       [](const fact_source& i) { return flag(!i.state.application.agent.empty()); }},
      {{"case.origin_window",
        "办件.代收窗口",
        "string",
        {"window that took the application for the office; missing if none did", "代收申请的窗口"}},
       S,
       [](const fact_source& i) { return said(i.state.application.window); }},
      {{"case.urgent", "办件.急办", "bool", {"handled with priority", "按急办件办理"}},
       B,
       [](const fact_source& i) { return flag(i.state.urgent); }},
      {{"case.reviewed_materials",
        "办件.已审材料数",
        "int",
        {"materials that were examined", "已审查的材料数"}},
       N,
       [](const fact_source& i) { return many(i.state.reviewed.size()); }},
      {{"case.lacking_materials",
        "办件.不齐材料数",
        "int",
        {"materials last found lacking or defective", "最近一次审查缺少或不合格的材料数"}},
       N,
       [](const fact_source& i) { return many(lacking(i.state)); }},
      {{"case.told_missing",
        "办件.已一次性告知",
        "bool",
        {"the applicant was told what is missing", "已一次性告知补正内容"}},
       B,
       [](const fact_source& i) { return flag(i.state.told_missing.has_value()); }},
      {{"case.untold_procedures",
        "办件.未告知所需时间的程序数",
        "int",
        {"excluded procedures whose time the applicant was not told",
         "未将所需时间告知申请人的不计时程序数"}},
       N,
       [](const fact_source& i) { return many(untold_procedures(i.state)); }},
      {{"case.owed_notices",
        "办件.应告知未告知数",
        "int",
        {"notices that must be given and were not", "应当告知而尚未告知的次数"}},
       N,
       [](const fact_source& i) { return many(owed_notices(i.state)); }},
      {{"case.reports_up",
        "办件.上报次数",
        "int",
        {"times it was reported up", "上报上级部门的次数"}},
       N,
       [](const fact_source& i) { return many(i.state.reports.size()); }},
      {{"case.awaiting_upper_level",
        "办件.等待上级批复",
        "bool",
        {"the upper level has it", "已上报,上级部门尚未批复"}},
       B,
       [](const fact_source& i) { return flag(i.state.phase == case_phase::reported_up); }},
      {{"case.extension_requests",
        "办件.申请延期次数",
        "int",
        {"extensions asked for", "申请延期的次数"}},
       N,
       [](const fact_source& i) { return many(i.state.requests.size()); }},
      {{"case.late_extension_requests",
        "办件.逾期申请延期次数",
        "int",
        {"extensions asked for after the limit had run out", "期限届满后申请延期的次数"}},
       N,
       [](const fact_source& i) { return many(late_requests(i.state)); }},
      {{"case.refusal_kind",
        "办件.不予受理类型",
        "string",
        {"not_needed or not_ours; missing where a refusal is plain or there is none",
         "不予受理的类型:无需审批、不属本机关职权"}},
       S,
       [](const fact_source& i) { return said(i.state.refusal_kind); }},
      {{"case.awaiting_slip",
        "办件.书面凭证未送达",
        "bool",
        {"refused, and the slip is not delivered yet", "已不予受理,书面凭证尚未送达"}},
       B,
       [](const fact_source& i) {
         return flag(i.state.phase == case_phase::refused && !i.state.ended);
       }},
      {{"case.stage",
        "办件.服务阶段",
        "service_stage",
        {"stage of the service at the window: consultation, acceptance, handling, feedback",
         "窗口服务阶段:咨询、受理、办理、反馈"}},
       fact_kind::stage,
       [](const fact_source& i) { return said(to_string(stage_of(i.state.phase))); }},
      {{"case.consent_deemed",
        "办件.超时默认同意",
        "bool",
        {"granted because the limit ran out", "因超时默认同意"}},
       B,
       [](const fact_source& i) { return flag(i.state.consent_deemed); }},
      {{"case.late_entries",
        "办件.补录次数",
        "int",
        {"events recorded after they happened", "补录的次数"}},
       N,
       [](const fact_source& i) { return many(i.state.late_entries); }},
      {{"case.recorded_after_close",
        "办件.办结后补录",
        "bool",
        {"something was recorded when the case was closed already", "办结之后才补录"}},
       B,
       [](const fact_source& i) { return flag(recorded_after_close(i.state)); }},
      {{"case.changes",
        "办件.申请变更次数",
        "int",
        {"requests after the decision", "办结后申请变更的次数"}},
       N,
       [](const fact_source& i) { return many(i.state.changes.size()); }},
      {{"case.renewals",
        "办件.延续次数",
        "int",
        {"times the permit was renewed", "证件已延续的次数"}},
       N,
       [](const fact_source& i) { return many(renewals(i.state)); }},
      {{"case.renewal_overdue",
        "办件.延续逾期未答复",
        "bool",
        {"a request for renewal was not answered in time", "延续申请未在期限内答复"}},
       B,
       [](const fact_source& i) { return renewal_overdue(i); }},
      {{"case.renewal_deemed",
        "办件.视为准予延续",
        "bool",
        {"a renewal was asked for in time and not answered when the permit ended, so silence "
         "granted it, recorded or not",
         "按期申请延续,有效期届满前未作决定,视为准予延续"}},
       B,
       [](const fact_source& i) { return renewal_deemed(i); }},
      {{"case.fault",
        "办件.超时责任",
        "case_fault",
        {"whose fault it is: own, applicant, upper_level, third_party, force_majeure; missing "
         "until it is said",
         "超时责任方"}},
       fact_kind::fault,
       [](const fact_source& i) { return said(i.state.fault); }},
      {{"case.overtime",
        "办件.超时办结",
        "bool",
        {"past the promised limit, unless the fault was found to be another's",
         "超过承诺期限且非因他方原因"}},
       B,
       [](const fact_source& i) { return overtime(i); }},
      {{"case.deemed_overdue",
        "办件.视为超时",
        "bool",
        {"in one of the four situations that count as overdue", "属于视为超时办结的四种情形之一"}},
       B,
       [](const fact_source& i) { return deemed(i, std::nullopt); }},
      {{"case.refused_without_reason",
        "办件.无正当理由不予受理",
        "bool",
        {"refused without proper reason", "无正当理由不予受理"}},
       B,
       [](const fact_source& i) { return deemed(i, deemed_reason::refused_without_reason); }},
      {{"case.reply_overdue",
        "办件.逾期未答复",
        "bool",
        {"the applicant was not answered in the time for it", "未在规定期限内答复申请人"}},
       B,
       [](const fact_source& i) { return deemed(i, deemed_reason::no_reply); }},
      {{"case.delivery_overdue",
        "办件.逾期未送达",
        "bool",
        {"decided in time, not delivered within the limit", "期限内决定但未在期限内送达"}},
       B,
       [](const fact_source& i) { return deemed(i, deemed_reason::not_delivered); }},
  };
}

} // namespace banli
