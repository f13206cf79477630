#include "document/rules_judge.hpp"

#include <algorithm>
#include <set>

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

/// Puts the places of the parts into a rule; `at` says where a scalar or a map of them begins.
template <class Where>
void put_places(read_rule& r, Where at) {
  r.value.where = r.node.where();
  rule_expression condition;
  put(condition, r.node.find("condition"), at);
  r.value.condition_where = condition.where;
  r.value.condition_continuation_column = condition.continuation_column;
  const yaml_node variables = r.node.find("variables");
  for (std::size_t i = 0; i < r.value.variables.size(); ++i)
    put(r.value.variables[i].expression, variables.element(i).find("expression"), at);
  const yaml_node matches = r.node.find("match");
  for (std::size_t i = 0; i < r.value.match.size(); ++i) {
    rule_match& m = r.value.match[i];
    put(m.condition, matches.element(i).find("condition"), at);
    put(m.output, matches.element(i).find("output"), at);
    put(m.explanation, matches.element(i).find("explanation"), at);
  }
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

} // namespace

std::optional<rule_set> judge_rules(const std::vector<located<rules_document>>& documents,
                                    const environment& env, text_places& places, findings& found,
                                    rule_testing tests) {
  std::vector<read_rule> all = usable(documents, found);
  compiled_rules judged =
      compile_rules(with_places(all, [&](yaml_node n) { return places.stand_in(n); }), env);
  if (judged.rules && tests == rule_testing::run) {
    problems failed = run_rule_tests(*judged.rules);
    judged.problems.insert(judged.problems.end(), failed.begin(), failed.end());
  }
  places.settle(judged.problems);
  const bool good = judged.rules && judged.problems.empty();
  found.add(std::move(judged.problems));
  if (!good) return std::nullopt;
  // Compiled once more with places that mean something to whoever reads the rules later.
  return compile_rules(with_places(all, [](yaml_node n) { return n.where(); }), env).rules;
}

} // namespace banli::detail
