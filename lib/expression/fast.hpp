// fast.hpp — the short way of an evaluation.
//
// Most rules compare numbers and words of fields that are there. For those the plan is made once
// more, typed: each node knows the kind of its operands, looks at a field where it lies, and gives
// a plain bool, number or text. No value is copied and nothing is allocated.
//
// There are two kinds of facts. Of a table nothing moves by time, and only the answer is sought.
// Other facts are read when they are needed, each once; a reading may be a clock, so every node
// also says until when what it gives holds, by the rules of the evaluator.
//
// The short way never decides anything that is not plain: a field that is missing or of another
// kind than declared, an overflow, a division by zero, a course through arithmetic, a budget that
// might be spent. Then it gives nothing, and the evaluator is asked. So it cannot answer otherwise
// than the evaluator does, and property tests ask both.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <banli/expression/activation.hpp>
#include <banli/expression/text_head.hpp>
#include <banli/expression/value.hpp>

#include "fast_relations.hpp"
#include "syntax.hpp"

namespace banli {
struct outcome;
}

namespace banli::detail::cel {

struct plan;

/// What a node gives.
enum class fast_kind : std::uint8_t {
  boolean,
  integer,
  uinteger,
  real,
  text,
  time,
  span,
  date,
  money
};

enum class fast_op : std::uint8_t {
  constant,
  field,  ///< fields[slot], number `a` of the plan's
  local,  ///< the variable of loop `slot`
  member, ///< the variable of loop `slot`, field `text`
  // What follows is computed.
  to_real,         ///< of an int, or of a uint where `flag` says so
  logical,         ///< && and ||: `flag` absorbs
  negation,        ///< !
  has,             ///< whether a field is there
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

/// Loops within each other, at most.
inline constexpr std::uint32_t most_fast_locals = 8;

/// A number as its kind says. Of a timestamp the seconds, which then has no fraction; of a span
/// the nanoseconds; of a date the days.
union fast_number {
  std::int64_t integer;
  std::uint64_t uinteger;
  double real;
  decimal money;
};

class table_facts;
class read_facts;
struct lasting_mark;
class passing_mark;
template <class Facts>
class fast_frame;
template <class T, class Mark>
struct marked;

struct fast_node;

/// What evaluates a node, by what that gives: the value of a field or a local, and a constant that
/// is no bool, need none.
template <class Facts, class Mark>
union fast_call {
  template <class T>
  using giving = marked<T, Mark> (*)(fast_frame<Facts>&, const fast_node&);
  giving<bool> boolean = nullptr;
  giving<std::int64_t> integer;
  giving<double> real;
  giving<std::string_view> text;
};

/// One node. Texts and lists are the plan's, which outlives its short way.
struct fast_node {
  fast_op op = fast_op::constant;
  fast_kind kind = fast_kind::boolean; ///< what it gives
  cel::op relation = cel::op::none;
  bool flag = false;            ///< the constant; the bool that absorbs
  fast_ways ways = 0;           ///< of a comparison: its relation
  std::uint32_t slot = 0;       ///< of a field in the environment, or of a loop's variable
  std::uint32_t field = 0;      ///< the number of a field among those of the plan
  const fast_node* a = nullptr; ///< the operands; of a loop what is looked through, and the body
  const fast_node* b = nullptr;
  const fast_node* c = nullptr;
  std::span<const fast_node* const> parts; ///< the operands of a logical
  std::string_view text;                   ///< the name of a member, a constant text
  text_head head;                          ///< of the name of a member
  const value::elements* list = nullptr;   ///< of `in`
  fast_number number{.integer = 0}; ///< the constant; of a member its usual rank, which one of a
                                    ///< long name has not; of a quantifier the cost of a round
  fast_call<table_facts, lasting_mark> in_table;
  fast_call<read_facts, passing_mark> in_readings;
};

/// Sets what evaluates a node that is otherwise complete, and by which it compares.
void set_calls(fast_node& n);

/// The short way of a plan that gives a bool or a number; null when it has none.
class fast_program {
 public:
  static std::unique_ptr<const fast_program> make(const plan& p);

  /// The outcome of the plan, of which this is the short way. False: ask the evaluator; `out` is as
  /// it was.
  bool evaluate(const plan& p, const activation& from, std::uint64_t budget, outcome& out) const;

  /// The truth alone, of facts in a table. None: ask for the outcome.
  std::optional<bool> holds(const plan& p, const activation& from, std::uint64_t budget) const;

 private:
  friend class fast_maker;
  template <class Facts>
  friend class fast_frame;
  template <class Facts>
  bool evaluate(fast_frame<Facts>& f, outcome& out) const;

  std::deque<fast_node> nodes_; ///< they point to each other
  std::deque<std::vector<const fast_node*>> parts_;
  const fast_node* root_ = nullptr;
  fast_kind gives_ = fast_kind::boolean;
  std::uint64_t cost_ = 0; ///< of everything outside loops, at most
};

} // namespace banli::detail::cel
