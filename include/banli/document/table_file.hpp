// table_file.hpp — a decision table in a file: YAML or CSV in, judged, and out again.
//
//   table_file f = load_table("posts.csv");
//   f.found;                       // every problem with file, line and column; gaps and overlaps
//   too f.table->evaluate(inputs);     // where nothing was found save(f.definition);            //
//   kind: decision_table …, as text to_csv(f.definition);          // for a spreadsheet
//
// In CSV the header names the columns, and the first field of every line says what the line is:
//
//   rule,in:amount,in:kind,out:post,note
//   id,posts
//   policy,U
//   type,double,string,string
//   values,,"""XK"", ""CF""",
//   1,< 1000,-,"""clerk""",small sums
//   2,[1000..5000),"XK, CF","""head""",
//
// Lines: id, name (or name.en and name.zh), basis, policy, gaps; of the columns label (label.en,
// label.zh), type, expression, values, default; and the rules, in order, numbered or without a
// number. Lines may be shorter than the header.
//
// Both ways are canonical: what is saved reads as the same table, and saves as the same text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <banli/base/result.hpp>
#include <banli/document/configuration.hpp>
#include <banli/rules/compiled_table.hpp>

namespace banli {

/// A decision table and what is to be said of it.
struct table_file {
  decision_table definition{};           ///< as far as it could be read
  std::optional<compiled_table> table{}; ///< where nothing was found
  std::optional<table_analysis> analysis{};
  problems found{}; ///< sorted by line

  bool good() const { return found.empty(); }
};

struct table_file_limits {
  document_limits document{};
  table_limits table{};
};

/// Reads one file; *.csv is a table, everything else YAML. Inputs are fields of the host, or are
/// declared by the table. Codes: those of load_configuration() for a file and a value, of
/// read_csv() and unknown_field (a line, a column) for CSV, unknown_value for a document of another
/// kind, and those of compile_table().
table_file load_table(const std::string& path, const environment& host = {},
                      const table_file_limits& limits = {});

/// The same from a text in memory; the name says which form it has.
table_file parse_table(const std::string& name, std::string_view content,
                       const environment& host = {}, const table_file_limits& limits = {});

/// The same judgement of a table that was built in code.
table_file judge_table(decision_table table, const environment& host = {},
                       const table_limits& limits = {});

/// A document of kind decision_table, in its one spelling. Errors: bad_utf8.
result<std::string> save(const decision_table& table);

/// The table as CSV, in its one spelling; lines end in LF.
std::string to_csv(const decision_table& table);

} // namespace banli
