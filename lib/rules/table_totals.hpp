// table_totals.hpp — what C+, C<, C> and C# make of the rules that hit.
#pragma once

#include <vector>

#include <banli/base/result.hpp>
#include <banli/expression/value.hpp>
#include <banli/rules/decision_table.hpp>

namespace banli::detail::tables {

/// The sum, the least, the greatest or the number of some rows of one output; there is at least
/// one. Errors: type_mismatch, out_of_range.
result<value> total_of(hit_policy p, const std::vector<std::vector<value>>& rows);

/// The sum or the number of nothing.
value empty_total(const decision_table& t);

} // namespace banli::detail::tables
