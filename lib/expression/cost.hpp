// cost.hpp — what an evaluation can cost at most, before any is made.
//
// The bound holds for all values within the assumed sizes: no field has a list, a map or a list
// within one of more than so many elements, nor a text of more than so many bytes. It counts as the
// evaluator does, every step once for each round of the loops around it, both branches of a
// conditional by the dearer.
#pragma once

#include <cstdint>

#include <banli/expression/program.hpp>

#include "check.hpp"
#include "syntax.hpp"

namespace banli::detail::cel {

/// At most; the largest number there is stands for "more than can be counted".
std::uint64_t worst_cost(const syntax_tree& tree, const checked& meanings,
                         const assumed_sizes& sizes);

} // namespace banli::detail::cel
