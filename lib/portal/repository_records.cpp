// Records as tables, CSV and JSON.
#include <banli/portal/repository_records.hpp>

#include <boost/json.hpp>

#include <banli/interchange/item_tables.hpp>
#include <banli/time/text.hpp>

#include "folded_case.hpp"
#include "record_fields.hpp"

namespace banli {

namespace {

namespace json = boost::json;
using detail::field_about;
using detail::field_kind;

std::string written(const std::string& s) { return s; }
template <class Tag>
std::string written(const strong_id<Tag>& id) {
  return id.text();
}
std::string written(instant t) { return to_text(t); }
std::string written(const std::optional<instant>& t) { return t ? to_text(*t) : std::string{}; }
std::string written(int n) { return std::to_string(n); }
std::string written(order_state s) { return std::string{label(s)}; }

/// The cells of one record, and what each is.
struct row_writer {
  template <class T>
  void operator()(const field_about& about, const T& member) {
    cells.push_back(written(member));
    kinds.push_back(about.kind);
  }

  void mask(std::vector<std::string> names) {
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (kinds[i] == field_kind::name) names.push_back(cells[i]);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      std::string& c = cells[i];
      if (kinds[i] == field_kind::name) c = mask_name(c);
      if (kinds[i] == field_kind::number) c = mask_number(c);
      if (kinds[i] == field_kind::words) c = detail::without_names(c, names);
    }
  }

  std::vector<std::string> cells;
  std::vector<field_kind> kinds;
};

struct column_lister {
  template <class T>
  void operator()(const field_about& about, const T& /*member*/) {
    columns.push_back({about.key, about.label, about.need == detail::must});
  }
  std::vector<repository_column> columns;
};

/// Names that a record knows beside those in its fields.
template <class R>
std::vector<std::string> names_of(const R& r) {
  if constexpr (requires { r.people; })
    return r.people;
  else
    return {};
}

template <class R>
repository_table table_of(std::span<const R> records, personal_right right) {
  repository_table out;
  out.of = detail::repository_of(static_cast<const R*>(nullptr));
  out.columns = columns_of(out.of);
  for (const R& r : records) {
    row_writer w;
    detail::describe(w, const_cast<R&>(r)); // describe() serves readers, too; this one only looks
    if (right == personal_right::masked) w.mask(names_of(r));
    out.rows.push_back(std::move(w.cells));
  }
  return out;
}

} // namespace

std::vector<repository_column> columns_of(repository r) {
  return detail::with_record_of(r, [](auto record) {
    column_lister l;
    detail::describe(l, record);
    return std::move(l.columns);
  });
}

repository_table to_table(std::span<const item_information> records) {
  return table_of(records, personal_right::granted);
}
repository_table to_table(std::span<const process_record> records, personal_right right) {
  return table_of(records, right);
}
repository_table to_table(std::span<const outcome_record> records, personal_right right) {
  return table_of(records, right);
}
repository_table to_table(std::span<const rule_record> records) {
  return table_of(records, personal_right::granted);
}
repository_table to_table(std::span<const order_record> records, personal_right right) {
  return table_of(records, right);
}

std::string to_csv(const repository_table& t) {
  item_table plain; // whose CSV is that of every list
  for (const repository_column& c : t.columns) plain.columns.emplace_back(c.label);
  plain.rows = t.rows;
  return to_csv(plain);
}

std::string to_json(const repository_table& t) {
  json::array records;
  records.reserve(t.rows.size());
  for (const auto& row : t.rows) {
    json::object record;
    for (std::size_t i = 0; i < row.size(); ++i)
      if (!row[i].empty()) record.emplace(t.columns[i].key, row[i]);
    records.push_back(std::move(record));
  }
  return json::serialize(
      json::object{{"repository", to_string(t.of)}, {"records", std::move(records)}});
}

} // namespace banli
