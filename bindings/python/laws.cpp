// The law library and business systems.
#include <banli/library/law_library.hpp>

#include "bind_office.hpp"
#include "parts.hpp"

namespace py = pybind11;

namespace banli::python {

void bind_laws(py::module_& m) {
  bind_part<law_article>(m, "LawArticle", "One article of a law: number, words.");
  bind_part<law>(m, "Law", "One law, in one edition.")
      .def("holds", &law::holds, py::arg("day"), "Whether it is in force on a day.");
  bind_part<business_system>(m, "BusinessSystem", "A business system that items name.");
  py::class_<law_library>(m, "LawLibrary", "The laws items rest on, and when they hold.")
      .def(py::init([](const std::vector<law>& laws) {
             law_library out;
             for (const law& l : laws) unwrap(out.add(l));
             return out;
           }),
           py::arg("laws") = std::vector<law>{})
      .def("__len__", [](const law_library& l) { return l.laws().size(); })
      .def_property_readonly("laws", &law_library::laws)
      .def(
          "add", [](law_library& l, const law& x) { unwrap(l.add(x)); }, py::arg("law"),
          "Errors: missing-field, duplicate-id, bad-value, limit-exceeded.")
      .def(
          "amend", [](law_library& l, const law& x) { unwrap(l.amend(x)); }, py::arg("law"),
          "The same law, put right. Errors: unknown-reference, those of add().")
      .def(
          "repeal",
          [](law_library& l, const law_id& id, day from, std::string reason) {
            unwrap(l.repeal(id, from, std::move(reason)));
          },
          py::arg("id"), py::arg("from_"), py::arg("reason"),
          "Errors: unknown-reference, missing-reason, bad-value.")
      .def(
          "find",
          [](const law_library& l, const std::string& name,
             std::optional<day> on) -> std::optional<law> {
            const law* found = on ? l.find(bare_title(name), *on) : l.find(law_id{name});
            return found == nullptr ? std::nullopt : std::optional{*found};
          },
          py::arg("name"), py::arg("on") = py::none(),
          "The law of an id; with a day, the edition of a title that holds on it.")
      .def(
          "check",
          [](const law_library& l, const service_item& item, std::optional<day> on) {
            return on ? check_bases(item, l, *on) : check_basis_names(item, l);
          },
          py::arg("item"), py::arg("on") = py::none(),
          "The bases of an item that are not here, or do not hold on a day.")
      .def("__eq__", [](const law_library& a, const law_library& b) { return a == b; });
}

} // namespace banli::python
