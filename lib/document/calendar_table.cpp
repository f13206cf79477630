#include "document/calendar_table.hpp"

#include <charconv>

#include <banli/base/nearest.hpp>
#include <banli/interchange/csv.hpp>

namespace banli::detail {
namespace {

struct opening_word {
  std::string_view word;
  opening value;
};
constexpr auto opening_words = std::to_array<opening_word>({{"open", opening::open},
                                                            {"closed", opening::closed},
                                                            {"上班", opening::open},
                                                            {"休息", opening::closed},
                                                            {"1", opening::open},
                                                            {"0", opening::closed}});

/// A table whose columns are known by name; what is wrong with its form is reported.
class named_table {
 public:
  named_table(const std::string& file, std::string_view text,
              const std::vector<std::string_view>& known, const document_limits& limits,
              findings& found)
      : file_(file), found_(found) {
    csv_limits l;
    l.bytes = limits.file_bytes;
    l.problems = limits.problems;
    l.rows = limits.nodes;
    problems wrong;
    table_ = read_csv(text, file, wrong, l);
    found_.add(std::move(wrong));
    for (const csv_field& f : table_.header)
      if (std::find(known.begin(), known.end(), f.text) == known.end())
        found_.add(at(with_hint(make_error(errc::unknown_field, "unknown column '{}'", "未知列“{}”",
                                           f.text.substr(0, 80)),
                                suggestion(f.text, known)),
                      {file_, f.line, f.column}));
  }

  const std::vector<csv_row>& rows() const { return table_.rows; }
  std::optional<std::size_t> optional(std::string_view name) const { return table_.column(name); }

  /// The first of some names that a column has; missing_column if none.
  std::optional<std::size_t> required(std::string_view name, std::string_view other = {}) {
    if (auto i = table_.column(name)) return i;
    if (auto i = other.empty() ? std::nullopt : table_.column(other)) return i;
    if (!table_.header.empty())
      found_.add(at(make_error(errc::missing_column, "no column '{}'", "缺少列“{}”", name),
                    {file_, 1, 0}));
    return std::nullopt;
  }

  place where(const csv_field& f) const { return {file_, f.line, f.column}; }
  void wrong(const csv_field& f, error e) { found_.add(at(std::move(e), where(f))); }

 private:
  const std::string& file_;
  findings& found_;
  csv_table table_;
};

/// One row: days, what happens to them, and who says so.
struct day_row {
  day_span date;
  opening opens = opening::closed;
  std::string name;
  std::string source;
  day published = first_day; ///< known from the beginning where nobody says when
  place where;
};

std::optional<opening> opening_of(const csv_field& f, named_table& t) {
  std::vector<std::string_view> all;
  std::string list;
  for (const opening_word& w : opening_words) {
    if (f.text == w.word) return w.value;
    all.push_back(w.word);
    list += (list.empty() ? "" : ", ") + std::string{w.word};
  }
  const std::string given = f.text.substr(0, 80);
  t.wrong(f, with_hint(make_error(errc::unknown_value, "'{}' is not one of {}",
                                  "“{}”不是以下各项之一:{}", given, list),
                       suggestion(given, all)));
  return std::nullopt;
}

class row_reader {
 public:
  explicit row_reader(named_table& t) : t_(t) {
    date_ = t.required("date");
    opens_ = t.required("opens", "is_workday");
    name_ = t.required("name");
    source_ = t.optional("source");
    published_ = t.optional("published");
  }

  std::vector<day_row> read() {
    std::vector<day_row> out;
    if (!date_ || !opens_ || !name_) return out;
    for (const csv_row& r : t_.rows())
      if (auto one = row(r)) out.push_back(*std::move(one));
    return out;
  }

 private:
  std::optional<day_row> row(const csv_row& r) {
    const csv_field& date = r.fields[*date_];
    const auto span = parse_day_span(date.text);
    if (!span) t_.wrong(date, span.error());
    const auto opens = opening_of(r.fields[*opens_], t_);
    day_row out;
    bool good = span && opens;
    if (source_) out.source = r.fields[*source_].text;
    if (published_ && !r.fields[*published_].text.empty()) {
      const auto p = parse_day(r.fields[*published_].text);
      if (!p) t_.wrong(r.fields[*published_], p.error());
      good = good && p;
      if (p) out.published = *p;
    }
    if (!good) return std::nullopt;
    out.date = *span;
    out.opens = *opens;
    out.name = r.fields[*name_].text;
    out.where = t_.where(date);
    return out;
  }

