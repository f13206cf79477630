// syntax.hpp — the syntax tree: what the parser makes and the checker reads.
//
// Nodes lie in one vector and name each other by index; operands come before what uses them, so the
// tree cannot have cycles and is walked without recursion where that helps. && and || are n-ary: a
// chain of a hundred is as deep as one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <banli/expression/value.hpp>

#include "text.hpp"

namespace banli::detail::cel {

using node_index = std::uint32_t;

enum class node_kind : std::uint8_t {
  bad,     ///< could not be parsed; already reported
  literal, ///< held
  name,    ///< `name`; `rooted` when written with a leading dot
  select,  ///< args[0].name
  has,     ///< has(args[0].name)
  op,      ///< an operator on args
  call,    ///< name(args)
  method,  ///< args[0].name(args[1..])
  list,    ///< [args]
  map,     ///< {args[0]: args[1], args[2]: args[3] ...}
  loop,    ///< a macro over args[0]
};

enum class op : std::uint8_t {
  none,
  logical_or,
  logical_and,
  logical_not,
  conditional,
  equal,
  unequal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  negate,
  index,
  optional_index,   ///< a[?k], an optional
  optional_element, ///< of one operand: ?e among the elements of a list or the values of a map
};

enum class macro : std::uint8_t {
  none,
  all,
  exists,
  exists_one,
  map,
  filter,
  transform_list,    ///< of two variables: [bodies]
  transform_map,     ///< of two variables: {key: body}
  transform_entries, ///< of two variables: the entries of the maps that the bodies give
  bind,              ///< its variable is args[0] itself, for args[1]
  opt_map,           ///< its variable is what args[0] holds; an optional of args[1]
  opt_flat_map,      ///< the same, where args[1] is an optional
};

struct node {
  node_kind kind = node_kind::bad;
  cel::op op = cel::op::none;
  cel::macro macro = cel::macro::none;
  bool rooted = false;
  bool optional = false;        ///< of a select: a.?b
  span at;                      ///< the whole sub-expression
  span name_at;                 ///< the name or operator within it, for messages
  std::string name;             ///< of a name, select, has, call, method; the variable of a loop
  std::string second;           ///< a loop's second variable: index, value; or key, value
  value held;                   ///< of a literal
  std::vector<node_index> args; ///< of a loop: range, and then 1 or 2 bodies
};

struct syntax_tree {
  std::vector<node> nodes;
  node_index root = 0;

  const node& operator[](node_index i) const { return nodes[i]; }
};

/// How CEL writes an operator.
std::string_view spelling(op o);

} // namespace banli::detail::cel
