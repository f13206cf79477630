#include <banli/flowchart/flow_net.hpp>

#include <cstdio>
#include <filesystem>
#include <map>
#include <set>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/flowchart/soundness.hpp>

#include "charts.hpp"
#include "naive_game.hpp"

using namespace banli;
using charts::chart;

namespace {

node_index at(const flow_net& net, const char* id) { return net.index(node_id{id}).value(); }

std::string names(const flow_net& net, const std::vector<node_index>& nodes) {
  std::string out;
  for (const node_index n : nodes) out += (out.empty() ? "" : " ") + net.at(n).shown();
  return out;
}

marking done(const flow_net& net, const marking& m, const char* id) {
  return net.complete(m, at(net, id)).value();
}

marking go(const flow_net& net, const marking& m, const char* label) {
  return net.take(m, net.choice(m, label).value()).value();
}

} // namespace

TEST_CASE("a case walks the review flow, sent back once") {
  const flow_net net = compile(charts::review()).value();
  marking m = net.start();
  CHECK(net.to_text(m) == "采集");
  m = done(net, m, "采集");
  m = done(net, m, "初审");
  CHECK(net.to_text(m) == "?初审结果");
  CHECK(names(net, net.open_choices(m)) == "?初审结果");
  CHECK(net.open_conditions(m).empty());
  CHECK(names(net, net.enabled(m)) == "采集 终审");
  CHECK(net.to_text(go(net, m, "不通过")) == "采集");
  m = go(net, m, "通过");
  m = go(net, done(net, m, "终审"), "通过");
  m = done(net, m, "发布存档");
  CHECK(net.finished(m));
  CHECK(net.finish(m)->empty());
}

TEST_CASE("a join waits for every branch and fires at once") {
  const flow_net net = compile(charts::joint()).value();
  marking m = done(net, net.start(), "受理");
  CHECK(net.to_text(m) == "规划审查+环保审查+消防审查");
  m = done(net, m, "消防审查");
  CHECK(net.to_text(m) == "规划审查+消防审查>\\\\汇总+环保审查");
  CHECK(net.waiting(m).size() == 1);
  CHECK_FALSE(net.rests(m, at(net, "消防审查")));
  m = done(net, done(net, m, "规划审查"), "环保审查");
  CHECK(net.to_text(m) == "决定");
  CHECK(net.waiting(m).empty());
}

TEST_CASE("joins fire in a cascade, through forks and merges") {
  const flow_net net = compile(chart("(s -> /f -> a -> \\j1 -> \\j2 -> /g -> x -> \\k -> [e")
                                   .chain("/f -> b -> \\j1")
                                   .chain("/f -> ?c -> ?m -> \\j2")
                                   .chain("?c -> c -> ?m")
                                   .chain("/g -> y -> \\k")
                                   .chart)
                           .value();
  marking m = net.take(net.start(), net.out(at(net, "?c"))[0]).value(); // to the merge, and through
  CHECK(net.to_text(m) == "a+?m>\\\\j2+b");
  m = done(net, done(net, m, "a"), "b"); // j1 fires, hence j2, hence the fork
  CHECK(net.to_text(m) == "x+y");
}

TEST_CASE("what is not open cannot be done, and the error says what is") {
  const flow_net net = compile(charts::review()).value();
  const marking m = net.start();
  const error e = net.complete(m, at(net, "终审")).error();
  CHECK(e.code == errc::step_not_enabled);
  CHECK(e.message.en == "'终审' cannot be done now; the case stands at '采集'");
  CHECK(e.message.zh == "“终审”目前不可办理;办件处于“采集”");
  CHECK(net.complete(m, node_index{99}).error().code == errc::step_not_enabled);
  CHECK(net.take(m, arrow_index{3}).error().code == errc::step_not_enabled);
  CHECK(net.take(m, arrow_index{99}).error().code == errc::step_not_enabled);
  CHECK(net.choice(m, "通过").error().code == errc::bad_outcome);
  const marking open = done(net, done(net, m, "采集"), "初审");
  const error wrong = net.choice(open, "合格").error();
  CHECK(wrong.code == errc::bad_outcome);
  CHECK(wrong.message.zh == "没有结果“合格”;可选:通过, 不通过");
}

TEST_CASE("one label open at two decisions is ambiguous") {
  const flow_net net = compile(chart("(s -> /f -> ?a --ok-> x -> \\j -> [e")
                                   .chain("/f -> ?b --ok-> y -> \\j")
                                   .chain("?a --no-> x")
                                   .chain("?b --no-> y")
                                   .chart)
                           .value();
  CHECK(net.choice(net.start(), "ok").error().code == errc::bad_outcome);
}

