// bpmn_graph.hpp — a process on its way to a flowchart: parts and links that are rewritten until
// only what a flowchart has is left.
//
//   collect     every flow node becomes a part, every sequence flow a link; a subprocess is taken
//               apart into its own parts between an entry and an exit
//   wire        entries and exits find their starts and ends; events at the edge become decisions
//   normalise   implicit forks and merges become parts, gateways that do nothing vanish
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "interchange/bpmn_tree.hpp"

namespace banli::detail {

/// `pass` is a place tokens go through: a merge where several links lead in, a fork where several
/// lead out, nothing otherwise.
enum class part_kind : std::uint8_t { start, end, step, choice, parallel, inclusive, pass };

struct bpmn_part {
  part_kind kind = part_kind::pass;
  std::string id;
  std::string label;
  std::uint32_t element = bpmn_tree::none; ///< what it was drawn as, or what made it necessary
  bool gone = false;
};

struct bpmn_link {
  std::size_t from = 0;
  std::size_t to = 0;
  std::string label{};
  std::string condition{};
  std::uint32_t element = bpmn_tree::none;
  bool is_default = false;
  bool gone = false;
};

/// A process or a subprocess that was taken apart.
struct bpmn_scope {
  struct member {
    std::size_t in = 0;
    std::size_t out = 0;
  };
  std::size_t entry = 0;
  std::size_t exit = 0;
  bool top = false;
  std::uint32_t element = bpmn_tree::none;
  std::vector<std::size_t> starts;
  std::vector<std::size_t> ends;
  std::vector<member> members;    ///< the other nodes
  std::vector<std::size_t> loose; ///< events at the edge of one
};

/// What the reader of a document keeps at hand.
struct bpmn_reading {
  const bpmn_tree& tree;
  bpmn_findings& found;
  bpmn_document& out;
  std::vector<std::uint32_t> told{}; ///< the elements that do not run
  /// By position in the chart: what a part was drawn as, or what made it necessary.
  std::vector<std::uint32_t> node_elements{};
  std::vector<std::uint32_t> arrow_elements{};

  /// Says that something is kept and not run.
  void not_run(std::uint32_t e, const text& why);
  /// Says that the chart is not the process any more.
  void differs() const { out.exact = false; }
};

/// "the boundary event '超时'": what an element is, in words.
text bpmn_words(const bpmn_tree& tree, std::uint32_t e);

/// A name without line breaks.
std::string one_line(std::string_view s);

bool is_flow_node(const bpmn_tree& tree, std::uint32_t e);

class bpmn_graph {
 public:
  static constexpr std::size_t nothing = static_cast<std::size_t>(-1);

  bpmn_graph(bpmn_reading& r, std::uint32_t process) : r_(r), process_(process) {}

  /// Fills out.chart and the places of its parts.
  void run();

 private:
  using ways = bpmn_scope::member;
  struct edge_event {
    std::uint32_t element = bpmn_tree::none;
    std::size_t part = nothing;
    bool interrupts = true;
  };

  // collect
  std::size_t collect_scope(std::uint32_t e, bool top);
  void collect_node(std::uint32_t e, std::size_t scope);
  void collect_event(std::uint32_t e, std::size_t scope);
  void collect_activity(std::uint32_t e, std::size_t scope);
  void collect_gateway(std::uint32_t e, std::size_t scope);
  void collect_edge_event(std::uint32_t e, std::size_t scope);
  void collect_links();
  void collect_lanes(std::uint32_t e, std::size_t depth);
  bool can_be_opened(std::uint32_t subprocess) const;
  std::size_t add(part_kind kind, std::uint32_t e, std::string id, std::string label);
  std::size_t add_made(part_kind kind, std::uint32_t cause, const std::string& id,
                       std::string label = {});
  void add_link(std::size_t from, std::size_t to, std::string label = {});
  void add_link(bpmn_link l);
  void remember(std::uint32_t e, ways w);
  void remember(std::uint32_t e, ways w, std::size_t scope);
  std::string fresh(const std::string& id);

  // wire
  void attach_edge_events();
  void attach_behind(std::size_t host, const std::vector<edge_event>& events);
  void attach_before(std::size_t host, const edge_event& event);
  void move_links(std::vector<std::size_t>& from, std::size_t bpmn_link::*end, std::size_t to);
  void join_link_events();
  void wire_entry(bpmn_scope& s);
  void wire_exit(bpmn_scope& s);
  void wire_top_exit(bpmn_scope& s, const std::vector<std::size_t>& sinks, bool side_by_side);
  bool ends_meet(const std::vector<std::size_t>& sinks);

  // normalise
  void split();
  void split_implicit(std::size_t p);
  void pass_through();
  void emit();
  node_kind kind_of(std::size_t p) const;

  bpmn_reading& r_;
  std::uint32_t process_;
  std::vector<bpmn_part> parts_;
  std::vector<bpmn_link> links_;
  std::vector<bpmn_scope> scopes_;
  std::unordered_map<std::string, ways> by_id_;
  std::unordered_set<std::string> taken_;              // ids
  std::unordered_map<std::string, std::size_t> tries_; // to find a free one
  std::unordered_map<std::string, std::string> lane_of_;
  std::vector<std::uint32_t> flows_;
  std::vector<arrow> dangling_;
  std::vector<std::uint32_t> dangling_elements_;
  std::unordered_set<std::size_t> held_; // parts that an arrow to nowhere leaves or reaches
  std::vector<std::pair<std::string, edge_event>> edge_events_;       // with the id of their host
  std::vector<std::pair<std::string, std::size_t>> throws_, catches_; // link events by name
  std::unordered_set<std::string> hosts_; // ids of what has an event at its edge
  std::unordered_set<std::string> default_flows_;
  std::vector<std::uint32_t> killers_; // end events that end more than their own token
  std::unordered_map<std::size_t, std::size_t> before_; // what stands before a step, and behind
  std::unordered_map<std::size_t, std::size_t> behind_;
  std::vector<std::vector<std::size_t>> in_; // links by part
  std::vector<std::vector<std::size_t>> out_;
};

} // namespace banli::detail
