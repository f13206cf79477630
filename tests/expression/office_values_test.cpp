// Dates, working days, time limits, money; optionals; addresses of networks.
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/calendar/cn.hpp>
#include <banli/expression/bound_values.hpp>
#include <banli/expression/decimal.hpp>
#include <banli/expression/network.hpp>
#include <banli/expression/program.hpp>

using namespace banli;

namespace {

environment office_words() {
  environment env;
  env.declare("calendar", type_kind::calendar).declare("received", type_kind::date);
  env.declare("now", type_kind::timestamp).declare("fee", type_kind::decimal);
  env.declare("closed", type_kind::date);
  env.declare("case",
              type::record("case", {{"note", type_kind::string}, {"days", type_kind::integer}}));
  return env;
}

bound_values office_facts() {
  bound_values b;
  b.set("calendar", std::make_shared<const workday_calendar>(cn()));
  b.set("received", to_day(std::chrono::year{2025} / 9 / 30));
  b.set("now", instant{to_day(std::chrono::year{2025} / 10 / 14)} + std::chrono::hours{9});
  b.set("fee", *parse_decimal("12.50"));
  b.set("case.days", 5);
  return b;
}

std::string reckoned(const char* source) {
  const compiled c = compile(source, office_words());
  if (!c.program) return "refused: " + std::string(to_string(c.problems.front().code));
  const outcome o = c.program->evaluate(office_facts());
  if (o.is == outcome::state::error) return "error: " + o.error.message.en;
  if (o.is == outcome::state::unknown) return "unknown: " + o.missing.front();
  return to_text(o.value) + " of " + to_string(c.program->gives());
}

__extension__ using wide = __int128;

struct row {
  const char* source;
  const char* gives;
};

} // namespace

TEST_CASE("offices reckon with dates, working days and limits") {
  // The holiday of 2025 lasts from October 1 to 8; Saturday the 11th is a make-up day.
  const row rows[] = {
      {"calendar.workdays_between(received, date(\"2025-10-14\"))", "5 of int"},
      {"workdays_between(calendar, received, date(now))", "5 of int"},
      {"calendar.add_workdays(received, 3)", "date(\"2025-10-11\") of date"},
      {"calendar.is_workday(date(\"2025-10-11\")) && !calendar.is_workday(date(\"2025-10-08\"))",
       "true of bool"},
      {"calendar.due(time_limit(\"5个工作日\"), received)", "date(\"2025-10-14\") of date"},
      {"calendar.due_at(time_limit(\"5 working days\"), received)",
       "timestamp(\"2025-10-15T00:00:00Z\") of timestamp"},
      {"due(calendar, time_limit(\"1 month\"), date(\"2025-08-31\")) == received", "true of bool"},
      {"received + 3", "date(\"2025-10-03\") of date"},
      {"3 + received - date(\"2025-10-01\")", "2 of int"},
      {"received - 31 == date(\"2025-08-30\") && received < date(now)", "true of bool"},
      {"timestamp(received) < now", "true of bool"},
      {"received.getFullYear() * 100 + received.getMonth()", "202508 of int"},
      {"string(received) + string(time_limit(\"20wd\"))", "\"2025-09-3020 workdays\" of string"},
      {"date(\"2025-02-30\") == received", "error: 2025-02-30 is no day of the calendar"},
      {"received < now", "refused: no-such-overload"},
      {"received + 1.5 == received", "refused: no-such-overload"},
      {"received + 99999999 == received", "error: the time is out of range"},
      {"closed > received", "unknown: closed"},
      {"string(type(received)) == 'date'", "refused: no-such-overload"},
      {"date > 3", "refused: unknown-identifier"}, // the functions' names are free for fields
  };
  for (const row& r : rows) {
    CAPTURE(r.source);
    CHECK(reckoned(r.source) == r.gives);
  }
}

TEST_CASE("money is exact, and is not mixed with doubles") {
  const row rows[] = {
      {"decimal(\"0.1\") + decimal(\"0.2\") == decimal(\"0.3\")", "true of bool"},
      {"fee * 3", "decimal(\"37.50\") of decimal"},
      {"fee * 3 > 37 && fee <= decimal(\"12.5\") && -fee < 0", "true of bool"},
      {"fee - decimal(\"12.499999999\")", "decimal(\"0.000000001\") of decimal"},
      {"decimal(\"100\").divided_by(3, 2)", "decimal(\"33.33\") of decimal"},
      {"[decimal(\"2.5\").round(0), decimal(\"3.5\").round(0), decimal(\"-2.5\").round(0)]",
       "[decimal(\"2\"), decimal(\"4\"), decimal(\"-2\")] of list(decimal)"},
      {"fee.divided_by(0, 2) > 1", "error: division by zero"},
      {"fee * 1.5 > 1", "refused: no-such-overload"},
      {"fee / 2 > 1", "refused: no-such-overload"},
      {"decimal(\"1e5\") > 1", "error: \"1e5\" is no decimal such as \"12.50\""},
      {"decimal(\"999999999999999999\") + 1 > 1",
       "error: the decimal has too many digits (18, 9 of them places)"},
      {"double(fee) == 12.5 && string(fee) == \"12.50\"", "true of bool"},
  };
  for (const row& r : rows) {
    CAPTURE(r.source);
    CHECK(reckoned(r.source) == r.gives);
  }
}

