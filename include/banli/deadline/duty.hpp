#pragma once
#include <banli/deadline/deadline.hpp>

namespace banli {

/// What sets a duty going.
enum class duty_trigger : std::uint8_t {
  event, request, accept, publish, on_change, every, yearly_by, if_unchanged, if_none, max_gap,
  min_count, per_plan, quality, repost, unspecified
};

/// How long after its trigger a clause leaves: a limit, or a word without a number.
enum class duty_pace : std::uint8_t { none, immediate, prompt, limit };

/// One clause of a duty.
struct duty_clause {
  std::vector<std::string> scope;  ///< "policy", "guide"; empty: everything
  duty_trigger trigger = duty_trigger::unspecified;
  std::string subject;             ///< publish(文件): 文件; quality:guide8: guide8; …
  duty_pace pace = duty_pace::none;
  time_limit limit;                ///< with pace limit: the limit, or the longest gap
  std::chrono::month_day by{};     ///< yearly_by
  int count = 0;                   ///< min_count
  friend bool operator==(const duty_clause&, const duty_clause&) = default;
};

/// A publication duty: what must be published by when.
struct duty {
  std::vector<duty_clause> clauses;
  friend bool operator==(const duty&, const duty&) = default;
};

/// What "immediate" and "prompt" mean in numbers.
struct duty_tolerance {
  time_limit immediate{1, limit_unit::workday};
  time_limit prompt{5, limit_unit::workday};
};

/// Reads the clause grammar. Errors: bad_duty.
inline result<duty> parse_duty(std::string_view text);
inline std::string to_text(const duty& d);

/// What a column's history is: times of publication, and the events that oblige.
struct duty_occurrence { duty_trigger trigger{}; day date{}; std::string scope; };
struct duty_history {
  day since{};                              ///< the duty runs from here
  std::vector<day> published;
  std::vector<duty_occurrence> occurrences; ///< events, requests, changes …
};
/// One obligation in time.
struct obligation {
  std::size_t clause = 0;      ///< index into duty::clauses
  day from{};                  ///< the trigger, or the last publication
  day due{};                   ///< last day in time
  std::optional<day> met;      ///< when it was met
};
/// The obligations of a duty up to a day; overdue are those unmet or met late.
inline result<std::vector<obligation>> obligations(const duty& d, const workday_calendar& calendar,
                                                   const duty_history& history, day until,
                                                   const duty_tolerance& tolerance = {});
/// The next day by which something must be published; absent when nothing is bound in time.
inline result<std::optional<day>> next_due(const duty& d, const workday_calendar& calendar,
                                           const duty_history& history, day now,
                                           const duty_tolerance& tolerance = {});

} // namespace banli
