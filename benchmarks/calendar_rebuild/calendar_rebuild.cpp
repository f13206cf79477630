// What does it cost to build a calendar anew: after an amendment, with an overlay more?
//
// The calendar of twenty years is built from its 678 exceptional days; the baseline is the same
// work done in the obvious way, a std::map from day to rule and one pass over the days. Both must
// agree on every day before anything is timed.
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <vector>

#include <benchmark/benchmark.h>

#include <banli/calendar/cn.hpp>

namespace {

using namespace banli;

std::shared_ptr<const calendar_source> twenty_years() {
  calendar_source s = cn_source();
  s.first_year = std::chrono::year{2007};
  s.last_year = std::chrono::year{2026};
  return std::make_shared<const calendar_source>(std::move(s));
}

/// rank and select, as anybody would write them.
struct plain_tables {
  std::vector<std::int32_t> rank{0};
  std::vector<std::int32_t> select;
};

plain_tables build_plainly(const calendar_source& s) {
  std::map<day, bool> ruled;
  for (const notice& n : s.notices)
    for (const day_rule& r : n.days) ruled[r.date] = r.opens == opening::open;
  plain_tables t;
  const day last = to_day(s.last_year / 12 / 31);
  for (day d = to_day(s.first_year / 1 / 1); d <= last; d += days{1}) {
    const auto it = ruled.find(d);
    const bool weekend =
        weekday_of(d) == std::chrono::Saturday || weekday_of(d) == std::chrono::Sunday;
    const bool works = it == ruled.end() ? !weekend : it->second;
    if (works) t.select.push_back(serial(d));
    t.rank.push_back(t.rank.back() + (works ? 1 : 0));
  }
  return t;
}

void require_same_answers() {
  const auto source = twenty_years();
  const workday_calendar c = workday_calendar::build(source).value();
  const plain_tables plain = build_plainly(*source);
  const calendar_view v = c.view();
  const bool same =
      std::equal(v.rank.begin(), v.rank.end(), plain.rank.begin(), plain.rank.end()) &&
      std::equal(v.select.begin() + 1, v.select.end(), plain.select.begin(), plain.select.end());
  if (same) return;
  std::fprintf(stderr, "the calendars differ\n");
  std::exit(1);
}

void plain_build(benchmark::State& state) {
  const auto source = twenty_years();
  for (auto _ : state) benchmark::DoNotOptimize(build_plainly(*source));
}

void build(benchmark::State& state) {
  const auto source = twenty_years();
  for (auto _ : state) benchmark::DoNotOptimize(workday_calendar::build(source));
}

void as_known_on(benchmark::State& state) {
  const workday_calendar c = workday_calendar::build(twenty_years()).value();
  const day known = *parse_day("2020-01-26");
  for (auto _ : state) benchmark::DoNotOptimize(c.as_known_on(known));
}

BENCHMARK(plain_build)->Unit(benchmark::kMicrosecond);
BENCHMARK(build)->Unit(benchmark::kMicrosecond);
BENCHMARK(as_known_on)->Unit(benchmark::kMicrosecond);

} // namespace

int main(int argc, char** argv) {
  require_same_answers();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
