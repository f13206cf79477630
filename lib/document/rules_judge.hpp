// rules_judge.hpp — the rules of some documents: compiled, and tried with the tests they carry.
#pragma once

#include <optional>

#include <banli/rules/flow_constraint.hpp>
#include <banli/rules/rule_set.hpp>

#include "document/document_set.hpp"
#include "document/text_places.hpp"

namespace banli::detail {

/// Whether the tests that rules carry are run, and are problems when they fail.
enum class rule_testing : std::uint8_t { run, left };

/// The rules of some documents, where nothing is wrong with them; what is goes to the findings.
/// `course`: what their counters and constraints may look at.
std::optional<rule_set> judge_rules(const std::vector<located<rules_document>>& documents,
                                    const environment& env, const flow_words& course,
                                    text_places& places, findings& found, rule_testing tests);

} // namespace banli::detail
