// flow_constraint.hpp — what must and must not happen in the course of a case (流程约束).
//
// A condition speaks of how things stand; a constraint speaks of the order they came in. Each is
// one of the named templates of Declare (Pesic 2008; with data and time: Burattin et al. 2016), and
// of the few that supervision adds:
//
//   flow_constraint c;
//   c.kind = flow_template::response;            // every 受理 is followed by a 审核 …
//   c.a = {"受理"};
//   c.b = {"审核"};
//   c.correlation = {"a.actor != b.actor"};      // … of somebody else …
//   c.within = {.most = std::chrono::days{5}};   // … within five days
//   auto made = compile_constraint(c);
//   made.constraint->judge(events, now);         // pending, with the deadline; violated, by event
//   3
//
// A and B are sets of activities. `where_a` and `where_b` narrow them (CEL over `a`, or `b`);
// `correlation` says which A and B belong together (CEL over both). In CEL an event has activity,
// actor, in_case, at, and the data that are declared. No event belongs together with itself.
//
//   existence, absence, exactly   A happens at least n times; fewer than n times; n times
//   init, end                     the case begins, ends with an A
//   choice, exclusive_choice      an A or a B; not both
//   responded_existence           where there is an A there is a B, before or after
//   co_existence                  and the other way round
//   response                      every A is followed by a B
//   precedence                    every B has an A before it
//   succession                    both
//   alternate_…                   with no other A (response), no other B (precedence) between
//   chain_…                       immediately
//   not_responded_existence       where there is an A there is no B; not_co_existence is the same
//   not_response, not_precedence, not_succession   no B after an A
//   not_chain_…                   no B immediately after an A
//   four_eyes                     nobody does both an A and a B (what the same person did, the same
//                                 person must not check)
//   same_actor                    whoever does an A does the B, too
//   person_load                   nobody does A in more than n cases (over the events of many
//   cases)
//
// Time. Of two events that belong together the distance must lie in `within`, ends included. Of a
// single one (existence … choice) its distance from the first event. person_load counts within a
// sliding span of `most`.
//
// The verdict is about a case that goes on. *violated*: nothing that may still happen mends it, and
// these events did it. *pending*: it does not hold yet and may still; with a time condition, until
// the deadline. *satisfied*: it holds now, and where it says settled, whatever happens. Of a case
// that is closed only violated and satisfied remain. A condition that lacks a field makes it
// unjudgeable, as with rules.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/expression/program.hpp>
#include <banli/rules/rule.hpp>
#include <banli/time/civil.hpp>

namespace banli {

/// One thing that happened.
struct flow_event {
  std::string activity;
  std::string actor; ///< empty: not known
  instant at{};
  std::string in_case; ///< needed where events of many cases are looked at
  std::vector<std::pair<std::string, value>> data; ///< by the names that are declared
};

enum class flow_template : std::uint8_t {
  existence,
  absence,
  exactly,
  init,
  end,
  choice,
  exclusive_choice,
  responded_existence,
  co_existence,
  response,
  precedence,
  succession,
  alternate_response,
  alternate_precedence,
  alternate_succession,
  chain_response,
  chain_precedence,
  chain_succession,
  not_responded_existence,
  not_co_existence,
  not_response,
  not_precedence,
  not_succession,
  not_chain_response,
  not_chain_precedence,
  not_chain_succession,
  four_eyes,
  same_actor,
  person_load,
};

/// The stable word: "alternate_response".
std::string_view to_string(flow_template t);
std::optional<flow_template> parse_flow_template(std::string_view word);
/// Whether it speaks of a B.
bool has_target(flow_template t);

/// How far apart in time, ends included.
struct time_window {
  std::chrono::seconds least{0};
  std::optional<std::chrono::seconds> most{};
};

struct flow_constraint {
  rule_id id;
  text name;
  flow_template kind = flow_template::existence;
  std::vector<std::string> a; ///< activities
  std::vector<std::string> b;
  std::size_t count = 1;       ///< n
  rule_expression where_a;     ///< CEL over `a`, gives bool
  rule_expression where_b;     ///< CEL over `b`
  rule_expression correlation; ///< CEL over `a` and `b`
  time_window within;
  place where;
};

enum class flow_state : std::uint8_t { satisfied, violated, pending, unjudgeable };

std::string_view to_string(flow_state s);

struct flow_verdict {
  flow_state is = flow_state::satisfied;
  bool settled = false;             ///< whatever happens, it stays so
  std::vector<std::size_t> events;  ///< that violate it, or that wait for something; from 0
  std::optional<instant> deadline;  ///< pending: the last instant at which it can be mended in time
  std::vector<std::string> missing; ///< unjudgeable: for lack of these
  std::optional<error> why;         ///< unjudgeable: by this error
};

/// Whether a case goes on.
enum class flow_course : std::uint8_t { running, closed };

struct flow_limits {
  std::size_t events = 1'000'000;
  std::uint64_t comparisons = 100'000'000; ///< of pairs, in one judgement
  expression_limits expression;
  evaluation_limits evaluation;
};

/// A constraint, ready to be judged by many threads at once.
class compiled_constraint {
 public:
  const flow_constraint& definition() const;

  /// Judges the events of a case, in the order they happened, as they stand at `now`. Errors, as
  /// unjudgeable: time_backwards, limit_exceeded, those of the conditions.
  flow_verdict judge(std::span<const flow_event> events, instant now,
                     flow_course course = flow_course::running) const;

 private:
  friend class constraint_builder;
  friend class flow_judgement;
  struct parts;
  explicit compiled_constraint(std::shared_ptr<const parts> p) : parts_(std::move(p)) {}
  std::shared_ptr<const parts> parts_;
};

/// A constraint, or everything that is wrong with it.
struct compiled_constraints {
  std::optional<compiled_constraint> constraint;
  banli::problems problems;
};

/// What events are known to be, so that a slip in a constraint is found when it is loaded.
struct flow_words {
  std::vector<std::string> activities{}; ///< empty: any
  std::vector<type_field> data{};        ///< of an event, besides activity, actor, in_case and at
};

/// Checks a constraint. Errors: missing_field (activities), unknown_reference (of an activity),
/// bad_value (a count of 0, a window that ends before it begins, a B, condition or count where the
/// template has none), and what compile() finds in conditions.
compiled_constraints compile_constraint(flow_constraint constraint, const flow_words& words = {},
                                        const flow_limits& limits = {});

} // namespace banli
