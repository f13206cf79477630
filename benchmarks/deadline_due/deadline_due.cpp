// What does one legal deadline cost beside the bare table look-up it stands on, and what its
// reasons?
//
// Floor: a hand-written loop select[rank[day] + n] over the same arrays, without any check. Ours:
// the checked advance, the full deadline without and with two exclusions, and the explanation, made
// anew each time or written into one object. All answers are compared before anything is timed, and
// a deadline must not allocate; the numbers to read are the ratios within one run.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include <benchmark/benchmark.h>

#include <banli/calendar/cn.hpp>
#include <banli/deadline/explanation.hpp>

#include "allocations.hpp"

namespace {

using namespace banli;

constexpr int limit_days = 20;

const workday_calendar& calendar() {
  static const workday_calendar c = cn();
  return c;
}

/// Days of receipt over twelve years, in an order that does not please the cache.
const std::vector<day>& starts() {
  static const std::vector<day> all = [] {
    std::vector<day> out;
    const day first = *parse_day("2014-01-01");
    for (std::int64_t i = 0; i < 4096; ++i) out.push_back(first + days{i * 2741 % 4300});
    return out;
  }();
  return all;
}

/// Two procedures in each of those periods.
const std::vector<std::array<exclusion, 2>>& stops() {
  static const std::vector<std::array<exclusion, 2>> all = [] {
    std::vector<std::array<exclusion, 2>> out;
    for (const day start : starts())
      out.push_back(
          {exclusion{.from = start + days{4}, .to = start + days{9}, .kind = "hearing"},
           exclusion{.from = start + days{15}, .to = start + days{18}, .kind = "review"}});
    return out;
  }();
  return all;
}

day floor_of(const calendar_view& v, day start) {
  const auto at = static_cast<std::size_t>(serial(start) - v.first_serial + 1);
  return from_serial(v.select[static_cast<std::size_t>(v.rank[at] + limit_days)]);
}

/// Reasons tell the very days that were counted, and nothing was allocated to count them.
void require_reasons() {
  stops();
  for (std::size_t i = 0; i < starts().size(); ++i) {
    const time_limit limit{limit_days, limit_unit::workday};
    const std::size_t before = allocations();
    const auto due = due_date(calendar(), limit, starts()[i], stops()[i]);
    if (allocations() != before) {
      std::fprintf(stderr, "a deadline allocated\n");
      std::exit(1);
    }
    const auto why = explain(calendar(), limit, starts()[i], stops()[i]);
    std::int64_t counted = 0;
    for (const day_run& r : why->runs())
      if (r.last > 0) counted += r.last - r.first + 1;
    if (!due || why->answer != *due || counted != limit_days) {
      std::fprintf(stderr, "reasons differ from %s on\n", to_text(starts()[i]).c_str());
      std::exit(1);
    }
  }
}

void require_same_answers() {
  const calendar_view v = calendar().view();
  for (const day start : starts()) {
    const day expected = floor_of(v, start);
    const auto advanced = calendar().add_workdays(start, limit_days);
    const auto due = due_date(calendar(), {limit_days, limit_unit::workday}, start);
    if (!advanced || *advanced != expected || !due || due->due != expected) {
      std::fprintf(stderr, "answers differ from %s on\n", to_text(start).c_str());
      std::exit(1);
    }
  }
}

template <class F>
void each_start(benchmark::State& state, F&& f) {
  for (auto _ : state)
    for (const day start : starts()) benchmark::DoNotOptimize(f(start));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(starts().size()));
}

void floor_loop(benchmark::State& state) {
  const calendar_view v = calendar().view();
  each_start(state, [&](day start) { return floor_of(v, start); });
}

void add_workdays(benchmark::State& state) {
  each_start(state, [](day start) { return calendar().add_workdays(start, limit_days); });
}

void due_plain(benchmark::State& state) {
  each_start(state, [](day start) {
    return due_date(calendar(), {limit_days, limit_unit::workday}, start);
  });
}

void due_two_exclusions(benchmark::State& state) {
  stops();
  std::size_t i = 0;
  each_start(state, [&](day start) {
    return due_date(calendar(), {limit_days, limit_unit::workday}, start,
                    stops()[i++ % stops().size()]);
  });
}

void explain_two_exclusions(benchmark::State& state) {
  std::size_t i = 0;
  each_start(state, [&](day start) {
    return explain(calendar(), {limit_days, limit_unit::workday}, start,
                   stops()[i++ % stops().size()]);
  });
}

void explain_into_one_object(benchmark::State& state) {
  const counting_rules rules;
  explanation e{calendar()};
  std::size_t i = 0;
  each_start(state, [&](day start) {
    const auto& own = stops()[i++ % stops().size()];
    return e.assign(
        {calendar(), nullptr, {limit_days, limit_unit::workday}, start, own, {}, rules});
  });
}

BENCHMARK(floor_loop);
BENCHMARK(add_workdays);
BENCHMARK(due_plain);
BENCHMARK(due_two_exclusions);
BENCHMARK(explain_two_exclusions);
BENCHMARK(explain_into_one_object);

} // namespace

int main(int argc, char** argv) {
  require_same_answers();
  require_reasons();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
