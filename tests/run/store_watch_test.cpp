#include <banli/run/store_watch.hpp>

#include <algorithm>

#include <banli/calendar/cn.hpp>
#include <banli/engine/case_facts.hpp>
#include <banli/engine/migrate_case.hpp>
#include <banli/interchange/case_log.hpp>
#include <banli/interchange/foreign_log.hpp>
#include <banli/run/back_test.hpp>
#include <banli/run/office_figures.hpp>
#include <banli/run/office_watch.hpp>
#include <banli/run/replay.hpp>
#include <banli/run/rule_pack.hpp>
#include <banli/run/supervision_file.hpp>

#include <doctest/doctest.h>

#include "../engine/sample.hpp"

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

namespace {

/// Orders for hits, some hours after them: while they are open, after they ended, never.
std::size_t order_for_hits(case_store& store, const std::vector<hit>& hits, instant until) {
  const supervision_file f =
      load_supervision(BANLI_SOURCE_DIR "/examples/supervision/supervision.yaml");
  REQUIRE(f.good());
  order_register orders{store, f.office, cn()};
  std::size_t issued = 0;
  for (std::size_t i = 0; i < hits.size() && issued < 60; ++i) {
    const instant at = hits[i].raised + std::chrono::hours{(i * 7) % 400};
    if (at > until) continue;
    act_fields with = fields_of(hits[i]);
    with.insert(with.end(), {{"unit", "县民政局"}, {"demand", "说明原因"}});
    const auto begun = orders.act(act_command({}, "initiate", at, person_id{"JC01"}, with));
    if (!begun) FAIL(to_string(begun.error(), language::en));
    if (i % 4 == 0) continue; // nobody approves it
    for (const char* act : {"approve", "issue"})
      REQUIRE(orders.act(act_command(begun->id, act, at, person_id{"JC02"})).has_value());
    ++issued;
  }
  return issued;
}

} // namespace

TEST_CASE("orders of the store answer its hits: the watch, the main job and figures agree") {
  const watched_store s = replayed(900);
  std::vector<hit> before;
  for (const case_outcome& o : s.run.cases)
    before.insert(before.end(), o.hits.begin(), o.hits.end());
  const std::size_t issued = order_for_hits(*s.store, before, s.until);
  REQUIRE(issued > 10);
  // Each hit by itself: it was open when its order was issued, or it was not.
  const auto orders = orders_in(*s.store);
  REQUIRE(orders.has_value());
  std::size_t answered = 0;
  std::vector<hit> expected = before;
  for (hit& h : expected)
    for (const supervision_order& o : *orders)
      if (answers(o, h) && (!h.ended || *h.ended > *o.issued)) {
        h.end = hit_end::answered;
        h.ended = o.issued;
        h.superseded_by = {};
        h.order = o.id.text();
        ++answered;
      }
  CHECK(answered > 5);
  CHECK(answered < issued); // some came too late
  const auto main_job = replay(watched_county(), {}, *s.store, {.until = s.until});
  REQUIRE(main_job.has_value());
  std::vector<hit> after;
  for (const case_outcome& o : main_job->cases)
    after.insert(after.end(), o.hits.begin(), o.hits.end());
  CHECK(bytes(after) == bytes(expected));
  store_watch once(watched_county(), *watched_county().rules, watched_county().calendar);
  const auto changes = once.catch_up(*s.store, s.until);
  REQUIRE(changes.has_value());
  CHECK(bytes(once.hits()) == bytes(expected));
  CHECK(static_cast<std::size_t>(
            std::ranges::count(*changes, hit_turn::answered, &hit_change::what)) == answered);
  store_watch again(watched_county(), *watched_county().rules, watched_county().calendar);
  for (instant t = s.until - days{300}; t < s.until; t += days{7})
    REQUIRE(again.catch_up(*s.store, t).has_value());
  REQUIRE(again.catch_up(*s.store, s.until).has_value());
  CHECK(bytes(again.hits()) == bytes(expected));

  const auto figures = measure_office(watched_county(), *s.store, s.until);
  REQUIRE(figures.has_value());
  CHECK(bytes(figures->hits) == bytes(expected));
  std::size_t open = 0;
  for (const case_figures& c : figures->cases)
    for (const std::size_t n : c.open_hits) open += n;
  CHECK(open == static_cast<std::size_t>(std::ranges::count(expected, hit_end::open, &hit::end)));
  CHECK(static_cast<std::size_t>(
            std::ranges::count(figures->records, "order.issued", &score_record::kind)) == issued);
}

