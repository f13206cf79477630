// Columns of days: what the scalar forms answer, no_day passed on, bad days named.
#include <memory>

#include <doctest/doctest.h>

#include <banli/calendar/cn.hpp>
#include <banli/calendar/day_columns.hpp>

namespace {

using namespace banli;

day on(std::string_view s) { return parse_day(s).value(); }

std::string said(const result<void>& r) {
  return r.has_value() ? "" : to_string(r.error(), language::en);
}

} // namespace

TEST_CASE("advancing and counting answer for columns what they answer for a day") {
  std::vector<day> from;
  for (day d = on("1999-12-20"); d < on("2041-01-10"); d += days{3}) from.push_back(d);
  std::vector<day> out(1);
  for (const int n : {-20'000, -21, -1, 0, 1, 2, 250, 20'000}) {
    std::size_t failed = 0;
    for (const day d : from) {
      const auto one = cn().add_workdays(d, n);
      const auto column = add_workdays(cn(), std::span{&d, 1}, n, out);
      const std::int32_t own = n;
      REQUIRE(column.has_value() == one.has_value());
      CHECK(add_workdays(cn(), {&d, 1}, std::span{&own, 1}, out).has_value() == one.has_value());
      if (one) CHECK((out[0] == *one));
      failed += one ? 0 : 1;
    }
    CHECK(failed > 0); // beyond the tables at least
  }
  std::vector<std::int64_t> counts(1);
  for (std::size_t i = 1; i < from.size(); i += 7) {
    const auto one = cn().workdays_between(from[i - 1], from[i]);
    const auto column =
        count_workdays(cn(), std::span{&from[i - 1], 1}, std::span{&from[i], 1}, counts);
    REQUIRE(column.has_value() == one.has_value());
    if (one) CHECK(counts[0] == *one);
  }
}

TEST_CASE("a missing day is passed on, a day out of range is an error with its number") {
  const std::vector<day> from{on("2025-10-02"), no_day, on("2025-10-13")};
  std::vector<day> out(3);
  REQUIRE(add_workdays(cn(), from, 5, out).has_value());
  CHECK((out == std::vector<day>{on("2025-10-14"), no_day, on("2025-10-20")}));
  std::vector<std::int64_t> n(3);
  REQUIRE(count_workdays(cn(), from, std::vector<day>{on("2025-10-14")}, n).has_value());
  CHECK(n == std::vector<std::int64_t>{5, no_count, 1});
  const auto open = std::make_unique<bool[]>(3);
  REQUIRE(are_workdays(cn(), from, {open.get(), 3}).has_value());
  CHECK((!open[0] && !open[1] && open[2]));
  const std::vector<day> far{on("2025-10-02"), on("2041-01-01")};
  out.resize(2);
  CHECK(said(add_workdays(cn(), far, 5, out)).find("case 1: 2041-01-01 lies outside") !=
        std::string::npos);
  n.resize(2);
  CHECK(said(count_workdays(cn(), far, far, n)).find("case 1: ") != std::string::npos);
}

TEST_CASE("columns of the wrong length are refused") {
  const std::vector<day> three(3, on("2025-10-02"));
  std::vector<day> out(2);
  std::vector<std::int64_t> n(4);
  CHECK(said(add_workdays(cn(), three, 1, out)).find("'out' has 2 entries: expected 3") !=
        std::string::npos);
  CHECK(add_workdays(cn(), three, std::vector<std::int32_t>{1}, out).error().code ==
        errc::bad_value);
  CHECK(said(count_workdays(cn(), three, three, n)).find("'after' has 3 entries: expected 4") !=
        std::string::npos);
  CHECK(are_workdays(cn(), three, {}).error().code == errc::bad_value);
}
