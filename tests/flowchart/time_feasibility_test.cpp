#include <banli/flowchart/time_feasibility.hpp>

#include <doctest/doctest.h>

#include "charts.hpp"

using namespace banli;

namespace {

std::string path(const flow_net& net, const time_feasibility& t) {
  std::string out;
  for (const node_index n : t.critical_path) out += (out.empty() ? "" : " ") + net.at(n).shown();
  return out;
}

} // namespace

TEST_CASE("a join waits for its slowest branch") {
  const flow_net net = compile(charts::joint()).value();
  const time_feasibility t = check_time(net);
  CHECK(t.longest == 10);
  CHECK(path(net, t) == "受理 环保审查 决定");
  CHECK(t.loops.empty());
}

TEST_CASE("ways back are left out and reported") {
  const flow_net net = compile(charts::review()).value();
  const time_feasibility t = check_time(net);
  CHECK(t.longest == 4);
  CHECK(path(net, t) == "采集 初审 终审 发布存档");
  REQUIRE(t.loops.size() == 2);
  CHECK(net.at(t.loops[0]).label == "不通过");
}

TEST_CASE("units are brought to working days, excluded procedures count nothing") {
  flowchart c = charts::chart("(s -> a -> b -> c -> d -> [e")
                    .limit("a", {6, limit_unit::workhour})
                    .limit("b", {7, limit_unit::day})
                    .limit("c", {1, limit_unit::week})
                    .limit("d", {0, limit_unit::on_the_spot})
                    .chart;
  CHECK(check_time(compile(c).value()).longest == doctest::Approx(11));
  c.nodes[2].excluded = "hearing";
  CHECK(check_time(compile(c).value()).longest == doctest::Approx(6));
}

TEST_CASE("steps above the promise are a problem that names the way") {
  const flow_net net = compile(charts::joint()).value();
  CHECK(check_time(net, {10, limit_unit::workday}).empty());
  CHECK(check_time(net, {14, limit_unit::day}).empty());
  const locator where = [](std::string_view p) { return place{std::string(p), 1, 1}; };
  const problems p = check_time(net, {9, limit_unit::workday}, where);
  REQUIRE(p.size() == 1);
  CHECK(p[0].code == errc::steps_above_promise);
  CHECK(p[0].where.file == "/nodes/7/limit");
  CHECK(p[0].message.en == "the longest way takes 10 workdays, above the promised 9 workdays: 受理 "
                           "(1 workday), 环保审查 (7 workdays), 决定 (2 workdays)");
  CHECK(p[0].message.zh == "最长路径需 10 个工作日,超过承诺期限9个工作日:受理(1个工作日)、"
                           "环保审查(7个工作日)、决定(2个工作日)");
}

TEST_CASE("a step that lies only on the way back is not on the way") {
  const flowchart c = charts::chart("(s -> a -> ?d -> [e").chain("?d -> fix -> a").chart;
  const flow_net net = compile(c).value();
  CHECK(check_time(net).longest == 1);
  CHECK(net.at(net.from(check_time(net).loops.at(0))).shown() == "fix");
}

TEST_CASE("a bounded way back adds what lies between its ends, as often as it may be taken") {
  flowchart c = charts::chart("(s -> 采集 -> 初审 -> ?d --通过-> 终审 -> [e")
                    .limit("初审", {2, limit_unit::workday})
                    .chain("?d --不通过-> 采集")
                    .chart;
  time_feasibility t = check_time(compile(c).value());
  CHECK(t.longest == 4);
  CHECK(t.with_returns == 4);
  REQUIRE(t.unbounded.size() == 1);
  c.arrows.back().at_most = 2;
  const flow_net net = compile(c).value();
  t = check_time(net);
  CHECK(t.longest == 4);
  CHECK(t.with_returns == 10);
  CHECK(t.loops.size() == 1);
  CHECK(t.unbounded.empty());
  CHECK(check_time(net, {10, limit_unit::workday}).empty());
  const problems p = check_time(net, {9, limit_unit::workday});
  REQUIRE(p.size() == 1);
  CHECK(p[0].code == errc::steps_above_promise);
  CHECK(p[0].message.zh == "计入允许的退回,最长路径需 10 个工作日,超过承诺期限9个工作日:采集"
                           "(1个工作日)、初审(2个工作日)、终审(1个工作日)");
}

TEST_CASE("a bound holds for the steps on the way back behind it") {
  flowchart c = charts::chart("(s -> a -> ?d --ok-> [e")
                    .limit("a", {5, limit_unit::workday})
                    .chain("?d --no-> fix -> a")
                    .chart;
  CHECK(check_time(compile(c).value()).unbounded.size() == 1);
  for (arrow& x : c.arrows)
    if (x.label == "no") x.at_most = 3;
  const time_feasibility t = check_time(compile(c).value());
  CHECK(t.unbounded.empty());
  CHECK(t.with_returns == 5 + 3 * (5 + 1));
}