TEST_CASE("an order issued before the watch began to look is heard of when it is entered") {
  const watched_store s = replayed(300);
  store_watch w(watched_county(), *watched_county().rules, watched_county().calendar);
  REQUIRE(w.catch_up(*s.store, s.until).has_value());
  const auto hits = w.hits();
  const auto open = std::ranges::find(hits, hit_end::open, &hit::end);
  REQUIRE(open != hits.end());
  const supervision_file f =
      load_supervision(BANLI_SOURCE_DIR "/examples/supervision/supervision.yaml");
  order_register orders{*s.store, f.office, cn()};
  act_fields with = fields_of(*open);
  with.insert(with.end(), {{"unit", "县民政局"}, {"demand", "说明原因"}});
  const auto begun = orders.act(act_command({}, "initiate", open->raised, person_id{"JC01"}, with));
  REQUIRE(begun.has_value());
  for (const char* act : {"approve", "issue"})
    REQUIRE(orders.act(act_command(begun->id, act, open->raised, person_id{"JC02"})).has_value());
  CHECK(w.catch_up(*s.store, s.until)->empty()); // what is new comes after what was looked at
  const auto changes = w.catch_up(*s.store, s.until + std::chrono::seconds{1});
  REQUIRE(changes.has_value());
  const auto told = std::ranges::find(*changes, hit_turn::answered, &hit_change::what);
  REQUIRE(told != changes->end());
  CHECK(told->at == s.until + std::chrono::seconds{1});
  CHECK(w.watch().order(told->by.value()) == begun->id.text());
  CHECK(told->since == open->raised);
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

TEST_CASE("units are watched in the months that are over by an instant, and in no others") {
  using namespace std::chrono;
  const watched_store s = replayed(3'000);
  const rule_set rules = *load_rule_pack("unit-month")->rules;
  const auto raised_by = [&](instant until) {
    const auto found = watch_units(watched_county(), *s.store, {}, rules, until);
    REQUIRE(found.has_value());
    return *found;
  };
  const instant end = to_day(2024y / 4 / 1);
  const auto all = raised_by(end);
  REQUIRE(all.size() > 2);
  const auto cases = watched_cases(watched_county(), *s.store, end, {});
  REQUIRE(cases.has_value());
  CHECK(all == *watch_together(*cases, rules, span_of(watched_county(), 2024y / 1, 2024y / 4)));
  for (const cross_case_hit& h : all) CHECK(h.raised <= end);
  // A second before, the last month is not over.
  for (const cross_case_hit& h : raised_by(end - seconds{1}))
    CHECK((h.unit.empty() || h.raised <= instant{to_day(2024y / 3 / 1)}));
  CHECK(to_json(all.front()).starts_with(R"({"rule":")" + all.front().rule.text()));
}

namespace {

/// An office that runs by one definition.
configuration office_with(const std::shared_ptr<const case_definition>& d) {
  configuration c{.name = "样例县", .calendar = cn()};
  c.people = d->people;
  c.items = {d->item};
  c.flowcharts = {d->net.chart()};
  c.definitions = {d};
  rule late;
  late.id = rule_id{"LATE"};
  late.name = late.message = {"late", "超期"};
  late.level = level::alarm;
  late.scope = rule_scope::each_step;
  late.condition = "step.overdue";
  compiled_rules compiled = compile_rules({late}, fact_environment());
  REQUIRE(compiled.rules.has_value());
  c.rules = *std::move(compiled.rules);
  return c;
}

/// 受理 -> 核查 -> 结束, in the place of 审查 and 决定.
flowchart reformed() {
  flowchart c;
  c.id = flowchart_id{"登记"};
  c.name = "登记(优化)";
  c.nodes = {sample::plain("开始", node_kind::start), sample::step("受理", "受理岗", 2),
             sample::step("核查", "审查岗", 3), sample::plain("结束", node_kind::end)};
  c.arrows = {sample::to("开始", "受理"), sample::to("受理", "核查"), sample::to("核查", "结束")};
  return c;
}

} // namespace

TEST_CASE("a case that was moved is watched by what it was moved to, where its first version is "
          "kept") {
  const auto before = sample::define();
  const auto after = sample::define(sample::item(), reformed());
  sample::running_case c{before};
  c.accept("2024-09-02T09:00");
  c.did("2024-09-06T10:00", "P1", action::complete, sample::of_step("受理")); // two days late
  command m{request_id{"m"},
            c.state.id,
            *parse_instant("2024-09-09T09:00"),
            person_id{"P1"},
            action::migrate,
            sample::why("流程优化"),
            {}};
  m.with.definition = after->hash;
  m.with.moves = {{"审查", "核查"}};
  const auto moved = decide_migration(*before, *after, c.state, m, c.calendar);
  REQUIRE(moved.has_value());
  c.history.push_back(moved->front());
  const auto store = memory_store();
  const append_request all{
      .id = c.state.id, .item = before->item.code, .definition = before->hash, .events = c.history};
  REQUIRE(store->append(std::span{&all, 1}).has_value());

  configuration now = office_with(after);
  const instant until = *parse_instant("2024-10-01");
  store_watch without(now, *now.rules, now.calendar);
  REQUIRE(without.catch_up(*store, until).has_value());
  CHECK(without.hits().empty());
  CHECK(without.left_out().contains(c.state.id));
  CHECK(measure_office(now, *store, until)->left_out.size() == 1);
  const back_test_options nothing_said{.rules = rule_set{}};
  CHECK(back_test(now, *store, until, nothing_said)->left_out == 1);

  keep_former(now, office_with(before));
  store_watch w(now, *now.rules, now.calendar);
  REQUIRE(w.catch_up(*store, *parse_instant("2024-09-08")).has_value()); // before it is moved
  REQUIRE(w.catch_up(*store, until).has_value());
  CHECK(w.left_out().empty());
  std::string said;
  for (const hit& h : w.hits()) said += h.step.text() + " " + to_text(h.raised) + "; ";
  CHECK(said == "受理 2024-09-05T00:00:00; 核查 2024-09-13T00:00:00; ");
  const auto figures = measure_office(now, *store, until);
  REQUIRE(figures.has_value());
  CHECK(figures->left_out.empty());
  CHECK(bytes(figures->hits) == bytes(w.hits()));
  CHECK(watched_cases(now, *store, until, w.hits())->size() == 1);
  const auto main_job = replay(now, {}, *store, {.until = until});
  REQUIRE(main_job.has_value());
  CHECK(main_job->warnings.empty());
  REQUIRE(main_job->cases.size() == 1);
  CHECK(bytes(main_job->cases[0].hits) == bytes(w.hits()));
  const auto tried = back_test(now, *store, until, nothing_said);
  CHECK(tried->cases == 1);
  CHECK(tried->left_out == 0);
  CHECK(bytes(tried->only_before) == bytes(w.hits()));
}
