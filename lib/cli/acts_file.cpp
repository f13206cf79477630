#include "acts_file.hpp"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "files.hpp"
#include <banli/base/nearest.hpp>
#include <banli/interchange/csv.hpp>
#include <banli/supervision/supervision_act.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 7> act_columns{"id",     "act",     "at",    "who",
                                                      "reason", "request", "fields"};

error unknown_column(std::string_view name) {
  return with_hint(
      make_error(errc::unknown_field, "an act has no '{}'", "环节没有“{}”", name.substr(0, 60)),
      suggestion(name, act_columns));
}

/// One act as it is read: text by column, fields apart.
struct written_act {
  std::array<std::string, 6> cells;
  std::array<place, 6> places;
  act_fields fields;
};

std::optional<command> act_of(written_act w, place row, problems& found) {
  const auto missing = [&](std::size_t i) {
    found.push_back(
        at(make_error(errc::missing_field, "'{}' is missing", "缺少“{}”", act_columns[i]),
           w.places[i] == place{} ? row : w.places[i]));
  };
  bool good = true;
  for (const std::size_t i : {1U, 2U, 3U})
    if (w.cells[i].empty()) {
      missing(i);
      good = false;
    }
  if (!good) return std::nullopt;
  const auto t = parse_instant(w.cells[2]);
  if (!t) {
    found.push_back(at(t.error(), w.places[2] == place{} ? row : w.places[2]));
    return std::nullopt;
  }
  if (!w.cells[4].empty()) w.fields.emplace_back("reason", w.cells[4]);
  command c = act_command(case_id{w.cells[0]}, w.cells[1], *t, person_id{w.cells[3]},
                          std::move(w.fields), request_id{w.cells[5]});
  c.where = std::move(row);
  return c;
}

/// "unit=县民政局;matter=…" as fields; a semicolon in a value is doubled.
void split_fields(std::string_view cell, const place& where, act_fields& into, problems& found) {
  std::string part;
  const auto take = [&] {
    if (part.empty()) return;
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos || equals == 0)
      found.push_back(at(make_error(errc::bad_value, "'{}' is no NAME=VALUE", "“{}”应写作“名称=值”",
                                    part.substr(0, 60)),
                         where));
    else
      into.emplace_back(part.substr(0, equals), part.substr(equals + 1));
    part.clear();
  };
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] != ';') {
      part += cell[i];
    } else if (i + 1 < cell.size() && cell[i + 1] == ';') {
      part += ';';
      ++i;
    } else {
      take();
    }
  }
  take();
}

std::vector<command> acts_of_csv(const std::string& text, const std::string& path,
                                 problems& found) {
  const csv_table table = read_csv(text, path, found);
  std::vector<std::size_t> columns;
  for (const csv_field& f : table.header) {
    const auto known = std::ranges::find(act_columns, f.text);
    if (known == act_columns.end())
      found.push_back(at(unknown_column(f.text), {path, f.line, f.column}));
    columns.push_back(static_cast<std::size_t>(known - act_columns.begin()));
  }
  std::vector<command> out;
  if (!found.empty()) return out;
  for (const csv_row& row : table.rows) {
    written_act w;
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
      const csv_field& f = row.fields[i];
      const place here{path, f.line, f.column};
      if (columns[i] == 6) {
        split_fields(f.text, here, w.fields, found);
        continue;
      }
      w.cells[columns[i]] = f.text;
      w.places[columns[i]] = here;
    }
    if (auto c = act_of(std::move(w), {path, row.line, 0}, found)) out.push_back(*std::move(c));
  }
  return out;
}

/// The line of the nth object of a JSON array is not known to the parser; its number is.
std::optional<std::string> json_words(const json::value& v) {
  if (const auto* s = v.if_string()) return std::string{s->data(), s->size()};
  if (const auto* b = v.if_bool()) return std::string{*b ? "yes" : "no"};
  if (v.is_number()) return json::serialize(v);
  return std::nullopt;
}

std::vector<command> acts_of_json(const std::string& text, const std::string& path,
                                  problems& found) {
  json::error_code failed;
  const json::value v = json::parse(text, failed);
  std::vector<command> out;
  const json::array* all = v.if_array();
  if (failed || all == nullptr) {
    found.push_back(at(make_error(errc::syntax_error, "expected a JSON array of acts",
                                  "应为由环节组成的 JSON 数组"),
                       {path, 1, 0}));
    return out;
  }
  for (std::size_t n = 0; n < all->size(); ++n) {
    const place row{fmt::format("{}/{}", path, n), 0, 0};
    const json::object* o = (*all)[n].if_object();
    written_act w;
    bool good = o != nullptr;
    const auto wrong = [&](error e) {
      found.push_back(at(std::move(e), row));
      good = false;
    };
    if (o == nullptr)
      wrong(make_error(errc::wrong_type, "an act should be an object", "环节应为对象"));
    else
      for (const auto& [key, value] : *o) {
        const auto known = std::ranges::find(act_columns, std::string_view{key});
        const auto column = static_cast<std::size_t>(known - act_columns.begin());
        if (known == act_columns.end()) {
          wrong(unknown_column(key));
        } else if (column == 6 && value.is_object()) {
          for (const auto& [name, of] : value.get_object())
            if (auto words = json_words(of))
              w.fields.emplace_back(name, *std::move(words));
            else
              wrong(make_error(errc::wrong_type, "'{}' should be text", "“{}”应为文字",
                               std::string_view{name}));
        } else if (auto words = json_words(value); words && column < 6) {
          w.cells[column] = *std::move(words);
        } else {
          wrong(make_error(errc::wrong_type, "'{}' is of the wrong type", "“{}”类型不符",
                           std::string_view{key}));
        }
      }
    if (!good) continue;
    if (auto c = act_of(std::move(w), row, found)) out.push_back(*std::move(c));
  }
  return out;
}

} // namespace

std::vector<command> read_acts(const std::string& path, problems& found) {
  const auto text = read_bytes(path);
  if (!text) {
    found.push_back(text.error());
    return {};
  }
  return path.ends_with(".json") ? acts_of_json(*text, path, found)
                                 : acts_of_csv(*text, path, found);
}

} // namespace banli
