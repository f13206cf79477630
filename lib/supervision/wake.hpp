// When a rule has to be looked at again, and what is said when it is true.
#pragma once

#include <algorithm>
#include <optional>

#include <banli/engine/case_facts.hpp>
#include <banli/rules/rule_set.hpp>
#include <banli/supervision/monitor.hpp>

namespace banli::detail {

inline std::optional<instant> sooner(std::optional<instant> a, std::optional<instant> b) {
  return !a ? b : !b ? a : std::min(*a, *b);
}

/// The next instant after `now` at which a rule comes into force or goes out of it.
inline std::optional<instant> force_changes(const rule& r, instant now) {
  std::optional<instant> next;
  for (const auto& edge : {r.effective_from, r.effective_until})
    if (edge && instant{*edge} > now) next = sooner(next, instant{*edge});
  return next;
}

/// What a rule says of the facts that made it true.
hit_grounds grounds_of(const compiled_rule& r, node_id step, const activation& facts, instant now);

/// How a hit ends by a change of it.
inline hit_end end_of(hit_turn t) {
  switch (t) {
  case hit_turn::raised: return hit_end::open;
  case hit_turn::cleared: return hit_end::cleared;
  case hit_turn::superseded: return hit_end::superseded;
  case hit_turn::answered: return hit_end::answered;
  case hit_turn::lapsed: return hit_end::lapsed;
  }
  return hit_end::open;
}

/// A hit that is raised.
hit hit_of(const hit_grounds& g, case_id id, instant raised);

} // namespace banli::detail
