// The watch over one case. Time moves from event to event; between two events it moves only to the
// instants that the last evaluations named.
#include <banli/supervision/supervise.hpp>

#include <algorithm>
#include <map>
#include <numeric>

#include <banli/engine/case_course.hpp>
#include <banli/engine/case_facts.hpp>
#include <banli/engine/decide.hpp>
#include <banli/rules/flow_counter.hpp>

#include "wake.hpp"

namespace banli {

namespace {

/// What a verdict is about: a rule (by position) and, for a rule about steps, a turn of one.
struct subject {
  std::size_t rule = 0;
  std::optional<std::size_t> turn;

  friend auto operator<=>(const subject&, const subject&) = default;
};

using detail::force_changes;
using detail::sooner;

class watch {
 public:
  watch(const definition_source& definitions, folded_case before_all, const rule_set& rules,
        const workday_calendar& calendar, const supervision_limits& limits)
      : definitions_(definitions), now_(std::move(before_all)), rule_set_(rules),
        rules_(rules.rules()), calendar_(calendar), limits_(limits) {
    order_.resize(rules_.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    // The louder rule speaks first, so that what it supersedes at the same instant never appears.
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
      return rules_[a].definition().level > rules_[b].definition().level;
    });
  }

  result<supervision> run(std::span<const event> history, instant until) {
    std::size_t next = 0;
    while (next < history.size() && history[next].at <= until) {
      const instant now = history[next].at;
      for (; next < history.size() && history[next].at == now; ++next)
        if (failed f = take(history[next])) return *f;
      if (failed f = look_at_everything(now)) return *f;
      const bool more = next < history.size() && history[next].at <= until;
      if (failed f = sleep_until(more ? history[next].at : until, more)) return *f;
    }
    for (const auto& [about, when] : wakes_) found_.next = sooner(found_.next, when);
    for (auto& [about, missing] : unjudged_) found_.unjudged.push_back(std::move(missing));
    return std::move(found_);
  }

 private:
  using failed = std::optional<error>;

  failed take(const event& e) {
    const folded_case before = e.what == event_kind::migrated ? now_ : folded_case{};
    if (auto r = fold_event(definitions_, now_, e); !r) return r.error();
    if (e.what == event_kind::migrated) follow_turns(before, e.at);
    return std::nullopt;
  }

  /// Hits of steps follow their turns to where these stand after a migration.
  void follow_turns(const folded_case& before, instant at) {
    const auto place = turns_after(*before.definition, *now_.definition, before.state);
    std::map<subject, std::size_t> followed;
    for (const auto& [about, position] : open_) {
      if (!about.turn)
        followed.emplace(about, position);
      else if (const auto turn = place[*about.turn])
        followed.emplace(subject{about.rule, turn}, position);
      else
        close(found_.hits[position], hit_end::cleared, at);
    }
    open_ = std::move(followed);
  }

  /// Evaluates every rule after something happened.
  failed look_at_everything(instant now) {
    wakes_.clear();
    unjudged_.clear();
    clocks_.reset();
    if (state().was_accepted()) {
      auto k = clocks(definition(), state(), calendar_);
      if (!k) return k.error();
      clocks_ = *std::move(k);
    }
    if (rule_set_.flow() != nullptr) course_ = course_of(definition(), state());
    for (const std::size_t r : order_) {
      if (rules_[r].definition().scope == rule_scope::each_case) {
        if (failed f = look({r, std::nullopt}, now)) return f;
        continue;
      }
      for (std::size_t turn = 0; turn < state().steps.size(); ++turn)
        if (failed f = look({r, turn}, now)) return f;
    }
    return std::nullopt;
  }

  /// Lets time pass, stopping only where an answer runs out. With `before`, the end itself is left
  /// to the event that happens there.
  failed sleep_until(instant end, bool before) {
    for (;;) {
      std::optional<instant> next;
      for (const auto& [about, when] : wakes_) next = sooner(next, when);
      if (!next || *next > end || (before && *next == end)) return std::nullopt;
      std::vector<subject> due;
      for (const std::size_t r : order_)
        for (auto it = wakes_.lower_bound({r, std::nullopt});
             it != wakes_.end() && it->first.rule == r; ++it)
          if (it->second <= *next) due.push_back(it->first);
      for (const subject& s : due) {
        wakes_.erase(s);
        if (failed f = look(s, *next)) return f;
      }
    }
  }

