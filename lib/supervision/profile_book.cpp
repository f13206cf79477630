#include "profile_book.hpp"

#include <algorithm>
#include <numeric>

#include <banli/engine/case_course.hpp>

#include "wake.hpp"

namespace banli::detail {

profile_book::profile_book(rule_set rules, workday_calendar calendar, std::uint32_t looks)
    : rules_(std::move(rules)), calendar_(std::move(calendar)), looks_(looks), fields_(rules_) {
  const auto all = rules_.rules();
  place_.resize(all.size());
  rank_.resize(all.size());
  kept_down_.resize(all.size());
  std::vector<std::uint32_t> order(all.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return all[a].definition().level > all[b].definition().level;
  });
  for (std::uint32_t i = 0; i < order.size(); ++i) rank_[order[i]] = i;
  for (std::uint32_t r = 0; r < all.size(); ++r) {
    const bool whole = all[r].definition().scope == rule_scope::each_case;
    auto& list = whole ? case_rules_ : step_rules_;
    place_[r] = static_cast<std::uint32_t>(list.size());
    list.push_back(r);
    for (const rule_id& quieter : all[r].definition().supersedes)
      for (std::uint32_t q = 0; q < all.size(); ++q)
        if (all[q].id() == quieter) kept_down_[q].push_back(r);
  }
}

std::size_t profile_book::subject_of(const about& of) const {
  if (of.turn == about::no_turn) return place_[of.rule];
  return case_rules_.size() + of.turn * step_rules_.size() + place_[of.rule];
}

about profile_book::about_of(std::size_t subject) const {
  if (subject < case_rules_.size()) return {case_rules_[subject], about::no_turn};
  subject -= case_rules_.size();
  return {step_rules_[subject % step_rules_.size()],
          static_cast<std::uint32_t>(subject / step_rules_.size())};
}

bool profile_book::louder(const about& a, const about& b) const {
  return rank_[a.rule] != rank_[b.rule] ? rank_[a.rule] < rank_[b.rule] : a.turn < b.turn;
}

bool profile_book::supersedes(const about& louder, const about& quieter) const {
  const auto& by = kept_down_[quieter.rule];
  if (std::find(by.begin(), by.end(), louder.rule) == by.end()) return false;
  return louder.turn == about::no_turn || quieter.turn == about::no_turn ||
         louder.turn == quieter.turn;
}

node_id profile_book::step_of(const profile& p, const about& of) const {
  if (of.turn == about::no_turn) return {};
  return p.definition->net.at(p.state->steps[of.turn].step).id;
}

/// Calls f with the facts of a profile at an instant.
template <class F>
auto profile_book::with_facts(const profile& p, const about& of, instant now, F&& f) const {
  case_facts facts{*p.definition, *p.state, calendar_, p.clocks ? &*p.clocks : nullptr, now};
  if (of.turn != about::no_turn) facts.of(of.turn);
  if (!fields_.reads_flow()) return f(static_cast<const activation&>(facts));
  const flow_facts all(*rules_.flow(), facts, p.course, now,
                       p.state->open() ? flow_course::running : flow_course::closed);
  return f(static_cast<const activation&>(all));
}

judged profile_book::judge(const profile& p, const about& of, instant now) const {
  ++judgements_;
  const compiled_rule& r = rules_.rules()[of.rule];
  judged out;
  std::optional<instant> until;
  if (in_force(r.definition(), day_of(now))) {
    // The course is read only where a rule asks for it: counting it costs more than the rule.
    const auto ask = [&](const activation& facts) {
      const banli::verdict v = r.judge(facts);
      out.kind = v.kind;
      until = v.holds_until;
    };
    if (fields_.flow_read_by(of.rule)) {
      with_facts(p, of, now, ask);
    } else {
      case_facts facts{*p.definition, *p.state, calendar_, p.clocks ? &*p.clocks : nullptr, now};
      if (of.turn != about::no_turn) facts.of(of.turn);
      ask(facts);
    }
  }
  until = sooner(until, force_changes(r.definition(), now));
  if (until && *until > now) out.wake = until;
  return out;
}

