#include <banli/base/utf8.hpp>

#include <tuple>

#include <doctest/doctest.h>

using namespace banli::detail;

TEST_CASE("well-formed text is decoded, and nothing else is") {
  for (const auto& [text, point, size] :
       std::initializer_list<std::tuple<const char*, char32_t, std::size_t>>{
           {"a", U'a', 1U}, {"é", U'é', 2U}, {"初", U'初', 3U}, {"𠮷", U'𠮷', 4U}}) {
    CHECK(decode(text, 0).point == point);
    CHECK(decode(text, 0).size == size);
  }
  for (const char* bad :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE5\x88", "\xE5\x88x", "\xFF"}) {
    CHECK(decode(bad, 0).size == 0);
    CHECK(!is_utf8(bad));
    CHECK(decode_any(bad, 0).size == 1);
  }
}

TEST_CASE("every code point goes through UTF-8 and back") {
  for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 101) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string s;
    encode(c, s);
    REQUIRE(decode(s, 0).point == c);
    REQUIRE(decode(s, 0).size == s.size());
  }
}

TEST_CASE("characters, bytes and cells are three numbers") {
  CHECK(count_points("初审a") == 3);
  CHECK(count_cells("初审a") == 5);
  CHECK(count_cells("\xFF") == 1);
  CHECK(!is_wide(U'a'));
  CHECK(is_wide(U'，'));
}
