// Every marking a case can have, found breadth first, so that the first way to each is a shortest
// one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include <banli/flowchart/soundness.hpp>

#include "flowchart/flow_tables.hpp"

namespace banli::detail {

/// A move is named by the arrow it goes along: out of a step completed or a decision.
struct state_origin {
  std::uint32_t parent = none; ///< none for the start
  std::uint32_t arrow = none;
};

/// A move after which a place would hold two tokens.
struct unsafe_move {
  std::uint32_t state = 0;
  std::uint32_t arrow = none;
  place_index place_filled = none;
};

struct state_space {
  std::vector<marking> states; ///< states[0] is the start
  std::vector<state_origin> origin;
  index_lists next; ///< states one safe move away
  std::vector<unsafe_move> unsafe;
  std::vector<bool> has_unsafe; ///< by state
  bool complete = true;         ///< false: the limit was reached
  boost::unordered_flat_map<marking, std::uint32_t, marking_hash> number_of;

  /// The moves that lead to a state, from the start.
  std::vector<flow_move> way_to(std::uint32_t state, const flow_tables& t) const;

  /// The states from which one of `goals` can be reached.
  std::vector<bool> can_reach(const std::vector<bool>& goals) const;
};

state_space explore(const flow_tables& t, std::size_t limit);

/// The step completed, or the decision and its arrow.
flow_move to_move(std::uint32_t arrow, const flow_tables& t);

} // namespace banli::detail
