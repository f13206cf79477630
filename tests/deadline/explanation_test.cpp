#include <doctest/doctest.h>

#include <banli/calendar/cn.hpp>
#include <banli/deadline/explanation.hpp>
#include <banli/deadline/usage.hpp>

#include "written.hpp"

using namespace written;

TEST_CASE("an explanation prints one line a run, in English and in Chinese") {
  const std::vector<exclusion> inspection{{on("2026-05-11"), on("2026-05-15"), "检验"}};
  const auto e = explain(cn(), {10, limit_unit::workday}, on("2026-05-06"), inspection).value();
  CHECK(to_text(e) ==
        "2026-05-06                -         day of the event, not counted (Civil Code art. 201)\n"
        "2026-05-07..2026-05-08    1..2      working day\n"
        "2026-05-09                3         make-up working day (劳动节) "
        "[https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm]\n"
        "2026-05-10                -         weekend\n"
        "2026-05-11..2026-05-15    -         excluded: 检验\n"
        "2026-05-16..2026-05-17    -         weekend\n"
        "2026-05-18..2026-05-22    4..8      working day\n"
        "2026-05-23..2026-05-24    -         weekend\n"
        "2026-05-25..2026-05-26    9..10     working day\n"
        "due 2026-05-26\n");
  const std::string zh = to_text(e, language::zh);
  CHECK(zh.find("不计入:检验") != std::string::npos);
  CHECK(zh.find("3         调休上班日(劳动节)") != std::string::npos);
  CHECK(zh.ends_with("届满 2026-05-26\n"));
}

TEST_CASE("a roll, a roll back and an open suspension are runs of their own") {
  const auto rolled = explain(cn(), {60, limit_unit::day}, on("2025-08-08")).value();
  REQUIRE(rolled.runs().size() == 4);
  CHECK(rolled.runs()[1].last == 60);
  CHECK((rolled.runs()[2].what == day_class::rolled));
  CHECK(rolled.runs()[2].reason.en == "rest day (国庆节、中秋节)");
  CHECK((rolled.runs()[3].to == on("2025-10-09")));
  counting_rules r;
  r.rolling = roll::preceding;
  const auto back = explain(cn(), {60, limit_unit::day}, on("2025-08-08"), {}, {}, r).value();
  REQUIRE(back.runs().size() == 3);
  CHECK((back.runs()[1].to == on("2025-09-30")));
  CHECK((back.runs()[2].what == day_class::rolled));
  CHECK(back.runs()[2].first == 54);
  // Rolled back to before its own start: nothing to cut, nothing to crash on.
  const auto gone = explain(cn(), {1, limit_unit::day}, on("2025-10-03"), {}, {}, r).value();
  CHECK((gone.answer.due == on("2025-09-30")));
  const std::vector<exclusion> open{{on("2026-10-21"), std::nullopt, "中止", stop_type::suspend}};
  const auto halted = explain(cn(), {20, limit_unit::workday}, on("2026-10-09"), open).value();
  CHECK((halted.runs().back().what == day_class::suspended));
  CHECK((halted.runs().back().to == last_day));
  CHECK(to_text(halted).ends_with("2026-10-21..              -         suspended: 中止\n"
                                  "suspended, no due date; left: 12 workdays\n"));
}

