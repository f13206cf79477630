// timeline_svg.hpp — the days of a case as a strip calendar.
//
// One cell a day, one row a month, coloured by what the day was for the limit: counted, weekend,
// holiday, excluded, after the due date. Counted days carry their ordinal; the start, the due date and
// the end are marked. The cells come from explain(), so the picture shows exactly the days that were
// counted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/deadline/explanation.hpp>
#include <banli/time/civil.hpp>

namespace banli {

struct timeline_options {
  language in = language::zh;
  std::size_t days = 3'000; ///< more than this are cut off, and the picture says so
};

/// What the strip shows: the runs of an explanation and three days to mark.
struct timeline {
  std::vector<day_run> runs;
  day start{};
  std::optional<day> due;
  std::optional<day> ended; ///< the day the case was closed
};

/// A self-contained SVG.
std::string timeline_svg(const timeline& t, const timeline_options& options = {});

} // namespace banli
