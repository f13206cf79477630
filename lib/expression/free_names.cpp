#include <banli/expression/free_names.hpp>

#include <set>

#include "check.hpp"
#include "parse.hpp"
#include "report.hpp"

namespace banli {

std::vector<std::string> free_names(std::string_view source, const environment& known,
                                    const expression_limits& limits) {
  using namespace detail::cel;
  compile_options how;
  how.limits = limits;
  how.check = type_checking::none;
  report found(source, how);
  if (source.size() > limits.source_bytes || !detail::is_utf8(source)) return {};
  const syntax_tree tree = parse(source, limits, found);
  if (!found.empty()) return {};
  const checked meanings = check(tree, known, how, found);
  std::set<std::string> open;
  for (std::size_t i = 0; i < tree.nodes.size(); ++i)
    if (tree.nodes[i].kind == node_kind::name && meanings.nodes[i].means == meaning::fails)
      open.insert(tree.nodes[i].name);
  return {open.begin(), open.end()};
}

} // namespace banli
