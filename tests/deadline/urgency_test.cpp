#include <random>

#include <doctest/doctest.h>

#include <banli/calendar/cn.hpp>
#include <banli/deadline/urgency.hpp>

#include "scenario.hpp"
#include "written.hpp"

using namespace written;

namespace {

instant when(std::string_view s) { return parse_instant(s).value(); }

std::string says(const result<urgency>& u) {
  if (!u) return std::string{to_string(u.error().code)};
  return fmt::format("{}, {}, {} left, until {}", to_string(u->state), u->name.en, u->remaining,
                     u->changes_at ? to_short_text(*u->changes_at) : "ever");
}

} // namespace

TEST_CASE("half, 80 % and the end raise the usual levels") {
  const auto at = [](std::string_view now) {
    return says(urgency_at(when(now), {}, cn(), twenty, on("2025-01-15")));
  };
  CHECK(at("2025-01-10T09:00") == "not begun, normal, 20 left, until 2025-01-15 00:00");
  CHECK(at("2025-01-15T09:00") == "running, normal, 20 left, until 2025-02-05 00:00");
  CHECK(at("2025-02-04T23:59:59") == "running, normal, 11 left, until 2025-02-05 00:00");
  CHECK(at("2025-02-05T00:00") == "running, reminder, 10 left, until 2025-02-12 00:00");
  CHECK(at("2025-02-12T00:00") == "running, warning, 4 left, until 2025-02-19 00:00");
  CHECK(at("2025-02-18T23:59:59") == "running, warning, 0 left, until 2025-02-19 00:00");
  CHECK(at("2025-02-19T00:00") == "overdue, alarm, 0 left, until ever");
  const auto red = urgency_at(when("2025-02-19"), {}, cn(), twenty, on("2025-01-15")).value();
  CHECK(red.card == "red");
  CHECK(red.name.zh == "报警");
  CHECK(red.level == 3);
}

TEST_CASE(
    "the older book reminds on the last day, warns a working day late and alarms on the next") {
  const auto at = [](std::string_view now) {
    return says(urgency_at(when(now), urgency_by_days(), cn(), twenty, on("2025-01-15")));
  };
  CHECK(at("2025-02-17T09:00") == "running, normal, 1 left, until 2025-02-18 00:00");
  CHECK(at("2025-02-18T09:00") == "running, reminder, 0 left, until 2025-02-19 00:00");
  CHECK(at("2025-02-19T09:00") == "overdue, warning, 0 left, until 2025-02-20 00:00");
  CHECK(at("2025-02-20T09:00") == "overdue, alarm, 0 left, until ever");
}

TEST_CASE("a limit that rolls is not late before its due date") {
  // 60 days from 2025-08-08 end on 10-07, in the holidays; due on 10-09.
  const auto at = [](std::string_view now, const urgency_thresholds& how) {
    return says(urgency_at(when(now), how, cn(), {60, limit_unit::day}, on("2025-08-08")));
  };
  CHECK(at("2025-10-08T12:00", {}) == "running, warning, 0 left, until 2025-10-10 00:00");
  CHECK(at("2025-10-09T12:00", {}) == "running, warning, 0 left, until 2025-10-10 00:00");
  CHECK(at("2025-10-10T12:00", {}) == "overdue, alarm, 0 left, until ever");
  CHECK(at("2025-10-10T12:00", urgency_by_days()) ==
        "overdue, warning, 0 left, until 2025-10-11 00:00"); // 10-11 is a make-up Saturday
}

TEST_CASE("while a stop is open the state is suspended, and what is left is told") {
  const std::vector<exclusion> halted{{on("2025-02-06"), std::nullopt, "中止", stop_type::suspend}};
  const auto at = [&](std::string_view now) {
    return says(urgency_at(when(now), {}, cn(), twenty, on("2025-01-15"), halted));
  };
  CHECK(at("2025-02-05T12:00") == "running, reminder, 10 left, until 2025-02-06 00:00");
  CHECK(at("2025-02-06T12:00") == "suspended, suspended, 10 left, until ever");
  CHECK(at("2025-08-06T12:00") == "suspended, suspended, 10 left, until ever");
  const std::vector<exclusion> wrong{{on("2025-02-06"), std::nullopt, "补正", stop_type::restart}};
  CHECK(says(urgency_at(when("2025-03-06"), {}, cn(), twenty, on("2025-01-15"), wrong)) ==
        "suspended, suspended, 20 left, until ever");
}

TEST_CASE("a restart takes the level back") {
  const std::vector<exclusion> again{
      {on("2025-02-06"), on("2025-02-10"), "补正", stop_type::restart}};
  const auto at = [&](std::string_view now) {
    return says(urgency_at(when(now), {}, cn(), twenty, on("2025-01-15"), again));
  };
  CHECK(at("2025-02-05T12:00") == "running, reminder, 10 left, until 2025-02-06 00:00");
  CHECK(at("2025-02-07T12:00") == "running, normal, 20 left, until 2025-02-24 00:00");
  CHECK(at("2025-02-24T12:00") == "running, reminder, 10 left, until 2025-03-04 00:00");
}

