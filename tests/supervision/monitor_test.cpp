#include <banli/supervision/monitor.hpp>

#include <random>

#include <banli/engine/case_course.hpp>
#include <banli/engine/case_facts.hpp>
#include <banli/engine/migrate_case.hpp>

#include "minute_watch.hpp"
#include "random_files.hpp"

using namespace sample;

namespace {

using loudness = banli::level;

/// Rules of every kind: with clocks, about steps, with families, with days of effect, and over the
/// course of the case.
std::vector<rule> rules_to_watch() {
  std::vector<rule> all{
      written("W50", loudness::reminder, rule_scope::each_case,
              "case.open && case.used_share >= 0.5"),
      written("W80", loudness::warning, rule_scope::each_case,
              "case.open && case.used_share >= 0.8", {rule_id{"W50"}}),
      written("A100", loudness::alarm, rule_scope::each_case, "case.overdue",
              {rule_id{"W80"}, rule_id{"W50"}}),
      written("STEP", loudness::warning, rule_scope::each_step, "step.overdue_days > 0"),
      written("SLOW", loudness::alarm, rule_scope::each_step, "step.overdue_days > 1",
              {rule_id{"STEP"}}),
      written("RETURN", loudness::warning, rule_scope::each_case, "case.returns == 1"),
      written("RETURNS", loudness::alarm, rule_scope::each_case, "case.returns >= 2",
              {rule_id{"RETURN"}}),
      written("SPOT", loudness::reminder, rule_scope::each_case,
              "case.elapsed_workdays > 1 && case.elapsed_workdays < 4"),
      written("PAUSED", loudness::reminder, rule_scope::each_case, "case.phase == 'suspended'"),
      written("FEE", loudness::alarm, rule_scope::each_case, "case.fee_paid > case.fee_due"),
      written("SOME", loudness::reminder, rule_scope::each_case, "case.handlers >= 2"),
  };
  all.back().effective_from = on("2024-09-20");
  all.back().effective_until = on("2025-02-01");
  return all;
}

/// Rules that also count: completed steps of the last two days, and a review within a day.
rule_set watched_rules() {
  flow_counter busy;
  busy.name = "busy";
  busy.activities = {"受理", "审查", "决定"};
  busy.window = std::chrono::hours{48};
  flow_constraint soon;
  soon.id = rule_id{"reviewed_in_time"};
  soon.kind = flow_template::response;
  soon.a = {"受理"};
  soon.b = {"审查"};
  soon.within.most = std::chrono::hours{26} + std::chrono::seconds{59}; // late with the next minute
  auto flow = compile_counters({busy}, {soon}, fact_environment(), course_words());
  REQUIRE(flow.problems.empty());
  auto all = rules_to_watch();
  all.push_back(written("BUSY", loudness::reminder, rule_scope::each_case, "flow.busy >= 2"));
  all.push_back(
      written("REVIEW", loudness::warning, rule_scope::each_case, "flow.reviewed_in_time"));
  compiled_rules c = compile_rules(std::move(all), flow.counters->words());
  for (const error& e : c.problems) FAIL(to_string(e, language::en));
  c.rules->watch_flow(*flow.counters);
  return *std::move(c.rules);
}

/// Everything that happened, in order of time.
struct told_state {
  instant at;
  std::shared_ptr<const case_definition> definition;
  case_state state;
};

std::vector<told_state> in_order(const files& f) {
  std::vector<told_state> all;
  for (std::size_t i = 0; i < f.cases.size(); ++i) {
    folded_case told{f.cases[i].definition, {}};
    told.state.id = f.cases[i].state.id;
    for (const event& e : f.cases[i].history) {
      REQUIRE(fold_event(f.source(), told, e).has_value());
      all.push_back({e.at, told.definition, told.state});
    }
  }
  std::ranges::stable_sort(all, {}, &told_state::at);
  return all;
}

/// The same told to a monitor.
std::vector<hit> monitored(const files& f, const rule_set& rules, instant until,
                           const monitor_options& how = {},
                           std::chrono::hours advancing = std::chrono::hours{0}) {
  monitor m(rules, f.calendar, how);
  hit_log log;
  instant told{};
  for (const told_state& n : in_order(f)) {
    if (advancing.count() > 0 && n.at - told > advancing) {
      told = n.at - std::chrono::seconds{1};
      log.add(*m.advance(told), m);
    }
    const auto done = m.update(n.definition, n.state, n.at);
    REQUIRE(done.has_value());
  }
  auto rest = m.advance(until);
  REQUIRE(rest.has_value());
  log.add(*rest, m);
  return log.hits();
}

std::vector<std::string> lines(const std::vector<hit>& hits) {
  std::vector<std::string> out;
  for (const hit& h : hits)
    out.push_back(fmt::format("{} {} {} {} {} {} {}", to_text(h.raised), h.id.text(), h.rule.text(),
                              h.step.text(), to_string(h.end), h.ended ? to_text(*h.ended) : "-",
                              h.superseded_by.text()));
  std::sort(out.begin(), out.end());
  return out;
}

/// What is only on one side.
std::string difference(std::vector<std::string> a, std::vector<std::string> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  std::vector<std::string> left;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(left));
  std::string out;
  for (const std::string& s : left) out += "only ours: " + s + '\n';
  left.clear();
  std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(left));
  for (const std::string& s : left) out += "only theirs: " + s + '\n';
  return out;
}

