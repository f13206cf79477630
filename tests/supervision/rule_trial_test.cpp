#include <banli/supervision/rule_trial.hpp>

#include <random>
#include <set>

#include <banli/engine/case_course.hpp>
#include <banli/engine/case_facts.hpp>

#include "random_files.hpp"
#include "watched.hpp"

using namespace sample;

namespace {

using loudness = banli::level;

/// A rule that shows nothing but its name.
rule terse(const char* id, banli::level level, rule_scope scope, const char* condition,
           std::vector<rule_id> supersedes = {}) {
  rule r = written(id, level, scope, condition, std::move(supersedes));
  r.message = {};
  return r;
}

/// Rules in families, so that what one says is silence of another.
std::vector<rule> family() {
  return {terse("W50", loudness::reminder, rule_scope::each_case, "case.used_share >= 0.5"),
          terse("W80", loudness::warning, rule_scope::each_case, "case.used_share >= 0.8",
                {rule_id{"W50"}}),
          terse("A100", loudness::alarm, rule_scope::each_case, "case.overdue", {rule_id{"W80"}}),
          terse("STEP", loudness::warning, rule_scope::each_step, "step.overdue_days > 0"),
          terse("SLOW", loudness::alarm, rule_scope::each_step, "step.overdue_days > 1",
                {rule_id{"STEP"}}),
          terse("RETURN", loudness::warning, rule_scope::each_case, "case.returns >= 1"),
          terse("HANDS", loudness::reminder, rule_scope::each_case, "case.handlers >= 2"),
          terse("HOURS", loudness::reminder, rule_scope::each_case, "case.acts_outside_hours > 0"),
          terse("IDLE", loudness::reminder, rule_scope::each_case, "case.idle_workdays >= 2")};
}

/// The family, and a rule over what was done within some hours.
rule_set counting(std::vector<rule> rules, int hours) {
  flow_counter busy;
  busy.name = "busy";
  busy.activities = {"受理", "审查"};
  busy.window = std::chrono::hours{hours};
  auto flow = compile_counters({busy}, fact_environment(), course_words());
  REQUIRE(flow.problems.empty());
  rules.push_back(terse("BUSY", loudness::alarm, rule_scope::each_case, "flow.busy >= 2",
                        {rule_id{"W80"}, rule_id{"HANDS"}}));
  auto c = compile_rules(std::move(rules), flow.counters->words());
  REQUIRE(c.problems.empty());
  c.rules->watch_flow(*flow.counters);
  return *std::move(c.rules);
}

/// One of the ways in which an office changes its rules.
std::vector<rule> amended(int how) {
  std::vector<rule> all = family();
  switch (how) {
  case 0: all[0].condition = "case.used_share >= 0.3"; break;
  case 1: all[2].condition = "case.overdue_days > 1"; break;
  case 2:
    all.erase(all.begin());
    all[0].supersedes.clear();
    break;
  case 3:
    all.push_back(
        terse("NEW", loudness::alarm, rule_scope::each_step, "step.times >= 2", {rule_id{"STEP"}}));
    break;
  case 4: all[6].level = loudness::warning; break;
  case 5: all[4].supersedes.clear(); break;
  case 6: all[1].message = {"other", "其他"}; break;
  default: break; // nothing but the calendar
  }
  return all;
}

std::string asked_text(const std::vector<asked_rule>& asked) {
  std::string out;
  for (const asked_rule& a : asked) out += fmt::format("{} {}; ", a.rule.text(), to_string(a.why));
  return out;
}

/// Everything that happened, in order of time, told to whoever asks.
template <class Tell>
void tell_all(const files& f, Tell tell) {
  struct news {
    instant at;
    std::size_t of;
    std::shared_ptr<const case_state> state;
  };
  std::vector<news> all;
  for (std::size_t i = 0; i < f.cases.size(); ++i) {
    case_state s;
    s.id = f.cases[i].state.id;
    for (const event& e : f.cases[i].history) {
      s = apply(*f.cases[i].definition, std::move(s), e);
      all.push_back({e.at, i, std::make_shared<const case_state>(s)});
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const news& a, const news& b) { return a.at < b.at; });
  for (const news& n : all) {
    const result<void> told = tell(f.cases[n.of].definition, n.state, n.at);
    REQUIRE(told.has_value());
  }
}

/// All hits of all rules, as a watch without short cuts finds them.
std::vector<hit> all_hits(const files& f, const rule_set& rules, const workday_calendar& calendar,
                          instant until, const monitor_options& how) {
  monitor m(rules, calendar, how);
  tell_all(f, [&](const auto& d, const auto& s, instant t) { return m.update(d, s, t); });
  hit_log log;
  log.add(*m.advance(until), m);
  return log.hits();
}

std::vector<std::string> as_text(const std::vector<hit>& hits) {
  std::vector<std::string> out;
  for (const hit& h : hits) out.push_back(to_json(h));
  std::sort(out.begin(), out.end());
  return out;
}

/// Hits of a trial, each by itself; in order of time.
std::vector<hit> one_by_one(const trial_hits& all) {
  std::vector<hit> out;
  for (std::size_t i = 0; i < all.size(); ++i) out.push_back(all[i]);
  CHECK(std::ranges::is_sorted(out, {}, &hit::raised));
  return out;
}

} // namespace

