// expression_office_values.hpp — values that CEL's core does not have, as Python's.
//
//   datetime.date              a date
//   decimal.Decimal            a decimal: money
//   banli.TimeLimit, Calendar  themselves
//   banli.OptionalValue           an optional
//   ipaddress's classes        net.IP and net.CIDR
#pragma once

#include <optional>

#include <pybind11/pybind11.h>

#include <banli/expression/value.hpp>

namespace banli::python {

/// None for an object of any other class. Raises banli.Error (out-of-range: a Decimal of too many
/// digits; bad-value: an address with a zone).
std::optional<value> office_value_from(pybind11::handle h);

/// None for a value of any other kind.
pybind11::object office_object(const value& v);

/// OptionalValue.
void bind_office_values(pybind11::module_& m);

} // namespace banli::python
