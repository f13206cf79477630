// Tables and records as they come in: everything that is wrong, at once.
#include <banli/portal/repository_records.hpp>

#include <algorithm>
#include <charconv>
#include <set>

#include <boost/json.hpp>

#include <banli/base/nearest.hpp>
#include <banli/interchange/item_tables.hpp>
#include <banli/time/text.hpp>

#include "record_fields.hpp"

namespace banli {

namespace {

namespace json = boost::json;
using detail::field_about;

/// Collects problems up to a limit.
class found_problems {
 public:
  found_problems(problems& into, std::size_t most) : into_(into), most_(into.size() + most) {}
  void add(error e, place where) {
    if (into_.size() < most_) into_.push_back(at(std::move(e), std::move(where)));
  }

 private:
  problems& into_;
  std::size_t most_;
};

/// The columns of a table that is read: position of each in what is given.
std::vector<std::optional<std::size_t>> match_columns(const std::vector<repository_column>& columns,
                                                      const csv_table& given,
                                                      const std::string& file,
                                                      found_problems& found) {
  std::vector<std::optional<std::size_t>> out;
  std::vector<std::string_view> labels;
  std::set<std::size_t> used;
  for (const repository_column& c : columns) {
    auto at = given.column(c.label);
    if (!at) at = given.column(c.key);
    if (at) used.insert(*at);
    out.push_back(at);
    labels.push_back(c.label);
  }
  for (std::size_t i = 0; i < given.header.size(); ++i)
    if (const csv_field& f = given.header[i]; !used.contains(i))
      found.add(
          with_hint(make_error(errc::unknown_field, "unknown column '{}'", "未知的列“{}”", f.text),
                    suggestion(f.text, labels)),
          {file, f.line, f.column});
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].required && !out[i])
      found.add(make_error(errc::missing_column, "there is no column '{}'", "缺少“{}”列",
                           columns[i].label),
                {file, 1, 0});
  return out;
}

error empty_cell(const repository_column& c) {
  return make_error(errc::missing_field, "'{0}' is empty", "“{1}”未填写", c.key, c.label);
}

/// One record of a JSON document.
class record_reader {
 public:
  record_reader(const std::vector<repository_column>& columns, const std::string& file,
                found_problems& found)
      : columns_(columns), file_(file), found_(found) {
    for (const repository_column& c : columns) keys_.push_back(c.key);
  }

  /// Its cells, or nothing where something is wrong with them.
  std::optional<std::vector<std::string>> read(const json::value& v, std::size_t number) {
    good_ = true;
    std::vector<std::string> row(columns_.size());
    if (const json::object* o = v.if_object())
      for (const auto& [key, value] : *o) take({key.data(), key.size()}, value, number, row);
    else
      report(number, make_error(errc::wrong_type, "it is no object", "不是对象"));
    return good_ ? std::optional{std::move(row)} : std::nullopt;
  }

 private:
  void take(std::string_view key, const json::value& value, std::size_t number,
            std::vector<std::string>& row) {
    const auto known = std::ranges::find(keys_, key);
    if (known == keys_.end())
      return report(number, with_hint(make_error(errc::unknown_field, "unknown field '{}'",
                                                 "未知字段“{}”", key),
                                      suggestion(key, keys_)));
    const json::string* s = value.if_string();
    if (s == nullptr)
      return report(number,
                    make_error(errc::wrong_type, "'{}' should be text", "“{}”应为文字", key));
    row[static_cast<std::size_t>(known - keys_.begin())] = std::string{s->data(), s->size()};
  }

  void report(std::size_t number, error e) {
    good_ = false;
    e.message.en = fmt::format("record {}: {}", number, e.message.en);
    e.message.zh = fmt::format("第 {} 条:{}", number, e.message.zh);
    found_.add(std::move(e), {file_, 0, 0});
  }

  const std::vector<repository_column>& columns_;
  const std::string& file_;
  found_problems& found_;
  std::vector<std::string_view> keys_;
  bool good_ = true;
};

error no_document(std::string_view en, std::string_view zh) {
  return make_error(errc::bad_value, "this is no repository document: {0}", "不是信息库文件:{1}",
                    en, zh);
}

