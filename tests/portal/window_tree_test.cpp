#include <banli/portal/window_tree.hpp>

#include <doctest/doctest.h>

#include "small_office.hpp"

using namespace banli;
using namespace banli::test;

namespace {

std::vector<service_place> four_levels() {
  return {{"TS", "天水市政务服务中心", place_level::city},
          {"YL", "样例县政务服务中心", place_level::county, "TS"},
          {"YL-BDC", "不动产登记分厅", place_level::county, "YL", place_kind::sub_hall},
          {"CG", "城关镇便民服务中心", place_level::town, "YL"},
          {"CG-01", "东街社区便民服务站", place_level::village, "CG", place_kind::station},
          {"LY-01", "林场便民服务站", place_level::village, "YL", place_kind::station}};
}

std::vector<errc> faults_of(const std::vector<service_place>& places) {
  std::vector<errc> out;
  for (const error& e : check(places)) out.push_back(e.code);
  return out;
}

} // namespace

TEST_CASE("places stand below one another from the city to the village") {
  const window_tree t = window_tree::build(four_levels()).value();
  CHECK(t.chain("CG-01") == std::vector<std::string>{"TS", "YL", "CG", "CG-01"});
  CHECK(t.chain("nowhere").empty());
  CHECK(t.below("YL") == std::vector<std::string>{"YL-BDC", "CG", "LY-01"});
  CHECK(t.below("") == std::vector<std::string>{"TS"});
  CHECK(t.count("YL", place_level::village) == 2);
  CHECK(t.count("CG", place_level::village) == 1);
  CHECK(t.count("TS", place_level::county) == 2);
  CHECK(t.find("CG")->level == place_level::town);
  CHECK(t.find("XX") == nullptr);
}

TEST_CASE("a town offers what it receives for the county, the county what stands in its hall") {
  const window_tree t = window_tree::build(four_levels()).value();
  const auto& items = small_office().items;
  const item_id one = items[0].code;
  CHECK(t.served("YL", items) == std::vector<served_item>{{one, "YL", "3号窗口", std::nullopt}});
  CHECK(t.served("CG", items) ==
        std::vector<served_item>{{one, "CG", "1号窗口", delegation_role::receives}});
  CHECK(t.served("TS", items).empty());
  CHECK(t.served_below("TS", items).size() == 2);
  CHECK(t.served_below("CG", items).size() == 1);
  CHECK(t.served("nowhere", items).empty());
}

TEST_CASE("what cannot stand is said, all at once") {
  std::vector<service_place> p = four_levels();
  CHECK(check(p).empty());
  p[3].parent = "YLL";            // no such place
  p[4].level = place_level::town; // a town below a town
  p.push_back({"CG", "", place_level::town});
  p.push_back({"F", "分厅", place_level::county, "", place_kind::sub_hall});
  p.push_back({"", "城关镇便民服务中心", place_level::town});
  const auto found = faults_of(p);
  CHECK(found == std::vector{errc::unknown_reference, errc::bad_value, errc::missing_field,
                             errc::duplicate_id, errc::bad_value, errc::missing_field,
                             errc::duplicate_id});
  CHECK(refused(window_tree::build(p)) == errc::unknown_reference);
  CHECK(check(p,
              [](std::string_view path) {
                return place{std::string{path}, 0, 0};
              })[0]
            .where.file == "/3/parent");
  std::vector<service_place> ring{{"A", "甲", place_level::county, "B", place_kind::sub_hall},
                                  {"B", "乙", place_level::county, "A", place_kind::sub_hall}};
  CHECK(faults_of(ring).size() == 4); // neither is a main hall, and both stand below themselves
  CHECK(refused(window_tree::build(four_levels(), {.places = 5})) == errc::limit_exceeded);
  CHECK(parse_place_level("乡镇(街道)").value() == place_level::town);
  CHECK(parse_place_kind("station").value() == place_kind::station);
  CHECK(refused(parse_place_level("tow")) == errc::unknown_value);
}
