#include <banli/run/store_watch.hpp>

#include <algorithm>

#include <banli/engine/case_facts.hpp>
#include <banli/interchange/case_log.hpp>
#include <banli/interchange/foreign_log.hpp>
#include <banli/run/back_test.hpp>
#include <banli/run/replay.hpp>

#include <doctest/doctest.h>

using namespace banli;

namespace {

const configuration& watched_county() {
  static const configuration c = load_configuration(BANLI_SOURCE_DIR "/examples/county");
  REQUIRE(c.good());
  return c;
}

/// Some cases of the county in a store; `until` the last instant of them.
struct watched_store {
  std::unique_ptr<case_store> store = memory_store();
  run_result run;
  instant until{};
};

watched_store replayed(std::size_t commands) {
  const auto text = read_log_file(BANLI_SOURCE_DIR "/examples/county/cases.csv");
  REQUIRE(text.has_value());
  case_log_result log = parse_case_log(*text, "cases.csv");
  REQUIRE(log.found.empty());
  log.log.commands.resize(std::min(commands, log.log.commands.size()));
  watched_store out;
  out.until = last_instant(log.log);
  auto done = replay(watched_county(), log.log, *out.store, {.until = out.until});
  REQUIRE(done.has_value());
  out.run = *std::move(done);
  return out;
}

std::vector<std::string> bytes(const std::vector<hit>& hits) {
  std::vector<std::string> out;
  for (const hit& h : hits) out.push_back(to_json(h));
  std::sort(out.begin(), out.end());
  return out;
}

} // namespace

TEST_CASE("a watch over a store finds what the main job finds, and a restart says it again") {
  const watched_store s = replayed(900);
  store_watch once(watched_county(), *watched_county().rules, watched_county().calendar);
  REQUIRE(once.catch_up(*s.store, s.until).has_value());
  std::vector<hit> main_job;
  for (const case_outcome& o : s.run.cases)
    main_job.insert(main_job.end(), o.hits.begin(), o.hits.end());
  REQUIRE_FALSE(main_job.empty());
  CHECK(bytes(once.hits()) == bytes(main_job));
  store_watch again(watched_county(), *watched_county().rules, watched_county().calendar);
  for (instant t = s.until - days{100}; t < s.until; t += days{9})
    REQUIRE(again.catch_up(*s.store, t).has_value());
  REQUIRE(again.catch_up(*s.store, s.until).has_value());
  CHECK(bytes(again.hits()) == bytes(once.hits()));
  CHECK(once.left_out().empty());
}

TEST_CASE("a case whose definition is not in the configuration is left out and named") {
  const watched_store s = replayed(300);
  const configuration permit = load_configuration(BANLI_SOURCE_DIR "/examples/permit-receipt");
  REQUIRE(permit.good());
  store_watch w(permit, *watched_county().rules, permit.calendar);
  REQUIRE(w.catch_up(*s.store, s.until).has_value());
  CHECK(w.hits().empty());
  CHECK(w.left_out().size() == s.run.cases.size());
}

TEST_CASE("a back-test lists the difference, and none where nothing is changed") {
  const watched_store s = replayed(900);
  const auto same = back_test(watched_county(), *s.store, s.until, {});
  REQUIRE(same.has_value());
  CHECK(same->only_before.empty());
  CHECK(same->only_after.empty());
  CHECK(same->changed.empty());
  CHECK(same->asked.empty()); // nothing can differ, so nothing was watched
  CHECK(same->cases == s.run.cases.size());
  std::vector<rule> fewer;
  for (const compiled_rule& r : watched_county().rules->rules())
    if (r.id() != rule_id{"T-3"}) fewer.push_back(r.definition());
  for (rule& r : fewer) std::erase(r.supersedes, rule_id{"T-3"});
  auto tried = compile_rules(fewer, fact_environment());
  REQUIRE(tried.rules.has_value());
  const auto less = back_test(watched_county(), *s.store, s.until, {.rules = *tried.rules});
  REQUIRE(less.has_value());
  CHECK_FALSE(less->only_before.empty());
  for (const hit& h : less->only_before) CHECK(h.rule == rule_id{"T-3"});
  CHECK(less->only_after.empty());
  CHECK(less->asked.front() == asked_rule{rule_id{"T-3"}, asked_why::removed});
}

TEST_CASE("a back-test in batches finds what one batch finds, also under amended days") {
  const watched_store s = replayed(900);
  calendar_source source = watched_county().calendar.source();
  overlay flood{"flood", {}};
  for (day d = day_of(s.until) - days{25}; d < day_of(s.until) - days{11}; d += days{1})
    flood.days.push_back({d, opening::closed, "防汛"});
  source.overlays.push_back(flood);
  back_test_options tried{.rules = {}, .calendar = *workday_calendar::build(source)};
  tried.watched.lapse = 20;
  const auto whole = back_test(watched_county(), *s.store, s.until, tried);
  REQUIRE(whole.has_value());
  CHECK_FALSE(whole->only_before.empty());
  for (const asked_rule& a : whole->asked) CHECK(a.why != asked_why::changed);
  tried.batch = 7;
  const auto parts = back_test(watched_county(), *s.store, s.until, tried);
  REQUIRE(parts.has_value());
  CHECK(bytes(parts->only_before) == bytes(whole->only_before));
  CHECK(bytes(parts->only_after) == bytes(whole->only_after));
  CHECK(parts->changed.size() == whole->changed.size());
  CHECK(parts->same == whole->same);
  tried.batch = 0;
  CHECK(back_test(watched_county(), *s.store, s.until, tried).error().code == errc::bad_value);
}

TEST_CASE("hits that end otherwise are changed, not others") {
  hit a;
  a.id = case_id{"C"};
  a.rule = rule_id{"R"};
  hit b = a;
  b.end = hit_end::lapsed;
  hit c = a;
  c.rule = rule_id{"S"};
  const auto r = compare_hits({a, c}, {b});
  CHECK(r.changed.size() == 1);
  CHECK(r.only_before.size() == 1);
  CHECK(r.only_before[0].rule == rule_id{"S"});
  CHECK(compare_hits({a}, {a}).same == 1);
}
