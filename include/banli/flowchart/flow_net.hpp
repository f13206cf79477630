// flow_net.hpp — a flowchart compiled to run.
//
// A case stands somewhere on its chart: at one step, or with parallel branches at several. That is
// its marking. A flow_net says, for any marking, which steps are enabled and what the next marking
// is; it knows no case, no person and no clock, is immutable, and is shared between threads freely.
//
// Tokens rest in places: one place for every step (the step waits to be done), every decision (it
// waits for a condition or a choice), every arrow into a join (the branch waits for the others) and
// every end. Forks and joins pass tokens on at once; so does a merge, which is a decision with one
// arrow out (joins wait for every arrow, so ways that exclude each other meet in a merge before
// one). In one move no place receives two tokens: a chart that would do so is not sound.
//
//   const flow_net net = *compile(chart);
//   const node_index collect = *net.index(node_id{"采集"}), review = *net.index(node_id{"初审"});
//   marking m = net.start();                        // 采集
//   m = *net.complete(m, collect);                  // 初审
//   m = *net.complete(m, review);                   // 通过?
//   net.enabled(m);                                 // 采集 and 终审: a choice is open
//   m = *net.take(m, *net.choice(m, "不通过"));      // 采集
//
// An inclusive join holds its tokens until no other can still come to an arrow of it that has none,
// by the arrows of the chart as drawn: a token that could come both to such an arrow and to one
// that has a token already is not waited for. (BPMN 2.0.2, 13.4.3.) It is asked whenever all other
// tokens rest, after every move anywhere: a branch that turns away or is sent back lets it open or
// wait. Two such joins that could open at one moment, the one in the way of the other, are a
// join_race.
//
// The hard case is a choice nobody records. Logs of real offices show the step that was done next,
// not the diamond before it: route(m, step) finds the arrows that lead from the marking through
// decisions by choice to that step, and finish(m) those that lead to the end. Which branches an
// inclusive decision opened cannot be seen from the one that was done first: that must be recorded.
#pragma once

#include <cstddef>
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
#include <banli/flowchart/flowchart.hpp>

namespace banli {

/// Position of a node in flowchart::nodes.
enum class node_index : std::uint32_t {};
/// Position of an arrow in flowchart::arrows.
enum class arrow_index : std::uint32_t {};

/// Where a case stands: the set of places that hold a token, as a bit set. Its text form names the
/// nodes ("初审" or "环保审查+消防审查") and survives a change of the chart's order.
class marking {
 public:
  bool has(std::size_t place) const {
    if (place < 64) return ((first_ >> place) & 1U) != 0;
    const std::size_t word = place / 64 - 1;
    return word < rest_.size() && ((rest_[word] >> (place % 64)) & 1U) != 0;
  }
  void put(std::size_t place);
  void remove(std::size_t place);
  bool empty() const { return first_ == 0 && rest_.empty(); }
  std::size_t tokens() const;

  /// The bits of places 64 * i to 64 * i + 63, and how many such words there are.
  std::uint64_t word(std::size_t i) const {
    if (i == 0) return first_;
    return i <= rest_.size() ? rest_[i - 1] : 0;
  }
  std::size_t words() const { return 1 + rest_.size(); }

  /// The places that hold a token, from low to high.
  std::vector<std::size_t> places() const;

  friend bool operator==(const marking&, const marking&) = default;
  friend auto operator<=>(const marking&, const marking&) = default;

 private:
  std::uint64_t first_ = 0;         // most charts have no more than 64 places: no allocation
  std::vector<std::uint64_t> rest_; // trailing zero words are never stored
  friend struct marking_hash;
};

struct marking_hash {
  std::size_t operator()(const marking& m) const noexcept;
};

class flow_net;

namespace detail {
struct flow_tables;
const flow_tables& tables_of(const flow_net& net);
} // namespace detail

class flow_net {
 public:
  /// The drawing this was compiled from.
  const flowchart& chart() const;

  /// The position of a node, or of nothing.
  std::optional<node_index> index(const node_id& id) const;
  const node& at(node_index n) const;
  const arrow& at(arrow_index a) const;

  /// The node an arrow leaves, and the one it reaches.
  node_index from(arrow_index a) const;
  node_index to(arrow_index a) const;

