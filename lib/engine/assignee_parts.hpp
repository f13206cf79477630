// The rule of a step, asked in parts: the right to do it, and the condition that binds whoever has
// it.
#pragma once

#include <banli/engine/assignees.hpp>
#include <banli/engine/authority.hpp>

namespace banli::detail {

/// Who acts, and for whom (empty: whoever they may act for).
struct acting {
  const person_id& who;
  const person_id& on_behalf;
};

/// One sentence in both languages with the same arguments.
template <class... Args>
text text_of_both(fmt::format_string<Args...> en, fmt::format_string<Args...> zh, Args&&... args) {
  return make_error(errc::not_authorised, en, zh, std::forward<Args>(args)...).message;
}

/// Which permissions say why. Whoever only wants to know whether a command may happen reads the
/// reasons of refusals alone, and making a reason costs more than finding that there is none.
enum class reasons : std::uint8_t { of_all, of_refusals };

/// The reason of a grant, if it will be read.
template <class... Args>
text reason_of_grant(reasons told, fmt::format_string<Args...> en, fmt::format_string<Args...> zh,
                     Args&&... args) {
  if (told == reasons::of_refusals) return {};
  return text_of_both(en, zh, std::forward<Args>(args)...);
}

/// May, with the reasons that are read.
permission may(const case_definition& d, const case_state& s, const workday_calendar& calendar,
               const act_question& what, const acting& who, reasons told);

/// The right to a step, by hand-over, name or post; `lent` narrows the posts (empty: all of them).
permission step_right(const case_definition& d, const case_state& s, node_index step,
                      const person_id& who, const std::vector<post_id>& lent, reasons told);

/// Whether the assignee condition of a step holds for a person.
bool condition_holds(const case_definition& d, const case_state& s,
                     const workday_calendar& calendar, const assignment& what,
                     const person_id& who);

} // namespace banli::detail
