// time_limit.hpp — "20 working days" as a value.
//
// A time limit is a count and a unit. The unit is half the answer: 20 working days from 2025-01-15
// end on 02-18, 20 days on 02-05. One statute may use both (行政复议法 88: five days are working
// days, sixty days are not), so a limit always carries its unit.
//
//   parse_time_limit("20 workdays")      // {20, workday}
//   parse_time_limit("20个工作日")        // the same
//   parse_time_limit("三个月")            // {3, month}; so are "3 months" and "P3M"
//   parse_time_limit("即办")              // {0, on_the_spot}
//   parse_time_limit("每年3月31日前")      // {331, yearly_date}; so is "every year by 03-31"
//   to_text(time_limit{3, limit_unit::month})                   // "3 months"
//   to_text(time_limit{3, limit_unit::month}, language::zh)     // "3个月"
//
// to_text(parse_time_limit(x)) is canonical: the one spelling that files are saved with.
//
// A date each year is a limit, too ("publish by 03-31 each year"): it ends on the first such date
// after its event. Its count is the date, month * 100 + day. In years without a 29 February that
// date is the 28th.
//
// The hard case is 日. "20日" are calendar days here, because a bare number of days is what the
// text says; where a statute makes them working days, write 工作日.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include <banli/base/nearest.hpp>
#include <banli/base/result.hpp>

namespace banli {

// GCC 12 takes the enumerator `day` to hide the type banli::day; in a scoped enumeration it cannot.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
/// What a limit is counted in.
enum class limit_unit : std::uint8_t {
  on_the_spot,
  workhour,
  hour,
  workday,
  day,
  week,
  month,
  year,
  yearly_date
};
#pragma GCC diagnostic pop

/// A count of a unit. `count` is at least 1, and 0 for on_the_spot; month * 100 + day for
/// yearly_date.
struct time_limit {
  int count = 0;
  limit_unit unit = limit_unit::on_the_spot;