  failed look(const subject& about, instant now) {
    if (++evaluations_ > limits_.evaluations)
      return make_error(errc::limit_exceeded, "supervising case {} took more than {} evaluations",
                        "办件 {} 的监察评估次数超过 {}", state().id.text(), limits_.evaluations);
    const compiled_rule& r = rules_[about.rule];
    case_facts facts{definition(), state(), calendar_, clocks_ ? &*clocks_ : nullptr, now};
    facts.of(about.turn);
    std::optional<flow_facts> flow;
    if (rule_set_.flow() != nullptr)
      flow.emplace(*rule_set_.flow(), facts, course_, now,
                   state().open() ? flow_course::running : flow_course::closed);
    const activation& from = flow ? static_cast<const activation&>(*flow) : facts;
    verdict v;
    if (in_force(r.definition(), day_of(now))) v = r.judge(from);
    const auto wake = sooner(v.holds_until, force_changes(r.definition(), now));
    if (wake && *wake > now) wakes_[about] = *wake;
    if (v.kind == verdict_kind::unjudgeable)
      unjudged_[about] = {r.id(), step_of(about), std::move(v.missing)};
    else
      unjudged_.erase(about);
    if (v.kind == verdict_kind::fires) raise(about, from, now);
    if (v.kind == verdict_kind::silent) clear(about, now);
    return std::nullopt;
  }

  const case_definition& definition() const { return *now_.definition; }
  const case_state& state() const { return now_.state; }

  node_id step_of(const subject& about) const {
    return about.turn ? definition().net.at(state().steps[*about.turn].step).id : node_id{};
  }

  /// Whether two subjects speak of the same thing: the same turn, or one of them of the whole case.
  static bool same_matter(const subject& a, const subject& b) {
    return !a.turn || !b.turn || *a.turn == *b.turn;
  }

  bool supersedes(std::size_t louder, std::size_t quieter) const {
    const auto& ids = rules_[louder].definition().supersedes;
    return std::find(ids.begin(), ids.end(), rules_[quieter].id()) != ids.end();
  }

  void raise(const subject& about, const activation& facts, instant now) {
    if (open_.contains(about)) return;
    for (const auto& [other, position] : open_)
      if (supersedes(other.rule, about.rule) && same_matter(other, about)) return;
    for (auto it = open_.begin(); it != open_.end();) {
      if (!supersedes(about.rule, it->first.rule) || !same_matter(about, it->first)) {
        ++it;
        continue;
      }
      close(found_.hits[it->second], hit_end::superseded, now);
      found_.hits[it->second].superseded_by = rules_[about.rule].id();
      it = open_.erase(it);
    }
    open_[about] = found_.hits.size();
    found_.hits.push_back(make_hit(about, facts, now));
  }

  hit make_hit(const subject& about, const activation& facts, instant now) const {
    return detail::hit_of(detail::grounds_of(rules_[about.rule], step_of(about), facts, now),
                          state().id, now);
  }

  void clear(const subject& about, instant now) {
    const auto it = open_.find(about);
    if (it == open_.end()) return;
    close(found_.hits[it->second], hit_end::cleared, now);
    open_.erase(it);
  }

  static void close(hit& h, hit_end how, instant now) {
    h.end = how;
    h.ended = now;
  }

  const definition_source& definitions_;
  folded_case now_;
  const rule_set& rule_set_;
  std::span<const compiled_rule> rules_;
  const workday_calendar& calendar_;
  const supervision_limits& limits_;
  std::vector<std::size_t> order_; ///< of the rules, loudest first
  std::optional<case_clocks> clocks_;
  std::vector<flow_event> course_; ///< where the rules read it
  std::map<subject, instant> wakes_;
  std::map<subject, unjudged_rule> unjudged_;
  std::map<subject, std::size_t> open_; ///< position of the open hit
  std::size_t evaluations_ = 0;
  supervision found_;
};

} // namespace

result<supervision> supervise(const case_definition& definition, const case_id& id,
                              std::span<const event> history, const rule_set& rules,
                              const workday_calendar& calendar, instant until,
                              const supervision_limits& limits) {
  if (!definition.item.supervised) return supervision{};
  // It is the caller's, who keeps it while we look.
  const std::shared_ptr<const case_definition> only{std::shared_ptr<void>{}, &definition};
  return supervise([&](std::string_view hash) { return hash == only->hash ? only : nullptr; },
                   definition.hash, id, history, rules, calendar, until, limits);
}

result<supervision> supervise(const definition_source& definitions, std::string_view first,
                              const case_id& id, std::span<const event> history,
                              const rule_set& rules, const workday_calendar& calendar,
                              instant until, const supervision_limits& limits) {
  static const environment words = fact_environment();
  if (const problems foreign = rules.foreign_to(words); !foreign.empty()) return foreign.front();
  auto began = fold_case(definitions, first, id, {});
  if (!began) return began.error();
  if (!began->definition->item.supervised) return supervision{};
  return watch{definitions, *std::move(began), rules, calendar, limits}.run(history, until);
}

} // namespace banli
