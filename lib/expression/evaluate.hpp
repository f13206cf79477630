// evaluate.hpp — the walk over the plan.
#pragma once

#include <banli/expression/activation.hpp>
#include <banli/expression/program.hpp>

#include "expiry.hpp"
#include "plan.hpp"

namespace banli::detail::cel {

/// Evaluates; with a trace, writes every sub-expression into it as it goes.
outcome evaluate(const plan& p, const activation& from, const evaluation_limits& limits,
                 trace* written);

/// The same of one step, which is in no loop.
outcome evaluate(const plan& p, std::uint32_t step, const activation& from,
                 const evaluation_limits& limits, trace* written);

/// When the value gets to a threshold; see program::reaches().
expiry reaches(const plan& p, const value& threshold, const activation& from,
               const evaluation_limits& limits);

} // namespace banli::detail::cel
