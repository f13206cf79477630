#include <banli/base/mask.hpp>

#include <doctest/doctest.h>

using namespace banli;

TEST_CASE("a name keeps its first character") {
  CHECK(mask_name("张三") == "张*");
  CHECK(mask_name("欧阳小明") == "欧***");
  CHECK(mask_name("张") == "张*");
  CHECK(mask_name("") == "");
  CHECK(mask_name(std::string(100, 'a')) == "a" + std::string(20, '*'));
  CHECK(mask_name("\xFF\xFE") == "\xFF*"); // no UTF-8: byte by byte
}

TEST_CASE("a certificate number keeps six and four, a short one less") {
  CHECK(mask_number("62052419900101123X") == "620524********123X");
  CHECK(mask_number("620524900101123") == "620524*****1123");
  CHECK(mask_number("E12345678") == "E1*****78");
  CHECK(mask_number("1234567") == "*******");
  CHECK(mask_number("") == "");
}

TEST_CASE("a telephone number keeps three and four, a short one its last two") {
  CHECK(mask_phone("13800001234") == "138****1234");
  CHECK(mask_phone("0938-3221234") == "093*****1234");
  CHECK(mask_phone("3221234") == "*****34");
  CHECK(mask_phone("110") == "***");
}

TEST_CASE("long numbers are masked where they stand") {
  CHECK(mask_numbers_in("电话13800001234。") == "电话138****1234。");
  CHECK(mask_numbers_in("证62052419900101123X,面积1234567890") ==
        "证620524********123X,面积1234567890");
  CHECK(mask_numbers_in("") == "");
}