/// A few rules with random thresholds, levels, families and days in force.
template <class Pick>
rule_set random_rules(Pick&& pick) {
  std::vector<rule> all;
  for (int n = pick(3, 6), i = 0; i < n; ++i) {
    const int a = pick(0, 4);
    const double share = pick(1, 12) / 10.0;
    std::string condition;
    bool steps = false;
    switch (pick(0, 8)) {
    case 0: condition = fmt::format("case.open && case.used_share >= {:.1f}", share); break;
    case 1:
      condition = fmt::format("case.elapsed_workdays > {} && case.elapsed_workdays < {}", a, a + 3);
      break;
    case 2:
      condition = fmt::format("step.overdue_days > {}", a);
      steps = true;
      break;
    case 3:
      condition = fmt::format("step.waiting && step.used_share >= {:.1f}", share);
      steps = true;
      break;
    case 4: condition = fmt::format("case.idle_workdays >= {}", a); break;
    case 5: condition = fmt::format("case.open && case.idle_days >= {}", a); break;
    case 6: condition = fmt::format("case.returns >= {} || case.overdue", 1 + a / 2); break;
    case 7: condition = "case.phase == 'suspended' || case.past_statutory"; break;
    default: condition = fmt::format("case.handlers >= {} && !case.overdue", a); break;
    }
    all.push_back(written(fmt::format("R{}", i).c_str(), static_cast<loudness>(pick(0, 2)),
                          steps ? rule_scope::each_step : rule_scope::each_case,
                          condition.c_str()));
    for (const rule& quieter : all)
      if (quieter.level < all.back().level && pick(0, 1) == 1)
        all.back().supersedes.push_back(quieter.id);
    if (pick(0, 4) == 0) all.back().effective_from = on("2024-10-01");
    if (pick(0, 4) == 0) all.back().effective_until = on("2025-01-15");
  }
  return compiled_of(std::move(all));
}

} // namespace

TEST_CASE("a monitor of random rules finds what looking every minute finds, at the same instants") {
  std::mt19937 random{20242};
  const auto pick = [&](int lo, int hi) {
    return std::uniform_int_distribution<int>{lo, hi}(random);
  };
  std::size_t hits = 0;
  for (int round = 0; round < 40; ++round) {
    CAPTURE(round);
    const files f = random_files(pick);
    const rule_set rules = random_rules(pick);
    const instant until = f.last() + days{pick(3, 10)};
    const std::optional<int> lapse = round % 3 == 0 ? std::optional{pick(1, 4)} : std::nullopt;
    const auto ours = monitored(f, rules, until, {.lapse = lapse});
    CHECK(difference(lines(ours), lines(minute_watch{f, rules, lapse}.until(until))) == "");
    hits += ours.size();
  }
  CHECK(hits > 200); // or nothing was compared
}

