// What rules and tables share: values of Python bound to the words they read.
#pragma once

#include <string>

#include <pybind11/pybind11.h>

#include <banli/expression/bound_values.hpp>
#include <banli/expression/environment.hpp>

namespace banli::python {

/// Binds a mapping to declared fields. Keys are names or labels, alone, with dots, or nested:
/// {"case": {"open": True}}, {"case.open": True} and {"办件.在办": True} say the same. Raises
/// banli.Error (unknown-field) for what is not declared.
bound_values bind_values(const environment& words, const pybind11::dict& given);

/// None, or an instant.
pybind11::object optional_instant(const std::optional<instant>& t);

} // namespace banli::python
