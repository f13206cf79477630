// A store as Python holds it: it can be closed before it is collected.
#pragma once

#include <memory>

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

} // namespace banli::python
