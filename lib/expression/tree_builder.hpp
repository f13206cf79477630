// tree_builder.hpp — a syntax tree while it grows, within its limits, and the complaints about it.
//
// Beyond a limit the builder gives up: it says so once, takes no more nodes and no more complaints.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <banli/expression/program.hpp>

#include "report.hpp"
#include "syntax.hpp"

namespace banli::detail::cel {

class tree_builder {
 public:
  tree_builder(const expression_limits& limits, report& problems)
      : limits_(limits), problems_(problems) {}

  /// One complaint a place: what follows from an error is not reported again.
  void complain(std::uint32_t offset, error e);
  bool complained() const { return complained_.has_value(); }

  /// Operands first. Gives up beyond limits.nodes and limits.depth.
  node_index add(node n);
  node_index add_bad(span at) {
    node n;
    n.at = at;
    return add(std::move(n));
  }
  node_index give_up(std::uint32_t offset, error e);
  bool gave_up() const { return gave_up_; }
  error too_deep() const;

  const node& operator[](node_index i) const { return tree_.nodes[i]; }
  /// The brackets belong to the text of what they hold.
  void enclose(node_index inner, span brackets) {
    if (!gave_up_) tree_.nodes[inner].at = brackets;
  }
  syntax_tree take(node_index root) {
    tree_.root = root;
    return std::move(tree_);
  }

 private:
  const expression_limits& limits_;
  report& problems_;
  syntax_tree tree_;
  std::vector<std::size_t> depths_;
  std::optional<std::uint32_t> complained_;
  bool gave_up_ = false;
};

} // namespace banli::detail::cel
