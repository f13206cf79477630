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

/// A move is named by the arrow it goes along, out of a step completed or a decision; that of an
/// inclusive decision by its first arrow and the set of those it opens.
struct state_move {
  std::uint32_t arrow = none;
  std::uint32_t branches = 0; ///< 0: the arrow alone
};

struct state_origin {
  std::uint32_t parent = none; ///< none for the start
  state_move by{};
};

/// A move after which a place would hold two tokens, or two joins race.
struct unsafe_move {
  std::uint32_t state = 0;
  state_move by{};
  mishap bad{};
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

/// States visited for a question about a running case: enough for any chart an office draws.
inline constexpr std::size_t most_markings = 100'000;

state_space explore(const flow_tables& t, std::size_t limit);

/// The step completed, or the decision and its arrows.
flow_move to_move(const state_move& by, const flow_tables& t);

} // namespace banli::detail
