// bindings_file.hpp — the values that `banli eval` reads its names from: a JSON object.
//
//   {"case": {"elapsed": 19, "status": "open"}, "fees": [{"amount": 80, "standard": 100}],
//    "types": {"case": {"status": ["open", "concluded"], "closed": "timestamp"}},
//    "clocks": {"case.left": {"course": "falling", "steps": [["2025-10-01", 2], ["2025-10-09",
//    1]]}}, "labels": {"办件": "case"}}
//
// Three members are no values. `types` declares: a text names a type ("int", "list(string)"), an
// object is a record, an array of texts an enumeration, an array of one object a list of records.
// `clocks` move by time: each has a course (irregular, rising, falling) and steps. `labels` are
// other words for names.
//
// What `types` does not declare is typed by its value: a whole number is an int, any other a
// double, an object a record, an array a list of what its elements have in common, and null dyn.
// What is declared and not given is missing.
#pragma once

#include <optional>
#include <string>

#include <banli/base/result.hpp>
#include <banli/expression/bound_values.hpp>
#include <banli/expression/environment.hpp>

namespace banli {

/// The values of a file, and beside them now, which rises second by second.
class values_now final : public activation {
 public:
  explicit values_now(std::optional<instant> now) : of_file(now.value_or(instant{})) {}

  reading read(field_ref field) const override;
  std::optional<instant> reaches(field_ref field, const value& threshold) const override;

  bound_values of_file;
  std::optional<instant> clock; ///< what `now` shows; none: it is no clock, or not declared
};

struct bindings_file {
  environment words;
  values_now values;
  problems found;
};

/// Reads the bindings from JSON; `file` is named in problems. Where the file does not give them,
/// now is declared as a clock of that name, and calendar as the national one. Errors: syntax_error
/// (with its place), bad_value, type_mismatch, unknown_value, unknown_field, unknown_identifier.
bindings_file read_bindings(std::string_view json, const std::string& file,
                            std::optional<instant> now);

} // namespace banli
