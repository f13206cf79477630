// time_feasibility.hpp — do the limits of the steps fit into the limit the office promises?
//
// Step limits add up along a path, and a join waits for its slowest branch. The longest way through
// the chart must not exceed the promised limit of the item:
//
//   受理 1 -> fork -> {规划审查 5 | 环保审查 7 | 消防审查 4} -> join -> 决定 2     longest: 10
//   workdays
//
// Limits in working days, working hours, days, weeks and "on the spot" are brought to working days
// by the measure of longer(): exact where all are working days. A step marked as an excluded
// procedure (hearing) counts nothing. An arrow that goes back (不通过 -> 采集) would make the way
// endless: the way is measured without it, every step at most once, and the arrow is reported in
// `loops`. Where it, or an arrow that every way to it takes, says how often (at_most), each time
// adds no more than the way between its ends; where none does, it is in `unbounded` too and nothing
// bounds the case. A step that lies only on a way back is not on the way.
//
//   采集 1 -> 初审 2 -> <通过?> -不通过, at most twice-> 采集     longest: 3, with returns: 9
#pragma once

#include <vector>

#include <banli/base/result.hpp>
#include <banli/deadline/time_limit.hpp>
#include <banli/flowchart/flow_net.hpp>

namespace banli {

struct time_feasibility {
  double longest = 0; ///< working days on the longest way from the start to an end
  std::vector<node_index> critical_path; ///< its steps, in order
  std::vector<arrow_index> loops;        ///< arrows that go back
  std::vector<arrow_index> unbounded;    ///< those of them without a bound
  double with_returns = 0; ///< longest, and every bounded arrow back taken as often as it may be
};

/// The longest way through the chart.
time_feasibility check_time(const flow_net& net);

/// steps_above_promise, naming the critical path, if the longest way, or with the returns that are
/// bounded, exceeds the promised limit;
/// its place is the limit of the longest step on that path.
problems check_time(const flow_net& net, const time_limit& promised,
                    const locator& where = nowhere);

} // namespace banli
