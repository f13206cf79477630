// exclusion.hpp — what stops, moves or lengthens a running time limit.
//
// Four operations look alike and are not:
//
//   exclude   the days of an interval are not counted        hearing, expert review (许可法 45)
//   suspend   the same, but open until somebody resumes it:
//             while it is open there is no due date at all,
//             only what is left of the limit                 中止 (复议法 39)
//   restart   the whole limit runs again from a later event  a corrected request (信息公开条例 30)
//   extend    more units, once, by a named authority, asked
//             for before the limit expires                   许可法 42
//
// The first three are an `exclusion`, told apart by its type; the fourth is an `extension`.
//
//   exclusion hearing{to_day(2024y / 10 / 8), to_day(2024y / 10 / 15), "hearing"};
//   exclusion halted{to_day(2026y / 10 / 21), {}, "中止", stop_type::suspend};
//   exclusion corrected{to_day(2025y / 9 / 3), to_day(2025y / 9 / 10), "补正", stop_type::restart};
//   extension longer{{10, limit_unit::workday}, to_day(2024y / 10 / 20), "行政首长"};
//
// A restart reaches from the day on which the correction was asked for to the day of the later
// event. Nothing is counted between, nor on the day of the event itself, as on the day of any event
// (民法典 201); then the whole limit runs, what extensions added included. While the event has not
// come (`to` absent) there is no due date and the whole limit remains. counting_rules::ends and
// ::resume do not touch it. It acts until the limit has expired, which is the due date after any
// roll; one that is over before the count begins does nothing.
//
// The hard case is overlap: a review and a hearing in the same week stop the clock once. Exclusions
// are united, never summed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <banli/deadline/time_limit.hpp>
#include <banli/time/civil.hpp>

namespace banli {

/// What follows a stop of the clock: an excluded procedure always leaves the remaining term; after
/// a suspension counting_rules::resume decides; after a restart the whole limit runs again.
enum class stop_type : std::uint8_t { exclude, suspend, restart };

/// "exclude", "suspend", "restart"; in Chinese 不计入, 中止, 重新计算.
constexpr std::string_view to_string(stop_type t, language l = language::en) {
  constexpr std::array<std::string_view, 3> en{"exclude", "suspend", "restart"};
  constexpr std::array<std::string_view, 3> zh{"不计入", "中止", "重新计算"};
  return (l == language::zh ? zh : en)[static_cast<std::size_t>(t)];
}

/// Days on which the clock stands still, closed as the law says: [from, to]; the last day of a
/// restart is that of the later event. Without `to` the stop is still open. `kind` is the reason as
/// it will be shown ("hearing", "专家评审").
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
