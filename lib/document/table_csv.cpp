#include "document/table_csv.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include <banli/base/nearest.hpp>
#include <banli/document/table_file.hpp>
#include <banli/interchange/csv.hpp>

namespace banli {

namespace detail {

namespace {

/// What the lines of a table may be called.
constexpr auto line_words = std::to_array<std::string_view>(
    {"id", "name", "name.en", "name.zh", "basis", "policy", "gaps", "label", "label.en", "label.zh",
     "type", "expression", "values", "default"});

/// The first character of what a field says.
place place_of(const csv_field& f, const std::string& file, std::string_view line) {
  int column = f.column;
  // A quoted field begins behind its quote; a doubled quote in it moves what follows, which no
  // place can say for all of it.
  if (!f.text.empty() && !line.empty() && line.front() == '"') ++column;
  return {file, f.line, column};
}

class table_reader {
 public:
  table_reader(const std::string& file, std::string_view text, problems& found,
               const document_limits& limits)
      : file_(file), found_(found) {
    csv_limits of_text;
    of_text.bytes = limits.file_bytes;
    of_text.rows = limits.nodes;
    of_text.problems = limits.problems;
    table_ = read_csv(padded(text), file, found, of_text);
    split_lines(text);
  }

  decision_table run() {
    if (!found_.empty()) return {};
    t_.where = {file_, 1, 1};
    header();
    if (found_.empty())
      for (const csv_row& r : table_.rows) line(r);
    return std::move(t_);
  }

 private:
  /// Lines shorter than the header, filled up: an author need not write commas for nothing.
  static std::string padded(std::string_view text) {
    std::size_t width = 0;
    std::string out;
    for (std::size_t from = 0; from < text.size();) {
      std::size_t commas = 0;
      bool quoted = false;
      std::size_t i = from;
      for (; i < text.size() && (quoted || text[i] != '\n'); ++i) {
        if (text[i] == '"') quoted = !quoted;
        if (text[i] == ',' && !quoted) ++commas;
      }
      const bool cr = i > from && text[i - 1] == '\r';
      const std::string_view line = text.substr(from, i - from - (cr ? 1 : 0));
      out += line;
      if (width == 0) width = commas;
      if (!line.empty() && !quoted && commas < width) out.append(width - commas, ',');
      if (i < text.size()) out += '\n';
      from = i + 1;
    }
    return out;
  }

  void split_lines(std::string_view text) {
    for (std::size_t from = 0; from <= text.size();) {
      const std::size_t end = std::min(text.find('\n', from), text.size());
      lines_.push_back(text.substr(from, end - from));
      from = end + 1;
    }
  }

  place where(const csv_field& f) const {
    const auto n = static_cast<std::size_t>(f.line - 1);
    if (f.line < 1 || n >= lines_.size()) return {file_, f.line, f.column};
    std::string_view line = lines_[n];
    for (int c = 1; c < f.column && !line.empty(); ++c)
      line.remove_prefix(detail::characters(line.substr(0, 4)).front().size());
    return place_of(f, file_, line);
  }

  void complain(error e, const csv_field& f) { found_.push_back(at(std::move(e), where(f))); }

  void header() {
    for (std::size_t i = 1; i < table_.header.size(); ++i) {
      const csv_field& f = table_.header[i];
      if (f.text.starts_with("in:")) {
        in_.push_back(i);
        t_.inputs.emplace_back().name = f.text.substr(3);
        t_.inputs.back().where = where(f);
      } else if (f.text.starts_with("out:")) {
        out_.push_back(i);
        t_.outputs.emplace_back().name = f.text.substr(4);
        t_.outputs.back().where = where(f);
      } else if (f.text == "note") {
        note_ = i;
      } else if (!f.text.empty()) {
        complain(make_error(errc::unknown_field, "a column is in:NAME, out:NAME or note, not '{}'",
                            "列名应为 in:名称、out:名称 或 note,而不是“{}”", f.text),
                 f);
      }
    }
  }

