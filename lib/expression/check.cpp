#include "check.hpp"

#include <algorithm>
#include <utility>

#include <fmt/ranges.h>

#include <banli/base/nearest.hpp>

#include "calls.hpp"
#include "names.hpp"
#include "type_rules.hpp"

namespace banli::detail::cel {

namespace {

class checker {
 public:
  checker(const syntax_tree& tree, const environment& env, const compile_options& how,
          report& problems)
      : tree_(tree), env_(env), how_(how), problems_(problems) {
    out_.nodes.resize(tree.nodes.size());
  }

  checked run() {
    const type result = value_type(tree_.root);
    if (how_.expected && !fits_expected(result))
      complain(tree_[tree_.root].at.begin,
               make_error(errc::type_mismatch, "the expression must give {}, but gives {}",
                          "表达式的结果应为 {},实为 {}", to_string(*how_.expected),
                          to_string(result)));
    for (resolved& r : out_.nodes) r.of = settled(r.of);
    return std::move(out_);
  }

 private:
  resolved& at(node_index i) { return out_.nodes[i]; }

  void complain(std::uint32_t offset, error e) {
    if (how_.check == type_checking::full) problems_.add(offset, std::move(e));
  }

  bool fits_expected(const type& t) const {
    return t.kind() == how_.expected->kind() ? may_equal(t, *how_.expected)
                                             : fits(t, how_.expected->kind());
  }

  /// Gives a node its meaning and type.
  type settle(node_index i, meaning means, type of) {
    at(i).means = means;
    at(i).of = of;
    return of;
  }

  /// The node means nothing; the problem has been reported.
  type fails(node_index i) { return settle(i, meaning::fails, type_kind::dyn); }

  /// The type of a node that must be a value; a record variable is none.
  type value_type(node_index i) {
    const type t = visit(i);
    if (at(i).means != meaning::bundle) return t;
    complain(tree_[i].at.begin, no_value(i));
    return fails(i);
  }

  type visit(node_index i) {
    const node& n = tree_[i];
    switch (n.kind) {
    case node_kind::bad: return fails(i);
    case node_kind::literal: return settle(i, meaning::computed, n.held.kind());
    case node_kind::name: return name(i);
    case node_kind::select: return select(i);
    case node_kind::has: return has(i);
    case node_kind::op: return settle(i, meaning::computed, operation(n));
    case node_kind::call:
    case node_kind::method: return call(i);
    case node_kind::list: return settle(i, meaning::computed, list(n));
    case node_kind::map: return settle(i, meaning::computed, map(n));
    case node_kind::loop: return settle(i, meaning::computed, loop(n));
    }
    return fails(i);
  }

  // --- names

  struct local {
    std::string name;
    type of;
  };

  /// Counted from the outermost loop; -1 when there is none. The innermost of a name counts.
  int find_local(std::string_view name) const {
    for (std::size_t k = locals_.size(); k-- > 0;)
      if (locals_[k].name == name) return static_cast<int>(k);
    return -1;
  }

  type name(node_index i) {
    const node& n = tree_[i];
    if (const int k = n.rooted ? -1 : find_local(n.name); k >= 0) {
      at(i).slot = static_cast<std::uint32_t>(k);
      return settle(i, meaning::local, locals_[static_cast<std::size_t>(k)].of);
    }
    if (const auto v = find_variable(env_, {n.name}, n.rooted); v.of) return variable(i, v);
    if (const auto t = type_value(n.name); !t.empty()) {
      at(i).text = t;
      return settle(i, meaning::type_name, type_kind::type);
    }
    const std::vector<std::string> words = known_names();
    const text mean = suggestion(n.name, words);
    complain(n.name_at.begin, make_error(errc::unknown_identifier, "nothing is called '{0}'{1}",
                                         "没有名为“{0}”的变量{2}", n.name, mean.en, mean.zh));
    return fails(i);
  }

  type variable(node_index i, const found_variable& v) {
    at(i).text = v.name;
    if (v.of->is(type_kind::record)) return settle(i, meaning::bundle, *v.of);
    at(i).slot = env_.slot(v.name).value_or(0);
    return settle(i, meaning::field, *v.of);
  }

