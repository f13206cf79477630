// describe_calendar.hpp — the keys of calendars and of office hours; see describe.hpp.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/calendar/calendar_source.hpp>
#include <banli/calendar/working_hours.hpp>

#include "document/day_span.hpp"

namespace banli::detail {

/// What a calendar is laid on: the official one, or the bare week.
enum class calendar_base : std::uint8_t { cn, none };
enum class weekday_name : std::uint8_t {
  sunday,
  monday,
  tuesday,
  wednesday,
  thursday,
  friday,
  saturday
};

/// Their words in documents, [0] being Sunday as std::chrono counts.
struct weekday_word {
  std::string_view name;
  std::string_view label;
};
inline constexpr std::array<weekday_word, 7> weekday_words{{{"sunday", "周日"},
                                                            {"monday", "周一"},
                                                            {"tuesday", "周二"},
                                                            {"wednesday", "周三"},
                                                            {"thursday", "周四"},
                                                            {"friday", "周五"},
                                                            {"saturday", "周六"}}};

struct year_range {
  int first = 0;
  int last = 0;
};
/// Days with one fate; a notice that names a day twice is told so when it is laid (day_pile.hpp).
struct day_entry {
  day_span date;
  opening opens = opening::closed;
  std::string name;
};
struct fixed_entry {
  std::chrono::month_day date{};
  std::string name;
  int from = 1;
  int until = 9999;
};
struct notice_entry {
  std::string source;
  day published{};
  std::vector<day_entry> days;
};
struct overlay_document {
  std::string name;
  std::vector<day_entry> days;
};
struct calendar_document {
  calendar_base base = calendar_base::cn;
  std::string name;
  std::optional<year_range> years;
  std::optional<std::vector<weekday_name>> weekend;
  std::vector<fixed_entry> fixed_holidays;
  std::vector<notice_entry> notices;
  std::vector<overlay_document> overlays;
};
/// The sessions of the weekdays that are named; the others have those of every_day.
struct week_entry {
  std::optional<sessions> every_day;
  std::array<std::optional<sessions>, 7> days; ///< [0] is Sunday
};
struct season_entry {
  std::string name;
  std::chrono::month_day from{};
  std::chrono::month_day through{};
  week_entry week;
};
struct date_entry {
  day_span date;
  sessions hours;
  std::string name;
};
struct hours_document {
  std::string name;
  week_entry week;
  std::vector<season_entry> seasons;
  std::vector<date_entry> dates;
};

template <class V>
void describe(V& v, day_entry& x) {
  v.required("date", x.date);
  v.required("opens", x.opens);
  v.optional("name", x.name);
}

template <class V>
void describe(V& v, overlay_document& x) {
  v.required("name", x.name);
  v.required("days", x.days);
}

template <class V>
void describe(V& v, notice_entry& x) {
  v.required("source", x.source);
  v.required("published", x.published);
  v.required("days", x.days);
}

template <class V>
void describe(V& v, fixed_entry& x) {
  v.required("date", x.date);
  v.required("name", x.name);
  v.optional("from", x.from);
  v.optional("until", x.until);
}

template <class V>
void describe(V& v, year_range& x) {
  v.required("first", x.first);
  v.required("last", x.last);
}

template <class V>
void describe(V& v, calendar_document& x) {
  v.required("base", x.base);
  v.optional("name", x.name);
  v.optional("years", x.years);
  v.optional("weekend", x.weekend);
  v.optional("fixed_holidays", x.fixed_holidays);
  v.optional("notices", x.notices);
  v.optional("overlays", x.overlays);
}

template <class V>
void describe(V& v, week_entry& x) {
  v.optional("every_day", x.every_day);
  for (const std::size_t i : {1U, 2U, 3U, 4U, 5U, 6U, 0U})
    v.optional(weekday_words[i].name, x.days[i]);
}

template <class V>
void describe(V& v, season_entry& x) {
  v.optional("name", x.name);
  v.required("from", x.from);
  v.required("through", x.through);
  v.required("week", x.week);
}

template <class V>
void describe(V& v, date_entry& x) {
  v.required("date", x.date);
  v.required("hours", x.hours);
  v.optional("name", x.name);
}

template <class V>
void describe(V& v, hours_document& x) {
  v.optional("name", x.name);
  v.optional("week", x.week);
  v.optional("seasons", x.seasons);
  v.optional("dates", x.dates);
}

} // namespace banli::detail
