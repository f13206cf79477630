// csv.hpp — comma-separated values (RFC 4180), with the place of every field.
//
// Own reader, because every message must name line and column: fields may be quoted, quotes doubled,
// line ends LF or CRLF, a byte order mark is skipped, quoted fields may hold line ends. The first
// record names the columns. A last line without a line end is accepted; one that stops inside quotes
// or has too few fields is truncated_file or wrong_column_count.
//
//   csv_table t = read_csv(text, "cases.csv", found);
//   t.rows[0].fields[2].text, t.rows[0].fields[2].column
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>

namespace banli {

struct csv_limits {
  std::size_t bytes = std::size_t{1} << 30U;
  std::size_t rows = 20'000'000;
  std::size_t columns = 1'000;
  std::size_t field_bytes = 1'000'000;
  std::size_t problems = 1'000;
};

struct csv_field {
  std::string text;
  int column = 0; ///< of its first character, from 1
};

struct csv_row {
  int line = 0; ///< of its first character, from 1
  std::vector<csv_field> fields;
};

struct csv_table {
  std::vector<std::string> header;
  std::vector<csv_row> rows; ///< only rows with as many fields as the header

  /// Position of a column, or nothing.
  std::optional<std::size_t> column(std::string_view name) const;
};

/// Reads a whole table; problems are added to `found`, good rows are kept. Codes: bad_utf8,
/// truncated_file, wrong_column_count, duplicate_id (a column named twice), limit_exceeded.
csv_table read_csv(std::string_view text, const std::string& file, problems& found,
                   const csv_limits& limits = {});

} // namespace banli
