#include <random>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/calendar/cn.hpp>

using namespace banli;
using namespace std::chrono_literals;

namespace {

calendar_source small_source() {
  calendar_source s;
  s.name = "small";
  s.first_year = 2024y;
  s.last_year = 2025y;
  return s;
}

} // namespace

TEST_CASE("working days are counted from the next one on") {
  const workday_calendar cal = cn();
  CHECK(cal.add_workdays(to_day(2025y / 10 / 2), 5).value() == to_day(2025y / 10 / 14));
  CHECK(cal.add_workdays(to_day(2025y / 10 / 13), -1).value() == to_day(2025y / 10 / 11));
  CHECK(cal.add_workdays(to_day(2025y / 10 / 4), 0).value() == to_day(2025y / 10 / 4));
  CHECK(cal.workdays_between(to_day(2025y / 9 / 30), to_day(2025y / 10 / 14)).value() == 5);
  CHECK(cal.workdays_between(to_day(2025y / 10 / 14), to_day(2025y / 9 / 30)).value() == -5);
  CHECK(cal.following(to_day(2025y / 10 / 7)).value() == to_day(2025y / 10 / 9));
  CHECK(cal.preceding(to_day(2025y / 10 / 7)).value() == to_day(2025y / 9 / 30));
  CHECK(cal.following(to_day(2025y / 10 / 11)).value() == to_day(2025y / 10 / 11));
}

