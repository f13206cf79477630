// exclusion.hpp — what stops, moves or lengthens a running time limit.
//
// Four operations look alike and are not:
//
//   exclude   the days of an interval are not counted            hearing, expert review (许可法 45)
//   suspend   the same, but open until somebody resumes it: while it is open there is no due
//             date at all, only what is left of the limit        中止 (复议法 39)
//   restart   the whole limit runs again from a later event      a corrected request (信息公开条例
//   30) extend    more units, once, by a named authority, asked for before the limit expires
//   (许可法 42)
//
// The first two are an `exclusion`, with or without an end; the third is a new start, given to
// due_date; the fourth is an `extension`.
//
//   exclusion hearing{to_day(2024y / 10 / 8), to_day(2024y / 10 / 15), "hearing"};   // closed: 8
//   days exclusion halted{to_day(2026y / 10 / 21), std::nullopt, "suspend"};              // still
//   open extension longer{{10, limit_unit::workday}, to_day(2024y / 10 / 20), "行政首长"};
//
// The hard case is overlap: a review and a hearing in the same week stop the clock once. Exclusions
// are united, never summed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <banli/deadline/time_limit.hpp>
#include <banli/time/civil.hpp>

namespace banli {

/// How a stop of the clock ends: an excluded procedure always leaves the remaining term; after a
/// suspension counting_rules::resume decides.
enum class stop_type : std::uint8_t { exclude, suspend };

/// Days on which the clock stands still, closed as the law says: [from, to]. Without `to` the stop
/// is still open. `kind` is the reason as it will be shown ("hearing", "专家评审").
struct exclusion {
  day from{};
  std::optional<day> to{};
  std::string kind{};
  stop_type type = stop_type::exclude;

  friend bool operator==(const exclusion&, const exclusion&) = default;
};

/// More units, granted by an authority; valid only if asked for before the limit expired.
struct extension {
  time_limit by;
  day asked{};
  std::string authority{};

  friend bool operator==(const extension&, const extension&) = default;
};

} // namespace banli
