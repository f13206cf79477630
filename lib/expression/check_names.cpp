// What the names and the members of an expression are.
#include <fmt/ranges.h>

#include <banli/base/nearest.hpp>

#include "checker.hpp"
#include "type_rules.hpp"

namespace banli::detail::cel {

int checker::find_local(std::string_view name) const {
  for (std::size_t k = locals_.size(); k-- > 0;)
    if (locals_[k].name == name) return static_cast<int>(k);
  return -1;
}

type checker::name(node_index i) {
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

type checker::variable(node_index i, const found_variable& v) {
  at(i).text = v.name;
  if (v.of->is(type_kind::record)) return settle(i, meaning::bundle, *v.of);
  at(i).slot = env_.slot(v.name).value_or(0);
  return settle(i, meaning::field, *v.of);
}

std::vector<std::string> checker::known_names() const {
  std::vector<std::string> words;
  for (const local& l : locals_) words.push_back(l.name);
  for (const auto& [name, of] : env_.variables()) {
    words.push_back(name);
    if (const auto label = env_.label_of(name); label != name) words.emplace_back(label);
  }
  return words;
}

std::vector<std::string> checker::segments(node_index i, bool& rooted) const {
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

type checker::select(node_index i) {
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

type checker::optional_select(node_index i) {
  const type found = member(i, visit(tree_[i].args[0]));
  if (at(i).means == meaning::fails) return found;
  if (at(i).means == meaning::bundle) {
    complain(tree_[i].name_at.begin, no_value(i));
    return fails(i);
  }
  at(i).of = found.is(type_kind::optional) ? found : type::optional_of(found);
  return at(i).of;
}

error checker::no_value(node_index i) {
  return make_error(errc::type_mismatch, "'{}' is a record and no value: name one of its fields",
                    "“{}”是一组字段,不是值:请写明其中一个字段", at(i).text);
}

type checker::member(node_index i, const type& operand) {
  const node& n = tree_[i];
  if (is_dynamic(operand)) return settle(i, meaning::computed, type_kind::dyn);
  if (operand.is(type_kind::map) && fits(operand.key(), type_kind::string))
    return settle(i, meaning::computed, operand.mapped());
  if (operand.is(type_kind::record)) return record_field(i, operand);
  if (operand.is(type_kind::optional)) {
    const type found = member(i, operand.element());
    return settle(i, at(i).means, found.is(type_kind::optional) ? found : type::optional_of(found));
  }
  complain(n.name_at.begin, make_error(errc::type_mismatch, "{0} has no fields, so no '{1}'",
                                       "{0} 没有字段,因而没有“{1}”", to_string(operand), n.name));
  return fails(i);
}

type checker::record_field(node_index i, const type& operand) {
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

type checker::no_field(node_index i, const type& operand) {
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

type checker::has(node_index i) {
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

} // namespace banli::detail::cel
