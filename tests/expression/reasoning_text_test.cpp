#include <banli/expression/reasoning_text.hpp>

#include <doctest/doctest.h>

#include "office.hpp"

using namespace banli;

TEST_CASE("the tree has a line for each part, and a star where it decided") {
  const auto told = [](std::string_view source) {
    const compiled c = compile(source, office::words());
    REQUIRE(c.program);
    return to_text(c.program->explain(office::facts()).root);
  };
  CHECK(told("case.promised_days > 30\n  || case.status == 'open'") ==
        "case.promised_days > 30 || case.status == 'open' = true\n"
        "- case.promised_days > 30 = false\n"
        "  * case.promised_days = 20\n"
        "* case.status == 'open' = true\n"
        "  * case.status = \"open\"\n");
  CHECK(told("case.closed_at > case.started && 1 / 0 > 1") ==
        "case.closed_at > case.started && 1 / 0 > 1 ?\n"
        "* case.closed_at > case.started ?\n"
        "  * case.closed_at ?\n"
        "  * case.started = timestamp(\"2025-10-13T09:00:00Z\")\n"
        "* 1 / 0 > 1 !\n"
        "  * 1 / 0 !\n");
}