TEST_CASE("hours are told to the minute") {
  const auto at = [](limit_unit u, std::string_view now) {
    return says(urgency_at(when(now), {}, cn(), {10, u}, when("2025-09-26T16:30")));
  };
  CHECK(at(limit_unit::hour, "2025-09-26T21:29:59") ==
        "running, normal, 301 left, until 2025-09-26 21:30");
  CHECK(at(limit_unit::hour, "2025-09-26T21:30") ==
        "running, reminder, 300 left, until 2025-09-27 00:30");
  CHECK(at(limit_unit::hour, "2025-09-27T02:30") == "overdue, alarm, 0 left, until ever");
  // One hour on Friday, six on the make-up Sunday, three on Monday.
  CHECK(at(limit_unit::workhour, "2025-09-27T12:00") ==
        "running, normal, 540 left, until 2025-09-28 15:30");
  CHECK(at(limit_unit::workhour, "2025-09-29T10:00") ==
        "running, warning, 90 left, until 2025-09-29 11:30");
  urgency_thresholds hours;
  hours.levels = {{{"soon", "将到期"}, {}, {}, 2, {}}};
  CHECK(says(urgency_at(when("2025-09-26T17:00"), hours, cn(), {10, limit_unit::hour},
                        when("2025-09-26T16:30"))) ==
        "running, normal, 570 left, until 2025-09-27 00:30");
}

TEST_CASE("a limit before its event grows pressing as the day comes near") {
  counting_rules r;
  r.runs = direction::before;
  const auto at = [&](std::string_view now) { // due 2026-01-27, thirty working days before
    return says(
        urgency_at(when(now), {}, cn(), {30, limit_unit::workday}, on("2026-03-15"), {}, {}, r));
  };
  CHECK(at("2025-06-02") == "running, normal, 166 left, until 2026-01-06 00:00");
  CHECK(at("2026-01-06") == "running, reminder, 15 left, until 2026-01-19 00:00");
  CHECK(at("2026-01-28") == "overdue, alarm, 0 left, until ever");
}

TEST_CASE("thresholds are judged all at once") {
  CHECK(check(urgency_thresholds{}).empty());
  CHECK(check(urgency_by_days()).empty());
  urgency_thresholds t;
  t.levels = {{{"a", "甲"}, {}, 80, {}, {}},   {{"b", "乙"}, {}, 80, {}, {}},
              {{"", "丙"}, {}, {}, 3, {}},     {{"d", "丁"}, {}, {}, 3, {}},
              {{"e", "戊"}, {}, {}, {}, {}},   {{"f", "己"}, {}, 101, {}, {}},
              {{"g", "庚"}, {}, {}, -1, {}},   {{"h", "辛"}, {}, {}, {}, -1},
              {{"i", "壬"}, "red", {}, {}, 1}, {{"j", "癸"}, "red", {}, {}, 1}};
  const problems p = check(t);
  CHECK(p.size() == 9);
  for (const error& e : p) CHECK(e.code == errc::bad_value);
  CHECK(says(urgency_at(on("2025-01-01"), t, cn(), twenty, on("2025-01-01"))) == "bad-value");
  t = {};
  t.max_levels = 2;
  CHECK(says(urgency_at(on("2025-01-01"), t, cn(), twenty, on("2025-01-01"))) == "limit-exceeded");
  CHECK(says(urgency_at(on("2050-01-01"), {}, cn(), twenty, on("2025-01-01"))) == "out-of-range");
  CHECK(to_string(urgency_state::overdue, language::zh) == "超期");
}

TEST_CASE("state and level hold until changes_at, and not longer") {
  std::mt19937 engine{20250115};
  const auto pick = [&](int lo, int hi) {
    return lo + static_cast<int>(engine() % static_cast<unsigned>(hi - lo + 1));
  };
  const workday_calendar cal = cn();
  int changed = 0;
  for (int i = 0; i < 4'000; ++i) {
    scenario::deadline_case c = scenario::random_case(pick);
    if (c.rules.order == extension_order::roll_then_extend) continue;
    const instant start{instant{c.start} + minutes{pick(0, 1439)}};
    const auto how = pick(0, 1) == 0 ? urgency_thresholds{} : urgency_by_days();
    const auto ask = [&](instant t) {
      return urgency_at(t, how, cal, c.limit, start, c.exclusions, c.extensions, c.rules);
    };
    const instant now = start + minutes{pick(-20'000, 120'000)};
    const auto is = ask(now);
    if (!is) continue;
    CAPTURE(scenario::to_text(c));
    CAPTURE(to_text(now));
    CAPTURE(says(is));
    const auto same = [&](instant t) {
      const auto then = ask(t);
      return !then || (then->state == is->state && then->level == is->level);
    };
    const instant until = is->changes_at.value_or(now + days{2000});
    REQUIRE(until > now);
    if (is->changes_at) {
      ++changed;
      REQUIRE_FALSE(same(until));
      REQUIRE(same(until - std::chrono::seconds{1}));
    }
    const auto span = (until - now).count();
    for (int k = 0; k < 6; ++k) {
      const auto after = std::chrono::seconds{static_cast<std::int64_t>(engine()) * 3 % span};
      CAPTURE(to_text(now + after));
      REQUIRE(same(now + after));
    }
  }
  CHECK(changed > 1'000);
}
