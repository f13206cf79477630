// flow_counter.hpp — how often something happened, as a typed variable for rules.
//
//   flow_counter c;
//   c.name = "returns";                          // read as flow.returns, an int
//   c.activities = {"退回"};
//   c.window = std::chrono::days{30};            // within the last thirty days
//   auto made = compile_counters({c}, fact_environment());
//   flow_facts facts(*made.counters, case_facts, events, now);
//   // a rule compiled with made.counters->words(): flow.returns >= 2
//
// A counter counts events, or the cases or the persons that had one. Without a window it never
// falls; within one it is a falling clock: an event is out once its age is the window, and the
// reading says when. So a rule on it knows exactly when its verdict expires.
//
// Constraints may stand beside the counters: flow.<id> is then true where the course of the case
// violates the constraint (flow_constraint.hpp), and false while it may still be kept. One that
// waits for something is a clock, too: the reading holds until its deadline has passed.
//
// A condition that lacks a field, or an event without the case or the person that is counted, makes
// the counter missing: a number that might be wrong is none.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/expression/activation.hpp>
#include <banli/expression/environment.hpp>
#include <banli/rules/flow_constraint.hpp>
#include <banli/rules/rule.hpp>
#include <banli/time/civil.hpp>

namespace banli {

/// What is counted.
enum class flow_count : std::uint8_t { events, cases, actors };

/// The stable word: "events".
std::string_view to_string(flow_count c);

struct flow_counter {
  std::string name; ///< read as flow.<name>
  std::vector<std::string> activities;
  rule_expression where; ///< CEL over `a`, gives bool; may be empty
  std::optional<std::chrono::seconds> window{};
  flow_count of = flow_count::events;
  place stands{}; ///< of the counter as a whole
};

/// Counters and constraints, ready to be read; many threads may use them at once.
class compiled_counters {
 public:
  /// The host's words and `flow`, a record of ints, and of bools for constraints.
  const environment& words() const;
  std::span<const flow_counter> counters() const;
  std::span<const compiled_constraint> constraints() const;
  /// The activities that are counted; empty where there are constraints, which may look at any.
  std::vector<std::string> activities() const;

 private:
  friend class counter_builder;
  friend class flow_facts;
  struct parts;
  explicit compiled_counters(std::shared_ptr<const parts> p) : parts_(std::move(p)) {}
  std::shared_ptr<const parts> parts_;
};

struct counter_compilation {
  std::optional<compiled_counters> counters;
  banli::problems problems;
};

/// Checks counters. Errors: missing_field (name, activities), duplicate_id, bad_value (a name that
/// is none, a window of nothing, `flow` is declared already), unknown_reference (of an activity),
/// and what compile() finds in conditions.
counter_compilation compile_counters(std::vector<flow_counter> counters, const environment& host,
                                     const flow_words& words = {}, const flow_limits& limits = {});

/// The same with constraints, read as flow.<id>. Errors: also those of compile_constraint();
/// missing_field (id), duplicate_id (of a counter or constraint).
counter_compilation compile_counters(std::vector<flow_counter> counters,
                                     std::vector<flow_constraint> constraints,
                                     const environment& host, const flow_words& words = {},
                                     const flow_limits& limits = {});

/// The host's facts and the counters at an instant. Counts once, when it is made; events later than
/// now have not happened. Holds a reference to the host.
class flow_facts final : public activation {
 public:
  flow_facts(const compiled_counters& counters, const activation& host,
             std::span<const flow_event> events, instant now,
             flow_course course = flow_course::running);

  reading read(field_ref field) const override;
  std::optional<instant> reaches(field_ref field, const value& threshold) const override;

 private:
  /// When each thing that counts now leaves, in ascending order; none: it is not known.
  struct count {
    bool known = true;
    std::size_t lasting = 0; ///< that never leave
    std::vector<instant> leaves;
  };
  count counted(std::size_t counter, std::span<const flow_event> events, instant now) const;

  compiled_counters counters_;
  const activation& host_;
  std::vector<count> counts_;
  std::vector<reading> violated_; ///< by constraint
};

} // namespace banli
