// trial_hit.hpp — whether a hit was found by a rule on trial (试运行): shown, and neither scored
// nor lighting a lamp. Where hits do not say at which stage their rule was, none is on trial.
#pragma once

#include <banli/supervision/hit.hpp>

namespace banli::detail {

template <class Hit>
bool on_trial(const Hit& h) {
  if constexpr (requires { h.stage; })
    return h.stage != decltype(h.stage){}; // the first stage is in earnest
  else
    return false;
}

} // namespace banli::detail
