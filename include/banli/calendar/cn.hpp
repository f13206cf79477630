// cn.hpp — the official calendar of China, 2007 to 2026.
//
// The State Council's General Office publishes, late in each year, which days of the next are rest
// days and which weekends make up for them. All of it is built in: 678 exceptional days, each with
// its holiday and the notice that made it so.
//
//   workday_calendar cal = cn();
//   cal.at(to_day(2020y / 1 / 31)).source;      // ".../2020-01/27/content_5472352.htm"
//   cal.as_known_on(to_day(2020y / 1 / 20)).is_workday(to_day(2020y / 1 / 31));   // true
//   cal.horizon();                              // 2026-12-31
//
// Three years were amended while they ran: 2015 (the day of victory in September), 2019 (May Day
// made four days long) and 2020 (Spring Festival prolonged). The first notices of those years are
// kept as they were. Years without a notice have the statutory days of fixed date only
// (全国年节及纪念日放假办法).
//
// The hard case is the turn of the year: New Year's Day of the next notice may move days of this
// December (2018-12-29), so that a December is settled for good only a year later.
#pragma once

#include <string_view>

#include <banli/calendar/cn_days.hpp>
#include <banli/calendar/workday_calendar.hpp>

namespace banli {

namespace detail {

/// "20251011" as a day; the data are our own and well formed.
constexpr day packed_day(std::string_view s) {
  const int y = take_digits(s, 4);
  const auto m = static_cast<unsigned>(take_digits(s, 2));
  const auto d = static_cast<unsigned>(take_digits(s, 2));
  return to_day(std::chrono::year{y} / std::chrono::month{m} / std::chrono::day{d});
}

inline std::vector<fixed_holiday> cn_fixed_holidays() {
  using namespace std::chrono;
  constexpr year reform{2008};
  constexpr year reform2{2025};
  return {{January / 1, "元旦"},
          {May / 1, "劳动节"},
          {May / 2, "劳动节", year{1}, reform - years{1}},
          {May / 3, "劳动节", year{1}, reform - years{1}},
          {May / 2, "劳动节", reform2},
          {October / 1, "国庆节"},
          {October / 2, "国庆节"},
          {October / 3, "国庆节"}};
}

} // namespace detail

/// The source of the built-in calendar: change it (overlays, years, known_on) and build your own.
inline calendar_source cn_source() {
  calendar_source s;
  s.name = "cn";
  s.fixed_holidays = detail::cn_fixed_holidays();
  std::string_view rest = detail::cn_days;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() + 1);
    if (line.front() == '@') {
      s.notices.push_back(
          {std::string{line.substr(10)}, detail::packed_day(line.substr(1, 8)), {}});
      continue;
    }
    const opening o = line[8] == '+' ? opening::open : opening::closed;
    s.notices.back().days.push_back({detail::packed_day(line), o, std::string{line.substr(9)}});
  }
  return s;
}

/// The built-in calendar, with tables for the years 2000 to 2040. Built once, shared by all.
inline workday_calendar cn() {
  static const workday_calendar calendar = workday_calendar::build(cn_source()).value();
  return calendar;
}

} // namespace banli
