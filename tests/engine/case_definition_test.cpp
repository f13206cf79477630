#include <banli/engine/case_definition.hpp>

#include <algorithm>

#include "sample.hpp"

using namespace sample;

namespace {

std::vector<errc> codes(const problems& found) {
  std::vector<errc> out;
  for (const error& e : found) out.push_back(e.code);
  return out;
}

bool has(const problems& found, errc code) {
  const auto all = codes(found);
  return std::find(all.begin(), all.end(), code) != all.end();
}

problems linking(const service_item& i, const flowchart& c) { return link(i, c, people()).found; }

} // namespace

TEST_CASE("a good item and a good chart link, and the hash is theirs alone") {
  const auto d = define();
  CHECK(d->hash.size() == 64);
  CHECK(d->hash == define()->hash);
  CHECK(d->time.longest == 13);
}

TEST_CASE("every member of a definition changes its hash") {
  const std::string before = define()->hash;
  service_item i = item();
  flowchart c = chart();
  const auto changed = [&](auto&& change) {
    i = item();
    c = chart();
    change();
    const auto l = link(i, c, people());
    REQUIRE(l.definition != nullptr);
    return l.definition->hash != before;
  };
  CHECK(changed([&] { i.name += "x"; }));
  CHECK(changed([&] { i.phone = "3"; }));
  CHECK(changed([&] { i.promised.count = 19; }));
  CHECK(changed([&] { i.statutory.reset(); }));
  CHECK(changed([&] { i.conditions.push_back("x"); }));
  CHECK(changed([&] { i.charges.push_back({"a", "b"}); }));
  CHECK(changed([&] { i.materials.push_back({"a", "", "", ""}); }));
  CHECK(changed([&] { i.materials.push_back({"", "a", "", ""}); }));
  CHECK(changed([&] { i.facts.pop_back(); }));
  CHECK(changed([&] { i.counting.ends = edges::open; }));
  CHECK(changed([&] { i.supplement = supplement_rule::restarts; }));
  CHECK(changed([&] { i.overtime = overtime_rule::flag; }));
  CHECK(changed([&] { i.refusals_reported = true; }));
  CHECK(changed([&] { i.completion_told = true; }));
  CHECK(changed([&] { i.extension_authority = "纪检监察组"; }));
  CHECK(changed([&] { i.renewal.emplace(); }));
  CHECK(changed([&] { c.nodes[1].duty += "x"; }));
  CHECK(changed([&] { c.nodes[1].limit->count = 1; }));
  CHECK(changed([&] { c.nodes[1].risks.push_back({"a", "", "", ""}); }));
  CHECK(changed([&] { c.arrows[3].label = "同意"; }));
  CHECK(changed([&] { c.nodes[1].persons = {person_id{"P1"}}; }));
  CHECK(changed([&] { c.nodes[2].supervision_points = {"时限"}; }));
  const auto renewed = [](int times) {
    service_item permit = item();
    permit.renewal = renewal_rules{.times = times};
    return define(permit)->hash;
  };
  CHECK(renewed(1) != renewed(2));
  const auto silent = [](bool grants) {
    service_item permit = item();
    permit.renewal = renewal_rules{.silence_grants = grants};
    return define(permit)->hash;
  };
  CHECK(silent(true) == renewed(1));
  CHECK(silent(false) != silent(true));
  const auto bounded = [](int times) {
    flowchart quick = chart();
    quick.nodes[2].limit = time_limit{1, limit_unit::workday};
    quick.arrows[4].at_most = times;
    return define(item(), quick)->hash;
  };
  CHECK(bounded(1) != bounded(2));
}

TEST_CASE("a joint item is handled by all it names, and no material is asked for twice") {
  service_item i = item();
  i.kind = case_kind::joint;
  i.co_handlers = {department_id{"消防"}};
  CHECK(codes(linking(i, joint_chart())) == std::vector{errc::missing_co_handlers});
  flowchart c = joint_chart();
  c.nodes[6].department = department_id{"消防"};
  CHECK(linking(i, c).empty());
  i.materials = {{"章程", "原件", "纸质", ""}, {"章程", "复印件", "纸质", ""}};
  CHECK(codes(linking(i, c)) == std::vector{errc::duplicate_id});
}

