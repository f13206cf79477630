// assignees.hpp — who may do a step of a case: the rule of the step, asked of a person.
//
//   assignees(definition, state, calendar, {step, now});     // everybody who may do it now
//   refuse_assignee(definition, state, calendar, {step, now}, person_id{"P1"});
//                       // error[not-authorised]: step '审查' is not for P1: !('受理' in
//                       actor.steps)
//
// Conditions read the facts of the case, and of the person:
//
//   actor.id            经办人.工号            text
//   actor.posts         经办人.所任岗位        list of ids
//   actor.departments   经办人.所在部门        list of ids, those of the posts
//   actor.steps         经办人.办过的环节      list of ids: steps of this case the person has done
//
// The whole answer, with its reason, with delegations and separations, is authority.hpp's; these
// ask it for a yes or no.
//
// A condition that cannot be judged, because a fact is missing, is not fulfilled. Whoever a step
// was handed over to may do it without its post; the condition binds them all the same.
#pragma once

#include <optional>
#include <vector>

#include <banli/calendar/workday_calendar.hpp>
#include <banli/engine/case_definition.hpp>
#include <banli/engine/case_state.hpp>
#include <banli/expression/environment.hpp>

namespace banli {

/// The environment of assignee conditions: that of the chart's conditions, and actor.
environment assignee_environment(const service_item& item);

/// Which step, and when it would be done.
struct assignment {
  node_index step{};
  instant when{};
};

/// Why a person may not do a step; nothing where they may. Whether it is enabled is not asked, nor
/// anything at all where rights are only recorded. Codes: not_authorised.
std::optional<error> refuse_assignee(const case_definition& definition, const case_state& state,
                                     const workday_calendar& calendar, const assignment& what,
                                     const person_id& who);

/// The persons of the organisation who may do a step, in its order.
std::vector<person_id> assignees(const case_definition& definition, const case_state& state,
                                 const workday_calendar& calendar, const assignment& what);

} // namespace banli
