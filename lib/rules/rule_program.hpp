// rule_program.hpp — a rule ready to be judged: its variables, its matches, its message.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <banli/rules/rule_set.hpp>

#include "message_template.hpp"

namespace banli {

struct compiled_rule::parts {
  struct match {
    std::optional<program> condition; ///< none: always
    std::optional<program> output;    ///< none: true
    std::optional<program> explanation;
  };

  rule definition;
  std::vector<program> variables; ///< in order
  std::vector<match> matches;     ///< a rule with a condition has one
  detail::message_template message_en;
  detail::message_template message_zh;
  std::size_t host_fields = 0;      ///< slots from here on are parameters
  std::size_t first_variable = 0;   ///< and from here on variables
  std::vector<value> parameters;    ///< by slot - host_fields
  std::vector<std::string> aliases; ///< by variable: the field that it is another name of, or empty
  std::vector<std::uint32_t> alias_slots;
  std::vector<std::string> reads;
  std::vector<std::string> shows; ///< of the messages
  evaluation_limits limits;
};

} // namespace banli
