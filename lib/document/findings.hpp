// findings.hpp — the problems of a configuration while it is read: bounded, then in the order of
// the text.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <tuple>

#include <banli/base/result.hpp>

namespace banli::detail {

class findings {
 public:
  explicit findings(std::size_t most) : most_(most) {}

  /// Keeps a problem; the same one said twice (two items share a bad chart) is kept once.
  void add(error e);
  void add(problems all);

  bool full() const { return list_.size() >= most_; }

  /// Notes that there are more than are kept.
  void cut() { cut_ = true; }

  /// Marks a value as wrong, so that a later check does not complain of the same value again.
  void blame(const place& value) { blamed_.insert(value); }
  bool blamed(const place& value) const { return blamed_.contains(value); }

  /// Everything, sorted by file, line and column. Leaves nothing behind.
  problems take();

 private:
  std::size_t most_;
  bool cut_ = false;
  problems list_;
  std::set<std::tuple<place, errc, std::string>> said_;
  std::set<place> blamed_;
};

} // namespace banli::detail
