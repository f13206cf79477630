// Form, FormField, FormUse, AssigneeRule, Separation, and Flowchart.form_rights().
#include <pybind11/stl.h>

#include "flowchart.hpp"

namespace py = pybind11;

namespace banli::python {

void bind_forms(py::module_& m) {
  bind_part<assignee_rule>(
      m, "AssigneeRule", "Who may do a step beside whoever holds its post, and on what condition.");
  bind_part<form_use>(m, "FormUse",
                      "A form at a step: the fields it writes, and those it reads besides.");
  bind_part<form_field>(m, "FormField", "One field of an electronic form.")
      .def(
          "refuse",
          [](const form_field& f, const std::string& value) { return refuse_value(f, value); },
          py::arg("value"),
          "Why a text cannot be the value of the field; None where it can.\n\nCodes: "
          "missing-field, bad-value, unknown-value.");
  bind_part<form>(m, "Form", "An electronic form that travels with a case.");
  bind_part<separation>(m, "Separation",
                        "Duties of a case that one person must not hold together.");
}

void bind_form_rights(py::class_<judged>& c) {
  c.def(
      "form_rights",
      [](const judged& x, const std::string& step) {
        py::dict out;
        for (const field_access& a : unwrap(form_rights(x->chart, node_id{step}))) {
          const py::str form{a.form.text()};
          if (!out.contains(form)) out[form] = py::dict{};
          out[form][py::str(a.field)] = std::string{to_string(a.right)};
        }
        return out;
      },
      py::arg("step"),
      "What a step may do with every field: form -> field -> hidden, read or write.\n\nErrors: "
      "unknown-step.");
}

} // namespace banli::python
