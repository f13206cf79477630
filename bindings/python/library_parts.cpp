// What a library of items gives: versions, records, changes, verdicts; and who acts on it.
#include <banli/library/item_difference.hpp>

#include "bind_office.hpp"
#include "library_words.hpp"
#include "parts.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

void bind_version(py::module_& m) {
  py::class_<item_version>(m, "ItemVersion", "One version of an item.")
      .def_readonly("number", &item_version::number)
      .def_property_readonly("state", [](const item_version& v) { return text_of_enum(v.state); })
      .def_property_readonly("state_zh",
                             [](const item_version& v) { return std::string{label(v.state)}; })
      .def_property_readonly(
          "state_code", [](const item_version& v) { return static_cast<int>(v.state); },
          "The stable number of the state: 10 for a draft, 60 for a published version.")
      .def_property_readonly("disposition",
                             [](const item_version& v) { return text_of_enum(v.disposition); })
      .def_readonly("item", &item_version::item)
      .def_readonly("effective", &item_version::effective, "The first day in force, or None.")
      .def_readonly("ended", &item_version::ended, "The first day no longer in force, or None.")
      .def("in_force", &item_version::in_force, py::arg("day"))
      .def("__repr__", [](const item_version& v) {
        return fmt::format("<ItemVersion {} {} {}>", v.number, to_string(v.state), v.item.name);
      });
  py::class_<item_record>(m, "ItemRecord", "One act on an item, never changed after.")
      .def_property_readonly("entry", [](const item_record& r) { return number_in(r.entry); })
      .def_readonly("version", &item_record::version)
      .def_readonly("when", &item_record::when)
      .def_readonly("who", &item_record::who)
      .def_property_readonly(
          "kind", [](const item_record& r) { return text_of_enum(r.kind); },
          "created, adopted, acted, moved or opinion.")
      .def_property_readonly("command",
                             [](const item_record& r) { return text_of_enum(r.command); })
      .def_property_readonly("from_state",
                             [](const item_record& r) { return text_of_enum(r.from); })
      .def_property_readonly("to_state", [](const item_record& r) { return text_of_enum(r.to); })
      .def_readonly("reason", &item_record::reason);
}

} // namespace

void bind_library_parts(py::module_& m) {
  py::class_<item_actor>(m, "ItemActor", "Who acts on the library: a person with roles.")
      .def(py::init([](person_id who, const name_list& roles, department_id department) {
             return item_actor{std::move(who), roles_of(roles), std::move(department)};
           }),
           py::arg("who"), py::arg("roles"), py::arg("department") = department_id{})
      .def_readonly("who", &item_actor::who)
      .def_readonly("department", &item_actor::department);
  bind_version(m);
  py::class_<item_change>(m, "ItemChange", "One field in which two versions differ.")
      .def_readonly("path", &item_change::path)
      .def_property_readonly("kind", [](const item_change& c) { return text_of_enum(c.kind); })
      .def_property_readonly("before", [](const item_change& c) { return c.before.en; })
      .def_property_readonly("after", [](const item_change& c) { return c.after.en; })
      .def(
          "text",
          [](const item_change& c, const std::string& lang) {
            return to_text(c, language_of(lang));
          },
          py::arg("lang") = "en", "One line.")
      .def(
          "as_dict",
          [](const item_change& c, const std::string& lang) {
            const language l = language_of(lang);
            py::dict out;
            out["path"] = c.path;
            out["kind"] = text_of_enum(c.kind);
            out["before"] = c.before.in(l);
            out["after"] = c.after.in(l);
            return out;
          },
          py::arg("lang") = "en")
      .def("__repr__",
           [](const item_change& c) { return "<ItemChange " + to_text(c, language::en) + ">"; });
  m.def(
      "compare_items",
      static_cast<std::vector<item_change> (*)(const service_item&, const service_item&)>(&compare),
      py::arg("before"), py::arg("after"),
      "What differs between two items, field by field; empty exactly when they are equal.");
  py::class_<batch_verdict>(m, "BatchVerdict", "What became of one entry of a batch.")
      .def_property_readonly("entry", [](const batch_verdict& v) { return number_in(v.entry); })
      .def_property_readonly("good", &batch_verdict::good)
      .def_property_readonly(
          "state",
          [](const batch_verdict& v) {
            return v.state ? std::optional{text_of_enum(*v.state)} : std::nullopt;
          },
          "The state after it; None: refused.")
      .def_readonly("code", &batch_verdict::code, "The code that was given, if any.")
      .def_readonly("problems", &batch_verdict::found,
                    "Why it was refused, and all that is still lacking.");
}

} // namespace banli::python
