// The watch over many cases: one heap of instants, profiles that are judged, cases that have them.
#include <banli/supervision/monitor.hpp>

#include <algorithm>

#include "case_book.hpp"
#include "profile_book.hpp"
#include "wake.hpp"

namespace banli {

using detail::about;
using detail::case_book;
using detail::profile;
using detail::profile_book;

struct monitor::impl {
  /// A state that was told at this instant and is not looked at yet.
  struct told {
    std::uint32_t number;
    std::shared_ptr<const case_definition> definition;
    std::shared_ptr<const case_state> state;
  };
  /// A hit that lapses, unless it has ended.
  struct lapse {
    instant at;
    std::uint32_t number;
    about of;
    instant raised;
    friend bool operator<(const lapse& a, const lapse& b) { return a.at > b.at; }
  };

  impl(rule_set r, workday_calendar c, monitor_options o)
      : options(o), profiles(std::move(r), std::move(c), o.looks_of_profile) {
    const problems found = profiles.rules().foreign_to(fact_environment());
    if (!found.empty()) foreign = found.front();
  }

  result<void> reach(instant at) {
    if (foreign) return *foreign;
    if (at < now || (at == now && closed))
      return make_error(errc::time_backwards, "{} is past: the monitor stands at {}",
                        "{} 已经过去:监控已至 {}", to_text(at), to_text(now));
    if (at == now) return {};
    if (auto r = run_before(at); !r) return r;
    now = at;
    closed = false;
    return {};
  }

  /// Handles everything before an instant.
  result<void> run_before(instant bound) {
    if (!fresh.empty())
      if (auto r = look(now); !r) return r;
    for (auto t = next_instant(); t && *t < bound; t = next_instant()) {
      now = *t;
      if (auto r = look(now); !r) return r;
    }
    return {};
  }

  std::optional<instant> next_instant() {
    auto t = profiles.next();
    if (!lapses.empty()) t = detail::sooner(t, lapses.front().at);
    return t;
  }

  /// Looks at one instant: what was told at it, what time has changed, and what lapses.
  result<void> look(instant at) {
    touched.clear();
    for (told& t : fresh) {
      auto to = profiles.profile_of(std::move(t.definition), std::move(t.state), at,
                                    cases.profile_of(t.number));
      if (!to) return to.error();
      cases.move(t.number, *to, profiles);
      touched.push_back(t.number);
    }
    fresh.clear();
    fresh_of.clear();
    auto woken = profiles.wake(at);
    if (!woken) return woken.error();
    for (const std::uint32_t p : *woken) cases.members(profiles[p], touched);
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    for (const std::uint32_t c : touched) settle(c, at);
    while (!lapses.empty() && lapses.front().at <= at) {
      const lapse l = lapses.front();
      std::pop_heap(lapses.begin(), lapses.end());
      lapses.pop_back();
      if (cases.mute(l.number, l.of, l.raised))
        changes.push_back(
            {at, l.number, l.of.rule, turn_of(l.of), hit_turn::lapsed, l.raised, {}, {}, {}});
    }
    return {};
  }

  static std::optional<std::uint32_t> turn_of(const about& of) {
    return of.turn == about::no_turn ? std::nullopt : std::optional{of.turn};
  }

  /// Brings the hits of a case in line with its profile, the loudest rule first.
  void settle(std::uint32_t number, instant at) {
    profile& p = profiles[cases.profile_of(number)];
    work.clear();
    for (const about& f : p.firing) work.push_back(f);
    cases.each_hit(number, [&](const detail::case_hit& h) {
      if (profiles.verdict(p, h.of) == verdict_kind::silent) work.push_back(h.of);
    });
    if (work.size() != p.firing.size())
      std::sort(work.begin(), work.end(),
                [&](const about& a, const about& b) { return profiles.louder(a, b); });
    for (const about& of : work)
      if (profiles.verdict(p, of) == verdict_kind::fires)
        raise(number, p, of, at);
      else
        clear(number, of, at);
  }

