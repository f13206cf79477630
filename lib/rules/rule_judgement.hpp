// rule_judgement.hpp — one judgement of a rule.
//
// Variables are read like fields and computed when they are first read; those of a rule within a
// rule lie in a scope of their own, which sees the scopes around it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rule_program.hpp"

namespace banli::detail {

/// The host's fields; in the slots after them the rule's parameters, then the variables in sight.
class rule_scope final : public activation {
 public:
  /// outer: null of the rule itself.
  rule_scope(const rule_program& p, const activation& host, const rule_block& block,
             const rule_scope* outer)
      : p_(p), host_(host), block_(block), outer_(outer), variables_(block.variables.size()),
        behind_(block.variables.size()) {}

  reading read(field_ref f) const override;
  std::optional<instant> reaches(field_ref f, const value& threshold) const override;
  std::optional<std::vector<condition_turn>> behind(field_ref f) const override;

  /// The outcome of an expression of the rule, with true causes: a variable that failed is not
  /// missing.
  outcome run(const program& p) const;
  /// The same with its reasons; facts behind variables are facts.
  reasoning explain(const program& p) const;

  /// Where a variable in sight is, and its number there; a null scope when there is none.
  struct seat {
    const rule_scope* scope = nullptr;
    std::size_t number = 0;
  };
  seat variable_named(std::string_view name) const;
  /// What it is, and what it was computed from.
  reasoning explain(const seat& variable) const;
  /// Outer ones first; of hidden ones the name once.
  std::vector<std::string> names() const;

 private:
  /// While a variable is computed, only those above it are in sight: one may hide another of its
  /// name and read it.
  class narrowed_sight {
   public:
    explicit narrowed_sight(const seat& v) : scope_(*v.scope), before_(scope_.in_sight_) {
      scope_.in_sight_ = v.number;
    }
    ~narrowed_sight() { scope_.in_sight_ = before_; }
    narrowed_sight(const narrowed_sight&) = delete;
    narrowed_sight& operator=(const narrowed_sight&) = delete;

   private:
    const rule_scope& scope_;
    std::size_t before_;
  };

  const program& program_of(const seat& v) const {
    return v.scope->block_.variables[v.number].computes;
  }
  seat variable_in(std::uint32_t slot) const;
  seat variable_at(std::string_view path) const;
  /// A variable's outcome, computed once. It reads only variables above it, so this ends.
  const outcome& variable(std::size_t v) const;
  /// Puts the causes of a variable in its place.
  void settle(outcome& o) const;
  void add(std::vector<fact>& all, fact f) const;

  const rule_program& p_;
  const activation& host_;
  const rule_block& block_;
  const rule_scope* outer_;
  mutable std::vector<std::optional<outcome>> variables_;
  mutable std::vector<std::optional<std::vector<condition_turn>>>
      behind_; // of variables, once asked
  mutable std::size_t in_sight_ = variables_.size();
};

class rule_judgement {
 public:
  /// Judges at once.
  rule_judgement(const rule_program& p, const activation& host);

  const verdict& says() const { return verdict_; }
  std::vector<fact> facts() const;
  reasoning explain() const;
  std::string explanation() const;
  /// Of the entry that decided; else of the rule.
  const rule_scope& in_sight() const;

 private:
  /// An entry, the scope in which it was asked, and its number there.
  struct asked_entry {
    const match_program* entry;
    const rule_scope* scope;
    std::size_t number;
  };
  /// Whether the rules are done with: decided, or not to be judged.
  enum class course : std::uint8_t { goes_on, ends };

  void go_through(const rule_block& block, const rule_scope& scope);
  course ask(const asked_entry& asked);
  course unjudgeable(outcome o);
  course decided(const asked_entry& by);

  const rule_program& p_;
  const activation& host_;
  rule_scope whole_;
  std::vector<std::unique_ptr<const rule_scope>> inner_;
  std::vector<asked_entry> asked_; // whose conditions were asked, in order
  std::vector<asked_entry> path_;  // entered, or decided: from the outermost
  verdict verdict_;
  bool decided_ = false; // the last of the path gave its output, or failed to
};

} // namespace banli::detail
