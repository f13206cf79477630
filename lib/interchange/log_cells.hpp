// The cells of a log: reading each as what it should be, and telling what it is not.
#pragma once

#include <string>
#include <string_view>

#include <banli/interchange/case_log.hpp>

namespace banli::detail {

class log_cells {
 public:
  log_cells(const csv_table& table, const std::string& file, problems& found,
            const csv_limits& limits)
      : table_(table), file_(file), found_(found), most_(limits.problems) {}

  /// The position of a column that must be there. Code: missing_column, with did-you-mean.
  std::optional<std::size_t> required_column(std::string_view name);

  std::string_view text(const csv_row& row, std::size_t column) const {
    return row.fields[column].text;
  }

  /// The text of a cell that must be filled in. Code: missing_field.
  std::string_view required(const csv_row& row, std::size_t column);

  /// The same of an identifier. Codes: missing_field, bad_value (control characters).
  std::string_view identifier(const csv_row& row, std::size_t column);

  /// Puts what a parse function makes of a cell into `into`; its errors get the place of the cell.
  template <class T, class Parse>
  bool parsed(const csv_row& row, std::size_t column, T& into, Parse parse) {
    auto value = parse(text(row, column));
    if (!value) {
      report(row, column, std::move(value.error()));
      return false;
    }
    into = std::move(*value);
    return true;
  }

  void report(const csv_row& row, std::size_t column, error e) {
    report(std::move(e), {file_, row.fields[column].line, row.fields[column].column});
  }
  void report(error e, place where);

  place line_of(const csv_row& row) const { return {file_, row.line, 0}; }
  const csv_table& table() const { return table_; }

  /// How many problems were told.
  std::size_t told() const { return found_.size(); }

  /// No more problems will be told.
  bool full() const { return found_.size() > most_; }

 private:
  const csv_table& table_;
  const std::string& file_;
  problems& found_;
  std::size_t most_;
};

/// Puts the problems in the order of the text, and empties a log that has any.
void finish(case_log_result& r);

} // namespace banli::detail
