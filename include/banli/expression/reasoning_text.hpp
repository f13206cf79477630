// reasoning_text.hpp — an evaluation that was replayed, as text.
//
//   a > 3 && b == "x" = false
//   * a > 3 = false
//     * a = 2
//
// One line a sub-expression, below what it is part of; a star before those that decided. Literals
// and what was not evaluated are left out; "?" stands for a value that is missing, "!" for an
// error.
#pragma once

#include <string>

#include <banli/expression/program.hpp>

namespace banli {

/// The tree, one line each, ended by newlines.
std::string to_text(const trace& t);

/// " = 19", " ?" or " !": how a sub-expression came out.
std::string answer_text(const trace& t);

/// Whether a part is a literal and says nothing that its text does not.
bool is_literal(const trace& t);

} // namespace banli
