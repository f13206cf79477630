#include <banli/rules/rule_set.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <banli/expression/bound_values.hpp>

#include "message_template.hpp"

namespace banli {

struct compiled_rule::parts {
  rule definition;
  program condition;
  detail::message_template message_en;
  detail::message_template message_zh;
  std::size_t host_fields = 0;   ///< slots from here on are parameters
  std::vector<value> parameters; ///< by slot - host_fields
  std::vector<std::string> reads;
  evaluation_limits limits;
};

namespace {

/// The host's fields and, in the slots after them, the rule's parameters.
class with_parameters final : public activation {
 public:
  with_parameters(const activation& host, std::size_t host_fields,
                  const std::vector<value>& parameters)
      : host_(host), host_fields_(host_fields), parameters_(parameters) {}

  reading read(field_ref f) const override {
    if (f.slot < host_fields_) return host_.read(f);
    return reading::of(parameters_[f.slot - host_fields_]);
  }
  std::optional<instant> reaches(field_ref f, const value& v) const override {
    return host_.reaches(f, v); // parameters are no clocks
  }

 private:
  const activation& host_;
  std::size_t host_fields_;
  const std::vector<value>& parameters_;
};

verdict verdict_of(outcome o) {
  verdict v;
  v.holds_until = o.holds_until;
  v.missing = std::move(o.missing);
  if (const auto truth = o.truth()) {
    v.kind = *truth ? verdict_kind::fires : verdict_kind::silent;
    return v;
  }
  v.kind = verdict_kind::unjudgeable;
  if (o.is == outcome::state::error) v.why = std::move(o.error);
  if (o.is == outcome::state::value)
    v.why = make_error(errc::type_mismatch, "the condition gave {}, which is no bool",
                       "条件的结果为 {},不是布尔值", to_text(o.value));
  return v;
}

} // namespace

const rule& compiled_rule::definition() const { return parts_->definition; }
const std::vector<std::string>& compiled_rule::reads() const { return parts_->reads; }

verdict compiled_rule::judge(const activation& from) const {
  const with_parameters all(from, parts_->host_fields, parts_->parameters);
  return verdict_of(parts_->condition.evaluate(all, parts_->limits));
}

reasoning compiled_rule::explain(const activation& from) const {
  const with_parameters all(from, parts_->host_fields, parts_->parameters);
  return parts_->condition.explain(all, parts_->limits);
}

std::vector<fact> compiled_rule::facts(const activation& from) const { return explain(from).facts; }

std::string compiled_rule::message(const activation& from, language in) const {
  const with_parameters all(from, parts_->host_fields, parts_->parameters);
  const auto& wanted = in == language::zh ? parts_->message_zh : parts_->message_en;
  const auto& other = in == language::zh ? parts_->message_en : parts_->message_zh;
  const auto& used = wanted.empty() ? other : wanted;
  return used.empty() ? definition().name.in(in) : used.fill(all, parts_->limits);
}

const compiled_rule* rule_set::find(const rule_id& id) const {
  const auto at =
      std::ranges::find_if(rules_, [&](const compiled_rule& r) { return r.id() == id; });
  return at == rules_.end() ? nullptr : &*at;
}

std::vector<const compiled_rule*> rule_set::reading(std::string_view path) const {
  std::vector<const compiled_rule*> out;
  for (const compiled_rule& r : rules_)
    if (std::ranges::binary_search(r.reads(), path)) out.push_back(&r);
  return out;
}

/// Checks the rules one by one and keeps what is wrong with all of them.
class rule_set_builder {
 public:
  rule_set_builder(const environment& env, const rule_limits& limits)
      : env_(env), limits_(limits) {}

  compiled_rules build(std::vector<rule> rules) {
    if (rules.size() > limits_.rules) {
      found_.push_back(
          make_error(errc::limit_exceeded, "more than {} rules", "规则超过 {} 条", limits_.rules));
      return {std::nullopt, std::move(found_)};
    }
    identify(rules);
    for (rule& r : rules) add(std::move(r));
    if (!found_.empty()) return {std::nullopt, std::move(found_)};
    return {std::move(out_), {}};
  }

 private:
  void complain(error e, const place& where) { found_.push_back(at(std::move(e), where)); }

  void identify(const std::vector<rule>& rules) {
    for (const rule& r : rules) {
      if (r.id.empty())
        complain(make_error(errc::missing_field, "a rule has no id", "规则缺少编号"), r.where);
      else if (!ids_.insert(r.id).second)
        complain(make_error(errc::duplicate_id, "there are two rules '{}'", "规则编号“{}”重复",
                            r.id.text()),
                 r.where);
    }
  }

  void add(rule r) {
    references(r);
    dates(r);
    environment env = env_;
    std::vector<value> values = parameters(r, env);
    program_of(std::move(r), env, std::move(values));
  }

  void references(const rule& r) {
    for (const rule_id& other : r.supersedes) {
      if (other == r.id)
        complain(make_error(errc::bad_value, "rule '{}' supersedes itself", "规则“{}”不能取代自身",
                            r.id.text()),
                 r.where);
      else if (!ids_.contains(other))
        complain(make_error(errc::unknown_reference,
                            "rule '{}' supersedes '{}', which does not exist",
                            "规则“{}”所取代的“{}”不存在", r.id.text(), other.text()),
                 r.where);
    }
  }

