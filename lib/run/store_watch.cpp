#include <banli/run/store_watch.hpp>

#include <algorithm>
#include <utility>

#include <banli/run/case_view.hpp>
#include <banli/run/supervision_register.hpp>

#include "run/tell_in_order.hpp"

namespace banli {

store_watch::store_watch(const configuration& config, rule_set rules,
                         const workday_calendar& calendar, const monitor_options& options)
    : config_(config), monitor_(std::move(rules), calendar, options) {}

result<std::vector<hit_change>> store_watch::catch_up(const case_store& store, instant to) {
  const auto all = cases_in(store);
  if (!all) return all.error();
  std::vector<detail::telling> news;
  for (const stored_case& c : *all) {
    const auto known = seen_.find(c.id);
    const std::uint32_t seen = known == seen_.end() ? 0 : known->second;
    if (c.version == seen) continue;
    auto history = store.load(c.id);
    if (!history) return history.error();
    auto t = detail::telling_of(config_, c, *std::move(history), seen);
    if (!t) {
      left_out_.insert(c.id);
      continue;
    }
    news.push_back(*std::move(t));
  }
  if (auto r = note_orders(store); !r) return r.error();
  const auto learnt = [&](instant at) {
    return reached_ ? std::max(at, *reached_ + std::chrono::seconds{1}) : at;
  };
  // At one instant cases come before orders: whoever delivers at the moment of an order was in
  // time.
  std::ranges::stable_sort(issued_, {}, &supervision_order::issued);
  std::size_t told = 0;
  const auto tell_orders = [&](auto are_due) -> result<void> {
    for (; told < issued_.size() && are_due(learnt(*issued_[told].issued)); ++told) {
      const supervision_order& s = issued_[told];
      const auto r =
          monitor_.answer(s.of, s.rule, s.id.text(), learnt(*s.issued), {s.step, s.raised});
      // What it was issued for may have ended before.
      if (!r && r.error().code != errc::unknown_reference) return r.error();
    }
    return {};
  };
  auto cases = detail::tell_in_order(
      config_, news, to, [&](const detail::telling& t) { return learnt(t.history[t.next].at); },
      [&](const detail::telling& t, instant at) -> result<void> {
        if (auto r = tell_orders([&](instant due) { return due < at; }); !r) return r;
        seen_[t.state.id] = t.history[t.next].number;
        return monitor_.update(t.definition, t.state, at);
      });
  if (!cases) return cases.error();
  if (auto r = tell_orders([&](instant due) { return due <= to; }); !r) return r.error();
  issued_.erase(issued_.begin(), issued_.begin() + static_cast<std::ptrdiff_t>(told));
  auto changes = monitor_.advance(to);
  if (!changes) return changes.error();
  reached_ = to;
  log_.add(*changes, monitor_);
  return changes;
}

result<void> store_watch::note_orders(const case_store& store) {
  const auto changed = orders_in(store, {}, [&](const stored_case& c) {
    return std::exchange(seen_[c.id], c.version) != c.version;
  });
  if (!changed) return changed.error();
  for (const supervision_order& s : *changed)
    if (s.issued && s.raised && noted_.insert(s.id).second) issued_.push_back(s);
  return {};
}

result<void> store_watch::answer(const case_id& id, const rule_id& rule, std::string order,
                                 instant at) {
  if (auto r = monitor_.answer(id, rule, std::move(order), at); !r) return r;
  auto changes = monitor_.advance(at);
  if (!changes) return changes.error();
  reached_ = at;
  log_.add(*changes, monitor_);
  return {};
}

result<std::vector<watched_case>> watched_cases(const configuration& config,
                                                const case_store& store, instant until,
                                                std::span<const hit> hits) {
  std::map<case_id, std::vector<hit>> of;
  for (const hit& h : hits) of[h.id].push_back(h);
  const auto all = cases_in(store);
  if (!all) return all.error();
  std::vector<watched_case> out;
  for (const stored_case& c : *all) {
    const auto history = store.load(c.id);
    if (!history) return history.error();
    const auto folded = fold_stored(config, c, known_history(*history, until));
    if (!folded || folded->state.phase == case_phase::none) continue;
    auto w = watched(*folded->definition, folded->state, config.calendar, of[c.id]);
    if (!w) return w.error();
    out.push_back(*std::move(w));
  }
  return out;
}

} // namespace banli
