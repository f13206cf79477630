#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/calendar/cn.hpp>
#include <banli/calendar/working_hours.hpp>

using namespace banli;
using namespace std::chrono_literals;

namespace {
instant at(std::string_view s) { return parse_instant(s).value(); }
} // namespace

TEST_CASE("working time passes only while the office is open") {
  const workday_calendar cal = cn();
  const working_hours h;
  CHECK(add_work_time(cal, h, at("2025-09-26T16:30"), 120min).value() == at("2025-09-28T09:30"));
  CHECK(add_work_time(cal, h, at("2025-09-26T16:30"), 60min).value() == at("2025-09-26T17:30"));
  CHECK(add_work_time(cal, h, at("2025-09-26T12:00"), 1min).value() == at("2025-09-26T14:31"));
  CHECK(add_work_time(cal, h, at("2025-09-26T12:00"), 0min).value() == at("2025-09-26T12:00"));
  CHECK(work_time_between(cal, h, at("2025-09-26T16:30"), at("2025-09-28T09:30")).value() ==
        120min);
  CHECK(work_time_between(cal, h, at("2025-09-28T09:30"), at("2025-09-26T16:30")).value() ==
        -120min);
  CHECK(work_time_between(cal, h, at("2025-10-01T00:00"), at("2025-10-09T00:00")).value() == 0min);
}

TEST_CASE("a date goes before a season, a season before the week") {
  working_hours h;
  week_of_sessions summer = detail::every_day({{9h, 12h}, {15h, 18h}});
  h.seasons = {{"summer", std::chrono::May / 1, std::chrono::September / 30, summer},
               {"winter", std::chrono::November / 1, std::chrono::February / 28,
                detail::every_day({{10h, 16h}})}};
  h.dates[to_day(2025y / 7 / 9)] = {};
  h.dates[to_day(2025y / 7 / 10)] = {{9h, 10h}};
  CHECK(check(h).empty());
  CHECK(h.sessions_on(to_day(2025y / 7 / 8)).front().opens == minutes{540});
  CHECK(h.sessions_on(to_day(2025y / 10 / 9)).front().opens == minutes{510});
  CHECK(h.sessions_on(to_day(2025y / 1 / 9)).front().opens == minutes{600}); // over New Year
  CHECK(h.sessions_on(to_day(2025y / 3 / 1)).front().opens == minutes{510});
  // 1 h on 07-08, none on 07-09, 1 h on 07-10, then 07-11.
  CHECK(add_work_time(cn(), h, at("2025-07-08T17:00"), 121min).value() == at("2025-07-11T09:01"));
}

TEST_CASE("sessions are read from text") {
  CHECK((parse_sessions("08:30-11:30,14:30-17:30").value() == working_hours{}.week[1]));
  CHECK(parse_sessions("00:00-24:00").value().size() == 1);
  CHECK(parse_sessions("-").value().empty());
  for (const char* bad :
       {"8:30-11:30", "08:30", "08:30-08:30", "12:00-11:00", "08:30-12:00,11:00-13:00",
        "08:30-11:30,", "08:60-11:30", "23:00-24:01", "08:30-11:30;"})
    CHECK(parse_sessions(bad).error().code == errc::bad_hours);
}

TEST_CASE("bad hours are all reported") {
  working_hours h;
  h.week[1] = {{10h, 9h}};
  h.week[2] = {{9h, 11h}, {10h, 12h}};
  h.dates[to_day(2025y / 1 / 1)] = {{23h, 25h}};
  h.seasons = {{"s", std::chrono::February / 30, std::chrono::March / 1, {}}};
  CHECK(check(h).size() == 4);
  h = {};
  h.week[1] = sessions(17, session{1min, 2min});
  CHECK(check(h).front().code == errc::limit_exceeded);
}

TEST_CASE("an office that never opens ends in an error, not in a hang") {
  const working_hours shut = every_weekday({});
  CHECK(add_work_time(cn(), shut, at("2025-01-01"), 1min).error().code == errc::out_of_range);
  CHECK(add_work_time(cn(), {}, at("2025-01-01"), minutes::max()).error().code ==
        errc::out_of_range);
  CHECK(add_work_time(cn(), {}, at("2045-01-01"), 1min).error().code == errc::out_of_range);
  CHECK(add_work_time(cn(), {}, at("2025-01-01"), -1min).error().code == errc::bad_value);
  CHECK(work_time_between(cn(), {}, at("1999-01-01"), at("2025-01-01")).error().code ==
        errc::out_of_range);
}

TEST_CASE("adding and counting agree with a minute hand") {
  const workday_calendar cal = cn();
  working_hours h;
  h.week[6] = {{9h, 10h}};
  h.dates[to_day(2025y / 9 / 29)] = {{20h, 24h}};
  CHECK(rc::check("minute by minute", [&] {
    const instant from = at("2025-09-20T00:00") + minutes{*rc::gen::inRange(0, 20'000)};
    const minutes n{*rc::gen::inRange(1, 1500)};
    instant t = from;
    for (minutes left = n; left > 0min; t += 1min) {
      if (!cal.is_workday(day_of(t))) continue;
      for (const session& s : h.sessions_on(day_of(t)))
        if (time_of_day(t) >= s.opens && time_of_day(t) < s.closes) left -= 1min;
    }
    RC_ASSERT(add_work_time(cal, h, from, n).value() == t);
    RC_ASSERT(work_time_between(cal, h, from, t).value() == n);
  }));
}
