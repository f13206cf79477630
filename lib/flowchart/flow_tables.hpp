// The flat arrays a flow_net runs on. Built once by compile(), never changed after.
//
// Most of the work of a move is done at compile time: walking an arrow ends, through whatever forks
// and merges, in a fixed list of places (its landing). Only joins must look at the marking.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include <banli/flowchart/flow_net.hpp>

namespace banli::detail {

using place_index = std::uint32_t;
inline constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);

/// Lists of numbers, one list for each number, in two arrays.
struct index_lists {
  std::vector<std::uint32_t> first{0};
  std::vector<std::uint32_t> items;

  std::span<const std::uint32_t> operator[](std::size_t i) const {
    return {items.data() + first[i], first[i + 1] - first[i]};
  }
  void close_list() { first.push_back(static_cast<std::uint32_t>(items.size())); }
};

/// Where a token rests: at a node, or on an arrow into a join.
struct place_info {
  std::uint32_t node = none;  ///< the step, decision, end or join
  std::uint32_t arrow = none; ///< set on the way into a join
};

/// What an inclusive join must know of the rest of the chart.
struct inclusive_join {
  std::uint32_t node = none;
  std::vector<place_index> arrows; ///< the arrows into it
  /// For each: the places from which a token can come there without passing this join.
  std::vector<marking> before;
};

/// Why a move has no marking to lead to.
struct mishap {
  place_index place = none;       ///< none: it has one
  errc code = errc::unsafe_place; ///< or join_race: a place of the join that is in two minds

  explicit operator bool() const { return place != none; }
};

struct flow_tables {
  flowchart chart;
  std::unordered_map<std::string, std::size_t> by_id;
  std::vector<std::uint32_t> from; ///< by arrow
  std::vector<std::uint32_t> to;
  std::vector<arrow_index> out_items; ///< arrows out of each node, in the order of the chart
  std::vector<std::uint32_t> out_first;
  index_lists in; ///< arrows into each node
  /// By node: the sets of its arrows, as bits, that an inclusive decision may open.
  std::vector<std::vector<std::uint32_t>> branches;
  std::vector<inclusive_join> inclusive_joins; ///< in the order of the chart
  std::vector<place_info> places;              ///< in the order of the nodes
  std::vector<place_index> place_of_node;      ///< none where nothing rests
  std::vector<place_index> place_of_arrow;     ///< set for arrows into joins
  index_lists landing;                         ///< by arrow: the places its token comes to rest at
  std::vector<place_index> clash; ///< by arrow: a place its landing would fill twice, or none
  std::vector<bool> by_choice;    ///< by node
  std::vector<bool> by_condition; ///< by node
  std::size_t start = 0;
  marking at_start;
  mishap start_mishap;

  std::span<const arrow_index> out(std::size_t n) const {
    return {out_items.data() + out_first[n], out_first[n + 1] - out_first[n]};
  }
  node_kind kind(std::size_t n) const { return chart.nodes[n].kind; }

  /// The arrows out of a node that a set of bits names.
  std::vector<std::uint32_t> arrows_of(std::uint32_t n, std::uint32_t set) const;

  /// Lets tokens walk along arrows, through forks, joins and merges, into their places; then the
  /// inclusive joins open that can. After a mishap the marking is of no use.
  mishap pass(marking& m, std::span<const std::uint32_t> arrows) const;

  /// Removes the token of a resting node and lets it walk along one arrow, or several.
  mishap move(marking& m, std::uint32_t arrow) const;
  mishap move(marking& m, std::span<const std::uint32_t> arrows) const;

  /// Opens every join that can in a marking that was put together by hand.
  mishap settle(marking& m) const;

  /// Whether an inclusive join holds a token and no other can still come where it holds none.
  bool opens(const inclusive_join& join, const marking& m) const;

 private:
  static mishap rest_at(marking& m, place_index p);
  mishap walk(marking& m, marking& received, std::vector<std::uint32_t>& walking) const;
  mishap open(marking& m, marking& received, const inclusive_join& join) const;
  mishap open_all(marking& m, marking& received) const;
};

/// The tables of a chart without local faults.
std::shared_ptr<const flow_tables> build_tables(const flowchart& chart);

inline std::uint32_t number(node_index n) { return static_cast<std::uint32_t>(n); }
inline std::uint32_t number(arrow_index a) { return static_cast<std::uint32_t>(a); }

} // namespace banli::detail