  void line(const csv_row& r) {
    const std::string& what = r.fields[0].text;
    if (what.find_first_not_of("0123456789") == std::string::npos) return rule(r);
    if (whole(what, r) || columns(what, r)) return;
    complain(with_hint(make_error(errc::unknown_field, "a line begins with a number or {}",
                                  "每行应以序号或下列各词开头:{}", fmt::join(line_words, ", ")),
                       suggestion(what, line_words)),
             r.fields[0]);
  }

  /// A line about the table.
  bool whole(std::string_view what, const csv_row& r) {
    const csv_field& f = r.fields[1];
    if (what == "id")
      t_.id = table_id{f.text};
    else if (what == "name")
      t_.name = {f.text, f.text};
    else if (what == "name.en")
      t_.name.en = f.text;
    else if (what == "name.zh")
      t_.name.zh = f.text;
    else if (what == "basis")
      t_.basis = f.text;
    else if (what == "policy")
      word(f, parse_hit_policy(f.text), t_.policy, policies());
    else if (what == "gaps")
      word(f, parse_gaps(f.text), t_.gaps, gap_words());
    else
      return false;
    return true;
  }

  template <class E>
  void word(const csv_field& f, std::optional<E> read, E& into,
            const std::vector<std::string_view>& known) {
    if (read) {
      into = *read;
      return;
    }
    complain(with_hint(make_error(errc::unknown_value, "'{}' is not one of {}",
                                  "“{}”不是以下各项之一:{}", f.text, fmt::join(known, ", ")),
                       suggestion(f.text, known)),
             f);
  }

  static std::optional<table_gaps> parse_gaps(std::string_view s) {
    for (const table_gaps g : {table_gaps::refused, table_gaps::allowed})
      if (to_string(g) == s) return g;
    return std::nullopt;
  }

  static std::vector<std::string_view> policies() {
    std::vector<std::string_view> out;
    for (std::size_t i = 0; i <= static_cast<std::size_t>(hit_policy::collect_count); ++i)
      out.push_back(to_string(static_cast<hit_policy>(i)));
    return out;
  }
  static std::vector<std::string_view> gap_words() {
    return {to_string(table_gaps::refused), to_string(table_gaps::allowed)};
  }
  static std::vector<std::string_view> types() {
    std::vector<std::string_view> out;
    for (std::size_t i = 0; i <= static_cast<std::size_t>(column_type::duration); ++i)
      out.push_back(to_string(static_cast<column_type>(i)));
    return out;
  }

  /// A line about the columns.
  bool columns(std::string_view what, const csv_row& r) {
    if (std::ranges::find(line_words, what) == line_words.end()) return false;
    for (std::size_t k = 0; k < in_.size(); ++k) {
      table_input& i = t_.inputs[k];
      const csv_field& f = r.fields[in_[k]];
      if (f.text.empty() || common(what, f, i)) continue;
      if (what == "expression")
        i.expression = {f.text, where(f)};
      else
        not_for(what, f);
    }
    for (std::size_t k = 0; k < out_.size(); ++k) {
      table_output& o = t_.outputs[k];
      const csv_field& f = r.fields[out_[k]];
      if (f.text.empty() || common(what, f, o)) continue;
      if (what == "default")
        o.default_value = {f.text, where(f)};
      else
        not_for(what, f);
    }
    return true;
  }

  void not_for(std::string_view what, const csv_field& f) {
    complain(make_error(errc::bad_value, "this column has no {}", "该列没有 {}", what), f);
  }

  template <class Column>
  bool common(std::string_view what, const csv_field& f, Column& c) {
    if (what == "label")
      c.label = {f.text, f.text};
    else if (what == "label.en")
      c.label.en = f.text;
    else if (what == "label.zh")
      c.label.zh = f.text;
    else if (what == "values")
      c.values = {f.text, where(f)};
    else if (what == "type")
      word(f, parse_column_type(f.text), c.type, types());
    else
      return false;
    return true;
  }

  void rule(const csv_row& r) {
    table_rule& out = t_.rules.emplace_back();
    out.where = where(r.fields[0]);
    for (const std::size_t i : in_)
      out.when.push_back({r.fields[i].text.empty() ? "-" : r.fields[i].text, where(r.fields[i])});
    for (const std::size_t i : out_) out.then.push_back({r.fields[i].text, where(r.fields[i])});
    if (note_ > 0) out.note = r.fields[note_].text;
  }

