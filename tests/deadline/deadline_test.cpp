#include <random>

#include <doctest/doctest.h>

#include <banli/calendar/cn.hpp>
#include <banli/deadline/explanation.hpp>
#include <banli/deadline/urgency.hpp>

#include "written.hpp"

using namespace written;
using namespace std::chrono_literals;

namespace {

std::string due(const result<deadline>& d) {
  if (!d) return std::string{to_string(d.error().code)};
  return d->due ? to_text(*d->due) : "open";
}

} // namespace

TEST_CASE("the edges of an exclusion are a rule") {
  const std::vector<exclusion> inspection{{on("2026-05-11"), on("2026-05-15"), "inspection"}};
  counting_rules r;
  const auto with = [&](edges e) {
    r.ends = e;
    return due(due_date(cn(), {10, limit_unit::workday}, on("2026-05-06"), inspection, {}, r));
  };
  CHECK(with(edges::closed) == "2026-05-26");
  CHECK(with(edges::half_open_from) == "2026-05-25");
  CHECK(with(edges::half_open_to) == "2026-05-25");
  CHECK(with(edges::open) == "2026-05-22");
}

TEST_CASE("overlapping exclusions are united, not summed") {
  const std::vector<exclusion> once{{on("2024-09-10"), on("2024-09-20"), "a"}};
  const std::vector<exclusion> twice{{on("2024-09-12"), on("2024-09-20"), "b"},
                                     {on("2024-09-10"), on("2024-09-18"), "a"},
                                     {on("2024-09-13"), on("2024-09-13"), "c"}};
  CHECK(due(due_date(cn(), twenty, on("2024-09-02"), once)) ==
        due(due_date(cn(), twenty, on("2024-09-02"), twice)));
}

TEST_CASE(
    "an open suspension leaves no due date but what remains; resumed, it goes on or begins again") {
  std::vector<exclusion> stop{{on("2026-10-21"), std::nullopt, "中止", stop_type::suspend}};
  const auto open = due_date(cn(), twenty, on("2026-10-09"), stop);
  REQUIRE(open.has_value());
  CHECK_FALSE(open->due.has_value());
  CHECK_FALSE(open->due_at.has_value());
  CHECK(open->remaining == 12);
  CHECK(open->total == 20);
  CHECK(in_time(*open, on("2030-01-01")));
  // A suspension after the due date changes nothing.
  CHECK(due(due_date(cn(), {5, limit_unit::workday}, on("2026-10-09"), stop)) == "2026-10-15");
  stop[0].to = on("2026-10-30");
  counting_rules r;
  CHECK(due(due_date(cn(), twenty, on("2026-10-09"), stop, {}, r)) == "2026-11-17");
  r.resume = resume_mode::full;
  CHECK(due(due_date(cn(), twenty, on("2026-10-09"), stop, {}, r)) == "2026-11-27");
  stop[0].type = stop_type::exclude; // an excluded procedure always leaves the remaining term
  CHECK(due(due_date(cn(), twenty, on("2026-10-09"), stop, {}, r)) == "2026-11-17");
}

TEST_CASE("an extension lengthens the limit once, and only when asked for in time") {
  const time_limit ten{10, limit_unit::workday};
  const auto with = [&](std::string_view asked) {
    const std::vector<extension> e{{ten, on(asked), "行政首长"}};
    return due_date(cn(), twenty, on("2025-01-15"), {}, e);
  };
  CHECK(due(with("2025-02-10")) == "2025-03-04");
  CHECK(due(with("2025-02-18")) == "2025-03-04"); // the last day is in time
  CHECK(due(with("2025-02-19")) == "extension-refused");
  CHECK(with("2025-02-19").error().message.en.find("2025-02-18") != std::string::npos);
  const std::vector<extension> two{{ten, on("2025-02-10"), "a"}, {ten, on("2025-03-01"), "b"}};
  CHECK(due(due_date(cn(), twenty, on("2025-01-15"), {}, two)) == "extension-refused");
  counting_rules r;
  r.extensions_allowed = 2;
  CHECK(due(due_date(cn(), twenty, on("2025-01-15"), {}, two, r)) == "2025-03-18");
  r.runs = direction::before;
  CHECK(due(due_date(cn(), twenty, on("2025-01-15"), {}, two, r)) == "extension-refused");
}

