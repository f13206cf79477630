// An XES log as a table.
#include <banli/interchange/foreign_log.hpp>

#include <algorithm>
#include <unordered_map>

#include <pugixml.hpp>

#include <banli/base/utf8.hpp>

namespace banli {

namespace {

std::string_view without_mark(std::string_view s) {
  return s.starts_with("\xEF\xBB\xBF") ? s.substr(3) : s;
}

bool is_attribute(const pugi::xml_node& n) {
  const std::string_view name{n.name()};
  return name == "string" || name == "date" || name == "int" || name == "float" ||
         name == "boolean" || name == "id";
}

class xes_reader {
 public:
  xes_reader(std::string_view text, const std::string& file, problems& found,
             const csv_limits& limits)
      : text_(without_mark(text)), file_(file), found_(found), limits_(limits) {}

  csv_table read() {
    if (text_.size() > limits_.bytes) return stop(too_many("bytes", "字节", limits_.bytes), 0);
    if (!detail::is_utf8(text_))
      return stop(make_error(errc::bad_utf8, "this is not UTF-8", "不是 UTF-8 编码"), 0);
    pugi::xml_document document;
    const auto parsed =
        document.load_buffer(text_.data(), text_.size(), pugi::parse_default, pugi::encoding_utf8);
    for (std::size_t i = 0; i < text_.size(); ++i)
      if (text_[i] == '\n') line_ends_.push_back(static_cast<std::ptrdiff_t>(i));
    const pugi::xml_node log = document.child("log");
    if (!parsed || !log)
      return stop(make_error(errc::bad_xml, "this is no XES log: {}", "不是 XES 日志:{}",
                             parsed ? "there is no element log" : parsed.description()),
                  parsed.offset);
    for (const pugi::xml_node& trace : log.children("trace"))
      if (!read_trace(trace)) return {};
    if (table_.rows.empty())
      return stop(
          make_error(errc::missing_column, "there is no event in the log", "日志中没有事件"), 0);
    for (csv_row& row : table_.rows) {
      const std::size_t had = row.fields.size();
      row.fields.resize(table_.header.size());
      for (std::size_t i = had; i < row.fields.size(); ++i) row.fields[i].line = row.line;
    }
    return std::move(table_);
  }

 private:
  static error too_many(std::string_view en, std::string_view zh, std::size_t limit) {
    return make_error(errc::limit_exceeded, "more than {2} {0}", "{1}超过 {2}", en, zh, limit);
  }

  csv_table stop(error e, std::ptrdiff_t offset) {
    found_.push_back(at(std::move(e), {file_, line_of(offset), 0}));
    return {};
  }

  int line_of(std::ptrdiff_t offset) const {
    return 1 + static_cast<int>(std::ranges::lower_bound(line_ends_, offset) - line_ends_.begin());
  }

  /// False: a limit was passed.
  bool read_trace(const pugi::xml_node& trace) {
    for (const pugi::xml_node& e : trace.children("event")) {
      if (table_.rows.size() == limits_.rows) {
        stop(too_many("events", "事件", limits_.rows), e.offset_debug());
        return false;
      }
      csv_row& row = table_.rows.emplace_back();
      row.line = line_of(e.offset_debug());
      if (!read_attributes(trace, "case:", row) || !read_attributes(e, "", row)) return false;
    }
    return true;
  }

  bool read_attributes(const pugi::xml_node& of, const char* prefix, csv_row& row) {
    for (const pugi::xml_node& n : of.children()) {
      if (!is_attribute(n)) continue;
      const std::string key = std::string{prefix} + n.attribute("key").value();
      const auto [found, added] = columns_.try_emplace(key, table_.header.size());
      if (added) table_.header.push_back({key, 1, 0});
      const std::string_view value{n.attribute("value").value()};
      if (table_.header.size() > limits_.columns || value.size() > limits_.field_bytes) {
        stop(too_many("attributes, or bytes in one", "属性或其字节数", limits_.columns),
             n.offset_debug());
        return false;
      }
      if (row.fields.size() <= found->second) {
        const std::size_t had = row.fields.size();
        row.fields.resize(found->second + 1);
        for (std::size_t i = had; i < row.fields.size(); ++i) row.fields[i].line = row.line;
      }
      csv_field& field = row.fields[found->second];
      field = {std::string{value}, line_of(n.offset_debug()), 0};
    }
    return true;
  }

  std::string_view text_;
  const std::string& file_;
  problems& found_;
  const csv_limits& limits_;
  std::vector<std::ptrdiff_t> line_ends_;
  csv_table table_;
  std::unordered_map<std::string, std::size_t> columns_;
};

} // namespace

csv_table read_xes(std::string_view text, const std::string& file, problems& found,
                   const csv_limits& limits) {
  return xes_reader{text, file, found, limits}.read();
}

bool is_xes(std::string_view text) {
  text = without_mark(text);
  const std::size_t at = text.find_first_not_of(" \t\r\n");
  return at != std::string_view::npos && text[at] == '<';
}

log_mapping xes_mapping(const item_id& item) {
  return {.item = item,
          .case_column = "case:concept:name",
          .sequence_column = {},
          .step_column = "concept:name",
          .time_column = "time:timestamp",
          .actor_column = "org:resource",
          .received_column = {},
          .deadline_column = {},
          .steps = {}};
}

} // namespace banli
