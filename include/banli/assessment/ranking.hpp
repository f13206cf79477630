// ranking.hpp — who stands where, and what follows from it (排名与结果运用).
//
//   ranking year = rank(scheme, scores);            // 1, 2, 2, 4 for equals
//   consequences(scheme, {last_year, year});        // 后三位通报批评; 连续两年末位调整负责人
//
// Order: who has a veto stands behind all who have none (一票否决, 直接列为最差部门); then the
// higher total; then, of equals, the indicators the scheme names as tie breakers. Who is equal in
// all of them shares a rank; `ties` says whether the next rank skips.
//
// The last three are all before whom fewer than three stand from the end: where equals straddle the
// edge, all of them are in, because the rule cannot tell them apart. The hard case is a ranking
// without a difference: where nobody stands before the last, or behind the first, no one is either.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <banli/assessment/score.hpp>

namespace banli {

struct ranked {
  std::string subject{};
  std::size_t rank = 0; ///< from 1
  decimal total{};
  bool vetoed = false;
  std::size_t before = 0; ///< how many are strictly better
  std::size_t behind = 0; ///< how many are strictly worse

  friend bool operator==(const ranked&, const ranked&) = default;
};

struct ranking {
  day from{};
  day until{};
  std::vector<ranked> places{}; ///< the best first; equals by name

  friend bool operator==(const ranking&, const ranking&) = default;
};

/// Ranks scores of one scheme and period. Their order does not matter.
ranking rank(const compiled_scheme& scheme, std::span<const score> scores);

/// A consequence of the scheme, and whom it meets.
struct consequence_met {
  std::string id{};
  text name{};
  std::string subject{};
  std::vector<std::size_t> ranks{}; ///< of the periods it rests on, the oldest first

  friend bool operator==(const consequence_met&, const consequence_met&) = default;
};

/// What follows from the last of some rankings, the oldest first. A consequence that runs over
/// several periods needs a subject in all of them, and periods that follow one another without a
/// gap. In the order of the scheme, then of the ranking.
std::vector<consequence_met> consequences(const compiled_scheme& scheme,
                                          std::span<const ranking> rankings);

} // namespace banli
