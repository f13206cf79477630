// The profiles of a monitor: each judged once, and again when time or an event says so.
#pragma once

#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "case_book.hpp"
#include "case_profile.hpp"
#include <banli/rules/flow_counter.hpp>
#include <banli/supervision/supervise.hpp>

namespace banli::detail {

/// When a verdict may change by time.
struct due_verdict {
  subject of = 0;
  instant at{};
};

/// What cases that look alike are judged by: one of them, as it was told.
struct looked_at {
  std::shared_ptr<const case_definition> definition;
  std::shared_ptr<const case_state> state; ///< to the rules all are alike
  std::optional<case_clocks> clocks;
  std::vector<flow_event> course; ///< where a rule reads flow.*

  node_id step_of(const about& of) const;
};

struct profile {
  profile_key key;
  std::uint32_t definition_number = 0;
  std::shared_ptr<const looked_at> seen;
  std::vector<verdict_kind> verdicts; ///< by subject
  std::vector<due_verdict> wakes;     ///< of those that time may change; by subject
  std::vector<subject> firing;        ///< loudest first
  std::optional<instant> wake;
  std::uint32_t looks = 0; ///< by time alone
  std::uint32_t first_member = ~std::uint32_t{0};
  std::uint64_t generation = 0; ///< an instant in the heap is of this one or of none
};

class profile_book {
 public:
  profile_book(watched_rules rules, workday_calendar calendar, std::uint32_t looks);

  /// The profile of a state, made and judged where there is none. What has not changed since the
  /// profile `before` is taken over from it. Errors: those of clocks().
  result<std::uint32_t> profile_of(const std::shared_ptr<const case_definition>& d,
                                   const std::shared_ptr<const case_state>& s, instant now,
                                   std::uint32_t before);
  void drop(std::uint32_t number);

  std::optional<instant> next();
  /// Judges what is due; the profiles in which a verdict has changed. Errors: limit_exceeded.
  result<std::vector<std::uint32_t>> wake(instant now);

  profile& operator[](std::uint32_t number) { return *profiles_[number]; }
  const profile& operator[](std::uint32_t number) const { return *profiles_[number]; }
  template <class F>
  void each(F&& f) const {
    for (const auto& p : profiles_)
      if (p) f(*p);
  }

  std::vector<std::pair<instant, about>> coming(const profile& p, instant until) const;
  std::vector<unjudged_rule> unjudged(const profile& p, instant now) const;
  /// What a rule that fired then says of what was looked at.
  hit_grounds grounds(const looked_at& seen, const about& of, instant then) const;

  const watched_rules& rules() const { return rules_; }
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

  class facts_then;
  struct judged {
    verdict_kind kind = verdict_kind::silent;
    std::optional<instant> wake{};
  };

  std::uint32_t number_of(const std::shared_ptr<const case_definition>& d);
  judged judge(facts_then& facts, const about& of, instant now) const;
  void judge_all(profile& p, const profile* before, instant now);
  void judge_what_is_due(profile& p, instant now);
  void list_firing(profile& p) const;
  void schedule(std::uint32_t number);

  watched_rules rules_;
  workday_calendar calendar_;
  std::uint32_t looks_;
  profile_fields fields_;
  /// Their numbers in keys; kept, so that none begins where another was.
  std::unordered_map<std::shared_ptr<const case_definition>, std::uint32_t> definitions_;
  std::vector<std::unique_ptr<profile>> profiles_;
  std::vector<std::uint32_t> free_;
  std::unordered_map<std::string_view, std::uint32_t> by_key_;
  std::vector<due> heap_;
  std::uint64_t generations_ = 0;
  std::uint64_t serials_ = 0;
  mutable std::uint64_t judgements_ = 0;
  profile_key scratch_;
  std::vector<due_verdict> wakes_; ///< of the profile that is judged
};

} // namespace banli::detail
