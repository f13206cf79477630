#include <banli/item/item_set.hpp>

#include <string>

#include <doctest/doctest.h>

using namespace banli;

namespace {

service_item item(const char* code) {
  service_item i;
  i.code = item_id{code};
  i.name = code;
  i.type = "FW";
  i.flow = flowchart_id{"registration"};
  return i;
}

item_references everything_known() {
  return {.flows = std::vector{flowchart_id{"registration"}},
          .systems = std::vector{business_system_id{"S1"}},
          .laws = std::vector{law_id{"L1"}},
          .entries = std::vector{catalogue_id{"C1"}}};
}

/// "code path" of every fault, in order.
std::string faults(const std::vector<service_item>& items, const item_references& known) {
  std::vector<std::string> places;
  const problems found = check(items, known, [&](std::size_t i, std::string_view path) {
    return place{fmt::format("{}{}", i, path), 1, 1};
  });
  std::string out;
  for (const error& e : found) out += fmt::format("{} {};", to_string(e.code), e.where.file);
  return out;
}

} // namespace

TEST_CASE("items that fit together have no problems") {
  std::vector<service_item> all{item("A"), item("B")};
  all[0].type = "XK";
  all[0].catalogue = catalogue_id{"C1"};
  all[0].business_system = business_system_id{"S1"};
  all[0].bases = {{legal_rank::law, "法", "第一条", "", law_id{"L1"}}};
  all[1].approvals_before = {{item_id{"A"}}, {item_id{}, "规划许可", "市规划局"}};
  CHECK(faults(all, everything_known()).empty());
}

TEST_CASE("each dangling name and each code that is there twice is found at its place") {
  std::vector<service_item> all{item("A"), item("A"), item("B")};
  all[0].flow = flowchart_id{"registraton"};
  all[0].business_system = business_system_id{"S2"};
  all[0].bases = {{legal_rank::law, "法", "第一条", "", law_id{}},
                  {legal_rank::law, "法", "第二条", "", law_id{"L2"}}};
  all[1].catalogue = catalogue_id{"C2"};
  all[2].approvals_before = {{item_id{"A"}}, {item_id{"C"}}};
  all[2].approvals_after = {{item_id{"D"}}};
  CHECK(faults(all, everything_known()) ==
        "unknown-reference 0/flow;unknown-reference 0/business_system;"
        "unknown-reference 0/bases/1/law;duplicate-code 1/code;unknown-reference 1/catalogue;"
        "unknown-reference 2/approvals_before/1/item;unknown-reference 2/approvals_after/0/item;");
}

TEST_CASE("what is not known is not judged, and what is known to be empty is") {
  std::vector<service_item> all{item("A")};
  all[0].business_system = business_system_id{"S2"};
  all[0].catalogue = catalogue_id{"C2"};
  CHECK(faults(all, {}).empty());
  CHECK(faults(all, {.systems = std::vector<business_system_id>{}}) ==
        "unknown-reference 0/business_system;");
}

TEST_CASE("an approval item belongs to an entry, a service may do without") {
  std::vector<service_item> all{item("A"), item("B"), item("C")};
  all[0].type = "XK";
  all[1].type = "SP";
  CHECK(faults(all, everything_known()) == "missing-catalogue 0/catalogue;missing-catalogue "
                                           "1/catalogue;");
  const problems found = check(std::span<const service_item>{all}, everything_known());
  CHECK(found[0].code == errc::missing_catalogue);
  CHECK(faults(all, {}).empty());
}

TEST_CASE("a name that dangles is told the name that was meant") {
  std::vector<service_item> all{item("A")};
  all[0].flow = flowchart_id{"registraton"};
  const problems found = check(std::span<const service_item>{all}, everything_known());
  REQUIRE(found.size() == 1);
  CHECK(found[0].message.zh == "没有流程图“registraton”;是否想写“registration”?");
}

TEST_CASE("no more faults are said than are asked for") {
  const std::vector<service_item> all(50, item("A"));
  const problems found = check(
      std::span<const service_item>{all}, {}, [](std::size_t, std::string_view) { return place{}; },
      10);
  REQUIRE(found.size() == 11);
  CHECK(found.back().code == errc::limit_exceeded);
}
