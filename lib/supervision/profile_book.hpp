// The profiles of a monitor: each judged once, and again when time or an event says so.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "case_book.hpp"
#include "case_profile.hpp"
#include <banli/rules/flow_counter.hpp>
#include <banli/supervision/supervise.hpp>

namespace banli::detail {

/// One verdict, and when it may change by time.
struct judged {
  verdict_kind kind = verdict_kind::silent;
  std::optional<instant> wake{};
};

struct profile {
  profile_key key;
  std::uint32_t definition_number = 0;
  std::shared_ptr<const case_definition> definition;
  std::shared_ptr<const case_state> state; ///< of one of its cases; to the rules all are alike
  std::optional<case_clocks> clocks;
  std::vector<flow_event> course; ///< where a rule reads flow.*
  std::vector<judged> verdicts;   ///< rules about the case, then those about each turn
  std::vector<about> firing;      ///< loudest first
  std::optional<instant> wake;
  std::uint32_t looks = 0; ///< by time alone
  std::uint32_t first_member = ~std::uint32_t{0};
  std::uint64_t generation = 0; ///< an instant in the heap is of this one or of none

  /// What was said at the last instant at which something was raised.
  instant said_at{};
  std::vector<std::pair<about, std::shared_ptr<const hit_grounds>>> said;
};

class profile_book {
 public:
  profile_book(rule_set rules, workday_calendar calendar, std::uint32_t looks);

  /// The profile of a state, made and judged where there is none. What has not changed since the
  /// profile `before` is taken over from it. Errors: those of clocks().
  result<std::uint32_t> profile_of(std::shared_ptr<const case_definition> d,
                                   std::shared_ptr<const case_state> s, instant now,
                                   std::uint32_t before);
  void drop(std::uint32_t number);

  std::optional<instant> next();
  /// Judges what is due; the profiles in which a verdict has changed. Errors: limit_exceeded.
  result<std::vector<std::uint32_t>> wake(instant now);

  profile& operator[](std::uint32_t number) { return *profiles_[number]; }
  template <class F>
  void each(F&& f) const {
    for (const auto& p : profiles_)
      if (p) f(*p);
  }

  verdict_kind verdict(const profile& p, const about& of) const {
    return p.verdicts[subject_of(of)].kind;
  }
  bool louder(const about& a, const about& b) const;
  /// Whether a hit of one keeps one of the other down: of the same matter, by a louder rule.
  bool supersedes(const about& louder, const about& quieter) const;
  std::shared_ptr<const hit_grounds> grounds(profile& p, const about& of, instant now,
                                             std::optional<day> trial_until) const;
  node_id step_of(const profile& p, const about& of) const;
  std::vector<std::pair<instant, about>> coming(const profile& p, instant until) const;
  std::vector<unjudged_rule> unjudged(const profile& p, instant now) const;

  const rule& rule_at(std::uint32_t position) const {
    return rules_.rules()[position].definition();
  }
  const rule_set& rules() const { return rules_; }
  const workday_calendar& calendar() const { return calendar_; }
  std::size_t size() const { return by_key_.size(); }
  std::uint64_t judgements() const { return judgements_; }
  std::size_t bytes() const;

 private:
  struct due {
    instant at;
    std::uint32_t profile;
    std::uint64_t generation;
    friend bool operator<(const due& a, const due& b) { return a.at > b.at; }
  };

  std::size_t subject_of(const about& of) const;
  about about_of(std::size_t subject) const;
  judged judge(const profile& p, const about& of, instant now) const;
  template <class F>
  auto with_facts(const profile& p, const about& of, instant now, F&& f) const;
  void judge_all(profile& p, const profile* before, instant now);
  void list_firing(profile& p) const;
  void schedule(std::uint32_t number);

  rule_set rules_;
  workday_calendar calendar_;
  std::uint32_t looks_;
  profile_fields fields_;
  std::vector<std::uint32_t> case_rules_; ///< positions
  std::vector<std::uint32_t> step_rules_;
  std::vector<std::uint32_t> place_;                  ///< by rule: its place in its list
  std::vector<std::uint32_t> rank_;                   ///< by rule: how loud, 0 the loudest
  std::vector<std::vector<std::uint32_t>> kept_down_; ///< by rule: the rules that supersede it
  std::unordered_map<const case_definition*, std::uint32_t> definitions_;
  std::vector<std::unique_ptr<profile>> profiles_;
  std::vector<std::uint32_t> free_;
  std::unordered_map<std::string_view, std::uint32_t> by_key_;
  std::vector<due> heap_;
  std::uint64_t generations_ = 0;
  std::uint64_t serials_ = 0;
  mutable std::uint64_t judgements_ = 0;
  profile_key scratch_;
};

} // namespace banli::detail
