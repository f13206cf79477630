// Rules over alarms, orders and columns (I03, I11): the packs "orders" and "disclosure" are tried
// over stores in tests/run.
#include <banli/supervision/record_watch.hpp>

#include <doctest/doctest.h>

#include <banli/time/text.hpp>

#include "../engine/sample.hpp"

using namespace sample;

namespace {

rule record_rule(const char* id, banli::level level, const char* condition,
                 std::vector<rule_id> supersedes = {}) {
  rule r;
  r.id = rule_id{id};
  r.name = {id, id};
  r.level = level;
  r.condition = condition;
  r.message = {"{column.late_days} days", "{column.late_days} 日"};
  r.supersedes = std::move(supersedes);
  return r;
}

rule_set record_rules_of(std::vector<rule> all) {
  compiled_rules c = compile_rules(std::move(all), record_environment());
  for (const error& e : c.problems) FAIL(to_string(e, language::en));
  return *std::move(c.rules);
}

std::string told(const std::vector<record_hit>& hits) {
  std::string out;
  for (const record_hit& h : hits)
    out += fmt::format("{} {} {} {}{}\n", h.rule.text(), h.id, to_text(h.raised),
                       h.ended ? to_text(*h.ended) : "-", h.superseded_by.empty() ? "" : " louder");
  return out;
}

watched_record column(const char* due) {
  watched_record r{"政策", "办公室", at(due)};
  r.facts = {{"column.name", value("政策")}, {"column.ever_published", value(true)}};
  r.counts = {{"column.late_days", on(due), false}};
  return r;
}

} // namespace

TEST_CASE("a count rises day by day, and a louder rule takes the place of a quieter one") {
  const rule_set rules = record_rules_of(
      {record_rule("LATE", level::warning, "column.late_days > 0"),
       record_rule("LONG", level::alarm, "column.late_days > 30", {rule_id{"LATE"}}),
       record_rule("NEVER", level::alarm, "!column.ever_published")});
  const std::vector<watched_record> all{column("2024-03-01")};
  CHECK(told(*watch_records(all, rules, cn(), at("2024-03-01T23:59"))).empty());
  CHECK(told(*watch_records(all, rules, cn(), at("2024-03-02"))) ==
        "LATE 政策 2024-03-02T00:00:00 -\n");
  CHECK(told(*watch_records(all, rules, cn(), at("2024-06-01"))) ==
        "LATE 政策 2024-03-02T00:00:00 2024-04-01T00:00:00 louder\n"
        "LONG 政策 2024-04-01T00:00:00 -\n");
}

TEST_CASE("an alarm waits five working days for an order, and no longer than it is open") {
  const rule_set rules = record_rules_of(
      {record_rule("B", level::alarm,
                   "hit.level == 'alarm' && !hit.order_issued && hit.unanswered_workdays > 5")});
  hit h;
  h.id = case_id{"C1"};
  h.rule = rule_id{"A004"};
  h.level = level::alarm;
  h.raised = at("2024-09-27T10:00"); // 国庆 between; 29 September is a working day
  const auto found = [&](std::string_view until) {
    const std::vector<watched_record> all{record_of(h)};
    return told(*watch_records(all, rules, cn(), at(until)));
  };
  CHECK(found("2024-12-01") == "B C1 2024-10-11T00:00:00 -\n"); // 29, 30, 8, 9, 10, and the sixth
  h.end = hit_end::answered;
  h.ended = at("2024-10-10T09:00");
  CHECK(found("2024-12-01").empty());
  h.ended = at("2024-10-15T09:00");
  h.end = hit_end::cleared;
  CHECK(found("2024-12-01") == "B C1 2024-10-11T00:00:00 2024-10-15T09:00:00\n");
  CHECK(found("2024-10-14") == "B C1 2024-10-11T00:00:00 -\n");
  h.level = level::warning;
  CHECK(found("2024-12-01").empty());
}

TEST_CASE("an order is open from its hit on, and a rule speaks of what has its words") {
  const rule_set rules =
      record_rules_of({record_rule("B", level::alarm, "order.open_workdays > 20"),
                       record_rule("C", level::alarm, "column.late_days > 0")});
  supervision_order o;
  o.id = case_id{"督-1"};
  o.phase = order_phase::issued;
  o.begun = at("2024-03-05T09:00");
  o.raised = at("2024-03-01T09:00");
  std::vector<watched_record> all{record_of(o)};
  CHECK(told(*watch_records(all, rules, cn(), at("2024-12-01"))) ==
        "B 督-1 2024-04-01T00:00:00 -\n"); // the 21st working day after 1 March
  o.ended = at("2024-04-01T00:00");
  all = {record_of(o)};
  CHECK(told(*watch_records(all, rules, cn(), at("2024-12-01"))).empty());
}

TEST_CASE("what a record counts must lie in the calendar, and looking at it has an end") {
  const rule_set rules =
      record_rules_of({record_rule("B", level::alarm, "order.open_workdays > 20")});
  supervision_order o;
  o.id = case_id{"督-1"};
  o.begun = at("1999-03-05T09:00");
  const std::vector<watched_record> old{record_of(o)};
  CHECK(watch_records(old, rules, cn(), at("2024-12-01")).error().code == errc::out_of_range);
  const rule_set restless =
      record_rules_of({record_rule("B", level::alarm, "column.late_days % 2 == 1")});
  const std::vector<watched_record> long_ago{column("1970-01-01")};
  CHECK(watch_records(long_ago, restless, cn(), at("2024-12-01")).error().code ==
        errc::limit_exceeded);
}
