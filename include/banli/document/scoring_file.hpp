// scoring_file.hpp — a scoring scheme in a file, and the records it scores.
//
//   scheme_file f = load_scheme("examples/scoring/double_evaluation.yaml");
//   f.found;                         // every problem with file, line and column
//   f.scheme                         // where nothing was found
//   save(f.definition)               // kind: scoring_scheme …, in its one spelling
//   read_records(bytes, "records.csv", found);
//
// Records and evaluations come from many hands, so they are tables:
//
//   records.csv      id,kind,department,person,at,amount,points,note,case,rule,trial,waiver,
//                    waiver_reason
//   evaluations.csv  id,department,person,group,channel,grade,at,item,case,words, and any number of
//                    columns mark:ASPECT
//   counts.csv       subject,COUNT,COUNT …
//
// Columns may stand in any order and be left out, but for id, kind and at. An instant may be a day.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/assessment/score_record.hpp>
#include <banli/assessment/scoring_scheme.hpp>
#include <banli/document/configuration.hpp>

namespace banli {

struct scheme_file {
  scoring_scheme definition{};             ///< as far as it could be read
  std::optional<compiled_scheme> scheme{}; ///< where nothing was found
  problems found{};                        ///< sorted by line

  bool good() const { return found.empty(); }
};

/// Reads one file, or a text in memory. Codes: those of load_configuration() for a file and a
/// value, unknown_value for a document of another kind, and those of compile_scheme().
scheme_file load_scheme(const std::string& path, const document_limits& limits = {});
scheme_file parse_scheme(const std::string& name, std::string_view content,
                         const document_limits& limits = {});

/// A document of kind scoring_scheme, in its one spelling. Errors: bad_utf8.
result<std::string> save(const scoring_scheme& scheme);

/// Reads a table; problems are added to `found`, good rows are kept. Codes: those of read_csv(),
/// missing_column, unknown_field (a column; with the nearest), bad_date, bad_value (a number, true
/// or false), unknown_value (a grade, a channel), and those of check(records).
std::vector<score_record> read_records(std::string_view text, const std::string& file,
                                       problems& found);
std::vector<evaluation> read_evaluations(std::string_view text, const std::string& file,
                                         problems& found);
/// Counts by subject. Codes: those of read_csv(), missing_column, bad_value, duplicate_id.
std::map<std::string, std::map<std::string, std::int64_t>>
read_counts(std::string_view text, const std::string& file, problems& found);

} // namespace banli
