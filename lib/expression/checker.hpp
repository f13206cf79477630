// checker.hpp — the walk over a tree that gives every part its meaning.
//
// check_names.cpp finds what names and members are; check.cpp the rest: operators, calls, lists,
// loops.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "calls.hpp"
#include "check.hpp"
#include "names.hpp"

namespace banli::detail::cel {

class checker {
 public:
  checker(const syntax_tree& tree, const environment& env, const compile_options& how,
          report& problems)
      : tree_(tree), env_(env), how_(how), problems_(problems) {
    out_.nodes.resize(tree.nodes.size());
  }

  checked run();

 private:
  resolved& at(node_index i) { return out_.nodes[i]; }
  void complain(std::uint32_t offset, error e) {
    if (how_.check == type_checking::full) problems_.add(offset, std::move(e));
  }

  bool fits_expected(const type& t) const;
  /// Gives a node its meaning and type.
  type settle(node_index i, meaning means, type of);
  /// The node means nothing; the problem has been reported.
  type fails(node_index i);
  /// The type of a node that must be a value; a record variable is none.
  type value_type(node_index i);
  type visit(node_index i);

  // --- names

  struct local {
    std::string name;
    type of;
  };

  /// Counted from the outermost loop; -1 when there is none. The innermost of a name counts.
  int find_local(std::string_view name) const;
  type name(node_index i);
  type variable(node_index i, const found_variable& v);
  std::vector<std::string> known_names() const;
  /// a.b.c as ["a", "b", "c"]; empty when the node is not made of names alone, or begins with a
  /// loop variable.
  std::vector<std::string> segments(node_index i, bool& rooted) const;
  type select(node_index i);
  /// a.?b: an optional of what a.b would be.
  type optional_select(node_index i);
  error no_value(node_index i);
  /// The field `name` of the operand; the node is a select or a has.
  type member(node_index i, const type& operand);
  type record_field(node_index i, const type& operand);
  type no_field(node_index i, const type& operand);
  type has(node_index i);

  // --- operators

  type operation(const node& n);
  /// [?e]: what the optional holds is an element.
  type optional_element(const node& n);
  /// The operand must be of a kind.
  void want(node_index i, type_kind kind, const node& by);
  type negation(const node& n);
  type no_operator(const node& n, const std::string& operands);
  type conditional(const node& n);
  type binary(const node& n);
  /// Where an enumeration meets literals, they must be among its values. Looks through lists (what
  /// `in` searches) and the branches of a conditional.
  void enumerated(node_index i, const type& met);

  // --- calls

  type call(node_index i);
  /// A call of the host's functions; none when it has none of the name.
  std::optional<type> host_call(node_index i, call_form form);
  /// A method as it is written, of a name that is no variable: math.abs(x).
  bool of_no_variable(node_index i) const;
  std::vector<const overload*> in_namespace(node_index i) const;
  type no_function(node_index i, std::string_view name, call_form form);

  // --- lists, maps, loops

  type list(const node& n);
  type map(const node& n);
  type loop(const node& n);
  /// cel.bind: its variable is the first argument.
  type bound(const node& n, const type& value);
  /// optMap and optFlatMap.
  type of_held(const node& n, const type& range);
  type bodies(const node& n, const type& element, std::size_t first_local);
  void body_is_bool(node_index i);

  const syntax_tree& tree_;
  const environment& env_;
  const compile_options& how_;
  report& problems_;
  std::vector<local> locals_;
  checked out_;
};

} // namespace banli::detail::cel
