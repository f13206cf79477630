// When answers over calendars expire: against stepping through every minute, over random calendars,
// office hours and limits.
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/calendar/working_hours.hpp>
#include <banli/expression/bound_values.hpp>
#include <banli/expression/program.hpp>
#include <banli/expression/workday_clock.hpp>
#include <banli/time/text.hpp>

using namespace banli;
using std::chrono::hours;
using std::chrono::seconds;

namespace {

constexpr day year_begins = to_day(std::chrono::year{2027} / 1 / 1);

/// An office: its calendar of one year, of which any day may be closed or opened, and its hours.
struct office_setting {
  std::shared_ptr<const workday_calendar> calendar;
  working_hours open;
  day start{};
};

/// A day near the beginning of the year, or near its end, where the tables stop.
day any_start(int within) {
  const int last = *rc::gen::arbitrary<bool>() ? 360 : 0;
  return last > 0 ? year_begins + days{last - *rc::gen::inRange(0, within)}
                  : year_begins + days{*rc::gen::inRange(0, within)};
}

office_setting any_office() {
  calendar_source source;
  source.name = "any";
  source.first_year = source.last_year = std::chrono::year{2027};
  overlay own{"own", {}};
  std::map<day, opening> changed;
  for (int i = *rc::gen::inRange(0, 60); i > 0; --i)
    changed[year_begins + days{*rc::gen::inRange(0, 365)}] =
        *rc::gen::arbitrary<bool>() ? opening::closed : opening::open;
  for (const auto& [date, opens] : changed) own.days.push_back({date, opens, "own"});
  if (!own.days.empty()) source.overlays = {own};
  const workday_calendar built = workday_calendar::build(source).value();
  const sessions kinds[] = {*parse_sessions("08:30-11:30,14:30-17:30"),
                            *parse_sessions("09:00-12:00"), *parse_sessions("-"),
                            *parse_sessions("00:00-24:00")};
  office_setting o{std::make_shared<const workday_calendar>(built), {}, any_start(40)};
  for (sessions& s : o.open.week) s = kinds[*rc::gen::inRange(0, 4)];
  return o;
}

/// Now, working days since the start, and working minutes since it, as clocks.
class office_clocks final : public activation {
 public:
  office_clocks(const office_setting& o, instant now)
      : office_(o), now_(now), days_{*o.calendar, o.start, workday_clock::counting::since} {}

  static environment words() {
    environment env;
    env.declare("now", type_kind::timestamp).declare("calendar", type_kind::calendar);
    env.declare("start", type_kind::date).declare("elapsed", type_kind::integer);
    env.declare("worked", type_kind::integer).declare("open", type_kind::boolean);
    return env;
  }

  reading read(field_ref f) const override {
    if (f.path == "now")
      return reading::clock(value(now_), now_ + minutes{1}, clock_course::rising);
    if (f.path == "calendar") return reading::of(value(office_.calendar));
    if (f.path == "start") return reading::of(value(office_.start));
    if (f.path == "elapsed") return days_.read(now_);
    return f.path == "worked" ? worked() : is_open();
  }

  std::optional<instant> reaches(field_ref f, const value& threshold) const override {
    if (f.path == "elapsed") return days_.reaches(threshold);
    if (f.path == "worked") {
      const std::int64_t m = std::clamp<std::int64_t>(*threshold.as_int(), 0, 1'000'000);
      const auto at =
          add_work_time(*office_.calendar, office_.open, instant{office_.start}, minutes{m});
      return at ? *at : tables_end();
    }
    const auto t = *threshold.as_timestamp();
    return t.second + (t.fraction.count() > 0 ? seconds{1} : seconds{0});
  }

 private:
  instant tables_end() const { return end_of(office_.calendar->last()); }

  reading worked() const {
    const auto m = work_time_between(*office_.calendar, office_.open, instant{office_.start}, now_);
    if (!m) return reading::missing();
    return reading::clock(value(m->count()), now_ + minutes{1}, clock_course::rising);
  }

  reading is_open() const {
    bool within = false;
    detail::for_each_stretch(*office_.calendar, office_.open, now_, [&](instant opens, instant) {
      within = opens == now_;
      return false;
    });
    return reading::clock(value(within), now_ + minutes{1}, clock_course::irregular);
  }

