// Rules for tests of supervision.
#pragma once

#include <doctest/doctest.h>

#include <banli/engine/case_facts.hpp>
#include <banli/rules/rule_set.hpp>

namespace sample {

using namespace banli;

inline rule written(const char* id, banli::level level, rule_scope scope, const char* condition,
                    std::vector<rule_id> supersedes = {}) {
  rule r;
  r.id = rule_id{id};
  r.name = {id, id};
  r.level = level;
  r.scope = scope;
  r.condition = condition;
  r.message = {"used {case.elapsed_workdays}", "已用 {case.elapsed_workdays}"};
  r.supersedes = std::move(supersedes);
  return r;
}

inline rule_set compiled_of(std::vector<rule> rules) {
  compiled_rules c = compile_rules(std::move(rules), fact_environment());
  for (const error& e : c.problems) FAIL(to_string(e, language::en));
  return *std::move(c.rules);
}

} // namespace sample
