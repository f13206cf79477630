#include <banli/run/replay.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include <doctest/doctest.h>

#include <banli/run/case_view.hpp>

using namespace banli;

namespace {

const configuration& county() {
  static const configuration c = load_configuration(BANLI_SOURCE_DIR "/examples/county");
  return c;
}

case_log whole_log() {
  std::ifstream in{BANLI_SOURCE_DIR "/examples/county/cases.csv", std::ios::binary};
  std::stringstream text;
  text << in.rdbuf();
  case_log_result r = parse_case_log(text.str(), "cases.csv");
  REQUIRE(r.found.empty());
  return std::move(r.log);
}

run_result run(const case_log& log, case_store& store,
               std::string_view until = "2026-06-30T18:00") {
  const auto r = replay(county(), log, store, {.until = *parse_instant(until)});
  REQUIRE(r.has_value());
  return *r;
}

/// All hits of a run, as text.
std::string told(const run_result& r) {
  std::string out;
  for (const case_outcome& c : r.cases)
    for (const hit& h : c.hits)
      out += fmt::format("{} {} {} {} {}\n", c.id.text(), h.rule.text(), h.step.text(),
                         to_text(h.raised), h.ended ? to_text(*h.ended) : "-");
  return out;
}

} // namespace

TEST_CASE("the county's log runs without a refusal, and every rule and every outcome occurs") {
  const auto store = memory_store();
  const run_result r = run(whole_log(), *store);
  CHECK(r.refusals.empty());
  CHECK(r.cases.size() >= 2000);
  CHECK(r.events_appended == *store->event_count());
  CHECK(store->verify()->empty());
  item_summary sum;
  for (const item_summary& i : r.items) {
    CHECK(i.received == i.early + i.on_time + i.overdue + i.open + i.not_judged);
    sum.early += i.early;
    sum.on_time += i.on_time;
    sum.overdue += i.overdue;
    sum.open += i.open;
  }
  for (const std::size_t n : {sum.early, sum.on_time, sum.overdue, sum.open}) CHECK(n > 0);
  for (const compiled_rule& rule : county().rules->rules()) {
    const std::string word = ' ' + rule.id().text() + ' ';
    INFO(word);
    CHECK(told(r).find(word) != std::string::npos);
  }
}

TEST_CASE("a log in two parts gives the same events and the same hits as in one") {
  const case_log all = whole_log();
  const auto once = memory_store();
  const run_result whole = run(all, *once);
  const auto twice = memory_store();
  case_log first;
  first.commands.assign(all.commands.begin(), all.commands.begin() + 7001);
  run(first, *twice);
  const run_result second = run(all, *twice);
  CHECK(second.already_done == 7001);
  CHECK(told(second) == told(whole));
  for (const case_outcome& c : whole.cases) REQUIRE(*once->load(c.id) == *twice->load(c.id));
  std::string a;
  std::string b;
  REQUIRE(once->each([&](const stored_case& c) { a += c.chain; }).has_value());
  REQUIRE(twice->each([&](const stored_case& c) { b += c.chain; }).has_value());
  CHECK(a == b);
}

TEST_CASE("supervision as of an earlier day finds what was known then") {
  const case_log log = whole_log();
  const auto store = memory_store();
  const std::string now = told(run(log, *store));
  const run_result then = run(log, *store, "2024-12-31T23:59");
  CHECK(then.cases.size() < 2000);
  for (const case_outcome& c : then.cases)
    for (const hit& h : c.hits) {
      REQUIRE(h.raised <= *parse_instant("2024-12-31T23:59"));
      REQUIRE(now.find(fmt::format("{} {} {} {} ", c.id.text(), h.rule.text(), h.step.text(),
                                   to_text(h.raised))) != std::string::npos);
    }
}

