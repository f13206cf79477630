// assess.hpp — a whole assessment: every subject, every period, the ranks, and what follows.
//
//   assessment a = *assess(scheme, {from, until, records, evaluations, subjects, counts});
//   a.periods[0].places          // the ranking of the first period
//   a.scores                     // of the whole window: the score, or the mean of the periods
//   a.consequences               // 后三位通报批评, 连续两年末位
//
// A window as long as the scheme's period is scored once. A longer one is scored period by period,
// and the score of the window is the mean of them (半年、年度得分为各月平均). A window that is no
// whole number of periods is cut at its ends, and the parts count as periods.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <banli/assessment/data_table.hpp>
#include <banli/assessment/ranking.hpp>

namespace banli {

/// Counts by subject, of one period.
using subject_counts = std::map<std::string, std::map<std::string, std::int64_t>>;

struct assessment_question {
  day from{};
  day until{};
  std::span<const score_record> records{};
  std::span<const evaluation> evaluations{};
  std::set<std::string> subjects{}; ///< beside those that records, evaluations or counts name
  /// What the scheme does not declare is passed over.
  std::function<subject_counts(day from, day until)> counts{};
};

struct assessment {
  std::vector<score> scores{}; ///< of the whole window, by subject
  ranking places{};            ///< of them
  std::vector<std::vector<score>> period_scores{};
  std::vector<ranking> periods{}; ///< the oldest first
  std::vector<consequence_met> consequences{};

  friend bool operator==(const assessment&, const assessment&) = default;
};

/// Errors: bad_value (a window that is empty), those of score_of().
result<assessment> assess(const compiled_scheme& scheme, const assessment_question& asked);

/// rank, subject, total, vetoed (no or the vetoes), complete, and a column for the value of every
/// part of the total.
data_table ranking_table(const compiled_scheme& scheme, const ranking& places,
                         std::span<const score> scores);

/// Every point, a row a line of a score: subject, from, until, indicator, cause, id, points, effect
/// (what the line makes of the total: its points times the weights above it), records (ids, joined
/// by blanks), note. The effects of a score add up to its total.
data_table point_table(std::span<const score> scores);

} // namespace banli