void profile_book::judge_all(profile& p, const profile* before, instant now) {
  const bool same = before != nullptr && before->definition_number == p.definition_number;
  const std::size_t turns = step_rules_.empty() ? 0 : p.state->steps.size();
  p.verdicts.resize(case_rules_.size() + turns * step_rules_.size());
  profile_fields::mask changed;
  if (same) changed = fields_.changed(before->key, p.key);
  profile_fields::mask changed_turn;
  for (std::size_t s = 0; s < p.verdicts.size(); ++s) {
    const about of = about_of(s);
    bool keep = same && s < before->verdicts.size();
    if (keep && of.turn != about::no_turn && place_[of.rule] == 0)
      changed_turn = fields_.changed(before->key, p.key, of.turn);
    if (keep) {
      const auto& read = fields_.read_by(of.rule);
      keep = (read & changed).none() && (of.turn == about::no_turn || (read & changed_turn).none());
      const auto& wake = before->verdicts[s].wake;
      keep = keep && (!wake || *wake > now);
    }
    p.verdicts[s] = keep ? before->verdicts[s] : judge(p, of, now);
  }
  list_firing(p);
}

void profile_book::list_firing(profile& p) const {
  p.firing.clear();
  p.wake.reset();
  for (std::size_t s = 0; s < p.verdicts.size(); ++s) {
    if (p.verdicts[s].kind == verdict_kind::fires) p.firing.push_back(about_of(s));
    p.wake = sooner(p.wake, p.verdicts[s].wake);
  }
  std::sort(p.firing.begin(), p.firing.end(),
            [&](const about& a, const about& b) { return louder(a, b); });
}

result<std::uint32_t> profile_book::profile_of(std::shared_ptr<const case_definition> d,
                                               std::shared_ptr<const case_state> s, instant now,
                                               std::uint32_t before) {
  const auto number_of =
      definitions_.try_emplace(d.get(), static_cast<std::uint32_t>(definitions_.size())).first;
  std::optional<case_clocks> running;
  if (fields_.needs_clocks() && s->was_accepted()) {
    auto k = clocks(*d, *s, calendar_);
    if (!k) return k.error();
    running = *std::move(k);
  }
  fields_.key_of(scratch_, number_of->second,
                 {*d, *s, running ? &*running : nullptr, calendar_, now}, serials_++);
  if (const auto known = by_key_.find(scratch_.bytes); known != by_key_.end()) return known->second;
  auto made = std::make_unique<profile>();
  made->key = scratch_;
  made->definition_number = number_of->second;
  made->definition = std::move(d);
  made->state = std::move(s);
  made->clocks = std::move(running);
  if (fields_.reads_flow()) made->course = course_of(*made->definition, *made->state);
  judge_all(*made, before == no_profile ? nullptr : profiles_[before].get(), now);
  std::uint32_t number = static_cast<std::uint32_t>(profiles_.size());
  if (free_.empty()) {
    profiles_.push_back(std::move(made));
  } else {
    number = free_.back();
    free_.pop_back();
    profiles_[number] = std::move(made);
  }
  by_key_.emplace(profiles_[number]->key.bytes, number);
  schedule(number);
  return number;
}

std::size_t profile_book::bytes() const {
  std::size_t out = heap_.capacity() * sizeof(due) + profiles_.capacity() * sizeof(profiles_[0]);
  for (const auto& p : profiles_)
    if (p)
      out += sizeof(profile) + sizeof(case_state) + p->key.bytes.capacity() +
             p->key.ends.capacity() * sizeof(p->key.ends[0]) +
             p->verdicts.capacity() * sizeof(judged) + p->firing.capacity() * sizeof(about) +
             p->state->steps.capacity() * sizeof(step_record) +
             p->course.capacity() * sizeof(flow_event) +
             (p->clocks ? p->clocks->steps.capacity() * sizeof(step_clock) : 0);
  return out;
}

