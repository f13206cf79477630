// flow_difference.hpp — what a new version of a flowchart changes: fewer steps, shorter limits.
//
// An office that streamlines a procedure (精简办事环节) is asked for three numbers: how many steps
// there were and are, how many days, and the compression rate, which is the share that was saved.
//
//   before  受理 1 -> 初审 5 -> 复审 5 -> 决定 4    4 steps, 15 working days
//   after   受理 1 -> 审查 5 -> 决定 3              3 steps, 9 working days
//   compare(before, after).step_compression();      // 0.25
//   compare(before, after).day_compression();       // 0.4
//   compare(before, after).removed;                 // 初审, 复审
//   compare(before, after).added;                   // 审查
//   compare(before, after).changed;                 // 决定: limit
//
// Days are working days: those promised where both promises are known, otherwise those of the
// longest way through the chart (time_feasibility.hpp). A step is known by its id; one that was
// renamed is one removed and one added. A rate below 0 says that it became longer.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/deadline/time_limit.hpp>
#include <banli/flowchart/flow_net.hpp>

namespace banli {

/// A chart, and the limit its item promises where that is known.
struct flow_version {
  flow_net net;
  std::optional<time_limit> promised{};
};

/// A step of both versions that is not the same in both.
struct step_change {
  node_id step;
  std::vector<std::string> fields; ///< keys of the document: post, limit …

  friend bool operator==(const step_change&, const step_change&) = default;
};

struct flow_difference {
  std::size_t steps_before = 0;
  std::size_t steps_after = 0;
  double days_before = 0; ///< working days
  double days_after = 0;
  bool promised = false; ///< whether the days are the promised ones
  std::vector<node_id> added;
  std::vector<node_id> removed;
  std::vector<step_change> changed;
  bool rerouted = false; ///< an arrow between what both have was added, removed or changed

  /// The share saved: 0.25 for three steps instead of four; 0 where there was nothing to save.
  double step_compression() const {
    return saved(static_cast<double>(steps_before), static_cast<double>(steps_after));
  }
  double day_compression() const { return saved(days_before, days_after); }
  bool same() const {
    return added.empty() && removed.empty() && changed.empty() && !rerouted &&
           days_before == days_after;
  }

  friend bool operator==(const flow_difference&, const flow_difference&) = default;

 private:
  static double saved(double before, double after) {
    return before > 0 ? (before - after) / before : 0;
  }
};

/// What lies between two versions. Added steps are in the order of the new chart, all others in
/// that of the old one.
flow_difference compare(const flow_version& before, const flow_version& after);

} // namespace banli
