// Texts that people write, mutated: nothing crashes, and what is read is written back as it was.
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <banli/calendar/working_hours.hpp>
#include <banli/deadline/duty.hpp>
#include <banli/deadline/time_limit.hpp>
#include <banli/time/text.hpp>

using namespace banli;

namespace {

/// Good texts, their mutants, and bytes at random.
class text_source {
 public:
  explicit text_source(std::vector<std::string> good) : good_(std::move(good)) {}

  std::string next() {
    if (pick(8) == 0) {
      std::string s(pick(40), ' ');
      for (char& c : s) c = static_cast<char>(pick(256));
      return s;
    }
    std::string s = good_[pick(good_.size())];
    for (std::size_t n = pick(4); n > 0; --n) mutate(s);
    return s;
  }

 private:
  std::size_t pick(std::size_t n) { return engine_() % n; }

  void mutate(std::string& s) {
    const std::size_t at = pick(s.size() + 1);
    switch (pick(6)) {
    case 0: s.insert(at, 1, static_cast<char>(pick(256))); break;
    case 1: s.insert(at, 1, "0123456789-:;+PTDWHMY /.()|,_abcxyz"[pick(36)]); break;
    case 2:
      if (at < s.size()) s.erase(at, 1 + pick(3));
      break;
    case 3:
      if (at < s.size()) s[at] = static_cast<char>(s[at] ^ (1 << pick(8)));
      break;
    case 4: {
      const std::string& other = good_[pick(good_.size())];
      s = s.substr(0, at) + other.substr(pick(other.size() + 1));
      break;
    }
    default: s += s.substr(0, at); break;
    }
  }

  std::mt19937 engine_{7};
  std::vector<std::string> good_;
};

constexpr int rounds = 60'000;

} // namespace

TEST_CASE("time limits") {
  text_source texts{{"20 workdays", "20个工作日", "二十个工作日内", "P3M", "PT24H", "PT8WH", "60日",
                     "三个月", "1 year", "on the spot", "即办", "every year by 03-31",
                     "每年3月31日前", "每年二月二十九日", "--12-30", "by 3-1 each year",
                     "2147483647 days", "一千二百三十四天", "两周"}};
  int read = 0;
  for (int i = 0; i < rounds; ++i) {
    const std::string s = texts.next();
    const auto t = parse_time_limit(s);
    if (!t) {
      REQUIRE(t.error().code == errc::bad_limit);
      continue;
    }
    ++read;
    CAPTURE(s);
    REQUIRE((parse_time_limit(to_text(*t)).value() == *t));
    REQUIRE((parse_time_limit(to_text(*t, language::zh)).value() == *t));
    if (t->unit != limit_unit::on_the_spot)
      REQUIRE((parse_time_limit(to_iso_text(*t)).value() == *t));
  }
  CHECK(read > rounds / 10);
}

TEST_CASE("days and instants") {
  text_source texts{{"2025-10-11", "0001-01-01", "9999-12-31", "2024-02-29", "2025-10-11T16:30",
                     "2025-10-11T23:59:59", "2025-10-11 08:00", "2025/10/11", "20251011"}};
  int read = 0;
  for (int i = 0; i < rounds; ++i) {
    const std::string s = texts.next();
    CAPTURE(s);
    if (const auto d = parse_day(s)) {
      REQUIRE((parse_day(to_text(*d)).value() == *d));
      REQUIRE((*d >= first_day && *d <= last_day));
      ++read;
    }
    if (const auto t = parse_instant(s)) {
      REQUIRE((parse_instant(to_text(*t)).value() == *t));
      ++read;
    }
  }
  CHECK(read > rounds / 10);
}

TEST_CASE("office hours") {
  text_source texts{{"08:30-11:30,14:30-17:30", "-", "", "00:00-24:00", "09:00-12:00",
                     "08:00-09:00, 10:00-11:00, 12:00-13:00"}};
  int read = 0;
  for (int i = 0; i < rounds; ++i) {
    const std::string s = texts.next();
    CAPTURE(s);
    const auto got = parse_sessions(s);
    if (!got) {
      REQUIRE(got.error().code == errc::bad_hours);
      continue;
    }
    ++read;
    std::string again;
    for (const session& one : *got)
      again +=
          fmt::format("{}{:02}:{:02}-{:02}:{:02}", again.empty() ? "" : ",", one.opens.count() / 60,
                      one.opens.count() % 60, one.closes.count() / 60, one.closes.count() % 60);
    REQUIRE((parse_sessions(again).value() == *got));
    working_hours hours = every_weekday(*got);
    hours.max_sessions = 48;
    REQUIRE(check(hours).empty());
  }
  CHECK(read > rounds / 10);
}

TEST_CASE("publication duties") {
  text_source texts{{"event:prompt", "request:+P5WD", "publish(文件):+P3WD", "every:P6M",
                     "yearly_by:12-30", "on_change:prompt;news:every:P14D",
                     "event:immediate;min_count:1/P1Y", "if_unchanged:review_notice:every:P6M",
                     "quality:guide8", "repost:cite_source", "per_plan:yearly", "unspecified",
                     "policy|guide:event:+P7D; max_gap:P3M", "if_none:publish_notice"}};
  int read = 0;
  for (int i = 0; i < rounds; ++i) {
    const std::string s = texts.next();
    CAPTURE(s);
    const auto d = parse_duty(s);
    if (!d) {
      const bool expected =
          d.error().code == errc::bad_duty || d.error().code == errc::limit_exceeded;
      REQUIRE(expected);
      continue;
    }
    ++read;
    REQUIRE((parse_duty(to_text(*d)).value() == *d));
  }
  CHECK(read > rounds / 10);
}
