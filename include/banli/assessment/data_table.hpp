// data_table.hpp — a table with named columns: what every statistic comes as.
//
//   data_table t = case_statistics(figures, {.from = a, .until = b, .by = {grouping::department}});
//   t.column("received").whole(0)      // 41
//   to_csv(t, language::zh);           // 部门,收件,…
//   to_json(t);                        // {"columns":[{"name":"department",…}],"rows":[[…]]}
//
// A column is all of one sort: words, whole numbers, or real numbers, of which NaN says that there
// is none (a mean of nothing); so a column is an array, and Python takes it as one. Names are
// stable and English, labels are for people.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <banli/base/result.hpp>

namespace banli {

inline constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

struct data_column {
  std::string name;
  text label;
  std::variant<std::vector<std::string>, std::vector<std::int64_t>, std::vector<double>> cells{};

  std::size_t size() const {
    return std::visit([](const auto& all) { return all.size(); }, cells);
  }
  /// One cell; the column is of that sort.
  const std::string& word(std::size_t row) const {
    return std::get<std::vector<std::string>>(cells).at(row);
  }
  std::int64_t whole(std::size_t row) const {
    return std::get<std::vector<std::int64_t>>(cells).at(row);
  }
  double real(std::size_t row) const { return std::get<std::vector<double>>(cells).at(row); }
};

/// Every column has as many cells.
struct data_table {
  std::string name;
  text title;
  std::vector<data_column> columns;

  std::size_t rows() const { return columns.empty() ? 0 : columns.front().size(); }
  /// The column of a name. Throws std::out_of_range where there is none: it is a mistake of the
  /// program.
  const data_column& column(std::string_view name) const;
};

/// A cell as text: words as they are, whole numbers, reals with at most two places, nothing for
/// none.
std::string cell_text(const data_column& c, std::size_t row);

/// RFC 4180 with line ends CRLF; the first line are the labels in a language. Words that a
/// spreadsheet would take for a formula are guarded.
std::string to_csv(const data_table& t, language in);
/// The same under the stable names of the columns.
std::string to_csv(const data_table& t);

/// One line: name, title, columns (name, label, sort) and rows; none is null.
std::string to_json(const data_table& t);

/// The title and the table, aligned for a terminal.
std::string to_text(const data_table& t, language in);

} // namespace banli
