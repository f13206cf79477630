#pragma once
#include <banli/deadline/deadline.hpp>

namespace banli {

/// What became of a day in a deadline.
enum class day_class : std::uint8_t {
  before_start, ///< the day of the event, not counted
  counted,      ///< counted towards the limit
  weekend,      ///< a rest day of the week, not counted
  holiday,      ///< closed by a notice or an overlay, not counted
  excluded,     ///< inside an excluded procedure
  suspended,    ///< inside a suspension
  rolled        ///< after the nominal end, up to the due date
};

/// Neighbouring days with one fate: [from, to], both inside. first and last are the ordinals of the
/// counted units (0 where nothing is counted; minutes for hour limits).
struct day_run {
  day from{};
  day to{};
  day_class what = day_class::counted;
  std::int64_t first = 0;
  std::int64_t last = 0;
  text reason;
  std::string source; ///< the notice, the overlay or empty

  friend bool operator==(const day_run&, const day_run&) = default;
};

/// A deadline and every day that made it, in the order of counting.
struct explanation {
  deadline answer;
  std::vector<day_run> runs;
};

/// The same arguments and errors as due_date.
inline result<explanation> explain(const workday_calendar& calendar, time_limit limit, instant start,
                                   std::span<const exclusion> exclusions = {},
                                   std::span<const extension> extensions = {},
                                   const counting_rules& rules = {});
inline result<explanation> explain(const workday_calendar& calendar, const working_hours& hours,
                                   time_limit limit, instant start,
                                   std::span<const exclusion> exclusions = {},
                                   std::span<const extension> extensions = {},
                                   const counting_rules& rules = {});
/// One line a run.
inline std::string to_text(const explanation& e, language l = language::en);

} // namespace banli