TEST_CASE("only rules that can say something else are asked again, and it is said why") {
  const rule_set before = compiled_of(family());
  const auto asked = [&](int how, bool calendar = false, bool lapse = false) {
    return asked_text(rules_to_ask(before, compiled_of(amended(how)), calendar, lapse));
  };
  CHECK(asked(-1).empty());
  CHECK(asked(0) == "W50 changed; ");
  CHECK(asked(1) == "A100 changed; W50 superseded; W80 superseded; ");
  CHECK(asked(2) == "W50 removed; W80 changed; ");
  CHECK(asked(3) == "NEW added; STEP superseded; ");
  CHECK(asked(4) == "HANDS changed; ");
  CHECK(asked(5) == "SLOW changed; STEP superseded; ");
  CHECK(asked(6) == "W50 superseded; W80 changed; ");
  CHECK(asked(-1, true) == "A100 calendar; HOURS calendar; IDLE calendar; SLOW calendar; "
                           "STEP calendar; W50 calendar; W80 calendar; ");
  CHECK(asked(-1, true, true).find("RETURN calendar") != std::string::npos);
  CHECK(asked(-1, false, true).empty());
}

TEST_CASE("a rule that reads a counter is asked again when the counter is another") {
  const auto with_window = [](int hours) {
    flow_counter busy;
    busy.name = "busy";
    busy.activities = {"受理", "审查"};
    busy.window = std::chrono::hours{hours};
    flow_counter other = busy;
    other.name = "other";
    other.window = std::chrono::hours{7};
    auto flow = compile_counters({busy, other}, fact_environment(), course_words());
    REQUIRE(flow.problems.empty());
    auto c = compile_rules(
        {terse("BUSY", loudness::reminder, rule_scope::each_case, "flow.busy >= 2"),
         terse("OTHER", loudness::reminder, rule_scope::each_case, "flow.other >= 2")},
        flow.counters->words());
    REQUIRE(c.problems.empty());
    c.rules->watch_flow(*flow.counters);
    return *std::move(c.rules);
  };
  CHECK(rules_to_ask(with_window(48), with_window(48)).empty());
  CHECK(asked_text(rules_to_ask(with_window(48), with_window(24))) == "BUSY reads; ");
}

