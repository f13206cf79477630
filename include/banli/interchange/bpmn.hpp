// bpmn.hpp — flowcharts as BPMN 2.0 (OMG formal/2011-01-03), read from any tool and written for
// any.
//
// Reading is total: whatever the bytes are, there is an answer. A document keeps its bytes, lists
// every construct with its line, and says which of them a flowchart cannot run and why; the
// process becomes a flowchart as far as it can be one.
//
//   bpmn_document d = parse_bpmn("review.bpmn", bytes);
//   d.chart;                  // the one process, or the one that options.process names
//   d.found;                  // review.bpmn:41:5: error[not-run]: the boundary event '超时' …
//   d.exact;                  // whether a proof of the chart is a proof of the process
//   d.source == bytes;        // what is not changed is written back byte for byte
//
// What BPMN draws and what it becomes:
//   start and end events, tasks      start, end, step; a catching or throwing event is a step, too
//   exclusive, event-based gateway   decision; with one arrow out a merge
//   parallel, inclusive gateway      fork, join, inclusive_decision, inclusive_join; several arrows
//                                    in and out: a join and behind it a fork, called <id>_out
//   several arrows out of a task     a fork (parallel, says BPMN); with conditions an
//                                    inclusive_decision
//   several start events             a decision between them: a case begins with one
//   several ends side by side        an inclusive_join before one end: BPMN ends when all have
//   ended boundary event                   a decision behind the step; where it does not interrupt,
//   one
//                                    before it, and a fork
//   subprocess                       its inside, in its place; events at its edge make it one step
//   a gateway with one arrow in and one out, a link event      nothing: the arrow goes through
//   lane                             the department of its steps
//
// Post, duty, limit and whatever else BPMN has no word for stand in extensionElements under our own
// namespace, bpmn_namespace; other tools keep them unread.
//
// The hard case is reading back what we wrote: parse_bpmn(to_bpmn(chart)).chart == chart for every
// chart, also one with two starts, a missing end or an arrow to nowhere. A process that carries our
// mark is therefore read as drawn, and none of the rules above mends it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/flowchart/flowchart.hpp>

namespace banli {

/// The namespace of our extensions; the last part is their version.
inline constexpr std::string_view bpmn_namespace = "urn:banli:bpmn:1";

struct bpmn_limits {
  std::size_t bytes = std::size_t{32} << 20U;
  std::size_t elements = 500'000;        ///< of XML, with those of other namespaces
  std::size_t depth = 200;               ///< of XML; what lies deeper is passed over
  std::size_t namespaces = 100;          ///< declared at one place of the document
  std::size_t attribute_bytes = 100'000; ///< of one value; a longer one is passed over
  std::size_t problems = 1'000;
};

struct bpmn_options {
  bpmn_limits limits{};
  std::string process{}; ///< the id of the process wanted; empty where there is one only
};

/// What becomes of a construct.
enum class bpmn_use : std::uint8_t {
  runs,   ///< it is part of the chart
  kept,   ///< it says nothing about the flow, and stays in the source
  not_run ///< it would do something when run, which a flowchart does not: told in found
};

std::string_view to_string(bpmn_use use);

/// One element of BPMN's own namespace with an id, or of a kind that acts.
struct bpmn_element {
  std::string tag; ///< "userTask"
  std::string id;
  std::string name;
  int line = 0;
  int column = 0;
  bpmn_use use = bpmn_use::kept;

  friend bool operator==(const bpmn_element&, const bpmn_element&) = default;
};

struct bpmn_process {
  std::string id;
  std::string name; ///< its own, or that of its pool
  std::size_t nodes = 0;
  int line = 0;
  int column = 0;

  friend bool operator==(const bpmn_process&, const bpmn_process&) = default;
};

struct bpmn_document {
  /// The places of the chart's parts, by position; line 0 where nothing was drawn.
  struct spot {
    int line = 0;
    int column = 0;
  };

  std::string file;
  std::string source; ///< the bytes as they came
  flowchart chart;    ///< empty where the process is not told
  bool exact = false; ///< the moves of the chart are those of the process, no more and no fewer
  bool ours = false;  ///< written by to_bpmn()
  std::vector<bpmn_process> processes;
  std::optional<std::size_t> process{}; ///< which of them became the chart
  std::vector<bpmn_element> elements;   ///< in the order of the text
  problems found;                       ///< sorted by line
  std::vector<spot> node_spots;
  std::vector<spot> arrow_spots;

  /// The place of a part of the chart, as check() asks for it: "/nodes/3/post"; that of the process
  /// for what no part of it is to blame for.
  place where(std::string_view path) const;
};

/// Reads a file. Codes in found: bad_xml, bad_utf8, bad_encoding, truncated_file (nothing in it),
/// limit_exceeded, wrong_type (XML, but not BPMN 2.0), duplicate_id, unknown_reference,
/// missing_field (several processes, and none was named), bad_value (an extension of ours that
/// cannot be read), not_run.
bpmn_document parse_bpmn(const std::string& file, std::string_view bytes,
                         const bpmn_options& options = {});

/// Where everything lies, for the diagram that other tools show. By position in the chart.
struct bpmn_picture {
  struct point {
    double x = 0;
    double y = 0;
  };
  struct box {
    double x = 0; ///< of its left upper corner
    double y = 0;
    double width = 0;
    double height = 0;
  };
  struct line {
    std::vector<point> points;
    box label{}; ///< no width: none
  };
  struct lane {
    std::string department; ///< its name
    box area{};
    std::vector<std::size_t> nodes;
  };
  std::vector<box> nodes;
  std::vector<box> labels; ///< of nodes that have theirs beside them; no width: none
  std::vector<line> arrows;
  std::vector<lane> lanes; ///< empty: the steps' departments are lanes without a place
  box pool{};
};

/// Writes a chart, with a diagram where there is a picture of it (flowchart_bpmn.hpp makes one).
/// Errors: bad_utf8; bad_value where a text holds a character that XML cannot.
result<std::string> to_bpmn(const flowchart& chart, const bpmn_picture& picture = {});

/// Writes a chart that was read from a file and then changed into that file: every construct that
/// the change does not take away stays as it is, byte for byte, also what is not run. Names, nodes
/// and arrows are changed in the process and its diagram; whatever cannot be drawn there (posts and
/// limits of a foreign process, a decision that an event at an edge became) is kept beside it, in
/// one element of our namespace that other tools leave alone. Read again it is the chart as given.
///
///   const bpmn_document d = parse_bpmn("review.bpmn", bytes);
///   flowchart mine = d.chart;
///   mine.nodes[2].post = post_id{"审核岗"};
///   parse_bpmn("", *change_bpmn(d, mine)).chart;     // mine
///
/// The text is UTF-8, whatever the file was. Errors: those of to_bpmn(); bad_xml for a file that
/// could not be read to its end, or of which no process became the chart. `limits` are those it was
/// read with.
result<std::string> change_bpmn(const bpmn_document& from, const flowchart& chart,
                                const bpmn_limits& limits = {});

} // namespace banli
