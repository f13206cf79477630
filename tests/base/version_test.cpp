#include <doctest/doctest.h>

#include <fmt/format.h>

#include <banli/version.hpp>

TEST_CASE("the version's number and text say the same") {
  CHECK(fmt::format("{}.{}.{}", BANLI_VERSION / 10000, BANLI_VERSION / 100 % 100,
                    BANLI_VERSION % 100) == banli::version);
}
