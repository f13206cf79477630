#include <banli/flowchart/separation.hpp>

#include <doctest/doctest.h>

#include <banli/flowchart/flowchart.hpp>

using namespace banli;

namespace {

/// 受理 -> 审查, with separations.
flowchart kept_apart(std::vector<separation> separations) {
  flowchart c;
  c.id = flowchart_id{"f"};
  c.name = "f";
  for (const char* id : {"始", "受理", "审查", "终"}) {
    node n;
    n.id = node_id{id};
    n.kind = std::string_view{id} == "始"   ? node_kind::start
             : std::string_view{id} == "终" ? node_kind::end
                                            : node_kind::step;
    if (n.kind == node_kind::step) {
      n.post = post_id{"岗"};
      n.duty = "办理";
      n.limit = time_limit{1, limit_unit::workday};
    }
    c.nodes.push_back(n);
  }
  c.arrows = {{node_id{"始"}, node_id{"受理"}},
              {node_id{"受理"}, node_id{"审查"}},
              {node_id{"审查"}, node_id{"终"}}};
  c.separations = std::move(separations);
  return c;
}

std::string separation_faults(const flowchart& c, const flowchart_limits& limits = {}) {
  std::string out;
  for (const error& e : check(
           c,
           [](std::string_view p) {
             return place{std::string{p}, 0, 0};
           },
           limits))
    out += fmt::format("{} {};", to_string(e.code), e.where.file);
  return out;
}

} // namespace

TEST_CASE("a separation names two duties at least, steps that are there, each once") {
  const node_id one{"受理"}, two{"审查"};
  CHECK(separation_faults(kept_apart({{"甲", {one, two}}, {"乙", {one}, true}})).empty());
  CHECK(separation_faults(kept_apart({{"甲", {one}}})) == "bad-value /separations/0;");
  CHECK(separation_faults(kept_apart({{"甲", {}, true}})) == "bad-value /separations/0;");
  CHECK(separation_faults(kept_apart({{"", {one, two}}})) == "missing-field /separations/0;");
  CHECK(separation_faults(kept_apart({{"甲", {one, two}}, {"甲", {one, two}}})) ==
        "duplicate-id /separations/1/name;");
  CHECK(separation_faults(kept_apart({{"甲", {one, two, one}}})) ==
        "duplicate-id /separations/0/steps/2;");
  CHECK(separation_faults(kept_apart({{"甲", {one, node_id{"始"}}}})) ==
        "unknown-reference /separations/0/steps/1;");
  flowchart_limits few;
  few.separations = 1;
  CHECK(separation_faults(kept_apart({{"甲", {one, two}}, {"乙", {one, two}}}), few) ==
        "limit-exceeded /separations;");
}
