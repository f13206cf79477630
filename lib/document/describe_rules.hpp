// describe_rules.hpp — the keys of rules, of what they count, and of decision tables; see
// describe.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <banli/rules/decision_table.hpp>
#include <banli/rules/flow_constraint.hpp>
#include <banli/rules/flow_counter.hpp>
#include <banli/rules/rule.hpp>

namespace banli::detail {

/// What rules read as flow.<name>: how often something happened.
struct counter_entry {
  std::string name;
  std::vector<std::string> activities;
  std::string where;
  std::optional<int> window_days;
  std::optional<int> window_hours;
  flow_count of = flow_count::events;
};
/// What rules read as flow.<name>: whether a constraint on the course is violated.
struct constraint_entry {
  std::string name;
  flow_template kind = flow_template::existence;
  std::vector<std::string> a;
  std::vector<std::string> b;
  std::optional<int> count;
  std::string where_a;
  std::string where_b;
  std::string correlation;
  std::optional<int> least_hours;
  std::optional<int> most_hours;
};
struct rules_document {
  std::vector<counter_entry> counters;
  std::vector<constraint_entry> constraints;
  std::vector<rule> rules;
};
/// Rules that are asked before a command happens.
struct commit_rules_document {
  std::vector<rule> rules;
};

template <class V>
void describe(V& v, rule_parameter& x) {
  v.required("name", x.name);
  v.required("value", x.value);
  v.optional("meaning", x.meaning);
}

template <class V>
void describe(V& v, rule_test& x) {
  v.required("name", x.name);
  v.required("bindings", x.bindings);
  v.required("expected", x.expected);
  v.optional("output", x.output);
}

template <class V>
void describe(V& v, rule_variable& x) {
  v.required("name", x.name);
  v.required("expression", x.expression);
}

template <class V>
void describe(V& v, rule_match& x) {
  v.optional("condition", x.condition);
  v.optional("output", x.output);
  v.optional("explanation", x.explanation);
  v.optional("rule", x.rule);
}

template <class V>
void describe(V& v, nested_rule& x) {
  v.optional("variables", x.variables);
  v.required("match", x.match);
}

template <class V>
void describe(V& v, rule& x) {
  v.required("id", x.id);
  v.required("name", x.name);
  v.required("dimension", x.dimension);
  v.required("level", x.level);
  v.optional("certainty", x.certainty);
  v.optional("scope", x.scope);
  v.optional("basis", x.basis);
  v.optional("variables", x.variables);
  v.optional("condition", x.condition); // compile_rules() asks for it, or for a match
  v.optional("match", x.match);
  v.optional("parameters", x.parameters);
  v.optional("message", x.message);
  v.optional("supersedes", x.supersedes);
  v.optional("effective_from", x.effective_from);
  v.optional("effective_until", x.effective_until);
  v.optional("trial_until", x.trial_until);
  v.optional("tests", x.tests);
}

template <class V>
void describe(V& v, counter_entry& x) {
  v.required("name", x.name);
  v.required("activities", x.activities);
  v.optional("where", x.where);
  v.optional("window_days", x.window_days);
  v.optional("window_hours", x.window_hours);
  v.optional("of", x.of);
}

template <class V>
void describe(V& v, constraint_entry& x) {
  v.required("name", x.name);
  v.required("template", x.kind);
  v.required("a", x.a);
  v.optional("b", x.b);
  v.optional("count", x.count);
  v.optional("where_a", x.where_a);
  v.optional("where_b", x.where_b);
  v.optional("correlation", x.correlation);
  v.optional("least_hours", x.least_hours);
  v.optional("most_hours", x.most_hours);
}

template <class V>
void describe(V& v, rules_document& x) {
  v.optional("counters", x.counters);
  v.optional("constraints", x.constraints);
  v.required("rules", x.rules);
}

template <class V>
void describe(V& v, commit_rules_document& x) {
  v.required("rules", x.rules);
}

template <class V>
void describe(V& v, table_input& x) {
  v.required("name", x.name);
  v.optional("label", x.label);
  v.optional("type", x.type);
  v.optional("expression", x.expression);
  v.optional("values", x.values);
}

template <class V>
void describe(V& v, table_output& x) {
  v.required("name", x.name);
  v.optional("label", x.label);
  v.optional("type", x.type);
  v.optional("values", x.values);
  v.optional("default", x.default_value);
}

template <class V>
void describe(V& v, table_rule& x) {
  v.required("when", x.when);
  v.required("then", x.then);
  v.optional("note", x.note);
}

template <class V>
void describe(V& v, decision_table& x) {
  v.required("id", x.id);
  v.optional("name", x.name);
  v.optional("basis", x.basis);
  v.always("policy", x.policy);
  v.optional("gaps", x.gaps);
  v.required("inputs", x.inputs);
  v.required("outputs", x.outputs);
  v.required("rules", x.rules);
}

} // namespace banli::detail
