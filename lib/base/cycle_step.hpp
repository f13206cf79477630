// How a life cycle machine took an act (cycle_machine.hpp), for those who ask without Boost.MSM.
#pragma once

#include <cstdint>

namespace banli::detail {

enum class cycle_answer : std::uint8_t {
  taken,
  unknown,  ///< no row for this phase and act
  rejected, ///< there are rows, and every guard said no
  failed,   ///< an exception came out of it
};

template <class Phase>
struct cycle_step {
  cycle_answer answer{};
  Phase to{};
};

/// Whether a condition of a row holds: a fact that must, or must not, be among the facts.
template <class Condition, class Facts>
constexpr bool holds(const Condition& c, Facts facts) {
  return facts.has(c.fact) == (c.want == Condition::wanted::yes);
}

} // namespace banli::detail