TEST_CASE("a monitor finds what looking every minute finds, at the same instants") {
  const rule_set rules = watched_rules();
  std::mt19937 random{20241};
  const auto pick = [&](int lo, int hi) {
    return std::uniform_int_distribution<int>{lo, hi}(random);
  };
  std::size_t hits = 0;
  for (int round = 0; round < 3; ++round) {
    CAPTURE(round);
    const files f = random_files(pick);
    const instant until = f.last() + days{pick(2, 4)};
    const std::optional<int> lapse = round % 2 == 0 ? std::nullopt : std::optional{pick(1, 4)};
    const auto ours = monitored(f, rules, until, {.lapse = lapse});
    CHECK(difference(lines(ours), lines(minute_watch{f, rules, lapse}.until(until))) == "");
    hits += ours.size();
  }
  CHECK(hits > 3); // or nothing was compared
}

TEST_CASE("hits of cases that are moved to another chart follow their steps") {
  const rule_set rules = compiled_of(
      {written("STEP", loudness::warning, rule_scope::each_step, "step.overdue_days > 0"),
       written("SLOW", loudness::alarm, rule_scope::each_step, "step.overdue_days > 1",
               {rule_id{"STEP"}}),
       written("AGAIN", loudness::reminder, rule_scope::each_step, "step.times >= 2"),
       written("RETURN", loudness::warning, rule_scope::each_case, "case.returns >= 1"),
       written("W50", loudness::reminder, rule_scope::each_case, "case.used_share >= 0.5")});
  std::mt19937 random{31};
  const auto pick = [&](int lo, int hi) {
    return std::uniform_int_distribution<int>{lo, hi}(random);
  };
  std::size_t moves = 0;
  std::size_t hits = 0;
  for (int round = 0; round < 40; ++round) {
    CAPTURE(round);
    const files f = moved_files(pick, moves);
    const instant until = f.last() + days{pick(3, 10)};
    const std::optional<int> lapse = round % 2 == 0 ? std::optional{pick(1, 4)} : std::nullopt;
    const auto ours = monitored(f, rules, until, {.lapse = lapse});
    CHECK(difference(lines(ours), lines(minute_watch{f, rules, lapse}.until(until))) == "");
    hits += ours.size();
  }
  CHECK(moves > 40); // or nothing was compared
  CHECK(hits > 200);
}

TEST_CASE("asking a monitor in between does not change what it says, nor does starting again") {
  const rule_set rules = watched_rules();
  std::mt19937 random{7};
  const auto pick = [&](int lo, int hi) {
    return std::uniform_int_distribution<int>{lo, hi}(random);
  };
  for (int round = 0; round < 30; ++round) {
    const files f = random_files(pick);
    const instant until = f.last() + days{20};
    std::string once;
    std::string again;
    for (const hit& h : monitored(f, rules, until, {.lapse = 3})) once += to_json(h) + '\n';
    for (const hit& h : monitored(f, rules, until, {.lapse = 3}, std::chrono::hours{5}))
      again += to_json(h) + '\n';
    CHECK(once == again);
  }
}

TEST_CASE("what a hit says is the same whenever it is asked for, whatever has happened since") {
  const rule_set rules = watched_rules();
  std::mt19937 random{8};
  const auto pick = [&](int lo, int hi) {
    return std::uniform_int_distribution<int>{lo, hi}(random);
  };
  std::size_t raised = 0;
  for (int round = 0; round < 20; ++round) {
    const files f = random_files(pick);
    monitor m(rules, f.calendar, {.trial_until = on("2024-12-01")});
    std::vector<hit_change> all;
    std::vector<std::optional<hit_grounds>> at_once;
    const auto note = [&](result<std::vector<hit_change>> changes) {
      REQUIRE(changes.has_value());
      for (hit_change& c : *changes) {
        at_once.push_back(m.grounds(c));
        all.push_back(std::move(c));
      }
    };
    instant last{};
    for (const told_state& n : in_order(f)) {
      if (n.at > last) note(m.advance(n.at - std::chrono::seconds{1}));
      last = n.at;
      REQUIRE(m.update(n.definition, n.state, n.at).has_value());
    }
    note(m.advance(f.last() + days{30}));
    const monitor later = std::move(m);
    for (std::size_t i = 0; i < all.size(); ++i) {
      CHECK(later.grounds(all[i]) == at_once[i]);
      CHECK(at_once[i].has_value() == (all[i].what == hit_turn::raised));
      raised += at_once[i] ? 1U : 0U;
    }
  }
  CHECK(raised > 100); // or nothing was compared
}

