#include "calls.hpp"

#include <algorithm>

#include <banli/base/nearest.hpp>

#include "type_rules.hpp"

namespace banli::detail::cel {

namespace {

/// math.greatest and math.least: numbers, or one list of numbers.
std::optional<type> extreme(std::span<const type> operands) {
  if (operands.empty()) return none();
  type gives = operands[0];
  if (operands.size() == 1 && gives.is(type_kind::list)) {
    gives = gives.element();
    // The element of [] is unresolved, and there is no greatest of nothing.
    return is_number(gives) || gives.is(type_kind::dyn) ? std::optional(gives) : none();
  }
  for (const type& t : operands) {
    if (!is_dynamic(t) && !is_number(t)) return none();
    gives = joined(gives, t);
  }
  return gives;
}

/// What an optional may hold; dyn of what may be one.
std::optional<type> held_by(const type& t) {
  if (is_dynamic(t)) return type_kind::dyn;
  return t.is(type_kind::optional) ? std::optional(t.element()) : none();
}

std::optional<type> optional_type(function f, std::span<const type> operands) {
  if (f == function::opt_none) return type::optional_of(type_kind::unresolved);
  const type& first = operands[0];
  if (f == function::opt_of || f == function::opt_of_non_zero) return type::optional_of(first);
  if (f == function::opt_first || f == function::opt_last)
    return type::optional_of(first.element());
  if (f == function::opt_unwrap) {
    const auto held = held_by(first.element());
    return held ? std::optional(type::list_of(*held)) : none();
  }
  const auto held = held_by(first);
  if (!held || f == function::opt_value) return held;
  if (f == function::opt_has_value) return type_kind::boolean;
  const auto other = f == function::opt_or ? held_by(operands[1]) : std::optional(operands[1]);
  if (!other) return none();
  const type both = joined(*held, *other);
  if (both.is(type_kind::dyn) && !is_dynamic(*held) && !is_dynamic(*other)) return none();
  return f == function::opt_or ? type::optional_of(both) : both;
}

bool takes(const overload& o, std::span<const type> operands) {
  if (o.count != operands.size()) return false;
  for (std::size_t k = 0; k < operands.size(); ++k)
    if (!fits(operands[k], o.takes[k])) return false;
  return true;
}

} // namespace

std::vector<const overload*> overloads_named(std::string_view name, call_form form) {
  std::vector<const overload*> out;
  for (const overload& o : overloads())
    if (o.form == form && o.name == name) out.push_back(&o);
  return out;
}

bool is_function_space(std::string_view space) {
  return std::ranges::any_of(overloads(), [&](const overload& o) {
    return o.name.size() > space.size() && o.name.starts_with(space) && o.name[space.size()] == '.';
  });
}

std::optional<type> call_type(std::span<const overload* const> among,
                              std::span<const type> operands) {
  const function f = among.front()->id;
  if (f == function::greatest || f == function::least) return extreme(operands);
  std::optional<type> gives;
  for (const overload* o : among) {
    if (!takes(*o, operands)) continue;
    if (f >= function::opt_of && f <= function::opt_unwrap) return optional_type(f, operands);
    gives = gives ? joined(*gives, given_type(*o)) : given_type(*o);
  }
  return gives;
}

namespace {

std::string listed(std::span<const type> types) {
  std::string out;
  for (const type& t : types) out += (out.empty() ? "" : ", ") + to_string(t);
  return out;
}

error not_among(std::string_view name, const std::string& known, std::span<const type> operands) {
  return make_error(errc::no_such_overload, "{0}() does not work on ({1}); there is {2}",
                    "{0}() 不适用于 ({1});可用:{2}", name, listed(operands), known);
}

} // namespace

error no_such_call(std::string_view name, std::span<const overload* const> among,
                   std::span<const type> operands) {
  std::string known;
  for (const overload* o : among) known += (known.empty() ? "" : ", ") + signature(*o);
  return not_among(name, known, operands);
}

error no_such_call(std::string_view name,
                   std::span<const std::shared_ptr<const host_function>> among,
                   std::span<const type> operands) {
  std::string known;
  for (const auto& f : among) {
    const std::span<const type> takes(f->takes);
    known += known.empty() ? "" : ", ";
    if (f->method && !takes.empty()) known += to_string(takes.front()) + ".";
    known += f->name + "(" + listed(takes.subspan(f->method && !takes.empty() ? 1 : 0)) + ")";
  }
  return not_among(name, known, operands);
}

error no_such_function(std::string_view name, call_form form) {
  std::vector<std::string> words = function_names(form);
  if (form == call_form::method)
    words.insert(words.end(), {"all", "exists", "exists_one", "map", "filter", "transformList",
                               "transformMap", "transformMapEntry", "optMap", "optFlatMap"});
  else
    words.emplace_back("has");
  text mean = suggestion(name, words);
  if (std::ranges::find(words, name) != words.end())
    mean = {"; it takes a variable and an expression", ":应有变量名和表达式两个参数"};
  return make_error(errc::unknown_identifier, "no function is called '{0}'{1}",
                    "没有名为“{0}”的函数{2}", name, mean.en, mean.zh);
}

} // namespace banli::detail::cel