  void raise(std::uint32_t number, profile& p, const about& of, instant at) {
    bool quiet = false;
    cases.each_hit(number, [&](const detail::case_hit& h) {
      quiet = quiet || h.of == of || (profiles.supersedes(h.of, of));
    });
    if (quiet) return;
    cases.drop_if(number, [&](const detail::case_hit& h) {
      if (!profiles.supersedes(of, h.of)) return false;
      if (h.open)
        changes.push_back({at,
                           number,
                           h.of.rule,
                           turn_of(h.of),
                           hit_turn::superseded,
                           h.raised,
                           of.rule,
                           {},
                           {}});
      return true;
    });
    cases.add(number, {of, at, true});
    changes.push_back({at,
                       number,
                       of.rule,
                       turn_of(of),
                       hit_turn::raised,
                       at,
                       {},
                       profiles.grounds(p, of, at, options.trial_until),
                       {}});
    remember_lapse(number, of, at);
  }

  void clear(std::uint32_t number, const about& of, instant at) {
    cases.drop_if(number, [&](const detail::case_hit& h) {
      if (h.of != of) return false;
      if (h.open)
        changes.push_back(
            {at, number, of.rule, turn_of(of), hit_turn::cleared, h.raised, {}, {}, {}});
      return true;
    });
  }

  void remember_lapse(std::uint32_t number, const about& of, instant at) {
    if (!options.lapse || profiles.rule_at(of.rule).level == level::alarm) return;
    const auto last = profiles.calendar().add_workdays(day_of(at), *options.lapse);
    if (!last) return; // beyond what the calendar knows
    lapses.push_back({instant{*last + days{1}}, number, of, at});
    std::push_heap(lapses.begin(), lapses.end());
  }

