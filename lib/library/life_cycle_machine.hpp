// life_cycle_machine.hpp — the one door to the Boost.MSM machine (life_cycle_machine.cpp).
#pragma once

#include <vector>

#include <banli/library/item_life_cycle.hpp>

#include "base/cycle_step.hpp"

namespace banli::detail {

/// Sets a machine at a state and gives it one command.
cycle_step<item_state> run_machine(item_state from, item_command command, role_set roles,
                                   item_facts facts);

/// The rows of the machine's own table, in its order.
std::vector<life_cycle_row> machine_rows();

} // namespace banli::detail
