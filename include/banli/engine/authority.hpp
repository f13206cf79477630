// authority.hpp — may this person do this now, in whose name, and by which rule.
//
//   permission p = may(definition, state, calendar,
//                      {action::complete, node_id{"审查"}, now}, person_id{"P5"});
//   p.granted();              // true
//   p.on_behalf;              // P2: P5 holds a delegation of P2's
//   p.why.en                  // "P5 may do step '审查' for P2 (delegation): P2 holds post
//   '审查岗'"
//
//   who_may(definition, state, calendar, {action::complete, node_id{"审查"}, now});   // task list
//   who_may(definition, state, calendar, node_id{"审查"}, now);                       // the same
//
// Nothing is allowed that no rule allows. The rules, in order:
//
//   person       the actor is in the organisation
//   right        of a step: it was handed over to them, or it names them, or they hold its post or
//                one of the posts and departments of its assignee rule. Of a command about the
//                whole case: a grant of the organisation names it (where there are no grants:
//                everybody). To hand a step over takes the right to do it, or a grant of hand_over.
//   condition    the assignee condition of the step holds for them
//   separation   no separation of the chart bars them by what they did in this case
//
// Who has no right of their own may act for somebody who has one by a mandate (mandate.hpp). Then
// condition and separation must let both pass: acting for another is no way around either. A
// command may say on whose behalf it is given; otherwise the own right goes first.
//
// The hard case is time. What somebody did is in the events, with whom they did it for, so that a
// mandate that has ended, a return or a hand-over in between change nothing.
//
// Source: requirements Q02; 定岗 定人 定责 (guide, 附录1).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/calendar/workday_calendar.hpp>
#include <banli/engine/case_definition.hpp>
#include <banli/engine/case_state.hpp>

namespace banli {

/// The rule that granted or refused; those from `nobody` on refuse.
enum class authority_rule : std::uint8_t {
  recorded,    ///< rights are only recorded (organisation::rights)
  handed_over, ///< the step was handed over to the person
  named,       ///< the step names the person
  post,        ///< a post or department
  grant,       ///< a grant of the organisation
  everybody,   ///< the organisation has no grants
  nobody,      ///< the person is not in the organisation
  no_right,    ///< no rule gives the right
  no_mandate,  ///< the person may not act for whom the command names
  condition,   ///< the assignee condition does not hold
  separation,  ///< a separation of duties
};

/// "post", "separation" …; 岗位, 职责分离 …
std::string_view to_string(authority_rule r);
std::string_view label(authority_rule r);

struct permission {
  authority_rule rule = authority_rule::no_right;
  person_id person;
  person_id on_behalf{};            ///< whom they act for; empty: in their own right
  std::optional<mandate_kind> by{}; ///< by which kind of mandate
  node_id step{};                   ///< empty of commands about the whole case
  std::string name{};               ///< post, condition or separation that decided
  text why{};

  bool granted() const { return rule < authority_rule::nobody; }
  friend bool operator==(const permission&, const permission&) = default;
};

/// What is to be done.
struct act_question {
  action what = action::complete;
  node_id step{}; ///< of complete, send_back and hand_over
  instant when{};
};

/// Whether an action is about one step of a case, and not about the whole of it.
constexpr bool is_on_a_step(action what) {
  return what == action::complete || what == action::claim || what == action::send_back ||
         what == action::hand_over;
}

/// Whether a person may, also for one they name. Whether the step is enabled is not asked.
permission may(const case_definition& definition, const case_state& state,
               const workday_calendar& calendar, const act_question& what, const person_id& who,
               const person_id& on_behalf = {});

/// Every person of the organisation who may, in its order.
std::vector<permission> who_may(const case_definition& definition, const case_state& state,
                                const workday_calendar& calendar, const act_question& what);

/// The same of completing a step: a task list.
std::vector<permission> who_may(const case_definition& definition, const case_state& state,
                                const workday_calendar& calendar, const node_id& step, instant t);

/// The separation that bars a person from an act, whatever right they have; nothing where none
/// does, nor where rights are only recorded.
std::optional<permission> barred(const case_definition& definition, const case_state& state,
                                 const act_question& what, const person_id& who);

/// A refusal as an error (not_authorised); nothing where it was granted.
std::optional<error> refusal_of(const permission& p);

} // namespace banli
