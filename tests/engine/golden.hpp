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

/// The definitions that golden histories name. Never to be changed either.
inline std::shared_ptr<const case_definition> golden_definition(std::string_view name) {
  service_item i = item();
  if (name == "restarts") i.supplement = supplement_rule::restarts;
  return define(i, name == "joint" ? joint_chart() : chart(), authority::recorded);
}

} // namespace sample
