#include "fold_record.hpp"

#include <algorithm>

namespace banli::detail {

namespace {

/// The last request that nobody has answered, or nullptr.
template <class Request>
Request* unanswered(std::vector<Request>& all) {
  const auto it =
      std::find_if(all.rbegin(), all.rend(), [](const Request& r) { return !r.answered; });
  return it == all.rend() ? nullptr : &*it;
}

void fold_applied(case_state& s, const event& e) {
  fold_applicant(s, e);
  s.phase = case_phase::applied;
  s.applied = e.with.received ? instant{*e.with.received} : e.at;
  s.replies.push_back({*s.applied, std::nullopt});
}

void fold_reviewed(case_state& s, const event& e) {
  for (const material_review& r : e.with.reviews) s.reviewed[r.material] = r;
}

void fold_answered_above(case_state& s, const event& e) {
  s.phase = case_phase::running;
  if (report_record* r = unanswered(s.reports)) {
    r->answered = e.at;
    r->result = e.with.result;
    r->opinion = e.with.opinion;
  }
}

/// An extension that was asked for counts from the day of the request.
void fold_extended(case_state& s, const event& e) {
  day asked = day_of(e.at);
  if (extension_request* r = unanswered(s.requests)) {
    r->answered = e.at;
    r->granted = true;
    asked = day_of(r->asked);
  }
  if (e.with.limit) s.extended.push_back({*e.with.limit, asked, e.with.authority});
}

void fold_decided(case_state& s, const event& e) {
  s.phase = case_phase::decided;
  s.consent_deemed = e.what == event_kind::consent_deemed;
  s.result = s.consent_deemed ? case_result::granted : e.with.result;
  s.decider = e.actor;
  s.decision_reason = e.with.reason;
  s.decision_document = e.with.document;
  s.decided = e.at;
  s.valid_until = e.with.until;
}

void fold_notified(case_state& s, const event& e) {
  if (e.with.kind == "excluded_time")
    for (procedure_record& p : s.procedures)
      if (!p.told && p.kind != suspension_kind) {
        p.told = e.at;
        p.takes = e.with.limit;
      }
  const auto asked = std::find_if(s.notices.begin(), s.notices.end(), [&](const notice_record& n) {
    return !n.told && n.kind == e.with.kind && n.recipient == e.with.recipient;
  });
  if (asked != s.notices.end())
    asked->told = e.at;
  else
    s.notices.push_back({e.with.kind, e.with.recipient, std::nullopt, e.at});
}

void fold_change_answered(case_state& s, const event& e) {
  change_request* const r = unanswered(s.changes);
  if (r == nullptr) return;
  r->answered = e.at;
  r->result = e.with.result;
  r->deemed = e.what == event_kind::renewal_deemed;
  if (e.with.until) s.valid_until = e.with.until;
}

} // namespace

void fold_applicant(case_state& s, const event& e) {
  if (!e.with.item.empty()) s.item = e.with.item;
  if (!e.with.applicant.empty()) s.applicant = e.with.applicant;
  if (e.with.by) s.by = e.with.by;
  if (e.with.application) s.application = *e.with.application;
}

void fold_record(case_state& s, const event& e) {
  const details& d = e.with;
  switch (e.what) {
  case event_kind::applied: return fold_applied(s, e);
  case event_kind::materials_reviewed: return fold_reviewed(s, e);
  case event_kind::reported_up:
    s.phase = case_phase::reported_up;
    s.reports.push_back({.to = d.authority, .since = e.at, .limit = d.limit});
    return;
  case event_kind::answered_above: return fold_answered_above(s, e);
  case event_kind::extension_requested:
    s.requests.push_back({.asked = e.at,
                          .limit = d.limit.value_or(time_limit{}),
                          .authority = d.authority,
                          .late = d.outcome == "late"});
    return;
  case event_kind::extension_denied:
    if (extension_request* r = unanswered(s.requests)) r->answered = e.at;
    return;
  case event_kind::extended: return fold_extended(s, e);
  case event_kind::decided:
  case event_kind::consent_deemed: return fold_decided(s, e);
  case event_kind::notified: return fold_notified(s, e);
  case event_kind::notice_due:
    s.notices.push_back({d.kind, d.recipient, e.at, std::nullopt});
    return;
  case event_kind::prioritised: s.urgent = d.kind == "urgent"; return;
  case event_kind::fault_attributed: s.fault = d.kind; return;
  case event_kind::change_requested:
    s.changes.push_back(
        {.kind = d.kind, .asked = e.at, .limit = d.limit, .late = d.outcome == "late"});
    return;
  case event_kind::change_answered:
  case event_kind::renewal_deemed: return fold_change_answered(s, e);
  default: return;
  }
}

} // namespace banli::detail