  monitor_options options;
  std::optional<error> foreign; ///< rules in other words: nothing is watched
  profile_book profiles;
  case_book cases;
  std::vector<told> fresh;
  std::unordered_map<std::uint32_t, std::size_t> fresh_of;
  std::vector<lapse> lapses; ///< a heap
  std::vector<hit_change> changes;
  std::vector<std::uint32_t> touched;
  std::vector<about> work;
  instant now{instant::min()};
  bool closed = false; ///< now was advanced to
};

monitor::monitor(rule_set rules, workday_calendar calendar, monitor_options options)
    : impl_(std::make_unique<impl>(std::move(rules), std::move(calendar), options)) {}
monitor::~monitor() = default;
monitor::monitor(monitor&&) noexcept = default;
monitor& monitor::operator=(monitor&&) noexcept = default;

result<void> monitor::update(std::shared_ptr<const case_definition> definition, case_state state,
                             instant at) {
  return update(std::move(definition), std::make_shared<const case_state>(std::move(state)), at);
}

result<void> monitor::update(std::shared_ptr<const case_definition> definition,
                             std::shared_ptr<const case_state> state, instant at) {
  impl& m = *impl_;
  if (auto r = m.reach(at); !r) return r;
  if (!definition->item.supervised) return {};
  const auto number = m.cases.number_for(state->id.text(), m.options.cases);
  if (!number)
    return make_error(errc::limit_exceeded, "more than {} cases", "办件超过 {} 件",
                      m.options.cases);
  const auto [it, added] = m.fresh_of.try_emplace(*number, m.fresh.size());
  if (added)
    m.fresh.push_back({*number, std::move(definition), std::move(state)});
  else
    m.fresh[it->second] = {*number, std::move(definition), std::move(state)};
  return {};
}

result<std::vector<hit_change>> monitor::advance(instant to) {
  impl& m = *impl_;
  if (m.foreign) return *m.foreign;
  if (to < m.now)
    return make_error(errc::time_backwards, "{} is past: the monitor stands at {}",
                      "{} 已经过去:监控已至 {}", to_text(to), to_text(m.now));
  if (auto r = m.run_before(to + std::chrono::seconds{1}); !r) return r.error();
  m.now = to;
  m.closed = true;
  return std::exchange(m.changes, {});
}

result<void> monitor::answer(const case_id& id, const rule_id& rule, std::string order, instant at,
                             const answered_hit& which) {
  impl& m = *impl_;
  if (at < m.now)
    return make_error(errc::time_backwards, "{} is past: the monitor stands at {}",
                      "{} 已经过去:监控已至 {}", to_text(at), to_text(m.now));
  if (at > m.now) {
    if (auto r = m.run_before(at + std::chrono::seconds{1}); !r) return r;
    m.now = at;
    m.closed = true;
  } else if (!m.fresh.empty()) {
    if (auto r = m.look(at); !r) return r;
    m.closed = true;
  }
  const auto number = m.cases.find(id.text());
  const auto said = std::make_shared<const std::string>(std::move(order));
  bool any = false;
  if (number)
    m.cases.change_each(*number, [&](detail::case_hit& h) {
      if (!h.open || m.profiles.rule_at(h.of.rule).id != rule) return;
      if (which.raised && *which.raised != h.raised) return;
      if (which.step &&
          *which.step != m.profiles.step_of(m.profiles[m.cases.profile_of(*number)], h.of))
        return;
      h.open = false;
      any = true;
      m.changes.push_back({at,
                           *number,
                           h.of.rule,
                           impl::turn_of(h.of),
                           hit_turn::answered,
                           h.raised,
                           {},
                           {},
                           said});
    });
  if (!any)
    return make_error(errc::unknown_reference, "case {} has no open hit of rule {}",
                      "办件 {} 没有规则 {} 的未消除命中", id.text(), rule.text());
  return {};
}

std::optional<instant> monitor::next() const {
  if (!impl_->fresh.empty()) return impl_->now;
  return impl_->next_instant();
}

std::vector<pending_hit> monitor::coming(instant until) const {
  std::vector<pending_hit> out;
  std::vector<std::uint32_t> members;
  impl_->profiles.each([&](const profile& p) {
    members.clear();
    impl_->cases.members(p, members);
    for (const auto& [at, of] : impl_->profiles.coming(p, until))
      for (const std::uint32_t c : members)
        out.push_back({at, c, of.rule, impl::turn_of(of), impl_->profiles.step_of(p, of)});
  });
  std::sort(out.begin(), out.end(), [](const pending_hit& a, const pending_hit& b) {
    return std::tie(a.at, a.case_number, a.rule, a.turn) <
           std::tie(b.at, b.case_number, b.rule, b.turn);
  });
  return out;
}

std::vector<pending_hit> monitor::coming(const case_id& id, instant until) const {
  std::vector<pending_hit> out;
  const auto number = impl_->cases.find(id.text());
  if (!number || impl_->cases.profile_of(*number) == detail::no_profile) return out;
  const profile& p = impl_->profiles[impl_->cases.profile_of(*number)];
  for (const auto& [at, of] : impl_->profiles.coming(p, until))
    out.push_back({at, *number, of.rule, impl::turn_of(of), impl_->profiles.step_of(p, of)});
  return out;
}

std::vector<unjudged_rule> monitor::unjudged(const case_id& id) const {
  const auto number = impl_->cases.find(id.text());
  if (!number || impl_->cases.profile_of(*number) == detail::no_profile) return {};
  return impl_->profiles.unjudged(impl_->profiles[impl_->cases.profile_of(*number)], impl_->now);
}

std::optional<std::uint32_t> monitor::number_of(std::string_view id) const {
  return impl_->cases.find(id);
}
std::string_view monitor::id_of(std::uint32_t case_number) const {
  return impl_->cases.id_of(case_number);
}
const rule_set& monitor::rules() const { return impl_->profiles.rules(); }

monitor_size monitor::size() const {
  const impl& m = *impl_;
  return {m.cases.size(),
          m.profiles.size(),
          m.cases.hits(),
          m.profiles.judgements(),
          m.cases.bytes() + m.lapses.capacity() * sizeof(impl::lapse),
          m.profiles.bytes()};
}

} // namespace banli
