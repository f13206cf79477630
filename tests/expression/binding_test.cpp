#include <banli/expression/binding.hpp>

#include <doctest/doctest.h>

#include <banli/expression/program.hpp>

#include "office.hpp"

using namespace banli;

namespace {

std::string told(const problems& found) {
  std::string out;
  for (const error& e : found) out += to_string(e, language::en) + "\n";
  return out;
}

std::string held(const bound_values& b, std::string_view path) {
  const reading r = b.read({0, path});
  return r.now ? to_text(*r.now) : "missing";
}

} // namespace

TEST_CASE("nested maps find their fields, by name, by label and by path") {
  const environment env = office::words();
  bound_values b;
  const value given =
      value::map({{"办件", value::map({{"已用工作日", 19U}, {"closed_at", value()}})},
                  {"case.status", "open"},
                  {"fees", value::list({value::map({{"amount", 80}, {"note", value()}})})}});
  CHECK(told(bind(b, env, given)).empty());
  CHECK(held(b, "case.elapsed_workdays") == "19");
  CHECK(held(b, "case.status") == "\"open\"");
  CHECK(held(b, "case.closed_at") == "missing");
  CHECK(held(b, "fees") == "[{\"amount\": 80.0}]");
}

TEST_CASE("everything that does not fit is told at once, and the rest is set") {
  const environment env = office::words();
  bound_values b;
  const value given =
      value::map({{"case", value::map({{"elapsed_workdays", 1.0},
                                       {"status", "opne"},
                                       {"stauts", 1},
                                       {"promised_days", 20},
                                       {"started", "noon"}})},
                  {"fees", value::list({value::map({{"amount", 1}, {"amonut", 1}})})},
                  {"fes", 1}});
  CHECK(told(bind(b, env, given)) ==
        "error[type-mismatch]: case.elapsed_workdays: expected int, got double\n"
        "error[unknown-value]: case.status: \"opne\" is no value of status; did you mean 'open'?\n"
        "error[unknown-field]: case: 'case' has no field 'stauts'; did you mean 'status'?\n"
        "error[bad-value]: case.started: \"noon\" is no timestamp\n"
        "error[unknown-field]: fees[0]: 'fee' has no field 'amonut'; did you mean 'amount'?\n"
        "error[unknown-identifier]: nothing is called 'fes'; did you mean 'fees'?\n");
  CHECK(held(b, "case.promised_days") == "20");
  CHECK(told(bind(b, env, 1)).starts_with("error[type-mismatch]: values are given as a map"));
}

TEST_CASE("a number is converted only where nothing is lost") {
  const auto made = [](const value& v, const type& t) {
    const auto r = fitted(v, t, "x");
    return r ? to_text(*r) : std::string(to_string(r.error().code));
  };
  constexpr std::int64_t odd = (std::int64_t{1} << 53) + 1;
  CHECK(made(odd - 1, type_kind::real) == "9007199254740992.0");
  CHECK(made(odd, type_kind::real) == "out-of-range");
  CHECK(made(std::numeric_limits<std::int64_t>::max(), type_kind::real) == "out-of-range");
  CHECK(made(std::numeric_limits<std::uint64_t>::max(), type_kind::real) == "out-of-range");
  CHECK(made(-1, type_kind::uinteger) == "out-of-range");
  CHECK(made(7, type_kind::uinteger) == "7u");
  CHECK(made(7U, type_kind::integer) == "7");
  CHECK(made(~std::uint64_t{0}, type_kind::integer) == "out-of-range");
  CHECK(made(1.0, type_kind::integer) == "type-mismatch");
  CHECK(made("2025-10-13T09:00", type_kind::timestamp) == "timestamp(\"2025-10-13T09:00:00Z\")");
  CHECK(made("90s", type_kind::duration) == "duration(\"90s\")");
  CHECK(made(value::list({1, 2.5}), type::list_of(type_kind::real)) == "[1.0, 2.5]");
  CHECK(made(value::list({value()}), type::list_of(type_kind::real)) == "type-mismatch");
  CHECK(made(value::map({{"a", 1}}), type::map_of(type_kind::string, type_kind::uinteger)) ==
        "{\"a\": 1u}");
}
