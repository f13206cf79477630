#include <banli/document/calendar_file.hpp>

#include <algorithm>
#include <filesystem>

#include <doctest/doctest.h>

#include <banli/calendar/cn.hpp>

#include "texts.hpp"

namespace fs = std::filesystem;
using namespace texts;
using namespace std::chrono_literals;

namespace {

workday_calendar built(const calendar_file& f) {
  REQUIRE(said(f.found) == "");
  return workday_calendar::build(f.source).value();
}

workday_calendar from(const std::string& name, const std::string& text) {
  return built(parse_calendar({{name, text}}));
}

/// The built-in calendar in the plain form of a table.
std::string table_of(const calendar_source& s) {
  std::string out = "date,opens,name,source,published\n";
  for (const notice& n : s.notices)
    for (const day_rule& r : n.days)
      out += fmt::format("{},{},{},{},{}\n", to_text(r.date), to_string(r.opens), r.name, n.source,
                         to_text(n.published));
  return out;
}

const std::string german = R"(kind: calendar
base: none
name: de
years: {first: 2024, last: 2027}
weekend: [周六, sunday]
fixed_holidays:
  - {date: 12-25, name: 1. Weihnachtstag}
  - {date: --12-26, name: 2. Weihnachtstag}
  - {date: 10-31, name: Reformationstag, from: 2026, until: 2026}
notices:
  - source: Feiertage 2025
    published: 2024-11-12
    days:
      - {date: 2025-04-18..2025-04-21, opens: closed, name: Ostern}
  - source: Berichtigung
    published: 2025-01-10
    days:
      - {date: 2025-04-21, opens: open, name: Ostermontag}
overlays:
  - name: Köln
    days:
      - {date: 2025-03-03, opens: closed, name: Rosenmontag}
)";

} // namespace

TEST_CASE("the official calendar comes through the plain table unchanged, notice by notice") {
  const calendar_file f = parse_calendar({{"cn.csv", table_of(cn_source())}});
  REQUIRE(said(f.found) == "");
  CHECK(f.source.name == "cn");
  CHECK(f.source.notices == cn_source().notices);
  CHECK(f.source.fixed_holidays.empty());
  const workday_calendar cal = built(f);
  CHECK(cal.horizon() == cn().horizon());
  CHECK(cal.as_known_on(on("2020-01-20")).is_workday(on("2020-01-31")));
}

TEST_CASE("the shared tables give the official calendar on each of the 7,305 days") {
  const std::string days_file = BANLI_SHARED_DIR "/data/calendar/cn_state_council_days.csv";
  if (!fs::exists(days_file)) {
    MESSAGE("skipped: no shared calendar");
    return;
  }
  const workday_calendar loaded = built(load_calendar({days_file}));
  const workday_calendar official = cn();
  int seen = 0;
  int amended = 0;
  for (day d = to_day(2007y / 1 / 1); d <= to_day(2026y / 12 / 31); d += days{1}, ++seen) {
    const day_info a = loaded.at(d);
    const day_info b = official.at(d);
    CAPTURE(to_text(d));
    CHECK(a.kind == b.kind);
    CHECK(a.name == b.name);
    CHECK(a.provisional == b.provisional);
    if (a.source == b.source) continue;
    ++amended; // the table does not say which of the two notices of such a year moved a day
    const auto year = to_ymd(d).year();
    const bool known = year == 2015y || year == 2019y || year == 2020y ||
                       (to_ymd(d).year() == 2018y && to_ymd(d).month() == std::chrono::December);
    CHECK(known);
    CHECK_FALSE(b.source.empty());
    CHECK(a.source.find(b.source) != std::string::npos);
    CHECK(a.source.find("; ") != std::string::npos);
  }
  CHECK(seen == 7305);
  CHECK(amended > 50);
  CHECK(loaded.horizon() == official.horizon());
  CHECK_FALSE(loaded.settled(on("2006-12-30"))); // it belongs to the notice of 2007
  CHECK(loaded.at(on("2018-12-29")).source.find("2018-12/06") != std::string::npos);
}

TEST_CASE("a table without sources is one notice a year") {
  const workday_calendar cal = from("folder/abc.csv", "date,is_workday,name\n"
                                                      "2021-12-31,0,元旦\n"
                                                      "2021-12-25,0,圣诞\n"
                                                      "2022-01-01,0,元旦\n"
                                                      "2023-05-01..2023-05-03,0,劳动节\n");
  CHECK(cal.source().name == "abc");
  REQUIRE(cal.source().notices.size() == 3);
  CHECK(cal.source().notices[0].days.size() == 2);
  CHECK(cal.source().notices[0].days[1].date == on("2022-01-01"));
  CHECK(cal.at(on("2023-05-02")) ==
        day_info{on("2023-05-02"), day_kind::holiday, "劳动节", "abc.csv", false});
  CHECK(cal.settled(on("2021-01-01"), on("2023-12-31")));
  CHECK_FALSE(cal.settled(on("2024-01-01")));
  CHECK_FALSE(cal.as_known_on(on("1990-01-01")).is_workday(on("2023-05-02")));
}

