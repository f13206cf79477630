// fast.hpp — the short way of an evaluation.
//
// Most rules compare numbers and words of fields that are there and are no clocks. For those the
// plan is made once more, typed: each node knows the kind of its operands, reads the field where
// it lies, and gives a plain bool, number or text. No value is copied and nothing is allocated.
//
// The short way never decides anything that is not plain: a field that is missing or of another
// kind than declared, an overflow, a division by zero, a budget that might be spent. Then it gives
// nothing, and the evaluator is asked. So it cannot answer otherwise than the evaluator does, and a
// property test asks both.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/expression/value.hpp>

#include "syntax.hpp"

namespace banli::detail::cel {

struct plan;

/// What a node gives.
enum class fast_kind : std::uint8_t { boolean, integer, uinteger, real, text, time, span };

enum class fast_op : std::uint8_t {
  constant,
  field,           ///< fields[slot]
  local,           ///< the variable of loop `slot`
  member,          ///< the variable of loop `slot`, field `text`
  to_real,         ///< of an int, or of a uint where `flag` says so
  logical,         ///< && and ||: `flag` absorbs
  negation,        ///< !
  has,             ///< whether fields[slot] is there
  choice,          ///< a ? b : c
  compare,         ///< a and b of one kind; `relation`
  compare_numbers, ///< a and b numbers of different kinds
  in_texts,
  in_integers,
  arithmetic, ///< a and b of one kind; `relation` is the operator
  size_of_list,
  starts_with,
  ends_with,
  contains,
  quantifier, ///< all and exists: `flag` absorbs
  exactly_one,
};

/// A number as its kind says. Of a timestamp the seconds, which then has no fraction; of a span
/// the nanoseconds.
union fast_number {
  std::int64_t integer;
  std::uint64_t uinteger;
  double real;
};

struct fast_node {
  fast_op op = fast_op::constant;
  fast_kind kind = fast_kind::boolean; ///< what it gives; of a comparison what its operands give
  cel::op relation = cel::op::none;
  bool flag = false;      ///< the constant; the bool that absorbs
  std::uint32_t slot = 0; ///< of a field or of a loop's variable
  std::uint32_t text = 0; ///< the name of a member, a constant text
  std::uint32_t a =
      0; ///< the operands; of a logical, and of `in`, a, and first and last of a table
  std::uint32_t b = 0;
  std::uint32_t c = 0;
  fast_number number{.integer = 0}; ///< the constant; of a member its usual place; of a quantifier
                                    ///< the cost of a round
};

/// The short way of a plan that gives a bool; null when it has none.
class fast_program {
 public:
  static std::unique_ptr<const fast_program> make(const plan& p);

  /// Fields by their slot in the environment, null where missing. None: ask the evaluator.
  std::optional<bool> run(std::span<const value* const> fields, std::uint64_t budget) const;

 private:
  friend class fast_maker;
  std::vector<fast_node> nodes_;
  std::vector<std::uint32_t> parts_;
  std::vector<std::string> texts_;
  std::vector<std::int64_t> integers_;
  std::uint32_t root_ = 0;
  std::uint32_t locals_ = 0;
  std::uint64_t cost_ = 0; ///< of everything outside loops, at most
};

} // namespace banli::detail::cel
