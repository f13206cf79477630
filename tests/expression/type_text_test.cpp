#include <banli/expression/type_text.hpp>

#include <doctest/doctest.h>

using namespace banli;

TEST_CASE("a type's text gives the type again") {
  for (const char* text :
       {"bool", "int", "uint", "double", "string", "bytes", "timestamp", "duration", "null_type",
        "dyn", "type", "list(int)", "map(string, list(map(int, dyn)))"}) {
    CAPTURE(text);
    const auto t = parse_type(text);
    REQUIRE(t.has_value());
    CHECK(to_string(*t) == text);
  }
  CHECK(to_string(*parse_type(" map( string ,int ) ")) == "map(string, int)");
  CHECK(to_string(*parse_type("list")) == "list(dyn)");
}

TEST_CASE("what is no type is refused, with what was meant") {
  const auto why = [](std::string_view text) {
    const auto t = parse_type(text);
    return t ? std::string("fine") : to_string(t.error(), language::en);
  };
  CHECK(why("strin") == "error[bad-value]: 'strin' is no type; did you mean 'string'?");
  for (const char* text :
       {"", "list(", "list(int", "map(int)", "int)", "list(int) x", "map(int, )"})
    CHECK(why(text).starts_with("error[bad-value]"));
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "list(";
  CHECK(why(deep).starts_with("error[limit-exceeded]"));
}