TEST_CASE("optionals: fields that may be missing, and second operands nobody evaluates") {
  const row rows[] = {
      {"case.?note.hasValue()", "false of bool"},
      {"case.?note.orValue(\"none\") == \"none\" && case.?days.value() == 5", "true of bool"},
      {"case.?days", "optional.of(5) of optional_type(int)"},
      {"optional.of(1).orValue(1 / 0)", "1 of int"},
      {"optional.of(1).or(optional.of(1 / 0)).value()", "1 of int"},
      {"optional.none().orValue(1 / 0)", "error: division by zero"},
      {"[1, 2].first().value() + [1, 2].last().value()", "3 of int"},
      {"[].first().hasValue()", "false of bool"},
      {"[optional.of(1), optional.none()].unwrapOpt()", "[1] of list(int)"},
      {"optional.of(3).optMap(x, x * 2)", "optional.of(6) of optional_type(int)"},
      {"[?case.?note, ?optional.of(\"a\")]", "[\"a\"] of list(string)"},
      {"{\"a\": 1, ?\"b\": optional.none()}", "{\"a\": 1} of map(string, int)"},
      {"optional.none().value()", "error: optional.none() has no value"},
      {"optional.of(1).orValue(\"a\") == 1", "refused: no-such-overload"},
      {"(1).hasValue()", "refused: no-such-overload"},
      {"[?1]", "refused: type-mismatch"},
      {"case.?nothing.hasValue()", "refused: unknown-field"},
  };
  for (const row& r : rows) {
    CAPTURE(r.source);
    CHECK(reckoned(r.source) == r.gives);
  }
}

TEST_CASE("addresses and networks that are none are refused") {
  for (const char* bad : {"", "1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "::1%eth0", "1::2::3",
                          "::ffff:1.2.3.4", "a", " 1.2.3.4"})
    CHECK_FALSE(parse_ip_address(bad));
  for (const char* bad : {"1.2.3.4", "1.2.3.4/", "1.2.3.4/33", "1.2.3.4/08", "::/129", "1.2.3.4/-1",
                          "1.2.3.4/-0", "1.2.3.4/8x", "::ffff:102:304/24"})
    CHECK_FALSE(parse_ip_network(bad));
  CHECK(to_string(masked(*parse_ip_network("10.255.255.255/12"))) == "10.240.0.0/12");
  CHECK(to_string(masked(*parse_ip_network("2001:db8:ffff::1/33"))) == "2001:db8:8000::/33");
  CHECK(contains(*parse_ip_network("10.16.0.0/12"), *parse_ip_address("10.31.255.255")));
  CHECK_FALSE(contains(*parse_ip_network("10.16.0.0/12"), *parse_ip_address("10.32.0.0")));
  CHECK(is_multicast(*parse_ip_address("239.1.2.3")));
  CHECK(is_global_unicast(*parse_ip_address("10.0.0.1")));
  CHECK_FALSE(is_global_unicast(*parse_ip_address("255.255.255.255")));
}

TEST_CASE("decimals come back from their text, and reckon as whole numbers of the smallest place") {
  CHECK(rc::check([](std::int32_t a, std::int32_t b) {
    const auto places = [] { return static_cast<std::uint8_t>(*rc::gen::inRange(0, 5)); };
    const decimal x{a, places()};
    const decimal y{b, places()};
    RC_ASSERT(parse_decimal(to_string(x)) == x);
    // Everything in units of 10^-8, where nothing is lost.
    const auto units = [](const decimal& d) {
      wide u = d.units;
      for (int n = d.scale; n < 8; ++n) u *= 10;
      return u;
    };
    RC_ASSERT(units(*add(x, y)) == units(x) + units(y));
    RC_ASSERT(units(*subtract(x, y)) == units(x) - units(y));
    if (x.scale + y.scale <= 8) {
      const auto product = multiply(x, y);
      if (product) RC_ASSERT(units(*product) * 100'000'000 == units(x) * units(y));
    }
    RC_ASSERT((x < y) == (units(x) < units(y)));
    // Rounding is off by at most half of the last place, and exactly half only towards an even
    // digit.
    const auto r = round(x, 1);
    RC_ASSERT(r.has_value());
    const auto off = units(*r) - units(x);
    RC_ASSERT(off <= 5'000'000);
    RC_ASSERT(off >= -5'000'000);
    if (off == 5'000'000 || off == -5'000'000) RC_ASSERT(r->units % 2 == 0);
  }));
}
