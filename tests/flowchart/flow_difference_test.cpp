#include <banli/flowchart/flow_difference.hpp>

#include <doctest/doctest.h>

#include "charts.hpp"

using namespace banli;

namespace {

flow_version version(const charts::writer& w) { return {*compile(w.chart), std::nullopt}; }

charts::writer long_way() {
  charts::writer w;
  w.chain("(开始 -> 受理 -> 初审 -> 复审 -> 决定 -> [办结");
  w.limit("初审", {5, limit_unit::workday}).limit("复审", {5, limit_unit::workday});
  w.limit("决定", {4, limit_unit::workday});
  return w;
}

charts::writer short_way() {
  charts::writer w;
  w.chain("(开始 -> 受理 -> 审查 -> 决定 -> [办结");
  w.limit("审查", {5, limit_unit::workday}).limit("决定", {3, limit_unit::workday});
  return w;
}

std::vector<std::string> texts(const std::vector<node_id>& ids) {
  std::vector<std::string> out;
  for (const node_id& id : ids) out.push_back(id.text());
  return out;
}

} // namespace

TEST_CASE("two versions: steps, days and compression rates (H24)") {
  const flow_difference d = compare(version(long_way()), version(short_way()));
  CHECK(d.steps_before == 4);
  CHECK(d.steps_after == 3);
  CHECK(d.step_compression() == 0.25);
  CHECK(d.days_before == 15);
  CHECK(d.days_after == 9);
  CHECK(d.day_compression() == 0.4);
  CHECK_FALSE(d.promised);
  CHECK(texts(d.removed) == std::vector<std::string>{"初审", "复审"});
  CHECK(texts(d.added) == std::vector<std::string>{"审查"});
  CHECK(d.changed == std::vector<step_change>{{node_id{"决定"}, {"limit"}}});
  CHECK_FALSE(d.same());
}

TEST_CASE("a version is the same as itself, and the other way round the rates turn negative") {
  const flow_difference none = compare(version(long_way()), version(long_way()));
  CHECK(none.same());
  CHECK(none.day_compression() == 0);
  const flow_difference back = compare(version(short_way()), version(long_way()));
  CHECK(back.step_compression() < 0);
  CHECK(texts(back.added) == std::vector<std::string>{"初审", "复审"});
}

TEST_CASE("days are the promised ones where both promises are known") {
  flow_version before = version(long_way());
  flow_version after = version(short_way());
  before.promised = time_limit{20, limit_unit::workday};
  CHECK_FALSE(compare(before, after).promised);
  after.promised = time_limit{12, limit_unit::workday};
  const flow_difference d = compare(before, after);
  CHECK(d.promised);
  CHECK(d.days_before == 20);
  CHECK(d.day_compression() == 0.4);
}

TEST_CASE("each field of a step that changed is named, and an arrow that moved is seen") {
  const charts::writer plain = long_way();
  charts::writer other = long_way();
  node& n = other.chart.nodes[2];
  n.label = "初步审查";
  n.post = post_id{"另一岗"};
  n.department = department_id{"另一局"};
  n.duty = "另一职责";
  n.excluded = "hearing";
  n.documents = {"笔录"};
  n.risks = {{"风险", "", "", ""}};
  n.persons = {person_id{"甲"}};
  n.supervision_points = {"受理时间"};
  const flow_difference d = compare(version(plain), version(other));
  REQUIRE(d.changed.size() == 1);
  CHECK(d.changed[0].fields == std::vector<std::string>{"label", "post", "department", "duty",
                                                        "excluded", "documents", "risks", "persons",
                                                        "supervision_points"});
  const charts::writer back = charts::chart("(s -> a -> ?d --ok-> [e").chain("?d --no-> a");
  charts::writer bounded = back;
  bounded.chart.arrows.back().at_most = 1;
  CHECK(compare(version(back), version(bounded)).rerouted);
  CHECK_FALSE(d.rerouted);
  charts::writer turned;
  turned.chain("(开始 -> 受理 -> 复审 -> 初审 -> 决定 -> [办结");
  for (const char* step : {"初审", "复审"}) turned.limit(step, {5, limit_unit::workday});
  turned.limit("决定", {4, limit_unit::workday});
  const flow_difference moved = compare(version(plain), version(turned));
  CHECK(moved.rerouted);
  CHECK(moved.changed.empty());
  CHECK(moved.added.empty());
}
