#include <banli/expression/free_names.hpp>

#include <doctest/doctest.h>

#include "office.hpp"

using namespace banli;

TEST_CASE("free names are those that nothing defines") {
  using names = std::vector<std::string>;
  CHECK(free_names("a.b > 3 && [1, 2].exists(e, e == n) || a.c") == names{"a", "n"});
  CHECK(free_names("int(x) + math.abs(y) == size(\"z\") ? int : 办件.状态") ==
        names{"x", "y", "办件"});
  CHECK(free_names("case.status == s", office::words()) == names{"s"});
  CHECK(free_names("cel.bind(v, w, v + v)") == names{"w"});
  CHECK(free_names("1 +").empty());
  expression_limits none;
  none.source_bytes = 0;
  CHECK(free_names("a", {}, none).empty());
}
