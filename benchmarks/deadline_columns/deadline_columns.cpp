// What do the column forms cost beside the bare table look-up they stand on?
//
// Floor: hand-written loops over the same int32 arrays, without any check: select[rank[d] + n] to
// advance, rank[b] - rank[a] to count. Ours: the checked column forms, deadlines with none and with
// up to three exclusions a case, apart or in any order, and the scalar form on the same cases. All
// answers are compared before anything is timed; the numbers to read are the ratios within one run.
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include <banli/calendar/cn.hpp>
#include <banli/deadline/columns.hpp>

namespace {

using namespace banli;

constexpr int limit_days = 20;
constexpr time_limit limit{limit_days, limit_unit::workday};

/// Cases received over eleven years, each with up to three procedures in the weeks that follow: one
/// after the other, or as they come.
struct dataset {
  std::vector<day> starts;
  std::vector<day> ends;
  std::vector<std::int64_t> offsets{0};
  std::vector<day> from;
  std::vector<day> to;
  std::vector<day> due;

  dataset(std::size_t n, bool apart) : due(n) {
    std::mt19937 random{20240902};
    const auto pick = [&](unsigned below) { return days{static_cast<int>(random() % below)}; };
    for (std::size_t i = 0; i < n; ++i) {
      starts.push_back(*parse_day("2014-01-01") + pick(4000));
      ends.push_back(starts.back() + pick(120));
      day last = starts.back();
      for (unsigned k = random() % 4; k > 0; --k) {
        from.push_back(last + pick(apart ? 12 : 30));
        to.push_back(from.back() + pick(10));
        last = apart ? to.back() : starts.back();
      }
      offsets.push_back(static_cast<std::int64_t>(from.size()));
    }
  }

  case_columns plain() const { return {.starts = starts}; }
  case_columns all() const {
    return {.starts = starts, .exclusions = {.offsets = offsets, .from = from, .to = to}};
  }
  std::vector<exclusion> exclusions_of(std::size_t i) const {
    std::vector<exclusion> out;
    for (auto j = static_cast<std::size_t>(offsets[i]);
         j < static_cast<std::size_t>(offsets[i + 1]); ++j)
      out.push_back({.from = from[j], .to = to[j], .kind = "hearing"});
    return out;
  }
};

const workday_calendar& calendar() {
  static const workday_calendar c = cn();
  return c;
}

dataset& cases(std::int64_t n, bool apart = true) {
  static dataset few[]{{4096, false}, {4096, true}};
  static dataset many[]{{1'000'000, false}, {1'000'000, true}};
  return (n == 4096 ? few : many)[apart ? 1 : 0];
}

void floor_advance(const dataset& c, std::vector<day>& out) {
  const calendar_view v = calendar().view();
  const std::int32_t* const rank = v.rank.data() + 1 - v.first_serial;
  const std::int32_t* const select = v.select.data();
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = from_serial(select[rank[c.starts[i].time_since_epoch().count()] + limit_days]);
}

void floor_count(const dataset& c, std::vector<std::int64_t>& out) {
  const calendar_view v = calendar().view();
  const std::int32_t* const rank = v.rank.data() + 1 - v.first_serial;
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] =
        rank[c.ends[i].time_since_epoch().count()] - rank[c.starts[i].time_since_epoch().count()];
}

void require(bool same, const char* what) {
  if (same) return;
  std::fprintf(stderr, "answers differ: %s\n", what);
  std::exit(1);
}

/// Every way of asking gives the same answers; the scalar one day by day, the floor where it can.
void require_same_answers(std::int64_t n, bool apart) {
  dataset& c = cases(n, apart);
  std::vector<day> floor(c.starts.size());
  std::vector<day> ours(c.starts.size());
  floor_advance(c, floor);
  require(add_workdays(calendar(), c.starts, limit_days, ours).has_value(), "an error");
  require(ours == floor, "advance");
  require(due_dates(calendar(), limit, c.plain(), {}, {.due = ours}).has_value(), "an error");
  require(ours == floor, "deadlines without exclusions");
  require(due_dates(calendar(), limit, c.all(), {}, {.due = ours}).has_value(), "an error");
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const auto d = due_date(calendar(), limit, c.starts[i], c.exclusions_of(i));
    require(d.has_value() && d->due == ours[i], "deadlines with exclusions");
  }
  std::vector<std::int64_t> floor_n(c.starts.size());
  std::vector<std::int64_t> ours_n(c.starts.size());
  floor_count(c, floor_n);
  require(count_workdays(calendar(), c.starts, c.ends, ours_n).has_value(), "an error");
  require(ours_n == floor_n, "count");
}

void per_case(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["per_case"] = benchmark::Counter(static_cast<double>(state.range(0)),
                                                  benchmark::Counter::kIsIterationInvariantRate |
                                                      benchmark::Counter::kInvert);
}

void advance_floor(benchmark::State& state) {
  dataset& c = cases(state.range(0));
  for (auto _ : state) {
    floor_advance(c, c.due);
    benchmark::ClobberMemory();
  }
  per_case(state);
}

