// day_run.hpp — neighbouring days with one fate in a deadline.
//
//   2025-10-01..2025-10-08  -     rest day (国庆节、中秋节) [https://www.gov.cn/...]
//   2025-10-09..2025-10-10  1..2  working day
//
// A run is closed, [from, to], because that is how people name days. The hard case is a suspension
// that nobody has ended: its run reads "2026-10-21..", and its `to` is last_day.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include <banli/base/result.hpp>
#include <banli/time/civil.hpp>
#include <banli/time/text.hpp>

namespace banli {

/// What became of a day.
enum class day_class : std::uint8_t {
  before_start, ///< the day of the event, not counted
  counted,      ///< counted towards the limit
  weekend,      ///< a rest day of the week, not counted
  holiday,      ///< closed by a notice, an overlay or the office hours, not counted
  excluded,     ///< inside an excluded procedure
  suspended,    ///< inside a suspension
  rolled        ///< between the nominal end and the due date
};

/// "counted", "weekend" …; in Chinese 计入, 周末 …
constexpr std::string_view to_string(day_class c, language l = language::en) {
  constexpr std::array<std::string_view, 7> en{"before_start", "counted",   "weekend", "holiday",
                                               "excluded",     "suspended", "rolled"};
  constexpr std::array<std::string_view, 7> zh{"起算日", "计入", "周末", "节假日",
                                               "不计入", "中止", "顺延"};
  return (l == language::zh ? zh : en)[static_cast<std::size_t>(c)];
}

/// Neighbouring days with one fate, [from, to], both inside; a suspension that is still open ends
/// on last_day. `first` and `last` are the ordinals counted (minutes for hour limits), 0 where
/// nothing is.
struct day_run {
  day from{};
  day to{};
  day_class what = day_class::counted;
  std::int64_t first = 0;
  std::int64_t last = 0;
  text reason;
  std::string source; ///< the notice or the overlay that decided, or empty

  friend bool operator==(const day_run&, const day_run&) = default;
};

/// One line: the days, the ordinals, the reason, the source. No end of line.
inline std::string to_text(const day_run& r, language l = language::en) {
  std::string days_text = to_text(r.from);
  if (r.to == last_day)
    days_text += "..";
  else if (r.to != r.from)
    days_text += ".." + to_text(r.to);
  std::string count = "-";
  if (r.last > 0) count = fmt::format("{}", r.first);
  if (r.last > r.first) count += fmt::format("..{}", r.last);
  std::string line = fmt::format("{:<24}  {:<10}{}", days_text, count, r.reason.in(l));
  return r.source.empty() ? line : line + " [" + r.source + ']';
}

} // namespace banli
