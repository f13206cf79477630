// table_axis.hpp — a column cut into pieces within which all its cells are the same.
//
// Each piece has a sample, a value out of it. An axis that cannot be cut (a list, a map, dyn) has
// one piece that stands for everything.
#pragma once

#include <vector>

#include <banli/expression/type.hpp>
#include <banli/expression/value.hpp>

#include "unary_test.hpp"

namespace banli::detail::tables {

struct axis {
  std::vector<value> samples; ///< in the order of the values; one null where it cannot be cut
  bool whole = false;         ///< it cannot be cut
  bool finite = false;        ///< every piece is a single value
};

/// The axis of a type, of the tests of a column (those with a condition count for nothing), and of
/// the test that says which values there are.
axis make_axis(const type& of, const std::vector<const unary_test*>& tests,
               const unary_test* domain);

/// The value of a type next to another, above it (step 1) or below (-1), and that value itself for
/// step 0 in the column's own kind. None where there is no such value, or no next one.
std::optional<value> beside(const type& of, const value& v, int step);

} // namespace banli::detail::tables