  std::vector<std::string> known_names() const {
    std::vector<std::string> words;
    for (const local& l : locals_) words.push_back(l.name);
    for (const auto& [name, of] : env_.variables()) {
      words.push_back(name);
      if (const auto label = env_.label_of(name); label != name) words.emplace_back(label);
    }
    return words;
  }

  /// a.b.c as ["a", "b", "c"]; empty when the node is not made of names alone, or begins with a
  /// loop variable.
  std::vector<std::string> segments(node_index i, bool& rooted) const {
    const node& n = tree_[i];
    if (n.kind == node_kind::name) {
      rooted = n.rooted;
      if (!rooted && find_local(n.name) >= 0) return {};
      return {n.name};
    }
    if (n.kind != node_kind::select || n.optional) return {};
    std::vector<std::string> s = segments(n.args[0], rooted);
    if (!s.empty()) s.push_back(n.name);
    return s;
  }

  type select(node_index i) {
    const node& n = tree_[i];
    if (n.optional) return optional_select(i);
    bool rooted = false;
    if (const auto s = segments(i, rooted); !s.empty()) {
      if (const auto v = find_variable(env_, s, rooted); v.of) return variable(i, v);
      if (const auto t = type_value(fmt::format("{}", fmt::join(s, "."))); !t.empty()) {
        at(i).text = t;
        return settle(i, meaning::type_name, type_kind::type);
      }
    }
    return member(i, visit(n.args[0]));
  }

  /// a.?b: an optional of what a.b would be.
  type optional_select(node_index i) {
    const type found = member(i, visit(tree_[i].args[0]));
    if (at(i).means == meaning::fails) return found;
    if (at(i).means == meaning::bundle) {
      complain(tree_[i].name_at.begin, no_value(i));
      return fails(i);
    }
    at(i).of = found.is(type_kind::optional) ? found : type::optional_of(found);
    return at(i).of;
  }

  error no_value(node_index i) {
    return make_error(errc::type_mismatch, "'{}' is a record and no value: name one of its fields",
                      "“{}”是一组字段,不是值:请写明其中一个字段", at(i).text);
  }

  /// The field `name` of the operand; the node is a select or a has.
  type member(node_index i, const type& operand) {
    const node& n = tree_[i];
    if (is_dynamic(operand)) return settle(i, meaning::computed, type_kind::dyn);
    if (operand.is(type_kind::map) && fits(operand.key(), type_kind::string))
      return settle(i, meaning::computed, operand.mapped());
    if (operand.is(type_kind::record)) return record_field(i, operand);
    if (operand.is(type_kind::optional)) {
      const type found = member(i, operand.element());
      return settle(i, at(i).means,
                    found.is(type_kind::optional) ? found : type::optional_of(found));
    }
    complain(n.name_at.begin, make_error(errc::type_mismatch, "{0} has no fields, so no '{1}'",
                                         "{0} 没有字段,因而没有“{1}”", to_string(operand), n.name));
    return fails(i);
  }

  type record_field(node_index i, const type& operand) {
    const node& n = tree_[i];
    const type_field* f = operand.field(n.name);
    if (!f) f = operand.field(env_.name_of(n.name));
    if (!f) return no_field(i, operand);
    const resolved& from = at(n.args[0]);
    if (from.means != meaning::bundle) {
      at(i).text = operand.name() + "." + f->name;
      return settle(i, meaning::member, f->of);
    }
    at(i).text = from.text + "." + f->name;
    if (f->of.is(type_kind::record)) return settle(i, meaning::bundle, f->of);
    at(i).slot = env_.slot(at(i).text).value_or(0);
    return settle(i, meaning::field, f->of);
  }

  type no_field(node_index i, const type& operand) {
    const node& n = tree_[i];
    std::vector<std::string> words;
    for (const type_field& f : operand.fields()) {
      words.push_back(f.name);
      if (const auto label = env_.label_of(f.name); label != f.name) words.emplace_back(label);
    }
    const text mean = suggestion(n.name, words);
    complain(n.name_at.begin,
             make_error(errc::unknown_field, "'{0}' has no field '{1}'{2}", "“{0}”没有字段“{1}”{3}",
                        operand.name(), n.name, mean.en, mean.zh));
    return fails(i);
  }

