// What does one rule cost a case, evaluated alone and over columns, beside the same rule written by
// hand in C++ and, where it is installed, in LuaJIT?
//
// The case that is evaluated alone is bound and hot: its fields are in a table by slot, and every
// operand of the rule has to be looked at, because it fires. The answers of a million cases are
// compared before anything is timed.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include <benchmark/benchmark.h>

#include <banli/expression/bound_values.hpp>
#include <banli/expression/columns.hpp>
#include <banli/expression/environment.hpp>

#include "cases.hpp"
#include "lua_rule.hpp"

namespace {

using namespace banli;

constexpr std::size_t many = 1'000'000;
constexpr std::size_t few = 4'096; // these stay in the cache

const bench::cases& all() {
  static const bench::cases c = bench::make_cases(many);
  return c;
}

environment words() {
  environment env;
  env.declare("elapsed_workdays", type_kind::integer);
  env.declare("promised_days", type_kind::integer);
  env.declare("status", type::enumeration("status", bench::statuses));
  env.declare("type", type::enumeration("type", bench::types));
  env.declare("fees", type::list_of(type::record(
                          "fee", {{"amount", type_kind::real}, {"standard", type_kind::real}})));
  return env;
}

program compiled_rule(const char* source) {
  compiled c = compile(source, words());
  if (c.program) return *c.program;
  std::fprintf(stderr, "%s\n", to_string(c.problems.front(), language::en).c_str());
  std::exit(1);
}

/// The fields of one case by slot.
using case_fields = std::array<value, 5>;

case_fields fields_of(std::size_t i) {
  const bench::cases& c = all();
  value::elements fees;
  for (std::size_t k = 3 * i; k < 3 * i + 3; ++k)
    fees.push_back(value::map({{"amount", c.amount[k]}, {"standard", c.standard[k]}}));
  return {value(c.elapsed[i]), value(c.promised[i]),
          value(bench::statuses[static_cast<std::size_t>(c.status[i])]),
          value(bench::types[static_cast<std::size_t>(c.type[i])]), value::list(std::move(fees))};
}

/// A case that is read field by field, and whose days rise, as the engine gives one: one more each
/// midnight.
class running_case final : public activation {
 public:
  explicit running_case(std::size_t i) : fields_(fields_of(i)) {}
  reading read(field_ref field) const override {
    if (field.slot != 0) return reading::of(fields_[field.slot]);
    return reading::clock(fields_[0], after(1), clock_course::rising);
  }
  std::optional<instant> reaches(field_ref, const value& days) const override {
    return after(*days.as_int() - *fields_[0].as_int());
  }