TEST_CASE("an inclusive decision opens what is chosen, and its join waits for just that") {
  const flow_net net = compile(charts::consult()).value();
  const marking open = done(net, net.start(), "受理");
  CHECK(names(net, net.open_choices(open)) == "*征求意见");
  CHECK(net.enabled(open).empty()); // what was chosen cannot be seen from what is done first
  CHECK_FALSE(net.finish(open));
  marking m = net.take(open, net.choices(open, "规划+消防").value()).value();
  CHECK(net.to_text(m) == "规划意见+消防意见");
  m = done(net, m, "消防意见");
  CHECK(net.to_text(m) == "规划意见+消防意见>&汇总");
  CHECK(net.to_text(done(net, m, "规划意见")) == "决定");
  m = net.take(open, net.choice(open, "环保").value()).value();
  CHECK(net.to_text(done(net, m, "环保意见")) == "决定");
  CHECK(names(net, net.return_targets(done(net, m, "环保意见"), at(net, "决定"))) ==
        "受理 规划意见 环保意见 消防意见");
}

TEST_CASE("branches that cannot be opened together are refused") {
  const flow_net net = compile(charts::consult()).value();
  const marking open = done(net, net.start(), "受理");
  const auto out = net.out(at(net, "*征求意见"));
  const auto refusal = [&](const marking& m, std::vector<arrow_index> arrows) {
    return net.take(m, arrows).error().code;
  };
  CHECK(refusal(open, {}) == errc::bad_outcome);
  CHECK(refusal(open, {out[0], out[0]}) == errc::bad_outcome);
  CHECK(refusal(open, {out[0], arrow_index{0}}) == errc::bad_outcome);
  CHECK(refusal(open, {out[0], arrow_index{99}}) == errc::bad_outcome);
  CHECK(refusal(net.start(), {out[0], out[1]}) == errc::step_not_enabled);
  CHECK(net.choices(open, "规划+规划").error().code == errc::bad_outcome);
  CHECK(net.choices(open, "规划+").error().code == errc::bad_outcome);
  CHECK(net.choice(open, "规划+环保").error().code == errc::bad_outcome);
  const flow_net one = compile(charts::review()).value();
  const marking asked = one.parse_marking("?初审结果").value();
  const auto ways = one.out(at(one, "?初审结果"));
  CHECK(one.take(asked, std::vector{ways[0], ways[1]}).error().code == errc::bad_outcome);
  CHECK(one.choices(asked, "通过+不通过").error().code == errc::bad_outcome);
}

TEST_CASE("the default of an inclusive decision comes alone") {
  const flow_net net = compile(chart("(s -> a -> *d -> x")
                                   .when("p")
                                   .chain("x -> &j -> [e")
                                   .chain("*d -> y")
                                   .when("q")
                                   .chain("y -> &j")
                                   .chain("*d -> &j")
                                   .chart)
                           .value();
  const marking m = done(net, net.start(), "a");
  CHECK(names(net, net.open_conditions(m)) == "*d");
  const auto out = net.out(at(net, "*d"));
  CHECK(net.to_text(net.take(m, std::vector{out[0], out[1]}).value()) == "x+y");
  CHECK(net.to_text(net.take(m, out[2]).value()) == "[e");
  CHECK(net.take(m, std::vector{out[0], out[2]}).error().code == errc::bad_outcome);
}

TEST_CASE(
    "an inclusive join opens when the last it waits for turns away, and waits through loops") {
  const flow_net net = compile(chart("(s -> a -> *d --x-> x -> ?x --on-> &j -> z -> &k -> [e")
                                   .chain("*d --y-> y -> &j")
                                   .chain("?x --away-> &k")
                                   .chain("?x --again-> x")
                                   .chart)
                           .value();
  CHECK(check_soundness(net).sound());
  marking m = done(net, net.start(), "a");
  m = net.take(m, net.choices(m, "x+y").value()).value();
  m = done(net, done(net, m, "y"), "x");
  CHECK(net.to_text(m) == "?x+y>&j");
  CHECK(names(net, net.enabled(m)) == "x z"); // z, once the other branch turns away
  m = done(net, go(net, m, "again"), "x");
  CHECK(net.to_text(m) == "?x+y>&j");
  CHECK(net.to_text(go(net, m, "on")) == "z");
  CHECK(net.to_text(go(net, m, "away")) == "z+?x>&k");
  CHECK(net.to_text(done(net, go(net, m, "away"), "z")) == "[e");
}

