// timeline_svg.hpp — the days of a case as a wall calendar.
//
// One cell a day, one row a week, Monday first, marked by what the day was for the limit: counted,
// weekend, holiday, excluded, suspended, after the due date. Counted days carry their ordinal; the
// start, the due date, the end and today are tagged. The cells come from explain(), so the picture
// shows exactly the days that were counted.
//
//   timeline_svg(*explain(...));            // <svg ...>
//   timeline t = timeline_of(*explain(...));
//   t.ended = e;                            // and days after the end are marked
//   timeline_svg(t, {.in = language::en});
//
//            一   二   三   四   五   六   日
//   10月          起   1    2    3   休   休
//                4    5   除    除   6届  休   休
//
// Nothing is said by colour alone: every fate has a letter and a pattern of its own, so a page from
// an office printer reads the same. The reason of a day is its tooltip (<title>).
//
// The hard case is a long wait: a case that is overdue, suspended or excluded for months would fill
// pages with one letter. Weeks in which all seven days share such a fate are folded into one row
// that says how many there were.
#pragma once

#include <cstddef>
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

/// What the calendar shows: the runs of an explanation and the days to mark.
struct timeline {
  std::vector<day_run> runs{};
  day start{};
  std::optional<day> due{};
  std::optional<day> ended{}; ///< the day the case was closed
  std::optional<day> today{}; ///< where the case is still open
};

/// The days of an explanation, its start and its due date; the caller adds `ended` or `today`.
timeline timeline_of(const explanation& why);

/// A self-contained SVG, 374 pixels wide, well-formed XML without a declaration. The same timeline
/// gives the same bytes.
std::string timeline_svg(const timeline& t, const timeline_options& options = {});

/// The same of an explanation alone.
inline std::string timeline_svg(const explanation& why, const timeline_options& options = {}) {
  return timeline_svg(timeline_of(why), options);
}

} // namespace banli
