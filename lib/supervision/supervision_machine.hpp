// supervision_machine.hpp — the one door to the Boost.MSM machines (supervision_machine.cpp).
#pragma once

#include <cstdint>
#include <vector>

#include <banli/supervision/supervision_life_cycle.hpp>

namespace banli::detail {

/// How a machine took an act.
enum class cycle_answer : std::uint8_t {
  taken,
  unknown,  ///< no row for this phase and act
  rejected, ///< there are rows, and every guard said no
  failed,   ///< an exception came out of it
};

template <class Phase>
struct cycle_step {
  cycle_answer answer{};
  Phase to{};
};

constexpr bool holds(const supervision_condition& c, supervision_facts facts) {
  return facts.has(c.fact) == (c.want == supervision_condition::wanted::yes);
}

cycle_step<order_phase> run_order(order_phase from, order_act act, supervision_roles roles,
                                  supervision_facts facts);
cycle_step<complaint_phase> run_complaint(complaint_phase from, complaint_act act,
                                          supervision_roles roles, supervision_facts facts);

/// The rows of the machines' own tables, in their order.
std::vector<order_row> order_machine_rows();
std::vector<complaint_row> complaint_machine_rows();

} // namespace banli::detail
