// Functions that the host adds to the language.
#include <string>

#include <doctest/doctest.h>

#include <banli/expression/bound_values.hpp>
#include <banli/expression/program.hpp>

using namespace banli;

namespace {

environment host_words(int* calls = nullptr) {
  environment env;
  env.declare("n", type_kind::integer).declare("w", type_kind::string);
  env.declare(host_function{"twice",
                            false,
                            {type_kind::integer},
                            type_kind::integer,
                            [calls](std::span<const value> v) -> result<value> {
                              if (calls) ++*calls;
                              return value(2 * *v[0].as_int());
                            }});
  env.declare(host_function{"twice",
                            false,
                            {type_kind::string},
                            type_kind::string,
                            [](std::span<const value> v) -> result<value> {
                              return value(*v[0].as_string() + *v[0].as_string());
                            }});
  env.declare(host_function{"sum",
                            true,
                            {type::list_of(type_kind::integer), type_kind::integer},
                            type_kind::integer,
                            [](std::span<const value> v) -> result<value> {
                              std::int64_t sum = *v[1].as_int();
                              for (const value& e : *v[0].as_list()) sum += *e.as_int();
                              return value(sum);
                            }});
  env.declare(host_function{
      "office.refuse", false, {}, type_kind::boolean, [](std::span<const value>) -> result<value> {
        return make_error(errc::evaluation_error, "closed today", "今日不办公");
      }});
  env.declare(host_function{"size",
                            false,
                            {type_kind::string},
                            type_kind::integer,
                            [](std::span<const value>) -> result<value> { return value(-1); }});
  return env;
}

std::string called(const char* source) {
  const compiled c = compile(source, host_words());
  if (!c.program) return c.problems.front().message.en;
  bound_values b;
  b.set("n", 4).set("w", "ab");
  const outcome o = c.program->evaluate(b);
  return o.is == outcome::state::error ? "error: " + o.error.message.en : to_text(o.value);
}

} // namespace

TEST_CASE("functions of the host are typed, chosen by their operands, and called") {
  CHECK(called("twice(n) + 1") == "9");
  CHECK(called("twice(w).size()") == "4");
  CHECK(called("[n, 1].sum(twice(3))") == "11");
  CHECK(called("office.refuse()") == "error: closed today");
  CHECK(called("n > 3 || office.refuse()") == "true");
  CHECK(called("size(w)") == "2"); // the language's own goes before it
}

TEST_CASE("what a function of the host does not take is refused when it is compiled") {
  CHECK(called("twice(1.5) > 1.0") ==
        "twice() does not work on (double); there is twice(int), twice(string)");
  CHECK(called("['a'].sum(1) > 1") ==
        "sum() does not work on (list(string), int); there is list(int).sum(int)");
  CHECK(called("twice(n) + 'a' == ''") == "'+' does not work on int, string");
}

TEST_CASE("a function of the host is not called before it is evaluated") {
  int calls = 0;
  const compiled c = compile("twice(2) == 4", host_words(&calls));
  REQUIRE(c.program);
  CHECK(calls == 0);
  CHECK(c.program->holds(bound_values{}) == true);
  CHECK(calls == 1);
}