TEST_CASE("of what is told of a case at one instant only the last is looked at") {
  const rule_set rules =
      compiled_of({written("R", loudness::alarm, rule_scope::each_case, "case.returns >= 1")});
  const auto d = define();
  monitor m(rules, cn());
  const auto tell = [&](const char* id, std::uint32_t returns) {
    running_case c{d};
    c.accept("2024-09-02T09:00");
    c.state.id = case_id{id};
    c.state.returns = returns;
    REQUIRE(m.update(d, c.state, at("2024-09-02T09:00")).has_value());
  };
  tell("C1", 0);
  tell("C2", 1);
  tell("C3", 1);
  tell("C2", 0);
  tell("C1", 1);
  std::string raised;
  for (const hit_change& c : *m.advance(at("2024-09-02T09:00")))
    raised += fmt::format("{} {}; ", m.id_of(c.case_number), to_string(c.what));
  CHECK(raised == "C1 raised; C3 raised; ");
}

TEST_CASE("limits in hours tell cases of one day apart, those in days do not") {
  for (const time_limit promised :
       {time_limit{30, limit_unit::workhour}, time_limit{5, limit_unit::workday}}) {
    const auto d = small_definition(promised, false);
    for (const char* condition : {"step.overdue", "case.used_share >= 0.5"}) {
      CAPTURE(condition);
      const bool of_step = condition[0] == 's';
      const rule_set rules = compiled_of(
          {written("R", loudness::alarm, of_step ? rule_scope::each_step : rule_scope::each_case,
                   condition)});
      files both;
      std::vector<std::string> apart;
      for (const char* time : {"2024-09-02T09:00", "2024-09-02T10:30"}) {
        files alone;
        alone.cases.emplace_back(d);
        alone.cases[0].accept(time);
        alone.cases[0].state.id = case_id{time};
        both.cases.push_back(alone.cases[0]);
        for (const std::string& s : lines(monitored(alone, rules, at("2025-01-01"))))
          apart.push_back(s);
      }
      REQUIRE(apart.size() == 2);
      CHECK((apart[0].substr(0, 19) == apart[1].substr(0, 19)) ==
            (promised.unit == limit_unit::workday));
      CHECK(difference(lines(monitored(both, rules, at("2025-01-01"))), apart) == "");
    }
  }
}

TEST_CASE("one case in a monitor is one case supervised") {
  std::vector<rule> plain = rules_to_watch();
  for (rule& r : plain) r.supersedes.clear();
  const rule_set rules = compiled_of(plain);
  std::mt19937 random{11};
  const auto pick = [&](int lo, int hi) {
    return std::uniform_int_distribution<int>{lo, hi}(random);
  };
  std::size_t moves = 0;
  for (int round = 0; round < 80; ++round) {
    const files f = round % 2 == 0 ? random_files(pick) : moved_files(pick, moves);
    const instant until = f.last() + days{30};
    std::vector<hit> each;
    for (const running_case& c : f.cases) {
      const auto s = f.known.empty()
                         ? supervise(*c.definition, c.state.id, c.history, rules, f.calendar, until)
                         : supervise(f.source(), c.definition->hash, c.state.id, c.history, rules,
                                     f.calendar, until);
      REQUIRE(s.has_value());
      each.insert(each.end(), s->hits.begin(), s->hits.end());
    }
    auto ours = monitored(f, rules, until);
    const auto text = [](std::vector<hit>& hits) {
      std::vector<std::string> out;
      for (const hit& h : hits) out.push_back(to_json(h));
      return out;
    };
    CHECK(difference(text(ours), text(each)) == "");
  }
}

