// One heap of instants, profiles that are judged, cases that have them.
#include "case_watch.hpp"

#include <algorithm>

#include "wake.hpp"
#include <banli/engine/migrate_case.hpp>

namespace banli::detail {

namespace {

std::optional<std::uint32_t> turn_of(const about& of) {
  return of.turn == about::no_turn ? std::nullopt : std::optional{of.turn};
}

} // namespace

error case_watch::past(instant at) const {
  return make_error(errc::time_backwards, "{} is past: the monitor stands at {}",
                    "{} 已经过去:监控已至 {}", to_text(at), to_text(now_));
}

result<void> case_watch::reach(instant at) {
  if (const auto& why = profiles_.rules().foreign()) return *why;
  if (at < now_ || (at == now_ && closed_)) return past(at);
  if (at == now_) return {};
  if (auto r = run_before(at); !r) return r;
  now_ = at;
  closed_ = false;
  return {};
}

/// Handles everything before an instant.
result<void> case_watch::run_before(instant bound) {
  if (!fresh_.empty())
    if (auto r = look(now_); !r) return r;
  for (auto t = next_instant(); t && *t < bound; t = next_instant()) {
    now_ = *t;
    if (auto r = look(now_); !r) return r;
  }
  return {};
}

std::optional<instant> case_watch::next_instant() {
  const auto t = profiles_.next();
  return lapses_.empty() ? t : sooner(t, lapses_.front().at);
}

/// The hits of a case that was moved to another definition, whose turns of steps are others now: a
/// hit follows its turn, and is over where the new chart has no such step.
void case_watch::follow_turns(std::uint32_t number, const case_definition& before,
                              const case_state& state, const case_definition& after, instant at) {
  if (&before == &after) return;
  const watched_rules& rules = profiles_.rules();
  const auto place = turns_after(before, after, state);
  std::vector<case_hit> kept;
  std::vector<std::uint32_t> raised_under;
  cases_.drop_if(number, [&](const case_hit& h) {
    const about of = rules.about_of(h.of);
    if (of.turn == about::no_turn || place[of.turn] == of.turn) return false;
    if (place[of.turn]) {
      const about moved{of.rule, static_cast<std::uint32_t>(*place[of.turn])};
      kept.emplace_back(h.raised, rules.subject_of(moved)).open = h.open;
      raised_under.push_back(turn_raised(number, h.of));
    } else if (h.open != 0) {
      note_end(number, h, hit_turn::cleared, at);
    }
    moved_.erase({number, h.of});
    return true;
  });
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const subject of = kept[i].of;
    cases_.add(number, kept[i]);
    moved_.insert_or_assign({number, of}, raised_under[i]);
    if (kept[i].open != 0) remember_lapse(number, of, kept[i].raised);
  }
}

/// Looks at one instant: what was told at it, what time has changed, and what lapses.
result<void> case_watch::look(instant at) {
  touched_.clear();
  if (fresh_.size() > 1) std::ranges::stable_sort(fresh_, {}, &told::number);
  const auto first = static_cast<std::ptrdiff_t>(changes_.size());
  for (std::size_t i = 0; i < fresh_.size(); ++i) {
    const told& t = fresh_[i];
    const std::uint32_t from = cases_.profile_of(t.number);
    if (i > 0 && fresh_[i - 1].number == t.number)
      follow_turns(t.number, *fresh_[i - 1].definition, *fresh_[i - 1].state, *t.definition, at);
    else if (from != no_profile)
      follow_turns(t.number, *profiles_[from].seen->definition, *profiles_[from].seen->state,
                   *t.definition, at);
    // Of what was told of one case at one instant only the last is judged.
    if (i + 1 < fresh_.size() && fresh_[i + 1].number == t.number) continue;
    const auto to = profiles_.profile_of(t.definition, t.state, at, from);
    if (!to) return to.error();
    cases_.move(t.number, *to, profiles_);
    touched_.push_back(t.number);
  }
  fresh_.clear();
  auto woken = profiles_.wake(at);
  if (!woken) return woken.error();
  for (const std::uint32_t p : *woken) cases_.members(profiles_[p], touched_);
  if (!woken->empty()) {
    std::sort(touched_.begin(), touched_.end());
    touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
  }
  for (const std::uint32_t c : touched_) settle(c, at);
  while (!lapses_.empty() && lapses_.front().at <= at) {
    const lapse l = lapses_.front();
    std::pop_heap(lapses_.begin(), lapses_.end());
    lapses_.pop_back();
    if (cases_.mute(l.number, l.of, l.raised))
      note_end(l.number, {l.raised, l.of}, hit_turn::lapsed, at);
  }
  const auto by_case = [](const hit_change& a, const hit_change& b) {
    return a.case_number < b.case_number;
  };
  // What lapses, or follows from a migration, comes out of turn.
  if (!std::is_sorted(changes_.begin() + first, changes_.end(), by_case))
    std::stable_sort(changes_.begin() + first, changes_.end(), by_case);
  return {};
}

