#include <banli/item/personal_data.hpp>

#include <doctest/doctest.h>

using namespace banli;

TEST_CASE("personal data are masked by what they are, character for character") {
  CHECK(masked(personal_kind::name, "欧阳某某") == "欧***");
  CHECK(masked(personal_kind::name, "王") == "*");
  CHECK(masked(personal_kind::certificate, "110105199003071234") == "1****************4");
  CHECK(masked(personal_kind::certificate, "12345") == "*****");
  CHECK(masked(personal_kind::phone, "13812345678") == "138****5678");
  CHECK(masked(personal_kind::phone, "12345") == "****5");
  CHECK(masked(personal_kind::address, "某县某路1号") == "******");
  CHECK(masked(personal_kind::none, "某县") == "某县");
  for (const personal_kind k : {personal_kind::name, personal_kind::certificate,
                                personal_kind::phone, personal_kind::address})
    CHECK(masked(k, "").empty());
}

TEST_CASE("bytes that are no UTF-8 are masked one by one") {
  CHECK(masked(personal_kind::address, "\xff\xfe") == "**");
  CHECK(masked(personal_kind::name, "\xff\xfe") == "\xff*");
}

TEST_CASE("kinds of personal data have names") {
  CHECK(to_string(personal_kind::certificate) == "certificate");
  CHECK(label(personal_kind::address) == "住址");
}
