#include <banli/item/catalogue_entry.hpp>

#include <string>

#include <doctest/doctest.h>

using namespace banli;

namespace {

catalogue_entry registration() {
  catalogue_entry e{.id = catalogue_id{"MZ-001"}, .name = "社会团体登记", .type = "XK"};
  e.bases = {{legal_rank::administrative_rule, "《社会团体登记管理条例》", "第九条", ""}};
  e.body = "民政局";
  e.nature = body_nature::authorised_organisation;
  e.description = "社会团体的登记";
  e.statutory = time_limit{60, limit_unit::day};
  e.service = service_test{true, true, true};
  e.superior_body = "省民政厅";
  return e;
}

} // namespace

TEST_CASE("an item takes over what it does not say") {
  service_item i;
  i.name = "社会团体成立登记";
  const service_item whole = inherit(registration(), i);
  CHECK(whole.name == "社会团体成立登记");
  CHECK(whole.catalogue == catalogue_id{"MZ-001"});
  CHECK(whole.type == "XK");
  CHECK(whole.bases == registration().bases);
  CHECK(whole.nature == body_nature::authorised_organisation);
  CHECK(whole.statutory == time_limit{60, limit_unit::day});
  CHECK(whole.service->passed());
  CHECK(whole.superior_body.empty()); // it is not delegated from above
  i.delegated_from_above = true;
  CHECK(inherit(registration(), i).superior_body == "省民政厅");
}

TEST_CASE("an item keeps what it says, lists whole") {
  service_item i;
  i.type = "QR";
  i.bases = {{legal_rank::law, "《慈善法》", "第十条", ""}};
  i.body = "某协会";
  i.statutory = time_limit{30, limit_unit::day};
  const service_item whole = inherit(registration(), i);
  CHECK(whole.type == "QR");
  CHECK(whole.bases == i.bases);
  CHECK(whole.statutory == i.statutory);
  CHECK(whole.nature == body_nature::statutory_organ); // another body, another nature
}

TEST_CASE("what has been taken over stays") {
  service_item i;
  i.name = "x";
  const service_item once = inherit(registration(), i);
  CHECK(inherit(registration(), once) == once);
  CHECK(inherit({}, once).type == "XK");
}

TEST_CASE("each fault of an entry is found") {
  struct fault {
    void (*make)(catalogue_entry&);
    errc code;
    const char* path;
  };
  const fault faults[] = {
      {[](auto& e) { e.id = {}; }, errc::missing_field, "/id"},
      {[](auto& e) { e.name.clear(); }, errc::missing_field, "/name"},
      {[](auto& e) {
         e.bases.push_back({legal_rank::law, "法", "第一条", ""});
       },
       errc::basis_order, "/bases/1"},
      {[](auto& e) { e.nature = body_nature::entrusted_unit; }, errc::missing_entruster,
       "/entruster"},
  };
  CHECK(check(registration()).empty());
  for (const fault& f : faults) {
    catalogue_entry e = registration();
    f.make(e);
    std::string path;
    const problems found = check(e, [&](std::string_view p) {
      path = p;
      return place{};
    });
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == f.code);
    CHECK(path == f.path);
  }
}
