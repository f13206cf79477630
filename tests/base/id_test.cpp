#include <banli/base/id.hpp>

#include <unordered_set>

#include <doctest/doctest.h>

using namespace banli;

TEST_CASE("identifiers compare and hash like their text") {
  CHECK(case_id{"甲"} == case_id{std::string{"甲"}});
  CHECK(case_id{"a"} < case_id{"b"});
  CHECK(case_id{}.empty());
  const std::unordered_set<node_id> seen{node_id{"初审"}, node_id{"终审"}, node_id{"初审"}};
  CHECK(seen.size() == 2);
}
