// hours_file.hpp — office hours from a file.
//
//   hours_file f = load_hours("hours.yaml");
//   add_work_time(cal, f.hours, from, minutes{480});       // if f.good()
//
// One YAML document, as schemas/hours.schema.json describes it. Hours are written "08:30-11:30", a
// comma between several sessions, "-" where the office stays shut; quote them inside { }.
//
//   kind: hours
//   week:
//     every_day: 09:00-12:00,13:30-17:30      # without it 08:30-11:30,14:30-17:30
//     friday: 09:00-12:00                     # a half day
//   seasons:                                  # the first that holds a day decides
//     - name: 夏季
//       from: 06-01
//       through: 08-31
//       week: {every_day: "08:00-12:00,15:00-18:00"}
//   dates:
//     - {date: 2026-02-14, hours: "09:00-12:00", name: 除夕前一日}
//
// The most particular rule wins: a date, then a season, then the weekday. A weekday that a season
// does not name has the hours of the week above.
//
// The hard case is the rest day: hours matter only on working days of the calendar, so that hours
// for a Sunday are those of a make-up Sunday.
#pragma once

#include <string>
#include <string_view>

#include <banli/base/result.hpp>
#include <banli/calendar/working_hours.hpp>
#include <banli/document/configuration.hpp>

namespace banli {

/// What a file says about office hours; to be used if nothing was found.
struct hours_file {
  working_hours hours;
  problems found{}; ///< sorted by line

  bool good() const { return found.empty(); }
};

/// Reads office hours. Codes: those of load_configuration(), bad_hours among them.
hours_file load_hours(const std::string& path, const document_limits& limits = {});

/// The same from a text in memory.
hours_file parse_hours(const std::string& name, std::string_view content,
                       const document_limits& limits = {});

} // namespace banli
