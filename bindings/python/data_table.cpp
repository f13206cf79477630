// DataTable: a statistic, its columns as arrays.
#include <banli/assessment/data_table.hpp>

#include <algorithm>

#include <banli/base/nearest.hpp>

#include "arrays.hpp"
#include "bind_office.hpp"
#include "options.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

/// A column as an array: int64, float64 (nan: none), or object where it holds words.
py::object cells_of(const data_column& c) {
  if (const auto* whole = std::get_if<std::vector<std::int64_t>>(&c.cells)) {
    const answers<std::int64_t> out{py::make_tuple(whole->size())};
    std::ranges::copy(*whole, out.all().begin());
    return out.array();
  }
  if (const auto* real = std::get_if<std::vector<double>>(&c.cells))
    return numpy().attr("array")(py::cast(*real), py::arg("dtype") = "f8");
  return numpy().attr("array")(py::cast(std::get<std::vector<std::string>>(c.cells)),
                               py::arg("dtype") = "O");
}

py::object column_of(const data_table& t, const std::string& name) {
  std::vector<std::string_view> known;
  for (const data_column& c : t.columns) {
    if (c.name == name) return cells_of(c);
    known.emplace_back(c.name);
  }
  throw py::key_error("no column '" + name + "'" + suggestion(name, known).en);
}

py::dict columns_of(const data_table& t) {
  py::dict out;
  for (const data_column& c : t.columns) out[py::str(c.name)] = cells_of(c);
  return out;
}

} // namespace

void bind_data_table(py::module_& m) {
  py::class_<data_table>(m, "DataTable", "A table with named columns.")
      .def_readonly("name", &data_table::name)
      .def_property_readonly("title", [](const data_table& t) { return t.title.en; })
      .def_property_readonly("title_zh", [](const data_table& t) { return t.title.zh; })
      .def_property_readonly("columns",
                             [](const data_table& t) {
                               std::vector<std::string> names;
                               for (const data_column& c : t.columns) names.push_back(c.name);
                               return names;
                             })
      .def(
          "labels",
          [](const data_table& t, const std::string& lang) {
            std::vector<std::string> out;
            for (const data_column& c : t.columns) out.push_back(c.label.in(language_of(lang)));
            return out;
          },
          py::arg("lang") = "zh", "The names of the columns for people.")
      .def("__len__", &data_table::rows)
      .def("__getitem__", &column_of, py::arg("name"),
           "A column: int64, float64 with nan where there is no number, or object holding text. "
           "KeyError, with the nearest name.")
      .def("as_dict", &columns_of, "Every column by its name; pyarrow.table() takes it, too.")
      .def(
          "dataframe",
          [](const data_table& t) {
            return py::module_::import("pandas").attr("DataFrame")(columns_of(t));
          },
          "A pandas.DataFrame. ImportError where pandas is not installed.")
      .def(
          "arrow",
          [](const data_table& t) {
            return py::module_::import("pyarrow").attr("table")(columns_of(t));
          },
          "A pyarrow.Table. ImportError where pyarrow is not installed.")
      .def(
          "to_csv",
          [](const data_table& t, const std::optional<std::string>& lang) {
            return lang ? to_csv(t, language_of(*lang)) : to_csv(t);
          },
          py::arg("lang") = py::none(), "RFC 4180; the head are names, or labels in a language.")
      .def("to_json", [](const data_table& t) { return to_json(t); })
      .def("__str__", [](const data_table& t) { return to_text(t, language::zh); });
}

} // namespace banli::python
