#include <algorithm>
#include <functional>
#include <set>
#include <utility>

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

  /// The expressions of one rule, with everything they may use.
  void program_of(rule r, environment env, std::vector<value> values) {
    compiled_rule::parts p;
    p.host_fields = env_.fields().size();
    p.first_variable = env.fields().size();
    p.parameters = std::move(values);
    p.limits = limits_.evaluation;
    const std::size_t before = found_.size();
    variables(r, env, p);
    matches(r, env, p);
    compile_options how = options({{}, r.message_where, 1});
    p.message_en = detail::message_template::read(r.message.en, env, how, found_);
    p.message_zh = detail::message_template::read(r.message.zh, env, how, found_);
    tests(r);
    if (found_.size() != before) return;
    p.reads = reads_of(r, p, programs_of_matches(p));
    p.shows = reads_of(r, p, programs_of_messages(p));
    p.definition = std::move(r);
    for (const std::string& path : p.reads) out_.index_[path].push_back(out_.rules_.size());
    out_.rules_.push_back(
        compiled_rule(std::make_shared<const compiled_rule::parts>(std::move(p))));
  }

  compile_options options(const rule_expression& e) const {
    compile_options how;
    how.base = e.where;
    how.continuation_column = e.continuation_column;
    how.limits = limits_.expression;
    return how;
  }

  std::optional<program> expression(const rule_expression& e, const environment& env,
                                    std::optional<type> expected = std::nullopt) {
    if (e.empty()) return std::nullopt;
    compile_options how = options(e);
    how.expected = std::move(expected);
    compiled made = compile(e.source, env, how);
    found_.insert(found_.end(), made.problems.begin(), made.problems.end());
    return std::move(made.program);
  }

  /// Declares variables.<name> one by one: each may use those above it.
  void variables(const rule& r, environment& env, compiled_rule::parts& p) {
    if (r.variables.size() > limits_.variables || r.match.size() > limits_.matches)
      return complain(make_error(errc::limit_exceeded,
                                 "rule '{}' has more than {} variables or {} matches",
                                 "规则“{}”的变量超过 {} 个或匹配项超过 {} 个", r.id.text(),
                                 limits_.variables, limits_.matches),
                      r.where);
    if (!r.variables.empty() && env_.variable("variables"))
      return complain(make_error(errc::bad_value,
                                 "'variables' is the name of a rule's variables, and declared",
                                 "“variables”是规则变量的名称,不能另行声明"),
                      r.where);
    std::vector<type_field> fields;
    for (const rule_variable& v : r.variables) {
      type of = variable(r, v, fields, env, p);
      fields.push_back({v.name, std::move(of)});
      env.declare("variables", type::record("variables", fields));
    }
  }

  /// One variable: its type is that of its expression; dyn where that is wrong, so that its users
  /// are not wrong for its sake.
  type variable(const rule& r, const rule_variable& v, const std::vector<type_field>& above,
                const environment& env, compiled_rule::parts& p) {
    const bool twice = std::ranges::find(above, v.name, &type_field::name) != above.end();
    if (!is_name(v.name) || twice)
      complain(make_error(twice ? errc::duplicate_id : errc::bad_value,
                          "rule '{}': '{}' is no name of a variable, or stands there already",
                          "规则“{}”的变量名“{}”无效或重复", r.id.text(), v.name),
               v.expression.where.line > 0 ? v.expression.where : r.where);
    if (v.expression.empty())
      complain(make_error(errc::missing_field, "variable '{1}' of rule '{0}' has no expression",
                          "规则“{}”的变量“{}”缺少表达式", r.id.text(), v.name),
               r.where);
    auto made = expression(v.expression, env);
    if (!made) return {};
    if (made->gives().is(type_kind::record)) {
      complain(make_error(errc::bad_value, "variable '{}' is a record: name its fields one by one",
                          "变量“{}”为记录,请逐项引用其字段", v.name),
               v.expression.where);
      return {};
    }
    const std::string path = field_named(v.expression.source, *made);
    p.aliases.push_back(path);
    p.alias_slots.push_back(path.empty() ? 0 : *env_.slot(path));
    type of = made->gives();
    p.variables.push_back(*std::move(made));
    return of;
  }

  /// The field of the host that an expression is, so that a variable of a clock is a clock.
  std::string field_named(std::string_view source, const program& of) const {
    if (of.reads().size() != 1 || !env_.slot(of.reads()[0])) return {};
    while (source.ends_with(' ') || source.ends_with('\n')) source.remove_suffix(1);
    std::string canonical;
    for (std::size_t from = 0; from <= source.size();) {
      const std::size_t end = std::min(source.find('.', from), source.size());
      if (from > 0) canonical += '.';
      canonical += env_.name_of(source.substr(from, end - from));
      from = end + 1;
    }
    return canonical == of.reads()[0] ? canonical : std::string{};
  }

  void matches(const rule& r, const environment& env, compiled_rule::parts& p) {
    if (r.match.empty() == r.condition.empty())
      return complain(r.match.empty()
                          ? make_error(errc::missing_field, "rule '{}' has no condition",
                                       "规则“{}”缺少条件", r.id.text())
                          : make_error(errc::bad_value, "rule '{}' has a condition and a match",
                                       "规则“{}”不能既有条件又有匹配项", r.id.text()),
                      r.where);
    if (r.match.empty()) {
      const rule_expression whole{r.condition, r.condition_where, r.condition_continuation_column};
      p.matches.push_back({expression(whole, env, type_kind::boolean), {}, {}});
      return;
    }
    for (std::size_t m = 0; m < r.match.size(); ++m) {
      const rule_match& x = r.match[m];
      p.matches.push_back({expression(x.condition, env, type_kind::boolean),
                           expression(x.output, env),
                           expression(x.explanation, env, type_kind::string)});
      if (x.condition.empty() && m + 1 < r.match.size())
        complain(make_error(errc::bad_value,
                            "rule '{}': entry {} always matches, and {} stand below it",
                            "规则“{}”的第 {} 个匹配项总是成立,其后还有 {} 项", r.id.text(), m + 1,
                            r.match.size() - m - 1),
                 x.output.where.line > 0 ? x.output.where : r.where);
    }
  }

  static std::vector<const program*> programs_of_matches(const compiled_rule::parts& p) {
    std::vector<const program*> out;
    for (const auto& m : p.matches)
      for (const auto* e : {&m.condition, &m.output, &m.explanation})
        if (*e) out.push_back(&**e);
    return out;
  }

  static std::vector<const program*> programs_of_messages(const compiled_rule::parts& p) {
    std::vector<const program*> out = p.message_en.programs();
    for (const program* e : p.message_zh.programs()) out.push_back(e);
    return out;
  }

  /// The fields of the host, also those behind variables.
  static std::vector<std::string> reads_of(const rule& r, const compiled_rule::parts& p,
                                           const std::vector<const program*>& programs) {
    std::set<std::string> all;
    std::set<std::string> behind;
    const std::function<void(const program&)> add = [&](const program& of) {
      for (const std::string& path : of.reads()) {
        if (path.starts_with("params.")) continue;
        if (!path.starts_with("variables.")) {
          all.insert(path);
        } else if (behind.insert(path).second) {
          const auto v = std::ranges::find(r.variables, path.substr(10), &rule_variable::name);
          if (v != r.variables.end())
            add(p.variables[static_cast<std::size_t>(v - r.variables.begin())]);
        }
      }
    };
    for (const program* e : programs) add(*e);
    return {all.begin(), all.end()};
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
