#include <algorithm>
#include <map>
#include <unordered_map>

#include "item_cells.hpp"
#include <banli/base/nearest.hpp>

namespace banli {

namespace {

/// The columns of a file by what they mean, whatever their order.
class column_map {
 public:
  /// `names`: for each meaning the names it may have, the first being the official one; the first
  /// `needed` must be there.
  column_map(const csv_table& table, const std::string& file,
             const std::vector<std::vector<std::string_view>>& names, std::size_t needed,
             problems& found)
      : at_(names.size()) {
    std::vector<std::string_view> known;
    std::vector<std::string_view> given;
    for (const auto& all : names) known.insert(known.end(), all.begin(), all.end());
    for (const csv_field& f : table.header) {
      given.push_back(f.text);
      if (std::ranges::find(known, f.text) == known.end())
        found.push_back(at(with_hint(make_error(errc::unknown_field, "there is no column '{}'",
                                                "没有“{}”这一列", f.text),
                                     suggestion(f.text, known)),
                           {file, f.line, f.column}));
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
      for (const std::string_view name : names[i])
        if (!at_[i]) at_[i] = table.column(name);
      if (!at_[i] && i < needed && !table.header.empty())
        found.push_back(at(with_hint(make_error(errc::missing_column, "column '{}' is missing",
                                                "缺少“{}”列", names[i].front()),
                                     suggestion(names[i].front(), given)),
                           {file, table.header.front().line, 0}));
    }
  }

  /// The cell of a meaning, or null where the file has no such column.
  const csv_field* cell(const csv_row& row, std::size_t meaning) const {
    return at_[meaning] ? &row.fields[*at_[meaning]] : nullptr;
  }

 private:
  std::vector<std::optional<std::size_t>> at_;
};

using read_cell = void (*)(std::string_view, const place&, service_item&, problems&);

template <std::string service_item::*Member>
void read_text(std::string_view cell, const place&, service_item& into, problems&) {
  into.*Member = cell;
}

template <auto Member>
void read_id(std::string_view cell, const place&, service_item& into, problems&) {
  into.*Member = std::remove_reference_t<decltype(into.*Member)>{cell};
}

/// One column: its names and what it fills. Without a reader it is seen to apart.
struct item_column {
  std::vector<std::string_view> names;
  read_cell read = nullptr;
};

constexpr std::size_t number_column = 0; ///< of 表一
constexpr std::size_t type_column = 1;   ///< of both

std::vector<item_column> columns_of(item_form form) {
  if (form == item_form::contents)
    return {{{"序号"}},
            {{"事项类型", "事项分类"}},
            {{"事项名称"}, read_text<&service_item::name>},
            {{"办理主体"}, cells::read_body},
            {{"行使依据"}, cells::read_bases},
            {{"法定期限"}, cells::read_statutory},
            {{"收费标准与依据", "收费依据和标准"}, cells::read_charges}};
  return {{{"事项编码"}, read_id<&service_item::code>},
          {{"事项分类", "事项类型"}},
          {{"事项名称"}, read_text<&service_item::name>},
          {{"行使依据"}, cells::read_bases},
          {{"办理主体"}, cells::read_body},
          {{"受理条件"}, cells::read_conditions},
          {{"收费依据和标准", "收费标准与依据"}, cells::read_charges},
          {{"法定期限"}, cells::read_statutory},
          {{"承诺期限"}, cells::read_promised},
          {{"办理部门"}, cells::read_department},
          {{"办理地点"}, read_text<&service_item::address>},
          {{"联系电话"}, read_text<&service_item::phone>},
          {{"权力运行流程图"}, read_id<&service_item::flow>},
          {{"服务表格"}, cells::read_forms},
          {{"常见问题解答"}, cells::read_questions},
          {{"监督电话"}, read_text<&service_item::supervision_phone>},
          {{"在线办理链接"}, read_text<&service_item::online_link>}};
}

/// Reads the rows of one file of items.
class item_rows {
 public:
  item_rows(item_form form, const std::string& file, problems& found, const item_type_table& types)
      : form_(form), file_(file), found_(found), types_(types), columns_(columns_of(form)) {}

  std::vector<service_item> run(const csv_table& table) {
    std::vector<std::vector<std::string_view>> names;
    for (const item_column& c : columns_) names.push_back(c.names);
    const column_map at{table, file_, names, names.size(), found_};
    std::vector<service_item> out;
    for (const csv_row& row : table.rows) {
      const std::size_t before = found_.size();
      service_item item = read(row, at);
      if (found_.size() == before) out.push_back(std::move(item));
    }
    return out;
  }

 private:
  place where(const csv_field& f) const { return {file_, f.line, f.column}; }

  service_item read(const csv_row& row, const column_map& at) {
    service_item item;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const csv_field* f = at.cell(row, i);
      if (f == nullptr) continue;
      const std::string cell = unguard_formula(f->text);
      if (i == type_column) type(cell, *f, item);
      if (columns_[i].read != nullptr) columns_[i].read(cell, where(*f), item, found_);
      if (columns_[i].names.front() == "事项名称" && cell.empty())
        found_.push_back(banli::at(
            make_error(errc::missing_field, "the item has no name", "缺少事项名称"), where(*f)));
    }
    if (form_ == item_form::contents) number(row, at, item);
    if (form_ == item_form::information) code(row, at, item);
    return item;
  }