  /// The marking of a case that has just been accepted.
  marking start() const;

  /// Whether a token rests at this very node (a step waiting, a decision open).
  bool rests(const marking& m, node_index n) const;

  /// The steps, decisions and ends at which tokens rest, in the order of the chart.
  std::vector<node_index> resting(const marking& m) const;

  /// The arrows into joins on which a branch waits for the others, in the order of the chart.
  std::vector<arrow_index> waiting(const marking& m) const;

  /// The steps that can be completed next, directly or through decisions by choice: those with a
  /// route(), in the order of the chart.
  std::vector<node_index> enabled(const marking& m) const;

  /// The marking after a resting step is completed. Errors: step_not_enabled; and never on a chart
  /// that is sound: unsafe_place when a second token would arrive where one rests, join_race.
  result<marking> complete(const marking& m, node_index step) const;

  /// The marking after an open decision goes along one of its arrows. Errors: as complete().
  result<marking> take(const marking& m, arrow_index a) const;

  /// The marking after an open inclusive decision opens several of its arrows. Errors: as
  /// complete(); bad_outcome for none, for one named twice, for arrows of several nodes, for
  /// several of an exclusive decision, and for the default together with others.
  result<marking> take(const marking& m, std::span<const arrow_index> branches) const;

  /// The arrows out of a decision that an outcome names: its label, or at an inclusive decision
  /// several joined by "+" ("环保审查+消防审查"). Empty if one of them is not there.
  std::vector<arrow_index> named(node_index decision, std::string_view outcome) const;

  /// The arrow with a label out of an open decision by choice. Errors: bad_outcome, naming the
  /// outcomes that are open, also when two open decisions have the label.
  result<arrow_index> choice(const marking& m, std::string_view label) const;

  /// The same for an outcome that may name several branches of an inclusive decision.
  result<std::vector<arrow_index>> choices(const marking& m, std::string_view outcome) const;

  /// The decisions by condition that hold a token; the engine evaluates them before anything else.
  std::vector<node_index> open_conditions(const marking& m) const;

  /// The decisions by choice that hold a token.
  std::vector<node_index> open_choices(const marking& m) const;

  /// The arrows out of a node, in the order of the chart.
  std::span<const arrow_index> out(node_index n) const;

  /// Whether a decision is by choice.
  bool by_choice(node_index decision) const;

  /// The shortest sequence of choices after which `step` rests in the marking, the first in the
  /// order of the chart among equals; empty if it does already; nothing if no choices lead there.
  /// Decisions by condition and inclusive ones are not passed. Looks at no more than 65,536
  /// markings, which only many choices open side by side can need.
  std::optional<std::vector<arrow_index>> route(const marking& m, node_index step) const;

  /// The shortest sequence of choices after which only an end holds a token: the case may be
  /// closed. Bounded like route().
  std::optional<std::vector<arrow_index>> finish(const marking& m) const;

  /// Whether exactly one token is left, and it rests at an end.
  bool finished(const marking& m) const;

  /// The legal targets of a return from a resting step: the steps before it, in the order of the
  /// chart, such that moving the token there gives a marking a case can really have and can still
  /// finish from. A token cannot leave its parallel branch alone, so a step before the fork is no
  /// target for a step inside. Looks at no more than 100,000 markings and names no target beyond.
  std::vector<node_index> return_targets(const marking& m, node_index from) const;

  /// The marking in which the token of a resting step lies at a legal return target. Errors:
  /// bad_return.
  result<marking> send_back(const marking& m, node_index from, node_index to) const;

  /// "初审", "环保审查+消防审查"; parse_marking reads it. Errors of the latter: unknown_step.
  std::string to_text(const marking& m) const;
  result<marking> parse_marking(std::string_view s) const;

 private:
  explicit flow_net(std::shared_ptr<const detail::flow_tables> t) : t_(std::move(t)) {}
  std::shared_ptr<const detail::flow_tables> t_;
  friend result<flow_net> compile(const flowchart& chart);
  friend const detail::flow_tables& detail::tables_of(const flow_net& net);
};

/// Compiles a drawing without local faults. Errors: the first problem of check().
result<flow_net> compile(const flowchart& chart);

} // namespace banli
