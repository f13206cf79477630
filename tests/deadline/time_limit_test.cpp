#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/deadline/time_limit.hpp>

using namespace banli;

TEST_CASE("many spellings are one limit") {
  const auto is = [](std::string_view s, time_limit want) {
    CAPTURE(std::string{s});
    const auto got = parse_time_limit(s);
    REQUIRE(got.has_value());
    CHECK((*got == want));
  };
  using u = limit_unit;
  for (const char* s : {"20 workdays", "20 workday", "20 working days", "20 Business Days",
                        "20个工作日", "20工作日", "20 个工作日", "二十个工作日", "二十个工作日内",
                        "20个工作日以内", "P20WD", "p20wd", "20wd", "  20 workdays "})
    is(s, {20, u::workday});
  for (const char* s :
       {"60 days", "60日", "60天", "六十日", "60 calendar days", "P60D", "60个自然日", "60d"})
    is(s, {60, u::day});
  for (const char* s : {"3 months", "3个月", "三个月", "P3M", "3 month", "3月"})
    is(s, {3, u::month});
  for (const char* s : {"PT8H", "8 hours", "8小时", "8个小时", "八小时"}) is(s, {8, u::hour});
  for (const char* s : {"8 workhours", "8 working hours", "8个工作小时", "8工作小时", "PT8WH"})
    is(s, {8, u::workhour});
  for (const char* s : {"2 weeks", "2周", "两周", "P2W", "2个星期"}) is(s, {2, u::week});
  for (const char* s : {"1 year", "1年", "一年", "P1Y"}) is(s, {1, u::year});
  for (const char* s : {"on the spot", "On The Spot", "即办", "当场"}) is(s, {0, u::on_the_spot});
  for (const char* s : {"every year by 03-31", "Every Year by 3-31", "each year by 03-31",
                        "yearly by 03-31", "annually by 03-31", "by 03-31 every year",
                        "by 03-31 each year", "by 03-31 yearly", "--03-31", "每年3月31日前",
                        "每年3月31日", "每年03月31日之前", "每年3月31日以前", "每年三月三十一日前"})
    is(s, {331, u::yearly_date});
  is("--02-29", every_year_by(std::chrono::February / 29));
  is("一百二十日", {120, u::day});
  is("一百零五日", {105, u::day});
  is("十五日", {15, u::day});
  is("2147483647 days", {2147483647, u::day});
}

TEST_CASE("the canonical spellings") {
  CHECK(to_text(parse_time_limit("二十个工作日").value()) == "20 workdays");
  CHECK(to_text(time_limit{1, limit_unit::workday}) == "1 workday");
  CHECK(to_text(time_limit{20, limit_unit::workday}, language::zh) == "20个工作日");
  CHECK(to_text(time_limit{60, limit_unit::day}, language::zh) == "60日");
  CHECK(to_text(time_limit{3, limit_unit::month}, language::zh) == "3个月");
  CHECK(to_text(time_limit{}, language::zh) == "即办");
  CHECK(to_text(time_limit{}) == "on the spot");
  CHECK(to_iso_text(time_limit{8, limit_unit::workhour}) == "PT8WH");
  const time_limit spring = every_year_by(std::chrono::March / 31);
  CHECK(to_text(spring) == "every year by 03-31");
  CHECK(to_text(spring, language::zh) == "每年3月31日前");
  CHECK(to_iso_text(spring) == "--03-31");
  CHECK((yearly_date_of(spring) == std::chrono::March / 31));
}

TEST_CASE("every limit is read back from each of its texts") {
  CHECK(rc::check("text round trip", [] {
    const time_limit t{*rc::gen::inRange(1, 2'000'000),
                       static_cast<limit_unit>(*rc::gen::inRange(1, 8))};
    RC_ASSERT(parse_time_limit(to_text(t)).value() == t);
    RC_ASSERT(parse_time_limit(to_text(t, language::zh)).value() == t);
    RC_ASSERT(parse_time_limit(to_iso_text(t)).value() == t);
  }));
  CHECK((parse_time_limit(to_iso_text(time_limit{})).value() == time_limit{}));
  for (unsigned m = 1; m <= 12; ++m)
    for (unsigned d = 1; d <= 31; ++d) {
      const time_limit t = every_year_by(std::chrono::month{m} / std::chrono::day{d});
      for (const std::string& s : {to_text(t), to_text(t, language::zh), to_iso_text(t)}) {
        const auto got = parse_time_limit(s);
        CHECK(got.has_value() == yearly_date_of(t).ok());
        if (got) CHECK((*got == t));
      }
    }
}

TEST_CASE("a misspelt unit is told from one that was meant") {
  const auto hint = [](const char* s) { return parse_time_limit(s).error().message; };
  CHECK(hint("20 workdyas").en.ends_with("; did you mean 'workdays'?"));
  CHECK(hint("20个工做日").zh.ends_with(";是否想写“个工作日”?"));
  CHECK(!hint("20 apples").en.ends_with("?"));
  CHECK(!hint("20").en.ends_with("?"));
}

TEST_CASE("what is no limit is refused") {
  for (const char* s : {"",
                        " ",
                        "20",
                        "workdays",
                        "0 workdays",
                        "-1 days",
                        "20 wrkdays",
                        "二十",
                        "P",
                        "P3",
                        "PT3M",
                        "P0W",
                        "2147483648 days",
                        "99999999999999999999 days",
                        "3 months 2 days",
                        "十百日",
                        "二三日",
                        "1.5 days",
                        "内",
                        "--13-01",
                        "--02-30",
                        "--3",
                        "--03-31x",
                        "-03-31",
                        "every year by",
                        "every year",
                        "every year by 00-10",
                        "by 03-31",
                        "by 03-31 every month",
                        "每年",
                        "每年3月",
                        "每年13月1日前",
                        "每年3月31日内",
                        "每年3月31日后",
                        "every year 03-31",
                        "2 yearly dates",
                        "--100000003-31"}) {
    CAPTURE(std::string{s});
    const auto got = parse_time_limit(s);
    REQUIRE_FALSE(got.has_value());
    CHECK(got.error().code == errc::bad_limit);
  }
  CHECK(parse_time_limit(std::string(100'000, '1')).error().code == errc::bad_limit);
  CHECK(rc::check("no text crashes",
                  [] { (void)parse_time_limit(*rc::gen::arbitrary<std::string>()); }));
}
