// rule_parameters.hpp — the thresholds of rules, set without writing the rules anew.
//
//   auto f = load_rule_pack("supervision");
//   compiled_rules c = with_parameters(*f->rules, fact_environment(), {{"A003.share=0.9"}});
//   c.rules->find(rule_id{"A003"})->definition().parameters[0].value;     // 0.9
//
// A setting is RULE.PARAMETER=VALUE; the value is read as the kind the default has, so that a share
// stays a number and a word a word. A rule is switched off by a threshold that nothing reaches, and
// the book that warns on the last day instead of at four fifths is A003.share=2.0. The own tests of
// a rule are about its defaults: they go with the settings of their rule.
#pragma once

#include <span>
#include <string>

#include <banli/rules/rule_set.hpp>

namespace banli {

/// The rules with other values of their parameters; flow.* is counted as before. `words` are those
/// the rules were compiled for. Errors: bad_value (no RULE.PARAMETER=VALUE; a value of another
/// kind), unknown_reference (no such rule or parameter; did you mean), duplicate_key, and those of
/// compile_rules().
compiled_rules with_parameters(const rule_set& rules, const environment& words,
                               std::span<const std::string> settings);

} // namespace banli
