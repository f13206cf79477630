// supervision_machine.hpp — the one door to the Boost.MSM machines (supervision_machine.cpp).
#pragma once

#include <vector>

#include <banli/supervision/supervision_life_cycle.hpp>

#include "base/cycle_step.hpp"

namespace banli::detail {

cycle_step<order_phase> run_order(order_phase from, order_act act, supervision_roles roles,
                                  supervision_facts facts);
cycle_step<complaint_phase> run_complaint(complaint_phase from, complaint_act act,
                                          supervision_roles roles, supervision_facts facts);

/// The rows of the machines' own tables, in their order.
std::vector<order_row> order_machine_rows();
std::vector<complaint_row> complaint_machine_rows();

} // namespace banli::detail
