// workday_clock.hpp — working days as a clock: so many since a day, so many until a day.
//
//   workday_clock elapsed{cal, day{2025-10-10}, workday_clock::counting::since};
//   elapsed.read(2025-10-13 15:00)   // 2 (11 October is worked), holds until 2025-10-14 00:00
//   elapsed.reaches(17)              // 2025-10-31 00:00, by inverting the calendar
//
// `since` counts the working days in (start, today] and rises; `until` counts those in (today, end]
// and falls, below 0 once the end has passed. The value changes at midnight.
//
// The hard case is the end of the calendar's tables: beyond, the clock is missing, and nothing is
// said to hold longer than to there.
#pragma once

#include <cstdint>
#include <optional>

#include <banli/calendar/workday_calendar.hpp>
#include <banli/expression/activation.hpp>

namespace banli {

class workday_clock {
 public:
  enum class counting : std::uint8_t { since, until };

  workday_clock(workday_calendar calendar, day of, counting how)
      : calendar_(std::move(calendar)), of_(of), how_(how) {}

  reading read(instant now) const {
    const auto n = how_ == counting::since ? calendar_.workdays_between(of_, day_of(now))
                                           : calendar_.workdays_between(day_of(now), of_);
    if (!n) return {std::nullopt, before_tables(now), clock_course::irregular};
    const auto next = calendar_.add_workdays(day_of(now), 1);
    return reading::clock(value(*n), next ? instant{*next} : end(),
                          how_ == counting::since ? clock_course::rising : clock_course::falling);
  }

  std::optional<instant> reaches(const value& threshold) const {
    const auto n = threshold.as_int();
    if (!n) return std::nullopt;
    constexpr std::int64_t far = 1'000'000; // more working days than any calendar has
    if (*n > far || *n < -far) {
      const bool ahead = how_ == counting::since ? *n > 0 : *n < 0;
      return ahead ? end() : instant{calendar_.first()};
    }
    return instant{first_at_least(static_cast<int>(how_ == counting::since ? *n : -*n))};
  }

 private:
  instant end() const { return instant{calendar_.last() + days{1}}; }

  std::optional<instant> before_tables(instant now) const {
    if (calendar_.contains(of_) && day_of(now) < calendar_.first())
      return instant{calendar_.first()};
    return std::nullopt;
  }

  /// The first day with at least n working days in (of, day], fewer than none before it.
  day first_at_least(int n) const {
    if (n > 0) {
      const auto d = calendar_.add_workdays(of_, n);
      return d ? *d : calendar_.last() + days{1};
    }
    const auto last_worked = calendar_.preceding(of_);
    const auto d = last_worked ? calendar_.add_workdays(*last_worked, n) : last_worked;
    return d ? *d : calendar_.first();
  }

  workday_calendar calendar_;
  day of_;
  counting how_;
};

} // namespace banli
