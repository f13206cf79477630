// binding.hpp — values given by name, made to fit the fields that were declared.
//
// A host has nested maps (a JSON document, a dict of Python); an environment has typed fields.
// bind() takes the one to the other and says everything that does not fit:
//
//   value given = value::map({{"case", value::map({{"elapsed_workdays", 19}, {"status",
//   "opne"}})}}); bound_values facts; bind(facts, env, given);   // 1 problem: case.status: "opne"
//   is no value of status; did you mean
//                              // 'open'?
//
// Rules:
//   - a record variable takes a map of its fields; a field may also be given by its path
//     ("case.status"), a variable with dots in its name as maps; labels serve for names;
//   - null for a field that cannot be null means that it is missing;
//   - numbers are converted where nothing is lost: an int for a double or a uint, a uint for an
//   int;
//   - text does for what JSON lacks: a timestamp ("2025-10-13T09:00"), a duration ("90s"), a date,
//   a decimal, a time limit, an address, a network; a whole number does for a decimal, a double
//   does not;
//   - fields of records within lists are judged as well; a null among them is left out.
//
// The hard case is a name that nobody declared. It is refused with did-you-mean: a mistyped name
// would otherwise be a missing field, and the rule would never fire.
#pragma once

#include <banli/base/result.hpp>
#include <banli/expression/bound_values.hpp>
#include <banli/expression/environment.hpp>

namespace banli {

/// A value made to fit a type; null stands for missing where the type has no null. `path` is what
/// messages call it. Errors: type_mismatch, unknown_value (an enumeration), unknown_field,
/// out_of_range (a number that would lose by converting), bad_value (text that is no time).
result<value> fitted(const value& given, const type& wanted, const std::string& path);

/// Sets the fields of `given`, a map of names. Gives everything that does not fit, and sets the
/// rest. Errors: those of fitted(), unknown_identifier, type_mismatch (no map).
problems bind(bound_values& into, const environment& env, const value& given);

} // namespace banli
