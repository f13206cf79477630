#include "compile_block.hpp"

#include <algorithm>
#include <utility>

namespace banli::detail {

namespace {

/// Whether what stands below an entry can be reached.
bool always_decides(const rule_match& m);

bool always_decides(const std::vector<rule_match>& all) {
  for (const rule_match& m : all) {
    if (always_decides(m)) return true;
    // An entry with a condition ends its rule, though nothing in it may match.
    if (!m.condition.empty() && m.rule && !always_decides(m.rule->match)) return false;
  }
  return false;
}

bool always_decides(const rule_match& m) {
  return m.condition.empty() && (!m.rule || always_decides(m.rule->match));
}

class block_compiler {
 public:
  block_compiler(const rule& r, const rule_limits& limits, problems& found)
      : rule_(r), limits_(limits), found_(found) {}

  rule_block whole(environment& env) {
    rule_block out;
    if (!within_limits()) return out;
    if (!rule_.variables.empty() && env.variable("variables")) {
      complain(make_error(errc::bad_value,
                          "'variables' is the name of a rule's variables, and declared",
                          "“variables”是规则变量的名称,不能另行声明"));
      return out;
    }
    std::vector<type_field> in_sight;
    out.variables = variables(rule_.variables, in_sight, env);
    if (rule_.match.empty() == rule_.condition.empty()) {
      complain(rule_.match.empty()
                   ? make_error(errc::missing_field, "rule '{}' has no condition",
                                "规则“{}”缺少条件", rule_.id.text())
                   : make_error(errc::bad_value, "rule '{}' has a condition and a match",
                                "规则“{}”不能既有条件又有匹配项", rule_.id.text()));
    } else if (rule_.match.empty()) {
      const rule_expression condition{rule_.condition, rule_.condition_where,
                                      rule_.condition_continuation_column};
      out.matches.push_back({expression(condition, env, type_kind::boolean), {}, {}, {}});
    } else {
      out.matches = matches(rule_.match, in_sight, env);
    }
    return out;
  }

 private:
  void complain(error e, const place& where = {}) {
    found_.push_back(at(std::move(e), where.line > 0 ? where : rule_.where));
  }

  /// How much a rule says, nested rules included. Those that are too deep are not looked into.
  struct extent {
    std::size_t variables = 0;
    std::size_t matches = 0;
    std::size_t depth = 0;
  };

  void measure(const std::vector<rule_variable>& variables, const std::vector<rule_match>& match,
               std::size_t depth, extent& into) const {
    into.variables += variables.size();
    into.matches += match.size();
    into.depth = std::max(into.depth, depth);
    if (depth > limits_.nesting) return;
    for (const rule_match& m : match)
      if (m.rule) measure(m.rule->variables, m.rule->match, depth + 1, into);
  }

  bool within_limits() {
    extent all;
    measure(rule_.variables, rule_.match, 0, all);
    if (all.variables > limits_.variables || all.matches > limits_.matches)
      complain(make_error(errc::limit_exceeded,
                          "rule '{}' has more than {} variables or {} matches",
                          "规则“{}”的变量超过 {} 个或匹配项超过 {} 个", rule_.id.text(),
                          limits_.variables, limits_.matches));
    else if (all.depth > limits_.nesting)
      complain(make_error(errc::limit_exceeded, "rule '{}' has rules nested more than {} deep",
                          "规则“{}”的嵌套超过 {} 层", rule_.id.text(), limits_.nesting));
    else
      return true;
    return false;
  }

  std::optional<program> expression(const rule_expression& e, const environment& env,
                                    std::optional<type> expected = std::nullopt) {
    if (e.empty()) return std::nullopt;
    compile_options how;
    how.base = e.where;
    how.continuation_column = e.continuation_column;
    how.limits = limits_.expression;
    how.expected = std::move(expected);
    compiled made = compile(e.source, env, how);
    found_.insert(found_.end(), made.problems.begin(), made.problems.end());
    return std::move(made.program);
  }

