// macros.hpp — methods that are macros: all, exists, map, filter and their like, cel.bind and
// cel.block.
#pragma once

#include <vector>

#include "lex.hpp"
#include "tree_builder.hpp"

namespace banli::detail::cel {

/// operand.name(…), as it was written.
struct written_method {
  node_index operand;
  const token& name;
  span at;
};

/// The node of a method with its arguments; a loop where it is a macro. Errors: syntax_error.
node_index expand_method(tree_builder& tree, const written_method& method,
                         const std::vector<node_index>& args);

} // namespace banli::detail::cel
