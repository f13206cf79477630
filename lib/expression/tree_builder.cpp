#include "tree_builder.hpp"

#include <algorithm>
#include <utility>

namespace banli::detail::cel {

void tree_builder::complain(std::uint32_t offset, error e) {
  if (complained_ && *complained_ == offset) return;
  complained_ = offset;
  if (!gave_up_) problems_.add(offset, std::move(e));
}

node_index tree_builder::give_up(std::uint32_t offset, error e) {
  complain(offset, std::move(e));
  gave_up_ = true;
  return add({});
}

node_index tree_builder::add(node n) {
  if (tree_.nodes.size() >= limits_.nodes && !gave_up_) {
    complain(n.at.begin, make_error(errc::limit_exceeded, "the expression has more than {} parts",
                                    "表达式超过 {} 个部分", limits_.nodes));
    gave_up_ = true;
  }
  if (gave_up_ && !tree_.nodes.empty()) return 0;
  std::size_t below = 0;
  for (const node_index i : n.args) below = std::max(below, depths_[i]);
  depths_.push_back(below + 1);
  const std::uint32_t begin = n.at.begin;
  tree_.nodes.push_back(std::move(n));
  if (below + 1 <= limits_.depth) return static_cast<node_index>(tree_.nodes.size() - 1);
  // A long chain of operators nests as deep as brackets do.
  complain(begin, too_deep());
  gave_up_ = true;
  return 0;
}

error tree_builder::too_deep() const {
  return make_error(errc::limit_exceeded, "the expression is nested more than {} deep",
                    "表达式嵌套超过 {} 层", limits_.depth);
}

} // namespace banli::detail::cel
