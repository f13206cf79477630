// A chart as Python holds it.
#pragma once

#include <algorithm>
#include <memory>
#include <string>

#include <banli/document/flowchart_file.hpp>

#include "bind.hpp"
#include "parts.hpp"

namespace banli::python {

/// A chart, judged once; one that was read keeps the places of its problems.
struct judged {
  std::shared_ptr<const flowchart_file> of;
  /// Of a chart that replace() made out of one that was read from BPMN: that one.
  std::shared_ptr<const flowchart_file> read_as{};

  /// The file of BPMN it was read from, changed since or not; nullptr where there is none.
  const bpmn_document* file() const {
    const flowchart_file& f = read_as ? *read_as : *of;
    return f.bpmn ? &*f.bpmn : nullptr;
  }
  const flowchart_file* operator->() const { return of.get(); }
};

inline flowchart_file_limits limits_of(std::size_t states, const std::string& process = {}) {
  flowchart_file_limits out;
  out.proof.states = states;
  out.bpmn.process = process;
  return out;
}

/// A chart whose text could be read, right or wrong; faults of the chart itself are for check().
inline judged readable(flowchart_file f) {
  if (f.chart.nodes.empty() && f.chart.id.empty() && !f.found.empty()) {
    // What is kept and not run is no reason; the reasons come first.
    std::stable_partition(f.found.begin(), f.found.end(),
                          [](const error& e) { return e.code != errc::not_run; });
    refuse_problems(f.found);
  }
  return {std::make_shared<const flowchart_file>(std::move(f))};
}

/// A chart that was made or changed in Python, judged.
inline judged judge(flowchart chart) {
  return {std::make_shared<const flowchart_file>(judge_flowchart(std::move(chart)))};
}

/// FlowchartBuilder: a chart drawn piece by piece.
void bind_flowchart_builder(pybind11::module_& m);

/// from_bpmn(), to_bpmn() and what is known of a file of BPMN.
void bind_bpmn(pybind11::class_<judged>& c);

/// Form, FormField, FormUse, AssigneeRule; form_rights().
void bind_forms(pybind11::module_& m);
void bind_form_rights(pybind11::class_<judged>& c);

} // namespace banli::python
