#include <banli/supervision/cross_case.hpp>

#include "../engine/walk.hpp"

using namespace sample;
using namespace std::chrono_literals;

namespace {

rule over_many(const char* id, const char* condition) {
  rule r;
  r.id = rule_id{id};
  r.name = {id, id};
  r.level = banli::level::warning;
  r.condition = condition;
  r.message = {"{unit.refused} of {unit.closed}", ""};
  return r;
}

rule_set over_many_of(std::vector<rule> rules) {
  compiled_rules c = compile_rules(std::move(rules), cross_case_environment());
  for (const error& e : c.problems) FAIL(to_string(e, language::en));
  return *std::move(c.rules);
}

watched_case closed_case(const std::string& id, const char* accepted, const char* ended) {
  watched_case c;
  c.id = case_id{id};
  c.unit = department_id{"民政局"};
  c.item = item_id{"X"};
  c.item_type = "XK";
  c.accepted = at(accepted);
  c.ended = at(ended);
  c.officer = person_id{"P3"};
  c.applicant = "张三";
  return c;
}

std::string told(const std::vector<cross_case_hit>& hits) {
  std::string out;
  for (const cross_case_hit& h : hits)
    out += fmt::format("{} {} {}{} {}\n", to_text(h.raised), h.rule.text(), h.unit.text(),
                       h.person.text(), h.message.en);
  return out;
}

} // namespace

TEST_CASE("a share is made from counts, and midnight of the first belongs to one month") {
  std::vector<watched_case> cases;
  for (int i = 0; i < 99; ++i)
    cases.push_back(closed_case(std::to_string(i), "2024-01-05T09:00", "2024-01-31T23:59:59"));
  cases.push_back(closed_case("at midnight", "2024-01-05T09:00", "2024-02-01T00:00:00"));
  cases[0].refused = cases[1].refused = true;
  const cross_case_span year{2024y / 1, 2024y / 4};
  const auto months = counted_months(cases, year);
  REQUIRE(months.size() == 3);
  CHECK(months[0].closed == 99);
  CHECK(months[0].accepted == 100);
  CHECK(months[0].refused == 2);
  CHECK(months[0].items_used == 1);
  CHECK(months[1].closed == 1);
  CHECK(months[2] == counted_month{department_id{"民政局"}, 2024y / 3});
  const auto rules = over_many_of({over_many("R", "unit.refused * 1.0 / unit.closed >= 0.02")});
  CHECK(told(*watch_together(cases, rules, year)) == "2024-02-01T00:00:00 R 民政局 2 of 99\n");
  cases[1].refused = false; // 1 of 99 is less
  CHECK(watch_together(cases, rules, year)->empty());
}

TEST_CASE("a month is compared with the month before and the year before") {
  std::vector<watched_case> cases;
  const auto add = [&](int n, const char* when) {
    while (n-- > 0) cases.push_back(closed_case(std::to_string(cases.size()), when, when));
  };
  add(10, "2023-03-05T09:00");
  add(20, "2024-02-05T09:00");
  add(18, "2024-03-05T09:00");
  const auto rules = over_many_of(
      {over_many("MONTH", "unit.previous_accepted > 0 && math.abs(unit.accepted - "
                          "unit.previous_accepted) * 1.0 / unit.previous_accepted >= 0.1"),
       over_many("YEAR", "unit.last_year_accepted > 0 && unit.accepted > "
                         "unit.last_year_accepted")});
  CHECK(told(*watch_together(cases, rules, {2024y / 3, 2024y / 4})) ==
        "2024-04-01T00:00:00 MONTH 民政局 0 of 18\n2024-04-01T00:00:00 YEAR 民政局 0 of 18\n");
}

TEST_CASE("broken promises are counted to a person within a year, and what is a year old is out") {
  std::vector<watched_case> cases{
      closed_case("1", "2023-01-01T09:00", "2023-02-01T09:00"),
      closed_case("2", "2023-01-01T09:00", "2023-06-01T09:00"),
      closed_case("3", "2023-01-01T09:00", "2024-02-01T09:00"), // the first is a year old
      closed_case("4", "2023-01-01T09:00", "2024-03-01T09:00")};
  for (watched_case& c : cases) c.overdue = true;
  std::vector<rule> all{over_many("I23", "person.breaches == 1"),
                        over_many("I24", "person.breaches == 2"),
                        over_many("I25", "person.breaches >= 3")};
  for (rule& r : all) r.message = {"{person.breaches}", ""};
  const cross_case_span years{2023y / 1, 2025y / 1};
  CHECK(told(*watch_together(cases, over_many_of(all), years)) == "2023-02-01T09:00:00 I23 P3 1\n"
                                                                  "2023-06-01T09:00:00 I24 P3 2\n"
                                                                  "2024-03-01T09:00:00 I25 P3 3\n");
  cases[1].overdue = false; // never three within a year
  CHECK(told(*watch_together(cases, over_many_of(all), years)).find("I25") == std::string::npos);
}

TEST_CASE("one officer with one applicant is found when the last of them is closed") {
  std::vector<watched_case> cases;
  for (const char* when : {"2024-01-05T09:00", "2024-02-05T09:00", "2024-03-05T09:00"})
    cases.push_back(closed_case(when, when, when));
  cases.push_back(closed_case("other", "2024-01-05T09:00", "2024-01-06T09:00"));
  cases.back().applicant = "李四";
  rule r = over_many("PAIR", "pair.cases >= 3");
  r.message = {"{pair.cases}", ""};
  CHECK(told(*watch_together(cases, over_many_of({r}), {2024y / 1, 2025y / 1})) ==
        "2024-03-05T09:00:00 PAIR P3 3\n");
}

TEST_CASE("a rule over many cases speaks of one thing, and spans are bounded") {
  const auto mixed = over_many_of({over_many("R", "unit.closed > 0 && person.breaches > 0")});
  CHECK(watch_together({}, mixed, {2024y / 1, 2025y / 1}).error().code == errc::bad_value);
  const auto good = over_many_of({over_many("R", "unit.closed > 0")});
  CHECK(watch_together({}, good, {2025y / 1, 2024y / 1}).error().code == errc::bad_value);
  CHECK(watch_together({}, good, {1900y / 1, 2025y / 1}).error().code == errc::limit_exceeded);
}

TEST_CASE("a sample depends on the seed and on nothing else") {
  std::vector<case_id> ids;
  for (int i = 0; i < 100; ++i) ids.emplace_back("C" + std::to_string(i));
  const auto one = sample_of(ids, 5, "2024-Q1");
  std::reverse(ids.begin(), ids.end());
  CHECK(sample_of(ids, 5, "2024-Q1") == one);
  CHECK(sample_of(ids, 5, "2024-Q2") != one);
  CHECK(sample_of(ids, 1000, "x").size() == 100);
}

TEST_CASE("what is known of a case is summed up once") {
  running_case c{define()};
  c.accept("2024-09-02T09:00"); // due 09-30
  c.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
  c.did("2024-09-04T10:00", "P2", action::complete, of_step("审查", "通过"));
  c.did("2024-09-05T10:00", "P3", action::complete, of_step("决定"));
  c.did("2024-10-08T10:00", "P1", action::deliver);
  const auto w = watched(*c.definition, c.state, c.calendar, {});
  REQUIRE(w.has_value());
  CHECK(w->overdue);
  CHECK(w->unit == department_id{"民政局"});
  CHECK(w->ended == at("2024-10-08T10:00"));
  CHECK_FALSE(w->interrupted);
}
