#include "profile_book.hpp"

#include <algorithm>

#include <banli/engine/case_course.hpp>

#include "wake.hpp"

namespace banli::detail {

node_id looked_at::step_of(const about& of) const {
  if (of.turn == about::no_turn) return {};
  return definition->net.at(state->steps[of.turn].step).id;
}

profile_book::profile_book(watched_rules rules, workday_calendar calendar, std::uint32_t looks)
    : rules_(std::move(rules)), calendar_(std::move(calendar)), looks_(looks), fields_(rules_) {}

/// The facts of what was looked at, at an instant, for one rule after another.
class profile_book::facts_then {
 public:
  facts_then(const profile_book& book, const looked_at& seen, instant now)
      : book_(book), seen_(seen), now_(now), facts_(*seen.definition, *seen.state, book.calendar_,
                                                    seen.clocks ? &*seen.clocks : nullptr, now) {}

  /// What a rule is judged by. The course is counted only where a rule asks for it: that costs more
  /// than the rule.
  const activation& of(const about& what) {
    if (book_.fields_.flow_read_by(what.rule)) return shown(what);
    turn_to(what);
    return facts_;
  }

  /// What a rule may show.
  const activation& shown(const about& what) {
    turn_to(what);
    if (!book_.fields_.reads_flow()) return facts_;
    if (!flow_)
      flow_.emplace(*book_.rules_.flow(), facts_, seen_.course, now_,
                    seen_.state->open() ? flow_course::running : flow_course::closed);
    return *flow_;
  }

 private:
  void turn_to(const about& what) {
    if (what.turn == turn_) return;
    turn_ = what.turn;
    facts_.of(turn_ == about::no_turn ? std::nullopt : std::optional<std::size_t>{turn_});
    flow_.reset();
  }

