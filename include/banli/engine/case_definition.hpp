// case_definition.hpp — everything a case of one item runs by, linked and checked.
//
// A service item, its flowchart and the organisation are written apart, by different hands. link()
// joins them: every reference must lead somewhere, the chart must be sound, its step limits must
// fit into the promised limit, and every condition must type-check against the facts of the item.
// What comes out is immutable and can run.
//
//   auto linked = link(item, chart, org);
//   linked.definition          // shared, or null
//   linked.found               // every problem, each with its place
//
// A definition is known by the SHA-256 of its content. Cases are pinned to it: a running case keeps
// the definition it was accepted under, and the store says so when it is asked to run with another.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/calendar/working_hours.hpp>
#include <banli/engine/case_policy.hpp>
#include <banli/engine/organisation.hpp>
#include <banli/expression/program.hpp>
#include <banli/flowchart/flow_net.hpp>
#include <banli/flowchart/soundness.hpp>
#include <banli/flowchart/time_feasibility.hpp>
#include <banli/item/service_item.hpp>

namespace banli {

struct case_definition {
  service_item item;
  flow_net net;
  std::shared_ptr<const organisation> people;
  std::vector<std::optional<program>> conditions; ///< by arrow_index; set where an arrow has one
  time_feasibility time;                          ///< longest way and critical path
  std::string hash;                               ///< SHA-256 of the content, 64 hexadecimal digits
  /// Of the office; like the calendar they are no part of the content that cases are pinned to.
  std::shared_ptr<const working_hours> hours = std::make_shared<const working_hours>();
  std::vector<std::optional<program>> materials{}; ///< when each is asked for (material_need.hpp)
  std::vector<std::optional<program>> assignees{}; ///< by node_index: who may do it (assignees.hpp)
};

struct linked_definition {
  std::shared_ptr<const case_definition> definition; ///< null if anything was found
  problems found;
};

/// Where the parts of a definition stand in the user's text.
struct definition_places {
  locator item = nowhere;
  locator chart = nowhere;
};

/// Joins and checks. An inclusive decision by choice must follow steps only (bad_arrow): who does
/// the step says which branches it opens. Codes: those of check(service_item), check(flowchart),
/// check_soundness(), check_time(), compile_materials(); unknown_reference (post, department,
/// person, flowchart; a document of the item that no step produces, or the step that is said to);
/// bad_value (a step's limit above that of its post); missing_co_handlers (one of a joint item has
/// no step); duplicate_id (two materials of one name); the codes of expressions.
linked_definition link(const service_item& item, const flowchart& chart,
                       std::shared_ptr<const organisation> people,
                       const definition_places& places = {});

/// The department that does a step: its own, or that of its post.
const department_id& department_of(const organisation& people, const node& step);

/// SHA-256 of bytes, as 64 lower-case hexadecimal digits (FIPS 180-4).
std::string sha256(std::string_view bytes);

} // namespace banli
