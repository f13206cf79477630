// Whatever is typed, compiling and evaluating stay within bounds and say what is wrong.
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/expression/program.hpp>

#include "office.hpp"

using namespace banli;

namespace {

void survive(const std::string& source, type_checking check) {
  compile_options how;
  how.check = check;
  how.limits.problem_count = 20;
  const compiled c = compile(source, office::words(), how);
  RC_ASSERT(c.program.has_value() == c.problems.empty());
  RC_ASSERT(c.problems.size() <= 20);
  for (const error& e : c.problems) {
    RC_ASSERT(e.where.line >= 1);
    caret_lines(source, e, how);
  }
  if (!c.program) return;
  const outcome plain = c.program->evaluate(office::facts(), {.cost = 5'000});
  const reasoning told = c.program->explain(office::facts(), {.cost = 5'000});
  RC_ASSERT(plain.is == told.outcome.is);
  if (plain.is == outcome::state::value)
    RC_ASSERT(to_text(plain.value) == to_text(told.outcome.value));
}

const char* const tokens[] = {"case",
                              ".",
                              "elapsed_workdays",
                              "fees",
                              "f",
                              "办件",
                              "已用工作日",
                              "1",
                              "0",
                              "2.5",
                              "3u",
                              "'a'",
                              "b'x'",
                              "\"",
                              "(",
                              ")",
                              "[",
                              "]",
                              "{",
                              "}",
                              ",",
                              ":",
                              "?",
                              "&&",
                              "||",
                              "!",
                              "-",
                              "+",
                              "*",
                              "/",
                              "%",
                              "<",
                              "==",
                              "in",
                              "has",
                              "all",
                              "exists",
                              "map",
                              "filter",
                              "size",
                              "matches",
                              "true",
                              "null",
                              "dyn",
                              "string",
                              "type",
                              "timestamp",
                              "duration('1s')",
                              ".all(x,",
                              ".map(x, [x, x])",
                              "x",
                              "=",
                              ",",
                              "\n",
                              "//",
                              "`a`",
                              ".status"};

} // namespace

TEST_CASE("random bytes neither crash nor pass a bound") {
  CHECK(rc::check([](const std::string& s) { survive(s, type_checking::full); }));
}

TEST_CASE("random soups of tokens neither crash nor pass a bound, checked or not") {
  CHECK(rc::check([] {
    std::string source;
    const int n = *rc::gen::inRange(0, 60);
    for (int i = 0; i < n; ++i) {
      source += tokens[*rc::gen::inRange<std::size_t>(0, std::size(tokens))];
      if (*rc::gen::inRange(0, 2) == 0) source += ' ';
    }
    survive(source, type_checking::full);
    survive(source, type_checking::none);
  }));
}
