// rule_set.hpp — rules that have been checked and can be judged.
//
//   compiled_rules c = compile_rules({r1, r2}, env);
//   c.problems;                                  // duplicate ids, unknown fields, conditions not
//   bool … const compiled_rule* r = c.rules->find(rule_id{"T-80"}); verdict v =
//   r->judge(facts_of_the_case); v.kind;                                      // fires
//   v.holds_until;                               // none: by time alone it stays so
//   r->facts(facts_of_the_case);                 // case.elapsed_workdays = 19, case.promised_days
//   = 20 r->message(facts_of_the_case, language::zh); // "已用 19 个工作日,承诺 20 个"
//
// The activation is written for the environment that was given to compile_rules(); it need not know
// of parameters.
//
// A verdict has three kinds, because a rule that cannot be judged must not look like a rule that is
// content. Which field was missing is itself a finding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/expression/activation.hpp>
#include <banli/expression/environment.hpp>
#include <banli/expression/program.hpp>
#include <banli/rules/flow_counter.hpp>
#include <banli/rules/rule.hpp>
#include <banli/time/civil.hpp>

namespace banli {

namespace detail {
struct rule_program;
}

struct verdict {
  verdict_kind kind = verdict_kind::silent;
  banli::value output = false;      ///< of the match; true where a rule has a condition; null: none
  std::optional<std::size_t> match; ///< the entry that decided, from 0; none: none did
  std::vector<std::size_t> within;  ///< the entry of its nested rule, of that one's, and so on
  std::vector<std::string> missing; ///< the fields without which it is unjudgeable
  std::optional<error> why;         ///< the error of the condition, when it is unjudgeable by that
  std::optional<instant> holds_until; ///< earliest instant at which it could change by time
};

/// Bounds of a set of rules.
struct rule_limits {
  std::size_t rules = 10'000;
  std::size_t parameters = 100; ///< of one rule
  std::size_t tests = 1'000;    ///< of one rule
  std::size_t variables = 100;  ///< of one rule, nested ones included
  std::size_t matches = 100;    ///< of one rule, nested ones included
  std::size_t nesting = 10;     ///< rules within rules
  expression_limits expression;
  evaluation_limits evaluation;
};

/// One rule, ready to be judged. Copies share what is behind them; many threads may judge at once.
class compiled_rule {
 public:
  const rule& definition() const;
  const rule_id& id() const { return definition().id; }
  /// The fields its conditions, outputs and explanations may read, also by way of its variables;
  /// sorted, without parameters.
  const std::vector<std::string>& reads() const;

  /// The fields its messages show; sorted, without parameters.
  const std::vector<std::string>& shows() const;

  verdict judge(const activation& from) const;
  /// The facts that decided; for a rule that fires, what made it fire.
  std::vector<fact> facts(const activation& from) const;
  /// How the condition came out; of a rule with several the one that decided, or else the last.
  reasoning explain(const activation& from) const;
  /// What the entry that decided says for itself; empty where it says nothing, or fails.
  std::string explanation(const activation& from) const;
  /// A variable's value, and what it was computed from; as the entry that decided sees it. Nothing
  /// when it sees none of that name.
  std::optional<reasoning> variable(std::string_view name, const activation& from) const;
  /// The names of the variables that the entry that decided sees, in order, outer ones first.
  std::vector<std::string> variables_in_sight(const activation& from) const;
  /// The message filled in; what is missing or fails shows as "?". A language without a template
  /// falls back to the other, and without any to the explanation, and then to the rule's name.
  std::string message(const activation& from, language in) const;

 private:
  friend class rule_set_builder;
  explicit compiled_rule(std::shared_ptr<const detail::rule_program> p) : parts_(std::move(p)) {}
  std::shared_ptr<const detail::rule_program> parts_;
};

class rule_set {
 public:
  /// In the order they were given.
  std::span<const compiled_rule> rules() const { return rules_; }
  const compiled_rule* find(const rule_id& id) const;
  /// What flow.* reads; null where the rules know no counters or constraints.
  const compiled_counters* flow() const { return flow_ ? &*flow_ : nullptr; }
  /// Says what flow.* reads; the rules were compiled with its words().
  void watch_flow(compiled_counters c) { flow_ = std::move(c); }
  /// The rules that may read a field; who changes the field judges these again.
  std::vector<const compiled_rule*> reading(std::string_view path) const;
  /// Every field that some rule may read, with the positions of these rules.
  const std::map<std::string, std::vector<std::size_t>, std::less<>>& index() const {
    return index_;
  }
  /// What the rules read or show that facts in these words, and flow(), do not give: a field that
  /// is not among them or stands in another slot, as of rules that were compiled for other words.
  /// Whoever is handed rules and facts apart asks this first; such a rule would never fire, and say
  /// nothing. Errors: unknown_field.
  problems foreign_to(const environment& words) const;

 private:
  friend class rule_set_builder;
  std::vector<compiled_rule> rules_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> index_;
  std::map<std::string, std::uint32_t, std::less<>> slots_; // of what is read or shown
  std::optional<compiled_counters> flow_;
};

/// A set of rules, or everything that is wrong with them. There are rules exactly when there are no
/// problems.
struct compiled_rules {
  std::optional<rule_set> rules;
  banli::problems problems;
};

/// Checks every rule. Errors: missing_field (id, condition, expression of a variable), duplicate_id
/// (rule, parameter or variable), unknown_reference (superseded rule), bad_value (supersedes
/// itself, effective dates reversed, parameter of no usable kind, name of a parameter or variable,
/// both a condition and a match, a match that nothing can reach, an entry with a nested rule and an
/// output, a variable that is a record),
/// limit_exceeded, and what compile() finds in expressions, messages and test bindings.
compiled_rules compile_rules(std::vector<rule> rules, const environment& env,
                             const rule_limits& limits = {});

/// Runs every rule's own tests; empty when all give what their author expected. Errors: bad_value.
problems run_rule_tests(const rule_set& rules);

} // namespace banli
