// The life cycle of a case as a machine of Boost.MSM (办件生命周期), beside those of items, orders
// and complaints.
//
// The engine asks for every command what a phase takes, and looks it up in an array; the machine
// is made of the same rows, and a test runs it for every phase and command against the array. So a
// row that MSM would read otherwise than we do cannot stand in the table.
#pragma once

#include <optional>

#include <banli/engine/case_life_cycle.hpp>

namespace banli::detail {

/// Where the machine goes from a phase by a command; nothing where it has no such transition.
std::optional<case_phase> run_case_machine(case_phase from, action by);

} // namespace banli::detail
