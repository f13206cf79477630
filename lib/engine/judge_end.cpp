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

std::size_t renewals_granted(const case_state& s) {
  return static_cast<std::size_t>(
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
  if (denial why = co_handlers_are_done()) return why;
  add(event_kind::decided);
  if (d_.item.refusals_reported && *c_.with.result == case_result::refused)
    return add_notice_due("refusal", "supervisor");
  return std::nullopt;
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
  const renewal_rules& rules = d_.renewal;
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
  if (*c_.with.result == case_result::refused) return add_with_reason(event_kind::change_answered);
  details with = c_.with;
  with.until.reset();
  if (open->kind == "renewal") {
    counting_rules plain; // a permit ends on its day, whether that is a day of rest or not
    plain.rolling = roll::none;
    const auto renewed = due_date(cal_, *open->limit, *s_.valid_until, {}, {}, plain);
    if (!renewed) return renewed.error();
    with.until = renewed->due;
  }
  return add(event_kind::change_answered, std::move(with));
}

} // namespace banli::detail