TEST_CASE("a case is not run on with another definition than its own") {
  const case_log log = whole_log();
  const auto store = memory_store();
  case_log first;
  first.commands.assign(log.commands.begin(), log.commands.begin() + 400);
  run(first, *store);
  configuration changed = county();
  service_item item = changed.definitions.front()->item;
  const flowchart chart = changed.definitions.front()->net.chart();
  item.phone += "1";
  changed.definitions.front() = link(item, chart, changed.people).definition;
  REQUIRE(changed.definitions.front() != nullptr);
  case_log more;
  std::copy_if(log.commands.begin(), log.commands.begin() + 1'000,
               std::back_inserter(more.commands),
               [&](const command& c) { return c.with.item.empty() || c.with.item == item.code; });
  std::map<case_id, std::uint32_t> before;
  for (const stored_case& c : *cases_in(*store))
    if (c.item == item.code) before[c.id] = c.version;
  REQUIRE(before.size() > 1);
  const auto r = replay(changed, more, *store, {.until = last_instant(log)});
  REQUIRE(r.has_value());
  const auto changed_cases =
      std::count_if(r->refusals.begin(), r->refusals.end(),
                    [](const refusal& f) { return f.why.code == errc::definition_changed; });
  CHECK(changed_cases > 0);
  CHECK(r->warnings.size() == before.size()); // left out, and named
  for (const stored_case& c : *cases_in(*store))
    if (before.contains(c.id)) CHECK(c.version == before[c.id]);
  // With the version they began by at hand, they go on by it.
  keep_former(changed, county());
  const auto on = replay(changed, more, *store, {.until = last_instant(log)});
  REQUIRE(on.has_value());
  CHECK(on->warnings.empty());
  std::size_t longer = 0;
  for (const stored_case& c : *cases_in(*store))
    if (before.contains(c.id)) longer += c.version > before[c.id] ? 1 : 0;
  CHECK(longer > 0);
}

TEST_CASE("refused commands of a log are attempts: on record once, however often it is run (Q02)") {
  case_log log = whole_log();
  log.commands.resize(50);
  // Somebody whom nobody knows does the second thing in a case; the same again under another name.
  const auto second = std::find_if(log.commands.begin(), log.commands.end(),
                                   [](const command& c) { return c.what != action::accept; });
  REQUIRE(second != log.commands.end());
  second->actor = person_id{"X9"};
  const auto store = memory_store();
  const auto run_it = [&](bool audited) {
    return replay(county(), log, *store, {.until = last_instant(log), .audited = audited}).value();
  };
  CHECK(run_it(false).refusals.size() == 1);
  CHECK(store->audit_log(0, 10)->empty()); // another system's log is no attempt
  CHECK(run_it(true).refusals_recorded == 1);
  const run_result again = run_it(true);
  CHECK(again.refusals.size() == 1);
  CHECK(again.refusals_recorded == 0);
  const auto kept = store->audit_log(0, 10).value();
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].entry.actor == person_id{"X9"});
  CHECK(kept[0].entry.id == second->id);
  CHECK(kept[0].entry.request == second->request);
  CHECK(kept[0].entry.what == to_string(second->what));
  CHECK(kept[0].entry.code == to_string(again.refusals[0].why.code));
  CHECK(kept[0].entry.rule == "nobody");
  CHECK(kept[0].entry.why.zh == again.refusals[0].why.message.zh);
  second->actor = person_id{"X8"};
  CHECK(run_it(true).refusals_recorded == 1);
  CHECK(store->audit_log(0, 10)->size() == 2);
  CHECK(store->verify()->empty());
}

TEST_CASE("a configuration with a problem is not run") {
  const configuration bad = parse_configuration({{"office.yaml", "kind: office\n"}});
  REQUIRE(!bad.good());
  const auto store = memory_store();
  CHECK(replay(bad, {}, *store, {}).has_error());
}

TEST_CASE("the table counts cells, so that Chinese columns line up") {
  run_result r;
  r.items = {{item_id{"A"}, "社会团体", 3, 1, 1, 1, 0, 0, {1, 2, 3}}, {item_id{"B"}, "x", 10, 10}};
  CHECK(to_table(r, language::zh) ==
        "事项         收件  提前  按时  超期  在办  不计  提醒  预警  报警\n"
        "-----------------------------------------------------------------\n"
        "社会团体  A     3     1     1     1     0     0     1     2     3\n"
        "x  B           10    10     0     0     0     0     0     0     0\n"
        "-----------------------------------------------------------------\n"
        "合计           13    11     1     1     0     0     1     2     3\n");
}
