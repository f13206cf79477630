// FlowchartBuilder: a chart drawn piece by piece.
#include "flowchart.hpp"

namespace py = pybind11;

namespace banli::python {
namespace {

/// A chart under way; it is judged when it is asked for.
struct flow_builder {
  flowchart chart;
};

/// A part with the values of its keyword arguments, which are the keys of its document.
template <class Part>
Part with_fields(Part part, const py::kwargs& fields) {
  fill(part, fields);
  return part;
}

void bind_kind(py::class_<flow_builder>& c, node_kind kind, const char* what) {
  c.def(
      std::string{to_string(kind)}.c_str(),
      [kind](flow_builder& b, const std::string& id, const py::kwargs& fields) -> flow_builder& {
        b.chart.nodes.push_back(with_fields(node{node_id{id}, kind}, fields));
        return b;
      },
      py::arg("id"), what, py::return_value_policy::reference_internal);
}

} // namespace

void bind_flowchart_builder(py::module_& m) {
  py::class_<flow_builder> c{
      m, "FlowchartBuilder",
      "Draws a chart piece by piece. Every method gives the builder back, to go on with."};
  c.def(py::init([](const std::string& id, const std::string& name) {
          return flow_builder{{flowchart_id{id}, name, {}, {}}};
        }),
        py::arg("id"), py::arg("name"));
  bind_kind(c, node_kind::start, "Where a case begins.");
  bind_kind(c, node_kind::step, "A step: post, duty, limit and the other keys of FlowNode.");
  bind_kind(c, node_kind::decision, "One way on of several; with one arrow out a merge.");
  bind_kind(c, node_kind::fork, "Opens branches side by side.");
  bind_kind(c, node_kind::join, "Waits for every branch.");
  bind_kind(c, node_kind::inclusive_decision, "Opens one branch or several.");
  bind_kind(c, node_kind::inclusive_join, "Waits for the branches that can still come.");
  bind_kind(c, node_kind::end, "Where a case ends.");
  c.def(
       "arrow",
       [](flow_builder& b, const std::string& start, const std::string& end,
          const py::kwargs& fields) -> flow_builder& {
         b.chart.arrows.push_back(with_fields(arrow{node_id{start}, node_id{end}}, fields));
         return b;
       },
       py::arg("start"), py::arg("end"), "An arrow: label, condition, at_most.",
       py::return_value_policy::reference_internal)
      .def(
          "path",
          [](flow_builder& b, const py::args& ids) -> flow_builder& {
            for (std::size_t i = 1; i < ids.size(); ++i)
              b.chart.arrows.push_back(
                  {node_id{ids[i - 1].cast<std::string>()}, node_id{ids[i].cast<std::string>()}});
            return b;
          },
          "path(*ids)\n\nArrows from each to the next.",
          py::return_value_policy::reference_internal)
      .def(
          "form",
          [](flow_builder& b, const std::string& id, const py::kwargs& fields) -> flow_builder& {
            b.chart.forms.push_back(with_fields(form{form_id{id}}, fields));
            return b;
          },
          py::arg("id"), "An electronic form: name, fields, description.",
          py::return_value_policy::reference_internal)
      .def(
          "separation",
          [](flow_builder& b, const std::string& name, const py::kwargs& fields) -> flow_builder& {
            b.chart.separations.push_back(with_fields(separation{name}, fields));
            return b;
          },
          py::arg("name"), "Duties nobody may hold together: steps, decision, basis.",
          py::return_value_policy::reference_internal)
      .def(
          "chart", [](const flow_builder& b) { return judge(b.chart); },
          "The chart so far, judged: check() says what is still wrong with it.");
}

} // namespace banli::python
