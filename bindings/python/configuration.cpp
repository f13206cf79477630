// Configuration: what banli.load() gives.
#include <banli/document/configuration.hpp>
#include <banli/document/item_file.hpp>
#include <banli/document/saved_rules.hpp>
#include <banli/drawing/item_export.hpp>

#include "bind.hpp"
#include "parts.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

std::shared_ptr<configuration> load(const std::string& path) {
  const py::gil_scoped_release others_may_run;
  return std::make_shared<configuration>(load_configuration(path));
}

} // namespace

void bind_configuration(py::module_& m) {
  bind_part<post>(m, "Post", "A post: its department, duty, powers and limit (岗位说明).")
      .def_property_readonly(
          "missing_window_powers", [](const post& p) { return missing_window_powers(p); },
          "Those of 受理权, 审核权, 协调处置权 and 办理结果送达权 it has not been granted.");
  bind_part<person>(m, "Person", "A person, and the posts held.");
  py::class_<configuration, std::shared_ptr<configuration>>(
      m, "Configuration", "Everything an office has written down.")
      .def_readonly("name", &configuration::name)
      .def_readonly("items", &configuration::items)
      .def_readonly("catalogue", &configuration::catalogue, "Entries that items stand below.")
      .def("keep_former", &keep_former, py::arg("earlier"),
           "Keeps what an earlier configuration ran by, so that cases that began then can be read.")
      .def(
          "save_items",
          [](const configuration& c) {
            py::dict out;
            for (const auto& [file, text] : unwrap(save_items(c))) out[py::str(file)] = text;
            return out;
          },
          "save_items() -> dict[str, str]\n\nA file for each item, by its name.")
      .def(
          "export_item",
          [](const configuration& c, const std::string& code) {
            const auto d = find(c, item_id{code});
            if (!d)
              throw failure{make_error(errc::unknown_item, "there is no item '{}' that runs",
                                       "没有可运行的事项“{}”", code)};
            py::dict out;
            for (const auto& [file, text] :
                 unwrap(export_item({d->item, d->net.chart(), *d->people})))
              out[py::str(file)] = text;
            return out;
          },
          py::arg("code"),
          "三表一图: item, materials and steps as CSV and Markdown, the chart as SVG, by file name."
          "\n\nErrors: unknown-item, bad-item-code, limit-exceeded.")
      .def(
          "save_rules",
          [](const configuration& c) { return unwrap(save(c.rules.value_or(rule_set{}))); },
          "save_rules() -> str\n\nThe supervision rules as one document, with the counters and "
          "constraints they read. Errors: bad-utf8.")
      .def_property_readonly("duties", [](const configuration& c) { return c.disclosure.duties; })
      .def_readonly("disclosure", &configuration::disclosure,
                    "Duties, publications and events of all documents.")
      .def_property_readonly(
          "posts",
          [](const configuration& c) { return c.people ? c.people->posts : std::vector<post>{}; },
          "The posts of the organisation, described.")
      .def_property_readonly("persons",
                             [](const configuration& c) {
                               return c.people ? c.people->persons : std::vector<person>{};
                             })
      .def_readonly("laws", &configuration::laws)
      .def_readonly("systems", &configuration::systems)
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
