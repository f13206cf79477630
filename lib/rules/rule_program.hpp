// rule_program.hpp — a rule ready to be judged: its variables, its matches, its message.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <banli/rules/rule_set.hpp>

#include "message_template.hpp"

namespace banli::detail {

struct rule_block;

/// A variable, with the slot it is read by.
struct variable_program {
  std::string name;
  std::uint32_t slot = 0; ///< of one that it hides the same
  program computes;
};

/// An entry of a match.
struct match_program {
  std::optional<program> condition; ///< none: always
  std::optional<program> output;    ///< none: true
  std::optional<program> explanation;
  std::shared_ptr<const rule_block> rule; ///< in place of an output; else null
};

/// A rule, or one within a rule.
struct rule_block {
  std::vector<variable_program> variables; ///< in order
  std::vector<match_program> matches;
};

struct rule_program {
  rule definition;
  rule_block body; ///< a rule with a condition has one match
  message_template message_en;
  message_template message_zh;
  std::size_t host_fields = 0;    ///< slots from here on are parameters
  std::size_t first_variable = 0; ///< and from here on variables
  std::vector<value> parameters;  ///< by slot - host_fields
  std::vector<std::string> reads;
  std::vector<std::string> shows; ///< of the messages
  evaluation_limits limits;
};

} // namespace banli::detail