 private:
  static instant after(std::int64_t n) { return instant{day{days{20'000 + n}}}; }
  case_fields fields_;
};

/// The same, bound by slot beforehand and standing still.
class bound_case {
 public:
  bound_case(const environment& env, std::size_t i) : fields_(fields_of(i)), row_(env) {
    for (std::uint32_t slot = 0; slot < fields_.size(); ++slot) row_.bind(slot, &fields_[slot]);
  }
  bound_case(const bound_case&) = delete;
  bound_case& operator=(const bound_case&) = delete;
  const bound_row& row() const { return row_; }

 private:
  case_fields fields_;
  bound_row row_;
};

// --- by hand

struct fee {
  double amount;
  double standard;
};

/// As a host has a case: status and type as text.
struct hand_case {
  std::int64_t elapsed;
  std::int64_t promised;
  std::string status;
  std::string type;
  std::vector<fee> fees;
};

bool by_hand(const hand_case& c) {
  return static_cast<double>(c.elapsed) > static_cast<double>(c.promised) * 0.8 &&
         c.status != "concluded" && c.type != "instant" &&
         std::ranges::all_of(c.fees, [](const fee& f) { return f.amount <= f.standard; });
}

hand_case hand_case_of(std::size_t i) {
  const bench::cases& c = all();
  hand_case h{c.elapsed[i],
              c.promised[i],
              bench::statuses[static_cast<std::size_t>(c.status[i])],
              bench::types[static_cast<std::size_t>(c.type[i])],
              {}};
  for (std::size_t k = 3 * i; k < 3 * i + 3; ++k) h.fees.push_back({c.amount[k], c.standard[k]});
  return h;
}

bench::lua_case lua_case_of(const hand_case& h) {
  bench::lua_case l{h.elapsed, h.promised, h.status, h.type, {}};
  for (const fee& f : h.fees) l.fees.emplace_back(f.amount, f.standard);
  return l;
}

void columns_by_hand(std::size_t n, std::vector<std::uint8_t>& out) {
  const bench::cases& c = all();
  out.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    bool fires = static_cast<double>(c.elapsed[i]) > static_cast<double>(c.promised[i]) * 0.8 &&
                 c.status[i] != 2 && c.type[i] != 0;
    for (auto k = static_cast<std::size_t>(c.offsets[i]);
         fires && k < static_cast<std::size_t>(c.offsets[i + 1]); ++k)
      fires = c.amount[k] <= c.standard[k];
    out[i] = fires ? 1 : 0;
  }
}

void flat_by_hand(std::size_t n, std::vector<std::uint8_t>& out) {
  const bench::cases& c = all();
  out.resize(n);
  for (std::size_t i = 0; i < n; ++i)
    out[i] = static_cast<double>(c.elapsed[i]) > static_cast<double>(c.promised[i]) * 0.8 &&
                     c.status[i] != 2
                 ? 1
                 : 0;
}

case_columns columns(std::size_t n) {
  const bench::cases& c = all();
  const auto part = [n](const auto& v, std::size_t more = 0) {
    return std::span(v).first(n + more);
  };
  case_columns out(n);
  const bool good =
      out.add("elapsed_workdays", column::ints(part(c.elapsed))).has_value() &&
      out.add("promised_days", column::ints(part(c.promised))).has_value() &&
      out.add("status", column::words(part(c.status), bench::statuses)).has_value() &&
      out.add("type", column::words(part(c.type), bench::types)).has_value() &&
      out.add("fees", column::lists(part(c.offsets, 1), {{"amount", column::reals(c.amount)},
                                                         {"standard", column::reals(c.standard)}}))
          .has_value();
  if (!good) std::exit(1);
  return out;
}

void require_same_answers() {
  const environment env = words();
  const program p = compiled_rule(bench::rule);
  column_outcome out;
  const case_columns table = columns(many);
  evaluate_columns(p, table, out);
  std::vector<std::uint8_t> hand;
  columns_by_hand(many, hand);
  std::size_t fires = 0;
  for (std::size_t i = 0; i < many; ++i) {
    const bool batch = out.verdicts[i] == column_verdict::yes;
    bool same = batch == (hand[i] == 1);
    if (i < 20'000) {
      const hand_case h = hand_case_of(i);
      same = same && by_hand(h) == batch && p.holds(bound_case(env, i).row()) == batch &&
             p.evaluate(running_case(i)).truth() == batch;
      if (i < 2'000) same = same && bench::lua_answer(lua_case_of(h)).value_or(batch) == batch;
    }
    fires += batch ? 1 : 0;
    if (same) continue;
    std::fprintf(stderr, "answers differ in case %zu\n", i);
    std::exit(1);
  }
  flat_by_hand(many, hand);
  column_outcome flat;
  evaluate_columns(compiled_rule(bench::flat_rule), table, flat);
  for (std::size_t i = 0; i < many; ++i)
    if ((flat.verdicts[i] == column_verdict::yes) != (hand[i] == 1)) std::exit(1);
  if (fires == 0 || fires == many || !out.in_blocks || !flat.in_blocks) std::exit(1);
}

/// A case in which the rule fires.
std::size_t firing() {
  std::size_t i = 0;
  while (!by_hand(hand_case_of(i))) ++i;
  return i;
}

void one_by_hand(benchmark::State& state) {
  hand_case c = hand_case_of(firing());
  for (auto _ : state) {
    benchmark::DoNotOptimize(c);
    benchmark::DoNotOptimize(by_hand(c));
  }
}

void one_bound(benchmark::State& state) {
  const program p = compiled_rule(bench::rule);
  const bound_case facts(words(), firing());
  for (auto _ : state) benchmark::DoNotOptimize(p.holds(facts.row()));
}

/// With the instant until when it holds.
void one_running(benchmark::State& state) {
  const program p = compiled_rule(bench::rule);
  const running_case facts(firing());
  for (auto _ : state) benchmark::DoNotOptimize(p.evaluate(facts));
}

/// Nanoseconds of each of the n things that one iteration does.
void tell_ns(benchmark::State& state, std::size_t n) {
  state.counters["ns"] =
      benchmark::Counter(static_cast<double>(n), benchmark::Counter::kIsIterationInvariantRate |
                                                     benchmark::Counter::kInvert);
}

/// Inside LuaJIT, over cases that differ, so that nothing is computed once for all of them.
void one_luajit(benchmark::State& state) {
  std::vector<bench::lua_case> firing_cases;
  for (std::size_t i = 0; firing_cases.size() < 64; ++i) {
    const hand_case h = hand_case_of(i);
    if (by_hand(h)) firing_cases.push_back(lua_case_of(h));
  }
  constexpr std::size_t times = 1'000'000;
  if (!bench::lua_answer(firing_cases[0])) return state.SkipWithError("LuaJIT is not installed");
  for (auto _ : state) benchmark::DoNotOptimize(bench::lua_loop(firing_cases, times));
  tell_ns(state, times);
}

void parse_check_plan(benchmark::State& state) {
  const environment env = words();
  for (auto _ : state) benchmark::DoNotOptimize(compile(bench::rule, env));
}

void by_hand_in_columns(benchmark::State& state, bool flat) {
  const auto n = static_cast<std::size_t>(state.range(0));
  std::vector<std::uint8_t> out;
  for (auto _ : state) flat ? flat_by_hand(n, out) : columns_by_hand(n, out);
  tell_ns(state, n);
}

void in_columns(benchmark::State& state, const char* rule) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const program p = compiled_rule(rule);
  const case_columns table = columns(n);
  column_outcome out;
  for (auto _ : state) evaluate_columns(p, table, out);
  tell_ns(state, n);
}

BENCHMARK(one_by_hand);
BENCHMARK(one_bound);
BENCHMARK(one_running);
BENCHMARK(one_luajit)->Unit(benchmark::kMillisecond);
BENCHMARK(parse_check_plan)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(by_hand_in_columns, rule, false)->Arg(few)->Arg(many);
BENCHMARK_CAPTURE(in_columns, rule, bench::rule)->Arg(few)->Arg(many);
BENCHMARK_CAPTURE(by_hand_in_columns, flat, true)->Arg(few)->Arg(many);
BENCHMARK_CAPTURE(in_columns, flat, bench::flat_rule)->Arg(few)->Arg(many);

} // namespace

int main(int argc, char** argv) {
  require_same_answers();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
