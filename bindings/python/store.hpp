// A store as Python holds it: it can be closed before it is collected.
#pragma once

#include <memory>

#include <pybind11/pybind11.h>

#include <banli/document/configuration.hpp>
#include <banli/storage/case_store.hpp>

namespace banli::python {

class store_handle {
 public:
  explicit store_handle(std::unique_ptr<case_store> s) : store_(std::move(s)) {}

  case_store& open() const {
    if (!store_)
      throw failure{make_error(errc::store_failure, "the store is closed", "存储已关闭")};
    return *store_;
  }
  void close() { store_.reset(); }

 private:
  std::unique_ptr<case_store> store_;
};

/// A case that is asked for by its id: what Store.case() gives.
struct case_handle {
  std::shared_ptr<store_handle> store;
  std::shared_ptr<configuration> config; ///< null: only its events can be told
  case_id id;
};

/// An event as Python shows it.
pybind11::dict to_dict(const event& e);

} // namespace banli::python
