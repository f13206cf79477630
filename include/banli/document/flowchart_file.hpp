// flowchart_file.hpp — one flowchart in a file of its own: read, proved, written back.
//
//   flowchart_file f = load_flowchart("review.yaml");
//   f.found;                       // every problem with file, line and column
//   f.proof.sound();               // it can always finish, and no step is dead
//   if (f.net) f.net->start();     // it runs: no problem stands in the way of compile()
//   save(f.chart);                 // kind: flowchart …, as text
//
// A configuration judges its charts together with the items and posts they belong to; this is for
// whoever draws a chart: local faults (flowchart.hpp), and exact soundness with the shortest way it
// goes wrong (soundness.hpp). Whether the time suffices is a question of the item
// (time_feasibility.hpp).
//
// A file of BPMN 2.0 is read, too (bpmn.hpp). Such a chart says how it flows and rarely who does
// what by when; so the proof does not wait for posts, duties, limits and defaults: the chart may be
// sound() and still not run.
//
//   flowchart_file g = load_flowchart("review.bpmn");
//   g.sound();                     // true, false, or nothing where it is not decided
//   g.good();                      // false: posts are missing, events do not happen by themselves
//   g.bpmn->elements;              // everything that is in the file
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <banli/base/result.hpp>
#include <banli/document/configuration.hpp>
#include <banli/flowchart/flow_net.hpp>
#include <banli/flowchart/soundness.hpp>
#include <banli/interchange/bpmn.hpp>

namespace banli {

/// A flowchart and what is to be said of it.
struct flowchart_file {
  flowchart chart{};             ///< as far as it could be read
  std::optional<flow_net> net{}; ///< what runs: where there are no local faults
  /// What the proof is about: the net, or one in which missing posts, duties, limits and defaults
  /// are taken for given. Nodes and arrows have the positions they have in the chart.
  std::optional<flow_net> proved{};
  soundness proof{};  ///< of `proved`; undecided without one
  bool unfit = false; ///< a local fault, such as an unreachable node, rules soundness out
  problems found{};   ///< sorted by line
  std::optional<bpmn_document> bpmn{}; ///< of a file of BPMN

  bool good() const { return found.empty(); }

  /// Whether its flow is sound; nothing where that is not known: too many markings, a text that
  /// could not be read to its end, a BPMN process that does what no flowchart does.
  std::optional<bool> sound() const {
    if (bpmn && !bpmn->exact) return std::nullopt;
    if (unfit) return false;
    return proof.decided ? std::optional{proof.sound()} : std::nullopt;
  }

  /// The steps that no case can reach, in the order of the chart: those of the proof, and without
  /// one those to which no arrows lead.
  std::vector<node_id> dead_steps() const;
};

struct flowchart_file_limits {
  document_limits document{};
  flowchart_limits chart{};
  soundness_limits proof{};
  bpmn_options bpmn{}; ///< and which process of a file
};

/// Reads one file. Codes: those of load_configuration() for a file and a value, unknown_value for a
/// document of another kind, those of check(flowchart) and of to_problems(soundness); those of
/// parse_bpmn() for a file of BPMN, which is known by its name (.bpmn, .xml) or its first sign (<).
flowchart_file load_flowchart(const std::string& path, const flowchart_file_limits& limits = {});

/// The same from a text in memory.
flowchart_file parse_flowchart(const std::string& name, std::string_view content,
                               const flowchart_file_limits& limits = {});

/// The same judgement of a chart that was built in code: its problems have no places.
flowchart_file judge_flowchart(flowchart chart, const flowchart_file_limits& limits = {});

/// A document of kind flowchart, in its one spelling; to_bpmn() writes the other. Errors: bad_utf8.
result<std::string> save(const flowchart& chart);

} // namespace banli
