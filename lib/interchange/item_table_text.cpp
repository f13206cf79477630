#include <banli/base/utf8.hpp>
#include <banli/interchange/item_tables.hpp>

namespace banli {

namespace {

/// Whether a spreadsheet takes a cell for a formula, once the apostrophes before it are gone.
bool is_formula(std::string_view cell) {
  cell.remove_prefix(std::min(cell.find_first_not_of('\''), cell.size()));
  for (const std::string_view sign :
       {"=", "+", "-", "@", "\t", "\r", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"})
    if (cell.starts_with(sign)) return true;
  return false;
}

void add_csv_cell(std::string& out, std::string_view cell) {
  const std::string guarded = guard_formula(cell);
  if (guarded.find_first_of(",\"\r\n") == std::string::npos) {
    out += guarded;
    return;
  }
  out += '"';
  for (const char c : guarded) out += c == '"' ? "\"\"" : std::string(1, c);
  out += '"';
}

void add_csv_row(std::string& out, const std::vector<std::string>& row) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) out += ',';
    add_csv_cell(out, row[i]);
  }
  out += "\r\n";
}

/// Text that Markdown shows as it is, on one line.
std::string shown(std::string_view s) {
  std::string out;
  for (const char c : s) {
    if (c == '\n')
      out += "<br>";
    else if (c == '<')
      out += "&lt;";
    else if (c == '&')
      out += "&amp;";
    else if (std::string_view{"\\`*_[]>|#~"}.find(c) != std::string_view::npos)
      out += {'\\', c};
    else if (c != '\r')
      out += c;
  }
  return out;
}

std::string markdown_row(const std::vector<std::string>& cells) {
  std::string out = "|";
  for (const std::string& c : cells) out += " " + shown(c) + " |";
  return out + "\n";
}

std::string rule(std::size_t columns) {
  std::string out = "|";
  for (std::size_t i = 0; i < columns; ++i) out += " --- |";
  return out + "\n";
}

/// One item, its fields below one another.
std::string upright(const item_table& t, const std::vector<std::string>& row) {
  std::string out = markdown_row({"序号", "要素", "内容"}) + rule(3);
  for (std::size_t i = 0; i < t.columns.size(); ++i)
    out += markdown_row({std::to_string(i + 1), t.columns[i], row[i]});
  return out;
}

} // namespace

std::string guard_formula(std::string_view cell) {
  return (is_formula(cell) ? "'" : "") + std::string{cell};
}

std::string unguard_formula(std::string_view cell) {
  if (cell.starts_with('\'') && is_formula(cell)) cell.remove_prefix(1);
  return std::string{cell};
}

std::string to_csv(const item_table& table, csv_opening opening) {
  std::string out = opening == csv_opening::byte_order_mark ? "\xEF\xBB\xBF" : "";
  add_csv_row(out, table.columns);
  for (const auto& row : table.rows) add_csv_row(out, row);
  return out;
}

std::string to_markdown(const item_table& table) {
  std::string out = "# " + shown(table.title) + "\n\n";
  for (const std::string& note : table.notes) out += shown(note) + "\n\n";
  const bool each = table.form == item_form::information || table.form == item_form::guide;
  if (!each) {
    out += markdown_row(table.columns) + rule(table.columns.size());
    for (const auto& row : table.rows) out += markdown_row(row);
    return out;
  }
  const std::size_t name = table.form == item_form::information ? 2 : 0;
  for (const auto& row : table.rows)
    out += "## " + shown(row[name]) + "\n\n" + upright(table, row) + "\n";
  if (!table.rows.empty()) out.pop_back();
  return out;
}

} // namespace banli