  named_table& t_;
  std::optional<std::size_t> date_;
  std::optional<std::size_t> opens_;
  std::optional<std::size_t> name_;
  std::optional<std::size_t> source_;
  std::optional<std::size_t> published_;
};

const std::vector<std::string_view> day_columns{"date", "opens",  "is_workday",
                                                "name", "source", "published"};

/// Which year's notice a day belongs to that names none: a day of December that has the name of the
/// next 1 January belongs to the notice of the next year.
int ruling_year(day d, const std::string& name, const std::map<int, std::string>& new_year) {
  const auto ymd = to_ymd(d);
  const int y = static_cast<int>(ymd.year());
  if (ymd.month() != std::chrono::December || name.empty()) return y;
  const auto it = new_year.find(y + 1);
  return it != new_year.end() && it->second == name ? y + 1 : y;
}

std::map<int, std::string> names_of_new_year(const std::vector<day_row>& rows) {
  std::map<int, std::string> out;
  for (const day_row& r : rows)
    for (int y = static_cast<int>(to_ymd(r.date.first).year());
         y <= static_cast<int>(to_ymd(r.date.last).year()); ++y)
      if (const day first = to_day(std::chrono::year{y} / 1 / 1);
          r.date.first <= first && first <= r.date.last)
        out.emplace(y, r.name);
  return out;
}

} // namespace

std::string stem_of(const std::string& file) {
  std::string name = file.substr(file.find_last_of('/') + 1);
  const std::size_t dot = name.rfind('.');
  return dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
}

year_sources read_year_sources(const std::string& file, std::string_view text,
                               const document_limits& limits, findings& found) {
  named_table t{file, text, {"year", "source", "paper_url"}, limits, found};
  const auto year = t.required("year");
  const auto source = t.required("source", "paper_url");
  year_sources out;
  if (!year || !source) return out;
  for (const csv_row& r : t.rows()) {
    const csv_field& f = r.fields[*year];
    std::string_view rest = f.text;
    const int y = take_digits(rest, 4);
    if (y < 1 || !rest.empty()) {
      t.wrong(f, make_error(errc::bad_value, "'{}' is no year: expected YYYY",
                            "“{}”不是年份:应写作 YYYY", f.text.substr(0, 80)));
      continue;
    }
    std::string& all = out[y];
    all += (all.empty() ? "" : "; ") + r.fields[*source].text;
  }
  return out;
}

void read_notices(const std::string& file, std::string_view text, const year_sources& sources,
                  const document_limits& limits, calendar_pile& into, findings& found) {
  named_table t{file, text, day_columns, limits, found};
  const std::vector<day_row> rows = row_reader{t}.read();
  const std::map<int, std::string> new_year = names_of_new_year(rows);
  // A notice is what has one source and one day of publication; without a source, what rules one
  // year. In the order in which the table first names them.
  struct group {
    std::string source;
    day published;
    day_layer layer;
  };
  std::map<std::tuple<std::string, day, int>, std::size_t> index;
  std::vector<group> groups;
  const auto group_of = [&](const day_row& r, int year) -> group& {
    const auto [it, fresh] = index.try_emplace({r.source, r.published, year}, groups.size());
    if (fresh) {
      std::string name = r.source;
      if (name.empty())
        name = sources.contains(year) ? sources.at(year) : file.substr(file.find_last_of('/') + 1);
      groups.push_back({name, r.published, day_layer{name, into.budget(), found}});
    }
    return groups[it->second];
  };
  for (const day_row& r : rows) {
    if (!r.source.empty()) {
      group_of(r, 0).layer.add(r.date, r.opens, r.name, r.where);
      continue;
    }
    for (day d = r.date.first; d <= r.date.last && !into.budget().spent; d += days{1})
      group_of(r, ruling_year(d, r.name, new_year)).layer.add({d, d}, r.opens, r.name, r.where);
  }
  for (group& g : groups) into.add(std::move(g.source), g.published, g.layer.take());
}

overlay read_overlay(const std::string& file, std::string_view text, const document_limits& limits,
                     findings& found) {
  named_table t{file, text, day_columns, limits, found};
  overlay out{stem_of(file), {}};
  day_budget budget;
  day_layer layer{out.name, budget, found};
  for (const day_row& r : row_reader{t}.read()) layer.add(r.date, r.opens, r.name, r.where);
  for (placed_day& d : layer.take()) out.days.push_back(std::move(d.rule));
  return out;
}

} // namespace banli::detail
