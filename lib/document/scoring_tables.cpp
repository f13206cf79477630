// Records, evaluations and counts from CSV. A cell that cannot be read leaves its row out.
#include <algorithm>
#include <array>
#include <charconv>

#include <banli/base/nearest.hpp>
#include <banli/document/scoring_file.hpp>
#include <banli/interchange/csv.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

constexpr std::string_view mark_prefix = "mark:";

/// One row of a scoring table, asked by the names of columns.
class scoring_row {
 public:
  scoring_row(const csv_table& table, const csv_row& row, const std::string& file, problems& found)
      : table_(table), row_(row), file_(file), found_(found) {}

  std::string_view text(std::string_view column) const {
    const csv_field* f = field(column);
    return f == nullptr ? std::string_view{} : std::string_view{f->text};
  }

  void read(std::string_view column, std::string& into) const { into = text(column); }
  template <class Tag>
  void read(std::string_view column, strong_id<Tag>& into) const {
    into = strong_id<Tag>{text(column)};
  }
  void read(std::string_view column, std::int64_t& into) {
    const csv_field* f = field(column);
    if (f == nullptr || f->text.empty()) return;
    const char* end = f->text.data() + f->text.size();
    const auto [stop, failed] = std::from_chars(f->text.data(), end, into);
    if (failed != std::errc{} || stop != end)
      complain(*f, make_error(errc::bad_value, "'{}' is no whole number", "“{}”不是整数", f->text));
  }
  void read(std::string_view column, std::optional<decimal>& into) {
    const csv_field* f = field(column);
    if (f == nullptr || f->text.empty()) return;
    into = parse_decimal(f->text);
    if (!into)
      complain(*f, make_error(errc::bad_value, "'{}' is no decimal number", "“{}”不是十进制数",
                              f->text));
  }
  void read(std::string_view column, instant& into) {
    const csv_field* f = field(column);
    if (f == nullptr) return;
    if (auto t = parse_instant(f->text))
      into = *t;
    else
      complain(*f, t.error());
  }
  void read(std::string_view column, bool& into) {
    const csv_field* f = field(column);
    if (f == nullptr || f->text.empty() || f->text == "false" || f->text == "否") return;
    into = f->text == "true" || f->text == "是";
    if (!into)
      complain(*f, make_error(errc::bad_value, "'{}' is neither true nor false",
                              "“{}”应为 true(是)或 false(否)", f->text));
  }
  /// A word of an enumeration whose values count from 0, by its name or its label.
  template <class E>
  void read_word(std::string_view column, E last, std::optional<E>& into) {
    const csv_field* f = field(column);
    if (f == nullptr || f->text.empty()) return;
    std::vector<std::string_view> known;
    for (int i = 0; i <= static_cast<int>(last); ++i) {
      const E e = static_cast<E>(i);
      if (f->text == to_string(e) || f->text == label(e)) into = e;
      known.insert(known.end(), {to_string(e), label(e)});
    }
    if (!into)
      complain(*f, with_hint(make_error(errc::unknown_value, "'{}' is not one of {}",
                                        "“{}”不是以下各项之一:{}", f->text, fmt::join(known, ", ")),
                             suggestion(f->text, known)));
  }

  void complain(const csv_field& f, error e) {
    good = false;
    found_.push_back(at(std::move(e), {file_, f.line, f.column}));
  }

  bool good = true;

 private:
  const csv_field* field(std::string_view column) const {
    const auto i = table_.column(column);
    return i ? &row_.fields[*i] : nullptr;
  }

  const csv_table& table_;
  const csv_row& row_;
  const std::string& file_;
  problems& found_;
};

/// Reads a table whose columns are known; the first `needed` must be there.
csv_table scoring_table(std::string_view text, const std::string& file,
                        std::span<const std::string_view> known, std::size_t needed,
                        std::string_view prefix, problems& found) {
  csv_table t = read_csv(text, file, found);
  if (t.header.empty()) return t;
  std::vector<std::string_view> given;
  for (const csv_field& f : t.header) {
    given.emplace_back(f.text);
    const bool free = !prefix.empty() && f.text.starts_with(prefix);
    if (!free && std::ranges::find(known, f.text) == known.end())
      found.push_back(at(with_hint(make_error(errc::unknown_field, "there is no column '{}'",
                                              "没有“{}”这一列", f.text),
                                   suggestion(f.text, known)),
                         {file, f.line, f.column}));
  }
  for (const std::string_view name : known.first(needed))
    if (!t.column(name)) {
      found.push_back(at(
          with_hint(make_error(errc::missing_column, "column '{}' is missing", "缺少“{}”列", name),
                    suggestion(name, given)),
          {file, t.header.front().line, 0}));
      t.rows.clear();
    }
  return t;
}

