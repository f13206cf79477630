// What a command says, from keyword arguments of Python, under the names that logs use.
#pragma once

#include <pybind11/pybind11.h>

#include <banli/engine/event.hpp>

namespace banli::python {

/// step="初审", outcome="通过", limit="10 workdays", facts={"area": "120"}, application={"title":
/// ...}, attachments=["a.pdf"], reviews=[("章程", "lacking", "未签字")] ... Raises TypeError for an
/// argument that means nothing, with did-you-mean, and Error for a value that is none.
details details_of(const pybind11::kwargs& given);

} // namespace banli::python
