// Columns: the shapes they must have, what a missing day does, and what an amendment moves.
#include <algorithm>
#include <numeric>
#include <random>

#include <doctest/doctest.h>

#include <banli/calendar/cn.hpp>
#include <banli/deadline/columns.hpp>

#include "written.hpp"

namespace {

using namespace written;
using namespace std::chrono_literals;

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

TEST_CASE("a missing start is passed on, a start out of range is an error with its number") {
  const std::vector<day> from{on("2025-10-02"), no_day, on("2025-10-13")};
  std::vector<day> out(3);
  REQUIRE(due_dates(cn(), twenty, {.starts = from}, {}, {.due = out}).has_value());
  CHECK((out[0] == on("2025-11-04") && out[1] == no_day));
  const std::vector<day> far{on("2025-10-02"), on("2041-01-01")};
  out.resize(2);
  CHECK(said(due_dates(cn(), twenty, {.starts = far}, {}, {.due = out}))
            .find("case 1: 2041-01-01 lies outside") != std::string::npos);
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

TEST_CASE("stops are taken in any order, block after block") {
  std::minstd_rand random{20260101};
  const auto pick = [&](unsigned below) { return days{static_cast<int>(random() % below)}; };
  for (const unsigned most : {1U, 3U, 4U, 20U}) {
    CAPTURE(most);
    for (const bool plain : {true, false}) {
      std::vector<day> starts;
      std::vector<day> from;
      std::vector<day> to;
      std::vector<std::int64_t> offsets{0};
      for (int i = 0; i < 6000; ++i) {
        starts.push_back(on("2016-01-01") + pick(3000));
        // The first blocks are in order, the next are not, and the last are again.
        const bool sorted = i < 1500 || i > 4500;
        const auto first = static_cast<std::ptrdiff_t>(from.size());
        for (auto k = random() % (most + 1); k > 0; --k)
          from.push_back(starts.back() - days{3} + pick(40));
        if (sorted) std::sort(from.begin() + first, from.end());
        for (auto j = to.size(); j < from.size(); ++j) to.push_back(from[j] + pick(9));
        offsets.push_back(static_cast<std::int64_t>(from.size()));
      }
      const case_columns cases{.starts = starts,
                               .exclusions = {.offsets = offsets, .from = from, .to = to}};
      std::vector<day> due(starts.size());
      std::vector<std::int64_t> left(starts.size());
      due_columns out{.due = due};
      if (!plain) out.remaining = left;
      REQUIRE(due_dates(cn(), twenty, cases, {}, out).has_value());
      std::size_t differ = 0;
      for (std::size_t i = 0; i < starts.size(); ++i) {
        std::vector<exclusion> own;
        for (auto j = static_cast<std::size_t>(offsets[i]);
             j < static_cast<std::size_t>(offsets[i + 1]); ++j)
          own.push_back({.from = from[j], .to = to[j]});
        own.push_back({.from = on("2030-01-01")}); // open, and so far away that it is the long way
        differ += due_date(cn(), twenty, starts[i], own)->due == due[i] ? 0 : 1;
      }
      CHECK(differ == 0);
    }
  }
}

TEST_CASE("offsets are checked in every block") {
  std::vector<day> starts(5000, on("2025-03-03"));
  std::vector<day> stops(5000, on("2025-03-04"));
  std::vector<std::int64_t> offsets(5001);
  std::iota(offsets.begin(), offsets.end(), 0);
  std::vector<day> out(5000);
  const auto ask = [&](const counting_rules& rules = {}) {
    return said(due_dates(
        cn(), twenty,
        {.starts = starts, .exclusions = {.offsets = offsets, .from = stops, .to = stops}}, rules,
        {.due = out}));
  };
  CHECK(ask() == "");
  std::swap(offsets[4000], offsets[4001]);
  CHECK(ask() == "error[bad-value]: the offsets must ascend from 0 to 5000");
  std::swap(offsets[4000], offsets[4001]);
  offsets[10] = 9000; // beyond the columns, and back
  CHECK(ask() == "error[bad-value]: the offsets must ascend from 0 to 5000");
  offsets[10] = 9;
  CHECK(ask() == "");
  counting_rules strict;
  strict.limits.exclusions = 1;
  CHECK(ask(strict) == "error[limit-exceeded]: a case has more than 1 exclusions");
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
