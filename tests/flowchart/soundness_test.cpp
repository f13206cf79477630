#include <banli/flowchart/soundness.hpp>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <set>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "charts.hpp"
#include "naive_game.hpp"

using namespace banli;
using charts::chart;

namespace {

struct row {
  const char* name;
  flowchart c;
  std::string faults; // "code node moves", for each
};

std::string faults_of(const flowchart& c) {
  const flow_net net = compile(c).value();
  std::string out;
  for (const flow_fault& f : check_soundness(net).faults)
    out += fmt::format("{}{} {} {}", out.empty() ? "" : ", ", to_string(f.code),
                       net.at(f.node).shown(), f.witness.size());
  return out;
}

} // namespace

TEST_CASE("charts that can always finish are sound") {
  for (const flowchart& c :
       {charts::review(), charts::joint(), charts::permit(), charts::consult()}) {
    const soundness s = check_soundness(compile(c).value());
    CHECK(s.sound());
    CHECK(s.states == 0);
    const soundness full = check_soundness(compile(c).value(), {}, soundness_method::search);
    CHECK(full.sound());
    CHECK(full.states == naive::judge(c).states);
  }
}

TEST_CASE("each way of being unsound is found with its shortest witness") {
  const std::vector<row> rows{
      {"a choice opens what a join waits for",
       chart("(s -> a -> ?d -> b -> \\j -> [e").chain("?d -> c -> \\j").chart,
       "cannot-finish \\j 3"},
      {"a branch ends on its own",
       chart("(s -> /f -> a -> ?d -> [e")
           .chain("?d -> \\j -> z -> [e2")
           .chain("/f -> b -> \\j")
           .chart,
       "improper-finish [e 2"},
      {"a fork meets in a step", chart("(s -> /f -> a -> z -> [e").chain("/f -> b -> z").chart,
       "unsafe-place z 2, unsafe-place [e 4, improper-finish [e 2"},
      {"a fork opens one step twice at the start",
       chart("(s -> /f -> a -> [e").chain("/f -> a").chart, "unsafe-place a 0"},
      {"two ways out of a fork meet in a merge",
       chart("(s -> a -> /f -> ?m -> z -> [e").chain("/f -> ?m").chart,
       "unsafe-place z 1, dead-step z 0"},
      {"a loop no arrow leaves", chart("(s -> ?d -> a -> b -> a").chain("?d -> [e").chart,
       "cannot-finish a 1"},
      {"a step behind a join that never opens",
       chart("(s -> ?d -> a -> \\j -> z -> [e")
           .chain("?d -> [e")
           .chain("\\j2 -> \\j")
           .chain("?d -> b -> \\j2")
           .chain("?d -> c -> \\j2")
           .chart,
       "cannot-finish \\j 2, cannot-finish \\j2 2, dead-step z 0"},
      {"two inclusive joins wait for each other",
       chart("(s -> /f -> a -> &j -> ?j -> &k -> ?k -> &j")
           .chain("/f -> b -> &k")
           .chain("?j -> \\e -> [e")
           .chain("?k -> \\e")
           .chart,
       "vicious-circle &j 2"},
      {"what an inclusive join waits for depends on which of two opens first",
       chart("(s -> ?c -> p -> /h -> ?m -> &k -> [e")
           .chain("/h -> &j -> /g -> x -> &k")
           .chain("/g -> y -> ?m")
           .chain("?c -> w -> &j")
           .chart,
       "join-race &k 2"},
      {"a branch of an inclusive decision ends on its own",
       chart("(s -> a -> *d -> b -> &j -> [e").chain("*d -> c -> [e").chain("*d -> &j").chart,
       "unsafe-place [e 3, improper-finish [e 2"},
  };
  for (const row& r : rows) {
    CAPTURE(std::string(r.name));
    CHECK(faults_of(r.c) == r.faults);
  }
}

