#include <banli/expression/workday_clock.hpp>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/calendar/cn.hpp>
#include <banli/time/text.hpp>

using namespace banli;

namespace {

const workday_calendar& calendar() {
  static const workday_calendar c = cn();
  return c;
}

std::string shown(const reading& r) {
  return (r.now ? to_text(*r.now) : "missing") + " " +
         (r.holds_until ? to_text(*r.holds_until) : "ever");
}

instant at(const char* text) { return *parse_instant(text); }

} // namespace

TEST_CASE("working days since and until a day, and when they change") {
  const workday_clock since{calendar(), *parse_day("2025-10-10"), workday_clock::counting::since};
  const workday_clock until{calendar(), *parse_day("2025-10-20"), workday_clock::counting::until};
  CHECK(shown(since.read(at("2025-10-13T15:00"))) == "2 2025-10-14T00:00:00");
  CHECK(shown(since.read(at("2025-10-17T15:00"))) == "6 2025-10-20T00:00:00");
  CHECK(shown(until.read(at("2025-10-17T15:00"))) == "1 2025-10-20T00:00:00");
  CHECK(since.reaches(17) == at("2025-11-03"));
  CHECK(until.reaches(0) == at("2025-10-20"));
  CHECK(until.reaches(-1) == at("2025-10-21"));
}

TEST_CASE("where the tables end the clock is missing, and nothing holds beyond") {
  const workday_clock since{calendar(), calendar().last(), workday_clock::counting::since};
  const instant end{calendar().last() + days{1}};
  CHECK(since.reaches(1) == end);
  CHECK(since.reaches(std::numeric_limits<std::int64_t>::max()) == end);
  CHECK(since.read(instant{calendar().last()}).holds_until == end);
  CHECK_FALSE(since.read(end).now);
  const instant before{calendar().first() - days{3}};
  CHECK(since.read(before).holds_until == instant{calendar().first()});
}

TEST_CASE("a threshold is reached on the first day that is at or beyond it") {
  CHECK(rc::check([] {
    const day of = *parse_day("2024-06-01") + days{*rc::gen::inRange(0, 400)};
    const bool rises = *rc::gen::arbitrary<bool>();
    const workday_clock c{calendar(), of,
                          rises ? workday_clock::counting::since : workday_clock::counting::until};
    const int threshold = *rc::gen::inRange(-60, 60);
    const instant reached = *c.reaches(threshold);
    const auto beyond = [&](instant t) {
      const std::int64_t n = *c.read(t).now->as_int();
      return rises ? n >= threshold : n <= threshold;
    };
    RC_ASSERT(beyond(reached));
    RC_ASSERT(!beyond(reached - std::chrono::seconds{1}));
  }));
}
