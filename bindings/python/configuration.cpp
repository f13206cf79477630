// Configuration: what banli.load() gives.
#include <banli/document/configuration.hpp>

#include "bind.hpp"
#include "casters.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

std::shared_ptr<configuration> load(const std::string& path) {
  const py::gil_scoped_release others_may_run;
  return std::make_shared<configuration>(load_configuration(path));
}

void bind_item(py::module_& m) {
  py::class_<service_item>(m, "ServiceItem", "One service item; all fields of form A1.")
      .def_readonly("code", &service_item::code)
      .def_readonly("type", &service_item::type)
      .def_readonly("name", &service_item::name)
      .def_readonly("body", &service_item::body)
      .def_property_readonly(
          "bases",
          [](const service_item& i) {
            std::vector<std::string> out;
            for (const legal_basis& b : i.bases) out.push_back(b.title + b.article);
            return out;
          },
          "Legal bases, from high rank to low.")
      .def_readonly("conditions", &service_item::conditions)
      .def_property_readonly("promised", [](const service_item& i) { return to_text(i.promised); })
      .def_property_readonly("statutory",
                             [](const service_item& i) -> std::optional<std::string> {
                               if (!i.statutory) return std::nullopt;
                               return to_text(*i.statutory);
                             })
      .def_readonly("department", &service_item::department)
      .def_readonly("section", &service_item::section)
      .def_readonly("address", &service_item::address)
      .def_readonly("phone", &service_item::phone)
      .def_readonly("flow", &service_item::flow)
      .def_readonly("supervision_phone", &service_item::supervision_phone)
      .def_readonly("online_link", &service_item::online_link)
      .def_property_readonly("kind",
                             [](const service_item& i) { return std::string{to_string(i.kind)}; })
      .def(
          "check", [](const service_item& i) { return check(i); }, "Every fault of the item alone.")
      .def("__repr__", [](const service_item& i) {
        return "<ServiceItem " + i.code.text() + " " + i.name + ">";
      });
}

void bind_disclosure(py::module_& m) {
  py::class_<disclosure_duty>(m, "DisclosureDuty", "Who must publish what by when.")
      .def_readonly("column", &disclosure_duty::column)
      .def_readonly("content", &disclosure_duty::content)
      .def_readonly("unit", &disclosure_duty::unit)
      .def_property_readonly("when", [](const disclosure_duty& d) { return to_text(d.when); })
      .def_readonly("duty", &disclosure_duty::when, "The same, to be asked when it is due.");
}

} // namespace

void bind_configuration(py::module_& m) {
  bind_item(m);
  bind_disclosure(m);
  py::class_<configuration, std::shared_ptr<configuration>>(
      m, "Configuration", "Everything an office has written down.")
      .def_readonly("name", &configuration::name)
      .def_readonly("items", &configuration::items)
      .def_readonly("duties", &configuration::duties)
      .def_readonly("files", &configuration::files)
      .def_readonly("problems", &configuration::found, "Empty: it is good and may be run.")
      .def_property_readonly("good", &configuration::good)
      .def_property_readonly("calendar", [](const configuration& c) { return c.calendar; })
      .def_property_readonly(
          "rules",
          [](const configuration& c) {
            std::vector<std::string> ids;
            if (c.rules)
              for (const compiled_rule& r : c.rules->rules()) ids.push_back(r.id().text());
            return ids;
          },
          "Ids of the supervision rules.")
      .def(
          "test_rules",
          [](const configuration& c) { return c.rules ? run_rule_tests(*c.rules) : problems{}; },
          "Runs the rules' own tests; empty when all hold.")
      .def("__repr__", [](const configuration& c) {
        return fmt::format("<Configuration {}: {} items, {} problems>", c.name, c.items.size(),
                           c.found.size());
      });
  m.def("load", &load, py::arg("path"),
        "Reads a folder of YAML documents. Never fails: what is wrong is in `problems`.");
}

} // namespace banli::python