  type has(node_index i) {
    const node& n = tree_[i];
    member(i, visit(n.args[0]));
    if (at(i).means == meaning::bundle) {
      complain(n.name_at.begin,
               make_error(errc::type_mismatch, "has() asks for a field, and '{}' is a record",
                          "has() 的参数应为字段,“{}”是一组字段", at(i).text));
      return fails(i);
    }
    at(i).of = type_kind::boolean;
    return type_kind::boolean;
  }

  // --- operators

  type operation(const node& n) {
    switch (n.op) {
    case op::logical_or:
    case op::logical_and:
    case op::logical_not:
      for (const node_index a : n.args) want(a, type_kind::boolean, n);
      return type_kind::boolean;
    case op::negate: return negation(n);
    case op::conditional: return conditional(n);
    case op::optional_element: return optional_element(n);
    default: return binary(n);
    }
  }

  /// [?e]: what the optional holds is an element.
  type optional_element(const node& n) {
    const type t = value_type(n.args[0]);
    if (is_dynamic(t)) return type_kind::dyn;
    if (t.is(type_kind::optional)) return t.element();
    complain(n.name_at.begin,
             make_error(errc::type_mismatch, "'?' needs an optional, but this is {}",
                        "“?”需要 optional,此处是 {}", to_string(t)));
    return type_kind::dyn;
  }

  /// The operand must be of a kind.
  void want(node_index i, type_kind kind, const node& by) {
    const type t = value_type(i);
    if (fits(t, kind)) return;
    complain(tree_[i].at.begin, make_error(errc::type_mismatch, "'{0}' needs {1}, but this is {2}",
                                           "“{0}”需要 {1},此处是 {2}", spelling(by.op),
                                           to_string(type{kind}), to_string(t)));
  }

  type negation(const node& n) {
    const type t = value_type(n.args[0]);
    if (is_dynamic(t) || t.is(type_kind::integer) || t.is(type_kind::real) ||
        t.is(type_kind::decimal))
      return t;
    return no_operator(n, to_string(t));
  }

  type no_operator(const node& n, const std::string& operands) {
    complain(n.name_at.begin, make_error(errc::no_such_overload, "'{0}' does not work on {1}",
                                         "“{0}”不适用于 {1}", spelling(n.op), operands));
    return type_kind::dyn;
  }

  type conditional(const node& n) {
    want(n.args[0], type_kind::boolean, n);
    const type yes = value_type(n.args[1]);
    const type no = value_type(n.args[2]);
    const type both = joined(yes, no);
    if (both.is(type_kind::dyn) && !is_dynamic(yes) && !is_dynamic(no) &&
        !(is_number(yes) && is_number(no)))
      complain(n.name_at.begin,
               make_error(errc::type_mismatch, "the two branches differ: {0} and {1}",
                          "两个分支类型不同:{0} 与 {1}", to_string(yes), to_string(no)));
    return both;
  }

  type binary(const node& n) {
    const type a = value_type(n.args[0]);
    const type b = value_type(n.args[1]);
    if (n.op != op::add && n.op != op::index && n.op != op::optional_index) {
      enumerated(n.args[0], b);
      enumerated(n.args[1], a);
    }
    if (const auto t = binary_type(n.op, a, b)) return *t;
    return no_operator(n, fmt::format("{}, {}", to_string(a), to_string(b)));
  }

  /// Where an enumeration meets literals, they must be among its values. Looks through lists (what
  /// `in` searches) and the branches of a conditional.
  void enumerated(node_index i, const type& met) {
    const node& n = tree_[i];
    if (met.is(type_kind::list)) return enumerated(i, met.element());
    if (!met.is(type_kind::enumeration)) return;
    if (n.kind == node_kind::list)
      for (const node_index a : n.args) enumerated(a, met);
    if (n.kind == node_kind::op && n.op == op::conditional) {
      enumerated(n.args[1], met);
      enumerated(n.args[2], met);
    }
    const std::string* s = n.kind == node_kind::literal ? n.held.as_string() : nullptr;
    if (!s || std::ranges::find(met.values(), *s) != met.values().end()) return;
    const text mean = suggestion(*s, met.values());
    complain(n.at.begin,
             make_error(errc::unknown_value, "{0} is no value of {1}{2}", "{0} 不是 {1} 的取值{3}",
                        quoted(*s), met.name(), mean.en, mean.zh));
  }

