// What a rule reads of a running limit, as clocks: a value, until when it holds, and when it
// reaches a threshold. The instants come from the deadline layer by asking it the question the
// other way round: "when is the k-th unit counted?" is the due date of a limit of k units.
#pragma once

#include <banli/engine/case_clocks.hpp>
#include <banli/expression/activation.hpp>

namespace banli {

enum class limit_aspect : std::uint8_t { elapsed, total, share, overdue, overdue_days };

class limit_clock {
 public:
  /// `stopped`: the case or the turn has ended, and `now` is when; nothing changes any more.
  limit_clock(const running_limit& l, const workday_calendar& calendar, instant now, bool stopped)
      : l_(l), calendar_(calendar), now_(now), stopped_(stopped) {}

  reading read(limit_aspect a) const;
  std::optional<instant> reaches(limit_aspect a, const value& threshold) const;

 private:
  reading elapsed() const;
  reading share() const;
  reading overdue() const;
  reading overdue_days() const;
  bool late() const { return !in_time(l_.result, now_); }
  std::int64_t days_past_due() const;

  /// The first instant at which k units are counted; nothing if that never happens.
  std::optional<instant> unit_counted(std::int64_t k) const;
  std::optional<instant> day_counted(std::int64_t k, day counted) const;
  std::optional<instant> minute_counted(std::int64_t k, instant counted) const;
  std::optional<instant> days_late_reach(std::int64_t k) const;

  const running_limit& l_;
  const workday_calendar& calendar_;
  instant now_;
  bool stopped_;
};

} // namespace banli