  const office_setting& office_;
  instant now_;
  workday_clock days_;
};

std::string near(const office_setting& o, int least, int most) {
  return "date('" + to_text(o.start + days{*rc::gen::inRange(least, most)}) + "')";
}

std::string number(int least, int most) { return std::to_string(*rc::gen::inRange(least, most)); }

std::string instant_near(const office_setting& o) {
  const instant t =
      instant{o.start + days{*rc::gen::inRange(-3, 25)}} + minutes{*rc::gen::inRange(0, 24 * 60)};
  return "timestamp('" + to_text(t) + "Z')";
}

std::string any_limit() {
  static const char* const units[] = {"个工作日", "日", "小时", "个月"};
  const int unit = *rc::gen::inRange(0, 4);
  return "time_limit('" + number(1, unit == 3 ? 2 : 20) + units[unit] + "')";
}

/// A comparison of what only rises or only falls with what stands still.
std::string monotone(const office_setting& o) {
  static const char* const signs[] = {" < ", " <= ", " > ", " >= ", " == ", " != "};
  const std::string sign = signs[*rc::gen::inRange(0, 6)];
  std::string moving;
  std::string still;
  switch (*rc::gen::inRange(0, 14)) {
  case 0:
    moving = "calendar.workdays_between(start, date(now))";
    still = number(-2, 14);
    break;
  case 1:
    moving = "calendar.workdays_between(date(now), " + near(o, 0, 25) + ")";
    still = number(-4, 12);
    break;
  case 2:
    moving = "calendar.add_workdays(date(now), " + number(-4, 5) + ")";
    still = near(o, -2, 25);
    break;
  case 3:
    moving = "date(now)";
    still = "calendar.add_workdays(start, " + number(-3, 15) + ")";
    break;
  case 4:
    moving = "now";
    still = "calendar.due_at(" + any_limit() + ", start)";
    break;
  case 5:
    moving = "calendar.due(" + any_limit() + ", now)";
    still = near(o, -1, 30);
    break;
  case 6:
    moving = "calendar.due_at(" + any_limit() + ", date(now))";
    still = instant_near(o);
    break;
  case 7:
    moving = "(now - timestamp(start))";
    still = "duration('" + number(-600, 30'000) + "m')";
    break;
  case 8:
    moving = "elapsed * " + (*rc::gen::arbitrary<bool>() ? number(1, 4) : number(-3, 0)) + " + " +
             number(-3, 4);
    still = number(-20, 30);
    break;
  case 9:
    moving = "elapsed * 1.0 / 7";
    still = number(0, 4) + ".25";
    break;
  case 10:
    moving = "worked";
    still = number(0, 4'000);
    break;
  case 11:
    moving = "double(worked) / 60.0 - 0.5";
    still = number(0, 60) + ".5";
    break;
  case 12:
    moving = "-int(now - duration('90m'))";
    still = "-int(" + instant_near(o) + ")";
    break;
  default:
    moving = "date(now + duration('" + number(-2'000, 2'000) + "m')) - start";
    still = number(-3, 20);
  }
  return *rc::gen::arbitrary<bool>() ? moving + sign + still : still + sign + moving;
}

std::string any_condition(const office_setting& o, int depth) {
  const int pick = depth <= 0 ? 0 : *rc::gen::inRange(0, 8);
  const auto less = [&] { return any_condition(o, depth - 1); };
  switch (pick) {
  case 1: return "(" + less() + " && " + less() + ")";
  case 2: return "(" + less() + " || " + less() + ")";
  case 3: return "!(" + less() + ")";
  case 4: return "(" + less() + " ? " + less() + " : " + less() + ")";
  case 5: return "(open && " + less() + ")";
  case 6: return "(elapsed + worked > " + number(0, 2'000) + ")";
  case 7: return "(elapsed > 3 == open || " + less() + ")";
  default: return "(" + monotone(o) + ")";
  }
}

/// What the clocks say, and nothing of how they move: looking ahead need not know.
class stopped_clocks final : public activation {
 public:
  stopped_clocks(const office_setting& o, instant now) : clocks_(o, now) {}
  reading read(field_ref f) const override {
    const reading r = clocks_.read(f);
    return r.now ? reading::of(*r.now) : reading::missing();
  }
  std::optional<instant> reaches(field_ref, const value&) const override { return std::nullopt; }

 private:
  office_clocks clocks_;
};

std::string told(const outcome& o) {
  if (o.is == outcome::state::value) return to_text(o.value);
  return o.is == outcome::state::error ? "error" : "unknown";
}

constexpr int looked_ahead = 12 * 24 * 60; // minutes

/// The first whole minute after `now` at which the answer differs; none within sight.
std::optional<instant> first_change(const program& p, const office_setting& o, instant now) {
  const std::string before = told(p.evaluate(stopped_clocks(o, now)));
  for (int m = 1; m <= looked_ahead; ++m)
    if (told(p.evaluate(stopped_clocks(o, now + minutes{m}))) != before) return now + minutes{m};
  return std::nullopt;
}

instant any_now(const office_setting& o) {
  return instant{o.start + days{*rc::gen::inRange(-2, 12)}} + minutes{*rc::gen::inRange(0, 1440)};
}

} // namespace

TEST_CASE("a comparison of what rises or falls with a calendar expires exactly when it changes") {
  CHECK(rc::check([] {
    const office_setting o = any_office();
    const std::string source = monotone(o);
    const instant now = any_now(o);
    RC_LOG() << source << " at " << to_text(now) << " from " << to_text(o.start) << '\n';
    const compiled c = compile(source, office_clocks::words());
    RC_ASSERT(c.program.has_value());
    const outcome first = c.program->evaluate(office_clocks(o, now));
    RC_PRE(first.is == outcome::state::value);
    const auto changes = first_change(*c.program, o, now);
    RC_CLASSIFY(changes.has_value());
    if (changes) { // seen within a minute of it
      RC_ASSERT(first.holds_until && *first.holds_until <= *changes);
      RC_ASSERT(*first.holds_until > *changes - minutes{1});
    } else {
      RC_ASSERT(!first.holds_until || *first.holds_until > now + minutes{looked_ahead});
    }
  }));
}

TEST_CASE("no answer over a calendar changes before it expires") {
  CHECK(rc::check([] {
    const office_setting o = any_office();
    const std::string source = any_condition(o, 3);
    const instant now = any_now(o);
    RC_LOG() << source << " at " << to_text(now) << " from " << to_text(o.start) << '\n';
    const compiled c = compile(source, office_clocks::words());
    RC_PRE(c.program.has_value());
    const auto until = c.program->evaluate(office_clocks(o, now)).holds_until;
    RC_ASSERT(!until || *until > now);
    const auto changes = first_change(*c.program, o, now);
    RC_ASSERT(!changes || (until && *until <= *changes));
  }));
}

TEST_CASE("a rule that reckons with a calendar sleeps until a midnight, and not for a second") {
  calendar_source week;
  week.name = "week";
  week.first_year = week.last_year = std::chrono::year{2027};
  office_setting o{std::make_shared<const workday_calendar>(workday_calendar::build(week).value()),
                   {},
                   *parse_day("2027-03-01")}; // a Monday
  const auto expires = [&](std::string_view source, const char* now) {
    const compiled c = compile(source, office_clocks::words());
    REQUIRE(c.program);
    const outcome out = c.program->evaluate(office_clocks(o, *parse_instant(now)));
    return out.holds_until ? to_text(*out.holds_until) : "never";
  };
  CHECK(expires("calendar.workdays_between(start, date(now)) > 10", "2027-03-02T10:00") ==
        "2027-03-16T00:00:00");
  // Where the tables end, the answer does.
  CHECK(expires("calendar.workdays_between(start, date(now)) > 10", "2027-03-16T10:00") ==
        "2028-01-01T00:00:00");
  CHECK(expires("elapsed > 10", "2027-03-16T10:00") == "2028-01-01T00:00:00");
  CHECK(expires("now - timestamp(start) > duration('36h')", "2027-03-01T10:00") ==
        "2027-03-02T12:00:01");
  CHECK(expires("-elapsed < -2", "2027-03-01T10:00") == "2027-03-04T00:00:00");
  CHECK(expires("now > timestamp('2027-03-01T00:00:00Z')", "2027-03-01T10:00") == "never");
  // A due date that was jumped over is never equal again; but from the 30th on nobody can say it.
  for (const char* sign : {"==", "!=", "<"})
    CHECK(expires(fmt::format("timestamp('2027-12-22T00:01:00Z') {} calendar.due_at("
                              "time_limit('2个工作日'), date(now))",
                              sign),
                  "2027-12-22T10:00") == "2027-12-30T00:00:00");
  CHECK(expires("timestamp('2027-12-22T00:01:00Z') == "
                "calendar.due_at(time_limit('2个工作日'), date(now))",
                "2027-12-18T00:00") == "2027-12-30T00:00:00");
}

TEST_CASE("what follows a clock is a clock, and can be asked when it gets somewhere") {
  calendar_source week;
  week.name = "week";
  week.first_year = week.last_year = std::chrono::year{2027};
  const office_setting o{
      std::make_shared<const workday_calendar>(workday_calendar::build(week).value()),
      {},
      *parse_day("2027-03-01")};
  const office_clocks now(o, *parse_instant("2027-03-02T10:00"));
  const auto made = [](std::string_view source) {
    return *compile(source, office_clocks::words()).program;
  };
  const program twice = made("2 * calendar.workdays_between(start, date(now))");
  CHECK(twice.evaluate(now).course == clock_course::rising);
  CHECK(twice.reaches(now, 9) == parse_instant("2027-03-08").value());
  CHECK(twice.reaches(now, 1'000'000) == parse_instant("2028-01-01").value());
  CHECK(made("10 - elapsed").evaluate(now).course == clock_course::falling);
  CHECK(made("10 - elapsed").reaches(now, 8) == parse_instant("2027-03-03").value());
  for (const char* none :
       {"elapsed % 3", "elapsed * elapsed", "elapsed - worked", "elapsed * 0", "10 / (elapsed + 1)",
        "string(elapsed)", "now.getHours()", "[elapsed]", "elapsed + (open ? 1 : 2)"}) {
    CAPTURE(none);
    CHECK(made(none).evaluate(now).course == clock_course::irregular);
  }
}
