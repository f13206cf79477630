#include "rule_judgement.hpp"

namespace banli {

using detail::rule_judgement;

const rule& compiled_rule::definition() const { return parts_->definition; }
const std::vector<std::string>& compiled_rule::reads() const { return parts_->reads; }
const std::vector<std::string>& compiled_rule::shows() const { return parts_->shows; }

verdict compiled_rule::judge(const activation& from) const {
  verdict v = rule_judgement(*parts_, from).says();
  // A rule whose condition is false says false, as it says true when it fires.
  if (parts_->definition.match.empty() && v.kind == verdict_kind::silent) v.output = false;
  return v;
}

reasoning compiled_rule::explain(const activation& from) const {
  return rule_judgement(*parts_, from).explain();
}

std::vector<fact> compiled_rule::facts(const activation& from) const {
  return rule_judgement(*parts_, from).facts();
}

std::string compiled_rule::explanation(const activation& from) const {
  return rule_judgement(*parts_, from).explanation();
}

std::optional<reasoning> compiled_rule::variable(std::string_view name,
                                                 const activation& from) const {
  const rule_judgement once(*parts_, from);
  const auto v = once.in_sight().variable_named(name);
  if (!v.scope) return std::nullopt;
  return once.in_sight().explain(v);
}

std::vector<std::string> compiled_rule::variables_in_sight(const activation& from) const {
  return rule_judgement(*parts_, from).in_sight().names();
}

std::string compiled_rule::message(const activation& from, language in) const {
  const auto& wanted = in == language::zh ? parts_->message_zh : parts_->message_en;
  const auto& other = in == language::zh ? parts_->message_en : parts_->message_zh;
  const auto& used = wanted.empty() ? other : wanted;
  // A message sees the variables of the rule itself, whatever was decided.
  if (!used.empty())
    return used.fill(detail::rule_scope(*parts_, from, parts_->body, nullptr), parts_->limits);
  std::string said = explanation(from);
  return said.empty() ? definition().name.in(in) : said;
}

} // namespace banli
