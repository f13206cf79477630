// Eight bytes at a time must say what one byte at a time says.
#include <algorithm>
#include <random>

#include <doctest/doctest.h>

#include "base/byte_words.hpp"

using namespace banli::detail;

TEST_CASE("every byte at every place of every length is judged as by itself") {
  const auto is = [](unsigned char byte, bool control, bool ascii, bool plain) {
    for (std::size_t size = 1; size < 26; ++size)
      for (std::size_t place = 0; place < size; ++place) {
        std::string s(size, 'm');
        s[place] = static_cast<char>(byte);
        REQUIRE(has_control(s) == control);
        REQUIRE(is_plain_ascii(s) == ascii);
        REQUIRE(needs_no_escape(s) == plain);
      }
  };
  for (int n = 0; n < 256; ++n) {
    CAPTURE(n);
    const bool control = n < 0x20;
    is(static_cast<unsigned char>(n), control, !control && n < 0x80,
       !control && n != '"' && n != '\\');
  }
  for (const auto judge : {has_control, is_plain_ascii, needs_no_escape})
    CHECK(judge({}) == (judge != has_control));
}

TEST_CASE("UTF-8 by words is UTF-8") {
  std::mt19937 random{5};
  // Whole characters of every size and, now and then, a byte that is out of place.
  const std::string_view pieces[] = {"a",        "abcdefgh",     "é",
                                     "同",       "𠀀",           "\x80",
                                     "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                     "\xE5\x90"};
  int good = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string s;
    const bool clean = random() % 2 == 0;
    for (auto n = random() % 12; n > 0; --n) s += pieces[random() % (clean ? 5 : 10)];
    REQUIRE(is_utf8_by_words(s) == is_utf8(s));
    good += is_utf8(s) ? 1 : 0;
  }
  CHECK(good > 10'000);
  CHECK(good < 18'000);
}
