// calendar_file.hpp — a calendar from files: another country's, further years, a region's own days.
//
//   calendar_file f = load_calendar({"cn", "notice-2027.csv"});     // the official one and a
//   notice for (const error& e : f.found) fmt::print("{}\n", to_string(e, language::zh));
//   workday_calendar cal = *workday_calendar::build(f.source);      // if f.good()
//
// Several files are one calendar; the word cn stands for the built-in one. A file is either
//
//   YAML      kind: calendar, as schemas/calendar.schema.json describes it:
//
//     kind: calendar
//     base: none                            # the bare week; or cn
//     name: de
//     years: {first: 2020, last: 2030}      # else 2000 to 2040, and wide enough for every day
//     weekend: [saturday, sunday]           # or 周六, 周日
//     fixed_holidays:                       # used in years that no notice settles
//       - {date: 12-25, name: Weihnachten}
//     notices:                              # a later notice overrules an earlier one
//       - source: Feiertagsgesetz
//         published: 2024-11-12
//         days:
//           - {date: 2025-04-18..2025-04-21, opens: closed, name: Ostern}
//
//   CSV       with the columns date, opens, name and perhaps source, published:
//
//     date,opens,name,source,published
//     2027-01-01,closed,元旦,国办发明电〔2026〕7号,2026-11-05
//     2027-02-05..2027-02-11,closed,春节,国办发明电〔2026〕7号,2026-11-05
//
// `opens` is open or closed (上班, 休息; 1, 0); the column may also be called is_workday. Rows of
// one source and one day of publication are one notice. Rows without a source are one notice a
// year, a December day that has the name of the next 1 January (元旦) counted to the next year;
// they were known from the beginning. Beside NAME_days.csv a file NAME_papers.csv (year, paper_url)
// gives such years their sources.
//
// The hard case is the day that nobody would miss: a day outside the `years`, a day twice in one
// notice, a column with a mistyped name. Each is a problem with its place, and all come at once.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/calendar/calendar_source.hpp>
#include <banli/document/configuration.hpp>

namespace banli {

/// What files say about days. The source can be built if nothing was found.
struct calendar_file {
  calendar_source source;
  problems found{}; ///< sorted by file and line

  bool good() const { return found.empty(); }
};

/// Days that lie over a calendar.
struct overlay_file {
  overlay top;
  problems found{};

  bool good() const { return found.empty(); }
};

/// Reads one calendar from files, in their order; the path "cn" is the built-in calendar.
///
/// Codes: those of load_configuration() for YAML, of read_csv() for CSV; missing_column,
/// unknown_field (a column), unknown_value, bad_date, bad_value (a year), bad_calendar (a day twice
/// in one notice, a day outside the years, two bases), limit_exceeded.
calendar_file load_calendar(const std::vector<std::string>& paths,
                            const document_limits& limits = {});

/// The same from texts in memory: pairs of file name and content. Names decide the form: what ends
/// in .csv is a table.
calendar_file parse_calendar(const std::vector<std::pair<std::string, std::string>>& files,
                             const document_limits& limits = {});

/// Reads one overlay: YAML of kind overlay (name, days), or CSV with the columns date, opens, name,
/// named after the file. Codes: as load_calendar().
overlay_file load_overlay(const std::string& path, const document_limits& limits = {});
overlay_file parse_overlay(const std::string& name, std::string_view content,
                           const document_limits& limits = {});

} // namespace banli
