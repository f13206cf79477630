// tell_in_order.hpp — the histories of many cases as one, in order of time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

#include <banli/engine/migrate_case.hpp>
#include <banli/run/case_view.hpp>

namespace banli::detail {

/// A case whose events are being told: what it runs by and how it stands before the next of them.
struct telling : folded_case {
  std::vector<event> history;
  std::size_t next = 0; ///< position of the first event that is not told
};

/// A stored case of which some events are told; none where the configuration does not have every
/// definition that it runs by.
inline std::optional<telling> telling_of(const configuration& config, const stored_case& c,
                                         std::vector<event> history, std::size_t told = 0) {
  const auto began = definition_of(config, c);
  const auto definitions = definitions_of(config);
  const bool known =
      began && std::ranges::all_of(history, [&](const event& e) {
        return e.what != event_kind::migrated || definitions(e.with.definition) != nullptr;
      });
  if (!known) return std::nullopt;
  telling out{{*began, {}}, std::move(history), 0};
  out.state.id = c.id;
  for (; out.next < told && out.next < out.history.size(); ++out.next)
    (void)fold_event(definitions, out, out.history[out.next]); // its definition is known
  return out;
}

/// Calls tell(t, at) after each event that `when(t)` puts at or before `to`, the earliest first; of
/// one instant in the order of the list, so that whoever reads the same again numbers cases alike.
template <class When, class Tell>
result<void> tell_in_order(const configuration& config, std::vector<telling>& all, instant to,
                           When when, Tell tell) {
  const auto definitions = definitions_of(config);
  using entry = std::pair<instant, std::size_t>;
  std::priority_queue<entry, std::vector<entry>, std::greater<>> order;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].next < all[i].history.size()) order.emplace(when(all[i]), i);
  while (!order.empty() && order.top().first <= to) {
    const auto [at, i] = order.top();
    order.pop();
    telling& t = all[i];
    if (auto r = fold_event(definitions, t, t.history[t.next]); !r) return r;
    if (auto r = tell(t, at); !r) return r;
    if (++t.next < t.history.size()) order.emplace(when(t), i);
  }
  return {};
}

} // namespace banli::detail
