#include <banli/rules/rule_parameters.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <utility>

#include <banli/base/nearest.hpp>

namespace banli {

namespace {

template <class T>
std::optional<value> number_said(std::string_view said) {
  T n{};
  const auto r = std::from_chars(said.data(), said.data() + said.size(), n);
  if (r.ec != std::errc{} || r.ptr != said.data() + said.size()) return std::nullopt;
  return value(n);
}

/// A text as a value of the kind that the default has.
std::optional<value> value_like(const value& usual, std::string_view said) {
  if (usual.as_bool())
    return said == "true" || said == "false" ? std::optional{value(said == "true")} : std::nullopt;
  if (usual.as_int()) return number_said<std::int64_t>(said);
  if (usual.as_double()) {
    auto v = number_said<double>(said);
    return v && std::isfinite(*v->as_double()) ? v : std::nullopt;
  }
  if (usual.as_string() != nullptr) return value(said);
  return std::nullopt;
}

/// One setting, put into the rule that it names.
std::optional<error> set_one(std::vector<rule>& rules, std::set<std::string>& seen,
                             const std::string& said) {
  const std::size_t equals = said.find('=');
  const std::size_t dot = said.substr(0, equals).rfind('.');
  if (equals == std::string::npos || dot == std::string::npos || dot == 0 || dot + 1 == equals)
    return make_error(errc::bad_value, "'{}' sets nothing: expected RULE.PARAMETER=VALUE",
                      "“{}”无效:应写作 规则.参数=取值", said);
  if (!seen.insert(said.substr(0, equals)).second)
    return make_error(errc::duplicate_key, "'{}' is set twice", "“{}”重复设置",
                      said.substr(0, equals));
  const std::string id = said.substr(0, dot);
  const std::string name = said.substr(dot + 1, equals - dot - 1);
  std::vector<std::string_view> known;
  for (const rule& r : rules) known.emplace_back(r.id.text());
  const auto of = std::ranges::find(rules, id, [](const rule& r) { return r.id.text(); });
  if (of == rules.end())
    return with_hint(
        make_error(errc::unknown_reference, "there is no rule '{}'", "没有规则“{}”", id),
        suggestion(id, known));
  known.clear();
  for (const rule_parameter& p : of->parameters) known.emplace_back(p.name);
  const auto at = std::ranges::find(of->parameters, name, &rule_parameter::name);
  if (at == of->parameters.end())
    return with_hint(make_error(errc::unknown_reference, "rule '{}' has no parameter '{}'",
                                "规则“{}”没有参数“{}”", id, name),
                     suggestion(name, known));
  auto v = value_like(at->value, std::string_view{said}.substr(equals + 1));
  if (!v)
    return make_error(errc::bad_value, "'{}': expected a value like {}",
                      "“{}”无效:应与默认值 {} 同类", said, to_text(at->value));
  at->value = *std::move(v);
  of->tests.clear();
  return std::nullopt;
}

} // namespace

compiled_rules with_parameters(const rule_set& rules, const environment& words,
                               std::span<const std::string> settings) {
  std::vector<rule> all;
  for (const compiled_rule& r : rules.rules()) all.push_back(r.definition());
  problems found;
  std::set<std::string> seen;
  for (const std::string& said : settings)
    if (auto wrong = set_one(all, seen, said)) found.push_back(*std::move(wrong));
  if (!found.empty()) return {std::nullopt, std::move(found)};
  compiled_rules out =
      compile_rules(std::move(all), rules.flow() != nullptr ? rules.flow()->words() : words);
  if (out.rules && rules.flow() != nullptr) out.rules->watch_flow(*rules.flow());
  return out;
}

} // namespace banli
