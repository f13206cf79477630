// The parts of the module, one function a file.
#pragma once

#include <pybind11/pybind11.h>

namespace banli::python {

void bind_errors(pybind11::module_& m);
void bind_time_limit(pybind11::module_& m);
void bind_hours(pybind11::module_& m);
void bind_deadline(pybind11::module_& m);
void bind_urgency(pybind11::module_& m);
void bind_columns(pybind11::module_& m);
void bind_calendar(pybind11::module_& m);
void bind_duty(pybind11::module_& m);
void bind_items(pybind11::module_& m);
void bind_configuration(pybind11::module_& m);
void bind_library(pybind11::module_& m);
void bind_catalogue(pybind11::module_& m);
void bind_flowchart(pybind11::module_& m);
void bind_decision_table(pybind11::module_& m);
void bind_flow_constraint(pybind11::module_& m);
void bind_rule_set(pybind11::module_& m);
void bind_store(pybind11::module_& m);
void bind_stored_case(pybind11::module_& m);
void bind_live_case(pybind11::module_& m);
void bind_run(pybind11::module_& m);
void bind_engine(pybind11::module_& m); // after bind_stored_case, bind_store
void bind_monitor(pybind11::module_& m);

} // namespace banli::python
