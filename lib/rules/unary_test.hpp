// unary_test.hpp — one cell of a decision table, read.
//
// A cell whose tests are all made of constants is a set: a union of intervals, maybe turned inside
// out by not(). Anything else is a condition, a CEL program over the column's environment.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/expression/environment.hpp>
#include <banli/expression/program.hpp>
#include <banli/rules/decision_table.hpp>

namespace banli::detail::tables {

/// The values between two ends; a missing end is no bound.
struct interval {
  std::optional<value> low;
  std::optional<value> high;
  bool low_in = false;
  bool high_in = false;

  static interval only(const value& v) { return {v, v, true, true}; }
  bool holds(const value& v) const;
};

struct unary_test {
  bool negated = false;
  std::vector<interval> intervals;  ///< any of them; none and no condition: nothing
  std::optional<program> condition; ///< instead of intervals

  bool anything() const {
    return !condition && !negated && intervals.size() == 1 && !intervals[0].low &&
           !intervals[0].high;
  }
  /// Of a test without a condition.
  bool holds(const value& v) const;
};

/// What a cell is read for.
struct column_view {
  const environment& env;                 ///< with `_`
  type of;                                ///< of `_`
  const std::vector<std::string>& listed; ///< texts that may stand without quotes
  const expression_limits& limits;
  std::size_t tests = 200;
};

/// The parts of a cell between the commas that stand in no quotes and no brackets, each with its
/// place; blanks around a part are not of it.
std::vector<table_cell> split_tests(const table_cell& cell);

/// The value of a text that is an expression without names; none when it is no such thing.
std::optional<value> constant(std::string_view source, const expression_limits& limits);

/// Whether a value of one kind can be compared with a column of a type.
bool comparable(const type& column, const value& v);

/// Reads a cell; what is wrong goes to `found`, and the test then holds nothing.
unary_test read_test(const table_cell& cell, const column_view& column, problems& found);

/// The place of a byte within a cell.
place within(const table_cell& cell, std::size_t offset);

} // namespace banli::detail::tables
