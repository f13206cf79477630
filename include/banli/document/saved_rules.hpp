// saved_rules.hpp — the supervision rules of an office (监察规则库) as a document.
//
// Rules are read with the configuration they belong to (configuration.hpp) and written back here,
// so that the rule repository can be handed on: type, description and parameters of every rule, its
// tests, its days.
//
//   save(*configuration.rules);      // kind: rules\nrules:\n  - id: T-1\n …
//
// What rules read as flow.* is written with them: counters and constraints.
//
// What is saved is canonical: read again it gives the same rules, and saved again the same text.
// The two languages of a text are one line where they are the same.
//
// Source: 国办函〔2011〕99号, guide (监察规则库: 监察规则类型、描述、参数).
#pragma once

#include <span>
#include <string>

#include <banli/base/result.hpp>
#include <banli/rules/rule.hpp>
#include <banli/rules/rule_set.hpp>

namespace banli {

/// A document of kind rules. Errors: bad_utf8; bad_value (a parameter or a binding of a test whose
/// value documents cannot hold: they hold texts, numbers, truths and lists of these; a bound path
/// that is none).
result<std::string> save(std::span<const rule> rules);

/// The same of rules that have been checked, with their counters and constraints. Errors: also
/// bad_value (a window that is no number of whole hours, the name of a constraint: documents know
/// its id only).
result<std::string> save(const rule_set& rules);

} // namespace banli
