#include <banli/base/utf8.hpp>
#include <banli/interchange/csv.hpp>

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace banli {

namespace {

bool is_ascii(std::string_view s) {
  return std::ranges::all_of(s, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

int characters(std::string_view s) {
  return static_cast<int>(std::ranges::count_if(
      s, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

/// Where a plain field ends: at the next comma, quote or line end. (find_first_of takes ten times
/// as long.)
std::size_t end_of_field(std::string_view text, std::size_t from) {
  while (from < text.size()) {
    const char c = text[from];
    if (c == ',' || c == '"' || c == '\n' || c == '\r') break;
    ++from;
  }
  return from;
}

/// Reads records one after another, keeping the place.
class csv_reader {
 public:
  csv_reader(std::string_view text, const std::string& file, problems& found,
             const csv_limits& limits)
      : text_(text), file_(file), found_(found), limits_(limits) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  }

  csv_table read() {
    csv_table table;
    if (!fits()) return table;
    read_header(table);
    if (stopped_ || table.header.empty()) return table;
    while (!stopped_ && at_ < text_.size()) {
      if (table.header.size() > 1 && skip_empty_line()) continue;
      read_row(table);
    }
    return table;
  }

 private:
  /// What came after a field.
  enum class after : std::uint8_t { comma, line_end, text_end };

  struct record {
    csv_row row;
    std::size_t fields = 0; ///< also those beyond what was kept
    bool good = true;
    bool ended = false; ///< by a line end
  };

  bool fits() {
    constexpr std::size_t most = std::numeric_limits<int>::max(); // lines are int
    const std::size_t limit = std::min(limits_.bytes, most);
    if (text_.size() > limit)
      report(make_error(errc::limit_exceeded, "the file has {} bytes, more than {}",
                        "文件有 {} 字节,超过 {}", text_.size(), limit),
             {file_, 0, 0});
    else if (at_ >= text_.size())
      report(make_error(errc::truncated_file, "the file is empty: no line names the columns",
                        "文件为空:没有列名行"),
             {file_, 0, 0});
    return !stopped_ && text_.size() <= limit && at_ < text_.size();
  }

  void read_header(csv_table& table) {
    record r = read_record(limits_.columns);
    if (r.fields > limits_.columns) {
      report(make_error(errc::limit_exceeded, "{} columns, more than {}", "共 {} 列,超过 {}",
                        r.fields, limits_.columns),
             {file_, r.row.line, 0});
      r.good = false;
    }
    if (!r.good) return;
    std::unordered_map<std::string_view, const csv_field*> names;
    for (const csv_field& f : r.row.fields) {
      if (f.text.empty()) continue;
      const auto [first, added] = names.try_emplace(f.text, &f);
      if (!added)
        report(make_error(errc::duplicate_id, "column '{}' is named twice", "列名“{}”重复", f.text),
               {file_, f.line, f.column});
    }
    table.header = std::move(r.row.fields);
  }

  void read_row(csv_table& table) {
    record r = read_record(table.header.size());
    if (stopped_ || !r.good) return;
    if (r.fields != table.header.size()) return report_count(r, table.header.size());
    if (table.rows.size() == limits_.rows) {
      report(make_error(errc::limit_exceeded, "more than {} rows", "超过 {} 行", limits_.rows),
             {file_, r.row.line, 0});
      stopped_ = true;
      return;
    }
    table.rows.push_back(std::move(r.row));
  }

  void report_count(const record& r, std::size_t wanted) {
    const place where{file_, r.row.line, 0};
    if (r.fields < wanted && !r.ended)
      return report(make_error(errc::truncated_file,
                               "the file ends in the middle of a line: {} fields of {}",
                               "文件在行中间中断:{1} 个字段中只有 {0} 个", r.fields, wanted),
                    where);
    report(make_error(errc::wrong_column_count, "{} fields where there are {} columns",
                      "有 {} 个字段,应为 {} 列", r.fields, wanted),
           where);
  }

  record read_record(std::size_t keep) {
    record r;
    r.row.line = line_;
    r.row.fields.reserve(std::min<std::size_t>(keep, 64));
    for (bool more = true; more;) {
      csv_field f{.text = {}, .line = line_, .column = column_};
      after next{};
      if (at_ < text_.size() && text_[at_] == '"')
        next = quoted_field(f, r.good);
      else
        next = plain_field(f, r.good);
      check_text(f, r.good);
      if (++r.fields <= keep) r.row.fields.push_back(std::move(f));
      more = next == after::comma && !stopped_;
      r.ended = next == after::line_end;
    }
    return r;
  }

  after plain_field(csv_field& f, bool& good) {
    const std::size_t begin = at_;
    const std::size_t end = end_of_field(text_, begin);
    take(begin, end, f, good);
    if (end < text_.size() && text_[end] == '"') {
      syntax(f, good, "a quote in a field that is not quoted", "未加引号的字段中有引号");
      return skip_field();
    }
    return separator(f, good);
  }

  after quoted_field(csv_field& f, bool& good) {
    ++at_;
    ++column_;
    for (;;) {
      const std::size_t quote = text_.find('"', at_);
      take(at_, std::min(quote, text_.size()), f, good);
      if (quote == std::string_view::npos) {
        report(make_error(errc::truncated_file,
                          "the file ends inside a quoted field; the quote opens here",
                          "文件在引号内中断;引号从此处开始"),
               {file_, f.line, f.column});
        good = false;
        return after::text_end;
      }
      const bool doubled = quote + 1 < text_.size() && text_[quote + 1] == '"';
      at_ = quote + (doubled ? 2 : 1);
      column_ += doubled ? 2 : 1;
      if (!doubled) break;
      f.text += '"';
    }
    const bool ends =
        at_ == text_.size() || text_[at_] == ',' || text_[at_] == '\n' || text_[at_] == '\r';
    if (ends) return separator(f, good);
    syntax(f, good, "text after the closing quote", "右引号之后还有文字");
    return skip_field();
  }

  /// Adds a stretch of text to a field and moves over it.
  void take(std::size_t begin, std::size_t end, csv_field& f, bool& good) {
    const std::string_view s = text_.substr(begin, end - begin);
    at_ = end;
    move_over(s);
    if (f.text.size() + s.size() <= limits_.field_bytes) {
      f.text += s;
      return;
    }
    if (good)
      report(make_error(errc::limit_exceeded, "a field has more than {} bytes", "字段超过 {} 字节",
                        limits_.field_bytes),
             {file_, f.line, f.column});
    good = false;
  }

  void move_over(std::string_view s) {
    const auto last = s.rfind('\n');
    if (last == std::string_view::npos) {
      column_ += is_ascii(s) ? static_cast<int>(s.size()) : characters(s);
      return;
    }
    line_ += static_cast<int>(std::ranges::count(s, '\n'));
    column_ = 1 + characters(s.substr(last + 1));
  }

  /// Moves over what stands between fields.
  after separator(const csv_field& f, bool& good) {
    if (at_ == text_.size()) return after::text_end;
    if (text_[at_] == ',') {
      ++at_;
      ++column_;
      return after::comma;
    }
    const bool lone = text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n';
    if (lone) {
      syntax(f, good, "a carriage return without a line feed", "回车之后没有换行");
      return skip_field();
    }
    at_ = std::min(at_ + (text_[at_] == '\r' ? 2U : 1U), text_.size());
    next_line();
    return after::line_end;
  }

  /// After a syntax error: on to the next comma or line end.
  after skip_field() {
    const std::size_t end = std::min(text_.find_first_of(",\n", at_), text_.size());
    move_over(text_.substr(at_, end - at_));
    at_ = end;
    if (end == text_.size()) return after::text_end;
    const bool comma = text_[at_++] == ',';
    if (comma)
      ++column_;
    else
      next_line();
    return comma ? after::comma : after::line_end;
  }

  bool skip_empty_line() {
    const std::string_view rest = text_.substr(at_, 2);
    const std::size_t size = rest.starts_with('\n') ? 1 : rest == "\r\n" ? 2 : 0;
    if (size > 0) next_line();
    at_ += size;
    return size > 0;
  }

  void next_line() {
    ++line_;
    column_ = 1;
  }

  void check_text(const csv_field& f, bool& good) {
    if (is_ascii(f.text) || detail::is_utf8(f.text)) return;
    if (good)
      report(make_error(errc::bad_utf8, "a field is not UTF-8", "字段不是 UTF-8 编码"),
             {file_, f.line, f.column});
    good = false;
  }

  void syntax(const csv_field& f, bool& good, std::string_view en, std::string_view zh) {
    if (good)
      report(make_error(errc::syntax_error, "{0}", "{1}", en, zh), {file_, f.line, f.column});
    good = false;
  }

  void report(error e, place where) {
    if (stopped_) return;
    if (reported_++ < limits_.problems) {
      found_.push_back(banli::at(std::move(e), std::move(where)));
      return;
    }
    found_.push_back(banli::at(make_error(errc::limit_exceeded, "more than {} problems: stopped",
                                          "问题超过 {} 个,停止检查", limits_.problems),
                               std::move(where)));
    stopped_ = true;
  }

  std::string_view text_;
  const std::string& file_;
  problems& found_;
  const csv_limits& limits_;
  std::size_t at_ = 0; ///< next byte
  int line_ = 1;
  int column_ = 1;
  std::size_t reported_ = 0;
  bool stopped_ = false;
};

} // namespace

std::optional<std::size_t> csv_table::column(std::string_view name) const {
  const auto found = std::ranges::find(header, name, &csv_field::text);
  if (found == header.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header.begin());
}

csv_table read_csv(std::string_view text, const std::string& file, problems& found,
                   const csv_limits& limits) {
  return csv_reader{text, file, found, limits}.read();
}

} // namespace banli