TEST_CASE("a dangling reference is found, with the nearest name") {
  service_item i = item();
  i.department = department_id{"民攻局"};
  flowchart c = chart();
  c.nodes[1].post = post_id{"受里岗"};
  c.nodes[2].persons = {person_id{"P1"}, person_id{"P9"}};
  const problems found = linking(i, c);
  CHECK(codes(found) ==
        std::vector{errc::unknown_reference, errc::unknown_reference, errc::unknown_reference});
  CHECK(found[0].message.en.find("did you mean '民政局'") != std::string::npos);
  CHECK(found[1].message.zh.find("受理岗") != std::string::npos);
}

TEST_CASE("a chart that cannot finish is never run") {
  flowchart c = joint_chart();
  c.arrows[7].to = node_id{"合"};
  c.arrows[8].to = node_id{"决定"}; // 复核 no longer goes to the join
  const problems found = linking(item(), c);
  CHECK((has(found, errc::bad_arrow) || has(found, errc::cannot_finish) ||
         has(found, errc::unsafe_place)));
}

TEST_CASE("nobody would choose at an inclusive decision that follows no step") {
  flowchart c = inclusive_chart();
  for (arrow& a : c.arrows) a.condition.clear(); // 涉及 follows 受理
  CHECK(linking(item(), c).empty());
  c.arrows[7].to = node_id{"送"}; // 齐 -> 送
  c.arrows[8].from = node_id{"送"};
  c.arrows[8].to = node_id{"审查"};
  c.arrows.push_back(to("审查", "回"));
  const problems found = linking(item(), c);
  REQUIRE(codes(found) == std::vector{errc::bad_arrow});
  CHECK(found[0].message.en ==
        "inclusive decision '送' follows '齐', which is no step: nobody would choose");
}

TEST_CASE("a chart that looks right and leaves work behind is never run") {
  flowchart c = joint_chart();
  c.nodes.push_back(plain("结论", node_kind::decision));
  c.arrows[7].to = node_id{"结论"}; // 审查 -> 结论 -> join, or straight to the end
  c.arrows.push_back(to("结论", "合", "通过"));
  c.arrows.push_back(to("结论", "结束", "不通过"));
  REQUIRE(check(c).empty());
  CHECK(has(linking(item(), c), errc::improper_finish));
}

TEST_CASE("steps that take longer than the promise are refused, with the path") {
  service_item i = item();
  i.promised.count = 12;
  const problems found = linking(i, chart());
  REQUIRE(codes(found) == std::vector{errc::steps_above_promise});
  CHECK(found[0].message.zh.find("审查") != std::string::npos);
}

TEST_CASE("conditions are typed against the facts of the item") {
  flowchart c = joint_chart();
  for (const auto& [condition, code] : {std::pair{"form.aria > 500.0", errc::unknown_field},
                                        {"form.area > ", errc::syntax_error},
                                        {"form.area", errc::type_mismatch},
                                        {"form.area == 'x'", errc::no_such_overload},
                                        {"case.kind == 'imediate'", errc::unknown_value}}) {
    c.arrows[2].condition = condition;
    INFO(condition);
    CHECK(has(linking(item(), c), code));
  }
}

TEST_CASE("all faults are found at once") {
  service_item i = item();
  i.bases.clear();
  i.phone.clear();
  i.promised = {61, limit_unit::day};
  flowchart c = chart();
  c.nodes[1].duty.clear();
  const problems found = linking(i, c);
  for (const errc e :
       {errc::missing_basis, errc::missing_field, errc::promise_above_statute, errc::missing_duty})
    CHECK(has(found, e));
}

TEST_CASE("what a closed case must have is produced by a step (D19, G03)") {
  service_item i = item();
  flowchart c = chart();
  const auto found = [&] {
    const locator where = [](std::string_view p) { return place{std::string{p}, 0, 0}; };
    std::string out;
    for (const error& e : link(i, c, people(), {where, nowhere}).found)
      out += std::string{to_string(e.code)} + " " + e.where.file + ";";
    return out;
  };
  i.documents = {{"登记证书", node_id{"决定"}}};
  CHECK(found().empty()); // the chart says nothing of documents
  c.nodes[4].documents = {"登记证书", "存根"};
  CHECK(found().empty());
  i.documents[0].step = node_id{"决订"};
  CHECK(found() == "unknown-reference /documents/0/step;");
  i.documents = {"登记正书"};
  CHECK(found() == "unknown-reference /documents/0;");
  CHECK(link(i, c, people()).found[0].message.zh ==
        "流程图中没有环节产生文书“登记正书”;是否想写“登记证书”?");
}
