#include "document/rules_judge.hpp"

#include <algorithm>
#include <set>

#include <banli/engine/case_course.hpp>

namespace banli::detail {
namespace {

/// A rule and the map it was read from.
struct read_rule {
  rule value;
  yaml_node node;
};

template <class Where>
void put(rule_expression& e, yaml_node n, Where at) {
  if (!n) return;
  const int block = n.block_column();
  e.where = n.straight() || block > 0 ? n.where() : at(n);
  e.continuation_column = block > 0 ? block : 1;
}

/// Puts the places of variables and matches into a rule, or a rule within one.
template <class Rule, class Where>
void put_places(Rule& r, yaml_node n, Where at) {
  const yaml_node variables = n.find("variables");
  for (std::size_t i = 0; i < r.variables.size(); ++i)
    put(r.variables[i].expression, variables.element(i).find("expression"), at);
  const yaml_node matches = n.find("match");
  for (std::size_t i = 0; i < r.match.size(); ++i) {
    rule_match& m = r.match[i];
    const yaml_node entry = matches.element(i);
    put(m.condition, entry.find("condition"), at);
    put(m.output, entry.find("output"), at);
    put(m.explanation, entry.find("explanation"), at);
    if (m.rule) put_places(*m.rule, entry.find("rule"), at);
  }
}

/// Puts the places of the parts into a rule; `at` says where a scalar or a map of them begins.
template <class Where>
void put_places(read_rule& r, Where at) {
  r.value.where = r.node.where();
  rule_expression condition;
  put(condition, r.node.find("condition"), at);
  r.value.condition_where = condition.where;
  r.value.condition_continuation_column = condition.continuation_column;
  put_places(r.value, r.node, at);
  if (const yaml_node message = r.node.find("message"))
    r.value.message_where = message.straight() ? message.where() : at(message);
  const yaml_node tests = r.node.find("tests");
  for (std::size_t i = 0; i < r.value.tests.size(); ++i)
    r.value.tests[i].where = tests.element(i).where();
}

template <class Where>
std::vector<rule> with_places(std::vector<read_rule>& all, Where at) {
  std::vector<rule> out;
  for (read_rule& r : all) {
    put_places(r, at);
    out.push_back(r.value);
  }
  return out;
}

/// Whether a value below a node was refused while reading.
bool has_fault(yaml_node n, const findings& found) {
  if (found.blamed(n.where())) return true;
  if (n.is(yaml_kind::scalar) || n.is(yaml_kind::null)) return false;
  for (yaml_node e = n.first(); e; e = e.next())
    if (has_fault(e, found)) return true;
  return false;
}

/// The rules that can be compiled, in the order of the files. A rule that refers to one that cannot
/// keeps its other references: the missing one has its own problem already.
std::vector<read_rule> usable(const std::vector<located<rules_document>>& documents,
                              findings& found) {
  std::vector<read_rule> out;
  std::set<rule_id> unusable;
  for (const located<rules_document>& d : documents) {
    yaml_node n = d.node.find("rules");
    n = n.is(yaml_kind::list) ? n.first() : yaml_node{};
    for (const rule& r : d.value.rules) {
      if (n.is(yaml_kind::map) && !n.find("condition") && !n.find("match"))
        found.add(at(make_error(errc::missing_field, "'condition' is missing", "缺少“condition”"),
                     n.where()));
      const bool whole = n.is(yaml_kind::map) &&
                         (n.find("condition").is(yaml_kind::scalar) || !r.match.empty()) &&
                         !r.id.empty() && (d.sound || !has_fault(n, found));
      if (whole)
        out.push_back({r, n});
      else
        unusable.insert(r.id);
      n = n.next();
    }
  }
  for (read_rule& r : out)
    std::erase_if(r.value.supersedes, [&](const rule_id& id) { return unusable.contains(id); });
  return out;
}

/// An expression of a counter or a constraint, with its place.
rule_expression expression_at(const std::string& source, yaml_node n, text_places& places) {
  rule_expression e{source, {}, 1};
  put(e, n, [&](yaml_node at) { return places.stand_in(at); });
  return e;
}

flow_counter counter_of(const counter_entry& x, yaml_node n, text_places& places) {
  flow_counter c;
  c.name = x.name;
  c.activities = x.activities;
  c.where = expression_at(x.where, n.find("where"), places);
  c.of = x.of;
  c.stands = n.where();
  if (x.window_days) c.window = std::chrono::hours{24} * *x.window_days;
  if (x.window_hours)
    c.window = c.window.value_or(std::chrono::seconds{0}) + std::chrono::hours{*x.window_hours};
  return c;
}

flow_constraint constraint_of(const constraint_entry& x, yaml_node n, text_places& places) {
  flow_constraint c;
  c.id = rule_id{x.name};
  c.kind = x.kind;
  c.a = x.a;
  c.b = x.b;
  if (x.count) c.count = static_cast<std::size_t>(std::max(0, *x.count));
  c.where_a = expression_at(x.where_a, n.find("where_a"), places);
  c.where_b = expression_at(x.where_b, n.find("where_b"), places);
  c.correlation = expression_at(x.correlation, n.find("correlation"), places);
  if (x.least_hours) c.within.least = std::chrono::hours{*x.least_hours};
  if (x.most_hours) c.within.most = std::chrono::hours{*x.most_hours};
  c.where = n.where();
  return c;
}

/// What flow.* reads, of all the documents together; nothing where there is none, or it is wrong.
std::optional<compiled_counters> flow_of(const std::vector<located<rules_document>>& documents,
                                         const environment& env, const flow_words& course,
                                         text_places& places, problems& found) {
  std::vector<flow_counter> counters;
  std::vector<flow_constraint> constraints;
  for (const located<rules_document>& d : documents) {
    const yaml_node listed = d.node.find("counters");
    for (std::size_t i = 0; i < d.value.counters.size(); ++i)
      counters.push_back(counter_of(d.value.counters[i], listed.element(i), places));
    const yaml_node bound = d.node.find("constraints");
    for (std::size_t i = 0; i < d.value.constraints.size(); ++i)
      constraints.push_back(constraint_of(d.value.constraints[i], bound.element(i), places));
  }
  if (counters.empty() && constraints.empty()) return std::nullopt;
  counter_compilation made =
      compile_counters(std::move(counters), std::move(constraints), env, course);
  found.insert(found.end(), made.problems.begin(), made.problems.end());
  return std::move(made.counters);
}

} // namespace

std::optional<rule_set> judge_rules(const std::vector<located<rules_document>>& documents,
                                    const environment& env, const flow_words& course,
                                    text_places& places, findings& found, rule_testing tests) {
  std::vector<read_rule> all = usable(documents, found);
  problems of_flow;
  const std::optional<compiled_counters> flow = flow_of(documents, env, course, places, of_flow);
  if (!of_flow.empty()) { // rules that read flow.* would be wrong for its sake
    places.settle(of_flow);
    found.add(std::move(of_flow));
    return std::nullopt;
  }
  const environment& words = flow ? flow->words() : env;
  compiled_rules judged =
      compile_rules(with_places(all, [&](yaml_node n) { return places.stand_in(n); }), words);
  if (judged.rules && tests == rule_testing::run) {
    problems failed = run_rule_tests(*judged.rules);
    judged.problems.insert(judged.problems.end(), failed.begin(), failed.end());
  }
  places.settle(judged.problems);
  const bool good = judged.rules && judged.problems.empty();
  found.add(std::move(judged.problems));
  if (!good) return std::nullopt;
  // Compiled once more with places that mean something to whoever reads the rules later.
  auto out = compile_rules(with_places(all, [](yaml_node n) { return n.where(); }), words).rules;
  if (out && flow) out->watch_flow(*flow);
  return out;
}

} // namespace banli::detail
