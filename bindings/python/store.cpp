// Store: events of cases, kept and proved.
#include <banli/storage/sqlite_store.hpp>

#include "bind.hpp"
#include "casters.hpp"
#include "store.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

py::dict to_dict(const event& e) {
  py::dict d;
  d["number"] = e.number;
  d["what"] = std::string{to_string(e.what)};
  d["at"] = e.at;
  d["actor"] = e.actor;
  d["request"] = e.request;
  const py::object json = py::module_::import("json").attr("loads")(to_json(e));
  for (const auto& [key, value] : json.cast<py::dict>())
    if (!d.contains(key)) d[key] = value;
  return d;
}

py::list events_of(const store_handle& s, const case_id& id) {
  py::list out;
  for (const event& e : unwrap(s.open().load(id))) out.append(to_dict(e));
  return out;
}

py::list cases_of(const store_handle& s) {
  py::list out;
  unwrap(s.open().each([&](const stored_case& c) {
    out.append(py::dict(py::arg("id") = c.id, py::arg("item") = c.item,
                        py::arg("version") = c.version, py::arg("definition") = c.definition,
                        py::arg("chain") = c.chain));
  }));
  return out;
}

py::list verify(const store_handle& s) {
  py::list out;
  for (const chain_fault& f : unwrap(s.open().verify()))
    out.append(py::dict(py::arg("id") = f.id, py::arg("number") = f.number,
                        py::arg("what") = f.what.en, py::arg("what_zh") = f.what.zh));
  return out;
}

std::shared_ptr<store_handle> open_file(const std::string& path) {
  return std::make_shared<store_handle>(unwrap(open_sqlite_store(path)));
}

} // namespace

void bind_store(py::module_& m) {
  py::class_<store_handle, std::shared_ptr<store_handle>>(m, "Store",
                                                          "Where the events of cases are kept.")
      .def("cases", &cases_of, "Every case: id, item, version, definition, chain.")
      .def("events", &events_of, py::arg("case"), "The events of a case, in order, as dicts.")
      .def("verify", &verify, "Recomputes every hash chain; empty: the log is what it was.")
      .def_property_readonly("event_count",
                             [](const store_handle& s) { return unwrap(s.open().event_count()); })
      .def("close", &store_handle::close, "Lets the file go; the store cannot be used afterwards.")
      .def("__enter__", [](const std::shared_ptr<store_handle>& s) { return s; })
      .def("__exit__", [](store_handle& s, const py::args&) { s.close(); });
  m.def("open_store", &open_file, py::arg("path"), "Opens or creates a SQLite store.");
  m.def(
      "memory_store", [] { return std::make_shared<store_handle>(memory_store()); },
      "A store that lives as long as the process.");
}

} // namespace banli::python
