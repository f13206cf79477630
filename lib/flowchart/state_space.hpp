// Every marking a case can have, found breadth first, so that the first way to each is a shortest
// one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

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

  /// The number of a marking, if a case can have it.
  std::optional<std::size_t> number_of(const marking& m) const;

  /// The moves that lead to a state, from the start.
  std::vector<flow_move> way_to(std::uint32_t state, const flow_tables& t) const;
};

/// The moves of a state space, turned round.
class way_back {
 public:
  explicit way_back(const state_space& space);

  /// The states from which one of `goals` can be reached.
  std::vector<bool> can_reach(std::vector<bool> goals) const;

 private:
  index_lists before_;
};

/// States visited for a question about a running case: enough for any chart an office draws.
inline constexpr std::size_t most_markings = 100'000;

/// The places that hold a token in some state, from low to high.
std::vector<std::size_t> places_seen(const state_space& space);

state_space explore(const flow_tables& t, std::size_t limit);

/// The step completed, or the decision and its arrows.
flow_move to_move(const state_move& by, const flow_tables& t);

} // namespace banli::detail
