// computation.hpp — from a term to its deadline.
//
// Checks the term, asks whether its extensions hold, and hands it to the way of counting that its
// unit needs.
//
//   compute({cal, nullptr, limit, start, exclusions, extensions, rules}, observer)
//
// The hard case is an extension that comes too late. Whether it was asked for in time depends on
// the deadline as it stood without it, so that every extension costs one computation more.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>

#include <banli/deadline/day_computation.hpp>
#include <banli/deadline/hour_computation.hpp>
#include <banli/deadline/term.hpp>

namespace banli::detail {

/// Chooses the way of counting; checks nothing.
template <class Observer>
result<deadline> compute_phases(const term& t, std::size_t extensions, Observer& o) {
  if (t.limit.unit == limit_unit::hour) return compute_hours(t, extensions, o);
  if (t.limit.unit == limit_unit::workhour) return compute_office(t, extensions, o);
  return day_computation<Observer>{t, extensions, o}.run();
}

/// "Once", and asked for while the limit still ran.
inline std::optional<error> check_extensions(const term& t) {
  const auto allowed = static_cast<std::size_t>(std::max(t.rules.extensions_allowed, 0));
  if (t.rules.runs == direction::before)
    return make_error(errc::extension_refused, "a limit before an event cannot be extended",
                      "倒推计算的时限不能延长");
  if (t.extensions.size() > allowed)
    return make_error(errc::extension_refused, "{} extensions asked for: at most {} allowed",
                      "申请延长 {} 次:最多允许 {} 次", t.extensions.size(), allowed);
  for (std::size_t i = 0; i < t.extensions.size(); ++i) {
    no_observer nobody;
    const result<deadline> before = compute_phases(t, i, nobody);
    if (!before) return before.error();
    const extension& e = t.extensions[i];
    if (before->due && e.asked > *before->due)
      return make_error(errc::extension_refused,
                        "the extension by {} was asked for on {}, after the limit ended on {}",
                        "延长{}的申请于 {} 提出,晚于时限届满日 {}", to_text(e.by), to_text(e.asked),
                        to_text(*before->due));
  }
  return std::nullopt;
}

/// The deadline of a term, told to an observer as it comes about.
template <class Observer>
result<deadline> compute(const term& t, Observer& o) {
  if (auto wrong = check_term(t)) return *wrong;
  if (!t.extensions.empty())
    if (auto wrong = check_extensions(t)) return *wrong;
  return compute_phases(t, t.extensions.size(), o);
}

} // namespace banli::detail