  void type(const std::string& cell, const csv_field& f, service_item& item) {
    if (const item_type* t = types_.find_name(cell))
      item.type = t->letters;
    else
      found_.push_back(banli::at(types_.unknown(cell), where(f)));
  }

  /// 序号 restarts at 1 in every type and goes up by one.
  void number(const csv_row& row, const column_map& at, const service_item& item) {
    const csv_field* f = at.cell(row, number_column);
    const int due = ++last_[item.type];
    if (f == nullptr || item.type.empty() || f->text == std::to_string(due)) return;
    found_.push_back(banli::at(make_error(errc::bad_value, "number '{}' should be {} in its type",
                                          "序号“{}”应为 {}(每类从 1 开始)", f->text, due),
                               where(*f)));
  }

  void code(const csv_row& row, const column_map& at, const service_item& item) {
    const csv_field* f = at.cell(row, 0);
    if (f == nullptr || item.code.empty()) return;
    const auto [first, fresh] = codes_.try_emplace(item.code.text(), f->line);
    if (!fresh)
      found_.push_back(
          banli::at(make_error(errc::duplicate_code, "code {} stands in line {} already",
                               "编码 {} 已用于第 {} 行", item.code.text(), first->second),
                    where(*f)));
  }

  item_form form_;
  const std::string& file_;
  problems& found_;
  const item_type_table& types_;
  std::vector<item_column> columns_;
  std::map<std::string, int> last_;
  std::unordered_map<std::string, int> codes_;
};

} // namespace

std::vector<service_item> read_item_table(item_form form, std::string_view text,
                                          const std::string& file, problems& found,
                                          const item_table_options& options,
                                          const csv_limits& limits) {
  if (form != item_form::contents && form != item_form::information) {
    found.push_back(at(make_error(errc::bad_value, "the table '{}' is made, not read",
                                  "{1}只能导出,不能导入", to_string(form), label(form)),
                       {file, 0, 0}));
    return {};
  }
  const csv_table table = read_csv(text, file, found, limits);
  return item_rows{form, file, found, *options.types}.run(table);
}

catalogue read_catalogue(std::string_view text, const std::string& file, problems& found,
                         const csv_limits& limits) {
  const csv_table table = read_csv(text, file, found, limits);
  static const std::vector<std::vector<std::string_view>> names{
      {"class", "类别"},    {"name", "事项名称"}, {"sector", "领域"}, {"number", "序号"},
      {"unit", "责任单位"}, {"covers", "对应"},   {"refines", "细化"}};
  const column_map at{table, file, names, 2, found};
  catalogue out;
  std::vector<const csv_row*> rows;
  const auto place_of = [&](const csv_field& f) { return place{file, f.line, f.column}; };
  for (const csv_row& row : table.rows) {
    catalogue_line l;
    const auto text_of = [&](std::size_t column) {
      const csv_field* f = at.cell(row, column);
      return f != nullptr ? unguard_formula(f->text) : std::string{};
    };
    const auto key_of = [&](std::size_t column, std::optional<catalogue_key>& into) {
      const csv_field* f = at.cell(row, column);
      if (f == nullptr || f->text.empty()) return;
      auto key = parse_catalogue_key(f->text);
      if (key)
        into = *key;
      else
        found.push_back(banli::at(std::move(key.error()), place_of(*f)));
    };
    if (const csv_field* f = at.cell(row, 0)) {
      auto part = parse_catalogue_part(f->text);
      if (part)
        l.key.part = *part;
      else
        found.push_back(banli::at(std::move(part.error()), place_of(*f)));
    }
    l.name = text_of(1);
    l.sector = text_of(2);
    if (const csv_field* f = at.cell(row, 3); f != nullptr && !f->text.empty()) {
      const auto key = parse_catalogue_key("power " + f->text);
      if (key)
        l.key.number = key->number;
      else
        found.push_back(banli::at(make_error(errc::bad_value, "'{}' is no number from 1",
                                             "“{}”不是从 1 开始的序号", f->text),
                                  place_of(*f)));
    }
    l.unit = text_of(4);
    key_of(5, l.covers);
    key_of(6, l.refines);
    out.lines.push_back(std::move(l));
    rows.push_back(&row);
  }
  // Paths are /lines/3/name; each field of a line has its column in the file.
  static const std::map<std::string_view, std::size_t> columns{
      {"name", 1}, {"number", 3}, {"covers", 5}, {"refines", 6}};
  problems more = check(out, [&](std::string_view path) {
    path.remove_prefix(std::min<std::size_t>(path.size(), 7));
    const std::size_t slash = path.find('/');
    if (slash == std::string_view::npos) return place{file, 0, 0};
    const csv_row& row =
        *rows[static_cast<std::size_t>(std::stoul(std::string{path.substr(0, slash)}))];
    const csv_field* f = at.cell(row, columns.at(path.substr(slash + 1)));
    return f != nullptr ? place_of(*f) : place{file, row.line, 0};
  });
  found.insert(found.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
  return out;
}

} // namespace banli