TEST_CASE("a restart is named, with the day of the later event as a day that is not counted") {
  const std::vector<exclusion> corrected{
      {on("2025-09-03"), on("2025-09-10"), "补正", stop_type::restart}};
  const auto e = explain(cn(), {3, limit_unit::workday}, on("2025-09-01"), corrected).value();
  CHECK(to_text(e) ==
        "2025-09-01                -         day of the event, not counted (Civil Code art. 201)\n"
        "2025-09-02                1         working day\n"
        "2025-09-03..2025-09-09    -         to be restarted: 补正\n"
        "2025-09-10                -         day of the later event, not counted; the whole limit "
        "runs again: 补正\n"
        "2025-09-11..2025-09-12    1..2      working day\n"
        "2025-09-13..2025-09-14    -         weekend\n"
        "2025-09-15                3         working day\n"
        "due 2025-09-15\n");
  const std::string zh = to_text(e, language::zh);
  CHECK(zh.find("待重新计算:补正") != std::string::npos);
  CHECK(zh.find("时限自次日起重新计算:补正") != std::string::npos);
  // Inside another stop, and among office hours.
  const std::vector<exclusion> within{{on("2025-09-02"), on("2025-09-12"), "评审"},
                                      corrected.front()};
  const auto cut = explain(cn(), {1, limit_unit::workday}, on("2025-09-01"), within).value();
  REQUIRE(cut.runs().size() == 6);
  CHECK((cut.runs()[1].to == on("2025-09-09")));
  CHECK((cut.runs()[2].what == day_class::before_start));
  CHECK((cut.runs()[3].from == on("2025-09-11")));
  const auto office = explain(cn(), {2, limit_unit::workhour}, on("2025-09-01"), corrected).value();
  CHECK(office.runs().size() == 1);
  const auto hours = explain(cn(), {12, limit_unit::workhour}, on("2025-09-01"), within).value();
  REQUIRE(hours.runs().size() == 6);
  CHECK((hours.runs()[2].what == day_class::before_start));
  CHECK((hours.runs()[2].from == on("2025-09-10")));
  // On the rest days over which the limit rolled.
  const std::vector<exclusion> sunday{
      {on("2025-03-16"), on("2025-03-16"), "补正", stop_type::restart}};
  const auto rolled = explain(cn(), {12, limit_unit::day}, on("2025-03-03"), sunday).value();
  REQUIRE(rolled.runs().size() == 4);
  CHECK((rolled.runs()[1].to == on("2025-03-15")));
  CHECK((rolled.runs()[2].what == day_class::before_start));
  CHECK(rolled.runs()[3].last == 12);
}

TEST_CASE("classes have names in both languages") {
  CHECK(to_string(day_class::rolled) == "rolled");
  CHECK(to_string(day_class::rolled, language::zh) == "顺延");
}

TEST_CASE("usage counts today, goes below nothing when late, and says until when it holds") {
  const std::vector<exclusion> review{{on("2024-09-10"), on("2024-09-20"), "review"}};
  const auto ask = [&](std::string_view now) {
    return usage_at(parse_instant(now).value(), cn(), {20, limit_unit::workday}, on("2024-09-02"),
                    review)
        .value();
  };
  CHECK((ask("2024-09-25T15:00") ==
         usage{20, 8, 12, limit_unit::workday, instant{on("2024-09-26")}}));
  CHECK((ask("2024-09-12T15:00") ==
         usage{20, 5, 15, limit_unit::workday, instant{on("2024-09-23")}}));
  CHECK(ask("2024-08-01").used == 0);
  CHECK(ask("2024-10-16").remaining == 0); // the last day
  CHECK(ask("2024-10-18").remaining == -2);
}

TEST_CASE("usage of hours is told in minutes") {
  const auto ask = [&](limit_unit u, std::string_view now) {
    return usage_at(parse_instant(now).value(), cn(), {8, u},
                    parse_instant("2025-09-26T16:30:00").value())
        .value();
  };
  CHECK((ask(limit_unit::hour, "2025-09-26T17:00:30") ==
         usage{480, 30, 450, limit_unit::hour, parse_instant("2025-09-26T17:01").value()}));
  CHECK((ask(limit_unit::workhour, "2025-09-27T12:00") ==
         usage{480, 60, 420, limit_unit::workhour, parse_instant("2025-09-28T08:31").value()}));
}

TEST_CASE("usage of a limit before its event is what lies between now and the due date") {
  counting_rules r;
  r.runs = direction::before;
  const auto u =
      usage_at(on("2025-09-22"), cn(), {7, limit_unit::workday}, on("2025-10-13"), {}, {}, r)
          .value();
  CHECK(u.remaining == 4); // due 09-26
}
