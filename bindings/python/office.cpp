// OfficeLibrary: everything an office keeps beside its cases.
#include <banli/document/library_bundle.hpp>
#include <banli/document/library_files.hpp>

#include "bind_office.hpp"
#include "document/bundle_parts.hpp"
#include "parts.hpp"

namespace py = pybind11;

namespace banli::python {

void bind_office(py::module_& m) {
  bind_part<attachment>(m, "Attachment", "What is known of a file that the host keeps.")
      .def(
          "check", [](const attachment& a) { return check(a); },
          "check() -> list[Problem]\n\nmissing-field, bad-value, limit-exceeded.");
  py::class_<office_library>(m, "OfficeLibrary",
                             "Items, laws, systems, attachments and disclosure of an office.")
      .def(py::init<>())
      .def_readwrite("items", &office_library::items)
      .def_readwrite("laws", &office_library::laws)
      .def_readwrite("systems", &office_library::systems)
      .def_readwrite("attachments", &office_library::attachments)
      .def_readwrite("disclosure", &office_library::disclosure)
      .def(
          "export",
          [](const office_library& o) {
            const py::gil_scoped_release others_may_run;
            return unwrap(export_library(o));
          },
          "export() -> str\n\nThe whole library as one text. Errors: bad-utf8.")
      .def_static(
          "restore",
          [](const std::string& bundle) {
            restored_library r = [&] {
              const py::gil_scoped_release others_may_run;
              return restore_library(bundle);
            }();
            refuse_problems(r.found);
            return std::move(r.library);
          },
          py::arg("bundle"),
          "The library of a bundle. Errors: everything wrong with it (Error.problems).")
      .def_static(
          "problems", [](const std::string& bundle) { return restore_library(bundle).found; },
          py::arg("bundle"), "Everything wrong with a bundle.")
      .def_static(
          "take_over",
          [](const configuration& c, const item_actor& actor, instant when, day effective) {
            refuse_problems(c.found);
            taken_library t = take_over(c, actor, when, effective);
            refuse_problems(t.found);
            return std::move(t.library);
          },
          py::arg("configuration"), py::arg("actor"), py::arg("when"), py::arg("effective"),
          "The library of a configuration, whose items are in force from a day.")
      .def(
          "save",
          [](const office_library& o, day on) {
            py::dict out;
            for (const auto& [file, text] : unwrap(save_library(o, on))) out[py::str(file)] = text;
            return out;
          },
          py::arg("on"), "YAML documents of what is in force on a day, by file name.")
      .def(
          "check", [](const office_library& o, day d) { return check_references(o, d); },
          py::arg("day"), "References to what is not there or no longer holds.")
      .def("__eq__", [](const office_library& a, const office_library& b) { return a == b; });
}

} // namespace banli::python
