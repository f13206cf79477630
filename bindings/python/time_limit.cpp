// TimeLimit: "20 working days" as a value.
#include <banli/deadline/time_limit.hpp>

#include "bind.hpp"
#include "casters.hpp"
#include "options.hpp"

namespace py = pybind11;

namespace banli::python {

void bind_time_limit(py::module_& m) {
  const auto parse = [](const std::string& text) { return unwrap(parse_time_limit(text)); };
  py::class_<time_limit>(m, "TimeLimit", "A count and a unit; the unit is half the answer.")
      .def(py::init(parse), py::arg("text"),
           "TimeLimit(text)\n\n'20 workdays', '20个工作日', '三个月', 'P3M', 'on the spot' … "
           "Errors: bad-limit.")
      .def_static("parse", parse, py::arg("text"), "parse(text) -> TimeLimit\n\nErrors: bad-limit.")
      .def_readonly("count", &time_limit::count, "At least 1; 0 for on the spot.")
      .def_property_readonly(
          "unit", [](const time_limit& t) { return std::string{to_string(t.unit)}; },
          "on the spot, workhour, hour, workday, day, week, month or year.")
      .def(
          "text",
          [](const time_limit& t, const std::string& lang) {
            return to_text(t, language_of(lang));
          },
          py::arg("lang") = "en", "text(lang='en') -> str\n\nThe one canonical spelling; en or zh.")
      .def_property_readonly("iso", &to_iso_text,
                             "ISO 8601: P3M, PT24H; WD and WH for working time.")
      .def("__str__", [](const time_limit& t) { return to_text(t); })
      .def("__repr__", [](const time_limit& t) { return "TimeLimit('" + to_text(t) + "')"; })
      .def("__eq__",
           [](const time_limit& a, py::handle b) {
             return py::isinstance<time_limit>(b) && a == b.cast<time_limit>();
           })
      .def("__hash__", [](const time_limit& t) {
        return py::hash(py::make_tuple(t.count, static_cast<int>(t.unit)));
      });
}

} // namespace banli::python