  // --- calls

  type call(node_index i) {
    const node& n = tree_[i];
    const call_form form = n.kind == node_kind::method ? call_form::method : call_form::global;
    std::vector<const overload*> same_name = in_namespace(i);
    if (same_name.empty())
      if (const auto gives = host_call(i, form)) return *gives;
    if (same_name.empty() && of_no_variable(i) && is_function_space(tree_[n.args[0]].name))
      return no_function(i, tree_[n.args[0]].name + "." + n.name, call_form::global);
    at(i).namespaced = !same_name.empty();
    std::vector<type> types;
    for (std::size_t k = at(i).namespaced ? 1 : 0; k < n.args.size(); ++k)
      types.push_back(value_type(n.args[k]));
    if (same_name.empty()) same_name = overloads_named(n.name, form);
    if (same_name.empty()) return no_function(i, n.name, form);
    at(i).function = same_name.front()->id;
    const auto gives = call_type(same_name, types);
    if (!gives) complain(n.name_at.begin, no_such_call(n.name, same_name, types));
    const bool known = gives && how_.check == type_checking::full;
    return settle(i, meaning::function, known ? *gives : type{});
  }

  /// A call of the host's functions; none when it has none of the name.
  std::optional<type> host_call(node_index i, call_form form) {
    const node& n = tree_[i];
    const bool space = of_no_variable(i);
    auto among = space ? env_.functions(tree_[n.args[0]].name + "." + n.name, false)
                       : std::vector<std::shared_ptr<const host_function>>{};
    at(i).namespaced = !among.empty();
    if (among.empty() && overloads_named(n.name, form).empty())
      among = env_.functions(n.name, form == call_form::method);
    if (among.empty()) return std::nullopt;
    std::vector<type> types;
    for (std::size_t k = at(i).namespaced ? 1 : 0; k < n.args.size(); ++k)
      types.push_back(value_type(n.args[k]));
    for (const auto& f : among) {
      if (!std::ranges::equal(f->takes, types, accepts)) continue;
      at(i).host = f;
      return settle(i, meaning::function, f->gives);
    }
    complain(n.name_at.begin, no_such_call(n.name, among, types));
    return fails(i);
  }

  /// A method as it is written, of a name that is no variable: math.abs(x).
  bool of_no_variable(node_index i) const {
    const node& n = tree_[i];
    if (n.kind != node_kind::method || tree_[n.args[0]].kind != node_kind::name) return false;
    const node& space = tree_[n.args[0]];
    return find_local(space.name) < 0 && !find_variable(env_, {space.name}, space.rooted).of;
  }

  std::vector<const overload*> in_namespace(node_index i) const {
    if (!of_no_variable(i)) return {};
    return overloads_named(tree_[tree_[i].args[0]].name + "." + tree_[i].name, call_form::global);
  }

  type no_function(node_index i, std::string_view name, call_form form) {
    complain(tree_[i].name_at.begin, no_such_function(name, form));
    return fails(i);
  }

  // --- lists, maps, loops

  type list(const node& n) {
    type element = type_kind::unresolved;
    for (const node_index a : n.args) element = joined(element, value_type(a));
    return type::list_of(element);
  }

  type map(const node& n) {
    type key = type_kind::unresolved;
    type mapped = type_kind::unresolved;
    for (std::size_t k = 0; k + 1 < n.args.size(); k += 2) {
      const type t = value_type(n.args[k]);
      if (!is_dynamic(t) && !is_text(t) && !t.is(type_kind::boolean) && !t.is(type_kind::integer) &&
          !t.is(type_kind::uinteger))
        complain(tree_[n.args[k]].at.begin,
                 make_error(errc::type_mismatch, "a key is bool, int, uint or string, not {}",
                            "映射的键应为 bool、int、uint 或 string,不能是 {}", to_string(t)));
      key = joined(key, t);
      mapped = joined(mapped, value_type(n.args[k + 1]));
    }
    return type::map_of(key, mapped);
  }

