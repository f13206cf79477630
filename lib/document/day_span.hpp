// day_span.hpp — days as documents and tables name them: "2027-02-05" or "2027-02-05..2027-02-11",
// and the days of every year, "12-25" or "--12-25".
#pragma once

#include <chrono>
#include <string_view>

#include <banli/base/result.hpp>
#include <banli/time/text.hpp>

namespace banli::detail {

/// The days [first, last], both inside.
struct day_span {
  day first{};
  day last{};

  std::int64_t size() const { return (last - first).count() + 1; }
};

/// Reads one day or two with ".." between them. Errors: bad_date.
inline result<day_span> parse_day_span(std::string_view s) {
  const std::size_t dots = s.find("..");
  const auto first = parse_day(s.substr(0, dots));
  if (!first) return first.error();
  if (dots == std::string_view::npos) return day_span{*first, *first};
  const auto last = parse_day(s.substr(dots + 2));
  if (!last) return last.error();
  if (*last < *first)
    return make_error(errc::bad_date, "{} lies before {}: write the earlier day first",
                      "{} 早于 {}:请先写较早的日期", to_text(*last), to_text(*first));
  return day_span{*first, *last};
}

/// Reads a month and a day of it; 02-29 is one. Errors: bad_date.
inline result<std::chrono::month_day> parse_month_day(std::string_view s) {
  std::string_view rest = s;
  if (rest.starts_with("--")) rest.remove_prefix(2);
  const int m = take_digits(rest, 2);
  const bool dash = take(rest, '-');
  const int d = take_digits(rest, 2);
  const std::chrono::month_day out{std::chrono::month{static_cast<unsigned>(m < 0 ? 0 : m)},
                                   std::chrono::day{static_cast<unsigned>(d < 0 ? 0 : d)}};
  if (!dash || !rest.empty() || !out.ok())
    return make_error(errc::bad_date, "'{}' is no day of the year: expected MM-DD, such as 12-25",
                      "“{}”不是一年中的日期:应写作 MM-DD,如 12-25", s.substr(0, 80));
  return out;
}

} // namespace banli::detail
