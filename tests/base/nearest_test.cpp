#include <banli/base/nearest.hpp>

#include <doctest/doctest.h>

using namespace banli;

TEST_CASE("the nearest name is suggested, and nothing when none is near") {
  const std::vector<std::string> known{"open", "concluded", "初审", "终审", "suspend"};
  for (const auto& [given, expected] : {std::pair{"conclued", "concluded"},
                                        {"opne", "open"},
                                        {"初省", "初审"},
                                        {"终申", "终审"},
                                        {"suspended", "suspend"},
                                        {"xyz", ""},
                                        {"", ""},
                                        {"审", "初审"},
                                        {"open", "open"}}) {
    INFO(given);
    CHECK(nearest(given, known).value_or("") == expected);
  }
  CHECK(!nearest(std::string(200, 'x'), known));
  CHECK(!nearest("a", std::vector<std::string>{"b"})); // one of one: nothing is alike
}

TEST_CASE("a suggestion is a sentence in both languages, or nothing") {
  const std::vector<std::string_view> known{"hearing"};
  CHECK(suggestion("haering", known).en == "; did you mean 'hearing'?");
  CHECK(suggestion("haering", known).zh == ";是否想写“hearing”?");
  CHECK(suggestion("xyz", known) == text{});
}
