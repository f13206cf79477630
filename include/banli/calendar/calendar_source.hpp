// calendar_source.hpp — what a calendar of working days is made from.
//
// A calendar is not a list of holidays but a pile of decisions. At the bottom lies the week. On it
// lie the notices of the government, in the order they were published; a later notice overrules an
// earlier one on the days it names. On top lie the overlays of a region or an agency, in the order
// given. Nothing is thrown away: the pile remembers who decided each day.
//
//   calendar_source s = cn_source();
//   s.overlays.push_back({"shiyan-flood", {{to_day(2025y / 7 / 9), opening::closed, "防汛停工"}}});
//   s.known_on = to_day(2025y / 7 / 1);          // forget every notice published after this day
//
// A notice settles the whole year of its latest day. In a year that no notice settles, answers are
// provisional: the week, less the holidays of fixed date (`fixed_holidays`).
//
// The hard case is an amendment. On 2020-01-27 the Spring Festival of 2020 was prolonged to 02-02.
// The first notice said that 02-01, a Saturday, was a working day; the second closes it. Both stay
// in the source, and `known_on` chooses what the office could know.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/calendar/day_kind.hpp>
#include <banli/time/civil.hpp>
#include <banli/time/text.hpp>

namespace banli {

/// One day opened or closed, and what for ("国庆节").
struct day_rule {
  day date{};
  opening opens = opening::closed;
  std::string name;

  friend bool operator==(const day_rule&, const day_rule&) = default;
};

/// A published decision about days. `source` is its address or title.
struct notice {
  std::string source;
  day published{};
  std::vector<day_rule> days;

  friend bool operator==(const notice&, const notice&) = default;
};

/// Days that a region or an agency opens or closes on top of the notices.
struct overlay {
  std::string name;
  std::vector<day_rule> days;

  friend bool operator==(const overlay&, const overlay&) = default;
};

/// A holiday on the same Gregorian date every year from `first` to `last`; used where no notice is.
struct fixed_holiday {
  std::chrono::month_day date{};
  std::string name;
  std::chrono::year first{1};
  std::chrono::year last{9999};

  friend bool operator==(const fixed_holiday&, const fixed_holiday&) = default;
};

/// How much a source may hold.
struct calendar_limits {
  std::size_t notices = 1'000;
  std::size_t overlays = 64;
  std::size_t days = 200'000; ///< day rules in all
  int years = 1'000;          ///< years the tables may cover

  friend bool operator==(const calendar_limits&, const calendar_limits&) = default;
};

/// Everything a workday_calendar is built from.
struct calendar_source {
  std::string name;
  std::vector<notice> notices;
  std::vector<overlay> overlays;
  std::vector<fixed_holiday> fixed_holidays;
  std::vector<std::chrono::weekday> weekend{std::chrono::Saturday, std::chrono::Sunday};
  std::chrono::year first_year{2000}; ///< the tables reach from its first day
  std::chrono::year last_year{2040};  ///< to its last
  std::optional<day> known_on;        ///< forget notices published after this day
  calendar_limits limits;

  friend bool operator==(const calendar_source&, const calendar_source&) = default;
};

namespace detail {

/// Days that are named twice, each once; most lists ascend, and cost one look at each day.
inline std::vector<day> repeated_days(const std::vector<day_rule>& rules) {
  std::vector<day> again;
  const auto ascends = [](const day_rule& a, const day_rule& b) { return a.date >= b.date; };
  if (std::adjacent_find(rules.begin(), rules.end(), ascends) == rules.end()) return again;
  std::vector<day> all;
  for (const day_rule& r : rules) all.push_back(r.date);
  std::sort(all.begin(), all.end());
  for (std::size_t i = 1; i < all.size(); ++i)
    if (all[i] == all[i - 1] && (again.empty() || again.back() != all[i])) again.push_back(all[i]);
  return again;
}

inline void check_days(const std::string& owner, const std::vector<day_rule>& rules,
                       problems& out) {
  for (const day_rule& r : rules)
    if (r.date < first_day || r.date > last_day)
      out.push_back(make_error(errc::bad_calendar, "'{}' names a day outside the years 1 to 9999",
                               "“{}”中有公元 1 年至 9999 年以外的日期", owner));
  for (const day d : repeated_days(rules))
    if (d >= first_day && d <= last_day)
      out.push_back(make_error(errc::bad_calendar, "'{}' names {} twice", "“{}”两次列出 {}", owner,
                               to_text(d)));
}

inline void check_sizes(const calendar_source& s, problems& out) {
  std::size_t rules = 0;
  for (const notice& n : s.notices) rules += n.days.size();
  for (const overlay& o : s.overlays) rules += o.days.size();
  if (s.notices.size() > s.limits.notices || s.overlays.size() > s.limits.overlays ||
      rules > s.limits.days)
    out.push_back(make_error(
        errc::limit_exceeded,
        "calendar '{}' holds {} notices, {} overlays and {} days: more than its limits allow",
        "日历“{}”有 {} 个通知、{} 个叠加层、{} 个日期,超出限制", s.name, s.notices.size(),
        s.overlays.size(), rules));
}

} // namespace detail

/// Everything that is wrong with a source. Codes: bad_calendar, limit_exceeded.
inline problems check(const calendar_source& s) {
  problems out;
  const int first = static_cast<int>(s.first_year);
  const int last = static_cast<int>(s.last_year);
  if (first < 1 || last > 9999 || first > last || last - first >= s.limits.years)
    out.push_back(make_error(
        errc::bad_calendar,
        "calendar '{}' covers the years {} to {}: expected 1 to 9999, at most {} of them",
        "日历“{}”的年份范围为 {} 至 {}:应在 1 至 9999 之间,且不超过 {} 年", s.name, first, last,
        s.limits.years));
  for (const fixed_holiday& h : s.fixed_holidays)
    if (!h.date.ok())
      out.push_back(make_error(errc::bad_calendar, "the fixed holiday '{}' has no such date",
                               "固定节日“{}”的日期不存在", h.name));
  for (const std::chrono::weekday w : s.weekend)
    if (!w.ok())
      out.push_back(make_error(errc::bad_calendar, "the weekend of calendar '{}' names no weekday",
                               "日历“{}”的周末不是星期几", s.name));
  detail::check_sizes(s, out);
  if (!out.empty()) return out;
  for (const notice& n : s.notices) detail::check_days(n.source, n.days, out);
  for (const overlay& o : s.overlays) detail::check_days(o.name, o.days, out);
  return out;
}

} // namespace banli
