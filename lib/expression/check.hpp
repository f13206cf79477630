// check.hpp — what every part of the tree means and which type it has.
//
// The checker resolves names (loop variable, field of the environment, type), finds the overload of
// every call, and reports all mistakes with what was probably meant. Its answer is kept beside the
// tree, one entry a node.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <banli/expression/environment.hpp>
#include <banli/expression/type.hpp>

#include "function_table.hpp"
#include "report.hpp"
#include "syntax.hpp"

namespace banli::detail::cel {

enum class meaning : std::uint8_t {
  computed,  ///< what the node's kind says
  field,     ///< reads a field; `slot`
  local,     ///< a loop variable; `slot` counts from the outermost loop
  type_name, ///< a type as a value; `text`
  bundle,    ///< a record variable, no value; `text` is its path
  member,    ///< a field of a record that is a value (an element of a list)
  function,  ///< a call; `function`, `namespaced`
  fails,     ///< means nothing; evaluates to an error (only without checking)
};

struct resolved {
  type of;
  meaning means = meaning::computed;
  cel::function function = cel::function::none;
  std::uint32_t slot = 0;
  std::shared_ptr<const host_function> host; ///< of a function that is the host's
  bool namespaced = false; ///< of a function: its first operand is no value but the namespace
  std::string text;
};

struct checked {
  std::vector<resolved> nodes;
  std::uint32_t locals = 0; ///< most loop variables alive at once
};

/// Errors: unknown_identifier, unknown_field, unknown_value, no_such_overload, type_mismatch,
/// bad_value.
checked check(const syntax_tree& tree, const environment& env, const compile_options& how,
              report& problems);

} // namespace banli::detail::cel
