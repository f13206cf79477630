#include "log_cells.hpp"

#include <algorithm>

#include <banli/base/nearest.hpp>

namespace banli::detail {

std::optional<std::size_t> log_cells::required_column(std::string_view name) {
  if (const auto found = table_.column(name)) return found;
  std::vector<std::string_view> names;
  for (const csv_field& f : table_.header) names.emplace_back(f.text);
  report(with_hint(make_error(errc::missing_column, "there is no column '{}'", "缺少“{}”列", name),
                   suggestion(name, names)),
         {file_, 1, 0});
  return std::nullopt;
}

std::string_view log_cells::required(const csv_row& row, std::size_t column) {
  const std::string_view s = text(row, column);
  if (s.empty())
    report(
        row, column,
        make_error(errc::missing_field, "'{}' is empty", "“{}”未填写", table_.header[column].text));
  return s;
}

std::string_view log_cells::identifier(const csv_row& row, std::size_t column) {
  const std::string_view s = required(row, column);
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
  if (std::ranges::any_of(s, control))
    report(row, column,
           make_error(errc::bad_value, "'{}' holds control characters", "“{}”含有控制字符",
                      table_.header[column].text));
  return s;
}

void log_cells::report(error e, place where) {
  if (full()) return;
  if (found_.size() == most_)
    e = make_error(errc::limit_exceeded, "more than {} problems: stopped",
                   "问题超过 {} 个,停止检查", most_);
  found_.push_back(at(std::move(e), std::move(where)));
}

void finish(case_log_result& r) {
  std::ranges::stable_sort(r.found, {}, &error::where);
  if (!r.found.empty()) r.log = {};
}

} // namespace banli::detail
