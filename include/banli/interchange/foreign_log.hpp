// foreign_log.hpp — logs that other systems push: CSV or XES, taken as far as they can be read.
//
//   log_mapping m = xes_mapping(item);                     // or one of the configuration, or by
//   hand case_log_result r = import_case_log(text, "pushed.xes", m); r.log.commands      // of
//   every case that could be read whole r.found             // every problem, with its line: the
//   error report
//
// parse_case_log() takes a file or leaves it. Here a case is the unit: one that has a row which
// cannot be read is left out whole, because what follows a gap would be judged as if nothing was
// missing; the others go on. A file whose rows cannot be told apart (a quote that is never closed,
// no XML) is left out as a whole: nobody can say whose the row was.
//
// Rows are put in order: by their sequence numbers, or by their times where there are none. The
// request of a row is made of its case and its number (a/3), or its time and step
// (a/2024-03-01T09:00:00/check), so that what was pushed before can be pushed again, alone or with
// what came after it: each row leads to its events once.
//
// An XES log is read as a table of one row an event: its attributes by their keys, those of the
// trace as "case:" and the key. Events whose lifecycle:transition is not "complete" are not steps
// that were done, and are passed over.
//
// The hard case is a row that turns up late, with a time before rows that were imported. The
// requests of the others stay as they were; the engine refuses the late row (time_backwards) and
// says so.
#pragma once

#include <string>
#include <string_view>

#include <banli/engine/log_mapping.hpp>
#include <banli/interchange/case_log.hpp>
#include <banli/interchange/csv.hpp>

namespace banli {

/// Reads an XES log as a table; the lines are those of the events. Codes: bad_utf8, bad_xml,
/// limit_exceeded, missing_column (there is no event).
csv_table read_xes(std::string_view text, const std::string& file, problems& found,
                   const csv_limits& limits = {});

/// The mapping of XES's own attributes: case:concept:name, concept:name, time:timestamp,
/// org:resource.
log_mapping xes_mapping(const item_id& item);

/// Whether a text is an XES log and not a table.
bool is_xes(std::string_view text);

/// Reads a log of another system. Commands as parse_case_log() with a mapping makes them; cases
/// with problems are left out. An actor's column that XES does not have is left empty. Codes: those
/// of parse_case_log() and read_xes().
case_log_result import_case_log(std::string_view text, const std::string& file,
                                const log_mapping& mapping, const case_log_limits& limits = {});

} // namespace banli
