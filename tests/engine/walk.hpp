// A random case: numbers become commands, most of which the engine grants.
#pragma once

#include <array>

#include <banli/engine/case_life_cycle.hpp>

#include "sample.hpp"

namespace sample {

/// Interprets numbers as commands, one after the other, with time passing between them. Refused
/// ones leave no trace; what remains is a legal history.
inline running_case random_case(const std::shared_ptr<const case_definition>& d,
                                const std::vector<std::uint32_t>& numbers) {
  running_case c{d};
  instant now = at("2024-09-02T09:00") + days{numbers.empty() ? 0 : numbers.front() % 300};
  details opening;
  opening.item = d->item.code;
  c.did(to_text(now), "P1", action::accept, opening);
  for (const std::uint32_t n : numbers) {
    now += std::chrono::hours{(n >> 8U) % 60U} + minutes{n % 7U};
    details w = why("理由");
    w.opinion = (n & 1024U) != 0 ? "同意" : "";
    w.facts = {{"area", (n & 512U) != 0 ? "900" : "9"}};
    const auto open = d->net.enabled(c.state.at);
    if (!open.empty()) w.step = d->net.at(open[n % open.size()]).id;
    const char* who = (n & 2048U) != 0 ? "P3" : "P2";
    switch (n % 16U) {
    case 0:
      w.kind = "hearing";
      c.ask(to_text(now), who, action::suspend, w);
      break;
    case 1:
      w.kind = "suspension";
      c.ask(to_text(now), who, action::suspend, w);
      break;
    case 2:
    case 3:
    case 4: c.ask(to_text(now), who, action::resume, w); break;
    case 5: c.ask(to_text(now), who, action::request_supplement, w); break;
    case 6:
    case 7: c.ask(to_text(now), who, action::supplement, w); break;
    case 8:
      w.to_step = node_id{"受理"};
      c.ask(to_text(now), who, action::send_back, w);
      break;
    case 9:
      w.limit = time_limit{5, limit_unit::workday};
      w.authority = "局长";
      c.ask(to_text(now), who, action::extend, w);
      break;
    case 10:
      w.result = case_result::granted;
      c.ask(to_text(now), who, action::decide, w);
      break;
    case 11: c.ask(to_text(now), who, action::deliver, w); break;
    case 12:
      w.to_person = person_id{"P4"};
      c.ask(to_text(now), who, action::hand_over, w);
      break;
    default: c.ask(to_text(now), who, action::complete, w); break;
    }
  }
  return c;
}

/// What a random command says: enough that many are granted, and no more than that.
inline details random_details(const running_case& c, action what, std::uint32_t n, instant now) {
  details d = why((n & 3U) != 0 ? "理由" : "");
  d.item = c.definition->item.code;
  d.applicant = "虚构公司";
  d.facts = {{"area", (n & 512U) != 0 ? "900" : "9"}};
  d.opinion = (n & 1024U) != 0 ? "同意" : "";
  d.limit = time_limit{static_cast<int>(1 + n % 9U), limit_unit::workday};
  d.authority = "局长";
  d.result = (n & 64U) != 0 ? case_result::granted : case_result::refused;
  d.to_person = person_id{"P4"};
  d.document = (n & 32U) != 0 ? "文书" : "";
  const auto open = c.definition->net.enabled(c.state.at);
  if (!open.empty()) d.step = c.definition->net.at(open[n % open.size()]).id;
  d.to_step = node_id{"受理"};
  const auto pick = [&](const auto& kinds) { return std::string{kinds[n % kinds.size()]}; };
  constexpr std::array<std::string_view, 3> stops{"hearing", "expert_review", "suspension"};
  switch (what) {
  case action::suspend: d.kind = pick(stops); break;
  case action::notify: d.kind = pick(notice_kinds); break;
  case action::prioritise: d.kind = pick(priority_kinds); break;
  case action::attribute_fault: d.kind = pick(fault_kinds); break;
  case action::request_change: d.kind = pick(change_kinds); break;
  case action::refuse: d.kind = (n & 8U) != 0 ? pick(refusal_kinds) : ""; break;
  case action::decide: d.until = day_of(now) + days{100}; break;
  case action::review_materials: d.reviews = {{"申请书", material_standing::complete, ""}}; break;
  case action::extend:
  case action::accept:
  case action::apply: d.facts.clear(); break;
  default: break;
  }
  if (n % 23U == 0) {
    d.recorded = now + days{3};
    d.late_reason = "补录";
  }
  return d;
}

/// A case of random commands of every kind, from whichever beginning. `look` is called after every
/// command that was granted.
template <class Look>
running_case any_case(const std::shared_ptr<const case_definition>& d,
                      const std::vector<std::uint32_t>& numbers, Look look) {
  running_case c{d};
  instant now = at("2024-09-02T09:00");
  for (const std::uint32_t n : numbers) {
    now += std::chrono::hours{(n >> 8U) % 60U} + minutes{n % 7U};
    // Some who ask for a change wait until their permit has ended.
    if (!c.state.changes.empty() && !c.state.changes.back().answered && n % 5U == 0)
      now += days{100};
    // Half of the commands are among those that the phase takes, and half of these move the flow.
    const auto allowed = allowed_actions(c.state);
    // The last, migrate, takes two definitions and is walked by migrate_case_test.cpp.
    auto what = static_cast<action>((n >> 3U) % (action_list().size() - 1));
    if ((n & 1U) != 0 && !allowed.empty()) what = allowed[(n >> 3U) % allowed.size()];
    if (n % 4U == 3 && allows(c.state.phase, action::complete)) what = action::complete;
    const std::size_t before = c.history.size();
    const auto refused = c.ask(to_text(now), "P2", what, random_details(c, what, n >> 5U, now));
    if (!refused) look(c, what, before);
  }
  return c;
}

} // namespace sample