TEST_CASE("a fault is told in words, with the way there") {
  const flow_net net = compile(chart("(开始 -> /并联 -> 环保审查 -> ?通过 --通过-> \\汇总 -> [办结")
                                   .chain("?通过 --不通过-> [退件")
                                   .chain("/并联 -> 消防审查 -> \\汇总")
                                   .chart)
                           .value();
  const locator where = [](std::string_view path) { return place{std::string(path), 7, 1}; };
  const problems p = to_problems(check_soundness(net), net, where);
  REQUIRE(p.size() == 1);
  CHECK(p[0].code == errc::improper_finish);
  CHECK(p[0].message.en ==
        "'环保审查' is done; '?通过' goes '不通过': the end '[退件' is reached while "
        "'消防审查' is still open");
  CHECK(p[0].message.zh ==
        "“环保审查”办结;“?通过”选择“不通过”:到达结束“[退件”时,“消防审查”仍在办理");
  CHECK(p[0].where.file == "/nodes/6");
}

TEST_CASE("joins that cannot be decided are refused with a reason") {
  const flow_net circle = compile(chart("(s -> /f -> a -> &j -> ?j -> &k -> ?k -> &j")
                                      .chain("/f -> b -> &k")
                                      .chain("?j -> \\e -> [e")
                                      .chain("?k -> \\e")
                                      .chart)
                              .value();
  const problems told = to_problems(check_soundness(circle), circle);
  REQUIRE(told.size() == 1);
  CHECK(told[0].code == errc::vicious_circle);
  CHECK(told[0].message.en == "'a' is done; 'b' is done: then '&j' waits for '?k'; '&k' waits for "
                              "'?j': these joins wait for each other");
  CHECK(told[0].message.zh == "“a”办结;“b”办结:此后“&j”等待“?k”;“&k”等待“?j”:这些汇合互相等待");
  const flow_net race = compile(chart("(s -> ?c -> p -> /h -> ?m -> &k -> [e")
                                    .chain("/h -> &j -> /g -> x -> &k")
                                    .chain("/g -> y -> ?m")
                                    .chain("?c -> w -> &j")
                                    .chart)
                            .value();
  const marking before = race.parse_marking("p").value();
  const error refused = race.complete(before, race.index(node_id{"p"}).value()).error();
  CHECK(refused.code == errc::join_race);
  CHECK(refused.message.zh == "“&k”等待什么取决于哪个汇合先打开");
  CHECK(to_problems(check_soundness(race), race).at(0).message.en ==
        "'?c' goes to 'p'; 'p' is done: what '&k' then waits for depends on which of two joins "
        "opens first");
}

TEST_CASE("past the limit nothing is claimed") {
  const flow_net net = compile(charts::joint()).value();
  const soundness s = check_soundness(net, {.states = 5}, soundness_method::search);
  CHECK_FALSE(s.decided);
  CHECK_FALSE(s.sound());
  CHECK(s.faults.empty());
  CHECK(to_problems(s, net).at(0).code == errc::not_decided);
  CHECK(check_soundness(net, {.states = 10}, soundness_method::search).sound());
}

