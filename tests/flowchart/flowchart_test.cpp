#include <banli/flowchart/flowchart.hpp>

#include <algorithm>
#include <map>

#include <doctest/doctest.h>

#include "charts.hpp"

using namespace banli;
using charts::chart;
using charts::found;

TEST_CASE("good charts have no local fault") {
  CHECK(found(charts::review()).empty());
  CHECK(found(charts::joint()).empty());
  CHECK(found(charts::permit()).empty());
  CHECK(found(charts::consult()).empty());
}

TEST_CASE("each local fault is found at its place") {
  CHECK(found(flowchart{}) == "no-start@/nodes no-end@/nodes");
  CHECK(found(chart("(s -> a -> [e").chain("(s2 -> a").chart) == "bad-arrow@/nodes/3");
  CHECK(found(chart("(s -> a -> ?d -> [e").chain("?d -> (s").chart) == "bad-arrow@/nodes/0");
  CHECK(found(chart("(s -> ?d -> a -> [e").chain("?d -> [e -> a").chart) == "bad-arrow@/nodes/3");
  CHECK(found(chart("(s -> ?d -> a").chain("?d -> [e").chart) == "bad-arrow@/nodes/2");
  CHECK(found(chart("(s -> /f -> a -> [e").chart) == "bad-arrow@/nodes/1");
  CHECK(found(chart("(s -> a -> \\j -> [e").chart) == "bad-arrow@/nodes/2");
  CHECK(found(chart("(s -> a -> [e").chain("a -> b -> [e").chart) == "bad-arrow@/nodes/1");
  CHECK(found(chart("(s -> ?d -> [e").chart) == "bad-arrow@/nodes/1");
  CHECK(found(chart("(s -> a -> [e").when("x").chart) == "bad-arrow@/arrows/1/condition");
  CHECK(found(chart("(s -> ?d --ok-> a -> [e").chain("?d --ok-> [e").chart) ==
        "bad-arrow@/arrows/3/label");
  CHECK(
      found(chart("(s -> ?d -> [e").when("x").chain("?d -> a").when("y").chain("a -> [e").chart) ==
      "missing-default@/nodes/1");
  CHECK(
      found(
          chart("(s -> ?d -> [e").when("x").chain("?d -> a -> [e").chain("?d -> b -> [e").chart) ==
      "bad-arrow@/nodes/1");
  CHECK(found(chart("(s -> *d -> a -> [e").chart) == "bad-arrow@/nodes/1");
  CHECK(found(chart("(s -> a -> &j -> [e").chart) == "bad-arrow@/nodes/2");
  CHECK(found(chart("(s -> ?d -> &j -> a -> [e").chain("?d -> &j -> [e").chart) ==
        "bad-arrow@/nodes/2");
  CHECK(found(chart("(s -> *d -> &j")
                  .when("x")
                  .chain("*d -> a")
                  .when("y")
                  .chain("a -> &j -> [e")
                  .chart) == "missing-default@/nodes/1");
  CHECK(found(chart("(s -> *d --ok-> a -> &j -> [e").chain("*d --ok-> &j").chart) ==
        "bad-arrow@/arrows/4/label");
  CHECK(found(chart("(s -> a -> &j").when("x").chain("(s2 -> &j -> [e").chart) ==
        "bad-arrow@/nodes/3 bad-arrow@/arrows/1/condition");
  CHECK(
      found(chart("(s -> *d -> &j -> /f -> *d").chain("*d -> &j").chain("/f -> [e").chart).empty());
  CHECK(
      found(chart("(s -> ?m -> /g -> &j -> /f -> ?m").chain("/g -> &j").chain("/f -> [e").chart) ==
      "bad-arrow@/nodes/1");
  CHECK(found(chart("(s -> a -> [e").chain("b -> [e").chart) == "unreachable-node@/nodes/3");
  CHECK(found(chart("(s -> ?m -> /f -> ?m").chain("/f -> a -> [e").chart) == "bad-arrow@/nodes/1");
}

