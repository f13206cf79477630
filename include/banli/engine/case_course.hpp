// case_course.hpp — a case as a row of events, for flow constraints and counters (办件经过).
//
//   course_of(definition, state)
//     accepted 2024-09-02T09:00
//     受理      2024-09-03T10:00 P1 outcome=""  opinion="同意"      a step that was completed
//     sent_back 2024-09-04T11:00 P2 step="审查"
//     decided   2024-09-05T10:00 P3
//     delivered 2024-09-06T09:00
//
// A completed step is an activity of its id. What is no step has the name of its event. The course
// is read from the state, so a monitor needs no history; events of one instant keep the order of
// the steps, acceptance first and the end last.
#pragma once

#include <span>
#include <vector>

#include <banli/engine/case_definition.hpp>
#include <banli/engine/case_state.hpp>
#include <banli/rules/flow_constraint.hpp>

namespace banli {

/// The data of the events above: step, outcome, opinion. Activities are open, because rules serve
/// many charts.
const flow_words& course_words();

/// The same where the charts are known: their steps, and the names of events. Whatever else a rule
/// counts can never happen.
flow_words course_words(std::span<const flowchart> charts);

std::vector<flow_event> course_of(const case_definition& definition, const case_state& state);

} // namespace banli