  friend bool operator==(const time_limit&, const time_limit&) = default;
};

/// The limit that ends on a date each year.
constexpr time_limit every_year_by(std::chrono::month_day date) {
  return {static_cast<int>(static_cast<unsigned>(date.month()) * 100 +
                           static_cast<unsigned>(date.day())),
          limit_unit::yearly_date};
}

/// The date of a limit in yearly_date; not ok() where its count is none.
constexpr std::chrono::month_day yearly_date_of(const time_limit& t) {
  const auto n = static_cast<unsigned>(t.count < 0 ? 0 : t.count);
  // Months and days are kept in a byte: what exceeds it must not come back as another date.
  return {std::chrono::month{n < 10'000 ? n / 100 : 0}, std::chrono::day{n % 100}};
}

/// True for units of the civil calendar that end on whatever day they end.
constexpr bool is_calendar_unit(limit_unit u) {
  return u == limit_unit::day || u == limit_unit::week || u == limit_unit::month ||
         u == limit_unit::year || u == limit_unit::yearly_date;
}

/// True for units that end at a minute and not at the end of a day.
constexpr bool is_hour_unit(limit_unit u) {
  return u == limit_unit::workhour || u == limit_unit::hour;
}

/// "workday", "day" …; in Chinese 工作日, 日 …
constexpr std::string_view to_string(limit_unit u, language l = language::en) {
  constexpr std::array<std::string_view, 9> en{
      "on the spot", "workhour", "hour", "workday", "day", "week", "month", "year", "yearly date"};
  constexpr std::array<std::string_view, 9> zh{"即办", "工作小时", "小时", "工作日",  "日",
                                               "周",   "个月",     "年",   "每年定日"};
  return (l == language::zh ? zh : en)[static_cast<std::size_t>(u)];
}

/// "20 workdays", "1 workday", "on the spot", "every year by 03-31"; in Chinese 20个工作日, 60日,
/// 3个月, 即办, 每年3月31日前.
inline std::string to_text(const time_limit& t, language l = language::en) {
  if (t.unit == limit_unit::on_the_spot) return std::string{to_string(t.unit, l)};
  if (t.unit == limit_unit::yearly_date)
    return l == language::zh
               ? fmt::format("每年{}月{}日前", t.count / 100, t.count % 100)
               : fmt::format("every year by {:02}-{:02}", t.count / 100, t.count % 100);
  if (l == language::en)
    return fmt::format("{} {}{}", t.count, to_string(t.unit), t.count == 1 ? "" : "s");
  const bool measure = t.unit == limit_unit::workday || t.unit == limit_unit::workhour;
  return fmt::format("{}{}{}", t.count, measure ? "个" : "", to_string(t.unit, l));
}

/// "P20WD", "P60D", "P3M", "PT24H": ISO 8601, with WD and WH for working time. on_the_spot is
/// "P0D", a date each year "--03-31".
inline std::string to_iso_text(const time_limit& t) {
  if (t.unit == limit_unit::yearly_date)
    return fmt::format("--{:02}-{:02}", t.count / 100, t.count % 100);
  constexpr std::array<std::string_view, 8> units{"D", "WH", "H", "WD", "D", "W", "M", "Y"};
  return fmt::format("P{}{}{}", is_hour_unit(t.unit) ? "T" : "", t.count,
                     units[static_cast<std::size_t>(t.unit)]);
}

namespace detail {

struct unit_word {
  std::string_view word;
  limit_unit unit;
};

// Longer words stand before the words they end with; letters are lower case.
inline constexpr auto unit_words =
    std::to_array<unit_word>({{"workhours", limit_unit::workhour},
                              {"workhour", limit_unit::workhour},
                              {"working hours", limit_unit::workhour},
                              {"working hour", limit_unit::workhour},
                              {"business hours", limit_unit::workhour},
                              {"business hour", limit_unit::workhour},
                              {"hours", limit_unit::hour},
                              {"hour", limit_unit::hour},
                              {"h", limit_unit::hour},
                              {"workdays", limit_unit::workday},
                              {"workday", limit_unit::workday},
                              {"working days", limit_unit::workday},
                              {"working day", limit_unit::workday},
                              {"business days", limit_unit::workday},
                              {"business day", limit_unit::workday},
                              {"wd", limit_unit::workday},
                              {"calendar days", limit_unit::day},
                              {"calendar day", limit_unit::day},
                              {"days", limit_unit::day},
                              {"day", limit_unit::day},
                              {"d", limit_unit::day},
                              {"weeks", limit_unit::week},
                              {"week", limit_unit::week},
                              {"months", limit_unit::month},
                              {"month", limit_unit::month},
                              {"years", limit_unit::year},
                              {"year", limit_unit::year},
                              {"个工作小时", limit_unit::workhour},
                              {"工作小时", limit_unit::workhour},
                              {"个工作时", limit_unit::workhour},
                              {"个小时", limit_unit::hour},
                              {"小时", limit_unit::hour},
                              {"时", limit_unit::hour},
                              {"个工作日", limit_unit::workday},
                              {"工作日", limit_unit::workday},
                              {"个工作天", limit_unit::workday},
                              {"个自然日", limit_unit::day},
                              {"自然日", limit_unit::day},
                              {"个日历日", limit_unit::day},
                              {"日历日", limit_unit::day},
                              {"日", limit_unit::day},
                              {"天", limit_unit::day},
                              {"个星期", limit_unit::week},
                              {"星期", limit_unit::week},
                              {"周", limit_unit::week},
                              {"个月", limit_unit::month},
                              {"月", limit_unit::month},
                              {"年", limit_unit::year}});

inline constexpr auto spot_words = std::to_array<std::string_view>(
    {"on the spot", "on_the_spot", "immediate", "immediately", "即办", "当场", "当场办结",
     "当场办理", "即时办结", "即来即办", "即办件", "立等可取"});

inline error bad_limit(std::string_view s) {
  return make_error(errc::bad_limit,
                    "'{}' is no time limit: expected such as '20 workdays', '60 days', '3 months', "
                    "'24 hours', 'every year by 03-31' or 'on the spot'",
                    "“{}”不是时限:应写作“20个工作日”“60日”“3个月”“24小时”“每年3月31日前”或“即办”",
                    s);
}

/// The error of a limit whose unit is misspelt: "20 workdyas".
inline error unknown_unit(std::string_view s, std::string_view unit) {
  std::vector<std::string_view> known;
  for (const unit_word& u : unit_words) known.push_back(u.word);
  return with_hint(bad_limit(s), suggestion(unit, known));
}

constexpr std::string_view trim(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
  return s;
}

constexpr bool take(std::string_view& s, std::string_view word) {
  if (!s.starts_with(word)) return false;
  s.remove_prefix(word.size());
  return true;
}

/// Reads decimal digits at the front; -1 if there are none or they exceed an int.
constexpr std::int64_t take_count(std::string_view& s) {
  std::int64_t n = -1;
  while (!s.empty() && s.front() >= '0' && s.front() <= '9') {
    n = (n < 0 ? 0 : n) * 10 + (s.front() - '0');
    if (n > 2'147'483'647) return -1;
    s.remove_prefix(1);
  }
  return n;
}

/// Reads a Chinese numeral below 10000, such as 三, 十五, 二十, 一百二十; -1 if there is none.
constexpr std::int64_t take_chinese_count(std::string_view& s) {
  constexpr std::array<std::string_view, 10> digits{"〇", "一", "二", "三", "四",
                                                    "五", "六", "七", "八", "九"};
  std::int64_t sum = 0;
  std::int64_t digit = -1;
  std::int64_t scale_before = 10'000;
  bool any = false;
  while (!s.empty()) {
    std::int64_t d = take(s, "零") ? 0 : take(s, "两") ? 2 : -1;
    for (std::size_t i = 0; d < 0 && i < digits.size(); ++i)
      if (take(s, digits[i])) d = static_cast<std::int64_t>(i);
    if (d >= 0) {
      if (digit > 0) return -1;
      digit = d;
      any = true;
      continue;
    }
    const std::int64_t scale = take(s, "千") ? 1000 : take(s, "百") ? 100 : take(s, "十") ? 10 : 0;
    if (scale == 0) break;
    if (scale >= scale_before) return -1;
    sum += (digit > 0 ? digit : 1) * scale;
    scale_before = scale;
    digit = -1;
    any = true;
  }
  return any ? sum + (digit > 0 ? digit : 0) : -1;
}

/// Reads what follows "P": 3M, 60D, 5WD, 2W, 1Y, T8H, T8WH; 0D for "on the spot".
constexpr bool parse_iso_limit(std::string_view s, time_limit& out) {
  const bool hours = take(s, "t");
  const std::int64_t n = take_count(s);
  if (n == 0 && !hours && s == "d") {
    out = {0, limit_unit::on_the_spot};
    return true;
  }
  if (n < 1) return false;
  const auto unit = hours       ? (s == "h"    ? limit_unit::hour
                                   : s == "wh" ? limit_unit::workhour
                                               : limit_unit::on_the_spot)
                    : s == "wd" ? limit_unit::workday
                    : s == "d"  ? limit_unit::day
                    : s == "w"  ? limit_unit::week
                    : s == "m"  ? limit_unit::month
                    : s == "y"  ? limit_unit::year
                                : limit_unit::on_the_spot;
  out = {static_cast<int>(n), unit};
  return unit != limit_unit::on_the_spot;
}

/// Reads a month and a day with one of some marks between and after them: 03-31, 3月31日,
/// 三月三十一日.
constexpr bool take_date(std::string_view& s, std::string_view between, std::string_view after,
                         time_limit& out) {
  std::int64_t m = take_count(s);
  if (m < 0) m = take_chinese_count(s);
  if (!take(s, between)) return false;
  std::int64_t d = take_count(s);
  if (d < 0) d = take_chinese_count(s);
  if (m < 1 || m > 12 || d < 1 || d > 31 || !take(s, after)) return false;
  out = {static_cast<int>(m * 100 + d), limit_unit::yearly_date};
  return yearly_date_of(out).ok();
}

/// Reads "every year by 03-31", "by 03-31 each year", "每年3月31日前" (之前, 以前), "--03-31".
constexpr bool parse_yearly(std::string_view s, time_limit& out) {
  if (take(s, "每年"))
    return take_date(s, "月", "日", out) && (s.empty() || s == "前" || s == "之前" || s == "以前");
  if (take(s, "--")) return take_date(s, "-", "", out) && s.empty();
  constexpr std::array<std::string_view, 4> each{"every year", "each year", "yearly", "annually"};
  for (const std::string_view words : each)
    if (take(s, words)) return take(s, " by ") && take_date(s, "-", "", out) && s.empty();
  if (!take(s, "by ") || !take_date(s, "-", "", out) || !take(s, " ")) return false;
  for (const std::string_view words : each)
    if (s == words) return true;
  return false;
}

inline std::string lower(std::string_view s) {
  std::string out{s};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

} // namespace detail

/// Reads a time limit in English, Chinese (with digits or numerals; a trailing 内 or 以内 is
/// dropped) or ISO 8601 form. Errors: bad_limit, with the unit that was probably meant.
inline result<time_limit> parse_time_limit(std::string_view text) {
  const std::string lowered = detail::lower(detail::trim(text.substr(0, 64)));
  std::string_view s = lowered;
  if (text.size() > 64) return detail::bad_limit(text.substr(0, 64));
  for (const std::string_view w : detail::spot_words)
    if (s == w) return time_limit{};
  if (time_limit yearly; detail::parse_yearly(s, yearly)) return yearly;
  if (s.ends_with("内")) s.remove_suffix(std::string_view{"内"}.size());
  if (s.ends_with("以")) s.remove_suffix(std::string_view{"以"}.size());
  if (time_limit iso; detail::take(s, "p")) {
    if (detail::parse_iso_limit(s, iso)) return iso;
    return detail::bad_limit(text);
  }
  std::int64_t n = detail::take_count(s);
  if (n < 0) n = detail::take_chinese_count(s);
  s = detail::trim(s);
  if (n <= 0) return detail::bad_limit(text);
  for (const detail::unit_word& u : detail::unit_words)
    if (s == u.word) return time_limit{static_cast<int>(n), u.unit};
  return detail::unknown_unit(text, s);
}

} // namespace banli
