// The supervision rules of a configuration: compiled, and tried with the tests they carry.
#include <banli/engine/case_facts.hpp>

#include "document/assembly.hpp"
#include "document/rules_judge.hpp"

namespace banli::detail {

void assembly::rules(configuration& c) {
  if (!set_.rules.empty())
    c.rules = judge_rules(set_, fact_environment(), places_, found_, rule_testing::run);
}

} // namespace banli::detail
