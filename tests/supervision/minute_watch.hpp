// The slow way to watch cases, which the monitor is compared with.
#pragma once

#include <algorithm>
#include <map>

#include <banli/engine/case_course.hpp>
#include <banli/engine/migrate_case.hpp>
#include <banli/supervision/hit.hpp>

#include "../engine/walk.hpp"
#include "watched.hpp"

namespace sample {

/// Cases of one office and calendar.
struct files {
  std::vector<running_case> cases; ///< with the definitions that they began by
  workday_calendar calendar = cn();
  std::vector<std::shared_ptr<const case_definition>> known{}; ///< that cases are moved to and from

  definition_source source() const {
    return [this](std::string_view hash) {
      const auto is = [&](const auto& d) { return d->hash == hash; };
      const auto at = std::ranges::find_if(known, is);
      return at == known.end() ? nullptr : *at;
    };
  }

  instant last() const {
    instant t{};
    for (const running_case& c : cases) t = std::max(t, c.state.last);
    return t;
  }
};

/// Looks at every rule of every case at every minute, and never asks when to look again.
class minute_watch {
 public:
  minute_watch(const files& f, const rule_set& rules, std::optional<int> lapse)
      : f_(f), rules_(rules), lapse_(lapse) {}

  std::vector<hit> until(instant end) {
    for (const running_case& c : f_.cases) watch(c, end);
    return hits_;
  }

 private:
  using subject = std::pair<std::size_t, std::size_t>; // rule and turn

  void watch(const running_case& c, instant end) {
    folded_case told{c.definition, {}};
    case_state& state = told.state;
    std::optional<case_clocks> k;
    std::vector<flow_event> course;
    std::map<subject, std::pair<std::size_t, bool>> held; // the hit, and whether it is open
    std::size_t next = 0;
    state.id = c.state.id;
    for (instant now = c.history.front().at; now <= end; now += minutes{1}) {
      bool happened = false;
      for (; next < c.history.size() && c.history[next].at == now; ++next, happened = true) {
        const folded_case before = told;
        REQUIRE(fold_event(f_.source(), told, c.history[next]).has_value());
        if (told.definition != before.definition) follow(before, told, now, held);
      }
      if (happened) {
        k.reset();
        if (auto made = clocks(*told.definition, state, f_.calendar)) k = *std::move(made);
        course = course_of(*told.definition, state);
      }
      case_facts facts{*told.definition, state, f_.calendar, k ? &*k : nullptr, now};
      std::optional<flow_facts> flow;
      if (rules_.flow() != nullptr)
        flow.emplace(*rules_.flow(), facts, course, now,
                     state.open() ? flow_course::running : flow_course::closed);
      const activation& from = flow ? static_cast<const activation&>(*flow) : facts;
      for (const banli::level level :
           {banli::level::alarm, banli::level::warning, banli::level::reminder})
        for (std::size_t r = 0; r < rules_.rules().size(); ++r) {
          const rule& of = rules_.rules()[r].definition();
          if (of.level != level) continue;
          const bool each = of.scope == rule_scope::each_step;
          for (std::size_t turn = 0; turn < (each ? state.steps.size() : 1); ++turn) {
            facts.of(each ? std::optional{turn} : std::nullopt);
            verdict_kind v = verdict_kind::silent;
            if (in_force(of, day_of(now))) v = rules_.rules()[r].judge(from).kind;
            settle({r, each ? turn : whole}, v, told, now, held);
          }
        }
      lapse(now, held);
    }
  }

  /// After a migration a turn is the one of the same step that began at the same time; of several,
  /// in their order.
  void follow(const folded_case& before, const folded_case& after, instant now,
              std::map<subject, std::pair<std::size_t, bool>>& held) {
    const auto name = [](const folded_case& of, std::size_t turn) {
      return of.definition->net.at(of.state.steps[turn].step).id;
    };
    std::map<subject, std::pair<std::size_t, bool>> followed;
    std::map<std::size_t, std::size_t> place;
    std::size_t next = 0;
    for (std::size_t old = 0; old < before.state.steps.size(); ++old)
      for (std::size_t n = next; n < after.state.steps.size(); ++n)
        if (name(before, old) == name(after, n) &&
            before.state.steps[old].since == after.state.steps[n].since) {
          place[old] = n;
          next = n + 1;
          break;
        }
    for (const auto& [s, h] : held)
      if (s.second == whole)
        followed[s] = h;
      else if (place.contains(s.second))
        followed[{s.first, place[s.second]}] = h;
      else if (h.second)
        end(h.first, hit_end::cleared, now);
    held = std::move(followed);
  }

  void settle(const subject& s, verdict_kind v, const folded_case& c, instant now,
              std::map<subject, std::pair<std::size_t, bool>>& held) {
    const auto mine = held.find(s);
    if (v == verdict_kind::silent && mine != held.end()) {
      if (mine->second.second) end(mine->second.first, hit_end::cleared, now);
      held.erase(mine);
    }
    if (v != verdict_kind::fires || mine != held.end()) return;
    for (const auto& [other, h] : held)
      if (louder(other, s)) return;
    for (auto it = held.begin(); it != held.end();) {
      if (!louder(s, it->first)) {
        ++it;
        continue;
      }
      if (it->second.second) {
        end(it->second.first, hit_end::superseded, now);
        hits_[it->second.first].superseded_by = rules_.rules()[s.first].id();
      }
      it = held.erase(it);
    }
    held[s] = {hits_.size(), true};
    hit h;
    h.rule = rules_.rules()[s.first].id();
    h.id = c.state.id;
    h.level = rules_.rules()[s.first].definition().level;
    if (s.second != whole) h.step = c.definition->net.at(c.state.steps[s.second].step).id;
    h.raised = now;
    hits_.push_back(std::move(h));
  }

  /// Counts the working days one by one; the hit is gone when the last of them is over.
  void lapse(instant now, std::map<subject, std::pair<std::size_t, bool>>& held) {
    if (!lapse_) return;
    for (auto& [s, h] : held) {
      if (!h.second || hits_[h.first].level == banli::level::alarm) continue;
      int left = *lapse_;
      day d = day_of(hits_[h.first].raised);
      while (left > 0) left -= f_.calendar.is_workday(d += days{1}) ? 1 : 0;
      if (now < instant{d + days{1}}) continue;
      end(h.first, hit_end::lapsed, now);
      h.second = false;
    }
  }

  bool louder(const subject& a, const subject& b) const {
    const auto& ids = rules_.rules()[a.first].definition().supersedes;
    return std::find(ids.begin(), ids.end(), rules_.rules()[b.first].id()) != ids.end() &&
           (a.second == whole || b.second == whole || a.second == b.second);
  }

  void end(std::size_t h, hit_end how, instant now) {
    hits_[h].end = how;
    hits_[h].ended = now;
  }

  static constexpr std::size_t whole = ~std::size_t{0};
  const files& f_;
  const rule_set& rules_;
  std::optional<int> lapse_;
  std::vector<hit> hits_;
};

} // namespace sample