/// Judges what was read, each at the line of its row.
template <class T>
void check_rows(const std::vector<T>& all, const std::vector<int>& lines, const std::string& file,
                problems& found) {
  const problems wrong = check(std::span<const T>{all}, [&](std::string_view path) {
    std::size_t row = 0;
    std::from_chars(path.data() + 1, path.data() + path.size(), row);
    return place{file, row < lines.size() ? lines[row] : 0, 0};
  });
  found.insert(found.end(), wrong.begin(), wrong.end());
}

/// Reads every row into a record; those that cannot be read are left out, the others judged
/// together.
template <class T, class Read>
std::vector<T> read_rows(const csv_table& t, const std::string& file, problems& found, Read read) {
  std::vector<T> out;
  std::vector<int> lines;
  for (const csv_row& row : t.rows) {
    scoring_row cells{t, row, file, found};
    T record;
    read(cells, record);
    if (!cells.good) continue;
    out.push_back(std::move(record));
    lines.push_back(row.line);
  }
  check_rows(out, lines, file, found);
  return out;
}

} // namespace

std::vector<score_record> read_records(std::string_view text, const std::string& file,
                                       problems& found) {
  constexpr std::array<std::string_view, 13> columns{
      "id",   "kind", "at",   "department", "person", "amount",       "points",
      "note", "case", "rule", "trial",      "waiver", "waiver_reason"};
  const csv_table t = scoring_table(text, file, columns, 3, {}, found);
  return read_rows<score_record>(t, file, found, [](scoring_row& cells, score_record& r) {
    cells.read("id", r.id);
    cells.read("kind", r.kind);
    cells.read("at", r.at);
    cells.read("department", r.department);
    cells.read("person", r.person);
    cells.read("amount", r.amount);
    cells.read("points", r.points);
    cells.read("note", r.note);
    cells.read("case", r.of);
    cells.read("rule", r.rule);
    cells.read("trial", r.trial);
    cells.read("waiver", r.waiver);
    cells.read("waiver_reason", r.waiver_reason);
  });
}

std::vector<evaluation> read_evaluations(std::string_view text, const std::string& file,
                                         problems& found) {
  constexpr std::array<std::string_view, 10> columns{
      "id", "at", "department", "person", "group", "channel", "grade", "item", "case", "words"};
  const csv_table t = scoring_table(text, file, columns, 2, mark_prefix, found);
  return read_rows<evaluation>(t, file, found, [&t](scoring_row& cells, evaluation& e) {
    cells.read("id", e.id);
    cells.read("at", e.at);
    cells.read("department", e.department);
    cells.read("person", e.person);
    cells.read("group", e.group);
    std::optional<evaluation_channel> channel;
    cells.read_word("channel", evaluation_channel::paper, channel);
    e.channel = channel.value_or(evaluation_channel::counter);
    cells.read_word("grade", satisfaction::very_dissatisfied, e.grade);
    cells.read("item", e.item);
    cells.read("case", e.of);
    cells.read("words", e.words);
    for (const csv_field& f : t.header)
      if (f.text.starts_with(mark_prefix) && !cells.text(f.text).empty())
        cells.read(f.text, e.marks[f.text.substr(mark_prefix.size())]);
  });
}

std::map<std::string, std::map<std::string, std::int64_t>>
read_counts(std::string_view text, const std::string& file, problems& found) {
  std::map<std::string, std::map<std::string, std::int64_t>> out;
  const csv_table t = read_csv(text, file, found);
  const auto subject = t.column("subject");
  if (!subject) {
    if (!t.header.empty())
      found.push_back(
          at(make_error(errc::missing_column, "column '{}' is missing", "缺少“{}”列", "subject"),
             {file, t.header.front().line, 0}));
    return out;
  }
  for (const csv_row& row : t.rows) {
    scoring_row cells{t, row, file, found};
    const csv_field& who = row.fields[*subject];
    const auto [at_subject, fresh] = out.try_emplace(who.text);
    if (!fresh)
      cells.complain(who,
                     make_error(errc::duplicate_id, "'{}' is there twice", "“{}”重复", who.text));
    for (std::size_t i = 0; fresh && i < t.header.size(); ++i)
      if (i != *subject && !row.fields[i].text.empty())
        cells.read(t.header[i].text, at_subject->second[t.header[i].text]);
  }
  return out;
}

} // namespace banli
