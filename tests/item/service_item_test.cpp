#include <banli/item/service_item.hpp>

#include <algorithm>

#include <doctest/doctest.h>

using namespace banli;

namespace {

service_item good() {
  service_item i;
  i.code = item_id{"62052400MZ-XK-0001"};
  i.type = "XK";
  i.name = "社会团体成立登记";
  i.bases = {{legal_rank::administrative_rule, "《社会团体登记管理条例》", "第十二条", ""},
             {legal_rank::normative_document, "《通知》", "第一条", ""}};
  i.body = "民政局";
  i.department = department_id{"民政局"};
  i.section = "科";
  i.phone = "1";
  i.supervision_phone = "2";
  i.flow = flowchart_id{"f"};
  i.statutory = time_limit{60, limit_unit::day};
  i.promised = {20, limit_unit::workday};
  return i;
}

struct fault {
  const char* what;
  void (*make)(service_item&);
  errc code;
  const char* path;
};

} // namespace

TEST_CASE("a good item has no problems") { CHECK(check(good()).empty()); }

TEST_CASE("each fault is found in its field") {
  const fault faults[] = {
      {"no code", [](auto& i) { i.code = {}; }, errc::missing_field, "/code"},
      {"no section", [](auto& i) { i.section.clear(); }, errc::missing_field, "/section"},
      {"no supervision phone", [](auto& i) { i.supervision_phone.clear(); }, errc::missing_field,
       "/supervision_phone"},
      {"no flowchart", [](auto& i) { i.flow = {}; }, errc::missing_field, "/flow"},
      {"bad code", [](auto& i) { i.code = item_id{"62052400MZ-XK-000A"}; }, errc::bad_item_code,
       "/code"},
      {"code of another type", [](auto& i) { i.type = "CF"; }, errc::bad_item_code, "/type"},
      {"no basis", [](auto& i) { i.bases.clear(); }, errc::missing_basis, "/bases"},
      {"no article", [](auto& i) { i.bases[1].article.clear(); }, errc::missing_field, "/bases/1"},
      {"bases out of order", [](auto& i) { i.bases[1].rank = legal_rank::law; }, errc::basis_order,
       "/bases/1"},
      {"no entruster", [](auto& i) { i.nature = body_nature::entrusted_unit; },
       errc::missing_entruster, "/entruster"},
      {"joint alone", [](auto& i) { i.kind = case_kind::joint; }, errc::missing_co_handlers,
       "/co_handlers"},
      {"delegated by nobody", [](auto& i) { i.delegated_from_above = true; },
       errc::missing_superior, "/superior_body"},
      {"a certificate without a name",
       [](auto& i) {
         i.certificates = {{"登记证书"}, {""}};
       },
       errc::unnamed_certificate, "/certificates/1"},
      {"a fact twice",
       [](auto& i) {
         i.facts = {{"area", "", fact_type::decimal}, {"area", "面积", fact_type::text}};
       },
       errc::duplicate_id, "/facts/1"},
      {"a benchmark over a fact it has not",
       [](auto& i) {
         i.facts = {{"amount", "", fact_type::decimal}};
         i.benchmarks = {{"无证经营", "", {{"轻微", {{"amuont", 0.0}}, {{"警告"}}}}}};
       },
       errc::unknown_identifier, "/benchmarks/0/bands/0/when/0/fact"},
      {"slow on the spot", [](auto& i) { i.kind = case_kind::immediate; }, errc::bad_value,
       "/promised"},
      {"promise above the law", [](auto& i) { i.promised.count = 43; }, errc::promise_above_statute,
       "/promised"},
  };
  for (const fault& f : faults) {
    INFO(f.what);
    service_item i = good();
    f.make(i);
    std::string path;
    const problems found = check(i, [&](std::string_view p) {
      path = p;
      return place{"i.yaml", 1, 1};
    });
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == f.code);
    CHECK(path == f.path);
  }
}

TEST_CASE("no basis stands below one of lower rank, for any two of the six ranks (A20)") {
  constexpr int ranks = 6;
  for (int first = 0; first < ranks; ++first)
    for (int second = 0; second < ranks; ++second) {
      service_item i = good();
      i.bases[0].rank = static_cast<legal_rank>(first);
      i.bases[1].rank = static_cast<legal_rank>(second);
      const problems found = check(i);
      CAPTURE(label(i.bases[0].rank));
      CAPTURE(label(i.bases[1].rank));
      CHECK(found.size() == (second < first ? 1U : 0U));
    }
  CHECK(label(static_cast<legal_rank>(0)) == "宪法");
  CHECK(label(static_cast<legal_rank>(ranks - 1)) == "规范性文件");
}

TEST_CASE("an item that says nothing has a fault in every field that must be filled in") {
  std::string paths;
  const problems found = check(service_item{}, [&](std::string_view p) {
    paths += std::string{p} + ' ';
    return place{};
  });
  CHECK(paths == "/code /type /name /body /department /section /phone /supervision_phone /flow "
                 "/bases ");
}

TEST_CASE("limits of different units are compared by the measure that is written down") {
  CHECK(!longer({42, limit_unit::workday}, {60, limit_unit::day})); // 42 * 7/5 = 58.8 days
  CHECK(longer({43, limit_unit::workday}, {60, limit_unit::day}));
  CHECK(!longer({60, limit_unit::day}, {2, limit_unit::month}));
  CHECK(!longer({60, limit_unit::day}, {60, limit_unit::day})); // a promise may use up the law
  CHECK(longer({61, limit_unit::day}, {60, limit_unit::day}));
  CHECK(longer({366, limit_unit::day}, {331, limit_unit::yearly_date}));
  CHECK(!longer({11, limit_unit::month}, {331, limit_unit::yearly_date}));
  CHECK(!longer({0, limit_unit::on_the_spot}, {1, limit_unit::hour}));
  CHECK(longer({7, limit_unit::workhour}, {1, limit_unit::workday}));
}