TEST_CASE("what is coming is what comes") {
  const rule_set rules = watched_rules();
  files f;
  f.cases.emplace_back(define());
  f.cases.back().accept("2024-09-02T09:00");
  monitor m(rules, f.calendar);
  REQUIRE(m.update(f.cases[0].definition, f.cases[0].state, at("2024-09-02T09:00")).has_value());
  REQUIRE(m.advance(at("2024-09-02T12:00")).has_value());
  CHECK(m.next() == at("2024-09-04"));
  std::string said;
  for (const pending_hit& p : m.coming(case_id{"C1"}, at("2024-10-10")))
    said += fmt::format("{} {} {}\n", to_text(p.at), m.rules().rules()[p.rule].id().text(),
                        p.step.text());
  CHECK(said == "2024-09-04T00:00:00 SPOT \n"
                "2024-09-05T00:00:00 STEP 受理\n"
                "2024-09-06T00:00:00 SLOW 受理\n"
                "2024-09-14T00:00:00 W50 \n"
                "2024-09-25T00:00:00 W80 \n"
                "2024-10-01T00:00:00 A100 \n");
  CHECK(m.coming(at("2024-10-10")) == m.coming(case_id{"C1"}, at("2024-10-10")));
  CHECK(m.coming(at("2024-09-04")).size() == 1);
  CHECK(m.coming(case_id{"C2"}, at("2024-10-10")).empty());
}

TEST_CASE("an order answers a hit, which then stays silent until its condition has been false") {
  const rule_set rules =
      compiled_of({written("W", loudness::warning, rule_scope::each_case, "case.overdue_days >= 1"),
                   written("A", loudness::alarm, rule_scope::each_case, "case.overdue_days >= 2",
                           {rule_id{"W"}})});
  running_case c{define()};
  c.accept("2024-09-02T09:00"); // due 09-30
  monitor m(rules, c.calendar, {.lapse = 2});
  hit_log log;
  REQUIRE(m.update(c.definition, c.state, c.state.last).has_value());
  log.add(*m.advance(at("2024-10-02T09:00")), m);
  REQUIRE(m.answer(case_id{"C1"}, rule_id{"A"}, "督-7", at("2024-10-03T10:00")).has_value());
  CHECK(m.answer(case_id{"C1"}, rule_id{"A"}, "督-8", at("2024-10-03T10:00")).error().code ==
        errc::unknown_reference);
  CHECK(m.answer(case_id{"C1"}, rule_id{"A"}, "督-8", at("2024-10-01")).error().code ==
        errc::time_backwards);
  log.add(*m.advance(at("2024-12-01")), m);
  const auto hits = log.hits();
  REQUIRE(hits.size() == 2);
  CHECK(hits[0].end == hit_end::superseded);
  CHECK(hits[0].superseded_by == rule_id{"A"});
  CHECK(hits[1].end == hit_end::answered);
  CHECK(hits[1].ended == at("2024-10-03T10:00"));
  CHECK(hits[1].order == "督-7");
  CHECK(to_json(hits[1]).find(R"("end":"answered","ended":"2024-10-03T10:00:00","order":"督-7")") !=
        std::string::npos);
}

TEST_CASE("a warning nobody acted on lapses after so many working days, an alarm does not") {
  const rule_set rules = compiled_of(
      {written("W", loudness::warning, rule_scope::each_case, "case.elapsed_workdays >= 3"),
       written("A", loudness::alarm, rule_scope::each_case, "case.elapsed_workdays >= 4")});
  running_case c{define()};
  c.accept("2024-09-02T09:00");
  files f;
  f.cases.push_back(c);
  const auto hits = monitored(f, rules, at("2024-12-01"), {.lapse = 20});
  REQUIRE(hits.size() == 2);
  CHECK(hits[0].raised == at("2024-09-05"));
  CHECK(hits[0].end == hit_end::lapsed);
  CHECK(hits[0].ended == at("2024-10-11")); // 中秋 and 国庆 between; 10-10 is the twentieth
  CHECK(hits[1].end == hit_end::open);
}