TEST_CASE("asking only some rules again finds every difference that asking all would find") {
  std::mt19937 random{77};
  const auto pick = [&](int lo, int hi) {
    return std::uniform_int_distribution<int>{lo, hi}(random);
  };
  std::size_t different = 0;
  std::size_t same = 0;
  for (int round = 0; round < 80; ++round) {
    CAPTURE(round);
    const files f = random_files(pick);
    const instant until = f.last() + days{pick(1, 40)};
    const int how = round % 10; // 8, 9: what reads a counter is watched apart
    const rule_set before = how >= 8 ? counting(family(), 48) : compiled_of(family());
    const rule_set after = how >= 8 ? counting(amended(how - 7), 20) : compiled_of(amended(how));
    const workday_calendar other =
        how == 7 ? *workday_calendar::build(scenario::random_source(pick)) : f.calendar;
    monitor_options watched;
    if (pick(0, 1) == 1) watched.lapse = pick(1, 5);
    const auto found = [&] { // the difference outlives the trial
      rule_trial t({before, f.calendar}, {after, other}, watched);
      tell_all(f, [&](const auto& d, const auto& s, instant at) { return t.tell(d, s, at); });
      return t.finish(until);
    }();
    REQUIRE(found.has_value());
    const hit_difference ours = found->whole();
    const hit_difference theirs = compare_hits(all_hits(f, before, f.calendar, until, watched),
                                               all_hits(f, after, other, until, watched));
    CHECK(as_text(ours.only_before) == as_text(theirs.only_before));
    CHECK(as_text(ours.only_after) == as_text(theirs.only_after));
    REQUIRE(ours.changed.size() == theirs.changed.size());
    for (std::size_t i = 0; i < theirs.changed.size(); ++i)
      CHECK((to_json(ours.changed[i].first) == to_json(theirs.changed[i].first) &&
             to_json(ours.changed[i].second) == to_json(theirs.changed[i].second)));
    CHECK(ours.same <= theirs.same);
    CHECK(as_text(one_by_one(found->only_before)) == as_text(ours.only_before));
    CHECK(as_text(one_by_one(found->only_after)) == as_text(ours.only_after));
    REQUIRE(found->changed_from.size() == ours.changed.size());
    REQUIRE(found->changed_to.size() == ours.changed.size());
    for (std::size_t i = 0; i < ours.changed.size(); ++i) {
      const hit from = found->changed_from[i];
      const hit to = found->changed_to[i];
      CHECK(std::ranges::count(ours.changed, std::pair{from, to}) == 1);
    }
    different += theirs.only_before.size() + theirs.only_after.size() + theirs.changed.size();
    same += theirs.same;
  }
  CHECK(different > 50); // or nothing was compared
  CHECK(same > 100);
}

TEST_CASE("facts that no calendar counts are the same under every calendar") {
  const rule_set before = compiled_of(family());
  std::mt19937 random{78};
  const auto pick = [&](int lo, int hi) {
    return std::uniform_int_distribution<int>{lo, hi}(random);
  };
  const environment words = fact_environment();
  std::set<std::string> counted;
  for (const fact_doc& f : fact_list()) {
    const auto one = compiled_of({terse("R", loudness::alarm, rule_scope::each_step,
                                        fmt::format("has({})", f.path).c_str())});
    if (!rules_to_ask(one, one, true).empty()) counted.insert(std::string{f.path});
  }
  for (int round = 0; round < 60; ++round) {
    const files f = random_files(pick);
    const workday_calendar other = *workday_calendar::build(scenario::random_source(pick));
    for (const running_case& c : f.cases) {
      const auto k = clocks(*c.definition, c.state, f.calendar);
      const auto k2 = clocks(*c.definition, c.state, other);
      if (!k || !k2) continue;
      const instant now = c.state.last + days{pick(0, 20)};
      case_facts a{*c.definition, c.state, f.calendar, &*k, now};
      case_facts b{*c.definition, c.state, other, &*k2, now};
      a.of(0);
      b.of(0);
      for (const fact_doc& d : fact_list()) {
        if (counted.contains(std::string{d.path})) continue;
        CAPTURE(d.path);
        const field_ref field{*words.slot(d.path), d.path};
        const reading x = a.read(field);
        const reading y = b.read(field);
        CHECK((x.now ? to_text(*x.now) : "") == (y.now ? to_text(*y.now) : ""));
        CHECK(x.holds_until == y.holds_until);
      }
    }
  }
}
