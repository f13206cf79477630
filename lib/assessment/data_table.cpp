#include <banli/assessment/data_table.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <boost/json.hpp>

#include <banli/base/utf8.hpp>
#include <banli/interchange/item_tables.hpp>

namespace banli {

namespace {

void put_cell(std::string& out, std::string_view cell) {
  if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += cell;
    return;
  }
  out += '"';
  for (const char c : cell) out += c == '"' ? "\"\"" : std::string(1, c);
  out += '"';
}

bool is_words(const data_column& c) {
  return std::holds_alternative<std::vector<std::string>>(c.cells);
}

template <class Heading>
std::string csv_of(const data_table& t, Heading heading) {
  std::string out;
  for (std::size_t i = 0; i < t.columns.size(); ++i) {
    if (i > 0) out += ',';
    put_cell(out, heading(t.columns[i]));
  }
  out += "\r\n";
  for (std::size_t row = 0; row < t.rows(); ++row) {
    for (std::size_t i = 0; i < t.columns.size(); ++i) {
      if (i > 0) out += ',';
      const std::string cell = cell_text(t.columns[i], row);
      put_cell(out, is_words(t.columns[i]) ? guard_formula(cell) : cell);
    }
    out += "\r\n";
  }
  return out;
}

boost::json::value json_cell(const data_column& c, std::size_t row) {
  if (is_words(c)) return boost::json::value(c.word(row));
  if (std::holds_alternative<std::vector<std::int64_t>>(c.cells)) return c.whole(row);
  const double d = c.real(row);
  return std::isfinite(d) ? boost::json::value(d) : boost::json::value(nullptr);
}

std::string_view sort_of(const data_column& c) {
  if (is_words(c)) return "text";
  return std::holds_alternative<std::vector<double>>(c.cells) ? "real" : "whole";
}

} // namespace

const data_column& data_table::column(std::string_view wanted) const {
  const auto it = std::ranges::find(columns, wanted, &data_column::name);
  if (it == columns.end()) throw std::out_of_range("no column " + std::string{wanted});
  return *it;
}

std::string cell_text(const data_column& c, std::size_t row) {
  if (is_words(c)) return c.word(row);
  if (std::holds_alternative<std::vector<std::int64_t>>(c.cells))
    return fmt::format("{}", c.whole(row));
  const double d = c.real(row);
  if (!std::isfinite(d)) return {};
  std::string out = fmt::format("{:.2f}", d);
  out.erase(out.find_last_not_of('0') + 1);
  if (out.ends_with('.')) out.pop_back();
  return out == "-0" ? "0" : out;
}

std::string to_csv(const data_table& t, language in) {
  return csv_of(t, [in](const data_column& c) { return c.label.in(in); });
}

std::string to_csv(const data_table& t) {
  return csv_of(t, [](const data_column& c) { return c.name; });
}

std::string to_json(const data_table& t) {
  boost::json::array columns, rows;
  for (const data_column& c : t.columns)
    columns.push_back(boost::json::object{{"name", c.name},
                                          {"label", {{"en", c.label.en}, {"zh", c.label.zh}}},
                                          {"sort", sort_of(c)}});
  for (std::size_t row = 0; row < t.rows(); ++row) {
    boost::json::array cells;
    for (const data_column& c : t.columns) cells.push_back(json_cell(c, row));
    rows.push_back(std::move(cells));
  }
  return boost::json::serialize(
      boost::json::object{{"name", t.name},
                          {"title", {{"en", t.title.en}, {"zh", t.title.zh}}},
                          {"columns", std::move(columns)},
                          {"rows", std::move(rows)}});
}

std::string to_text(const data_table& t, language in) {
  std::vector<std::size_t> widths;
  for (const data_column& c : t.columns) {
    std::size_t w = detail::count_cells(c.label.in(in));
    for (std::size_t row = 0; row < t.rows(); ++row)
      w = std::max(w, detail::count_cells(cell_text(c, row)));
    widths.push_back(w);
  }
  const auto line = [&](auto cell) {
    std::string out;
    for (std::size_t i = 0; i < t.columns.size(); ++i) {
      const std::string s = cell(t.columns[i]);
      const std::string gap(widths[i] - detail::count_cells(s), ' ');
      out += (i > 0 ? "  " : "") + (is_words(t.columns[i]) ? s + gap : gap + s);
    }
    return out.substr(0, out.find_last_not_of(' ') + 1) + '\n';
  };
  std::string out = t.title.in(in) + '\n';
  out += line([in](const data_column& c) { return c.label.in(in); });
  for (std::size_t row = 0; row < t.rows(); ++row)
    out += line([row](const data_column& c) { return cell_text(c, row); });
  return out;
}

} // namespace banli
