#include <banli/item/service_window.hpp>

#include <doctest/doctest.h>

using namespace banli;

TEST_CASE("parts of towns and places in the hall have their words (C26, C32)") {
  CHECK(label(delegation_role::receives) == "代收");
  CHECK(label(delegation_role::acts) == "代办");
  CHECK(label(delegation_role::handles) == "自办");
  CHECK(to_string(delegation_role::acts) == "acts");
  CHECK(label(stationing::in_hall) == "进驻");
  CHECK(label(stationing::outside) == "未进驻");
  CHECK(to_string(stationing::undecided) == "undecided");
}
