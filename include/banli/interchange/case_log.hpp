// case_log.hpp — a log of commands, read from banli's own CSV or from somebody else's.
//
// banli's own log has one row a command. The columns are the members of command and details:
//
//   id,case,at,actor,action,item,step,to_step,outcome,kind,reason,opinion,document,authority,
//   applicant,to_person,recipient,late_reason,channel,result,received,limit,facts,
//   recorded,until,attachments,reviews,
//   number,title,summary,agent,contact,phone,certificate,certificate_number,window
//
// The last line are the members of an application. id, case, at, actor and action must be there and
// filled in, the others may be left out; facts is "name=value" pairs parted by ';', attachments are
// names parted by ';', and reviews are lines such as 章程=lacking:未签字, parted by ';'. An id is
// never used twice: a line that repeats one is duplicate_line and names the first. In the examples'
// own words:
//
//   id,case,at,actor,action,item,step,outcome,facts
//   1,2024-0017,2024-03-01T09:10,CK01,accept,11620524MB,,,area=120;kind=b
//   2,2024-0017,2024-03-04T15:00,MZ01,complete,,初审,通过,
//
// A foreign log has one row an event, in columns of its own naming; a log_mapping says which
// column is the case, which the activity, what is an acceptance and what a completed step:
//
//   case-10011, 2, T02 Check confirmation of receipt, 2011-10-12T08:26:25.398+02:00, Resource10
//     -> request case-10011/2: complete, step T02
//
// The rows of a case are taken in the order of their sequence numbers, or of the file if there are
// none. A step that the mapping does not name stays as it is, for the engine to know or refuse.
// Files that end in .gz are decompressed. Every problem of a file is found before anything is done
// with it. Source of the terms: IEEE 1849 (XES).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/engine/event.hpp>
#include <banli/engine/log_mapping.hpp>
#include <banli/interchange/csv.hpp>

namespace banli {

/// A deadline another system recorded, to be compared with ours.
struct recorded_deadline {
  case_id id;
  day due{};
};

struct case_log {
  /// In the order of the file; of a foreign log case by case, by the first row of each.
  std::vector<command> commands;
  std::vector<recorded_deadline> deadlines;
};

struct case_log_result {
  case_log log;   ///< empty if anything was found
  problems found; ///< in the order of the text
};

struct case_log_limits {
  std::size_t compressed_bytes = std::size_t{1} << 28U;
  csv_limits csv;
};

/// Reads banli's own log from text. Codes: those of read_csv; missing_column, unknown_field (a
/// column that means nothing, with did-you-mean), missing_field, bad_date, unknown_command,
/// unknown_value, bad_limit, bad_value, duplicate_line.
case_log_result parse_case_log(std::string_view csv, const std::string& file,
                               const case_log_limits& limits = {});

/// Reads a foreign log. In each case an accept command (request "<case>/accept") is put before its
/// first row, at the time of that row, and a deliver command ("<case>/deliver") after its last,
/// which the engine will refuse (not_finished) if the flow is not at its end. The columns of the
/// day of receipt and of the recorded deadline are read from the first row of the case that fills
/// them in. Codes: those of read_csv, missing_column, missing_field, bad_date, bad_value,
/// duplicate_line (a sequence number twice in a case).
case_log_result parse_case_log(std::string_view csv, const std::string& file,
                               const log_mapping& mapping, const case_log_limits& limits = {});

/// The content of a file, decompressed if its name ends in .gz. What is unpacked is bounded by
/// csv.bytes. Errors: file_not_found, file_unreadable,
/// truncated_file, bad_encoding, limit_exceeded.
result<std::string> read_log_file(const std::string& path, const case_log_limits& limits = {});

} // namespace banli
