// The rules of a watch by number: those of one set, or of two that are watched side by side.
//
// Rules of two sets know nothing of each other, whatever their names: both say what they would say
// alone, and what they read is looked up once.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <banli/rules/rule_set.hpp>

namespace banli::detail {

/// What a verdict is about: a rule, and for a rule about steps a turn of one.
struct about {
  std::uint32_t rule = 0;
  std::uint32_t turn = no_turn;

  static constexpr std::uint32_t no_turn = ~std::uint32_t{0};
  friend bool operator==(const about&, const about&) = default;
};

/// The number of what a verdict is about: rules about the case come first, then those about its
/// first turn of a step, its second and so on. The same in all cases.
using subject = std::uint32_t;

class watched_rules {
 public:
  explicit watched_rules(const rule_set& rules) {
    add(rules);
    rank();
  }
  /// The rules of the second set are numbered after those of the first; none of either reads
  /// flow.*.
  watched_rules(const rule_set& first, const rule_set& second) {
    add(first);
    add(second);
    rank();
  }

  std::span<const compiled_rule> all() const { return all_; }
  const compiled_rule& operator[](std::uint32_t rule) const { return all_[rule]; }
  const rule& at(subject s) const { return all_[about_of(s).rule].definition(); }
  /// Why they cannot be watched: they are rules in other words than facts of a case.
  const std::optional<error>& foreign() const { return foreign_; }
  const compiled_counters* flow() const { return flow_ ? &*flow_ : nullptr; }

  /// How many there are in a case with so many turns of steps.
  std::size_t subjects(std::size_t turns) const {
    return case_rules_.size() + turns * step_rules_.size();
  }
  bool about_steps() const { return !step_rules_.empty(); }
  about about_of(subject s) const {
    if (s < case_rules_.size()) return {case_rules_[s], about::no_turn};
    const auto of_steps = static_cast<std::uint32_t>(s - case_rules_.size());
    const auto per_turn = static_cast<std::uint32_t>(step_rules_.size());
    return {step_rules_[of_steps % per_turn], of_steps / per_turn};
  }

  subject subject_of(const about& of) const {
    if (of.turn == about::no_turn) return place_[of.rule];
    return static_cast<subject>(subjects(of.turn)) + place_[of.rule];
  }

  bool louder(subject a, subject b) const;
  /// Whether a rule keeps others down or is kept down.
  bool in_family(subject s) const { return in_family_[about_of(s).rule]; }
  /// Whether a hit of one keeps one of the other down: of the same matter, by a louder rule.
  bool supersedes(subject louder, subject quieter) const;

 private:
  void add(const rule_set& rules);
  void rank();

  std::vector<compiled_rule> all_;
  std::optional<error> foreign_;
  std::optional<compiled_counters> flow_;
  std::vector<std::uint32_t> case_rules_; ///< their numbers
  std::vector<std::uint32_t> step_rules_;
  std::vector<std::uint32_t> place_;                  ///< by rule: its place in its list
  std::vector<std::uint32_t> rank_;                   ///< by rule: how loud, 0 the loudest
  std::vector<std::vector<std::uint32_t>> kept_down_; ///< by rule: the rules that supersede it
  std::vector<char> in_family_;
};

} // namespace banli::detail
