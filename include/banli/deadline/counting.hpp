// counting.hpp — what the law leaves open, as parameters.
//
// Statutes say "twenty days" and stay silent on much else. Every such question is a parameter with
// the usual answer as its default; none is a constant hidden in the arithmetic.
//
//   counting_rules r;                       // the usual answers
//   r.ends = edges::half_open_to;          // the day an inspection ends counts again
//   r.runs = direction::before;        // "7 working days before the hearing"
//   r.before = before_rule::clear_days;     // seven whole days must lie between
//   r.rolling = roll::none;                 // a rest day may be the last day
//
// The hard case is the roll. A limit in days that ends on a rest day ends on the first day after
// the rest (Civil Code art. 203). A backward limit must not move towards the event and shorten the
// period: it moves on to the working day before. A limit in working days ends on one and never
// rolls, and nor do hours.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <banli/deadline/time_limit.hpp>

namespace banli {

/// Where a last day goes that falls on a rest day.
enum class roll : std::uint8_t { following, preceding, none };

/// Which ends of an excluded interval are themselves excluded. half_open_from leaves out the first
/// day, (from, to]; half_open_to the last, [from, to).
enum class edges : std::uint8_t { closed, half_open_from, half_open_to, open };

/// After a suspension: what was left of the limit, or the full limit again.
enum class resume_mode : std::uint8_t { remaining, full };

/// Whether the day of the event is day 0 (Civil Code art. 201) or day 1. Hours always run from the
/// stated minute.
enum class start_rule : std::uint8_t { after_event, on_event };

/// A limit runs after its event, or lies before it ("30 working days before expiry").
enum class direction : std::uint8_t { after, before };

/// "n days before": the n-th day, or the day that leaves n clear days between.
enum class before_rule : std::uint8_t { nth_day, clear_days };

/// Whether an extension lengthens the nominal period and the sum rolls once, or each period rolls.
enum class extension_order : std::uint8_t { extend_then_roll, roll_then_extend };

namespace detail {

inline constexpr std::array<std::string_view, 3> roll_names{"following", "preceding", "none"};
inline constexpr std::array<std::string_view, 3> roll_labels{"顺延", "提前", "不顺延"};
inline constexpr std::array<std::string_view, 4> edges_names{"closed", "half_open_from",
                                                             "half_open_to", "open"};
inline constexpr std::array<std::string_view, 4> edges_labels{"首末日均不计入", "首日计入",
                                                              "末日计入", "首末日均计入"};
inline constexpr std::array<std::string_view, 2> start_rule_names{"after_event", "on_event"};
inline constexpr std::array<std::string_view, 2> start_rule_labels{"次日起算", "当日起算"};
inline constexpr std::array<std::string_view, 2> direction_names{"after", "before"};
inline constexpr std::array<std::string_view, 2> direction_labels{"顺推", "倒推"};
inline constexpr std::array<std::string_view, 2> before_rule_names{"nth_day", "clear_days"};
inline constexpr std::array<std::string_view, 2> before_rule_labels{"第 n 日", "间隔整日"};
inline constexpr std::array<std::string_view, 2> resume_mode_names{"remaining", "full"};
inline constexpr std::array<std::string_view, 2> resume_mode_labels{"续算剩余期限",
                                                                    "重新计算全部期限"};
inline constexpr std::array<std::string_view, 2> extension_order_names{"extend_then_roll",
                                                                       "roll_then_extend"};
inline constexpr std::array<std::string_view, 2> extension_order_labels{"先延长后顺延",
                                                                        "先顺延后延长"};

} // namespace detail

/// Stable names, as documents write them: "half_open_to".
constexpr std::string_view to_string(roll x) {
  return detail::roll_names[static_cast<std::size_t>(x)];
}
constexpr std::string_view to_string(edges x) {
  return detail::edges_names[static_cast<std::size_t>(x)];
}
constexpr std::string_view to_string(start_rule x) {
  return detail::start_rule_names[static_cast<std::size_t>(x)];
}
constexpr std::string_view to_string(direction x) {
  return detail::direction_names[static_cast<std::size_t>(x)];
}
constexpr std::string_view to_string(before_rule x) {
  return detail::before_rule_names[static_cast<std::size_t>(x)];
}
constexpr std::string_view to_string(resume_mode x) {
  return detail::resume_mode_names[static_cast<std::size_t>(x)];
}
constexpr std::string_view to_string(extension_order x) {
  return detail::extension_order_names[static_cast<std::size_t>(x)];
}
/// The office's words: 末日计入.
constexpr std::string_view label(roll x) {
  return detail::roll_labels[static_cast<std::size_t>(x)];
}
constexpr std::string_view label(edges x) {
  return detail::edges_labels[static_cast<std::size_t>(x)];
}
constexpr std::string_view label(start_rule x) {
  return detail::start_rule_labels[static_cast<std::size_t>(x)];
}
constexpr std::string_view label(direction x) {
  return detail::direction_labels[static_cast<std::size_t>(x)];
}
constexpr std::string_view label(before_rule x) {
  return detail::before_rule_labels[static_cast<std::size_t>(x)];
}
constexpr std::string_view label(resume_mode x) {
  return detail::resume_mode_labels[static_cast<std::size_t>(x)];
}
constexpr std::string_view label(extension_order x) {
  return detail::extension_order_labels[static_cast<std::size_t>(x)];
}

/// How much one deadline may be given.
struct deadline_limits {
  std::size_t exclusions = 10'000;
  std::size_t extensions = 16;

  friend bool operator==(const deadline_limits&, const deadline_limits&) = default;
};

/// How to count. The defaults are those of Chinese law.
struct counting_rules {
  direction runs = direction::after;
  start_rule start = start_rule::after_event;
  edges ends = edges::closed;  ///< of excluded intervals
  std::optional<roll> rolling; ///< absent: as the law says, see rolling_of()
  before_rule before = before_rule::nth_day;
  resume_mode resume = resume_mode::remaining;
  extension_order order = extension_order::extend_then_roll;
  int extensions_allowed = 1; ///< "once" (许可法 42); a further one is refused
  deadline_limits limits;

  friend bool operator==(const counting_rules&, const counting_rules&) = default;
};

/// The roll that applies to a limit: none for working days and hours whatever the rules say; for
/// calendar units following, or preceding where the limit lies before its event.
constexpr roll rolling_of(const counting_rules& r, limit_unit u) {
  if (!is_calendar_unit(u)) return roll::none;
  if (r.rolling) return *r.rolling;
  return r.runs == direction::after ? roll::following : roll::preceding;
}

} // namespace banli
