#include <banli/flowchart/migration.hpp>

#include <array>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "charts.hpp"
#include "naive_game.hpp"

using namespace banli;
using charts::chart;

namespace {

flow_net net_of(const charts::writer& w) { return compile(w.chart).value(); }

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& n : names) out += (out.empty() ? "" : " ") + n;
  return out;
}

} // namespace

TEST_CASE("tokens whose places are still there stay, others go where they are told") {
  const flow_net before = net_of(chart("(s -> 受理 -> 初审 -> 复审 -> 决定 -> [办结"));
  const flow_net after = net_of(chart("(s -> 受理 -> 审查 -> 决定 -> [办结"));
  const auto at = [&](const char* s) { return before.parse_marking(s).value(); };
  CHECK(after.to_text(migrate(before, at("决定"), after).value()) == "决定");
  const error gone = migrate(before, at("复审"), after).error();
  CHECK(gone.code == errc::unknown_step);
  CHECK(joined(migration_targets(before, at("复审"), "复审", after)) == "受理 审查 决定 [办结");
  CHECK(after.to_text(
            migrate(before, at("复审"), after, std::array{token_move{"复审", "审查"}}).value()) ==
        "审查");
  const error not_there =
      migrate(before, at("决定"), after, std::array{token_move{"复审", "审查"}}).error();
  CHECK(not_there.code == errc::unknown_step);
  CHECK(not_there.message.en == "no token rests at '复审'; there are some at 决定");
}

TEST_CASE("a marking from which the case could not finish is refused with the reason") {
  const flow_net before = net_of(chart("(s -> a -> b -> c -> [e"));
  const flow_net after =
      net_of(chart("(s -> a -> /f -> b -> \\j -> c -> [e").chain("/f -> x -> \\j"));
  const auto at = [&](const char* s) { return before.parse_marking(s).value(); };
  const error alone = migrate(before, at("b"), after).error();
  CHECK(alone.code == errc::cannot_finish);
  CHECK(alone.message.zh == "按流程图“test”,没有办件会处于“b”并由此办结");
  CHECK(joined(migration_targets(before, at("b"), "b", after)) == "a c [e");
  CHECK(after.to_text(
            migrate(before, at("b"), after, std::array{token_move{"b", "b+x"}}).value()) == "b+x");
  const flow_net trap = net_of(chart("(s -> a -> ?d -> [e").chain("?d -> b -> c -> b"));
  CHECK(migrate(before, at("b"), trap).error().code == errc::cannot_finish);
  CHECK(joined(migration_targets(before, at("b"), "b", trap)) == "a ?d [e");
}

TEST_CASE("a join whose last branch the new version took away opens at once") {
  const flow_net before = net_of(
      chart("(s -> /f -> a -> \\j -> z -> [e").chain("/f -> b -> \\j").chain("/f -> c -> \\j"));
  const flow_net after = net_of(chart("(s -> /f -> a -> \\j -> z -> [e").chain("/f -> b -> \\j"));
  const marking at = before.parse_marking("a>\\\\j+b>\\\\j+c").value();
  CHECK(migrate(before, at, after).error().code == errc::unknown_step);
  const auto merged = migrate(before, at, after, std::array{token_move{"c", "b"}});
  CHECK(merged.error().code == errc::cannot_finish); // one branch too many
  const marking two = before.parse_marking("a>\\\\j+c").value();
  CHECK(after.to_text(
            migrate(before, two, after, std::array{token_move{"c", "b>\\\\j"}}).value()) == "z");
  CHECK(migrate(before, two, after, std::array{token_move{"c", "a>\\\\j"}}).error().code ==
        errc::unsafe_place);
}

TEST_CASE("past 100,000 markings nothing is claimed") {
  charts::writer w = chart("(s -> /f -> b0 -> \\j -> [e");
  for (int i = 1; i < 18; ++i) w.chain("/f -> b" + std::to_string(i) + " -> \\j");
  const flow_net large = compile(w.chart).value();
  marking at; // all but one branch are done: the search does not come that far
  for (int i = 1; i < 18; ++i)
    for (const std::size_t p :
         large.parse_marking("b" + std::to_string(i) + ">\\\\j").value().places())
      at.put(p);
  for (const std::size_t p : large.parse_marking("b0").value().places()) at.put(p);
  CHECK(migrate(large, at, large).error().code == errc::not_decided);
}

TEST_CASE("every marking of a sound chart migrates to the same chart as it is") {
  CHECK(rc::check([](std::uint32_t seed) {
    charts::random_chart random(seed);
    const flowchart c = random.sound();
    if (c.nodes.size() > 25) return;
    const flow_net net = compile(c).value();
    const naive::game g(c);
    naive::tokens now = g.start().value();
    for (int i = 0; i < 10; ++i) {
      marking m;
      for (const auto& [where, count] : now) {
        const arrow* const on = where[0] == 'a' ? &c.arrows[std::stoul(where.substr(2))] : nullptr;
        if (on != nullptr && std::count_if(c.arrows.begin(), c.arrows.end(), [&](const arrow& a) {
                               return a.from == on->from && a.to == on->to;
                             }) > 1)
          return; // two arrows of one name
        std::string text;
        for (const char ch : on ? on->from.text() + '\n' + on->to.text() : where.substr(2))
          text += ch == '\\' ? "\\\\" : ch == '\n' ? ">" : std::string(1, ch);
        for (const std::size_t p : net.parse_marking(text).value().places()) m.put(p);
      }
      RC_ASSERT(migrate(net, m, net).value() == m);
      const auto moves = g.moves(now);
      if (moves.empty()) return;
      now = g.move(now, moves[random.pick(moves.size())]).value();
    }
  }));
}
