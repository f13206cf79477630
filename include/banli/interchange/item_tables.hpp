// item_tables.hpp — service items as the tables offices publish and hand in.
//
// One library of items, many papers: the contents catalogue of the guide (表一), form A1, the four
// lists of a web site, the guide for the public, the boards at the window. Each is a view: columns
// and rows of text, made from the items and never kept.
//
//   item_table t = make_item_table(item_form::contents, items, {.unit = "武山县民政局"});
//   t.title;              // 武山县民政局政务服务事项内容目录
//   t.notes[0];           // 共7项:其中行政许可3项;行政征收0项;…;便民服务事项1项
//   to_markdown(t);       // a page
//   to_csv(t);            // RFC 4180, UTF-8, lines end in CR LF
//
// A spreadsheet takes a cell that begins with = + - @ (or their full-width twins, a tab, a carriage
// return) for a formula and runs it. to_csv puts an apostrophe before such cells, and before those
// that begin with apostrophes and then such a sign, so that reading can take exactly one away.
//
// Tables made for exchange come back: read_item_table(to_csv(t)) gives the items, as far as the
// table has their fields. Where a cell holds several things they stand on lines of their own, their
// parts divided by ｜, with \n, \r, \｜ and \\ for what is in the text, \- for an empty one:
//
//   法律｜《中华人民共和国食品安全法》｜第三十五条第一款｜国家对食品生产经营实行许可制度。
//
// Hand-made tables may be plainer: 《食品安全法》第三十五条:国家对… is read, too, and its rank
// guessed from the name (…法》 a law, …条例》 an administrative rule, …规定》 …办法》 a
// regulation).
//
// Reading judges: every problem of the file at once, with line and column.
//
// Sources: 国办函〔2011〕99号, guide, forms 表一 and A1; the four lists, 十堰市政务服务中心 (their
// columns are not prescribed there); eight elements of a guide, 硚口区; 七公开, the promise and the
// seven contents of approvals made public, 政务服务中心工作制度. What a negative list is the
// sources do not say: here it lists the items that are not offered as government service, each with
// the reason.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/interchange/csv.hpp>
#include <banli/item/catalogue.hpp>
#include <banli/item/item_type.hpp>
#include <banli/item/service_item.hpp>

namespace banli {

/// Which table.
enum class item_form : std::uint8_t {
  contents,      ///< 表一 政务服务事项内容目录: 7 columns, per type
  information,   ///< A1 政务服务事项内容信息表: 17 fields
  service_list,  ///< 政务服务事项清单
  charge_list,   ///< 收费清单: one row a charge
  negative_list, ///< 负面清单
  power_list,    ///< 权责清单
  guide,         ///< 办事指南, with the eight elements
  seven_open,    ///< 七公开
  promises,      ///< 服务承诺公示
  approval_open, ///< 行政审批公开: approvals with who, why, how, result, charges, complaints, other
};

/// The stable name ("contents"), the title (政务服务事项内容目录), and reading one: the stable
/// name, the title, or 表一, a1, 七公开 … Errors: unknown_value, with the nearest.
std::string_view to_string(item_form form);
std::string_view label(item_form form);
result<item_form> parse_item_form(std::string_view text);

/// For whom cells are written.
enum class cell_style : std::uint8_t {
  readable, ///< for people
  exact,    ///< to be read again
};

struct item_table_options {
  std::string unit{}; ///< before the title
  const item_type_table* types = &item_type_table::standard();
  cell_style cells = cell_style::readable;
};

/// A table: every row has as many cells as there are columns.
struct item_table {
  item_form form = item_form::contents;
  std::string title;
  std::vector<std::string> notes; ///< under the title
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;

  friend bool operator==(const item_table&, const item_table&) = default;
};

/// Items are ordered by type and numbered from 1 in every type in the contents catalogue, and stand
/// as they are given elsewhere. Guides say in a note which elements an item lacks.
item_table make_item_table(item_form form, std::span<const service_item> items,
                           const item_table_options& options = {});

/// The eight elements of a guide that an item lacks: 事项名称, 设定依据, 申请条件, 办理材料,
/// 办理地点, 办理时间, 联系电话, 办理流程, in this order; and 工作时间起止 where hours are given
/// that do not say from when until when (completeness.hpp: guide_eight, clear_hours).
std::vector<std::string_view> missing_guide_elements(const service_item& item);

/// How a CSV file begins.
enum class csv_opening : std::uint8_t {
  plain,           ///< with the columns
  byte_order_mark, ///< by which spreadsheets know UTF-8
};

/// The columns and rows; title and notes are not part of the data.
std::string to_csv(const item_table& table, csv_opening opening = csv_opening::plain);

/// A page: title, notes, and one table; for form A1 and guides a table of its own for each item.
std::string to_markdown(const item_table& table);

/// A cell that no spreadsheet takes for a formula, and the cell it was.
std::string guard_formula(std::string_view cell);
std::string unguard_formula(std::string_view cell);

/// Reads a contents catalogue or form A1 (other forms: bad_value). Items that have problems are
/// left out. Codes: those of read_csv; missing_column and unknown_field of columns, with the
/// nearest; missing_field (a name), unknown_value (type, rank, nature), bad_limit, bad_value (a
/// number out of turn, too many parts in a cell, an unknown escape), duplicate_code.
std::vector<service_item> read_item_table(item_form form, std::string_view text,
                                          const std::string& file, problems& found,
                                          const item_table_options& options = {},
                                          const csv_limits& limits = {});

/// Reads a local catalogue: columns class, sector, number, name (or 类别, 领域, 序号, 事项名称),
/// and if there are such, unit, covers, refines (责任单位, 对应, 细化) as in "power 12". Codes:
/// those of read_csv; missing_column, unknown_field; unknown_value, bad_value; and those of
/// check(catalogue), placed in the file.
catalogue read_catalogue(std::string_view text, const std::string& file, problems& found,
                         const csv_limits& limits = {});

} // namespace banli
