// expression.hpp — a program in Python: with the words it was compiled with, so that values given
// as dicts find their fields.
#pragma once

#include <map>
#include <memory>
#include <string>

#include <pybind11/pybind11.h>

#include <banli/expression/binding.hpp>
#include <banli/expression/program.hpp>
#include <banli/expression/workday_clock.hpp>

namespace banli::python {

/// Something that moves by time alone, as a host gives it in place of a value.
class moving_field {
 public:
  virtual ~moving_field() = default;
  virtual reading read(instant now) const = 0;
  virtual std::optional<instant> reaches(const value& threshold) const = 0;

 protected:
  moving_field() = default;
};

using shared_clock = std::shared_ptr<const moving_field>;

/// What Python knows as Program.
struct expression_program {
  environment words;
  compile_options how;
  bool declared = true; ///< false: every name is dyn, and values of other names are passed over
  std::optional<banli::program> program;

  const banli::program& of() const { return *program; }
};

/// One thing that is wrong with an expression, and a picture of where.
struct expression_problem : error {
  std::string caret; ///< the line, and below it a caret
};

/// Values of a dict as fields, with the clocks among them.
class python_facts final : public activation {
 public:
  /// Raises banli.Error with everything that does not fit. now: None where nothing moves.
  python_facts(const expression_program& p, pybind11::handle given, pybind11::handle clocks,
               std::optional<instant> now);

  reading read(field_ref field) const override;
  std::optional<instant> reaches(field_ref field, const value& threshold) const override;

 private:
  value values_of(const expression_program& p, pybind11::handle given, const std::string& path);
  bool took_clock(const expression_program& p, const std::string& path, pybind11::handle h);

  bound_values values_;
  std::map<std::string, shared_clock, std::less<>> clocks_;
  instant now_{};
};

/// Declares what `variables` says: a dict of names to types. A type is a text ("int",
/// "list(string)"), a class of Python, a dict of fields (a record), a list or set of words (an
/// enumeration), or a list of one type that is no word (a list). Raises banli.Error.
environment environment_in(pybind11::handle variables, pybind11::handle labels,
                           const std::string& container);

/// Declares functions of Python: {"name": (callable, [types], type)}, or a list of such for
/// overloads; a name that begins with a dot is a method. Raises TypeError.
void declare_functions(environment& env, pybind11::handle functions);

/// "int"; of an alternative to text see environment_in.
type type_in(pybind11::handle h, const std::string& name);

/// Raises banli.Error whose problems carry their carets.
[[noreturn]] void raise_problems(std::string_view source, const compile_options& how,
                                 const problems& found);
expression_problem with_caret(const expression_program& p, const error& e);

std::string reasoning_html(const reasoning& r);

/// An outcome as Python's Outcome.
pybind11::object cast_outcome(const expression_program& p, outcome o);

void bind_clocks(pybind11::module_& m);
void bind_expression_columns(pybind11::module_& m, pybind11::class_<expression_program>& c);

} // namespace banli::python
