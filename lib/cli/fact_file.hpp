// fact_file.hpp — the values that a rule or a table is asked about: a JSON object.
//
//   {"case": {"open": true, "used_share": 0.85}, "办件.承诺期限": 20, "broken": 2}
//
// Names may be nested or dotted, names or labels. Values are made to fit what is declared, as
// binding.hpp says.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/expression/bound_values.hpp>
#include <banli/expression/environment.hpp>

namespace banli {

struct fact_file {
  bound_values values;
  problems found;
};

/// Binds the values to the words of whoever declares them; the first that does says the type.
/// Errors: syntax_error (with its place), wrong_type (no object), unknown_field, those of fitted().
fact_file read_facts(std::string_view json, const std::string& file,
                     const std::vector<const environment*>& words);

} // namespace banli
