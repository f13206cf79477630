#include <banli/engine/material_need.hpp>

#include <algorithm>
#include <cmath>

#include <banli/base/nearest.hpp>
#include <banli/engine/case_facts.hpp>
#include <banli/expression/bound_values.hpp>

namespace banli {
namespace {

/// The value of a fact as its declared type, if it is of that type.
std::optional<value> typed(fact_type of, const fact_value& given) {
  const bool* const yes = std::get_if<bool>(&given);
  const double* const number = std::get_if<double>(&given);
  const std::string* const words = std::get_if<std::string>(&given);
  constexpr double exact = 9'007'199'254'740'992.0; // 2^53
  switch (of) {
  case fact_type::boolean: return yes != nullptr ? std::optional{value(*yes)} : std::nullopt;
  case fact_type::text:
    return words != nullptr ? std::optional{value(std::string_view{*words})} : std::nullopt;
  case fact_type::decimal:
    return number != nullptr && std::isfinite(*number) ? std::optional{value(*number)}
                                                       : std::nullopt;
  case fact_type::integer:
    if (number == nullptr || !(std::abs(*number) <= exact) || std::trunc(*number) != *number)
      return std::nullopt;
    return value(static_cast<std::int64_t>(*number));
  }
  return std::nullopt;
}

result<bound_values> bind_facts(const service_item& item, const fact_values& facts) {
  bound_values out;
  for (const auto& [name, given] : facts) {
    const auto declared = std::find_if(item.facts.begin(), item.facts.end(),
                                       [&](const form_fact& f) { return f.name == name; });
    if (declared == item.facts.end()) {
      std::vector<std::string_view> known;
      for (const form_fact& f : item.facts) known.emplace_back(f.name);
      return with_hint(make_error(errc::unknown_identifier, "the item has no fact '{}'",
                                  "事项没有表单字段“{}”", name),
                       suggestion(name, known));
    }
    auto v = typed(declared->type, given);
    if (!v)
      return make_error(errc::type_mismatch, "fact '{}' should be of type {}",
                        "表单字段“{}”的类型应为 {}", name, to_string(declared->type));
    out.set("form." + name, *std::move(v));
  }
  return out;
}

} // namespace

material_conditions compile_materials(const service_item& item, const locator& where) {
  material_conditions out;
  out.by_material.resize(item.materials.size());
  std::optional<environment> env; // made for the few items that have a condition
  for (std::size_t i = 0; i < item.materials.size(); ++i) {
    const std::string& when = item.materials[i].when;
    if (when.empty()) continue;
    if (!env) env = fact_environment(item);
    compile_options how;
    how.base = where(fmt::format("/materials/{}/when", i));
    how.expected = type{type_kind::boolean};
    compiled c = compile(when, *env, how);
    out.by_material[i] = std::move(c.program);
    out.problems.insert(out.problems.end(), std::make_move_iterator(c.problems.begin()),
                        std::make_move_iterator(c.problems.end()));
  }
  return out;
}

std::vector<material_need> needed_materials(std::span<const std::optional<program>> conditions,
                                            const activation& facts) {
  std::vector<material_need> out;
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    material_need& need = out.emplace_back(material_need{i, true});
    if (!conditions[i]) continue;
    outcome o = conditions[i]->evaluate(facts);
    need.needed = o.truth();
    need.missing = std::move(o.missing);
    if (o.is == outcome::state::error) need.error = std::move(o.error);
  }
  return out;
}

result<std::vector<material_need>> needed_materials(const service_item& item,
                                                    const fact_values& facts) {
  const material_conditions conditions = compile_materials(item);
  if (!conditions.good()) return conditions.problems.front();
  const auto bound = bind_facts(item, facts);
  if (!bound) return bound.error();
  return needed_materials(conditions.by_material, *bound);
}

} // namespace banli