TEST_CASE("a second token is refused, not lost") {
  const flow_net net =
      compile(chart("(s -> /f -> a -> z -> [e").chain("/f -> b -> z").chart).value();
  const marking m = done(net, net.start(), "a");
  CHECK(net.complete(m, at(net, "b")).error().code == errc::unsafe_place);
}

TEST_CASE("a chart with local faults does not compile") {
  flowchart c = charts::review();
  c.nodes[1].post = {};
  CHECK(compile(c).error().code == errc::missing_post);
}

TEST_CASE("decisions by condition are open to the engine and closed to choices") {
  charts::writer w = chart("(s -> a -> ?d -> big");
  w.when("form.area > 500").chain("big -> [e").chain("?d -> small -> [e");
  const flow_net net = compile(w.chart).value();
  const marking m = done(net, net.start(), "a");
  CHECK(names(net, net.open_conditions(m)) == "?d");
  CHECK_FALSE(net.by_choice(at(net, "?d")));
  CHECK(net.enabled(m).empty());
  CHECK_FALSE(net.route(m, at(net, "big")));
  CHECK_FALSE(net.finish(m));
  CHECK(net.to_text(net.take(m, net.out(at(net, "?d"))[0]).value()) == "big");
}

TEST_CASE("route finds the shortest choices, the first of equals") {
  const flow_net net = compile(chart("(s -> ?a -> ?b -> x -> [e")
                                   .chain("?a -> ?c -> x")
                                   .chain("?b -> y -> [e")
                                   .chain("?c -> z -> [e")
                                   .chart)
                           .value();
  const auto way = net.route(net.start(), at(net, "x"));
  REQUIRE(way);
  REQUIRE(way->size() == 2);
  CHECK(net.at(net.to((*way)[0])).shown() == "?b");
  CHECK(names(net, net.enabled(net.start())) == "x y z");
  CHECK(net.route(net.start(), node_index{99}) == std::nullopt);
}

TEST_CASE("a route may need choices in several branches") {
  const flow_net net = compile(chart("(s -> /f -> ?a -> \\j -> z -> [e")
                                   .chain("?a -> x -> ?a")
                                   .chain("/f -> ?b -> \\j")
                                   .chain("?b -> y -> ?b")
                                   .chart)
                           .value();
  CHECK(net.route(net.start(), at(net, "z"))->size() == 2);
  CHECK(net.route(net.start(), at(net, "y"))->size() == 1);
  CHECK(names(net, net.enabled(net.start())) == "z x y");
}

TEST_CASE("a return goes to an earlier step that leaves the case able to finish") {
  const flow_net net = compile(charts::review()).value();
  const marking m = net.parse_marking("终审").value();
  CHECK(names(net, net.return_targets(m, at(net, "终审"))) == "采集 初审");
  CHECK(net.to_text(net.send_back(m, at(net, "终审"), at(net, "初审")).value()) == "初审");
  const error later = net.send_back(m, at(net, "终审"), at(net, "发布存档")).error();
  CHECK(later.code == errc::bad_return);
  CHECK(later.message.zh == "“终审”不能退回“发布存档”;可退回:“采集”“初审”");
  CHECK(net.send_back(m, at(net, "初审"), at(net, "采集")).error().code == errc::bad_return);
  CHECK(net.send_back(m, at(net, "终审"), node_index{99}).error().code == errc::bad_return);
}

TEST_CASE("a token cannot leave its parallel branch alone") {
  const flow_net net =
      compile(
          chart("(s -> 受理 -> /f -> a1 -> a2 -> \\j -> 决定 -> [e").chain("/f -> b1 -> \\j").chart)
          .value();
  const marking m = net.parse_marking("a2+b1").value();
  CHECK(names(net, net.return_targets(m, at(net, "a2"))) == "a1");
  CHECK(net.return_targets(m, at(net, "b1")).empty());
  const marking after = net.parse_marking("决定").value();
  CHECK(names(net, net.return_targets(after, at(net, "决定"))) == "受理");
}

TEST_CASE("a step from which no case can finish is no target") {
  const flow_net net =
      compile(chart("(s -> a -> ?d -> [e").chain("?d -> t -> u -> v -> u").chart).value();
  const marking m = net.parse_marking("v").value();
  CHECK(names(net, net.return_targets(m, at(net, "v"))) == "a");
}

TEST_CASE(
    "a place that would get two tokens in one move is full, even if a join empties it between") {
  const flow_net net = compile(chart("(s -> /p -> x -> /f -> \\j -> ?m -> \\k -> [e")
                                   .chain("/f -> ?m")
                                   .chain("/p -> y -> \\j")
                                   .chain("/p -> z -> \\k")
                                   .chart)
                           .value();
  const marking m = done(net, done(net, net.start(), "y"), "z");
  CHECK(net.complete(m, at(net, "x")).error().code == errc::unsafe_place);
}

