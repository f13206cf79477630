// A decision table as Python holds it.
#pragma once

#include <memory>

#include <banli/document/table_file.hpp>

namespace banli::python {

/// A table, judged once; copies share it.
struct held_table {
  std::shared_ptr<const table_file> of;

  const table_file* operator->() const { return of.get(); }
};

inline held_table hold(table_file t) { return {std::make_shared<const table_file>(std::move(t))}; }

} // namespace banli::python
