#include <banli/engine/material_need.hpp>

#include <limits>

#include <banli/engine/case_facts.hpp>
#include <banli/expression/bound_values.hpp>

#include "sample.hpp"

using namespace sample;

namespace {

service_item with_materials() {
  service_item i = item();
  i.facts.push_back({"rooms", "房间数", fact_type::integer});
  i.facts.push_back({"use", "用途", fact_type::text});
  i.materials = {{"申请表", "", "", ""},
                 {"加急说明", "", "", ""},
                 {"测绘报告", "", "", ""},
                 {"平均面积表", "", "", ""},
                 {"用途说明", "", "", ""}};
  i.materials[1].when = "form.urgent";
  i.materials[2].when = "form.urgent || 表单.面积 > 500.0";
  i.materials[3].when = "100 / form.rooms > 10";
  i.materials[4].when = "form.use != '办公'";
  return i;
}

std::optional<bool> needed(const fact_values& facts, std::size_t material) {
  return needed_materials(with_materials(), facts).value()[material].needed;
}

} // namespace

TEST_CASE("a material without a condition is always needed, any other when its condition holds") {
  CHECK(compile_materials(with_materials()).good());
  CHECK(needed({}, 0) == true);
  CHECK(needed({{"urgent", true}}, 1) == true);
  CHECK(needed({{"urgent", false}}, 1) == false);
  CHECK(needed({{"urgent", false}, {"area", 500.0}}, 2) == false);
  CHECK(needed({{"urgent", false}, {"area", 500.5}}, 2) == true);
  CHECK(needed({{"rooms", 5.0}}, 3) == true);
  CHECK(needed({{"use", std::string{"办公"}}}, 4) == false);
}

TEST_CASE("what depends on a fact that is not there is undecided, and says on which") {
  const auto needs = needed_materials(with_materials(), {{"urgent", true}}).value();
  REQUIRE(needs.size() == 5);
  CHECK(needs[2].needed == true); // whatever the area is
  CHECK_FALSE(needs[3].needed.has_value());
  CHECK(needs[3].missing == std::vector<std::string>{"form.rooms"});
  CHECK(needs[3].material == 3);
  CHECK_FALSE(needed({{"urgent", false}}, 2).has_value());
}

TEST_CASE("a condition without a value says why") {
  const auto needs = needed_materials(with_materials(), {{"rooms", 0.0}}).value();
  CHECK_FALSE(needs[3].needed.has_value());
  CHECK(needs[3].missing.empty());
  REQUIRE(needs[3].error.has_value());
  CHECK(needs[3].error->code == errc::evaluation_error);
}

TEST_CASE("a fact the item does not have, or of another type, is refused") {
  const auto code = [](const fact_values& facts) {
    return needed_materials(with_materials(), facts).error();
  };
  CHECK(code({{"urgnet", true}}).code == errc::unknown_identifier);
  CHECK(code({{"urgnet", true}}).message.en.find("'urgent'") != std::string::npos);
  for (const fact_values& wrong : {fact_values{{"urgent", 1.0}},
                                   {{"area", true}},
                                   {{"rooms", 1.5}},
                                   {{"rooms", 1e300}},
                                   {{"area", std::numeric_limits<double>::infinity()}},
                                   {{"use", 3.0}}})
    CHECK(code(wrong).code == errc::type_mismatch);
}

TEST_CASE("every wrong condition is told when the item is linked, at its place") {
  service_item i = with_materials();
  i.materials[1].when = "form.urgant";
  i.materials[2].when = "form.area";
  i.materials[3].when = "form.rooms >";
  std::vector<std::string> asked;
  const problems found = link(i, chart(), people(), {[&](std::string_view path) {
                                asked.emplace_back(path);
                                return place{std::string{path}, 7, 11};
                              }})
                             .found;
  REQUIRE(found.size() == 3);
  CHECK(found[0].code == errc::unknown_field);
  CHECK(found[0].message.en.find("'urgent'") != std::string::npos);
  CHECK(found[0].where.file == "/materials/1/when");
  CHECK(found[0].where.column > 11);
  CHECK(found[1].code == errc::type_mismatch);
  CHECK(found[2].code == errc::syntax_error);
  CHECK(needed_materials(i, {}).error().code == errc::unknown_field);
  CHECK(compile_materials(i).problems.size() == 3);
}

TEST_CASE("a definition asks for materials by what is known of the case") {
  const auto linked = link(with_materials(), chart(), people());
  REQUIRE(linked.definition != nullptr);
  REQUIRE(linked.definition->materials.size() == 5);
  CHECK_FALSE(linked.definition->materials[0].has_value());
  bound_values facts;
  facts.set("form.urgent", true);
  CHECK(needed_materials(linked.definition->materials, facts)[1].needed == true);
}
