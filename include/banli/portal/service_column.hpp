// service_column.hpp — the items of an office as the public finds them (政务服务专栏).
//
//   service_column column{config.items, config.people};
//   column_node root = column.directory({column_axis::department, column_axis::type});
//   root.below[0].name, root.below[0].items.size();        // 武山县民政局, 3
//   const column_node* n = find(root, "武山县民政局>行政许可");
//   column_page p = *column.page(n->items, {.page = 1, .size = 20});   // 事项编码、名称、办理部门
//   item_column one = *column.open(item_id{"62052400MZ-XK-0001"});     // five sub-columns
//
// A directory divides the items by one axis after another. An item that serves several groups of
// applicants stands below each of them and is counted once above. Nodes stand in the order of the
// list of types, or of the first item that names them; what an item does not say is "其他", last.
//
// What is shown is text, ready for any page: which of it is a link or a table is for whoever draws.
//
// Sources: 国办函〔2011〕99号, guide, 政务服务专栏: 分类导航和多级目录, 分页浏览
// (事项编码、事项名称、 办理部门), five sub-columns, the fields of the guide view and of the form
// list; 政务服务中心 服务承诺制 (what a commitment makes public).
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/engine/organisation.hpp>
#include <banli/item/item_type.hpp>
#include <banli/item/service_item.hpp>

namespace banli {

/// By what a level of the directory divides.
enum class column_axis : std::uint8_t {
  department, ///< 办理部门
  type,       ///< 事项分类
  field,      ///< 公共服务领域
  applicants, ///< 服务对象
  catalogue,  ///< 目录
};

/// "department", 办理部门. Errors of parsing: unknown_value.
std::string_view to_string(column_axis a);
std::string_view label(column_axis a);
result<column_axis> parse_column_axis(std::string_view name);

/// One node of the directory.
struct column_node {
  std::string name{};               ///< empty at the root
  std::vector<std::size_t> items{}; ///< here and below, each once, in the order of the column
  std::vector<column_node> below{};

  friend bool operator==(const column_node&, const column_node&) = default;
};

/// The node that a path names: "民政局>行政许可"; empty: the root. Null if there is none.
const column_node* find(const column_node& root, std::string_view path);

struct page_request {
  std::size_t page = 1; ///< counted from 1
  std::size_t size = 20;
};
inline constexpr std::size_t max_page_size = 200;

/// One line of a list (服务条目).
struct column_line {
  item_id code{};
  std::string name{};
  std::string department{};

  friend bool operator==(const column_line&, const column_line&) = default;
};

struct column_page {
  std::vector<column_line> lines{};
  std::size_t page = 1;
  std::size_t pages = 0; ///< 0: there is nothing to list
  std::size_t found = 0;
};

/// 办事指南: the eleven fields, in the order of the source. A promise states the hours it is kept
/// in (办理时间), where the windows of the item say them.
struct guide_view {
  static constexpr std::array<std::string_view, 11> labels{
      "事项编码", "事项名称", "办理部门", "行使依据", "受理条件", "收费依据和标准",
      "法定期限", "承诺期限", "办理地点", "联系电话", "监督电话"};
  std::array<std::string, 11> values{};

  friend bool operator==(const guide_view&, const guide_view&) = default;
};

/// 表格下载: one form.
struct form_line {
  std::string number{};
  std::string name{};
  std::string description{};
  std::string link{}; ///< empty: not to be downloaded

  friend bool operator==(const form_line&, const form_line&) = default;
};

/// 网上咨询: whom to ask, and what was asked before.
struct consultation_view {
  department_id unit{};
  std::string unit_name{};
  std::string phone{};
  std::vector<question> answered{};

  friend bool operator==(const consultation_view&, const consultation_view&) = default;
};

/// 网上申请.
struct application_view {
  bool offered = false;                 ///< the item is handled on the platform
  std::string link{};                   ///< 在线办理链接
  std::vector<std::string> materials{}; ///< what is handed in, with when it is asked for

  friend bool operator==(const application_view&, const application_view&) = default;
};

/// 结果反馈: how results are learnt.
struct feedback_view {
  std::array<std::string_view, 2> asks{"办件编号", "证件号码"}; ///< both must be right
  bool publicised = false; ///< the law asks for a public list of results, too

  friend bool operator==(const feedback_view&, const feedback_view&) = default;
};

/// The five sub-columns of one item.
struct item_column {
  guide_view guide{};
  consultation_view consultation{};
  std::vector<form_line> forms{};
  application_view application{};
  feedback_view feedback{};

  friend bool operator==(const item_column&, const item_column&) = default;
};

/// 服务承诺: what an office binds itself to in public.
struct service_commitment {
  static constexpr std::array<std::string_view, 8> labels{"服务项目", "职责内容", "申请条件",
                                                          "办理程序", "申请资料", "承诺时限",
                                                          "收费标准", "承办部门"};
  std::array<std::string, 8> values{};

  friend bool operator==(const service_commitment&, const service_commitment&) = default;
};

/// The types of items whose results the law makes public: 行政许可法 art. 40 (decisions that grant
/// a licence); a host adds what his law adds.
inline const std::vector<std::string>& publicised_types() {
  static const std::vector<std::string> types{"XK"};
  return types;
}

class service_column {
 public:
  /// The order of the items is the order of every list. `people` names the departments; without it
  /// their ids are shown.
  service_column(std::vector<service_item> items, std::shared_ptr<const organisation> people,
                 const item_type_table& types = item_type_table::standard(),
                 std::vector<std::string> publicised = publicised_types());

  const std::vector<service_item>& items() const { return items_; }
  const service_item* find(const item_id& code) const;
  std::string department_name(const department_id& id) const;
  /// That a department has items here, or is one of the people's. Errors: unknown_reference, with
  /// the nearest.
  result<void> known_department(const department_id& id) const;
  std::string type_name(std::string_view letters) const;
  bool publicised(const service_item& item) const;

  column_node directory(std::span<const column_axis> axes) const;

  /// One page of a list of items, by their positions. Errors: bad_value (page 0, size 0),
  /// limit_exceeded (size), out_of_range (a page beyond the last, but for the first).
  result<column_page> page(std::span<const std::size_t> items, const page_request& asked) const;

  /// Errors: unknown_item.
  result<item_column> open(const item_id& code) const;
  result<service_commitment> commitment(const item_id& code) const;

 private:
  std::vector<std::string> keys(const service_item& item, column_axis axis) const;
  void divide(column_node& node, std::span<const column_axis> axes) const;
  result<const service_item*> known(const item_id& code) const;

  std::vector<service_item> items_;
  std::shared_ptr<const organisation> people_;
  const item_type_table* types_;
  std::vector<std::string> publicised_;
  std::unordered_map<item_id, std::size_t> by_code_;
};

} // namespace banli