TEST_CASE("17 parallel branches are decided exactly") {
  charts::writer w = chart("(s -> /f -> b0 -> \\j -> [e");
  for (int i = 1; i < 17; ++i) w.chain("/f -> b" + std::to_string(i) + " -> \\j");
  const flow_net net = compile(w.chart).value();
  CHECK(check_soundness(net).sound());
  CHECK(check_soundness(net).states == 0);
  const soundness s = check_soundness(net, {}, soundness_method::search);
  CHECK(s.sound());
  CHECK(s.states == 131'072); // all subsets but the full one, and the end
}

namespace {

std::optional<naive::tokens> play(const naive::game& g, const flowchart& c, const flow_net& net,
                                  const std::vector<flow_move>& moves) {
  std::optional<naive::tokens> now = g.start();
  for (const flow_move& m : moves) {
    if (!now) return std::nullopt;
    const auto out = g.out(c.nodes[static_cast<std::size_t>(m.node)].id);
    naive::arrows along;
    for (const arrow_index a : m.arrows) along.push_back(static_cast<std::size_t>(a));
    if (along.empty()) along.push_back(out.front());
    const auto possible = g.moves(*now);
    RC_ASSERT(std::count(possible.begin(), possible.end(), along) == 1);
    now = g.move(*now, along);
  }
  (void)net;
  return now;
}

/// Compares with the definitions; false if the chart has local faults or is too large to compare.
bool agrees(const flowchart& c) {
  const result<flow_net> compiled = compile(c);
  if (!compiled) return false;
  const flow_net& net = *compiled;
  const soundness s = check_soundness(net, {.states = 400}, soundness_method::search);
  if (!s.decided) return false; // the naive game would take too long
  const naive::verdict v = naive::judge(c);
  const naive::game g(c);
  std::set<errc> codes;
  std::set<std::string> dead;
  std::size_t first_unsafe = 1'000'000;
  std::size_t first_improper = 1'000'000;
  for (const flow_fault& f : s.faults) {
    codes.insert(f.code);
    if (f.code == errc::dead_step) {
      dead.insert(net.at(f.node).id.text());
      continue;
    }
    const auto after = play(g, c, net, f.witness);
    if (f.code == errc::join_race) {
      RC_ASSERT(!after);
      RC_ASSERT(g.raced);
    } else if (f.code == errc::unsafe_place) {
      RC_ASSERT(!after);
      RC_ASSERT(!g.raced);
      first_unsafe = std::min(first_unsafe, f.witness.size());
    } else {
      RC_ASSERT(after);
      RC_ASSERT(after->size() == f.stuck.tokens());
    }
    if (f.code == errc::improper_finish) {
      RC_ASSERT(g.ended(*after) && after->size() > 1);
      first_improper = std::min(first_improper, f.witness.size());
    }
  }
  RC_ASSERT(codes.contains(errc::unsafe_place) == v.unsafe);
  RC_ASSERT(codes.contains(errc::improper_finish) == v.improper);
  RC_ASSERT(codes.contains(errc::join_race) == v.raced);
  RC_ASSERT((codes.contains(errc::cannot_finish) || codes.contains(errc::vicious_circle)) ==
            v.stuck);
  if (g.start()) {
    RC_ASSERT(s.states == v.states);
    RC_ASSERT(dead == v.dead);
    if (v.unsafe) RC_ASSERT(first_unsafe == v.first_unsafe);
    if (v.improper) RC_ASSERT(first_improper == v.first_improper);
  }
  return true;
}

} // namespace

TEST_CASE("charts built from sequences, choices, loops and parallel blocks are sound") {
  int decided = 0;
  CHECK(rc::check([&](std::uint32_t seed) {
    for (std::uint32_t i = 0; i < 5; ++i) {
      const flowchart c = charts::random_chart(seed + i).sound();
      RC_ASSERT(check(c).empty());
      const soundness s = check_soundness(compile(c).value(), {.states = 5'000});
      RC_ASSERT(s.faults.empty());
      if (s.decided) ++decided;
    }
  }));
  CHECK(decided > 200);
}

TEST_CASE("charts broken in one place are judged as the naive game judges them") {
  int compared = 0;
  CHECK(rc::check([&](std::uint32_t seed) {
    for (std::uint32_t i = 0; i < 5; ++i) {
      const flowchart c = charts::random_chart(seed + i).broken();
      if (agrees(c)) ++compared;
    }
  }));
  CHECK(compared > 100);
}

namespace {

struct agreement {
  int charts = 0;
  int sound = 0;
  int single = 0; ///< sound without a search
  int rests = 0;  ///< sound after the search of what was left
};

/// Reduced and full search must say the same, to the last witness.
void compare_methods(const flowchart& c, agreement& seen) {
  const result<flow_net> net = compile(c);
  if (!net) return;
  const soundness full = check_soundness(*net, {.states = 20'000}, soundness_method::search);
  if (!full.decided) return;
  const soundness reduced = check_soundness(*net, {.states = 20'000});
  REQUIRE(reduced.decided);
  REQUIRE(reduced.faults == full.faults);
  ++seen.charts;
  if (!full.sound()) return;
  ++seen.sound;
  if (reduced.states == 0)
    ++seen.single;
  else if (reduced.states < full.states)
    ++seen.rests;
}

} // namespace

namespace {

/// How many charts: a slice in every run, BANLI_FLOW_CHARTS for the whole.
int charts_wanted() {
  const char* const n = std::getenv("BANLI_FLOW_CHARTS");
  return n != nullptr ? std::atoi(n) : 3'000;
}

/// The same chart behind a row of steps, so long that its markings need more than one word. Nodes
/// and arrows keep their positions.
flowchart behind_a_row(flowchart c, int steps) {
  const auto leaving = std::find_if(c.arrows.begin(), c.arrows.end(), [&](const arrow& a) {
    return find(c, a.from)->kind == node_kind::start;
  });
  const auto name = [](int i) { return "row " + std::to_string(i); };
  std::vector<arrow> row{{leaving->from, node_id{name(0)}}};
  leaving->from = node_id{name(steps - 1)};
  for (int i = 0; i < steps; ++i) {
    c.nodes.push_back(charts::writer::make(name(i)));
    if (i > 0) row.push_back({node_id{name(i - 1)}, node_id{name(i)}});
  }
  c.arrows.insert(c.arrows.end(), row.begin(), row.end());
  return c;
}

} // namespace

TEST_CASE("the reduced and the full search agree on every chart") {
  agreement seen;
  std::mt19937 random{std::random_device{}()};
  for (int i = 0; seen.charts < charts_wanted(); ++i) {
    const auto seed = static_cast<std::uint32_t>(random());
    CAPTURE(seed);
    charts::random_chart chart(seed);
    compare_methods(i % 6 == 0 ? chart.sound() : chart.broken(), seen);
  }
  MESSAGE(seen.charts << " charts, " << seen.sound << " sound, " << seen.single
                      << " of them without a search, " << seen.rests << " after a smaller one");
  CHECK(seen.sound > seen.charts / 4);
  CHECK(seen.sound < seen.charts * 9 / 10);
}

TEST_CASE("a chart of many places is judged as one of few") {
  constexpr int row = 70;
  int unsound = 0;
  CHECK(rc::check([&](std::uint32_t seed) {
    const flowchart c = charts::random_chart(seed).broken();
    const result<flow_net> few = compile(c);
    if (!few) return;
    const soundness s = check_soundness(*few, {.states = 2'000}, soundness_method::search);
    const auto at_once = [](const flow_fault& f) {
      return f.witness.empty() && f.code != errc::dead_step;
    };
    if (!s.decided || std::any_of(s.faults.begin(), s.faults.end(), at_once)) return;
    const soundness t = check_soundness(compile(behind_a_row(c, row)).value(), {.states = 3'000},
                                        soundness_method::search);
    RC_ASSERT(t.states == s.states + row);
    RC_ASSERT(t.faults.size() == s.faults.size());
    for (std::size_t i = 0; i < s.faults.size(); ++i) {
      flow_fault behind = t.faults[i];
      if (behind.code != errc::dead_step)
        behind.witness.erase(behind.witness.begin(), behind.witness.begin() + row);
      RC_ASSERT(behind == s.faults[i]);
    }
    unsound += s.sound() ? 0 : 1;
  }));
  CHECK(unsound > 5);
}

TEST_CASE("an inclusive block is drawn together as a whole, or not at all") {
  const auto judged = [](const char* block, const char* beside) {
    const flowchart c = chart(block).chain("*d -> c -> &j").chain(beside).chart;
    return check_soundness(compile(c).value());
  };
  const soundness closed = judged("(s -> ?x -> *d -> b -> &j -> ?m -> [e", "?x -> z -> ?m");
  CHECK(closed.sound());
  CHECK(closed.states == 0);
  const soundness entered = judged("(s -> ?x -> *d -> b -> &j -> [e", "?x -> z -> &j");
  CHECK(entered.sound());
  CHECK(entered.states > 0);
  CHECK(entered.reductions == 3); // the start, z and the end go; b and c must stay two branches
}
