// banli.Error, and Problem: one thing that is wrong with a document.
#include "bind.hpp"
#include "casters.hpp"

namespace py = pybind11;

namespace banli::python {

void bind_errors(py::module_& m) {
  py::class_<error>(m, "Problem", "One thing that is wrong, and where.")
      .def_property_readonly("code", [](const error& e) { return std::string{to_string(e.code)}; })
      .def_property_readonly(
          "message", [](const error& e) { return e.message.en; }, "In English.")
      .def_property_readonly(
          "message_zh", [](const error& e) { return e.message.zh; }, "In Chinese.")
      .def_property_readonly("file", [](const error& e) { return e.where.file; })
      .def_property_readonly(
          "line", [](const error& e) { return e.where.line; }, "From 1; 0: unknown.")
      .def_property_readonly(
          "column", [](const error& e) { return e.where.column; },
          "In characters, from 1; 0: unknown.")
      .def("__str__", [](const error& e) { return to_string(e, language::en); })
      .def("__repr__",
           [](const error& e) { return "<Problem " + to_string(e, language::en) + ">"; });

  static PyObject* raised = nullptr; // the type object lives as long as the module
  raised = PyErr_NewExceptionWithDoc("banli.Error",
                                     "Something could not be done; `problem` says what and where; "
                                     "`problems` has everything that is wrong with a document.",
                                     PyExc_ValueError, nullptr);
  m.attr("Error") = py::reinterpret_borrow<py::object>(raised);
  py::register_exception_translator([](std::exception_ptr p) {
    try {
      if (p) std::rethrow_exception(p);
    } catch (const failure& f) {
      py::object instance =
          py::reinterpret_borrow<py::object>(raised)(to_string(f.why(), language::en));
      const auto* more = dynamic_cast<const all_wrong*>(&f);
      instance.attr("problem") = f.why();
      instance.attr("problems") = more ? more->all() : problems{f.why()};
      instance.attr("code") = std::string{to_string(f.why().code)};
      PyErr_SetObject(raised, instance.ptr());
    }
  });
}

} // namespace banli::python
