// life_cycle_machine.hpp — the one door to the Boost.MSM machine (life_cycle_machine.cpp).
#pragma once

#include <cstdint>
#include <vector>

#include <banli/library/item_life_cycle.hpp>

namespace banli::detail {

/// How the machine took a command.
enum class machine_answer : std::uint8_t {
  taken,
  unknown,  ///< no row for this state and command
  rejected, ///< there are rows, and every guard said no
  failed,   ///< an exception came out of it
};

struct machine_step {
  machine_answer answer{};
  item_state to{};
};

/// Sets a machine at a state and gives it one command.
machine_step run_machine(item_state from, item_command command, role_set roles, item_facts facts);

/// The rows of the machine's own table, in its order.
std::vector<life_cycle_row> machine_rows();

} // namespace banli::detail
