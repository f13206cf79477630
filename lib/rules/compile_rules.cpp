#include <algorithm>
#include <set>
#include <utility>

#include "compile_block.hpp"
#include "read_set.hpp"
#include "rule_program.hpp"

namespace banli {

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
    program_of(std::move(r), std::move(env), std::move(values));
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
      if (!detail::is_rule_name(p.name) || kind == type_kind::null || kind == type_kind::type)
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

  /// The expressions of one rule, with everything they may use.
  void program_of(rule r, environment env, std::vector<value> values) {
    detail::rule_program p;
    p.host_fields = env_.fields().size();
    p.first_variable = env.fields().size();
    p.parameters = std::move(values);
    p.limits = limits_.evaluation;
    const std::size_t before = found_.size();
    p.body = detail::compile_block(r, env, limits_, found_);
    compile_options how;
    how.base = r.message_where;
    how.limits = limits_.expression;
    p.message_en = detail::message_template::read(r.message.en, env, how, found_);
    p.message_zh = detail::message_template::read(r.message.zh, env, how, found_);
    tests(r);
    if (found_.size() != before) return;
    p.reads = reads_of(p.body);
    p.shows = shown_by(p);
    p.definition = std::move(r);
    for (const std::string& path : p.reads) out_.index_[path].push_back(out_.rules_.size());
    for (const auto* paths : {&p.reads, &p.shows})
      for (const std::string& path : *paths)
        if (const auto slot = env_.slot(path)) out_.slots_.emplace(path, *slot);
    out_.rules_.push_back(
        compiled_rule(std::make_shared<const detail::rule_program>(std::move(p))));
  }

  /// The fields of the host that a block reads, also those behind its variables.
  static std::vector<std::string> reads_of(const detail::rule_block& body) {
    detail::read_set reads;
    reads.enter(body);
    return reads.take();
  }

  static std::vector<std::string> shown_by(const detail::rule_program& p) {
    detail::read_set reads;
    reads.look_at(p.body);
    for (const program* e : p.message_en.programs()) reads.add(*e);
    for (const program* e : p.message_zh.programs()) reads.add(*e);
    return reads.take();
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

} // namespace banli
