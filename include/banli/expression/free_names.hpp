// free_names.hpp — the names that an expression leaves open.
//
//   free_names("a.b > 3 && [1, 2].exists(e, e == n)")   // {"a", "n"}: e is bound by exists
//   free_names("int(x) + math.abs(y)")                  // {"x", "y"}
//
// For whoever evaluates what somebody typed, without declaring anything first: each such name
// declared as dyn makes the expression compile, and types are then judged when it is evaluated. A
// rule should declare its words instead: only then can a mistyped one be told.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <banli/expression/environment.hpp>
#include <banli/expression/program.hpp>

namespace banli {

/// Names, sorted, each once, that neither the environment nor a macro nor the language defines.
/// None of a text that does not parse: compiling it says why.
std::vector<std::string> free_names(std::string_view source, const environment& known = {},
                                    const expression_limits& limits = {});

} // namespace banli