TEST_CASE("a step fixes post, duty and time limit; an excluded procedure needs no limit") {
  flowchart c = chart("(s -> a -> [e").chart;
  c.nodes[1].post = {};
  c.nodes[1].duty.clear();
  c.nodes[1].limit.reset();
  CHECK(found(c) ==
        "missing-post@/nodes/1/post missing-duty@/nodes/1/duty missing-limit@/nodes/1/limit");
  c.nodes[1].excluded = "hearing";
  CHECK(found(c) == "missing-post@/nodes/1/post missing-duty@/nodes/1/duty");
}

TEST_CASE("ids are there and are unique") {
  flowchart c = chart("(s -> a -> [e").chart;
  c.nodes.push_back(c.nodes[1]);
  CHECK(found(c) == "duplicate-id@/nodes/3/id bad-arrow@/nodes/3 unreachable-node@/nodes/3");
  c.nodes.back().id = node_id{};
  CHECK(found(c).starts_with("missing-field@/nodes/3/id"));
}

TEST_CASE("a misspelt end is told once, with what was meant") {
  flowchart c = charts::review();
  c.arrows[3].to = node_id{"终申"};
  const problems p = check(c);
  REQUIRE(p.size() == 1);
  CHECK(p[0].code == errc::dangling_arrow);
  CHECK(p[0].message.en == "arrow 4 leads to '终申', which is no node; did you mean '终审'?");
  CHECK(p[0].message.zh == "第 4 条箭头的终点“终申”不是节点;是否想写“终审”?");
  c.arrows[3].to = node_id{"xyz"};
  CHECK(found(c) ==
        "dangling-arrow@/arrows/3/to unreachable-node@/nodes/4 unreachable-node@/nodes/5 "
        "unreachable-node@/nodes/6 unreachable-node@/nodes/7");
}

TEST_CASE("every fault is told at once") {
  flowchart c = charts::review();
  c.nodes[2].post = {};
  c.arrows[0].from = node_id{"开始"};
  c.arrows.push_back({node_id{"采集"}, node_id{"终审"}, {}, "x"});
  std::map<errc, int> codes;
  for (const error& e : check(c)) ++codes[e.code];
  CHECK(codes[errc::missing_post] == 1);
  CHECK(codes[errc::dangling_arrow] == 1);
  CHECK(codes[errc::bad_arrow] >= 2);
}

TEST_CASE("a chart larger than its limits is refused before it is read") {
  CHECK(found(charts::review(), {.nodes = 7, .arrows = 8}) ==
        "limit-exceeded@/nodes limit-exceeded@/arrows");
  CHECK(found(charts::review(), {.nodes = 8, .arrows = 9}).empty());
}

TEST_CASE("an inclusive decision opens no more branches than the limit") {
  CHECK(found(charts::consult(), {.branches = 3}).empty());
  CHECK(found(charts::consult(), {.branches = 2}) == "limit-exceeded@/nodes/2");
}

TEST_CASE("a way back may be bounded where another way is left") {
  const auto bounded = [](charts::writer w, std::size_t arrow, int times) {
    w.chart.arrows[arrow].at_most = times;
    return found(w.chart);
  };
  const charts::writer w = chart("(s -> a -> ?d --ok-> [e").chain("?d --no-> a");
  CHECK(bounded(w, 3, 1).empty());
  CHECK(bounded(w, 3, 0) == "bad-value@/arrows/3/at_most");
  CHECK(bounded(w, 1, 2) == "bad-arrow@/arrows/1/at_most");
  charts::writer by_condition = chart("(s -> a -> ?d -> [e");
  by_condition.when("x").chain("?d -> a");
  CHECK(bounded(by_condition, 2, 1).empty());
  CHECK(bounded(by_condition, 3, 1) == "bad-arrow@/arrows/3/at_most");
}

TEST_CASE("kinds have stable names") {
  CHECK(to_string(node_kind::inclusive_decision) == "inclusive_decision");
  CHECK(to_string(node_kind::inclusive_join) == "inclusive_join");
  CHECK(to_string(node_kind::start) == "start");
  CHECK(to_string(node_kind::join) == "join");
}