TEST_CASE("extend, then roll once; or roll each period") {
  // 60 days from 2025-01-07 end on Sat 03-08; 30 more on 04-07 or, after the roll to 03-10, on
  // 04-09.
  const std::vector<extension> e{{{30, limit_unit::day}, on("2025-03-01"), "a"}};
  counting_rules r;
  CHECK(due(due_date(cn(), {60, limit_unit::day}, on("2025-01-07"), {}, e, r)) == "2025-04-07");
  r.order = extension_order::roll_then_extend;
  CHECK(due(due_date(cn(), {60, limit_unit::day}, on("2025-01-07"), {}, e, r)) == "2025-04-09");
}

TEST_CASE("months end on the corresponding day, else on the last of the month") {
  counting_rules r;
  r.rolling = roll::none;
  const auto months = [&](int n, std::string_view from) {
    return due(due_date(cn(), {n, limit_unit::month}, on(from), {}, {}, r));
  };
  CHECK(months(1, "2025-01-31") == "2025-02-28");
  CHECK(months(1, "2024-01-31") == "2024-02-29");
  CHECK(months(12, "2024-02-29") == "2025-02-28");
  CHECK(due(due_date(cn(), {1, limit_unit::year}, on("2024-02-29"), {}, {}, r)) == "2025-02-28");
  const std::vector<extension> one{{{1, limit_unit::month}, on("2025-02-01"), "a"}};
  CHECK(due(due_date(cn(), {1, limit_unit::month}, on("2025-01-31"), {}, one, r)) == "2025-03-31");
  const std::vector<exclusion> week{{on("2025-02-03"), on("2025-02-09"), "x"}};
  CHECK(due(due_date(cn(), {1, limit_unit::month}, on("2025-01-15"), week, {}, r)) == "2025-02-22");
  r.runs = direction::before;
  CHECK(months(3, "2025-05-31") == "2025-02-28");
}

TEST_CASE("an approval lapses two years on; its extension is asked for 30 working days before") {
  counting_rules plain;
  plain.rolling = roll::none;
  const auto lapses = due_date(cn(), {2, limit_unit::year}, on("2024-03-15"), {}, {}, plain);
  CHECK(due(lapses) == "2026-03-15");
  counting_rules before;
  before.runs = direction::before;
  CHECK(due(due_date(cn(), {30, limit_unit::workday}, *lapses->due, {}, {}, before)) ==
        "2026-01-27");
}

TEST_CASE("on the spot is the first working day from the event on") {
  CHECK(due(due_date(cn(), {}, on("2025-09-30"))) == "2025-09-30");
  CHECK(due(due_date(cn(), {}, on("2025-10-02"))) == "2025-10-09");
}

TEST_CASE("the end is exclusive: 24:00 of the last day, or the minute") {
  const auto d =
      due_date(cn(), {3, limit_unit::workday}, parse_instant("2025-04-30T15:00").value()).value();
  CHECK((d.due_at == instant{on("2025-05-09")}));
  CHECK(in_time(d, parse_instant("2025-05-08T23:59:59").value()));
  CHECK_FALSE(in_time(d, on("2025-05-09")));
  CHECK(days_late(d, on("2025-05-12")) == days{4});
  CHECK(days_late(d, on("2025-05-07")) == days{-1});
  CHECK(workdays_late(cn(), d, on("2025-05-12")).value() == 2);
  const auto h = due_date(cn(), {24, limit_unit::hour}, on("2025-09-30")).value();
  CHECK((h.due_at == instant{on("2025-10-01")}));
  CHECK(to_text(*h.due) == "2025-09-30");
}

TEST_CASE("hours stand still on excluded days") {
  const std::vector<exclusion> day_off{{on("2025-09-29"), on("2025-09-29"), "x"}};
  const auto start = parse_instant("2025-09-28T16:30").value();
  CHECK((due_date(cn(), {24, limit_unit::hour}, start, day_off)->due_at ==
         parse_instant("2025-09-30T16:30").value()));
  CHECK((due_date(cn(), {2, limit_unit::workhour}, start, day_off)->due_at ==
         parse_instant("2025-09-30T09:30").value()));
  const std::vector<exclusion> open{{on("2025-09-29"), std::nullopt, "x"}};
  CHECK(due_date(cn(), {24, limit_unit::hour}, start, open)->remaining == 24 * 60 - 450);
  CHECK(due_date(cn(), {2, limit_unit::workhour}, start, open)->remaining == 60);
  counting_rules before;
  before.runs = direction::before;
  CHECK((due_date(cn(), {24, limit_unit::hour}, start, {}, {}, before)->due_at ==
         parse_instant("2025-09-27T16:30").value()));
}