TEST_CASE("a further notice goes on top of the official calendar, and a later one over it") {
  const std::string file = BANLI_SOURCE_DIR "/tests/cases/calendar/2027.csv";
  const workday_calendar cal = built(load_calendar({"cn", file}));
  CHECK(cal.source().name == "cn");
  CHECK(to_text(cal.horizon()) == "2027-12-31");
  CHECK(cal.at(on("2026-10-01")) == cn().at(on("2026-10-01")));
  CHECK(cal.at(on("2027-01-09")).kind == day_kind::makeup_workday);
  CHECK(cal.at(on("2027-02-06")).source == "示例通知（2027）");
  CHECK(cal.at(on("2027-02-11")).kind == day_kind::workday);
  CHECK(cal.at(on("2027-02-11")).source == "示例更正（2027）");
  CHECK(cal.as_known_on(on("2027-01-19")).at(on("2027-02-11")).kind == day_kind::holiday);
  CHECK(cal.version().starts_with("cn@2027-01-20#"));
  const workday_calendar alone = built(load_calendar({file}));
  CHECK(alone.source().name == "2027");
  CHECK(alone.is_workday(on("2026-10-01")));
  // The order of the files does not matter: notices are ordered by their publication.
  CHECK(built(load_calendar({file, "cn"})).stamp() == cal.stamp());
}

TEST_CASE("a whole calendar of another country is a document") {
  const workday_calendar cal = from("de.yaml", german);
  CHECK(cal.source().name == "de");
  CHECK(to_text(cal.first()) == "2024-01-01");
  CHECK(to_text(cal.last()) == "2027-12-31");
  CHECK(cal.at(on("2025-04-19")).name == "Ostern");
  CHECK(cal.at(on("2025-04-21")).source == "Berichtigung");
  CHECK(cal.is_workday(on("2025-04-21")));
  CHECK_FALSE(cal.as_known_on(on("2025-01-09")).is_workday(on("2025-04-21")));
  CHECK(cal.is_workday(on("2025-12-25"))); // settled by a notice that does not name it
  CHECK(cal.at(on("2026-12-26")).name == "2. Weihnachtstag");
  CHECK_FALSE(cal.is_workday(on("2026-10-31")));
  CHECK(cal.at(on("2026-10-30")).kind == day_kind::workday);
  CHECK(cal.at(on("2027-10-31")).kind == day_kind::weekend);
  CHECK(cal.at(on("2025-03-03")).source == "Köln");
}

TEST_CASE("the week is what the document says") {
  const auto with = [](const std::string& weekend) {
    return from("w.yaml", "kind: calendar\nbase: none\nweekend: " + weekend + "\n");
  };
  CHECK(with("[]").is_workday(on("2025-10-12")));
  CHECK(with("[friday]").at(on("2025-10-10")).kind == day_kind::weekend);
  CHECK(with("[周五]").is_workday(on("2025-10-12")));
  CHECK(from("w.yaml", "kind: calendar\nbase: none\n").at(on("2025-10-12")).kind ==
        day_kind::weekend);
  CHECK(from("w.yaml", "kind: calendar\nbase: none\n").source().name == "w");
}

TEST_CASE("without years the tables reach every day that is named") {
  const workday_calendar cal =
      from("a.csv", "date,opens,name\n1950-10-01,closed,国庆节\n2090-10-01,closed,国庆节\n");
  CHECK(to_text(cal.first()) == "1950-01-01");
  CHECK(to_text(cal.last()) == "2090-12-31");
  CHECK_FALSE(cal.is_workday(on("2090-10-01")));
}

