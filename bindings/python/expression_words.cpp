// What an expression may say, and what its fields hold: dicts of Python as environments and facts.
#include "expression.hpp"

#include <algorithm>

#include <banli/base/nearest.hpp>
#include <banli/expression/binding.hpp>
#include <banli/expression/type_text.hpp>

#include "casters.hpp"
#include "expression_values.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

constexpr int most_nested_types = 50;

/// Classes that a type may be named by.
std::optional<type> class_type(PyObject* o) {
  if (o == reinterpret_cast<PyObject*>(&PyBool_Type)) return type_kind::boolean;
  if (o == reinterpret_cast<PyObject*>(&PyLong_Type)) return type_kind::integer;
  if (o == reinterpret_cast<PyObject*>(&PyFloat_Type)) return type_kind::real;
  if (o == reinterpret_cast<PyObject*>(&PyUnicode_Type)) return type_kind::string;
  if (o == reinterpret_cast<PyObject*>(&PyBytes_Type)) return type_kind::bytes;
  if (o == reinterpret_cast<PyObject*>(&PyList_Type)) return type_kind::list;
  if (o == reinterpret_cast<PyObject*>(&PyDict_Type)) return type_kind::map;
  if (o == reinterpret_cast<PyObject*>(PyDateTimeAPI->DateTimeType)) return type_kind::timestamp;
  if (o == reinterpret_cast<PyObject*>(PyDateTimeAPI->DeltaType)) return type_kind::duration;
  return std::nullopt;
}

bool all_words(py::handle h) {
  if (py::len(h) == 0) return false;
  for (const py::handle e : h)
    if (!PyUnicode_Check(e.ptr())) return false;
  return true;
}

type enumeration_in(py::handle h, const std::string& name) {
  std::vector<std::string> words;
  for (const py::handle e : h) words.push_back(e.cast<std::string>());
  if (PyAnySet_Check(h.ptr())) std::ranges::sort(words); // a set has no order of its own
  return type::enumeration(name, std::move(words));
}

type any_type(py::handle h, const std::string& name, int depth) {
  PyObject* o = h.ptr();
  if (depth > most_nested_types)
    throw failure{make_error(errc::limit_exceeded, "types of more than {} levels",
                             "类型嵌套超过 {} 层", most_nested_types)};
  if (PyUnicode_Check(o)) return unwrap(parse_type(text_of(h)));
  if (const auto t = class_type(o)) return *t;
  if (PyDict_Check(o)) {
    std::vector<type_field> fields;
    for (const auto& [key, of] : py::reinterpret_borrow<py::dict>(h)) {
      const std::string field{text_of(key)};
      fields.push_back({field, any_type(of, name + "." + field, depth + 1)});
    }
    return type::record(name, std::move(fields));
  }
  const bool sequence = PyList_Check(o) || PyTuple_Check(o);
  if ((sequence || PyAnySet_Check(o)) && all_words(h)) return enumeration_in(h, name);
  if (sequence && py::len(h) == 1) return type::list_of(any_type(h[py::int_(0)], name, depth + 1));
  throw py::type_error(name +
                       ": a type is a text such as 'int', a dict of fields, a list of words, "
                       "or a list of one record");
}

} // namespace

type type_in(py::handle h, const std::string& name) { return any_type(h, name, 0); }

environment environment_in(py::handle variables, py::handle labels, const std::string& container) {
  environment env;
  if (!variables.is_none())
    for (const auto& [name, of] : variables.cast<py::dict>()) {
      const std::string called{text_of(name)};
      env.declare(called, type_in(of, called));
    }
  if (!labels.is_none())
    for (const auto& [label, name] : labels.cast<py::dict>())
      env.alias({.label = std::string{text_of(label)}, .name = std::string{text_of(name)}});
  if (!container.empty()) env.container(container);
  return env;
}

// --- functions

