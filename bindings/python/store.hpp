// A store as Python holds it: it can be closed before it is collected.
#pragma once

#include <memory>
#include <vector>

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

/// The events of one case, shared by what Python has of them.
using shared_history = std::shared_ptr<const std::vector<event>>;

/// One event as a dict that prints with personal data masked; the history says who is known.
pybind11::dict to_dict(const shared_history& history, std::size_t at);

/// All of them.
pybind11::list to_dicts(std::vector<event> history);

} // namespace banli::python