TEST_CASE("provisional is what a notice does not settle") {
  CHECK_FALSE(due_date(cn(), twenty, on("2026-11-02"))->provisional);
  CHECK(due_date(cn(), twenty, on("2026-12-15"))->provisional);
  CHECK(due_date(cn(), {60, limit_unit::day}, on("2026-12-15"))->provisional);
  counting_rules r;
  r.rolling = roll::none;
  CHECK_FALSE(due_date(cn(), {60, limit_unit::day}, on("2026-12-15"), {}, {}, r)->provisional);
  CHECK_FALSE(due_date(cn(), {90, limit_unit::hour}, on("2026-12-31"))->provisional);
  CHECK(due_date(cn(), {9, limit_unit::workhour}, on("2026-12-31"))->provisional);
}

TEST_CASE("bad questions are errors") {
  CHECK(due(due_date(cn(), {0, limit_unit::day}, on("2025-01-01"))) == "bad-limit");
  CHECK(due(due_date(cn(), {-5, limit_unit::workday}, on("2025-01-01"))) == "bad-limit");
  CHECK(due(due_date(cn(), {1, static_cast<limit_unit>(77)}, on("2025-01-01"))) == "bad-limit");
  for (const int n : {1, 100, 230, 1301, 65'536 + 331, 25'631, 2'147'483'647})
    CHECK(due(due_date(cn(), {n, limit_unit::yearly_date}, on("2025-01-01"))) == "bad-limit");
  const std::vector<exclusion> turned{{on("2025-01-09"), on("2025-01-02"), "x"}};
  CHECK(due(due_date(cn(), twenty, on("2025-01-01"), turned)) == "bad-exclusion");
  const std::vector<exclusion> far{{day::min(), day::max(), "x"}};
  CHECK(due(due_date(cn(), twenty, on("2025-01-01"), far)) == "bad-exclusion");
  counting_rules r;
  r.runs = direction::before;
  CHECK(due(due_date(cn(), {}, on("2025-01-01"), {}, {}, r)) == "bad-limit");
  CHECK(due(due_date(cn(), {1, limit_unit::workhour}, on("2025-01-01"), {}, {}, r)) == "bad-limit");
  const std::vector<extension> hours{{{1, limit_unit::hour}, on("2025-01-01"), "a"}};
  CHECK(due(due_date(cn(), twenty, on("2025-01-01"), {}, hours)) == "bad-limit");
  r = {};
  r.limits.exclusions = 1;
  const std::vector<exclusion> two(2, {on("2025-01-02"), on("2025-01-02"), "x"});
  CHECK(due(due_date(cn(), twenty, on("2025-01-01"), two, {}, r)) == "limit-exceeded");
}

TEST_CASE("no day from year 1 to 9999 and no count overflows or hangs") {
  const workday_calendar cal = cn();
  for (const day start :
       {first_day, on("1999-12-31"), on("2000-01-01"), on("2040-12-31"), last_day})
    for (int unit = 1; unit <= 8; ++unit)
      for (const int n : {1, 229, 1000, 1231, 1'000'000, 2'147'483'647})
        for (const direction way : {direction::after, direction::before})
          for (const auto how : {roll::none, roll::following}) {
            counting_rules r;
            r.runs = way;
            r.rolling = how;
            const std::vector<exclusion> out{{first_day, first_day, "a"},
                                             {last_day, last_day, "b"}};
            const auto d = due_date(cal, {n, static_cast<limit_unit>(unit)}, start, out, {}, r);
            if (d && d->due)
              CHECK((*d->due >= first_day && *d->due <= last_day));
            else if (!d)
              CHECK((d.error().code == errc::out_of_range || d.error().code == errc::bad_limit));
          }
  CHECK(due(due_date(cal, twenty, last_day + days{1})) == "out-of-range");
  CHECK(due(due_date(cal, twenty, instant::min())) == "out-of-range");
  CHECK(due_date(cal, twenty, on("2045-01-01")).error().message.en.find("load a calendar_source") !=
        std::string::npos);
}

TEST_CASE("a restart: nothing runs until the later event, and then the whole limit") {
  const auto restart = [](std::string_view from, std::string_view to) {
    exclusion e{on(from), std::nullopt, "补正", stop_type::restart};
    if (!to.empty()) e.to = on(to);
    return std::vector<exclusion>{e};
  };
  const auto with = [&](std::string_view from, std::string_view to, counting_rules r = {}) {
    return due(due_date(cn(), twenty, on("2025-09-01"), restart(from, to), {}, r));
  };
  // As if it had been received on the day of the later event.
  const std::string anew = due(due_date(cn(), twenty, on("2025-09-10")));
  CHECK(anew == "2025-10-14");
  CHECK(with("2025-09-03", "2025-09-10") == anew);
  CHECK(with("2025-09-10", "2025-09-10") == anew);
  CHECK(with("2025-08-20", "2025-09-10") == anew);
  for (int i = 0; i < 8; ++i) {
    counting_rules r;
    r.ends = static_cast<edges>(i % 4);
    r.resume = static_cast<resume_mode>(i / 4);
    CHECK(with("2025-09-03", "2025-09-10", r) == anew);
  }
  // On the last day it is not too late, afterwards it is; before the start it is nothing.
  const std::string alone = due(due_date(cn(), twenty, on("2025-09-01")));
  CHECK(alone == "2025-09-28");
  CHECK(with("2025-09-28", "2025-09-28") == due(due_date(cn(), twenty, on("2025-09-28"))));
  CHECK(with("2025-09-29", "2025-10-20") == alone);
  CHECK(with("2025-08-01", "2025-09-01") == alone);
  // While the correction has not come the whole limit is left, whatever has run.
  const auto open = due_date(cn(), twenty, on("2025-09-01"), restart("2025-09-08", ""));
  CHECK_FALSE(open->due.has_value());
  CHECK(open->remaining == 20);
  CHECK(open->total == 20);
  counting_rules back;
  back.runs = direction::before;
  CHECK(with("2025-08-03", "2025-08-10", back) == "bad-exclusion");
}

TEST_CASE("a restart in every unit") {
  counting_rules plain;
  plain.rolling = roll::none;
  const std::vector<exclusion> r{{on("2025-01-20"), on("2025-01-31"), "补正", stop_type::restart}};
  const auto with = [&](time_limit l, std::span<const extension> more = {}) {
    return due(due_date(cn(), l, on("2025-01-15"), r, more, plain));
  };
  CHECK(with({10, limit_unit::day}) == "2025-02-10");
  CHECK(with({2, limit_unit::week}) == "2025-02-14");
  CHECK(with({1, limit_unit::month}) == "2025-02-28"); // corresponds to the day of the restart
  CHECK(with({1, limit_unit::year}) == "2026-01-31");
  CHECK(with({}) == "2025-01-15");
  // With a second phase of another kind: the first runs again, too.
  const std::vector<extension> more{{{10, limit_unit::workday}, on("2025-01-16"), "局长"}};
  const std::vector<exclusion> late{
      {on("2025-02-20"), on("2025-02-28"), "补正", stop_type::restart}};
  CHECK(due(due_date(cn(), {1, limit_unit::month}, on("2025-01-15"), late, more, plain)) ==
        "2025-04-14"); // 03-28, then ten working days (04-04 is a holiday)
  std::vector<exclusion> open = late;
  open[0].to.reset();
  CHECK(due_date(cn(), {1, limit_unit::month}, on("2025-01-15"), open, more, plain)->remaining ==
        31 + 10);
  const auto start = parse_instant("2025-09-28T16:30").value();
  const std::vector<exclusion> same{
      {on("2025-09-28"), on("2025-09-29"), "补正", stop_type::restart}};
  CHECK((due_date(cn(), {24, limit_unit::hour}, start, same)->due_at == on("2025-10-01")));
  CHECK((due_date(cn(), {2, limit_unit::workhour}, start, same)->due_at ==
         parse_instant("2025-09-30T10:30").value()));
  std::vector<exclusion> halted{{on("2025-09-29"), std::nullopt, "补正", stop_type::restart}};
  CHECK(due_date(cn(), {24, limit_unit::hour}, start, halted)->remaining == 24 * 60);
  CHECK(due_date(cn(), {8, limit_unit::workhour}, start, halted)->remaining == 8 * 60);
}

TEST_CASE("restarts among other stops") {
  const auto with = [&](std::vector<exclusion> stops) {
    return due_date(cn(), {10, limit_unit::day}, on("2025-03-03"), stops);
  };
  const exclusion review{on("2025-03-05"), on("2025-03-20"), "评审"};
  const exclusion corrected{on("2025-03-07"), on("2025-03-10"), "补正", stop_type::restart};
  const exclusion halted{on("2025-03-05"), std::nullopt, "中止", stop_type::suspend};
  // Inside another stop: the two days before it are forgotten, the days after it count from 1.
  CHECK(due(with({review, corrected})) == "2025-03-31"); // 03-30 is a Sunday
  // While suspended: the whole limit is left.
  CHECK(with({halted})->remaining == 9);
  CHECK(with({halted, corrected})->remaining == 10);
  // A limit of 12 days ends on Sat 03-15 and is due on Mon 03-17: until then it can be restarted.
  counting_rules r;
  const auto of = [&](std::string_view from) {
    const std::vector<exclusion> one{{on(from), on(from), "补正", stop_type::restart}};
    return due(due_date(cn(), {12, limit_unit::day}, on("2025-03-03"), one, {}, r));
  };
  CHECK(due(due_date(cn(), {12, limit_unit::day}, on("2025-03-03"))) == "2025-03-17");
  CHECK(of("2025-03-16") == "2025-03-28");
  CHECK(of("2025-03-17") == "2025-03-31"); // 03-29 is a Saturday
  CHECK(of("2025-03-18") == "2025-03-17");
  const std::vector<exclusion> open{{on("2025-03-17"), std::nullopt, "补正", stop_type::restart}};
  CHECK(due_date(cn(), {12, limit_unit::day}, on("2025-03-03"), open)->remaining == 12);
  r.rolling = roll::none;
  CHECK(of("2025-03-16") == "2025-03-15");
  CHECK(to_string(stop_type::restart, language::zh) == "重新计算");
}

TEST_CASE("a date each year is the first after the event, and rolls") {
  counting_rules r;
  r.rolling = roll::none;
  const time_limit spring = every_year_by(std::chrono::March / 31);
  const auto by = [&](std::string_view from, time_limit l) {
    return due(due_date(cn(), l, on(from), {}, {}, r));
  };
  CHECK(by("2025-01-15", spring) == "2025-03-31");
  CHECK(by("2025-03-30", spring) == "2025-03-31");
  CHECK(by("2025-03-31", spring) == "2026-03-31");
  CHECK(by("2025-12-31", spring) == "2026-03-31");
  r.start = start_rule::on_event;
  CHECK(by("2025-03-31", spring) == "2025-03-31");
  CHECK(by("2025-04-01", spring) == "2026-03-31");
  r.start = start_rule::after_event;
  const time_limit leap = every_year_by(std::chrono::February / 29);
  CHECK(by("2024-02-28", leap) == "2024-02-29");
  CHECK(by("2024-02-29", leap) == "2025-02-28");
  CHECK(by("2025-02-28", leap) == "2026-02-28");
  r.runs = direction::before;
  CHECK(by("2025-03-31", spring) == "2024-03-31");
  CHECK(by("2025-04-01", spring) == "2025-03-31");
  CHECK(by("2025-02-28", leap) == "2024-02-29");
  r.before = before_rule::clear_days; // says nothing about a date
  CHECK(by("2025-04-01", spring) == "2025-03-31");
  r.start = start_rule::on_event;
  CHECK(by("2025-03-31", spring) == "2025-03-31");
  // 2024-03-31 is a Sunday: on to Monday, or back to Friday where the limit lies before its event.
  CHECK(due(due_date(cn(), spring, on("2024-01-15"))) == "2024-04-01");
  counting_rules back;
  back.runs = direction::before;
  CHECK(due(due_date(cn(), spring, on("2024-06-15"), {}, {}, back)) == "2024-03-29");
  // Excluded days lengthen it, as they do a month; a restart asks for the next date.
  r = {};
  r.rolling = roll::none;
  std::vector<exclusion> out{{on("2025-03-03"), on("2025-03-07"), "检验"}};
  CHECK(due(due_date(cn(), spring, on("2025-01-15"), out, {}, r)) == "2025-04-05");
  out = {{on("2025-03-03"), on("2025-04-02"), "补正", stop_type::restart}};
  CHECK(due(due_date(cn(), spring, on("2025-01-15"), out, {}, r)) == "2026-03-31");
  out[0].to.reset();
  CHECK(due_date(cn(), spring, on("2025-01-15"), out, {}, r)->remaining == 75);
  // An extension by a date: on to the next, also from a limit in other units.
  const std::vector<extension> longer{{spring, on("2025-02-01"), "局长"}};
  CHECK(due(due_date(cn(), spring, on("2025-01-15"), {}, longer, r)) == "2026-03-31");
  CHECK(due(due_date(cn(), twenty, on("2025-01-15"), {}, longer, r)) == "2025-03-31");
  CHECK(due(due_date(cn(), spring, last_day)) == "out-of-range");
  CHECK(due(due_date(cn(), spring, first_day, {}, {}, back)) == "out-of-range");
}

TEST_CASE("limits in hours are early or late by minutes, of the clock or of the office") {
  const auto at = [](std::string_view s) { return parse_instant(s).value(); };
  const deadline h = due_date(cn(), {24, limit_unit::hour}, at("2025-09-30T16:40")).value();
  CHECK(minutes_late(h, at("2025-10-01T16:39:30")) == minutes{-1});
  CHECK(minutes_late(h, at("2025-10-01T16:40")) == minutes{0});
  CHECK(minutes_late(h, at("2025-10-01T18:00:59")) == minutes{80});
  const working_hours hours;
  const deadline w =
      due_date(cn(), hours, {2, limit_unit::workhour}, at("2025-09-26T16:30")).value();
  CHECK((w.due_at == at("2025-09-28T09:30")));
  CHECK(work_minutes_late(cn(), hours, w, at("2025-09-28T15:30")).value() == minutes{180});
  CHECK(work_minutes_late(cn(), hours, w, at("2025-09-27T12:00")).value() == minutes{-60});
  CHECK(minutes_late(deadline{}, at("2025-09-27T12:00")) == minutes{0});
  CHECK(work_minutes_late(cn(), hours, deadline{}, at("2025-09-27T12:00")).value() == minutes{0});
}

TEST_CASE("every question that the law leaves open has its answers, and a default") {
  struct open_question {
    const char* about;
    time_limit limit;
    const char* start;
    const char* usual; ///< due by the defaults
    const char* other; ///< due by the rules below
    counting_rules rules;
    std::vector<exclusion> exclusions;
    std::vector<extension> extensions;
  };
  const auto rules = [](auto change) {
    counting_rules r;
    change(r);
    return r;
  };
  const std::vector<exclusion> inspection{{on("2026-05-11"), on("2026-05-15"), "检验"}};
  const std::vector<exclusion> halted{
      {on("2026-10-21"), on("2026-10-30"), "中止", stop_type::suspend}};
  const std::vector<extension> thirty{{{30, limit_unit::day}, on("2025-03-01"), "局长"}};
  const time_limit ten{10, limit_unit::workday};
  const time_limit sixty{60, limit_unit::day};
  const auto before = [](counting_rules& r) { r.runs = direction::before; };
  const std::vector<open_question> table{
      {"edges, half-open at the end",
       ten,
       "2026-05-06",
       "2026-05-26",
       "2026-05-25",
       rules([](auto& r) { r.ends = edges::half_open_to; }),
       inspection,
       {}},
      {"edges, half-open at the begin",
       ten,
       "2026-05-06",
       "2026-05-26",
       "2026-05-25",
       rules([](auto& r) { r.ends = edges::half_open_from; }),
       inspection,
       {}},
      {"edges, open",
       ten,
       "2026-05-06",
       "2026-05-26",
       "2026-05-22",
       rules([](auto& r) { r.ends = edges::open; }),
       inspection,
       {}},
      {"the last day is a rest day: preceding",
       sixty,
       "2025-08-08",
       "2025-10-09",
       "2025-09-30",
       rules([](auto& r) { r.rolling = roll::preceding; }),
       {},
       {}},
      {"the last day is a rest day: none",
       sixty,
       "2025-08-08",
       "2025-10-09",
       "2025-10-07",
       rules([](auto& r) { r.rolling = roll::none; }),
       {},
       {}},
      {"a working-day limit never needs the roll",
       twenty,
       "2025-01-15",
       "2025-02-18",
       "2025-02-18",
       rules([](auto& r) { r.rolling = roll::preceding; }),
       {},
       {}},
      {"backwards the roll precedes: 2025-10-04 is a holiday",
       {30, limit_unit::day},
       "2025-11-03",
       "2025-12-03",
       "2025-09-30",
       rules(before),
       {},
       {}},
      {"n-th day before",
       {7, limit_unit::workday},
       "2025-10-13",
       "2025-10-22",
       "2025-09-26",
       rules(before),
       {},
       {}},
      {"n clear days before",
       {7, limit_unit::workday},
       "2025-10-13",
       "2025-10-22",
       "2025-09-25",
       rules([](auto& r) {
         r.runs = direction::before;
         r.before = before_rule::clear_days;
       }),
       {},
       {}},
      {"the unit of an applicant's own period: days",
       {30, limit_unit::day},
       "2026-03-15",
       "2026-04-14",
       "2026-02-13",
       rules(before),
       {},
       {}},
      {"the unit of an applicant's own period: working days",
       {30, limit_unit::workday},
       "2026-03-15",
       "2026-04-27",
       "2026-01-27",
       rules(before),
       {},
       {}},
      {"roll, then extend",
       sixty,
       "2025-01-07",
       "2025-04-07",
       "2025-04-09",
       rules([](auto& r) { r.order = extension_order::roll_then_extend; }),
       {},
       thirty},
      {"after a suspension the full term",
       twenty,
       "2026-10-09",
       "2026-11-17",
       "2026-11-27",
       rules([](auto& r) { r.resume = resume_mode::full; }),
       halted,
       {}},
      {"the day of the event counts",
       ten,
       "2026-05-06",
       "2026-05-19",
       "2026-05-18",
       rules([](auto& r) { r.start = start_rule::on_event; }),
       {},
       {}},
  };
  for (const open_question& q : table) {
    CAPTURE(q.about);
    CHECK(due(due_date(cn(), q.limit, on(q.start), q.exclusions, q.extensions)) == q.usual);
    CHECK(due(due_date(cn(), q.limit, on(q.start), q.exclusions, q.extensions, q.rules)) ==
          q.other);
  }
  // Business hours: 08:30-11:30 and 14:30-17:30 unless an office says otherwise.
  const instant friday = parse_instant("2025-09-26T16:30").value();
  const working_hours long_days = every_weekday({{9h, 12h}, {13h + 30min, 17h + 30min}});
  CHECK((due_date(cn(), {8, limit_unit::workhour}, friday)->due_at ==
         parse_instant("2025-09-29T09:30").value()));
  CHECK((due_date(cn(), long_days, {8, limit_unit::workhour}, friday)->due_at ==
         parse_instant("2025-09-28T17:30").value()));
  // The calendar: overlays open and close days, make-up days included.
  calendar_source s = cn_source();
  s.overlays.push_back(
      {"防汛",
       {{on("2025-10-11"), opening::closed, "停工"}, {on("2025-10-12"), opening::open, "补班"}}});
  const workday_calendar local = workday_calendar::build(s).value();
  const time_limit five{5, limit_unit::workday};
  CHECK(due(due_date(cn(), five, on("2025-10-02"))) == "2025-10-14");
  CHECK(due(due_date(local, five, on("2025-10-02"))) == "2025-10-14");
  CHECK(due(due_date(local, {3, limit_unit::workday}, on("2025-10-02"))) == "2025-10-12");
}

TEST_CASE("sampled over all dates, counts, units and rules nothing overflows or hangs") {
  std::mt19937_64 engine{99};
  const auto pick = [&](std::int64_t lo, std::int64_t hi) {
    return lo + static_cast<std::int64_t>(engine() % static_cast<std::uint64_t>(hi - lo + 1));
  };
  const auto any_day = [&] {
    const std::int64_t near = pick(0, 5);
    if (near == 0) return first_day + days{pick(-2, 400)};
    if (near == 1) return last_day - days{pick(-2, 400)};
    if (near == 2) return on("2040-12-31") + days{pick(-400, 400)};
    return first_day + days{pick(0, (last_day - first_day).count())};
  };
  const auto any_count = [&] {
    const std::int64_t n = pick(0, 4) == 0 ? 2'147'483'647 : std::int64_t{1} << pick(0, 31);
    return static_cast<int>(std::min<std::int64_t>(n - pick(0, 1), 2'147'483'647));
  };
  const workday_calendar cal = cn();
  int answered = 0;
  int refused = 0;
  for (int i = 0; i < 4'000; ++i) {
    time_limit limit{any_count(), static_cast<limit_unit>(pick(0, 8))};
    if (limit.unit == limit_unit::yearly_date && pick(0, 3) > 0)
      limit.count = static_cast<int>(pick(1, 12) * 100 + pick(1, 28));
    counting_rules r;
    r.runs = static_cast<direction>(pick(0, 1));
    r.start = static_cast<start_rule>(pick(0, 1));
    r.ends = static_cast<edges>(pick(0, 3));
    if (pick(0, 1) == 0) r.rolling = static_cast<roll>(pick(0, 2));
    r.before = static_cast<before_rule>(pick(0, 1));
    r.resume = static_cast<resume_mode>(pick(0, 1));
    r.order = static_cast<extension_order>(pick(0, 1));
    std::vector<exclusion> stops;
    for (std::int64_t k = pick(0, 3); k > 0; --k) {
      exclusion e{any_day(), any_day(), "x", static_cast<stop_type>(pick(0, 2))};
      if (*e.to < e.from) std::swap(*e.to, e.from);
      if (pick(0, 5) == 0) e.to.reset();
      stops.push_back(e);
    }
    std::vector<extension> more;
    if (pick(0, 3) == 0)
      more.push_back({{any_count(), static_cast<limit_unit>(pick(0, 8))}, any_day(), "局长"});
    const instant start = instant{any_day()} + std::chrono::seconds{pick(0, 86'399)};
    CAPTURE(to_text(limit));
    CAPTURE(start.time_since_epoch().count());
    const auto d = due_date(cal, limit, start, stops, more, r);
    const auto e = explain(cal, limit, start, stops, more, r);
    CHECK(d.has_value() == e.has_value());
    if (d) {
      ++answered;
      if (d->due) CHECK((*d->due >= first_day - days{1} && *d->due <= last_day));
      (void)usage_at(instant{any_day()}, cal, limit, start, stops, more, r);
      (void)urgency_at(instant{any_day()}, {}, cal, limit, start, stops, more, r);
      continue;
    }
    ++refused;
    const error& why = d.error();
    if (why.code == errc::out_of_range) {
      const bool helps = why.message.en.find("load a calendar_source") != std::string::npos ||
                         why.message.en.find("years 1 to 9999") != std::string::npos;
      CHECK_MESSAGE(helps, why.message.en);
    } else {
      const bool expected = why.code == errc::bad_limit || why.code == errc::bad_exclusion ||
                            why.code == errc::extension_refused;
      CHECK_MESSAGE(expected, why.message.en);
    }
  }
  CHECK(answered > 300);
  CHECK(refused > 300);
}

TEST_CASE("a refusal names the limit in the language it is told in") {
  counting_rules back;
  back.runs = direction::before;
  const auto told = [&](time_limit l, const counting_rules& r, std::vector<extension> more) {
    const auto d = due_date(cn(), l, on("2026-05-06"), {}, more, r);
    REQUIRE_FALSE(d.has_value());
    return d.error().message;
  };
  const text hours = told({8, limit_unit::workhour}, back, {});
  CHECK(hours.en == "'8 workhours' cannot be counted backwards");
  CHECK(hours.zh == "“8个工作小时”不能倒推计算");
  const text none = told({0, limit_unit::workday}, {}, {});
  CHECK(none.en == "a limit of 0 workday is none: the count must be at least 1");
  CHECK(none.zh == "时限“0个工作日”无效:数量至少为 1");
  const text mixed = told(twenty, {}, {{{3, limit_unit::hour}, on("2026-05-07"), "领导"}});
  CHECK(mixed.en == "a limit of 20 workdays cannot be extended by 3 hours");
  CHECK(mixed.zh == "时限“20个工作日”不能延长“3小时”");
  const text late = told(twenty, {}, {{{10, limit_unit::workday}, on("2027-05-07"), "领导"}});
  CHECK(late.zh.find("延长10个工作日的申请于 2027-05-07 提出") != std::string::npos);
}
