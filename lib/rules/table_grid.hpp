// table_grid.hpp — the finite grid that a decision table becomes, and the analysis on it.
#pragma once

#include "table_plan.hpp"

namespace banli::detail::tables {

/// Finds gaps, overlaps and idle rules of a plan whose columns and rules are compiled.
table_analysis analyse(const plan& p);

} // namespace banli::detail::tables
