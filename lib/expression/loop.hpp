// loop.hpp — all, exists, exists_one, map, filter, transformList, transformMap, bind, optMap, and
// optFlatMap.
#pragma once

#include <cstddef>
#include <cstdint>

#include "cell.hpp"
#include "plan.hpp"

namespace banli::detail::cel {

/// What a loop needs of the evaluator.
class loop_host {
 public:
  virtual cell visit(std::uint32_t step, trace* t) = 0;
  virtual bool spend(std::uint64_t cost, const step& s) = 0;
  virtual bool may_make(std::size_t size, const step& s) = 0;
  virtual bool halted() const = 0;
  virtual cell& local(std::uint32_t slot) = 0;

 protected:
  ~loop_host() = default;
};

/// Runs one. all and exists absorb errors as && and || do; the others give the first.
cell run_loop(const plan& p, const step& s, trace* t, loop_host& host);

} // namespace banli::detail::cel
