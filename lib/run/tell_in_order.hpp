// tell_in_order.hpp — the histories of many cases as one, in order of time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <queue>
#include <utility>
#include <vector>

#include <banli/engine/decide.hpp>

namespace banli::detail {

/// A case whose events are being told.
struct telling {
  std::shared_ptr<const case_definition> definition;
  case_state state;
  std::vector<event> history;
  std::size_t next = 0; ///< position of the first event that is not told
};

/// Calls tell(t, at) after each event that `when(t)` puts at or before `to`, the earliest first; of
/// one instant in the order of the list, so that whoever reads the same again numbers cases alike.
template <class When, class Tell>
result<void> tell_in_order(std::vector<telling>& all, instant to, When when, Tell tell) {
  using entry = std::pair<instant, std::size_t>;
  std::priority_queue<entry, std::vector<entry>, std::greater<>> order;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].next < all[i].history.size()) order.emplace(when(all[i]), i);
  while (!order.empty() && order.top().first <= to) {
    const auto [at, i] = order.top();
    order.pop();
    telling& t = all[i];
    apply_to(*t.definition, t.state, t.history[t.next]);
    if (auto r = tell(t, at); !r) return r;
    if (++t.next < t.history.size()) order.emplace(when(t), i);
  }
  return {};
}

} // namespace banli::detail
