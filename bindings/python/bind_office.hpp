// The parts of the module that make up the library of an office, and expressions; bind.hpp has the
// others.
#pragma once

#include <pybind11/pybind11.h>

namespace banli::python {

void bind_library_parts(pybind11::module_& m); // before bind_library
void bind_life_cycle(pybind11::module_& m);
void bind_laws(pybind11::module_& m);
void bind_disclosure(pybind11::module_& m);
void bind_office(pybind11::module_& m);
void bind_expressions(pybind11::module_& m);
void bind_papers(pybind11::module_& m);
void bind_portal(pybind11::module_& m);
void bind_repositories(pybind11::module_& m);          // after bind_store
void bind_sealing(pybind11::module_& m);               // after bind_store
void bind_supervision_registers(pybind11::module_& m); // after the store
void bind_data_table(pybind11::module_& m);            // before bind_assessment
void bind_assessment(pybind11::module_& m);

} // namespace banli::python