  type loop(const node& n) {
    const type range = value_type(n.args[0]);
    if (n.macro == macro::bind) return bound(n, range);
    if (n.macro == macro::opt_map || n.macro == macro::opt_flat_map) return of_held(n, range);
    type element = type_kind::dyn;
    if (range.is(type_kind::list) || range.is(type_kind::map))
      element = range.element();
    else if (!is_dynamic(range))
      complain(tree_[n.args[0]].at.begin,
               make_error(errc::type_mismatch, "only a list or a map can be looked through, not {}",
                          "只能遍历列表或映射,不能遍历 {}", to_string(range)));
    const std::size_t outer = locals_.size();
    if (n.second.empty()) {
      locals_.push_back({n.name, element});
    } else {
      const bool pairs = range.is(type_kind::map);
      const type key = range.is(type_kind::list) ? type{type_kind::integer} : element;
      locals_.push_back({n.name, key});
      locals_.push_back({n.second, pairs ? range.mapped() : element});
    }
    out_.locals = std::max(out_.locals, static_cast<std::uint32_t>(locals_.size()));
    const type gives = bodies(n, element, outer);
    locals_.resize(outer);
    return gives;
  }

  /// cel.bind: its variable is the first argument.
  type bound(const node& n, const type& value) {
    locals_.push_back({n.name, value});
    out_.locals = std::max(out_.locals, static_cast<std::uint32_t>(locals_.size()));
    const type gives = value_type(n.args[1]);
    locals_.pop_back();
    return gives;
  }

  /// optMap and optFlatMap.
  type of_held(const node& n, const type& range) {
    if (!is_dynamic(range) && !range.is(type_kind::optional))
      complain(tree_[n.args[0]].at.begin,
               make_error(errc::type_mismatch, "an optional is needed, but this is {}",
                          "此处需要 optional,实为 {}", to_string(range)));
    const type made = bound(n, range.element());
    if (n.macro == macro::opt_map) return type::optional_of(made);
    if (!is_dynamic(made) && !made.is(type_kind::optional))
      complain(tree_[n.args[1]].at.begin,
               make_error(errc::type_mismatch, "an optional is needed, but this is {}",
                          "此处需要 optional,实为 {}", to_string(made)));
    return made;
  }

  type bodies(const node& n, const type& element, std::size_t first_local) {
    const bool makes = n.macro >= macro::map && n.macro != macro::filter;
    if (!makes || n.args.size() == 3) body_is_bool(n.args[1]);
    if (n.macro == macro::filter) return type::list_of(element);
    if (!makes) return type_kind::boolean;
    const type made = value_type(n.args.back());
    if (n.macro == macro::map || n.macro == macro::transform_list) return type::list_of(made);
    if (n.macro == macro::transform_map) return type::map_of(locals_[first_local].of, made);
    if (made.is(type_kind::map) || is_dynamic(made)) return made;
    complain(tree_[n.args.back()].at.begin,
             make_error(errc::type_mismatch, "a map of one entry is needed, but this is {}",
                        "此处需要一个映射,实为 {}", to_string(made)));
    return type_kind::map;
  }

  void body_is_bool(node_index i) {
    const type t = value_type(i);
    if (fits(t, type_kind::boolean)) return;
    complain(tree_[i].at.begin, make_error(errc::type_mismatch, "a bool is needed, but this is {}",
                                           "此处需要 bool,实为 {}", to_string(t)));
  }

  const syntax_tree& tree_;
  const environment& env_;
  const compile_options& how_;
  report& problems_;
  std::vector<local> locals_;
  checked out_;
};

} // namespace

checked check(const syntax_tree& tree, const environment& env, const compile_options& how,
              report& problems) {
  return checker(tree, env, how, problems).run();
}

} // namespace banli::detail::cel
