// compile_block.hpp — the variables and matches of a rule, and of the rules within it.
#pragma once

#include <string_view>

#include <banli/expression/environment.hpp>
#include <banli/rules/rule.hpp>
#include <banli/rules/rule_set.hpp>

#include "rule_program.hpp"

namespace banli::detail {

/// Whether parameters and variables may be called so.
bool is_rule_name(std::string_view s);

/// Compiles them and declares the variables of the rule itself in env. What is wrong goes to
/// `found`; then the block is not to be used. Errors: see compile_rules().
rule_block compile_block(const rule& r, environment& env, const rule_limits& limits,
                         problems& found);

} // namespace banli::detail