  const std::string& file_;
  problems& found_;
  csv_table table_;
  std::vector<std::string_view> lines_;
  std::vector<std::size_t> in_; ///< positions of the columns
  std::vector<std::size_t> out_;
  std::size_t note_ = 0;
  decision_table t_;
};

class table_writer {
 public:
  explicit table_writer(const decision_table& t) : t_(t) {
    notes_ = std::ranges::any_of(t.rules, [](const table_rule& r) { return !r.note.empty(); });
  }

  std::string run() {
    std::vector<std::string> head{"rule"};
    for (const table_input& i : t_.inputs) head.push_back("in:" + i.name);
    for (const table_output& o : t_.outputs) head.push_back("out:" + o.name);
    if (notes_) head.emplace_back("note");
    width_ = head.size();
    line(std::move(head));
    line({"id", t_.id.text()});
    names("name", t_.name);
    if (!t_.basis.empty()) line({"basis", t_.basis});
    line({"policy", std::string(to_string(t_.policy))});
    if (t_.gaps != table_gaps{}) line({"gaps", std::string(to_string(t_.gaps))});
    columns();
    for (std::size_t r = 0; r < t_.rules.size(); ++r) rule(t_.rules[r], r + 1);
    return std::move(out_);
  }

 private:
  void line(std::vector<std::string> fields) {
    fields.resize(width_);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (i > 0) out_ += ',';
      field(fields[i]);
    }
    out_ += '\n';
  }

  void field(const std::string& s) {
    if (s.find_first_of(",\"\r\n") == std::string::npos) {
      out_ += s;
      return;
    }
    out_ += '"';
    for (const char c : s) (out_ += c == '"' ? "\"" : "") += c;
    out_ += '"';
  }

  void names(const std::string& what, const text& t) {
    if (t.en == t.zh) {
      if (!t.en.empty()) line({what, t.en});
      return;
    }
    if (!t.en.empty()) line({what + ".en", t.en});
    if (!t.zh.empty()) line({what + ".zh", t.zh});
  }

  /// A line about the columns, unless it says nothing.
  template <class Of>
  void row(const std::string& what, Of of) {
    std::vector<std::string> fields{what};
    for (const table_input& i : t_.inputs) fields.push_back(of(i));
    for (const table_output& o : t_.outputs) fields.push_back(of(o));
    if (std::any_of(fields.begin() + 1, fields.end(), [](const auto& s) { return !s.empty(); }))
      line(std::move(fields));
  }

  void columns() {
    const auto all = [&](auto f) {
      return std::ranges::all_of(t_.inputs, f) && std::ranges::all_of(t_.outputs, f);
    };
    if (all([](const auto& c) { return c.label.en == c.label.zh; })) {
      row("label", [](const auto& c) { return c.label.en; });
    } else {
      row("label.en", [](const auto& c) { return c.label.en; });
      row("label.zh", [](const auto& c) { return c.label.zh; });
    }
    row("type", [](const auto& c) {
      return c.type == column_type{} ? std::string{} : std::string(to_string(c.type));
    });
    row("expression", [](const auto& c) {
      if constexpr (requires { c.expression; })
        return c.expression.source;
      else
        return std::string{};
    });
    row("values", [](const auto& c) { return c.values.source; });
    row("default", [](const auto& c) {
      if constexpr (requires { c.default_value; })
        return c.default_value.source;
      else
        return std::string{};
    });
  }

  void rule(const table_rule& r, std::size_t number) {
    std::vector<std::string> fields{std::to_string(number)};
    for (const table_cell& c : r.when) fields.push_back(c.source.empty() ? "-" : c.source);
    for (const table_cell& c : r.then) fields.push_back(c.source);
    if (notes_) fields.push_back(r.note);
    line(std::move(fields));
  }

  const decision_table& t_;
  bool notes_ = false;
  std::size_t width_ = 0;
  std::string out_;
};

} // namespace

decision_table table_from_csv(const std::string& file, std::string_view text, problems& found,
                              const document_limits& limits) {
  return table_reader(file, text, found, limits).run();
}

} // namespace detail

std::string to_csv(const decision_table& table) { return detail::table_writer(table).run(); }

} // namespace banli