namespace {

/// What a callable gives for operands; its exception is an error of the evaluation.
result<value> called(const py::function& f, std::span<const value> operands, const type& gives,
                     const std::string& name) {
  const py::gil_scoped_acquire held;
  try {
    py::tuple args(operands.size());
    for (std::size_t k = 0; k < operands.size(); ++k) args[k] = python_from(operands[k]);
    return fitted(value_from_python(f(*args)), gives, name + "()");
  } catch (const py::error_already_set& e) {
    const std::string why = e.what();
    return make_error(errc::evaluation_error, "{0}(): {1}", "{0}():{1}", name,
                      why.substr(0, why.find('\n')));
  } catch (const failure& e) {
    return e.why();
  }
}

void declare_function(environment& env, const std::string& written, py::handle h) {
  if (!PyTuple_Check(h.ptr()) || py::len(h) != 3)
    throw py::type_error(written + ": a function is (callable, [types], type)");
  const bool method = written.starts_with('.');
  host_function f{written.substr(method ? 1 : 0), method, {}, {}, {}};
  for (const py::handle t : h[py::int_(1)]) f.takes.push_back(type_in(t, written));
  f.gives = type_in(h[py::int_(2)], written);
  f.does = [callable = h[py::int_(0)].cast<py::function>(), gives = f.gives, name = f.name](
               std::span<const value> operands) { return called(callable, operands, gives, name); };
  env.declare(std::move(f));
}

} // namespace

void declare_functions(environment& env, py::handle functions) {
  if (functions.is_none()) return;
  for (const auto& [name, h] : functions.cast<py::dict>()) {
    const std::string written{text_of(name)};
    if (PyList_Check(h.ptr()))
      for (const py::handle one : h) declare_function(env, written, one);
    else
      declare_function(env, written, h);
  }
}

// --- facts

python_facts::python_facts(const expression_program& p, py::handle given, py::handle clocks,
                           std::optional<instant> now)
    : values_(now.value_or(instant{})), now_(now.value_or(instant{})) {
  if (!given.is_none() && !PyDict_Check(given.ptr()))
    throw py::type_error("values are given as a dict of names");
  value values = given.is_none() ? value::map({}) : values_of(p, given, "");
  if (!clocks.is_none())
    for (const auto& [path, clock] : clocks.cast<py::dict>())
      if (!took_clock(p, std::string{text_of(path)}, clock))
        throw py::type_error("clocks= takes banli.Clock objects, or lists of (instant, value)");
  if (!clocks_.empty() && !now) throw py::type_error("clocks are read at an instant: give now=");
  const problems found = bind(values_, p.words, values);
  refuse_problems(found);
}

value python_facts::values_of(const expression_program& p, py::handle given,
                              const std::string& path) {
  value::entries all;
  for (const auto& [key, of] : py::reinterpret_borrow<py::dict>(given)) {
    if (!PyUnicode_Check(key.ptr())) {
      all.emplace_back(value_from_python(key), value_from_python(of));
      continue;
    }
    const std::string written{text_of(key)};
    const std::string name =
        path.empty() && p.words.variable(written) ? written : std::string{p.words.name_of(written)};
    const std::string inner = path.empty() ? name : path + "." + name;
    const bool known = p.words.variable(inner) || p.words.slot(inner);
    if (path.empty() && !p.declared && !known) continue;
    if (py::isinstance<moving_field>(of)) {
      took_clock(p, inner, of);
      continue;
    }
    all.emplace_back(written, PyDict_Check(of.ptr()) && !p.words.slot(inner)
                                  ? values_of(p, of, inner)
                                  : value_from_python(of));
  }
  return value::map(std::move(all));
}

bool python_facts::took_clock(const expression_program& p, const std::string& path, py::handle h) {
  if (!p.words.slot(path)) {
    std::vector<std::string> words;
    for (const declared_field& f : p.words.fields()) words.push_back(f.path);
    throw failure{with_hint(make_error(errc::unknown_identifier,
                                       "a clock needs a declared field; there is none called '{}'",
                                       "时钟须对应已声明的字段,没有名为“{}”的字段", path),
                            suggestion(path, words))};
  }
  py::object clock = py::reinterpret_borrow<py::object>(h);
  if (PyList_Check(h.ptr()) || PyTuple_Check(h.ptr()))
    clock = py::module_::import("banli._core").attr("Clock")(h);
  if (!py::isinstance<moving_field>(clock)) return false;
  clocks_.insert_or_assign(path, clock.cast<std::shared_ptr<moving_field>>());
  return true;
}

reading python_facts::read(field_ref field) const {
  const auto c = clocks_.find(field.path);
  return c == clocks_.end() ? values_.read(field) : c->second->read(now_);
}

std::optional<instant> python_facts::reaches(field_ref field, const value& threshold) const {
  const auto c = clocks_.find(field.path);
  return c == clocks_.end() ? std::nullopt : c->second->reaches(threshold);
}

} // namespace banli::python
