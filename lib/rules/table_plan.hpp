// table_plan.hpp — a decision table ready to be asked: columns, cells and outputs, compiled.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <banli/rules/compiled_table.hpp>

#include "table_axis.hpp"
#include "unary_test.hpp"

namespace banli::detail::tables {

struct input_column {
  std::string name;
  type of;
  std::optional<program> expression; ///< instead of a field
  std::uint32_t slot = 0;            ///< of the field, or of the name its expression is given
  std::optional<unary_test> domain;
  environment cells{}; ///< for the cells of this column: everything, and `_`
  axis pieces{};
  bool broken = false; ///< its values could not be read: nothing can be said of its cells
};

/// An output of a rule: a value, or what gives one; neither where there is no default.
struct output_cell {
  std::optional<value> fixed;
  std::optional<program> made;
};

struct output_column {
  std::string name;
  std::vector<value> listed; ///< its values, the most important first
  output_cell otherwise;     ///< when no rule hits
};

struct rule_row {
  std::vector<unary_test> when;
  std::vector<output_cell> then;
};

struct plan {
  decision_table definition;
  table_limits limits;
  environment words;      ///< the host's, and inputs without a host
  environment all;        ///< with the names of inputs that are expressions
  std::uint32_t self = 0; ///< slot of `_`
  std::vector<input_column> inputs;
  std::vector<output_column> outputs;
  std::vector<rule_row> rules;
  std::vector<std::string> reads;
  table_analysis analysis;
};

/// Whether a table has what it needs, and its columns fit its rules and its policy. Errors:
/// missing_field, duplicate_id, wrong_column_count, bad_value, limit_exceeded.
void check_shape(const decision_table& t, const table_limits& limits, problems& found);

/// How two rows of outputs are ordered by P and O: by the positions of their values in the lists,
/// column by column. A value that is in no list comes last.
std::vector<std::size_t> priority_of(const plan& p, const std::vector<value>& outputs);

} // namespace banli::detail::tables