  void dates(const rule& r) {
    if (r.effective_from && r.effective_until && *r.effective_until <= *r.effective_from)
      complain(make_error(errc::bad_value, "rule '{}' ends before it begins",
                          "规则“{}”的失效日早于生效日", r.id.text()),
               r.where);
    if (r.parameters.size() > limits_.parameters || r.tests.size() > limits_.tests)
      complain(make_error(errc::limit_exceeded, "rule '{}' has more than {} parameters or {} tests",
                          "规则“{}”的参数超过 {} 个或测试超过 {} 个", r.id.text(),
                          limits_.parameters, limits_.tests),
               r.where);
  }

  /// Declares params.<name> and gives the values in order of the slots.
  std::vector<value> parameters(const rule& r, environment& env) {
    std::vector<type_field> fields;
    std::vector<value> values;
    std::set<std::string> seen;
    for (const rule_parameter& p : r.parameters) {
      const type_kind kind = p.value.kind();
      if (!is_name(p.name) || kind == type_kind::null || kind == type_kind::type)
        complain(make_error(errc::bad_value,
                            "rule '{}': '{}' is no parameter: a name and a value are needed",
                            "规则“{}”的参数“{}”无效:应有名称和取值", r.id.text(), p.name),
                 r.where);
      if (!seen.insert(p.name).second) {
        complain(make_error(errc::duplicate_id, "rule '{}' has two parameters '{}'",
                            "规则“{}”的参数“{}”重复", r.id.text(), p.name),
                 r.where);
        continue;
      }
      fields.push_back({p.name, kind});
      values.push_back(p.value);
    }
    if (!fields.empty() && env_.variable("params"))
      complain(make_error(errc::bad_value,
                          "'params' is the name of a rule's parameters, and declared",
                          "“params”是规则参数的名称,不能另行声明"),
               r.where);
    else if (!fields.empty())
      env.declare("params", type::record("params", std::move(fields)));
    return values;
  }

  static bool is_name(const std::string& s) {
    const auto part = [](char c) {
      return static_cast<unsigned char>(c) >= 0x80 || c == '_' || (c >= '0' && c <= '9') ||
             (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    };
    return !s.empty() && !(s[0] >= '0' && s[0] <= '9') && std::ranges::all_of(s, part);
  }

  void program_of(rule r, const environment& env, std::vector<value> values) {
    if (r.condition.empty())
      return complain(make_error(errc::missing_field, "rule '{}' has no condition",
                                 "规则“{}”缺少条件", r.id.text()),
                      r.where);
    compile_options how;
    how.base = r.condition_where;
    how.continuation_column = r.condition_continuation_column;
    how.expected = type_kind::boolean;
    how.limits = limits_.expression;
    compiled made = compile(r.condition, env, how);
    found_.insert(found_.end(), made.problems.begin(), made.problems.end());
    how.base = r.message_where;
    how.expected.reset();
    auto en = detail::message_template::read(r.message.en, env, how, found_);
    auto zh = detail::message_template::read(r.message.zh, env, how, found_);
    tests(r);
    if (!made.program) return;
    std::vector<std::string> reads = made.program->reads();
    std::erase_if(reads, [](const std::string& path) { return path.starts_with("params."); });
    out_.rules_.push_back(
        compiled_rule(std::make_shared<const compiled_rule::parts>(compiled_rule::parts{
            std::move(r), *made.program, std::move(en), std::move(zh), env_.fields().size(),
            std::move(values), std::move(reads), limits_.evaluation})));
  }

  void tests(const rule& r) {
    for (const rule_test& t : r.tests)
      for (const rule_binding& b : t.bindings)
        if (!env_.slot(b.path))
          complain(make_error(errc::unknown_field,
                              "test '{}' of rule '{}' binds '{}', which is not declared",
                              "规则“{1}”的测试“{0}”给出了未声明的字段“{2}”", t.name, r.id.text(),
                              b.path),
                   t.where);
  }

  const environment& env_;
  const rule_limits& limits_;
  std::set<rule_id> ids_;
  problems found_;
  rule_set out_;
};

compiled_rules compile_rules(std::vector<rule> rules, const environment& env,
                             const rule_limits& limits) {
  return rule_set_builder(env, limits).build(std::move(rules));
}

problems run_rule_tests(const rule_set& rules) {
  problems found;
  for (const compiled_rule& r : rules.rules())
    for (const rule_test& t : r.definition().tests) {
      bound_values bound;
      for (const rule_binding& b : t.bindings) bound.set(b.path, b.value);
      const verdict v = r.judge(bound);
      if (v.kind == t.expected) continue;
      found.push_back(at(make_error(errc::bad_value,
                                    "test '{1}' of rule '{0}' expects {2}, but the rule is {3}",
                                    "规则“{0}”的测试“{1}”应为 {2},实为 {3}", r.id().text(), t.name,
                                    to_string(t.expected), to_string(v.kind)),
                         t.where));
    }
  return found;
}

} // namespace banli
