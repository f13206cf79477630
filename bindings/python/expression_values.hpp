// expression_values.hpp — values of expressions as Python's, and back, without loss.
//
//   None  bool  int  banli.UInt  float  str  bytes  list, tuple  dict
//   datetime.datetime, numpy.datetime64                  a timestamp
//   datetime.timedelta, numpy.timedelta64                a duration
//   banli.Timestamp, banli.Duration                      the same, to the nanosecond
//   banli.TypeName                                       a type as a value
//   datetime.date, decimal.Decimal and others            see expression_office_values.hpp
//
// An int is one of 64 bits with a sign, as in CEL; a UInt is an int of Python that CEL keeps apart.
// Scalars and arrays of numpy go in. What comes out is Python's own class, but where that would
// lose: a timestamp or a duration that is no whole number of microseconds comes out as
// banli.Timestamp or banli.Duration, and a map whose keys Python takes for equal (True and 1)
// is refused.
//
// Times are those of the office's clock: a datetime that says its zone is refused.
#pragma once

#include <pybind11/pybind11.h>

#include <banli/expression/value.hpp>

namespace banli::python {

/// The value of an object. Raises TypeError for a class that no value has, banli.Error
/// (out-of-range) for numbers and spans beyond 64 bits, (limit-exceeded) for more than 100
/// containers within each other.
value value_from_python(pybind11::handle h);

/// The object of a value. Raises banli.Error (bad-value) where a dict would lose an entry.
pybind11::object python_from(const value& v);

/// UInt, Timestamp, Duration, TypeName.
void bind_expression_values(pybind11::module_& m);

} // namespace banli::python
