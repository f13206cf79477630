// The supervision rules of a configuration: compiled, and tried with the tests they carry.
#include "document/assembly.hpp"

#include <algorithm>
#include <set>

#include <banli/engine/case_facts.hpp>

namespace banli::detail {
namespace {

/// A rule and the map it was read from.
struct read_rule {
  rule value;
  yaml_node node;
};

/// Puts the places of the parts into a rule; `at` says where a scalar or a map of them begins.
template <class Where>
void put_places(read_rule& r, Where at) {
  r.value.where = r.node.where();
  const yaml_node condition = r.node.find("condition");
  const int block = condition.block_column();
  r.value.condition_where = condition.straight() || block > 0 ? condition.where() : at(condition);
  r.value.condition_continuation_column = block > 0 ? block : 1;
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
std::vector<read_rule> usable(const document_set& set, const findings& found) {
  std::vector<read_rule> out;
  std::set<rule_id> unusable;
  for (const located<rules_document>& d : set.rules) {
    yaml_node n = d.node.find("rules");
    n = n.is(yaml_kind::list) ? n.first() : yaml_node{};
    for (const rule& r : d.value.rules) {
      const bool whole = n.is(yaml_kind::map) && n.find("condition").is(yaml_kind::scalar) &&
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

void assembly::rules(configuration& c) {
  if (set_.rules.empty()) return;
  std::vector<read_rule> all = usable(set_, found_);
  const environment env = fact_environment();
  compiled_rules judged =
      compile_rules(with_places(all, [&](yaml_node n) { return places_.stand_in(n); }), env);
  if (judged.rules) {
    problems failed = run_rule_tests(*judged.rules);
    judged.problems.insert(judged.problems.end(), failed.begin(), failed.end());
  }
  places_.settle(judged.problems);
  const bool good = judged.rules && judged.problems.empty();
  found_.add(std::move(judged.problems));
  if (!good) return;
  // Compiled once more with places that mean something to whoever reads the rules later.
  c.rules = compile_rules(with_places(all, [](yaml_node n) { return n.where(); }), env).rules;
}

} // namespace banli::detail