  /// Declares variables.<name> one by one: each may use those above it and around it.
  std::vector<variable_program> variables(const std::vector<rule_variable>& all,
                                          std::vector<type_field>& in_sight, environment& env) {
    std::vector<variable_program> out;
    for (auto v = all.begin(); v != all.end(); ++v) {
      const bool twice = std::any_of(
          all.begin(), v, [&](const rule_variable& above) { return above.name == v->name; });
      if (!is_rule_name(v->name) || twice)
        complain(make_error(twice ? errc::duplicate_id : errc::bad_value,
                            "rule '{}': '{}' is no name of a variable, or stands there already",
                            "规则“{}”的变量名“{}”无效或重复", rule_.id.text(), v->name),
                 v->expression.where);
      auto computes = variable(*v, env);
      // What is wrong is dyn, so that its users are not wrong for its sake.
      const type of = computes ? computes->gives() : type{};
      std::erase_if(in_sight, [&](const type_field& f) { return f.name == v->name; });
      in_sight.push_back({v->name, of});
      env.declare("variables", type::record("variables", in_sight));
      if (computes) out.push_back({v->name, *env.slot("variables." + v->name), *computes});
    }
    return out;
  }

  std::optional<program> variable(const rule_variable& v, const environment& env) {
    if (v.expression.empty())
      complain(make_error(errc::missing_field, "variable '{1}' of rule '{0}' has no expression",
                          "规则“{}”的变量“{}”缺少表达式", rule_.id.text(), v.name));
    auto made = expression(v.expression, env);
    if (!made || !made->gives().is(type_kind::record)) return made;
    complain(make_error(errc::bad_value, "variable '{}' is a record: name its fields one by one",
                        "变量“{}”为记录,请逐项引用其字段", v.name),
             v.expression.where);
    return std::nullopt;
  }

  std::vector<match_program> matches(const std::vector<rule_match>& all,
                                     const std::vector<type_field>& in_sight,
                                     const environment& env) {
    std::vector<match_program> out;
    for (std::size_t m = 0; m < all.size(); ++m) {
      const rule_match& x = all[m];
      out.push_back({expression(x.condition, env, type_kind::boolean), expression(x.output, env),
                     expression(x.explanation, env, type_kind::string), nullptr});
      if (x.rule) out.back().rule = nested(x, in_sight, env);
      if (always_decides(x) && m + 1 < all.size())
        complain(make_error(errc::bad_value,
                            "rule '{}': entry {} always matches, and {} stand below it",
                            "规则“{}”的第 {} 个匹配项总是成立,其后还有 {} 项", rule_.id.text(),
                            m + 1, all.size() - m - 1),
                 x.output.where);
    }
    return out;
  }

  std::shared_ptr<const rule_block> nested(const rule_match& x, std::vector<type_field> in_sight,
                                           environment env) {
    if (!x.output.empty() || !x.explanation.empty())
      complain(make_error(errc::bad_value,
                          "rule '{}': an entry gives an output or goes on with a rule, not both",
                          "规则“{}”的匹配项或给出结果,或嵌套规则,不能兼有", rule_.id.text()),
               x.output.empty() ? x.explanation.where : x.output.where);
    if (x.rule->match.empty())
      complain(make_error(errc::missing_field, "rule '{}': a nested rule has no match",
                          "规则“{}”的嵌套规则缺少匹配项", rule_.id.text()),
               x.condition.where);
    rule_block out;
    out.variables = variables(x.rule->variables, in_sight, env);
    out.matches = matches(x.rule->match, in_sight, env);
    return std::make_shared<const rule_block>(std::move(out));
  }

  const rule& rule_;
  const rule_limits& limits_;
  problems& found_;
};

} // namespace

bool is_rule_name(std::string_view s) {
  const auto part = [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || c == '_' || (c >= '0' && c <= '9') ||
           (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  return !s.empty() && !(s[0] >= '0' && s[0] <= '9') && std::ranges::all_of(s, part);
}

rule_block compile_block(const rule& r, environment& env, const rule_limits& limits,
                         problems& found) {
  return block_compiler(r, limits, found).whole(env);
}

} // namespace banli::detail
