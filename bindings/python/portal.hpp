// What the files that bind the portal share.
#pragma once

#include <memory>
#include <string>

#include <pybind11/pybind11.h>

#include <banli/base/mask.hpp>
#include <banli/document/configuration.hpp>
#include <banli/portal/column_search.hpp>
#include <banli/portal/service_column.hpp>

#include "store.hpp"

namespace banli::python {

/// A column and its search, which Python sees as one.
struct column_handle {
  explicit column_handle(const configuration& c) : column(c.items, c.people), search(column) {}

  service_column column;
  column_search search;
};

/// A store as something that others may keep.
inline std::shared_ptr<case_store> shared(const std::shared_ptr<store_handle>& s) {
  return {s, &s->open()};
}

/// The text of a Python value of JSON, and the value of a text.
inline std::string json_text(const pybind11::handle& value) {
  return pybind11::module_::import("json")
      .attr("dumps")(value, pybind11::arg("ensure_ascii") = false)
      .cast<std::string>();
}
inline pybind11::object json_value(const std::string& text) {
  return pybind11::module_::import("json").attr("loads")(text);
}

/// Whether personal data are told.
inline personal_right right_of(bool personal) {
  return personal ? personal_right::granted : personal_right::masked;
}

} // namespace banli::python
