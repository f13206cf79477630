// banli._core: thin, and nothing that C++ cannot do.
#include <iostream>

#include <unistd.h>

#include <pybind11/stl.h>

#include "bind.hpp"
#include "bind_office.hpp"
#include <banli/cli/command_line.hpp>
#include <banli/version.hpp>

namespace py = pybind11;

namespace {

int main_of(const std::vector<std::string>& arguments) {
  using style = banli::console::progress_style;
  const style shown = isatty(STDERR_FILENO) != 0 ? style::in_place : style::lines;
  const py::gil_scoped_release others_may_run;
  const int code = banli::command_line(arguments, {std::cout, std::cerr, shown});
  std::cout.flush();
  std::cerr.flush();
  return code;
}

/// Calendars and deadlines take many types; their documentation says itself how they are called.
void bind_deadlines(py::module_& m) {
  py::options written_by_hand;
  written_by_hand.disable_function_signatures();
  banli::python::bind_time_limit(m);
  banli::python::bind_hours(m);
  banli::python::bind_deadline(m);
  banli::python::bind_columns(m);
  banli::python::bind_calendar(m);
  banli::python::bind_duty(m);
  banli::python::bind_urgency(m);
}

} // namespace

PYBIND11_MODULE(_core, m) {
  m.doc() = "banli: service items, flowcharts, deadlines and supervision for government services";
  m.attr("__version__") = std::string{banli::version};
  banli::python::bind_errors(m);
  bind_deadlines(m);
  banli::python::bind_items(m);
  banli::python::bind_life_cycle(m);
  banli::python::bind_laws(m);
  banli::python::bind_library(m);
  banli::python::bind_disclosure(m);
  banli::python::bind_configuration(m);
  banli::python::bind_catalogue(m);
  banli::python::bind_flowchart(m);
  banli::python::bind_decision_table(m);
  banli::python::bind_rule_set(m);
  banli::python::bind_flow_constraint(m);
  banli::python::bind_office(m);
  banli::python::bind_stored_case(m);
  banli::python::bind_live_case(m);
  banli::python::bind_store(m);
  banli::python::bind_supervision_registers(m);
  banli::python::bind_papers(m);
  banli::python::bind_portal(m);
  banli::python::bind_repositories(m);
  banli::python::bind_sealing(m);
  banli::python::bind_run(m);
  banli::python::bind_engine(m);
  banli::python::bind_data_table(m);
  banli::python::bind_assessment(m);
  banli::python::bind_monitor(m);
  banli::python::bind_expressions(m);
  m.def("main", &main_of, py::arg("arguments"),
        "Runs one command line, as the program banli does, and returns its exit code.");
}
