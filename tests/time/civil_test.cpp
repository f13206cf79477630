#include <banli/time/civil.hpp>

#include <doctest/doctest.h>

using namespace banli;
using namespace std::chrono_literals;

TEST_CASE("a day converts to its first instant, and an instant lies in a day") {
  const day d = to_day(2024y / 2 / 29);
  CHECK(d + days{1} == to_day(2024y / 3 / 1));
  const instant t = d + 16h + 30min;
  CHECK(day_of(t) == d);
  CHECK(time_of_day(t) == 16h + 30min);
  CHECK(day_of(end_of(d)) == d + days{1});
  CHECK(day_of(end_of(d) - 1s) == d);
  CHECK(day_of(instant{d} - 1s) == d - days{1}); // floor, also before 1970
  CHECK(day_of(instant{to_day(1960y / 1 / 1)} - 1s) == to_day(1959y / 12 / 31));
}

TEST_CASE("days are numbered from 1970-01-01") {
  CHECK(serial(to_day(1970y / 1 / 1)) == 0);
  CHECK(from_serial(-1) == to_day(1969y / 12 / 31));
  CHECK(weekday_of(to_day(2025y / 10 / 11)) == std::chrono::Saturday);
}
