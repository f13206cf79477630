// flowchart_file.hpp — one flowchart in a file of its own: read, proved, written back.
//
//   flowchart_file f = load_flowchart("review.yaml");
//   f.found;                       // every problem with file, line and column
//   f.proof.sound();               // it can always finish, and no step is dead
//   if (f.net) f.net->start();     // it runs: no problem stands in the way of compile()
//   save(f.chart);                 // kind: flowchart …, as text
//
// A configuration judges its charts together with the items and posts they belong to; this is for
// whoever draws a chart: local faults (flowchart.hpp), and where there are none exact soundness
// with the shortest way it goes wrong (soundness.hpp). Whether the time suffices is a question of
// the item (time_feasibility.hpp).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <banli/base/result.hpp>
#include <banli/document/configuration.hpp>
#include <banli/flowchart/flow_net.hpp>
#include <banli/flowchart/soundness.hpp>

namespace banli {

/// A flowchart and what is to be said of it.
struct flowchart_file {
  flowchart chart{};             ///< as far as it could be read
  std::optional<flow_net> net{}; ///< where there are no local faults
  soundness proof{};             ///< of the net; undecided without one
  problems found{};              ///< sorted by line

  bool good() const { return found.empty(); }
};

struct flowchart_file_limits {
  document_limits document{};
  flowchart_limits chart{};
  soundness_limits proof{};
};

/// Reads one file. Codes: those of load_configuration() for a file and a value, unknown_value for a
/// document of another kind, those of check(flowchart) and of to_problems(soundness).
flowchart_file load_flowchart(const std::string& path, const flowchart_file_limits& limits = {});

/// The same from a text in memory.
flowchart_file parse_flowchart(const std::string& name, std::string_view content,
                               const flowchart_file_limits& limits = {});

/// The same judgement of a chart that was built in code: its problems have no places.
flowchart_file judge_flowchart(flowchart chart, const flowchart_file_limits& limits = {});

/// A document of kind flowchart, in its one spelling. Errors: bad_utf8.
result<std::string> save(const flowchart& chart);

} // namespace banli