/// Reads the cells of a row into a record.
class cell_reader {
 public:
  cell_reader(const std::vector<std::string>& row, place where, problems& found)
      : row_(row), where_(std::move(where)), found_(found) {}

  template <class T>
  void operator()(const field_about& about, T& member) {
    const std::string& s = row_[next_++];
    if (s.empty()) {
      if (about.need == detail::must) report(empty_cell({about.key, about.label, true}));
      return;
    }
    if (about.kind == detail::field_kind::number && s.find('*') != std::string::npos)
      return report(make_error(errc::bad_value, "'{0}' is masked: stars are no value",
                               "“{1}”已作隐去处理,不能导入", about.key, about.label));
    read(about, s, member);
  }

  bool good() const { return good_; }

 private:
  void read(const field_about&, const std::string& s, std::string& m) { m = s; }
  template <class Tag>
  void read(const field_about&, const std::string& s, strong_id<Tag>& m) {
    m = strong_id<Tag>{s};
  }
  void read(const field_about& about, const std::string& s, instant& m) {
    if (auto t = parse_instant(s))
      m = *t;
    else
      report(in_field(about, t.error()));
  }
  void read(const field_about& about, const std::string& s, std::optional<instant>& m) {
    read(about, s, m.emplace());
  }
  void read(const field_about& about, const std::string& s, int& m) {
    const auto [end, failed] = std::from_chars(s.data(), s.data() + s.size(), m);
    if (failed != std::errc{} || end != s.data() + s.size() || m < 1)
      report(make_error(errc::bad_value, "'{0}' should be a number from 1", "“{1}”应为正整数",
                        about.key, about.label));
  }
  void read(const field_about& about, const std::string& s, order_state& m) {
    std::vector<std::string_view> known;
    for (int i = 0; i <= static_cast<int>(order_state::closed); ++i) {
      m = static_cast<order_state>(i);
      if (s == label(m) || s == to_string(m)) return;
      known.push_back(label(m));
    }
    unknown(about, s, known);
  }

  static error in_field(const field_about& about, error e) {
    e.message.en = fmt::format("'{}': {}", about.key, e.message.en);
    e.message.zh = fmt::format("“{}”:{}", about.label, e.message.zh);
    return e;
  }

 public:
  /// That a word is one of those known.
  template <class Words>
  void one_of(const field_about& about, const std::string& s, const Words& known) {
    if (!s.empty() && std::ranges::find(known, s) == std::end(known)) unknown(about, s, known);
  }

  void report(error e) {
    good_ = false;
    found_.push_back(at(std::move(e), where_));
  }

 private:
  template <class Words>
  void unknown(const field_about& about, const std::string& s, const Words& known) {
    report(with_hint(make_error(errc::unknown_value, "'{0}' is not a known '{1}'",
                                "“{0}”不是已知的“{2}”", s, about.key, about.label),
                     suggestion(s, known)));
  }

  const std::vector<std::string>& row_;
  std::size_t next_ = 0;
  place where_;
  problems& found_;
  bool good_ = true;
};

// What is asked of a record beyond its cells.
void judge(cell_reader& /*c*/, const item_information& /*r*/) {}
void judge(cell_reader& /*c*/, const rule_record& /*r*/) {}
void judge(cell_reader& c, const process_record& r) {
  c.one_of({"state", "岗位(环节)状态"}, r.state, turn_states);
  if (r.begun && r.handled && *r.handled < *r.begun)
    c.report(
        make_error(errc::bad_value, "it was handled before it arrived", "办理时间早于到达时间"));
}
void judge(cell_reader& c, const outcome_record& r) {
  c.one_of({"state", "办结状态"}, r.state, outcome_states);
}
void judge(cell_reader& c, const order_record& r) {
  for (error& e : check(r)) c.report(std::move(e));
}

std::string key_of(const item_information& r) { return r.item.text(); }
std::string key_of(const process_record& r) { return fmt::format("{}/{}", r.of.text(), r.turn); }
std::string key_of(const outcome_record& r) { return r.of.text(); }
std::string key_of(const rule_record& r) { return r.rule.text(); }
std::string key_of(const order_record& r) { return r.number; }

