// The supervision and pre-commit rules of a configuration: compiled, and tried with the tests they
// carry.
#include <banli/engine/case_facts.hpp>
#include <banli/engine/commit_rules.hpp>

#include "document/assembly.hpp"
#include "document/rules_judge.hpp"

namespace banli::detail {

void assembly::rules(configuration& c) {
  if (!set_.rules.empty())
    c.rules = judge_rules(set_.rules, fact_environment(), places_, found_, rule_testing::run);
  if (set_.commit_rules.empty()) return;
  std::vector<located<rules_document>> documents;
  for (const located<commit_rules_document>& d : set_.commit_rules)
    documents.push_back(
        {{.counters = {}, .constraints = {}, .rules = d.value.rules}, d.node, d.sound});
  c.commit_rules = judge_rules(documents, commit_environment(), places_, found_, rule_testing::run);
}

} // namespace banli::detail
