// Commands before a case is accepted, and its acceptance.
#include <algorithm>
#include <set>

#include <banli/base/nearest.hpp>
#include <banli/deadline/clock_start.hpp>
#include <banli/engine/case_facts.hpp>
#include <banli/engine/material_need.hpp>

#include "judge.hpp"

namespace banli::detail {

namespace {

/// A date before the day of the instant, or that day.
denial received_in_time(const command& c) {
  if (!c.with.received || *c.with.received <= day_of(c.at)) return std::nullopt;
  return make_error(errc::bad_value, "received on {} lies after the {} on {}",
                    "收件日 {0} 晚于{3}时间 {2}", to_text(*c.with.received),
                    c.what == action::accept ? "acceptance" : "application", to_short_text(c.at),
                    label(c.what));
}

} // namespace

/// An application without a number gets that of its case.
denial command_judge::apply_for() {
  if (denial why = item_is_ours()) return why;
  if (c_.with.applicant.empty()) return missing("an applicant", "申请人");
  if (judged())
    if (denial why = received_in_time(c_)) return why;
  if (denial why = application_is_good()) return why;
  details with = c_.with;
  if (!with.application) with.application.emplace();
  if (with.application->number.empty()) with.application->number = c_.id.text();
  return add(event_kind::applied, std::move(with));
}

denial command_judge::application_is_good() const {
  if (is_agency(d_.item) && (!c_.with.application || c_.with.application->agent.empty()))
    return missing("an agent: the item is an agency item", "代理人:事项为代理事项");
  return window_is_known();
}

/// Where an item says which towns and villages take its applications, another window is a mistake.
denial command_judge::window_is_known() const {
  if (!c_.with.application || c_.with.application->window.empty()) return std::nullopt;
  const std::string& window = c_.with.application->window;
  std::vector<std::string_view> known;
  for (const delegation& d : d_.item.delegations) known.emplace_back(d.unit);
  for (const delegation& d : d_.item.delegations)
    if (!d.window.empty()) known.emplace_back(d.window);
  if (known.empty() || std::find(known.begin(), known.end(), window) != known.end())
    return std::nullopt;
  return with_hint(make_error(errc::unknown_reference,
                              "'{}' does not take applications for item {}",
                              "“{}”不代收事项 {} 的申请", window, d_.item.code.text()),
                   suggestion(window, known));
}

denial command_judge::review_materials() {
  if (c_.with.reviews.empty())
    return missing("a line a material (reviews)", "逐项审查结果(reviews)");
  std::set<std::string_view> seen;
  for (const material_review& r : c_.with.reviews) {
    if (denial why = review_is_good(r)) return why;
    if (!seen.insert(r.material).second)
      return make_error(errc::duplicate_id, "material '{}' is reviewed twice", "材料“{}”重复审查",
                        r.material);
  }
  return add(event_kind::materials_reviewed);
}

denial command_judge::review_is_good(const material_review& r) const {
  std::vector<std::string_view> names;
  for (const material& m : d_.item.materials) names.emplace_back(m.name);
  if (std::find(names.begin(), names.end(), r.material) == names.end())
    return with_hint(make_error(errc::unknown_reference, "item {} asks for no material '{}'",
                                "事项 {} 没有申请材料“{}”", d_.item.code.text(), r.material),
                     suggestion(r.material, names));
  if (r.standing == material_standing::complete || !r.reason.empty()) return std::nullopt;
  return make_error(errc::missing_reason, "material '{}' is {}: say what is wrong with it",
                    "材料“{0}”{2}:必须说明理由", r.material, to_string(r.standing),
                    label(r.standing));
}

denial command_judge::accept() {
  if (denial why = item_is_ours()) return why;
  // Another system's log is not judged for the day on which its office let the limits begin.
  if (judged())
    if (denial why = received_in_time(c_)) return why;
  if (denial why = window_is_known()) return why;
  if (denial why = facts_are_good()) return why;
  if (denial why = materials_are_complete()) return why;
  details with = c_.with;
  if (s_.applied) {
    with.item = d_.item.code;
    if (!with.received) with.received = counted_from();
  }
  at_ = d_.net.start();
  add(event_kind::accepted, std::move(with));
  return settle_conditions();
}

/// An application is accepted when every material that it surely needs was found complete.
denial command_judge::materials_are_complete() const {
  if (!s_.applied || !judged()) return std::nullopt;
  const case_facts facts{d_, s_, cal_, nullptr, c_.at};
  for (const material_need& need : needed_materials(d_.materials, facts)) {
    const material& m = d_.item.materials[need.material];
    if (need.needed != true) continue;
    if (need.material < d_.item.materials.size() && !m.required.empty() && m.when.empty())
      continue; // asked for under a condition that only people can read
    const auto seen = s_.reviewed.find(m.name);
    if (seen != s_.reviewed.end() && seen->second.standing == material_standing::complete) continue;
    return make_error(errc::condition_not_met, "material '{}' was not found complete",
                      "材料“{}”未经审查齐全", m.name);
  }
  return std::nullopt;
}

/// Complete from the start: the receipt. Told in time what is missing: the day it came. Else the
/// receipt again: silence accepts (行政许可法 art. 32).
std::optional<day> command_judge::counted_from() const {
  application_facts f{.received = day_of(*s_.applied)};
  f.notice_limit = reply_limit;
  if (s_.told_missing) {
    f.state = materials::incomplete;
    f.notified = day_of(*s_.told_missing);
    if (s_.completed) f.completed = day_of(*s_.completed);
  }
  const auto began = clock_start_of(cal_, f, day_of(c_.at));
  if (!began || !began->start || *began->start == day_of(c_.at)) return std::nullopt;
  return began->start;
}

denial command_judge::refuse() {
  if (denial why = item_is_ours()) return why;
  if (denial why = reason_given()) return why;
  if (!c_.with.kind.empty())
    if (denial why = one_of(refusal_kinds)) return why;
  add(event_kind::refused);
  return d_.item.refusals_reported ? add_notice_due("refusal", "supervisor") : std::nullopt;
}

} // namespace banli::detail
