#include <banli/run/store_watch.hpp>

#include <algorithm>
#include <functional>
#include <queue>
#include <tuple>

#include <banli/engine/decide.hpp>
#include <banli/run/supervision_register.hpp>
#include <banli/supervision/supervision_act.hpp>

namespace banli {

namespace {

/// A case whose new events are being told.
struct telling {
  std::shared_ptr<const case_definition> definition;
  case_state state;
  std::vector<event> history;
  std::size_t next = 0;
};

/// Cases and orders in one line of time: what happens next, and the position of what it is. At one
/// instant cases come before orders: whoever delivers at the moment of an order was in time.
struct next_news {
  enum class sort : std::uint8_t { of_case, of_order };
  instant at{};
  sort what{};
  std::size_t position = 0;
  friend auto operator<=>(const next_news&, const next_news&) = default;
};

auto hit_key(const hit& h) { return std::tie(h.raised, h.id, h.rule, h.step); }

} // namespace

store_watch::store_watch(const configuration& config, rule_set rules,
                         const workday_calendar& calendar, const monitor_options& options)
    : config_(config), monitor_(std::move(rules), calendar, options) {}

result<std::vector<hit_change>> store_watch::catch_up(const case_store& store, instant to) {
  std::vector<stored_case> all;
  auto listed = store.each([&](const stored_case& c) {
    if (!is_supervision_record(c.item)) all.push_back(c);
  });
  if (!listed) return listed.error();
  std::vector<telling> news;
  for (const stored_case& c : all) {
    const auto known = seen_.find(c.id);
    const std::uint32_t seen = known == seen_.end() ? 0 : known->second;
    if (c.version == seen) continue;
    telling t{find(config_, c.item), {}, {}, seen};
    if (!t.definition || t.definition->hash != c.definition) {
      left_out_.insert(c.id);
      continue;
    }
    auto history = store.load(c.id);
    if (!history) return history.error();
    t.history = *std::move(history);
    t.state.id = c.id;
    for (std::size_t i = 0; i < seen && i < t.history.size(); ++i)
      t.state = apply(*t.definition, std::move(t.state), t.history[i]);
    news.push_back(std::move(t));
  }
  if (auto r = note_orders(store); !r) return r.error();
  // Cases one beside the other, always the one whose next event is the earliest; of one instant in
  // the order of their ids, so that a restart numbers them alike.
  const auto when = [&](instant at) {
    return reached_ ? std::max(at, *reached_ + std::chrono::seconds{1}) : at;
  };
  std::priority_queue<next_news, std::vector<next_news>, std::greater<>> queue;
  const auto wait = [&](const telling& t, std::size_t i) {
    if (t.next < t.history.size())
      queue.push({when(t.history[t.next].at), next_news::sort::of_case, i});
  };
  for (std::size_t i = 0; i < news.size(); ++i) wait(news[i], i);
  for (std::size_t i = 0; i < issued_.size(); ++i)
    queue.push({when(*issued_[i].issued), next_news::sort::of_order, i});
  std::set<case_id> told;
  while (!queue.empty() && queue.top().at <= to) {
    const auto [at, what, i] = queue.top();
    queue.pop();
    if (what == next_news::sort::of_order) {
      const supervision_order& s = issued_[i];
      const auto r = monitor_.answer(s.of, s.rule, s.id.text(), at, {s.step, s.raised});
      // What it was issued for may have ended before.
      if (!r && r.error().code != errc::unknown_reference) return r.error();
      told.insert(s.id);
      continue;
    }
    telling& t = news[i];
    t.state = apply(*t.definition, std::move(t.state), t.history[t.next]);
    seen_[t.state.id] = t.history[t.next].number;
    if (auto r = monitor_.update(t.definition, t.state, at); !r) return r.error();
    ++t.next;
    wait(t, i);
  }
  std::erase_if(issued_, [&](const supervision_order& s) { return told.contains(s.id); });
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
  std::vector<stored_case> all;
  auto listed = store.each([&](const stored_case& c) {
    if (!is_supervision_record(c.item)) all.push_back(c);
  });
  if (!listed) return listed.error();
  std::vector<watched_case> out;
  for (const stored_case& c : all) {
    const auto definition = find(config, c.item);
    if (!definition || definition->hash != c.definition) continue;
    const auto history = store.load(c.id);
    if (!history) return history.error();
    const case_state state = replay_at(*definition, c.id, *history, until);
    if (state.phase == case_phase::none) continue;
    auto w = watched(*definition, state, config.calendar, of[c.id]);
    if (!w) return w.error();
    out.push_back(*std::move(w));
  }
  return out;
}

back_test_result compare_hits(std::vector<hit> before, std::vector<hit> after) {
  const auto by_key = [](const hit& a, const hit& b) { return hit_key(a) < hit_key(b); };
  std::stable_sort(before.begin(), before.end(), by_key);
  std::stable_sort(after.begin(), after.end(), by_key);
  back_test_result out;
  auto a = before.begin();
  auto b = after.begin();
  while (a != before.end() || b != after.end()) {
    if (b == after.end() || (a != before.end() && by_key(*a, *b))) {
      out.only_before.push_back(std::move(*a++));
    } else if (a == before.end() || by_key(*b, *a)) {
      out.only_after.push_back(std::move(*b++));
    } else {
      if (*a == *b)
        ++out.same;
      else
        out.changed.emplace_back(std::move(*a), std::move(*b));
      ++a;
      ++b;
    }
  }
  return out;
}

result<back_test_result> back_test(const configuration& config, const case_store& store,
                                   instant until, const back_test_options& tried) {
  const rule_set none;
  const rule_set& now = config.rules ? *config.rules : none;
  store_watch before(config, now, config.calendar, tried.watched);
  if (auto r = before.catch_up(store, until); !r) return r.error();
  store_watch after(config, tried.rules.value_or(now), tried.calendar.value_or(config.calendar),
                    tried.watched);
  if (auto r = after.catch_up(store, until); !r) return r.error();
  return compare_hits(before.hits(), after.hits());
}

} // namespace banli