TEST_CASE("every problem of a table comes at once, with its place") {
  const calendar_file f = parse_calendar({{"t.csv", "date,open,nam,note\n"}});
  CHECK(said(f.found) == "t.csv:1: error[missing-column]: no column 'opens'\n"
                         "t.csv:1: error[missing-column]: no column 'name'\n"
                         "t.csv:1:6: error[unknown-field]: unknown column 'open'; did you mean "
                         "'opens'?\n"
                         "t.csv:1:11: error[unknown-field]: unknown column 'nam'; did you mean "
                         "'name'?\n"
                         "t.csv:1:15: error[unknown-field]: unknown column 'note'\n");
  const calendar_file g = parse_calendar({{"t.csv", "date,opens,name,source,published\n"
                                                    "2025-02-30,closd,a,b,2025-1-1\n"
                                                    "2025-03-01,open,a,b,2025-01-01\n"
                                                    "2025-02-28..2025-03-02,0,甲,b,2025-01-01\n"
                                                    "2025-03-01,open,a,c,2025-01-01\n"
                                                    "2025-03-02\n"}});
  CHECK(said(g.found) ==
        "t.csv:2:1: error[bad-date]: 2025-02-30 is no day of the calendar\n"
        "t.csv:2:12: error[unknown-value]: 'closd' is not one of open, closed, 上班, 休息, 1, 0; "
        "did you mean 'closed'?\n"
        "t.csv:2:22: error[bad-date]: '2025-1-1' is no day: expected YYYY-MM-DD, such as "
        "2025-10-11\n"
        "t.csv:4:1: error[bad-calendar]: 'b' names 2025-03-01 twice\n"
        "t.csv:6: error[wrong-column-count]: 1 fields where there are 5 columns\n");
  const calendar_file h = parse_calendar({{"x_papers.csv", "year,paper_url\n20x7,http\n"},
                                          {"x_days.csv", "date,opens,name\n2007-01-01,0,a\n"}});
  CHECK(said(h.found) == "x_papers.csv:2:1: error[bad-value]: '20x7' is no year: expected YYYY\n");
}

TEST_CASE("days that are too many, too far or in two calendars are told") {
  CHECK(said(parse_calendar({{"t.csv", "date,opens,name\n0001-01-01..9999-12-31,0,a\n"
                                       "0001-01-01..9999-12-31,0,b\n"}})
                 .found) == "t.csv:2:1: error[limit-exceeded]: more than 200000 days are named\n");
  CHECK(said(parse_calendar({{"a.csv", "date,opens,name\n9999-12-31,0,b\n"}}).found) ==
        "a.csv:2:1: error[bad-calendar]: 9999-12-31 lies outside the years 2000 to 2040 of the "
        "calendar\n");
  CHECK(said(parse_calendar({{"cn", ""}, {"b.yaml", "kind: calendar\nbase: none\n"}}).found) ==
        "b.yaml:2:7: error[bad-calendar]: one calendar cannot start from cn and from none: see "
        "cn:0\n");
  CHECK(said(parse_calendar({{"o.yaml", "kind: office\nname: 甲\n"}}).found) ==
        "o.yaml:1:1: error[unknown-value]: expected a document of kind calendar\n");
}

TEST_CASE("an overlay is a document or a table") {
  const overlay_file y = parse_overlay("a.yaml", "kind: overlay\nname: 防汛\ndays:\n"
                                                 "  - {date: 2025-07-08..2025-07-09, opens: 休息}\n"
                                                 "  - {date: 2025-07-12, opens: open, name: 补}\n");
  CHECK(said(y.found) == "");
  CHECK(y.top.name == "防汛");
  REQUIRE(y.top.days.size() == 3);
  CHECK(y.top.days[2] == day_rule{on("2025-07-12"), opening::open, "补"});
  const overlay_file c = parse_overlay("x/flood.csv", "date,opens,name\n2025-07-09,closed,防汛\n");
  CHECK(said(c.found) == "");
  CHECK(c.top == overlay{"flood", {{on("2025-07-09"), opening::closed, "防汛"}}});
  CHECK(said(parse_overlay("a.yaml", "kind: calendar\nbase: cn\n").found) ==
        "a.yaml:1:1: error[unknown-value]: expected a document of kind overlay\n");
}

TEST_CASE("files that are not there, or are no files, say so") {
  CHECK(said(load_calendar({"cn", "/none.csv"}).found) ==
        "/none.csv: error[file-not-found]: there is no such file or folder\n");
  CHECK(load_overlay("/none.csv").found.at(0).code == errc::file_not_found);
  CHECK(load_calendar({BANLI_SOURCE_DIR "/examples/county"}).found.at(0).code ==
        errc::file_unreadable);
  document_limits small;
  small.file_bytes = 10;
  CHECK(
      load_calendar({BANLI_SOURCE_DIR "/tests/cases/calendar/2027.csv"}, small).found.at(0).code ==
      errc::limit_exceeded);
}

TEST_CASE("overlays of a folder lie over its calendar in the order of the files") {
  const auto one = [](const char* name, const char* opens) {
    return fmt::format("kind: overlay\nname: {}\ndays:\n  - {{date: 2025-07-09, opens: {}}}\n",
                       name, opens);
  };
  const configuration c =
      parse_configuration({{"2.yaml", one("乙", "open")}, {"1.yaml", one("甲", "closed")}});
  CHECK(said(c.found) == "");
  CHECK(c.calendar.at(on("2025-07-09")).source == "乙");
  CHECK(c.calendar.source().overlays.size() == 2);
  CHECK(c.calendar.source().name == "cn");
}
