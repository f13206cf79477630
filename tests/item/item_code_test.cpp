#include <banli/item/item_code.hpp>

#include <doctest/doctest.h>

using namespace banli;

TEST_CASE("a code is read into its parts and written back (B02-B12)") {
  const auto c = parse_item_code("62052400MZ-XK-0001");
  REQUIRE(c.has_value());
  CHECK(c->area == "62052400");
  CHECK(c->department == "MZ");
  CHECK(c->body() == "62052400MZ");
  CHECK(c->type == "XK");
  CHECK(c->number == 1);
  CHECK(to_text(*c) == "62052400MZ-XK-0001");
  for (const auto& [code, level] : {std::pair{"62000000MZ-XK-0001", area_level::province},
                                    {"62050000MZ-XK-0001", area_level::city},
                                    {"62052400GS-DL-0003", area_level::county},
                                    {"62052403MZ-XK-9999", area_level::town}})
    CHECK(parse_item_code(code)->level() == level);
}

TEST_CASE("an error points at the exact character") {
  for (const auto& [code, column] : {std::pair{"", 1},
                                     {"6205240", 8},
                                     {"62052400mZ-XK-0001", 9},
                                     {"62052400MZXK-0001", 11},
                                     {"62052400MZ-X1-0001", 13},
                                     {"62052400MZ-XK-000A", 18},
                                     {"62052400MZ-XK-0000", 18},
                                     {"62052400MZ-XK-00011", 19},
                                     {"62002400MZ-XK-0001", 5},
                                     {"62050024MZ-XK-0001", 7}}) {
    INFO(code);
    const auto c = parse_item_code(code);
    REQUIRE(c.has_error());
    CHECK(c.error().code == errc::bad_item_code);
    CHECK(c.error().where.column == column);
  }
}
