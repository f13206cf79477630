#include "check.hpp"

#include <algorithm>
#include <utility>

#include <banli/base/nearest.hpp>

#include "calls.hpp"
#include "checker.hpp"
#include "type_rules.hpp"

namespace banli::detail::cel {

checked checker::run() {
  const type result = value_type(tree_.root);
  if (how_.expected && !fits_expected(result))
    complain(tree_[tree_.root].at.begin,
             make_error(errc::type_mismatch, "the expression must give {}, but gives {}",
                        "表达式的结果应为 {},实为 {}", to_string(*how_.expected),
                        to_string(result)));
  for (resolved& r : out_.nodes) r.of = settled(r.of);
  return std::move(out_);
}

bool checker::fits_expected(const type& t) const {
  return t.kind() == how_.expected->kind() ? may_equal(t, *how_.expected)
                                           : fits(t, how_.expected->kind());
}

type checker::settle(node_index i, meaning means, type of) {
  at(i).means = means;
  at(i).of = of;
  return of;
}

type checker::fails(node_index i) { return settle(i, meaning::fails, type_kind::dyn); }

type checker::value_type(node_index i) {
  const type t = visit(i);
  if (at(i).means != meaning::bundle) return t;
  complain(tree_[i].at.begin, no_value(i));
  return fails(i);
}

type checker::visit(node_index i) {
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

// --- operators

type checker::operation(const node& n) {
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

type checker::optional_element(const node& n) {
  const type t = value_type(n.args[0]);
  if (is_dynamic(t)) return type_kind::dyn;
  if (t.is(type_kind::optional)) return t.element();
  complain(n.name_at.begin, make_error(errc::type_mismatch, "'?' needs an optional, but this is {}",
                                       "“?”需要 optional,此处是 {}", to_string(t)));
  return type_kind::dyn;
}

void checker::want(node_index i, type_kind kind, const node& by) {
  const type t = value_type(i);
  if (fits(t, kind)) return;
  complain(tree_[i].at.begin, make_error(errc::type_mismatch, "'{0}' needs {1}, but this is {2}",
                                         "“{0}”需要 {1},此处是 {2}", spelling(by.op),
                                         to_string(type{kind}), to_string(t)));
}

type checker::negation(const node& n) {
  const type t = value_type(n.args[0]);
  if (is_dynamic(t) || t.is(type_kind::integer) || t.is(type_kind::real) ||
      t.is(type_kind::decimal))
    return t;
  return no_operator(n, to_string(t));
}

type checker::no_operator(const node& n, const std::string& operands) {
  complain(n.name_at.begin, make_error(errc::no_such_overload, "'{0}' does not work on {1}",
                                       "“{0}”不适用于 {1}", spelling(n.op), operands));
  return type_kind::dyn;
}

type checker::conditional(const node& n) {
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

type checker::binary(const node& n) {
  const type a = value_type(n.args[0]);
  const type b = value_type(n.args[1]);
  if (n.op != op::add && n.op != op::index && n.op != op::optional_index) {
    enumerated(n.args[0], b);
    enumerated(n.args[1], a);
  }
  if (const auto t = binary_type(n.op, a, b)) return *t;
  return no_operator(n, fmt::format("{}, {}", to_string(a), to_string(b)));
}

void checker::enumerated(node_index i, const type& met) {
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

type checker::call(node_index i) {
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

std::optional<type> checker::host_call(node_index i, call_form form) {
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

bool checker::of_no_variable(node_index i) const {
  const node& n = tree_[i];
  if (n.kind != node_kind::method || tree_[n.args[0]].kind != node_kind::name) return false;
  const node& space = tree_[n.args[0]];
  return find_local(space.name) < 0 && !find_variable(env_, {space.name}, space.rooted).of;
}

std::vector<const overload*> checker::in_namespace(node_index i) const {
  if (!of_no_variable(i)) return {};
  return overloads_named(tree_[tree_[i].args[0]].name + "." + tree_[i].name, call_form::global);
}

type checker::no_function(node_index i, std::string_view name, call_form form) {
  complain(tree_[i].name_at.begin, no_such_function(name, form));
  return fails(i);
}

// --- lists, maps, loops

type checker::list(const node& n) {
  type element = type_kind::unresolved;
  for (const node_index a : n.args) element = joined(element, value_type(a));
  return type::list_of(element);
}

type checker::map(const node& n) {
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

type checker::loop(const node& n) {
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

type checker::bound(const node& n, const type& value) {
  locals_.push_back({n.name, value});
  out_.locals = std::max(out_.locals, static_cast<std::uint32_t>(locals_.size()));
  const type gives = value_type(n.args[1]);
  locals_.pop_back();
  return gives;
}

type checker::of_held(const node& n, const type& range) {
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

type checker::bodies(const node& n, const type& element, std::size_t first_local) {
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

void checker::body_is_bool(node_index i) {
  const type t = value_type(i);
  if (fits(t, type_kind::boolean)) return;
  complain(tree_[i].at.begin, make_error(errc::type_mismatch, "a bool is needed, but this is {}",
                                         "此处需要 bool,实为 {}", to_string(t)));
}

checked check(const syntax_tree& tree, const environment& env, const compile_options& how,
              report& problems) {
  return checker(tree, env, how, problems).run();
}

} // namespace banli::detail::cel