template <class R>
std::vector<R> records_of(const repository_table& t, problems& found) {
  std::vector<R> out;
  constexpr repository mine = detail::repository_of(static_cast<const R*>(nullptr));
  if (t.of != mine) {
    found.push_back(make_error(errc::bad_value, "this is a table of '{0}', not of '{1}'",
                               "这是{2},不是{3}", to_string(t.of), to_string(mine), label(t.of),
                               label(mine)));
    return out;
  }
  std::set<std::string> seen;
  for (std::size_t i = 0; i < t.rows.size(); ++i) {
    const place where = i < t.places.size() ? t.places[i] : place{};
    cell_reader c{t.rows[i], where, found};
    R r{};
    detail::describe(c, r);
    if (c.good()) judge(c, r);
    if (c.good() && !seen.insert(key_of(r)).second)
      c.report(make_error(errc::duplicate_id, "two records '{}'", "“{}”重复", key_of(r)));
    if (c.good()) out.push_back(std::move(r));
  }
  return out;
}

} // namespace

repository_table read_repository_csv(repository of, std::string_view text, const std::string& file,
                                     problems& found, const csv_limits& limits) {
  repository_table out;
  out.of = of;
  out.columns = columns_of(of);
  const csv_table given = read_csv(text, file, found, limits);
  found_problems told{found, limits.problems};
  const auto positions = match_columns(out.columns, given, file, told);
  for (const csv_row& row : given.rows) {
    std::vector<std::string> cells(out.columns.size());
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (positions[i]) cells[i] = unguard_formula(row.fields[*positions[i]].text);
    out.rows.push_back(std::move(cells));
    out.places.push_back({file, row.line, 0});
  }
  return out;
}

repository_table read_repository_json(std::string_view text, const std::string& file,
                                      problems& found, const csv_limits& limits) {
  repository_table out;
  found_problems told{found, limits.problems};
  const place whole{file, 0, 0};
  if (text.size() > limits.bytes) {
    told.add(make_error(errc::limit_exceeded, "more than {} bytes", "超过 {} 字节", limits.bytes),
             whole);
    return out;
  }
  json::parse_options options;
  options.max_depth = 4;
  json::error_code failed;
  const json::value v = json::parse(text, failed, {}, options);
  const json::object* o = failed ? nullptr : v.if_object();
  const json::value* name = o != nullptr ? o->if_contains("repository") : nullptr;
  const json::value* records = o != nullptr ? o->if_contains("records") : nullptr;
  if (name == nullptr || !name->is_string() || records == nullptr || !records->is_array()) {
    told.add(no_document("it has no repository and records", "缺少 repository 或 records"), whole);
    return out;
  }
  for (const auto& [key, value] : *o)
    if (key != "repository" && key != "records")
      told.add(make_error(errc::unknown_field, "unknown field '{}'", "未知字段“{}”",
                          std::string_view{key.data(), key.size()}),
               whole);
  const json::string& s = name->get_string();
  const auto of = parse_repository({s.data(), s.size()});
  if (!of) {
    told.add(of.error(), whole);
    return out;
  }
  out.of = *of;
  out.columns = columns_of(*of);
  if (records->get_array().size() > limits.rows) {
    told.add(make_error(errc::limit_exceeded, "more than {} records", "超过 {} 条", limits.rows),
             whole);
    return out;
  }
  record_reader reader{out.columns, file, told};
  std::size_t number = 0;
  for (const json::value& record : records->get_array())
    if (auto row = reader.read(record, ++number)) {
      out.rows.push_back(std::move(*row));
      out.places.push_back(whole);
    }
  return out;
}

std::vector<item_information> item_records(const repository_table& t, problems& found) {
  return records_of<item_information>(t, found);
}
std::vector<process_record> process_records(const repository_table& t, problems& found) {
  return records_of<process_record>(t, found);
}
std::vector<outcome_record> outcome_records(const repository_table& t, problems& found) {
  return records_of<outcome_record>(t, found);
}
std::vector<rule_record> rule_records(const repository_table& t, problems& found) {
  return records_of<rule_record>(t, found);
}
std::vector<order_record> order_records(const repository_table& t, problems& found) {
  return records_of<order_record>(t, found);
}

problems check(const repository_table& t) {
  problems found;
  detail::with_record_of(t.of, [&](auto record) { records_of<decltype(record)>(t, found); });
  return found;
}

} // namespace banli