TEST_CASE("rank and select are inverse, and adding agrees with stepping") {
  const workday_calendar cal = cn();
  const calendar_view v = cal.view();
  for (std::size_t k = 1; k < v.select.size(); ++k) {
    const auto d = static_cast<std::size_t>(v.select[k] - v.first_serial);
    REQUIRE(v.rank[d + 1] == static_cast<std::int32_t>(k));
    REQUIRE(v.rank[d] == static_cast<std::int32_t>(k) - 1);
  }
  CHECK(rc::check("n steps are n working days", [&] {
    day d = to_day(2005y / 1 / 1) + days{*rc::gen::inRange(0, 11'000)};
    const int n = *rc::gen::inRange(-200, 200);
    const day start = d;
    for (int left = n; left != 0;) {
      d += days{n > 0 ? 1 : -1};
      if (cal.is_workday(d)) left -= n > 0 ? 1 : -1;
    }
    RC_ASSERT(cal.add_workdays(start, n).value() == d);
    if (n > 0) RC_ASSERT(cal.workdays_between(start, d).value() == n);
    RC_ASSERT(cal.workdays_between(start, d).value() == -cal.workdays_between(d, start).value());
  }));
}

TEST_CASE("beyond the tables counting is an error that says what to load") {
  const workday_calendar cal = cn();
  const auto e = cal.add_workdays(to_day(2041y / 1 / 1), 1);
  REQUIRE_FALSE(e.has_value());
  CHECK(e.error().code == errc::out_of_range);
  CHECK(e.error().message.en.find("load a calendar_source") != std::string::npos);
  CHECK(e.error().message.en.find("2000-01-01 to 2040-12-31") != std::string::npos);
  for (const int n : {2'147'483'647, -2'147'483'647 - 1, 20'000, -20'000})
    CHECK(cal.add_workdays(to_day(2025y / 1 / 1), n).error().code == errc::out_of_range);
  CHECK(cal.add_workdays(first_day, 1).error().code == errc::out_of_range);
  CHECK(cal.add_workdays(day::max(), 1).error().code == errc::out_of_range);
  CHECK(cal.add_workdays(day::min(), -1).error().code == errc::out_of_range);
  CHECK(cal.workdays_between(first_day, last_day).error().code == errc::out_of_range);
  CHECK(cal.add_workdays(to_day(2040y / 12 / 31), 1).error().code == errc::out_of_range);
  CHECK(cal.add_workdays(to_day(2000y / 1 / 1), -1).error().code == errc::out_of_range);
  CHECK(cal.add_workdays(to_day(2040y / 12 / 28), 1).value() == to_day(2040y / 12 / 31));
}

TEST_CASE("a single day may be asked of any year") {
  const workday_calendar cal = cn();
  CHECK_FALSE(cal.is_workday(to_day(9999y / 10 / 1)));
  CHECK(cal.at(to_day(9999y / 10 / 1)).name == "国庆节");
  CHECK(cal.at(first_day).provisional);
  CHECK(cal.at(to_day(2041y / 1 / 5)).kind == day_kind::weekend);
  CHECK(cal.kind_of(to_day(2041y / 1 / 4)) == day_kind::workday);
}

TEST_CASE("overlays stack: the last one that names a day decides, and the reason is kept") {
  calendar_source s = cn_source();
  s.overlays = {{"region",
                 {{to_day(2025y / 10 / 11), opening::closed, "地区放假"},
                  {to_day(2025y / 7 / 9), opening::closed, "防汛"}}},
                {"agency",
                 {{to_day(2025y / 7 / 9), opening::open, "窗口值班"},
                  {to_day(2025y / 10 / 2), opening::open, "节日不打烊"}}}};
  const workday_calendar cal = workday_calendar::build(s).value();
  CHECK(cal.at(to_day(2025y / 10 / 11)) ==
        day_info{to_day(2025y / 10 / 11), day_kind::holiday, "地区放假", "region", false});
  CHECK(cal.at(to_day(2025y / 7 / 9)) ==
        day_info{to_day(2025y / 7 / 9), day_kind::workday, "窗口值班", "agency", false});
  CHECK(cal.at(to_day(2025y / 10 / 2)).kind == day_kind::workday);
  CHECK(cal.add_workdays(to_day(2025y / 9 / 30), 1).value() == to_day(2025y / 10 / 2));
}

TEST_CASE("a notice overrules the one published before it, whatever their order in the source") {
  calendar_source s = small_source();
  const day d = to_day(2024y / 3 / 6);
  s.notices = {{"second", to_day(2024y / 2 / 1), {{d, opening::open, "b"}}},
               {"first", to_day(2024y / 1 / 1), {{d, opening::closed, "a"}}}};
  CHECK(workday_calendar::build(s).value().at(d).source == "second");
  s.known_on = to_day(2024y / 1 / 15);
  const workday_calendar early = workday_calendar::build(s).value();
  CHECK(early.at(d).source == "first");
  // Knowledge only shrinks.
  CHECK(early.as_known_on(to_day(2030y / 1 / 1)).at(d).source == "first");
  CHECK(to_text(early.horizon()) == "2024-12-31");
}

TEST_CASE("another week makes another calendar") {
  calendar_source s = small_source();
  s.weekend = {std::chrono::Friday};
  const workday_calendar cal = workday_calendar::build(s).value();
  CHECK(cal.is_workday(to_day(2024y / 3 / 3)));
  CHECK_FALSE(cal.is_workday(to_day(2024y / 3 / 1)));
  CHECK(cal.horizon() == cal.first() - days{1});
  CHECK_FALSE(cal.settled(to_day(2024y / 3 / 3)));
  s.weekend = {std::chrono::Sunday,    std::chrono::Monday,   std::chrono::Tuesday,
               std::chrono::Wednesday, std::chrono::Thursday, std::chrono::Friday,
               std::chrono::Saturday};
  const workday_calendar never = workday_calendar::build(s).value();
  CHECK(never.add_workdays(to_day(2024y / 3 / 3), 1).error().code == errc::out_of_range);
  CHECK(never.following(to_day(2024y / 3 / 3)).error().code == errc::out_of_range);
}

TEST_CASE("a bad source is refused with everything that is wrong") {
  calendar_source s = small_source();
  s.notices = {{"n",
                to_day(2024y / 1 / 1),
                {{to_day(2024y / 5 / 1), opening::closed, "a"},
                 {to_day(2024y / 5 / 1), opening::open, "b"},
                 {day::max(), opening::open, "c"}}}};
  CHECK(check(s).size() == 2);
  CHECK(workday_calendar::build(s).error().code == errc::bad_calendar);
  s = small_source();
  s.last_year = 2023y;
  CHECK(workday_calendar::build(s).error().code == errc::bad_calendar);
  s = small_source();
  s.first_year = 1y;
  s.last_year = 9999y;
  CHECK(workday_calendar::build(s).error().code == errc::bad_calendar);
  s.limits.years = 10'000;
  const workday_calendar all = workday_calendar::build(s).value();
  CHECK(all.contains(first_day));
  CHECK(all.contains(last_day));
  s = small_source();
  s.limits.overlays = 0;
  s.overlays.resize(1);
  CHECK(workday_calendar::build(s).error().code == errc::limit_exceeded);
  s = small_source();
  s.fixed_holidays = {{std::chrono::February / 30, "x"}};
  s.weekend = {std::chrono::weekday{9}};
  CHECK(check(s).size() == 2);
}

TEST_CASE("kinds have names in both languages") {
  CHECK(to_string(day_kind::makeup_workday) == "makeup_workday");
  CHECK(to_string(day_kind::makeup_workday, language::zh) == "调休上班日");
  CHECK(to_string(opening::closed, language::zh) == "休息");
}

TEST_CASE("the runs of equal days cover the tables, whatever was ruled in whatever order") {
  calendar_source s = cn_source();
  s.first_year = std::chrono::year{2019};
  s.last_year = std::chrono::year{2021};
  // Unsorted, next to each other, on both ends of the tables and of a word of 64 days.
  s.overlays.push_back({"a",
                        {{to_day(2021y / 12 / 31), opening::closed, "x"},
                         {to_day(2019y / 1 / 1), opening::open, "y"},
                         {to_day(2019y / 3 / 5), opening::closed, "x"},
                         {to_day(2019y / 3 / 6), opening::closed, "z"},
                         {to_day(2019y / 3 / 4), opening::open, "x"}}});
  const workday_calendar c = workday_calendar::build(s).value();
  const detail::calendar_tables& t = c.tables();
  const auto alike = [&](std::int32_t a, std::int32_t b) { return t.code_at(a) == t.code_at(b); };
  for (std::int32_t from = t.first; from <= t.last; from += 5)
    for (const std::int32_t to : {from, from + 1, from + 40, from + 130, t.last}) {
      if (to > t.last) continue;
      std::int32_t next = from;
      t.each_run(from, to, [&](std::int32_t a, std::int32_t b, detail::day_code code) {
        REQUIRE(a == next);
        REQUIRE((b >= a && code == t.code_at(a)));
        for (std::int32_t d = a; d <= b; ++d) REQUIRE(alike(a, d));
        REQUIRE((b == to || !alike(b, b + 1)));
        next = b + 1;
      });
      REQUIRE(next == to + 1);
    }
  for (std::int32_t d = t.first; d <= t.last; ++d) {
    std::int32_t begin = d;
    while (begin > t.first && alike(begin - 1, begin)) --begin;
    REQUIRE(t.run_begin(d) == begin);
  }
}

TEST_CASE("a day named twice is found in lists of any order") {
  calendar_source s = cn_source();
  const auto rule = [](std::chrono::year_month_day d) {
    return day_rule{to_day(d), opening::open, {}};
  };
  s.overlays.push_back({"o",
                        {rule(2019y / 3 / 5), rule(2019y / 3 / 9), rule(2019y / 3 / 5),
                         rule(2019y / 3 / 1), rule(2019y / 3 / 5), rule(2019y / 3 / 1)}});
  const problems found = check(s);
  REQUIRE(found.size() == 2);
  CHECK(found[0].message.en == "'o' names 2019-03-01 twice");
  CHECK(found[1].message.en == "'o' names 2019-03-05 twice");
}
