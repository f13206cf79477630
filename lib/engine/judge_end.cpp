// The decision, and what may come at any time or after the end.
#include <algorithm>

#include <banli/engine/case_clocks.hpp>

#include "judge.hpp"

namespace banli::detail {

namespace {

/// The last request that waits for an answer, or nullptr.
const change_request* open_change(const case_state& s) {
  if (s.changes.empty() || s.changes.back().answered) return nullptr;
  return &s.changes.back();
}

int renewals_granted(const case_state& s) {
  return static_cast<int>(
      std::count_if(s.changes.begin(), s.changes.end(), [](const change_request& r) {
        return r.kind == "renewal" && r.result == case_result::granted;
      }));
}

} // namespace

denial command_judge::decide_case() {
  if (!c_.with.result) return missing("a result: granted or refused", "结果:granted 或 refused");
  if (*c_.with.result == case_result::refused)
    if (denial why = reason_given()) return why;
  if (c_.with.until && *c_.with.until <= day_of(c_.at))
    return make_error(errc::bad_value, "a permit until {} ends before it begins",
                      "有效期至 {} 早于决定之日", to_text(*c_.with.until));
  if (denial why = as_decided_above()) return why;
  if (denial why = silence_is_not_consent()) return why;
  if (denial why = by_the_lead()) return why;
  if (denial why = co_handlers_are_done()) return why;
  add(event_kind::decided);
  if (d_.item.refusals_reported && *c_.with.result == case_result::refused)
    return add_notice_due("refusal", "supervisor");
  return std::nullopt;
}

/// What was reported up is decided above; the office tells the applicant.
denial command_judge::as_decided_above() const {
  if (s_.reports.empty() || !s_.reports.back().result || s_.reports.back().result == c_.with.result)
    return std::nullopt;
  const report_record& above = s_.reports.back();
  return make_error(errc::condition_not_met,
                    "case {0}: {1} answered '{2}', so it is not '{3}' here",
                    "办件 {0}:{1}已批复“{4}”,不能作出“{5}”的决定", c_.id.text(), above.to,
                    to_string(*above.result), to_string(*c_.with.result), label(*above.result),
                    label(*c_.with.result));
}

/// Once silence was consent, nobody refuses any more.
denial command_judge::silence_is_not_consent() const {
  if (c_.with.result != case_result::refused || d_.item.overtime != overtime_rule::consent ||
      !limit_has_run_out())
    return std::nullopt;
  return make_error(errc::condition_not_met,
                    "the promised limit of case {} has run out, and silence is consent: it cannot "
                    "be refused any more",
                    "办件 {} 的承诺期限已届满,按超时默认制视为同意,不能再决定不予", c_.id.text());
}

/// Whoever only works for a co-handler speaks neither for the case nor to its applicant.
denial command_judge::by_the_lead() const {
  if (!policy_.waits_for_co_handlers || !judged()) return std::nullopt;
  const person* const who = find(*d_.people, on_behalf_.empty() ? c_.actor : on_behalf_);
  if (who == nullptr) return std::nullopt;
  const auto& others = d_.item.co_handlers;
  const department_id* co_handler = nullptr;
  for (const post_id& id : who->posts) {
    const post* const held = find(*d_.people, id);
    if (held == nullptr) continue;
    if (held->department == d_.item.department) return std::nullopt;
    if (std::find(others.begin(), others.end(), held->department) != others.end())
      co_handler = &held->department;
  }
  if (co_handler == nullptr) return std::nullopt;
  return make_error(errc::not_authorised,
                    "'{0}' of a joint case is for the lead '{1}'; {2} is of co-handler '{3}'",
                    "联办件的“{4}”由牵头部门“{1}”办理,{2} 属于联办部门“{3}”", to_string(c_.what),
                    d_.item.department.text(), c_.actor.text(), co_handler->text(), label(c_.what));
}

/// The steps that need not be done again before the case is at an end: those that were done, or,
/// where a token rests at a step that it was sent back to, those that were done before that step.
std::set<node_id> command_judge::done_before(node_index resting) const {
  const auto first = std::ranges::find(s_.steps, resting, &step_record::step);
  const bool again = first != s_.steps.end() && first->end != step_end::waiting;
  std::set<node_id> out;
  for (auto r = s_.steps.begin(); r != (again ? first : s_.steps.end()); ++r)
    if (r->end == step_end::completed) out.insert(d_.net.at(r->step).id);
  return out;
}

/// Whether the flow can come to a step of a department without going back to what was done.
bool command_judge::lies_ahead(const department_id& who) const {
  for (const node_index resting : d_.net.resting(at_)) {
    std::set<node_id> seen = done_before(resting);
    std::vector<node_index> next{resting};
    while (!next.empty()) {
      const node_index n = next.back();
      next.pop_back();
      const node& one = d_.net.at(n);
      if (!seen.insert(one.id).second) continue;
      if (one.kind == node_kind::step && department_of(*d_.people, one) == who) return true;
      for (const arrow_index a : d_.net.out(n))
        if (const auto to = d_.net.index(d_.net.at(a).to)) next.push_back(*to);
    }
  }
  return false;
}

/// The lead of a joint case decides after all.
denial command_judge::co_handlers_are_done() const {
  if (!policy_.waits_for_co_handlers) return std::nullopt;
  for (const step_record& r : s_.steps) {
    if (r.end != step_end::waiting) continue;
    const node& n = d_.net.at(r.step);
    const department_id& by = department_of(*d_.people, n);
    const auto& others = d_.item.co_handlers;
    if (std::find(others.begin(), others.end(), by) == others.end()) continue;
    return make_error(errc::not_finished, "case {}: step '{}' of co-handler '{}' is to be done",
                      "办件 {0}:联办部门“{2}”的环节“{1}”尚未办理", c_.id.text(), n.shown(),
                      by.text());
  }
  for (const department_id& who : d_.item.co_handlers)
    if (lies_ahead(who))
      return make_error(errc::not_finished, "case {}: co-handler '{}' has a step still to come",
                        "办件 {}:联办部门“{}”尚有环节未办理", c_.id.text(), who.text());
  return std::nullopt;
}

denial command_judge::deem_consent() {
  if (d_.item.overtime != overtime_rule::consent)
    return make_error(errc::condition_not_met, "item {} does not say that silence is consent",
                      "事项 {} 未实行超时默认同意", d_.item.code.text());
  if (!limit_has_run_out())
    return make_error(errc::condition_not_met, "the promised limit of case {} has not run out",
                      "办件 {} 的承诺期限尚未届满", c_.id.text());
  details with = c_.with;
  with.result = case_result::granted;
  return add(event_kind::consent_deemed, std::move(with));
}

/// Without a recipient: a refusal is for the supervisor, everything else for the applicant.
denial command_judge::notify() {
  if (denial why = one_of(notice_kinds)) return why;
  details with = c_.with;
  if (with.recipient.empty()) with.recipient = with.kind == "refusal" ? "supervisor" : "applicant";
  if (std::find(notice_recipients.begin(), notice_recipients.end(), with.recipient) ==
      notice_recipients.end())
    return make_error(errc::unknown_value, "'{}' is nobody to be told; expected one of {}",
                      "“{}”不是告知对象;可选:{}", with.recipient,
                      fmt::join(notice_recipients, ", "));
  if (with.kind == "excluded_time") {
    if (!with.limit) return missing("the time it takes (limit)", "所需时间(limit)");
    if (s_.procedures.empty())
      return make_error(errc::not_suspended, "case {} has no excluded procedure to tell of",
                        "办件 {} 没有不计时程序", c_.id.text());
  }
  return add(event_kind::notified, std::move(with));
}

denial command_judge::prioritise() {
  if (denial why = one_of(priority_kinds)) return why;
  if (c_.with.kind == "urgent")
    if (denial why = reason_given()) return why;
  return add(event_kind::prioritised);
}

denial command_judge::attribute_fault() {
  if (denial why = one_of(fault_kinds)) return why;
  return add_with_reason(event_kind::fault_attributed);
}

denial command_judge::request_change() {
  if (denial why = one_of(change_kinds)) return why;
  if (denial why = reason_given()) return why;
  if (s_.result != case_result::granted)
    return make_error(errc::condition_not_met, "case {} was not granted: nothing to change",
                      "办件 {} 未准予,不能变更", c_.id.text());
  if (const change_request* const open = open_change(s_))
    return make_error(errc::condition_not_met, "the request of {} has not been answered",
                      "{} 的申请尚未答复", to_short_text(open->asked));
  details with = c_.with;
  with.outcome.clear();
  if (with.kind == "renewal") {
    if (denial why = renewal_is_possible(with)) return why;
  } else if (with.document.empty()) {
    return missing("a written request (document)", "书面申请(document)");
  }
  return add(event_kind::change_requested, std::move(with));
}

/// Whoever asks too late is heard all the same, and the event says that it was late.
denial command_judge::renewal_is_possible(details& with) const {
  const renewal_rules rules = d_.item.renewal.value_or(renewal_rules{});
  if (!s_.valid_until)
    return make_error(errc::condition_not_met, "the permit of case {} has no last day",
                      "办件 {} 的证件没有有效期", c_.id.text());
  if (!with.limit) return missing("by how much (limit)", "延续的期限(limit)");
  if (longer(*with.limit, rules.at_most) || renewals_granted(s_) >= rules.times)
    return make_error(errc::extension_refused,
                      "a permit is renewed {0} time(s), by at most {1}: asked for {2} after {3}",
                      "证件最多延续 {0} 次,每次不超过 {4}:已延续 {3} 次,申请 {5}", rules.times,
                      to_text(rules.at_most), to_text(*with.limit), renewals_granted(s_),
                      to_text(rules.at_most, language::zh), to_text(*with.limit, language::zh));
  counting_rules backwards;
  backwards.runs = direction::before;
  const auto last = due_date(cal_, rules.ask_before, *s_.valid_until, {}, {}, backwards);
  if (!last) return last.error();
  if (last->due && day_of(c_.at) > *last->due) with.outcome = "late";
  return std::nullopt;
}

denial command_judge::answer_change() {
  const change_request* const open = open_change(s_);
  if (open == nullptr)
    return make_error(errc::condition_not_met, "no request waits for an answer",
                      "没有待答复的申请");
  if (!c_.with.result) return missing("a result: granted or refused", "结果:granted 或 refused");
  if (*c_.with.result == case_result::refused) {
    if (const auto silent = renewed_by_silence(d_.item, s_); silent && c_.at >= *silent)
      return make_error(errc::condition_not_met,
                        "the permit of case {} ended on {} without an answer, and silence renewed "
                        "it: the renewal cannot be refused any more",
                        "办件 {} 的证件有效期至 {},届满前未作决定,视为准予延续,不能再决定不予",
                        c_.id.text(), to_text(*s_.valid_until));
    return add_with_reason(event_kind::change_answered);
  }
  details with = c_.with;
  const auto until = renewed_until(*open);
  if (!until) return until.error();
  with.until = *until;
  return add(event_kind::change_answered, std::move(with));
}

/// The last day of a permit that is renewed; nothing where another change is asked for.
result<std::optional<day>> command_judge::renewed_until(const change_request& r) const {
  if (r.kind != "renewal") return std::optional<day>{};
  counting_rules plain; // a permit ends on its day, whether that is a day of rest or not
  plain.rolling = roll::none;
  const auto renewed = due_date(cal_, *r.limit, *s_.valid_until, {}, {}, plain);
  if (!renewed) return renewed.error();
  return renewed->due;
}

/// Nobody answered whoever asked in time before the permit ended (行政许可法 art. 50).
denial command_judge::deem_renewal() {
  const auto silent = renewed_by_silence(d_.item, s_);
  if (!silent)
    return make_error(errc::condition_not_met,
                      "case {} has no request for renewal, made in time and unanswered, that "
                      "silence would grant",
                      "办件 {} 没有按期提出、尚未答复且依法视为准予的延续申请", c_.id.text());
  if (c_.at < *silent)
    return make_error(errc::condition_not_met,
                      "the permit of case {} runs until {}: there is time to answer",
                      "办件 {} 的证件有效期至 {},尚未届满", c_.id.text(), to_text(*s_.valid_until));
  details with = c_.with;
  with.kind = "renewal";
  with.result = case_result::granted;
  const auto until = renewed_until(s_.changes.back());
  if (!until) return until.error();
  with.until = *until;
  return add(event_kind::renewal_deemed, std::move(with));
}

} // namespace banli::detail
