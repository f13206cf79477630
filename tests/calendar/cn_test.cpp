#include <fstream>
#include <map>
#include <string>

#include <doctest/doctest.h>

#include <banli/calendar/cn.hpp>

using namespace banli;
using namespace std::chrono_literals;

namespace {

struct official_day {
  bool works;
  std::string name;
};

/// The shared CSV: date, is_workday, name. Empty when it is not there.
std::map<day, official_day> official_days() {
  std::map<day, official_day> out;
  std::ifstream file{BANLI_SHARED_DIR "/data/calendar/cn_state_council_days.csv"};
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    out[parse_day(line.substr(0, 10)).value()] = {line.at(11) == '1', line.substr(13)};
  }
  return out;
}

} // namespace

TEST_CASE("the built-in calendar is the official one on each of the 7,305 days") {
  const auto official = official_days();
  if (official.empty()) {
    MESSAGE("skipped: no shared calendar");
    return;
  }
  CHECK(official.size() == 678);
  const workday_calendar cal = cn();
  int days_seen = 0;
  int wrong = 0;
  for (day d = to_day(2007y / 1 / 1); d <= to_day(2026y / 12 / 31); d += days{1}, ++days_seen) {
    const auto it = official.find(d);
    const unsigned w = weekday_of(d).c_encoding();
    const bool works = it != official.end() ? it->second.works : w != 0 && w != 6;
    if (cal.is_workday(d) != works) ++wrong;
  }
  CHECK(days_seen == 7305);
  CHECK(wrong == 0);
}

TEST_CASE("every exceptional day has its holiday and a notice published before or in its year") {
  const workday_calendar cal = cn();
  for (const auto& [d, want] : official_days()) {
    const day_info info = cal.at(d);
    CAPTURE(to_text(d));
    CHECK(is_working(info.kind) == want.works);
    CHECK(info.name == want.name);
    CHECK(info.source.find("gov.cn/zhengce/zhengceku/") != std::string::npos);
    CHECK_FALSE(info.provisional);
  }
}

TEST_CASE("the notices are 23, in order, and each speaks of the next or the same year") {
  const calendar_source s = cn_source();
  CHECK(check(s).empty());
  REQUIRE(s.notices.size() == 23);
  for (std::size_t i = 0; i < s.notices.size(); ++i) {
    const notice& n = s.notices[i];
    REQUIRE_FALSE(n.days.empty());
    CHECK(n.published < n.days.back().date);
    if (i > 0) CHECK(s.notices[i - 1].published < n.published);
  }
}

TEST_CASE("what was known when: the amendments of 2015, 2019 and 2020") {
  const workday_calendar now = cn();
  const workday_calendar early20 = now.as_known_on(to_day(2020y / 1 / 20));
  CHECK(early20.is_workday(to_day(2020y / 1 / 31)));
  CHECK(early20.at(to_day(2020y / 2 / 1)).kind == day_kind::makeup_workday);
  CHECK_FALSE(now.is_workday(to_day(2020y / 1 / 31)));
  CHECK_FALSE(now.is_workday(to_day(2020y / 2 / 1)));
  CHECK(now.at(to_day(2020y / 2 / 2)).source.find("2020-01/27") != std::string::npos);
  CHECK(now.at(to_day(2020y / 1 / 24)).source.find("2019-11/21") != std::string::npos);
  const workday_calendar early19 = now.as_known_on(to_day(2019y / 3 / 21));
  CHECK_FALSE(early19.is_workday(to_day(2019y / 5 / 1)));
  CHECK(early19.is_workday(to_day(2019y / 5 / 2)));
  CHECK(early19.at(to_day(2019y / 4 / 28)).kind == day_kind::weekend);
  CHECK(early19.at(to_day(2019y / 5 / 5)).kind == day_kind::weekend);
  const workday_calendar early15 = now.as_known_on(to_day(2015y / 5 / 12));
  CHECK(early15.is_workday(to_day(2015y / 9 / 3)));
  CHECK_FALSE(early15.is_workday(to_day(2015y / 9 / 6)));
  CHECK(now.is_workday(to_day(2015y / 9 / 6)));
  // The day of publication itself knows the notice.
  CHECK_FALSE(now.as_known_on(to_day(2020y / 1 / 27)).is_workday(to_day(2020y / 1 / 31)));
}

TEST_CASE("the horizon is the last day of the last notice, and beyond it days are provisional") {
  const workday_calendar cal = cn();
  CHECK(to_text(cal.horizon()) == "2026-12-31");
  CHECK(cal.at(to_day(2027y / 1 / 1)).provisional);
  CHECK(cal.at(to_day(2027y / 1 / 1)).kind == day_kind::holiday);
  CHECK(cal.at(to_day(2027y / 1 / 1)).name == "元旦");
  CHECK_FALSE(cal.is_workday(to_day(2028y / 5 / 2))); // two days of May since 2025
  CHECK(cal.is_workday(to_day(2028y / 5 / 3)));
  CHECK_FALSE(cal.is_workday(to_day(2001y / 5 / 3))); // three before 2008
  CHECK(cal.at(to_day(2006y / 6 / 1)).provisional);
  CHECK_FALSE(cal.at(to_day(2006y / 12 / 30)).provisional);
  CHECK(to_text(cal.as_known_on(to_day(2020y / 11 / 1)).horizon()) == "2020-12-31");
  CHECK(cal.settled(to_day(2007y / 1 / 1), to_day(2026y / 12 / 31)));
  CHECK_FALSE(cal.settled(to_day(2026y / 12 / 31), to_day(2027y / 1 / 1)));
  CHECK_FALSE(cal.settled(to_day(2006y / 12 / 31), to_day(2007y / 1 / 1)));
}

TEST_CASE("the version names base, newest notice, overlays and answers") {
  const workday_calendar cal = cn();
  CHECK(cal.version().starts_with("cn@2025-11-04#"));
  CHECK(cal.version() == workday_calendar::build(cn_source()).value().version());
  CHECK(cal.as_known_on(to_day(2020y / 1 / 20)).version().starts_with("cn@2019-11-21#"));
  CHECK(cal.as_known_on(to_day(1999y / 1 / 1)).version().starts_with("cn@none#"));
  calendar_source s = cn_source();
  s.overlays.push_back({"shiyan", {{to_day(2025y / 7 / 9), opening::closed, "防汛"}}});
  const workday_calendar local = workday_calendar::build(s).value();
  CHECK(local.version().starts_with("cn@2025-11-04+shiyan#"));
  CHECK(local.stamp() != cal.stamp());
  s.overlays[0].days.clear();
  CHECK(workday_calendar::build(s).value().stamp() == cal.stamp());
}
