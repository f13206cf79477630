// compiled_table.hpp — a decision table that has been checked and can be asked.
//
//   compiled_tables c = compile_table(t);             // the table of decision_table.hpp
//   c.problems;                                       // all that is wrong, each with its cell
//   bound_values in;
//   in.set("amount", 1200.0).set("kind", "XK");
//   table_outcome o = c.table->evaluate(in);
//   o.value;                                          // "head"
//   o.hits;                                           // {1}: the second rule
//
// The value is what DMN says it is: of one output its value, of several a map by their names; a
// list of these under R, O and C; a number under C+, C<, C>, C#. Where no rule hits it is the
// default; without one null, [], and 0 under C+ and C#.
//
// Three kinds of answer, as everywhere: a value, an error, or unknown because an input is missing.
// A missing input only counts where it could change the answer: a rule that is already out by
// another cell is out, and under F what stands after the first hit is not asked.
//
// An input may be a clock. The answer then says until when it holds: the earliest instant at which
// a rule comes in or goes out, exact for tests with values and clocks that rise or fall.
//
// A compiled table is immutable and may be asked by many threads at once.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/expression/activation.hpp>
#include <banli/expression/environment.hpp>
#include <banli/expression/program.hpp>
#include <banli/rules/decision_table.hpp>
#include <banli/rules/table_analysis.hpp>
#include <banli/time/civil.hpp>

namespace banli {

namespace detail::tables {
struct plan;
}

struct table_limits {
  std::size_t rules = 2'000;
  std::size_t columns = 100;
  std::size_t tests = 200;           ///< in one cell
  std::size_t regions = 1'000'000;   ///< steps of the analysis; beyond, it is undecided
  std::size_t examples = 10;         ///< gaps, and overlaps, that are told
  std::size_t problem_count = 1'000; ///< further problems are not reported
  expression_limits expression;
  evaluation_limits evaluation;
};

/// What a table says to one set of inputs.
struct table_outcome {
  outcome::state is = outcome::state::value;
  banli::value value;                 ///< when `is` says value
  std::vector<std::size_t> hits;      ///< rules that count, from 0, in the order of the policy
  bool by_default = false;            ///< no rule hit, and there is a default
  banli::error error;                 ///< when `is` says error
  std::vector<std::string> missing;   ///< when `is` says unknown: the fields, sorted
  std::optional<instant> holds_until; ///< earliest instant at which any of this could change
};

/// What became of one cell.
struct cell_trace {
  outcome::state is = outcome::state::value;
  bool holds = false; ///< when `is` says value
};

/// An evaluation with every cell written down.
struct table_reasoning {
  table_outcome outcome;
  std::vector<std::pair<std::string, std::optional<value>>> inputs; ///< none: missing or an error
  std::vector<std::vector<cell_trace>> rules;                       ///< all of them, every cell
};

class compiled_table {
 public:
  const decision_table& definition() const;
  const table_analysis& analysis() const;
  /// The words its activation answers for: the host's, and inputs the table declares itself.
  const environment& words() const;
  /// The fields it may read, sorted.
  const std::vector<std::string>& reads() const;

  table_outcome evaluate(const activation& from) const;
  table_reasoning explain(const activation& from) const;

 private:
  friend class table_builder;
  explicit compiled_table(std::shared_ptr<const detail::tables::plan> p) : plan_(std::move(p)) {}
  std::shared_ptr<const detail::tables::plan> plan_;
};

/// A table, or everything that is wrong with it. There is a table exactly when there are no
/// problems.
struct compiled_tables {
  std::optional<compiled_table> table;
  banli::problems problems;
  /// Of a table whose cells are good, even where the analysis is the problem.
  std::optional<table_analysis> analysis;
};

/// Checks the columns and every cell, and analyses the whole.
///
/// An input without an expression whose name the host does not declare is declared by the table; it
/// then needs a type, and the activation must answer for its name.
///
/// Errors: missing_field (no id, inputs, outputs or rules; an output; a type; the `values` that P
/// and O order by), duplicate_id (two columns of one name), wrong_column_count (a rule),
/// syntax_error, type_mismatch, unknown_value, bad_value (a test, an output, a policy that does not
/// fit its output), limit_exceeded, rules_overlap (under U, or under A where they say different
/// things), rules_gap, idle_rule, and what compile() finds in expressions.
compiled_tables compile_table(decision_table table, const environment& host = {},
                              const table_limits& limits = {});

} // namespace banli
