// The rule of a step, asked in parts: the right to do it, and the condition that binds whoever has
// it.
#pragma once

#include <banli/engine/assignees.hpp>
#include <banli/engine/authority.hpp>

namespace banli::detail {

/// One sentence in both languages with the same arguments.
template <class... Args>
text text_of_both(fmt::format_string<Args...> en, fmt::format_string<Args...> zh, Args&&... args) {
  return make_error(errc::not_authorised, en, zh, std::forward<Args>(args)...).message;
}

/// The right to a step, by hand-over, name or post; `lent` narrows the posts (empty: all of them).
permission step_right(const case_definition& d, const case_state& s, node_index step,
                      const person_id& who, const std::vector<post_id>& lent);

/// Whether the assignee condition of a step holds for a person.
bool condition_holds(const case_definition& d, const case_state& s,
                     const workday_calendar& calendar, const assignment& what,
                     const person_id& who);

} // namespace banli::detail
