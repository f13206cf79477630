// Who is in the office, and what is wrong with how it is written down.
#include <banli/supervision/supervision_office.hpp>

#include "supervising_county.hpp"

using namespace supervising;

TEST_CASE("a person's rights are his roles and his office") {
  const supervision_office o = county();
  CHECK(check(o).empty());
  const auto r = rights_of(o, person_id{"JC01"});
  REQUIRE(r.has_value());
  CHECK(r->office == department_id{"县监察局"});
  CHECK(r->roles.has(supervision_role::monitor));
  CHECK(!r->roles.has(supervision_role::issuer));
  const auto nobody = rights_of(o, person_id{"JC0l"});
  CHECK(nobody.error().code == errc::not_authorised);
  CHECK(nobody.error().message.zh.find("是否想写“JC01”?") != std::string::npos);
}

TEST_CASE("limits and words have their names, in both languages") {
  const supervision_office o = county_supervision();
  CHECK(limit_of(o, supervision_clock::close) == time_limit{20, limit_unit::workday});
  CHECK(limit_of(o, supervision_clock::transfer) == time_limit{5, limit_unit::workday});
  for (std::size_t i = 0; i < supervision_clock_count; ++i) {
    const auto k = static_cast<supervision_clock>(i);
    CHECK(*parse_supervision_clock(to_string(k)) == k);
    CHECK(*parse_supervision_clock(label(k)) == k);
  }
  for (std::size_t i = 0; i < supervision_role_count; ++i) {
    const auto r = static_cast<supervision_role>(i);
    CHECK(*parse_supervision_role(label(r)) == r);
  }
  CHECK(label_of(o.fault_kinds, "slowness") == "慢作为");
  CHECK(label_of(o.fault_kinds, "gone") == "gone");
}

TEST_CASE("everything that is wrong with an office is found at once, at its place") {
  supervision_office o = county();
  o.offices[0].above = department_id{"市监查局"};
  o.offices[3].id = o.offices[4].id;
  o.offices[2].above = department_id{"省监察厅"};
  o.staff[0].roles.clear();
  o.staff[1].office = department_id{};
  o.staff[2].id = o.staff[3].id;
  o.limits[0] = {0, limit_unit::workday};
  o.channels.push_back({"phone", "电话"});
  o.repeated_within = -1;
  std::string told;
  for (const error& e : check(o, [](std::string_view path) { return place{std::string{path}}; }))
    told += e.where.file + " " + std::string{to_string(e.code)} + '\n';
  // The circle is met from below, too: the city's chain ends in it.
  CHECK(told == "/offices/0/above unknown-reference\n"
                "/offices/1/above bad-value\n"
                "/offices/2/above bad-value\n"
                "/offices/4/id duplicate-id\n"
                "/staff/0 missing-field\n"
                "/staff/1 missing-field\n"
                "/staff/3/id duplicate-id\n"
                "/staff/4/office unknown-reference\n"
                "/limits/review bad-limit\n"
                "/channels/7 duplicate-id\n"
                "/repeated_within bad-value\n");
}