  const profile_book& book_;
  const looked_at& seen_;
  instant now_;
  std::uint32_t turn_ = about::no_turn;
  case_facts facts_;
  std::optional<flow_facts> flow_;
};

profile_book::judged profile_book::judge(facts_then& facts, const about& of, instant now) const {
  ++judgements_;
  const compiled_rule& r = rules_[of.rule];
  judged out;
  std::optional<instant> until;
  if (in_force(r.definition(), day_of(now))) {
    const banli::verdict v = r.judge(facts.of(of));
    out.kind = v.kind;
    until = v.holds_until;
  }
  until = sooner(until, force_changes(r.definition(), now));
  if (until && *until > now) out.wake = until;
  return out;
}

void profile_book::judge_all(profile& p, const profile* before, instant now) {
  const bool same = before != nullptr && before->definition_number == p.definition_number;
  p.verdicts.resize(rules_.subjects(rules_.about_steps() ? p.seen->state->steps.size() : 0));
  profile_fields::mask changed;
  if (same) changed = fields_.changed(before->key, p.key);
  profile_fields::mask changed_too; // of the turn that is looked at
  std::uint32_t turn = about::no_turn;
  std::size_t old = 0; // position in the wakes of before
  std::optional<facts_then> facts;
  wakes_.clear();
  for (subject s = 0; s < p.verdicts.size(); ++s) {
    const about of = rules_.about_of(s);
    judged v;
    bool keep = same && s < before->verdicts.size();
    if (keep) {
      if (of.turn != turn) changed_too = fields_.changed(before->key, p.key, of.turn);
      turn = of.turn;
      v.kind = before->verdicts[s];
      if (old < before->wakes.size() && before->wakes[old].of == s)
        v.wake = before->wakes[old++].at;
      keep =
          (fields_.read_by(of.rule) & (changed | changed_too)).none() && (!v.wake || *v.wake > now);
    }
    if (!keep) {
      if (!facts) facts.emplace(*this, *p.seen, now);
      v = judge(*facts, of, now);
    }
    p.verdicts[s] = v.kind;
    if (v.wake) wakes_.push_back({s, *v.wake});
  }
  p.wakes.assign(wakes_.begin(), wakes_.end()); // no more memory than that
  list_firing(p);
}

/// Judges again what time may have changed.
void profile_book::judge_what_is_due(profile& p, instant now) {
  facts_then facts{*this, *p.seen, now};
  for (due_verdict& w : p.wakes) {
    if (w.at > now) continue;
    const judged v = judge(facts, rules_.about_of(w.of), now);
    p.verdicts[w.of] = v.kind;
    w.at = v.wake.value_or(now);
  }
  std::erase_if(p.wakes, [&](const due_verdict& w) { return w.at <= now; });
  list_firing(p);
}

void profile_book::list_firing(profile& p) const {
  p.firing.clear();
  p.wake.reset();
  for (const due_verdict& w : p.wakes) p.wake = sooner(p.wake, w.at);
  for (subject s = 0; s < p.verdicts.size(); ++s)
    if (p.verdicts[s] == verdict_kind::fires) p.firing.push_back(s);
  std::sort(p.firing.begin(), p.firing.end(),
            [&](subject a, subject b) { return rules_.louder(a, b); });
}

std::uint32_t profile_book::number_of(const std::shared_ptr<const case_definition>& d) {
  return definitions_.try_emplace(d, static_cast<std::uint32_t>(definitions_.size())).first->second;
}

result<std::uint32_t> profile_book::profile_of(const std::shared_ptr<const case_definition>& d,
                                               const std::shared_ptr<const case_state>& s,
                                               instant now, std::uint32_t before) {
  std::optional<case_clocks> running;
  const auto run_clocks = [&]() -> result<void> {
    if (running || !s->was_accepted()) return {};
    auto k = clocks(*d, *s, calendar_);
    if (!k) return k.error();
    running = *std::move(k);
    return {};
  };
  if (fields_.key_needs_clocks())
    if (auto r = run_clocks(); !r) return r.error();
  const std::uint32_t definition = number_of(d);
  fields_.key_of(scratch_, definition, {*d, *s, running ? &*running : nullptr, calendar_, now},
                 serials_++);
  if (const auto known = by_key_.find(scratch_.bytes); known != by_key_.end()) return known->second;
  if (fields_.needs_clocks())
    if (auto r = run_clocks(); !r) return r.error();
  auto made = std::make_unique<profile>();
  made->key = scratch_;
  made->definition_number = definition;
  auto course = fields_.reads_flow() ? course_of(*d, *s) : std::vector<flow_event>{};
  made->seen =
      std::make_shared<const looked_at>(looked_at{d, s, std::move(running), std::move(course)});
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
      out += sizeof(profile) + sizeof(looked_at) + sizeof(case_state) + p->key.bytes.capacity() +
             p->key.ends.capacity() * sizeof(p->key.ends[0]) +
             p->verdicts.capacity() * sizeof(verdict_kind) +
             p->wakes.capacity() * sizeof(due_verdict) + p->firing.capacity() * sizeof(subject) +
             p->seen->state->steps.capacity() * sizeof(step_record) +
             p->seen->course.capacity() * sizeof(flow_event) +
             (p->seen->clocks ? p->seen->clocks->steps.capacity() * sizeof(step_clock) : 0);
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
                        "办件 {} 无事件期间的查看次数超过 {}", p.seen->state->id.text(), looks_);
    const std::vector<verdict_kind> was = p.verdicts;
    judge_what_is_due(p, now);
    schedule(number);
    if (p.verdicts != was) changed.push_back(number);
  }
  return changed;
}

hit_grounds profile_book::grounds(const looked_at& seen, const about& of, instant then) const {
  facts_then facts{*this, seen, then};
  return grounds_of(rules_[of.rule], seen.step_of(of), facts.shown(of), then);
}

std::vector<std::pair<instant, about>> profile_book::coming(const profile& p, instant until) const {
  std::vector<std::pair<instant, about>> out;
  for (const due_verdict& w : p.wakes) {
    judged v{p.verdicts[w.of], w.at};
    if (v.kind == verdict_kind::fires) continue;
    const about of = rules_.about_of(w.of);
    std::uint32_t looks = 0;
    while (v.wake && *v.wake <= until && ++looks <= looks_) {
      const instant at = *v.wake;
      facts_then facts{*this, *p.seen, at};
      v = judge(facts, of, at);
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
  facts_then facts{*this, *p.seen, now};
  for (subject s = 0; s < p.verdicts.size(); ++s) {
    if (p.verdicts[s] != verdict_kind::unjudgeable) continue;
    const about of = rules_.about_of(s);
    banli::verdict v = rules_[of.rule].judge(facts.of(of));
    out.push_back({rules_[of.rule].id(), p.seen->step_of(of), std::move(v.missing)});
  }
  return out;
}

} // namespace banli::detail
