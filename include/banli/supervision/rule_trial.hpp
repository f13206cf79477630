// rule_trial.hpp — what other rules, or another calendar, would have said of the same events
// (规则回测): both are watched side by side, and the difference of their hits is listed.
//
//   rule_trial t({rules, calendar}, {changed, calendar});
//   t.asked();                                        // T-1 changed, T-2 superseded by it
//   t.tell(definition, state, e.at);                  // after every event, in order of time
//   trial_difference d = *t.finish(tonight);
//   d.only_before.size(); d.only_after[0].rule; d.same
//   hit_difference all = d.whole();                   // or every hit of it at once
//
// Only rules that can say something else are asked again: those that were added, removed or
// changed; those that read what is counted otherwise (flow.*, and what a calendar moves, if that is
// tried); and those that are silent while one of these is open. The hits of all others are the same
// by construction. Rules that supersede one that is asked again are watched beside it, because they
// decide when it is silent, and are not compared.
//
// Hits are the same that are of one case, turn of a step and rule and were raised at one instant;
// they are changed where they ended otherwise or say something else.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include <banli/supervision/monitor.hpp>

namespace banli {

/// Why a rule is asked again.
enum class asked_why : std::uint8_t {
  added,
  removed,
  changed,    ///< it says something else: condition, threshold, message, level, days in force …
  reads,      ///< a counter or constraint it reads is another
  calendar,   ///< it reads what the calendar counts, or its hits lapse by it
  superseded, ///< a rule that is asked again keeps it silent, or did
};

std::string_view to_string(asked_why w);
std::string_view label(asked_why w);

struct asked_rule {
  rule_id rule;
  asked_why why{};

  friend bool operator==(const asked_rule&, const asked_rule&) = default;
};

/// The rules whose hits may differ, by id.
std::vector<asked_rule> rules_to_ask(const rule_set& before, const rule_set& after,
                                     bool other_calendar = false, bool hits_lapse = false);

/// Two lists of hits compared; each by instant, case, rule and step.
struct hit_difference {
  std::vector<hit> only_before;
  std::vector<hit> only_after;
  std::vector<std::pair<hit, hit>> changed;
  std::size_t same = 0; ///< of the rules that were asked again

  /// Takes in the difference of other cases.
  void add(hit_difference other);
};

hit_difference compare_hits(std::vector<hit> before, std::vector<hit> after);

namespace detail {
struct trial_side;
struct trial_hit;
} // namespace detail

/// Hits of one side of a trial, by instant, number of the case (they are numbered as they were told
/// of first), rule and turn of a step. Each is 64 bytes until it is asked for.
class trial_hits {
 public:
  trial_hits();
  explicit trial_hits(std::shared_ptr<const detail::trial_side> of);
  ~trial_hits();
  trial_hits(trial_hits&&) noexcept;
  trial_hits& operator=(trial_hits&&) noexcept;

  std::size_t size() const;
  bool empty() const { return size() == 0; }
  /// A whole hit, made anew each time.
  hit operator[](std::size_t i) const;
  /// All, by instant, case, rule and step.
  std::vector<hit> whole() const;

 private:
  friend class rule_trial;
  std::shared_ptr<const detail::trial_side> of_;
  std::vector<detail::trial_hit> all_;
};

/// A difference of hits, without what they say. It lives on without its trial.
struct trial_difference {
  trial_hits only_before;
  trial_hits only_after;
  trial_hits changed_from; ///< as they were before, and
  trial_hits changed_to;   ///< as they are after, in the same order
  std::size_t same = 0;    ///< of the rules that were asked again

  /// The same with whole hits.
  hit_difference whole() const;
};

class rule_trial {
 public:
  struct side {
    rule_set rules;
    workday_calendar calendar;
  };

  /// The rules are compiled for fact_environment().
  rule_trial(side before, side after, const monitor_options& watched = {});
  ~rule_trial();
  rule_trial(rule_trial&&) noexcept;
  rule_trial& operator=(rule_trial&&) noexcept;

  const std::vector<asked_rule>& asked() const;

  /// As monitor::update(), for both sides.
  result<void> tell(std::shared_ptr<const case_definition> definition,
                    std::shared_ptr<const case_state> state, instant at);

  /// Lets time pass to an instant, that instant included, and compares. To be called once. Errors:
  /// as monitor::advance().
  result<trial_difference> finish(instant until);

 private:
  struct impl;
  std::unique_ptr<impl> impl_;
};

} // namespace banli