/// Brings the hits of a case in line with its profile, the loudest rule first.
void case_watch::settle(std::uint32_t number, instant at) {
  const profile& p = profiles_[cases_.profile_of(number)];
  work_.assign(p.firing.begin(), p.firing.end());
  cases_.each_hit(number, [&](const case_hit& h) {
    if (p.verdicts[h.of] == verdict_kind::silent) work_.push_back(h.of);
  });
  if (work_.size() != p.firing.size())
    std::sort(work_.begin(), work_.end(),
              [&](subject a, subject b) { return profiles_.rules().louder(a, b); });
  for (const subject of : work_)
    if (p.verdicts[of] == verdict_kind::fires)
      raise(number, p, of, at);
    else
      clear(number, of, at);
}

void case_watch::raise(std::uint32_t number, const profile& p, subject of, instant at) {
  const watched_rules& rules = profiles_.rules();
  const bool related = rules.in_family(of);
  bool quiet = false;
  cases_.each_hit(number, [&](const case_hit& h) {
    quiet = quiet || h.of == of || (related && rules.supersedes(h.of, of));
  });
  if (quiet) return;
  const about what = rules.about_of(of);
  if (related)
    cases_.drop_if(number, [&](const case_hit& h) {
      if (!rules.supersedes(of, h.of)) return false;
      if (h.open != 0) note_end(number, h, hit_turn::superseded, at, what.rule);
      return true;
    });
  if (!moved_.empty()) moved_.erase({number, of});
  cases_.add(number, {at, of});
  changes_.push_back(
      {at, at, number, what.rule, turn_of(what), std::nullopt, hit_turn::raised, p.seen});
  remember_lapse(number, of, at);
}

void case_watch::clear(std::uint32_t number, subject of, instant at) {
  cases_.drop_if(number, [&](const case_hit& h) {
    if (h.of != of) return false;
    if (h.open != 0) note_end(number, h, hit_turn::cleared, at);
    return true;
  });
}

void case_watch::note_end(std::uint32_t number, const case_hit& h, hit_turn what, instant at,
                          std::optional<std::uint32_t> by) {
  const std::uint32_t rule = profiles_.rules().about_of(h.of).rule;
  const std::uint32_t turn = turn_raised(number, h.of);
  changes_.push_back({at, h.raised, number, rule, turn_of({rule, turn}), by, what, nullptr});
}

/// The turn that a hit of a case was raised under.
std::uint32_t case_watch::turn_raised(std::uint32_t number, subject of) const {
  if (!moved_.empty())
    if (const auto m = moved_.find({number, of}); m != moved_.end()) return m->second;
  return profiles_.rules().about_of(of).turn;
}

void case_watch::remember_lapse(std::uint32_t number, subject of, instant at) {
  if (!options_.lapse || profiles_.rules().at(of).level == level::alarm) return;
  const auto last = profiles_.calendar().add_workdays(day_of(at), *options_.lapse);
  if (!last) return; // beyond what the calendar knows
  lapses_.push_back({instant{*last + days{1}}, number, of, at});
  std::push_heap(lapses_.begin(), lapses_.end());
}

result<void> case_watch::update(std::shared_ptr<const case_definition> definition,
                                std::shared_ptr<const case_state> state, instant at) {
  if (auto r = reach(at); !r) return r;
  if (!definition->item.supervised) return {};
  const auto number = cases_.number_for(state->id.text(), options_.cases);
  if (!number)
    return make_error(errc::limit_exceeded, "more than {} cases", "办件超过 {} 件", options_.cases);
  fresh_.push_back({*number, std::move(definition), std::move(state)});
  return {};
}

