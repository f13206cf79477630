// column_program.hpp — a plan made ready for the columns of one question.
//
// Each step becomes a node whose lane is known, because the kinds of the columns are: no value is
// asked what it is. What is constant is prepared, what depends on one text alone becomes a table
// with an entry for each word of the dictionary, filled by the scalar's own functions. The body of
// a loop runs over the elements of all rows at once, and its verdicts are joined into the rows.
//
// make() gives none where a step has no such form; the whole expression is then evaluated row by
// row.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "column_kernels.hpp"
#include "column_parts.hpp"
#include "plan.hpp"

namespace banli::detail::cel {

enum class act : std::uint8_t {
  constant,  ///< prepared
  load,      ///< the values of a column
  load_bool, ///< of a column of bools
  has,       ///< whether a column has a value
  join,      ///< && (o is logical_and) or || of the inputs
  invert,    ///< ! of the input
  compare,   ///< o of two inputs
  same_bool, ///< == or != of two verdicts
  whole,     ///< arithmetic on int64 or uint64
  real,      ///< arithmetic on doubles
  widen,     ///< a whole number as double
  table,     ///< of a word
  choose,    ///< inputs[0] ? inputs[1] : inputs[2]
  spread,    ///< a row's value for each of its elements
  loop,      ///< all, exists or exists_one
};

struct column_node {
  act does = act::constant;
  lane out = lane::column_verdict;
  bool inner = false; ///< runs over elements, not rows
  cel::op o = cel::op::none;
  cel::macro macro = cel::macro::none;
  std::vector<std::uint32_t> inputs;
  const column_parts* from = nullptr;     ///< of load, load_bool, has, loop
  std::uint8_t absent = is_unknown;       ///< state of what is missing
  bool holes = false;                     ///< of words: some codes are negative
  std::int64_t per_second = 1;            ///< of a moment
  std::vector<value> words;               ///< of a word: its dictionary
  value held;                             ///< of a constant
  std::vector<std::uint8_t> states_table; ///< of a table; entry 0 is for missing
  std::vector<std::int64_t> ints_table;
  std::vector<std::int32_t> codes_table;
  std::vector<std::uint32_t> body; ///< of a loop: the inner nodes in order
  bool numbered = false;           ///< of a loop: something in it asks for the row of an element
  std::vector<std::uint64_t> values;
  std::vector<std::uint8_t> states;
  lane_view now; ///< what it gave for the block at hand
};

class column_program {
 public:
  static std::optional<column_program> make(const plan& p, const case_columns& cases);

  type_kind gives() const;

  /// Fills `out`, which has the shape of the answers. by_row is called for rows that could cost
  /// more than `cost`.
  void run(column_outcome& out, std::uint64_t cost, const std::function<void(std::size_t)>& by_row);

 private:
  friend class column_builder;

  struct stretch {
    std::size_t first;
    std::size_t count;
  };
  std::uint64_t cost_of(std::uint64_t longest_list) const;
  std::uint64_t longest_list(stretch rows) const;
  void run_node(column_node& n, stretch at);
  void run_loop(column_node& n, stretch rows);
  void number_rows(const std::int64_t* offsets, stretch elements, std::size_t row);
  void load(column_node& n, stretch at);
  void load_verdicts(column_node& n, stretch at);
  void compare(column_node& n, stretch at);
  void arithmetic(column_node& n, stretch at);
  void use_table(column_node& n, stretch at);
  void choose(column_node& n, stretch at);
  void pair_states(column_node& n, stretch at);
  void copy_out(column_outcome& out, stretch rows) const;

  std::vector<column_node> nodes_;
  std::size_t rows_ = 0;
  std::size_t steps_ = 0;
  std::size_t longest_text_ = 0;
  std::vector<std::uint32_t> row_of_; ///< of the elements at hand
};

} // namespace banli::detail::cel