TEST_CASE("markings are read back from text, whatever the names hold") {
  const flow_net net = compile(chart("(s -> /f -> a+b -> \\j -> [e")
                                   .chain("/f -> c>d -> \\j")
                                   .chain("/f -> e\\f -> ?d --x-> \\j")
                                   .chain("?d --y-> \\j")
                                   .chart)
                           .value();
  CHECK(net.to_text(net.start()) == "a\\+b+c\\>d+e\\\\f");
  for (const char* s : {"a\\+b+c\\>d+e\\\\f", "a\\+b>\\\\j+c\\>d", "?d>\\\\j", "?d>\\\\j>2", ""}) {
    CAPTURE(s);
    CHECK(net.to_text(net.parse_marking(s).value()) == s);
  }
  for (const char* s :
       {"/f", "(s", "\\\\j", "nothing", "a\\+b>", "?d>\\\\j>3", "?d>\\\\j>2>1", "+"}) {
    CAPTURE(s);
    CHECK(net.parse_marking(s).error().code == errc::unknown_step);
  }
  const flow_net review = compile(charts::review()).value();
  CHECK(review.parse_marking("终申").error().message.zh == "流程不会停在“终申”;是否想写“终审”?");
}

TEST_CASE("a marking is a set of places, of any size") {
  marking m;
  CHECK(m.empty());
  for (const std::size_t p : {0U, 63U, 64U, 200U}) m.put(p);
  CHECK(m.tokens() == 4);
  CHECK(m.places() == std::vector<std::size_t>{0, 63, 64, 200});
  CHECK_FALSE(m.has(199));
  CHECK_FALSE(m.has(100'000));
  marking small;
  small.put(0);
  for (const std::size_t p : {63U, 64U, 200U, 500U}) m.remove(p);
  CHECK(m == small);
  CHECK(marking_hash{}(m) == marking_hash{}(small));
}

namespace {

/// The same tokens in the naive game's words.
naive::tokens plain(const flow_net& net, const marking& m) {
  naive::tokens out;
  for (const node_index n : net.resting(m)) out["n:" + net.at(n).id.text()] = 1;
  for (const arrow_index a : net.waiting(m))
    out["a:" + std::to_string(static_cast<std::uint32_t>(a))] = 1;
  return out;
}

result<marking> move(const flow_net& net, const marking& m, const naive::arrows& along) {
  std::vector<arrow_index> arrows;
  for (const std::size_t a : along) arrows.push_back(arrow_index{static_cast<std::uint32_t>(a)});
  const node_index from = net.from(arrows.front());
  return is_decision(net.at(from).kind) ? net.take(m, arrows) : net.complete(m, from);
}

/// Where choices alone may lead: every set of tokens, by plain search.
std::set<naive::tokens> by_choices(const naive::game& g, const flow_net& net,
                                   const naive::tokens& from) {
  std::set<naive::tokens> seen{from};
  std::deque<naive::tokens> waiting{from};
  while (!waiting.empty()) {
    const naive::tokens now = waiting.front();
    waiting.pop_front();
    for (const naive::arrows& a : g.moves(now)) {
      const node_index open = net.from(arrow_index{static_cast<std::uint32_t>(a.front())});
      if (!net.by_choice(open) || net.at(open).kind != node_kind::decision) continue;
      const auto after = g.move(now, a);
      if (after && seen.insert(*after).second) waiting.push_back(*after);
    }
  }
  return seen;
}

void compare_choices(const naive::game& g, const flow_net& net, const marking& m) {
  std::set<std::string> steps;
  bool finishes = false;
  for (const naive::tokens& t : by_choices(g, net, plain(net, m))) {
    finishes = finishes || (g.ended(t) && t.size() == 1);
    for (const auto& [where, count] : t)
      if (net.at(net.index(node_id{where.substr(2)}).value_or(node_index{0})).kind ==
          node_kind::step)
        steps.insert(where.substr(2));
  }
  std::set<std::string> enabled;
  for (const node_index n : net.enabled(m)) {
    enabled.insert(net.at(n).id.text());
    marking at = m;
    const auto way = net.route(m, n);
    RC_ASSERT(way.has_value());
    for (const arrow_index a : *way) at = net.take(at, a).value();
    RC_ASSERT(net.rests(at, n));
  }
  RC_ASSERT(enabled == steps);
  const auto way = net.finish(m);
  RC_ASSERT(way.has_value() == finishes);
  if (!way) return;
  marking at = m;
  for (const arrow_index a : *way) at = net.take(at, a).value();
  RC_ASSERT(net.finished(at));
}

} // namespace

TEST_CASE("random walks go as the naive token game goes, and markings survive as text") {
  CHECK(rc::check([](std::uint32_t seed, bool sound) {
    charts::random_chart random(seed);
    const flowchart c = sound ? random.sound() : random.broken();
    const result<flow_net> compiled = compile(c);
    const naive::game g(c);
    if (!compiled || !g.start() || c.nodes.size() > 40) return;
    const flow_net& net = *compiled;
    marking m = net.start();
    for (int i = 0; i < 40; ++i) {
      const naive::tokens now = plain(net, m);
      RC_ASSERT(net.parse_marking(net.to_text(m)).value() == m);
      if (sound) compare_choices(g, net, m);
      const auto moves = g.moves(now);
      if (moves.empty()) return;
      const naive::arrows a = moves[random.pick(moves.size())];
      const auto expected = g.move(now, a);
      const result<marking> next = move(net, m, a);
      RC_ASSERT(next.has_value() == expected.has_value());
      if (!next) {
        RC_ASSERT(next.error().code == (g.raced ? errc::join_race : errc::unsafe_place));
        return;
      }
      m = *next;
      RC_ASSERT(plain(net, m) == *expected);
    }
  }));
}

TEST_CASE("legal returns lead to markings that occur and can finish") {
  CHECK(rc::check([](std::uint32_t seed) {
    charts::random_chart random(seed);
    const flowchart c = random.sound();
    if (c.nodes.size() > 25) return;
    const flow_net net = compile(c).value();
    const naive::game g(c);
    std::set<naive::tokens> all{g.start().value()};
    std::deque<naive::tokens> waiting{*all.begin()};
    while (!waiting.empty()) {
      const naive::tokens now = waiting.front();
      waiting.pop_front();
      for (const naive::arrows& a : g.moves(now))
        if (const auto after = g.move(now, a); all.insert(*after).second) waiting.push_back(*after);
    }
    marking m = net.start();
    for (int i = 0; i < 15; ++i) {
      for (const node_index n : net.resting(m))
        for (const node_index to : net.return_targets(m, n)) {
          naive::tokens moved = plain(net, m);
          moved.erase("n:" + net.at(n).id.text());
          moved["n:" + net.at(to).id.text()] = 1;
          RC_ASSERT(all.contains(moved));
          RC_ASSERT(plain(net, net.send_back(m, n, to).value()) == moved);
        }
      const auto moves = g.moves(plain(net, m));
      if (moves.empty()) return;
      m = move(net, m, moves[random.pick(moves.size())]).value();
    }
  }));
}

namespace {

/// The activities of each case of the permit log, in the order of the file.
std::map<std::string, std::vector<std::string>> read_log(const std::string& file) {
  std::map<std::string, std::vector<std::string>> cases;
  std::FILE* pipe = popen(("gzip -dc '" + file + "'").c_str(), "r");
  REQUIRE(pipe != nullptr);
  char line[4096];
  while (std::fgets(line, sizeof line, pipe) != nullptr) {
    std::vector<std::string> columns(1);
    for (const char* c = line; *c != '\0' && columns.size() < 5; ++c)
      if (*c == ',')
        columns.emplace_back();
      else
        columns.back() += *c;
    if (columns[0] != "case") cases[columns[0]].push_back(columns[3]);
  }
  pclose(pipe);
  return cases;
}

} // namespace

TEST_CASE("the permit log replays: 1,272 cases complete, 161 unfinished, 1 deviates") {
  const std::string file = BANLI_SHARED_DIR "/data/logs/receipt.csv.gz";
  if (!std::filesystem::exists(file)) {
    MESSAGE("skipped: the permit log is not there");
    return;
  }
  const flow_net net = compile(charts::permit()).value();
  int complete = 0;
  int unfinished = 0;
  std::vector<std::string> deviating;
  for (const auto& [name, steps] : read_log(file)) {
    marking m = net.start();
    bool legal = true;
    for (const std::string& step : steps) {
      const auto n = net.index(node_id{step});
      const auto way = n ? net.route(m, *n) : std::nullopt;
      if (!way) {
        deviating.push_back(name + " " + step);
        legal = false;
        break;
      }
      for (const arrow_index a : *way) m = net.take(m, a).value();
      m = net.complete(m, *n).value();
    }
    if (legal) ++(net.finish(m) ? complete : unfinished);
  }
  CHECK(complete == 1'272);
  CHECK(unfinished == 161);
  CHECK(deviating == std::vector<std::string>{"case-7917 T05"});
}
