#include <banli/document/hours_file.hpp>

#include <doctest/doctest.h>

#include <banli/calendar/cn.hpp>

#include "texts.hpp"

using namespace texts;
using namespace std::chrono_literals;

namespace {

working_hours hours_of(const std::string& text) {
  const hours_file f = parse_hours("h.yaml", "kind: hours\n" + text);
  REQUIRE(said(f.found) == "");
  return f.hours;
}

const sessions morning{{9h, 12h}};
const sessions full_day{{9h, 12h}, {13h + 30min, 17h + 30min}};

} // namespace

TEST_CASE("a document that says nothing leaves the default hours") {
  CHECK(hours_of("") == working_hours{});
  CHECK(hours_of("name: 窗口\nweek: {}\n") == working_hours{});
}

TEST_CASE("weekdays, half days and shut days") {
  const working_hours h = hours_of("week:\n  every_day: 09:00-12:00,13:30-17:30\n"
                                   "  friday: 09:00-12:00\n  sunday: \"-\"\n");
  CHECK(h.sessions_on(on("2025-09-25")) == full_day);
  CHECK(h.sessions_on(on("2025-09-26")) == morning);
  CHECK(h.sessions_on(on("2025-09-28")).empty());
  CHECK(hours_of("week:\n  friday: 09:00-12:00\n").sessions_on(on("2025-09-25")) ==
        working_hours{}.sessions_on(on("2025-09-25")));
}

TEST_CASE("a season has hours of its own, and what it does not name those of the week") {
  const working_hours h =
      hours_of("week:\n  friday: 09:00-12:00\nseasons:\n"
               "  - {name: 冬季, from: 11-01, through: 02-29, week: {every_day: "
               "\"09:00-12:00, 13:30-17:30\"}}\n"
               "  - {from: --06-01, through: 08-31, week: {monday: \"-\"}}\n");
  CHECK(h.sessions_on(on("2025-12-05")) == full_day);
  CHECK(h.sessions_on(on("2026-01-02")) == full_day);
  CHECK(h.sessions_on(on("2025-07-07")).empty());
  CHECK(h.sessions_on(on("2025-07-11")) == morning);
  CHECK(h.seasons.at(0).name == "冬季");
}

TEST_CASE("a date wins over season and weekday, and so do the dates of a range") {
  const working_hours h =
      hours_of("dates:\n  - {date: 2026-02-12..2026-02-13, hours: 09:00-12:00, name: 春节前}\n");
  CHECK(h.sessions_on(on("2026-02-12")) == morning);
  CHECK(h.sessions_on(on("2026-02-13")) == morning);
  CHECK(h.sessions_on(on("2026-02-14")) == working_hours{}.sessions_on(on("2026-02-14")));
  CHECK(h.dates.size() == 2);
}

TEST_CASE("the worked example with office hours 09:00-12:00 and 13:30-17:30") {
  const working_hours h = hours_of("week:\n  every_day: 09:00-12:00,13:30-17:30\n");
  const auto due = add_work_time(cn(), h, parse_instant("2025-09-26T16:30").value(), minutes{480});
  CHECK((due.value() == parse_instant("2025-09-28T17:30").value()));
}

TEST_CASE("hours that cannot be have a place") {
  const hours_file f = parse_hours("h.yaml", "kind: hours\nweek:\n  mondy: 09:00-12:00\n"
                                             "  friday: 12:00-09:00\n  every_day: 9-12\n");
  CHECK(said(f.found) ==
        "h.yaml:3:3: error[unknown-field]: unknown field 'mondy'; did you mean 'monday'?\n"
        "h.yaml:4:11: error[bad-hours]: '12:00-09:00' is no list of office hours: expected "
        "08:30-11:30,14:30-17:30\n"
        "h.yaml:5:14: error[bad-hours]: '9-12' is no list of office hours: expected "
        "08:30-11:30,14:30-17:30\n");
  CHECK(said(parse_hours("o.yaml", "kind: office\nname: 甲\n").found) ==
        "o.yaml:1:1: error[unknown-value]: expected a document of kind hours\n");
  CHECK(load_hours("/none.yaml").found.at(0).code == errc::file_not_found);
}

TEST_CASE("a configuration carries the hours of its folder, and there is one such document") {
  CHECK(parse_configuration({}).hours == working_hours{});
  const std::string one = "kind: hours\nweek:\n  every_day: 09:00-12:00\n";
  const configuration c = parse_configuration({{"h.yaml", one}});
  CHECK(said(c.found) == "");
  CHECK(c.hours.sessions_on(on("2025-09-25")) == morning);
  const configuration county = load_configuration(BANLI_SOURCE_DIR "/examples/county");
  REQUIRE_FALSE(county.definitions.empty());
  CHECK(*county.definitions[0]->hours == county.hours);
  CHECK(county.hours.sessions_on(on("2026-02-14")) == sessions{{8h + 30min, 11h + 30min}});
  const configuration two = parse_configuration({{"h.yaml", one}, {"i.yaml", one}});
  REQUIRE(two.found.size() == 1);
  CHECK(two.found[0].code == errc::duplicate_id);
}