void advance(benchmark::State& state) {
  dataset& c = cases(state.range(0));
  for (auto _ : state)
    benchmark::DoNotOptimize(add_workdays(calendar(), c.starts, limit_days, c.due));
  per_case(state);
}

void count_floor(benchmark::State& state) {
  dataset& c = cases(state.range(0));
  std::vector<std::int64_t> out(c.starts.size());
  for (auto _ : state) {
    floor_count(c, out);
    benchmark::ClobberMemory();
  }
  per_case(state);
}

void count(benchmark::State& state) {
  dataset& c = cases(state.range(0));
  std::vector<std::int64_t> out(c.starts.size());
  for (auto _ : state) benchmark::DoNotOptimize(count_workdays(calendar(), c.starts, c.ends, out));
  per_case(state);
}

void due_without_exclusions(benchmark::State& state) {
  dataset& c = cases(state.range(0));
  for (auto _ : state)
    benchmark::DoNotOptimize(due_dates(calendar(), limit, c.plain(), {}, {.due = c.due}));
  per_case(state);
}

void due_with_exclusions(benchmark::State& state, bool apart) {
  dataset& c = cases(state.range(0), apart);
  for (auto _ : state)
    benchmark::DoNotOptimize(due_dates(calendar(), limit, c.all(), {}, {.due = c.due}));
  per_case(state);
}

/// The same with all that can be asked of a column.
void everything_with_exclusions(benchmark::State& state, bool apart) {
  dataset& c = cases(state.range(0), apart);
  std::vector<std::int64_t> left(c.starts.size());
  const auto provisional = std::make_unique<bool[]>(c.starts.size());
  const due_columns out{c.due, left, {provisional.get(), c.starts.size()}};
  for (auto _ : state) benchmark::DoNotOptimize(due_dates(calendar(), limit, c.all(), {}, out));
  per_case(state);
}

void due_scalar(benchmark::State& state) {
  dataset& c = cases(4096);
  std::vector<std::vector<exclusion>> exclusions;
  for (std::size_t i = 0; i < c.starts.size(); ++i) exclusions.push_back(c.exclusions_of(i));
  for (auto _ : state)
    for (std::size_t i = 0; i < c.starts.size(); ++i)
      benchmark::DoNotOptimize(due_date(calendar(), limit, c.starts[i], exclusions[i]));
  per_case(state);
}

/// The amendment of 2020, which prolonged the Spring Festival: before it and after it, nothing else
/// being different. The cases are spread over eleven years, or all open on that day.
void project_again(benchmark::State& state, bool open) {
  static const workday_calendar before = [] {
    calendar_source s = cn_source();
    std::erase_if(s.notices,
                  [](const notice& n) { return n.published == *parse_day("2020-01-27"); });
    return workday_calendar::build(s).value();
  }();
  dataset c = cases(1'000'000);
  if (open)
    for (std::size_t i = 0; i < c.starts.size(); ++i) {
      const days later = *parse_day("2020-01-02") + days{i % 25} - c.starts[i];
      c.starts[i] += later;
      for (auto j = static_cast<std::size_t>(c.offsets[i]);
           j < static_cast<std::size_t>(c.offsets[i + 1]); ++j) {
        c.from[j] += later;
        c.to[j] += later;
      }
    }
  std::size_t moved = 0;
  for (auto _ : state) {
    moved = 0;
    for (std::int64_t done = 0; done < state.range(0); done += 1'000'000)
      moved += moved_by(before, calendar(), limit, c.all())->size();
  }
  state.counters["moved"] = static_cast<double>(moved);
  per_case(state);
}

BENCHMARK_CAPTURE(project_again, open, true)->Arg(10'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(project_again, spread, false)->Arg(10'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(advance_floor)->Arg(4096)->Arg(1'000'000);
BENCHMARK(advance)->Arg(4096)->Arg(1'000'000);
BENCHMARK(count_floor)->Arg(4096)->Arg(1'000'000);
BENCHMARK(count)->Arg(4096)->Arg(1'000'000);
BENCHMARK(due_without_exclusions)->Arg(4096)->Arg(1'000'000);
BENCHMARK_CAPTURE(due_with_exclusions, apart, true)->Arg(4096)->Arg(1'000'000);
BENCHMARK_CAPTURE(due_with_exclusions, as_they_come, false)->Arg(4096)->Arg(1'000'000);
BENCHMARK_CAPTURE(everything_with_exclusions, apart, true)->Arg(4096)->Arg(1'000'000);
BENCHMARK_CAPTURE(everything_with_exclusions, as_they_come, false)->Arg(4096)->Arg(1'000'000);
BENCHMARK(due_scalar)->Arg(4096);

} // namespace

int main(int argc, char** argv) {
  for (const bool apart : {false, true})
    for (const std::int64_t n : {4096, 1'000'000}) require_same_answers(n, apart);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
