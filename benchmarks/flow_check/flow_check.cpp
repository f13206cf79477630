// What does it cost to prove a flowchart sound, and to make one move?
//
// Baseline: the token game played with names and counters, every marking visited, which tests
// compare with (naive_game.hpp). Competitor: our own search of every marking. Ours: reduction, and
// a search of what it leaves. All give one verdict on every chart, good and broken, before any is
// timed. The charts are drawn at random from blocks, as large as the models offices publish.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include <banli/flowchart/soundness.hpp>

#include "../../tests/flowchart/charts.hpp"
#include "../../tests/flowchart/naive_game.hpp"

namespace {

using namespace banli;

flow_net compiled(const flowchart& c) { return compile(c).value(); }

/// 10 steps, two choices, one way back, one parallel block.
flowchart ten_steps() {
  return charts::chart("(s -> a -> b -> ?x --on-> /f -> c -> \\j -> d -> ?y --on-> e -> g -> [e")
      .chain("/f -> h -> \\j")
      .chain("/f -> i -> \\j")
      .chain("?x --back-> a")
      .chain("?y --more-> k -> e")
      .chart;
}

flowchart branches(int n) {
  charts::writer w = charts::chart("(s -> /f -> b0 -> \\j -> [e");
  for (int i = 1; i < n; ++i) w.chain("/f -> b" + std::to_string(i) + " -> \\j");
  return w.chart;
}

enum class made { sound, broken };

/// Charts of 8 to 60 nodes without local faults.
std::vector<flowchart> random_charts(std::size_t count, made how) {
  std::vector<flowchart> out;
  for (std::uint32_t seed = 1; out.size() < count; ++seed) {
    charts::random_chart random(seed);
    flowchart c = how == made::sound ? random.sound() : random.broken();
    if (c.nodes.size() >= 8 && c.nodes.size() <= 60 && compile(c)) out.push_back(std::move(c));
  }
  return out;
}

void require(bool ok, const char* what) {
  if (ok) return;
  std::fprintf(stderr, "the answers differ: %s\n", what);
  std::exit(1);
}

void require_one_verdict() {
  std::size_t asked = 0;
  std::size_t sound = 0;
  std::vector<flowchart> all = random_charts(2'000, made::broken);
  for (flowchart& c : random_charts(500, made::sound)) all.push_back(std::move(c));
  all.push_back(ten_steps());
  all.push_back(branches(8));
  for (const flowchart& c : all) {
    const flow_net net = compiled(c);
    const soundness full = check_soundness(net, {.states = 2'000}, soundness_method::search);
    if (!full.decided) continue;
    const soundness ours = check_soundness(net, {.states = 2'000});
    require(ours.decided && ours.faults == full.faults, "reduced and full search");
    ++asked;
    sound += full.sound() ? 1U : 0U;
    if (full.states > 60) continue; // the naive game would take all day
    const naive::verdict v = naive::judge(c);
    const bool naive_sound = !v.unsafe && !v.raced && !v.improper && !v.stuck && v.dead.empty();
    require(naive_sound == ours.sound(), "the naive game");
  }
  require(sound > 500 && asked - sound > 500, "too few charts of each kind");
}

template <class Check>
void each(benchmark::State& state, const flowchart& c, Check check) {
  const flow_net net = compiled(c);
  for (auto _ : state) benchmark::DoNotOptimize(check(net));
}

void ten_reduced(benchmark::State& s) {
  each(s, ten_steps(), [](const flow_net& n) { return check_soundness(n).sound(); });
}
void ten_search(benchmark::State& s) {
  each(s, ten_steps(),
       [](const flow_net& n) { return check_soundness(n, {}, soundness_method::search).sound(); });
}
void ten_naive(benchmark::State& s) {
  const flowchart c = ten_steps();
  for (auto _ : s) benchmark::DoNotOptimize(naive::judge(c).stuck);
}
void ten_drawn_to_proved(benchmark::State& s) {
  const flowchart c = ten_steps();
  for (auto _ : s) benchmark::DoNotOptimize(check_soundness(*compile(c)).sound());
}

void seventeen_reduced(benchmark::State& s) {
  each(s, branches(17), [](const flow_net& n) { return check_soundness(n).sound(); });
}
void seventeen_search(benchmark::State& s) {
  each(s, branches(17),
       [](const flow_net& n) { return check_soundness(n, {}, soundness_method::search).sound(); });
}

void models(benchmark::State& state, made how, soundness_method method) {
  const std::vector<flowchart> all = random_charts(4'000, how);
  for (auto _ : state)
    for (const flowchart& c : all)
      benchmark::DoNotOptimize(check_soundness(*compile(c), {.states = 100'000}, method).sound());
}
void models_4000_sound(benchmark::State& s) {
  models(s, made::sound, soundness_method::reduce_first);
}
void models_4000_sound_search(benchmark::State& s) {
  models(s, made::sound, soundness_method::search);
}
void models_4000_broken(benchmark::State& s) {
  models(s, made::broken, soundness_method::reduce_first);
}

void one_move(benchmark::State& state) {
  const flow_net net = compiled(ten_steps());
  const marking at = net.parse_marking("e").value();
  const node_index step = *net.index(node_id{"e"});
  for (auto _ : state) benchmark::DoNotOptimize(net.complete(at, step));
}
void one_move_into_a_join(benchmark::State& state) {
  const flow_net net = compiled(ten_steps());
  const marking at = net.parse_marking("c+h>\\\\j+i>\\\\j").value();
  const node_index step = *net.index(node_id{"c"});
  for (auto _ : state) benchmark::DoNotOptimize(net.complete(at, step));
}
void one_move_naive(benchmark::State& state) {
  const flowchart c = ten_steps();
  const naive::game g(c);
  const naive::tokens at{{"n:e", 1}};
  const naive::arrows along = g.out(node_id{"e"});
  for (auto _ : state) benchmark::DoNotOptimize(g.move(at, along));
}

BENCHMARK(ten_reduced);
BENCHMARK(ten_search);
BENCHMARK(ten_naive);
BENCHMARK(ten_drawn_to_proved);
BENCHMARK(seventeen_reduced);
BENCHMARK(seventeen_search)->Unit(benchmark::kMillisecond);
BENCHMARK(models_4000_sound)->Unit(benchmark::kMillisecond);
BENCHMARK(models_4000_sound_search)->Unit(benchmark::kMillisecond);
BENCHMARK(models_4000_broken)->Unit(benchmark::kMillisecond);
BENCHMARK(one_move);
BENCHMARK(one_move_into_a_join);
BENCHMARK(one_move_naive);

} // namespace

int main(int argc, char** argv) {
  require_one_verdict();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
