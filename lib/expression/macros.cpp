#include "macros.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace banli::detail::cel {

namespace {

/// A method with so many variables and bodies is a macro.
struct macro_form {
  std::string_view name;
  cel::macro macro;
  std::size_t variables;
  std::size_t bodies;
};
constexpr macro_form macros[] = {{"all", macro::all, 1, 1},
                                 {"exists", macro::exists, 1, 1},
                                 {"exists_one", macro::exists_one, 1, 1},
                                 {"existsOne", macro::exists_one, 1, 1},
                                 {"map", macro::map, 1, 1},
                                 {"map", macro::map, 1, 2},
                                 {"filter", macro::filter, 1, 1},
                                 {"all", macro::all, 2, 1},
                                 {"exists", macro::exists, 2, 1},
                                 {"exists_one", macro::exists_one, 2, 1},
                                 {"existsOne", macro::exists_one, 2, 1},
                                 {"transformList", macro::transform_list, 2, 1},
                                 {"transformList", macro::transform_list, 2, 2},
                                 {"transformMap", macro::transform_map, 2, 1},
                                 {"transformMap", macro::transform_map, 2, 2},
                                 {"transformMapEntry", macro::transform_entries, 2, 1},
                                 {"transformMapEntry", macro::transform_entries, 2, 2},
                                 {"optMap", macro::opt_map, 1, 1},
                                 {"optFlatMap", macro::opt_flat_map, 1, 1}};

class expansion {
 public:
  expansion(tree_builder& tree, const written_method& method, const std::vector<node_index>& args)
      : tree_(tree), method_(method), args_(args) {}

  node_index run() {
    const node& of = tree_[method_.operand];
    if (of.kind == node_kind::name && of.name == "cel" && !tree_.gave_up())
      if (const auto made = cel_macro()) return *made;
    const auto known = std::ranges::find_if(macros, [&](const macro_form& m) {
      return m.name == method_.name.text && m.variables + m.bodies == args_.size();
    });
    const std::size_t variables = known == std::end(macros) ? 0 : known->variables;
    node n = variables > 0 ? loop(known->macro) : start(node_kind::method);
    if (variables == 0) n.name = method_.name.text;
    if (variables > 0 && !take_variables(n, args_.first(variables)))
      return tree_.add_bad(method_.at);
    n.args = {method_.operand};
    n.args.insert(n.args.end(), args_.begin() + static_cast<std::ptrdiff_t>(variables),
                  args_.end());
    return tree_.add(std::move(n));
  }

 private:
  node start(node_kind kind) const {
    node n;
    n.kind = kind;
    n.at = method_.at;
    n.name_at = method_.name.at;
    return n;
  }

  node loop(macro of) const {
    node n = start(node_kind::loop);
    n.macro = of;
    return n;
  }

  /// The variables of a macro are names, and differ.
  bool take_variables(node& n, std::span<const node_index> names) {
    for (const node_index a : names) {
      const node& v = tree_[a];
      const bool repeated = a != names.front() && v.name == tree_[names.front()].name;
      if (v.kind == node_kind::name && !v.rooted && !repeated) continue;
      if (v.kind != node_kind::bad)
        tree_.complain(v.at.begin,
                       repeated ? make_error(errc::syntax_error, "the variable '{}' twice",
                                             "变量“{}”重复", v.name)
                                : make_error(errc::syntax_error,
                                             "the first argument of {}() is the name of a variable",
                                             "{}() 的第一个参数应为变量名", method_.name.text));
      return false;
    }
    n.name = tree_[names[0]].name;
    if (names.size() == 2) n.second = tree_[names[1]].name;
    return true;
  }

  /// cel.bind(x, value, body); cel.block([values], body), whose values are cel.index(0), …; and
  /// cel.iterVar(depth, n), a name for the variable of a macro. The last three are what optimisers
  /// write.
  std::optional<node_index> cel_macro() {
    const std::string& name = method_.name.text;
    if (name == "bind" && args_.size() == 3) {
      node n = loop(macro::bind);
      if (!take_variables(n, args_.first(1))) return tree_.add_bad(method_.at);
      n.args = {args_[1], args_[2]};
      return tree_.add(std::move(n));
    }
    if (name == "block" && args_.size() == 2 && tree_[args_[0]].kind == node_kind::list)
      return block();
    const bool index = name == "index" && args_.size() == 1;
    if (!index && !(name == "iterVar" && args_.size() == 2)) return std::nullopt;
    node n = start(node_kind::name);
    n.name = "@" + name;
    for (const node_index a : args_) {
      const auto number = tree_[a].held.as_int();
      if (!number || *number < 0) return std::nullopt;
      n.name += ":" + std::to_string(*number);
    }
    return tree_.add(std::move(n));
  }

  node_index block() {
    const std::vector<node_index> values = tree_[args_[0]].args;
    node_index body = args_[1];
    for (std::size_t k = values.size(); k-- > 0;) {
      node n = loop(macro::bind);
      n.name = "@index:" + std::to_string(k);
      n.args = {values[k], body};
      body = tree_.add(std::move(n));
    }
    return body;
  }

  tree_builder& tree_;
  const written_method& method_;
  std::span<const node_index> args_;
};

} // namespace

node_index expand_method(tree_builder& tree, const written_method& method,
                         const std::vector<node_index>& args) {
  return expansion(tree, method, args).run();
}

} // namespace banli::detail::cel