TEST_CASE("hits of a trial run are marked, of a rule or of the whole system") {
  std::vector<rule> all{
      written("A", loudness::alarm, rule_scope::each_case, "case.elapsed_workdays >= 3"),
      written("B", loudness::warning, rule_scope::each_case, "case.elapsed_workdays >= 5")};
  all[0].trial_until = on("2024-09-06");
  running_case c{define()};
  c.accept("2024-09-02T09:00");
  files f;
  f.cases.push_back(c);
  const auto stages = [&](const monitor_options& how) {
    std::string out;
    for (const hit& h : monitored(f, compiled_of(all), at("2024-12-01"), how))
      out += fmt::format("{}:{} ", h.rule.text(), to_string(h.stage));
    return out;
  };
  CHECK(stages({}) == "A:trial B:formal ");
  CHECK(stages({.trial_until = on("2025-01-01")}) == "A:trial B:trial ");
  all[0].trial_until = on("2024-09-05");
  CHECK(stages({}) == "A:formal B:formal ");
}

TEST_CASE("cases that look alike are judged once, and only what an event changed is judged again") {
  const rule_set rules = compiled_of(rules_to_watch());
  const auto d = define();
  monitor m(rules, cn());
  for (int n = 0; n < 100; ++n) {
    running_case c{d};
    c.accept(fmt::format("2024-09-02T{:02}:{:02}", 9 + n / 60, n % 60));
    case_state s = c.state;
    s.id = case_id{fmt::format("2024-{:06}", n)};
    REQUIRE(m.update(d, s, s.last).has_value());
  }
  REQUIRE(m.advance(at("2024-09-02T18:00")).has_value());
  CHECK(m.size().cases == 100);
  CHECK(m.size().profiles == 1);
  const std::uint64_t before = m.size().judgements;
  CHECK(before == 11); // one for each rule and turn of a step
  running_case c{d};
  c.accept("2024-09-02T09:00");
  details fee = why("");
  fee.facts = {{"area", "12"}};
  c.state.hand_overs += 1; // nobody reads it
  c.state.id = case_id{"2024-000007"};
  REQUIRE(m.update(d, c.state, at("2024-09-02T19:00")).has_value());
  c.state.returns = 1; // two rules do
  c.state.id = case_id{"2024-000008"};
  REQUIRE(m.update(d, c.state, at("2024-09-02T19:00")).has_value());
  REQUIRE(m.advance(at("2024-09-02T20:00")).has_value());
  CHECK(m.size().profiles == 2);
  CHECK(m.size().judgements == before + 2);
  CHECK(m.id_of(*m.number_of("2024-000042")) == "2024-000042");
  CHECK_FALSE(m.number_of("2024-1"));
  CHECK(m.unjudged(case_id{"2024-000042"}).size() == 1);
}

TEST_CASE("a monitor is told of things in order, and has bounds") {
  const rule_set rules = compiled_of(rules_to_watch());
  running_case c{define()};
  c.accept("2024-09-02T09:00");
  monitor m(rules, cn(), {.cases = 1});
  REQUIRE(m.update(c.definition, c.state, at("2024-09-02T09:00")).has_value());
  CHECK(m.update(c.definition, c.state, at("2024-09-02T08:59")).error().code ==
        errc::time_backwards);
  case_state other = c.state;
  other.id = case_id{"C2"};
  CHECK(m.update(c.definition, other, at("2024-09-02T09:00")).error().code == errc::limit_exceeded);
  REQUIRE(m.advance(at("2024-09-02T10:00")).has_value());
  CHECK(m.update(c.definition, c.state, at("2024-09-02T10:00")).error().code ==
        errc::time_backwards);
  CHECK(m.advance(at("2024-09-02T09:00")).error().code == errc::time_backwards);
  monitor tired(rules, cn(), {.looks_of_profile = 2});
  REQUIRE(tired.update(c.definition, c.state, at("2024-09-02T09:00")).has_value());
  CHECK(tired.advance(at("2024-12-01")).error().code == errc::limit_exceeded);
}
