// soundness.hpp — proof, before the first case runs, that a flowchart cannot get stuck.
//
// A chart is sound when, whatever happens on the way,
//   - it can always finish                       (otherwise: cannot_finish)
//   - when it finishes, nothing is left running  (improper_finish)
//   - every step can occur in some case          (dead_step)
//   - no step is started twice at once           (unsafe_place)
//
// Two things more can be wrong with inclusive joins, and are refused:
//   - they wait for each other for ever          (vicious_circle)
//   - two could open at one moment, and what the other then waits for depends on which of them
//     does so first                              (join_race)
//
// A case that cannot finish is shown where it stands still for ever (a join waiting for a branch
// that never comes), or where it enters a loop that no arrow leaves. One fault is told for each
// node.
//
// The answer is exact; decisions by condition count as free to go either way. A chart that is made
// of sequences, choices, loops and blocks of branches that close again is drawn together, block by
// block, into one node, and is sound without a search: 17 parallel branches have 131,072 markings,
// and none of them is visited. What cannot be drawn together is searched, every reachable marking
// of it; if anything is wrong, the chart as it was drawn is searched. Each fault comes with the
// shortest sequence of moves that shows it, in words:
//
//   环保审查 is done; 通过? goes "不通过"; the end 办结 is reached while 消防审查 is still open:
//   improper_finish
//
// Parallel branches multiply markings, so a search has a limit; past it the answer is not_decided
// and never "sound". Source: W.M.P. van der Aalst, The Application of Petri Nets to Workflow
// Management, 1998 (soundness of workflow nets).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/flowchart/flow_net.hpp>

namespace banli {

struct soundness_limits {
  std::size_t states = 1'000'000; ///< of one search
};

/// How a chart is judged. The answer is the same; `search` visits every marking of the chart.
enum class soundness_method : std::uint8_t { reduce_first, search };

/// One move of a witness: a step completed, or arrows taken out of a decision.
struct flow_move {
  node_index node{};
  std::vector<arrow_index> arrows{}; ///< of a decision: one, or several of an inclusive one

  friend bool operator==(const flow_move&, const flow_move&) = default;
};

/// One way in which a chart is not sound.
struct flow_fault {
  /// cannot_finish, improper_finish, dead_step, unsafe_place, vicious_circle, join_race
  errc code{};
  node_index node{};              ///< the step, decision, join or end concerned
  std::vector<flow_move> witness; ///< shortest, from the start; empty for a dead step
  /// What the witness leads to; for unsafe_place and join_race, before its last move.
  marking stuck;

  friend bool operator==(const flow_fault&, const flow_fault&) = default;
};

struct soundness {
  bool decided = false;       ///< false: more markings than the limit; nothing is known
  std::size_t states = 0;     ///< markings visited, of what was left of the chart and of the chart
  std::size_t reductions = 0; ///< times that two nodes or arrows were drawn together
  std::vector<flow_fault> faults;

  bool sound() const { return decided && faults.empty(); }
};

/// Judges a chart, and finds the shortest way to each fault.
soundness check_soundness(const flow_net& net, const soundness_limits& limits = {},
                          soundness_method how = soundness_method::reduce_first);

/// The faults as problems in words, with places; not_decided where the limit was reached.
problems to_problems(const soundness& s, const flow_net& net, const locator& where = nowhere);

} // namespace banli
