// deadline_json.hpp — a deadline with its reasons as JSON, for programs that are not ours.
//
//   const explanation why = *explain(cal, {20, limit_unit::workday}, start, out);
//   deadline_json(why, cal);
//
//   {"start":"2024-09-02","limit":"20 workdays","due":"2024-10-25","due_at":"2024-10-26T00:00:00",
//    "nominal":"2024-10-25","total":20,"used":20,"remaining":0,"unit":"workday",
//    "provisional":false,"calendar":"cn@2025-11-04#...",
//    "days":[{"from":"2024-09-02","to":"2024-09-02","class":"before_start","first":null,"last":null,
//             "reason":{"en":"day of the event, ...","zh":"起算当日,..."},"source":null}, ...]}
//
// Days are ISO 8601, both ends inside; `due_at` is the first instant that is too late; `start` is
// an instant where the time of day matters or is not midnight. `total`, `used`, `remaining`,
// `first` and `last` are in units of `unit`: workday, day, and for limits in hours workminute,
// minute. What does not exist is null: the source of an ordinary day, the ordinals of a day that
// does not count.
//
// `used` and `remaining` are as at the due date, so that nothing remains. Asked about an instant
// (`asked`), they are as of that instant, and there are four members more: `at`; `late` and
// `early`, calendar days after and before the due date, one of them 0; `in_time`.
//
// The hard case is a suspension that is still open. `due`, `due_at` and `nominal` are null then,
// `used` and `remaining` are as at its beginning, and the last run has no `to`.
#pragma once

#include <optional>
#include <string>

#include <banli/deadline/explanation.hpp>
#include <banli/deadline/usage.hpp>

namespace banli {

/// An instant that somebody asked about, and how the limit stood then: usage_at(now, ...).
struct asked_instant {
  instant now{};
  usage state;
};

/// The deadline and its days as one JSON object, on one line without an end.
std::string deadline_json(const explanation& why, const workday_calendar& calendar,
                          const std::optional<asked_instant>& asked = {});

} // namespace banli