result<std::vector<hit_change>> case_watch::advance(instant to) {
  if (const auto& why = profiles_.rules().foreign()) return *why;
  if (to < now_) return past(to);
  if (auto r = run_before(to + std::chrono::seconds{1}); !r) return r.error();
  now_ = to;
  closed_ = true;
  return std::exchange(changes_, {});
}

result<void> case_watch::answer(const case_id& id, const rule_id& rule, std::string order,
                                instant at, const answered_hit& which) {
  if (at < now_) return past(at);
  if (at > now_) {
    if (auto r = run_before(at + std::chrono::seconds{1}); !r) return r;
    now_ = at;
    closed_ = true;
  } else if (!fresh_.empty()) {
    if (auto r = look(at); !r) return r;
    closed_ = true;
  }
  const auto number = cases_.find(id.text());
  const auto said = static_cast<std::uint32_t>(orders_.size());
  bool any = false;
  if (number)
    cases_.change_each(*number, [&](case_hit& h) {
      if (h.open == 0 || profiles_.rules().at(h.of).id != rule) return;
      if (which.raised && *which.raised != h.raised) return;
      if (which.step && *which.step != profiles_[cases_.profile_of(*number)].seen->step_of(
                                           profiles_.rules().about_of(h.of)))
        return;
      h.open = 0;
      any = true;
      note_end(*number, h, hit_turn::answered, at, said);
    });
  if (!any)
    return make_error(errc::unknown_reference, "case {} has no open hit of rule {}",
                      "办件 {} 没有规则 {} 的未消除命中", id.text(), rule.text());
  orders_.push_back(std::move(order));
  return {};
}

std::optional<instant> case_watch::next() { return fresh_.empty() ? next_instant() : now_; }

std::vector<pending_hit> case_watch::coming(instant until) const {
  std::vector<pending_hit> out;
  std::vector<std::uint32_t> members;
  profiles_.each([&](const profile& p) {
    members.clear();
    cases_.members(p, members);
    for (const auto& [at, of] : profiles_.coming(p, until))
      for (const std::uint32_t c : members)
        out.push_back({at, c, of.rule, turn_of(of), p.seen->step_of(of)});
  });
  std::sort(out.begin(), out.end(), [](const pending_hit& a, const pending_hit& b) {
    return std::tie(a.at, a.case_number, a.rule, a.turn) <
           std::tie(b.at, b.case_number, b.rule, b.turn);
  });
  return out;
}

/// Of a case that was looked at; null of any other.
const profile* case_watch::profile_of(const case_id& id) const {
  const auto number = cases_.find(id.text());
  if (!number || cases_.profile_of(*number) == no_profile) return nullptr;
  return &profiles_[cases_.profile_of(*number)];
}

std::vector<pending_hit> case_watch::coming(const case_id& id, instant until) const {
  std::vector<pending_hit> out;
  const profile* const p = profile_of(id);
  if (p == nullptr) return out;
  const std::uint32_t number = *cases_.find(id.text());
  for (const auto& [at, of] : profiles_.coming(*p, until))
    out.push_back({at, number, of.rule, turn_of(of), p->seen->step_of(of)});
  return out;
}

std::vector<unjudged_rule> case_watch::unjudged(const case_id& id) const {
  const profile* const p = profile_of(id);
  return p == nullptr ? std::vector<unjudged_rule>{} : profiles_.unjudged(*p, now_);
}

hit_grounds case_watch::grounds(const looked_at& seen, const about& of, instant then) const {
  hit_grounds g = profiles_.grounds(seen, of, then);
  if (options_.trial_until && day_of(then) < *options_.trial_until) g.stage = rule_stage::trial;
  return g;
}

monitor_size case_watch::size() const {
  return {cases_.size(),
          profiles_.size(),
          cases_.hits(),
          profiles_.judgements(),
          cases_.bytes() + lapses_.capacity() * sizeof(lapse),
          profiles_.bytes()};
}

} // namespace banli::detail
