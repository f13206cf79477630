// csv.hpp — comma-separated values (RFC 4180), with the place of every field.
//
// Own reader, because every message must name line and column: fields may be quoted, quotes
// doubled, line ends LF or CRLF, a byte order mark is skipped, quoted fields may hold line ends.
// The first record names the columns; empty lines are passed over where there is more than one
// column.
//
//   csv_table t = read_csv("id,name\n1,\"a \"\"b\"\"\"\n", "cases.csv", found);
//   t.rows[0].fields[1].text       // a "b"
//   t.rows[0].fields[1].column     // 3: columns count characters, not bytes
//
// The hard case is a file that was cut off. A last line without a line end is accepted; one that
// has too few fields, or stops inside quotes, is truncated_file. A quote that is never closed
// swallows the rest of the file, so the message names where it opened.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>

namespace banli {

struct csv_limits {
  std::size_t bytes = std::size_t{1} << 30U; ///< of the whole text; never above 2^31 - 1
  std::size_t rows = 20'000'000;
  std::size_t columns = 1'000;
  std::size_t field_bytes = 1'000'000;
  std::size_t problems = 1'000;
};

struct csv_field {
  std::string text;
  int line = 0;   ///< of its first character (a quote, if it is quoted), from 1
  int column = 0; ///< likewise
};

struct csv_row {
  int line = 0; ///< of its first field
  std::vector<csv_field> fields;
};

struct csv_table {
  std::vector<csv_field> header;
  std::vector<csv_row> rows; ///< only good rows, with as many fields as the header

  /// Position of a column, or nothing.
  std::optional<std::size_t> column(std::string_view name) const;
};

/// Reads a whole table; problems are added to `found`, good rows are kept. Codes: bad_utf8,
/// syntax_error (text after a closing quote, a quote in a field that is not quoted, a lone carriage
/// return), truncated_file (also a file without a header), wrong_column_count, duplicate_id (a
/// column named twice), limit_exceeded.
csv_table read_csv(std::string_view text, const std::string& file, problems& found,
                   const csv_limits& limits = {});

} // namespace banli
