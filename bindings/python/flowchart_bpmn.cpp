// Flowchart from BPMN 2.0 and as BPMN 2.0.
#include <variant>

#include <banli/drawing/flowchart_bpmn.hpp>

#include "flowchart.hpp"

namespace py = pybind11;

namespace banli::python {
namespace {

/// One element of a BPMN file as a dict.
py::dict element_of(const bpmn_element& e) {
  py::dict out;
  out["tag"] = e.tag;
  out["id"] = e.id;
  out["name"] = e.name;
  out["line"] = e.line;
  out["column"] = e.column;
  out["use"] = std::string{to_string(e.use)};
  return out;
}

} // namespace

void bind_bpmn(py::class_<judged>& c) {
  c.def_static(
       "from_bpmn",
       [](const std::variant<std::string, py::bytes>& text, const std::string& file,
          std::size_t states, const std::string& process) {
         const auto* const words = std::get_if<std::string>(&text);
         const std::string bytes =
             words != nullptr ? *words : static_cast<std::string>(std::get<py::bytes>(text));
         return readable(parse_flowchart(file, bytes, limits_of(states, process)));
       },
       py::arg("text"), py::arg("file") = "flowchart.bpmn", py::arg("states") = 1'000'000,
       py::kw_only(), py::arg("process") = "",
       "The same from BPMN 2.0, as text or as the bytes of a file.")
      .def(
          "to_bpmn",
          [](const judged& x) {
            const bpmn_document* const from = x.file();
            return unwrap(from != nullptr ? flowchart_bpmn(x->chart, *from)
                                          : flowchart_bpmn(x->chart));
          },
          "BPMN 2.0 with a diagram. What was read from BPMN is given as it came; once replace() "
          "has "
          "changed it, the change is written into the file, and all else of the file stays."
          "\n\nErrors: limit-exceeded, bad-value, bad-utf8; bad-xml for a change of a broken file.")
      .def_property_readonly(
          "bpmn_processes",
          [](const judged& x) {
            std::vector<std::string> out;
            if (x->bpmn)
              for (const bpmn_process& p : x->bpmn->processes) out.push_back(p.id);
            return out;
          },
          "The ids of the processes of the BPMN file it was read from.")
      .def_property_readonly(
          "bpmn_elements",
          [](const judged& x) {
            py::list out;
            if (x->bpmn)
              for (const bpmn_element& e : x->bpmn->elements) out.append(element_of(e));
            return out;
          },
          "Every element of the BPMN file, as dicts of tag, id, name, line, column and use (runs, "
          "kept, not_run).");
}

} // namespace banli::python
