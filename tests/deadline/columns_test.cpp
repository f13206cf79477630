// Columns: the shapes they must have, what a missing day does, and what an amendment moves.
#include <doctest/doctest.h>

#include <banli/calendar/cn.hpp>
#include <banli/deadline/columns.hpp>

namespace {

using namespace banli;
using namespace std::chrono_literals;

constexpr time_limit twenty{20, limit_unit::workday};

day on(std::string_view s) { return parse_day(s).value(); }

std::string said(const result<void>& r) {
  return r.has_value() ? "" : to_string(r.error(), language::en);
}

/// The built-in calendar without the notices of a day.
workday_calendar without_notice_of(std::string_view published) {
  calendar_source s = cn_source();
  std::erase_if(s.notices, [&](const notice& n) { return n.published == on(published); });
  return workday_calendar::build(s).value();
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
  REQUIRE(due_dates(cn(), twenty, {.starts = from}, {}, {.due = out}).has_value());
  CHECK((out[1] == no_day));
  const std::vector<day> far{on("2025-10-02"), on("2041-01-01")};
  out.resize(2);
  CHECK(said(add_workdays(cn(), far, 5, out)).find("case 1: 2041-01-01 lies outside") !=
        std::string::npos);
  CHECK(said(due_dates(cn(), twenty, {.starts = far}, {}, {.due = out})).find("case 1: ") !=
        std::string::npos);
}

TEST_CASE("columns of the wrong shape are refused") {
  const std::vector<day> two{on("2025-10-02"), on("2025-10-13")};
  const std::vector<day> one{on("2025-10-09")};
  const std::vector<std::int32_t> three{1, 2, 3};
  std::vector<day> out(2);
  const auto ask = [&](const case_columns& c) {
    return said(due_dates(cn(), twenty, c, {}, {.due = out}));
  };
  CHECK(ask({.starts = two, .counts = three}).find("'counts' has 3 entries: expected 2") !=
        std::string::npos);
  CHECK(ask({.starts = two, .exclusions = {.from = one, .to = one}}).find("'offsets' has 0") !=
        std::string::npos);
  const auto with = [&](std::vector<std::int64_t> offsets) {
    return ask({.starts = two, .exclusions = {.offsets = offsets, .from = one, .to = one}});
  };
  CHECK(with({0, 1}).find("'offsets' has 2 entries: expected 3") != std::string::npos);
  for (const auto& wrong : std::vector<std::vector<std::int64_t>>{
           {1, 1, 1}, {0, 2, 1}, {0, -1, 1}, {0, 0, 0}, {0, 1, 2}})
    CHECK(with(wrong).find("ascend from 0 to 1") != std::string::npos);
  CHECK(with({0, 0, 1}).empty());
  counting_rules strict;
  strict.limits.exclusions = 0;
  const std::vector<std::int64_t> offsets{0, 0, 1};
  const case_columns c{.starts = two, .exclusions = {.offsets = offsets, .from = one, .to = one}};
  CHECK(due_dates(cn(), twenty, c, strict, {.due = out}).error().code == errc::limit_exceeded);
  CHECK(due_dates(cn(), {8, limit_unit::workhour}, c, {}, {.due = out}).error().code ==
        errc::bad_limit);
  CHECK(moved_by(cn(), cn(), {8, limit_unit::hour}, c).error().code == errc::bad_limit);
  std::vector<std::int64_t> left(1);
  CHECK(due_dates(cn(), twenty, c, {}, {.due = out, .remaining = left}).error().code ==
        errc::bad_value);
}

TEST_CASE("an amendment moves the deadlines it meets, and no others") {
  const workday_calendar before = without_notice_of("2020-01-27");
  std::vector<day> starts;
  for (day d = on("2019-12-01"); d < on("2020-03-01"); d += days{1}) starts.push_back(d);
  for (int i = 0; i < 9'000; ++i) starts.push_back(on("2023-03-01")); // more than one chunk
  starts.push_back(on("2020-01-20"));
  const auto moved = moved_by(before, cn(), twenty, {.starts = starts}).value();
  std::size_t next = 0;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const day was = *due_date(before, twenty, starts[i])->due;
    const day is = *due_date(cn(), twenty, starts[i])->due;
    if (was == is) continue;
    REQUIRE(next < moved.size());
    CHECK((moved[next++] == moved_deadline{i, was, is}));
  }
  CHECK(next == moved.size());
  // 01-31 was a working day and so was 02-01, a Saturday; both were closed.
  CHECK(moved.back().by() == days{4});
  CHECK(!moved_deadline{0, no_day, on("2020-01-20")}.by());
}

TEST_CASE("limits in hours have columns of instants") {
  const std::vector<instant> starts{*parse_instant("2025-09-26T16:30"), no_instant,
                                    *parse_instant("2026-10-20T09:00")};
  const std::vector<std::int64_t> offsets{0, 0, 0, 1};
  const std::vector<day> from{on("2026-10-21")};
  const std::vector<day> open{no_day};
  const exclusion_columns x{.offsets = offsets, .from = from, .to = open};
  std::vector<instant> out(3);
  REQUIRE(
      due_times(cn(), working_hours{}, {2, limit_unit::workhour}, starts, x, {}, out).has_value());
  CHECK((out == std::vector<instant>{*parse_instant("2025-09-28T09:30"), no_instant,
                                     *parse_instant("2026-10-20T11:00")}));
  REQUIRE(
      due_times(cn(), working_hours{}, {20, limit_unit::workday}, starts, x, {}, out).has_value());
  CHECK((out[2] == no_instant));
  out.resize(1);
  CHECK(due_times(cn(), working_hours{}, {2, limit_unit::hour}, starts, x, {}, out).error().code ==
        errc::bad_value);
}
