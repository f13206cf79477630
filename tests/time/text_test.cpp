#include <banli/time/text.hpp>

#include <doctest/doctest.h>

using namespace banli;

TEST_CASE("days are read and written") {
  for (const char* good : {"2025-10-11", "0001-01-01", "9999-12-31", "2024-02-29", "1970-01-01"}) {
    const auto d = parse_day(good);
    REQUIRE(d.has_value());
    CHECK(to_text(*d) == good);
  }
  for (const char* bad : {"", "2025", "2025-1-1", "2025-02-29", "2025-13-01", "2025-00-01",
                          "2025-01-32", "0000-01-01", "2025/01/01", "2025-01-01 ", " 2025-01-01",
                          "2025-01-0a", "12025-01-01", "2025-01-01T00:00"}) {
    INFO(bad);
    const auto d = parse_day(bad);
    REQUIRE(d.has_error());
    CHECK(d.error().code == errc::bad_date);
  }
}

TEST_CASE("instants are read in every usual form, offsets checked and dropped") {
  for (const auto& [given, expected] : {std::pair{"2025-10-11", "2025-10-11T00:00:00"},
                                        {"2025-10-11T16:30", "2025-10-11T16:30:00"},
                                        {"2025-10-11 16:30:05", "2025-10-11T16:30:05"},
                                        {"2011-10-11T13:45:40.276+02:00", "2011-10-11T13:45:40"},
                                        {"2011-10-11T13:45:40Z", "2011-10-11T13:45:40"},
                                        {"2011-10-11T13:45:40.5-0330", "2011-10-11T13:45:40"},
                                        {"2025-12-31T23:59:59", "2025-12-31T23:59:59"}}) {
    INFO(given);
    const auto t = parse_instant(given);
    REQUIRE(t.has_value());
    CHECK(to_text(*t) == expected);
  }
  for (const char* bad :
       {"2025-10-11T", "2025-10-11T24:00", "2025-10-11T16:60", "2025-10-11T16",
        "2025-10-11T16:30:60", "2025-10-11T16:30.5", "2025-10-11T16:30:00.",
        "2025-10-11T16:30+25:00", "2025-10-11T16:30x", "2025-10-11x16:30", "noon"}) {
    INFO(bad);
    const auto t = parse_instant(bad);
    REQUIRE(t.has_error());
    CHECK(t.error().code == errc::bad_date);
  }
}

TEST_CASE("every day of nine thousand years goes through text and back") {
  for (day d = first_day; d <= last_day; d += days{97}) {
    const auto back = parse_day(to_text(d));
    REQUIRE(back.has_value());
    REQUIRE(*back == d);
  }
}