void profile_book::drop(std::uint32_t number) {
  by_key_.erase(profiles_[number]->key.bytes);
  profiles_[number].reset();
  free_.push_back(number);
}

void profile_book::schedule(std::uint32_t number) {
  profile& p = *profiles_[number];
  p.generation = ++generations_;
  if (!p.wake) return;
  heap_.push_back({*p.wake, number, p.generation});
  std::push_heap(heap_.begin(), heap_.end());
}

std::optional<instant> profile_book::next() {
  while (!heap_.empty()) {
    const due& d = heap_.front();
    const profile* p = profiles_[d.profile].get();
    if (p != nullptr && p->generation == d.generation) return d.at;
    std::pop_heap(heap_.begin(), heap_.end());
    heap_.pop_back();
  }
  return std::nullopt;
}

result<std::vector<std::uint32_t>> profile_book::wake(instant now) {
  std::vector<std::uint32_t> changed;
  for (auto t = next(); t && *t <= now; t = next()) {
    const std::uint32_t number = heap_.front().profile;
    profile& p = *profiles_[number];
    if (++p.looks > looks_)
      return make_error(errc::limit_exceeded,
                        "case {} was looked at more than {} times without an event",
                        "办件 {} 无事件期间的查看次数超过 {}", p.state->id.text(), looks_);
    bool different = false;
    for (std::size_t s = 0; s < p.verdicts.size(); ++s) {
      judged& v = p.verdicts[s];
      if (!v.wake || *v.wake > now) continue;
      const verdict_kind was = v.kind;
      v = judge(p, about_of(s), now);
      different = different || v.kind != was;
    }
    list_firing(p);
    schedule(number);
    if (different) changed.push_back(number);
  }
  return changed;
}

std::shared_ptr<const hit_grounds> profile_book::grounds(profile& p, const about& of, instant now,
                                                         std::optional<day> trial_until) const {
  if (p.said_at != now) p.said.clear();
  p.said_at = now;
  for (const auto& [what, g] : p.said)
    if (what == of) return g;
  hit_grounds g = with_facts(p, of, now, [&](const activation& facts) {
    return grounds_of(rules_.rules()[of.rule], step_of(p, of), facts, now);
  });
  if (trial_until && day_of(now) < *trial_until) g.stage = rule_stage::trial;
  return p.said.emplace_back(of, std::make_shared<const hit_grounds>(std::move(g))).second;
}

std::vector<std::pair<instant, about>> profile_book::coming(const profile& p, instant until) const {
  std::vector<std::pair<instant, about>> out;
  for (std::size_t s = 0; s < p.verdicts.size(); ++s) {
    judged v = p.verdicts[s];
    if (v.kind == verdict_kind::fires) continue;
    const about of = about_of(s);
    std::uint32_t looks = 0;
    while (v.wake && *v.wake <= until && ++looks <= looks_) {
      const instant at = *v.wake;
      v = judge(p, of, at);
      if (v.kind != verdict_kind::fires) continue;
      out.emplace_back(at, of);
      break;
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  return out;
}

std::vector<unjudged_rule> profile_book::unjudged(const profile& p, instant now) const {
  std::vector<unjudged_rule> out;
  for (std::size_t s = 0; s < p.verdicts.size(); ++s) {
    if (p.verdicts[s].kind != verdict_kind::unjudgeable) continue;
    const about of = about_of(s);
    banli::verdict v = with_facts(
        p, of, now, [&](const activation& facts) { return rules_.rules()[of.rule].judge(facts); });
    out.push_back({rules_.rules()[of.rule].id(), step_of(p, of), std::move(v.missing)});
  }
  return out;
}

} // namespace banli::detail
