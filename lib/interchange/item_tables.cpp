#include <banli/interchange/item_tables.hpp>

#include <algorithm>
#include <array>

#include "item_cells.hpp"
#include <banli/base/nearest.hpp>
#include <banli/item/completeness.hpp>

namespace banli {

namespace {

struct form_words {
  std::string_view name;
  std::string_view title;
  std::string_view other; ///< what people call it
};

constexpr auto form_names =
    std::to_array<form_words>({{"contents", "政务服务事项内容目录", "表一"},
                               {"information", "政务服务事项内容信息表", "a1"},
                               {"service_list", "政务服务事项清单", "事项清单"},
                               {"charge_list", "收费清单", "收费"},
                               {"negative_list", "负面清单", "负面"},
                               {"power_list", "权责清单", "权责"},
                               {"guide", "办事指南", "指南"},
                               {"seven_open", "窗口七公开", "七公开"},
                               {"promises", "服务承诺公示", "服务承诺"},
                               {"approval_open", "行政审批公开", "审批公开"}});

const form_words& words_of(item_form f) { return form_names[static_cast<std::size_t>(f)]; }

using table_row = std::vector<std::string>;

/// Fills one table, one function a form.
class table_maker {
 public:
  table_maker(std::span<const service_item> items, const item_table_options& options,
              item_table& into)
      : items_(items), options_(options), table_(into) {}

  void run() {
    switch (table_.form) {
    case item_form::contents: return contents();
    case item_form::information: return information();
    case item_form::service_list: return service_list();
    case item_form::charge_list: return charge_list();
    case item_form::negative_list: return negative_list();
    case item_form::power_list: return power_list();
    case item_form::guide: return guide();
    case item_form::seven_open: return seven_open();
    case item_form::promises: return promises();
    case item_form::approval_open: return approval_open();
    }
  }

 private:
  const item_type_table& types() const { return *options_.types; }
  std::string type(const service_item& i) const { return cells::type(i, types()); }
  cell_style style() const { return options_.cells; }
  std::string next() const { return std::to_string(table_.rows.size() + 1); }

  /// The form's header counts its own seven types, and others where there are any of them.
  std::string counts() const {
    const type_counts n = count_by_type(types(), items_);
    std::string out = fmt::format("共{}项\uFF1A其中", n.total());
    std::string_view between;
    for (std::size_t t = 0; t < types().size(); ++t) {
      const item_type& type = types().types()[t];
      if (n.of[t] == 0 && item_type_table::county().find(type.letters) == nullptr) continue;
      const bool named = type.name.zh.ends_with("事项");
      out += fmt::format("{}{}{}{}项", between, type.name.zh,
                         type.letters == "BM" && !named ? "事项" : "", n.of[t]);
      between = "\uFF1B";
    }
    if (n.unknown > 0) out += fmt::format("\uFF1B类型不明{}项", n.unknown);
    return out;
  }

  void contents() {
    table_.notes.push_back(counts());
    table_.columns = {"序号",     "事项名称", "事项类型",      "办理主体",
                      "行使依据", "法定期限", "收费标准与依据"};
    for (const numbered_item& n : number_by_type(types(), items_)) {
      const service_item& i = items_[n.index];
      table_.rows.push_back({std::to_string(n.number), i.name, type(i), cells::body(i, style()),
                             cells::bases(i, style()), cells::statutory(i),
                             cells::charges(i, style())});
    }
  }

  void information() {
    table_.columns = {"事项编码", "事项分类",       "事项名称",       "行使依据", "办理主体",
                      "受理条件", "收费依据和标准", "法定期限",       "承诺期限", "办理部门",
                      "办理地点", "联系电话",       "权力运行流程图", "服务表格", "常见问题解答",
                      "监督电话", "在线办理链接"};
    for (const service_item& i : items_)
      table_.rows.push_back({i.code.text(), type(i), i.name, cells::bases(i, style()),
                             cells::body(i, style()), cells::conditions(i, style()),
                             cells::charges(i, style()), cells::statutory(i), cells::promised(i),
                             cells::department(i, style()), i.address, i.phone, i.flow.text(),
                             cells::forms(i, style()), cells::questions(i, style()),
                             i.supervision_phone, i.online_link});
  }

  /// Why an item is not offered as government service; empty if it is.
  std::string not_offered(const service_item& i) const {
    if (!i.on_platform) return "列入目录但不在平台办理";
    const item_type* t = types().find(i.type);
    if (t == nullptr) return "事项类型不明";
    if (t->service == item_service::outside) return t->name.zh + "不纳入政务服务事项";
    if (t->service == item_service::judged && i.service && !i.service->passed())
      return "不属于具体的、依申请的、授益性的事项";
    if (i.hall == stationing::outside) return "未进驻大厅";
    return {};
  }

  void service_list() {
    table_.columns = {"序号",     "事项编码", "事项名称", "事项类型",
                      "办理主体", "办理部门", "办件类型", "承诺期限"};
    for (const service_item& i : items_)
      if (const std::string why = not_offered(i); why.empty() || why == "未进驻大厅")
        table_.rows.push_back({next(), i.code.text(), i.name, type(i), i.body,
                               cells::department(i, cell_style::readable),
                               std::string{label(i.kind)}, cells::promised(i)});
  }

  void charge_list() {
    table_.columns = {"序号",     "事项编码", "事项名称", "办理主体",
                      "收费项目", "收费标准", "收费依据"};
    for (const service_item& i : items_)
      for (const charge& c : i.charges)
        table_.rows.push_back({next(), i.code.text(), i.name, i.body, c.name, c.standard, c.basis});
  }

  void negative_list() {
    table_.columns = {"序号", "事项编码", "事项名称", "事项类型", "办理主体", "原因"};
    for (const service_item& i : items_)
      if (const std::string why = not_offered(i); !why.empty())
        table_.rows.push_back({next(), i.code.text(), i.name, type(i), i.body, why});
  }

  void power_list() {
    table_.columns = {"序号",     "职权编码", "职权名称", "职权类型", "实施主体",
                      "行使依据", "法定期限", "责任部门", "监督电话", "流程图"};
    for (const service_item& i : items_)
      if (i.type != "BM" && i.type != "FW")
        table_.rows.push_back(
            {next(), i.code.text(), i.name, type(i), cells::body(i, cell_style::readable),
             cells::bases(i, cell_style::readable), cells::statutory(i),
             cells::department(i, cell_style::readable), i.supervision_phone, i.flow.text()});
  }

  /// 监督渠道, and below it the phone.
  static std::string channel(const service_item& i) {
    return i.supervision_channel.empty() || i.supervision_phone.empty()
               ? i.supervision_channel + i.supervision_phone
               : i.supervision_channel + "\n" + i.supervision_phone;
  }

  void guide() {
    table_.columns = {"事项名称", "事项内容", "办理主体", "设定依据", "申请条件", "办理材料",
                      "办理地点", "办理时间", "办理期限", "联系电话", "办理流程", "监督渠道"};
    constexpr auto style = cell_style::readable;
    for (const service_item& i : items_) {
      table_.rows.push_back({i.name, i.description, cells::body(i, style), cells::bases(i, style),
                             cells::conditions(i, style), cells::materials(i), cells::address(i),
                             cells::hours(i), cells::promised(i), i.phone, i.flow.text(),
                             channel(i)});
      if (const auto lacks = missing_guide_elements(i); !lacks.empty())
        table_.notes.push_back(fmt::format("“{}”缺少要素\uFF1A{}", i.name, fmt::join(lacks, "、")));
    }
  }

  void seven_open() {
    table_.columns = {"序号",     "审批项目", "办事程序", "前置条件",
                      "收费项目", "收费标准", "收费依据", "服务时限"};
    for (const service_item& i : items_) {
      table_row names;
      table_row standards;
      table_row bases;
      for (const charge& c : i.charges) {
        names.push_back(c.name);
        standards.push_back(c.standard);
        bases.push_back(c.basis);
      }
      const auto joined = [&](const table_row& r) {
        return r.empty() ? std::string{"不收费"} : fmt::format("{}", fmt::join(r, "\n"));
      };
      table_.rows.push_back({next(), i.name, i.flow.text(), before(i), joined(names),
                             joined(standards), joined(bases), cells::promised(i)});
    }
  }

  static std::string before(const service_item& i) {
    table_row out;
    for (const related_approval& a : i.approvals_before)
      out.push_back(a.name.empty() ? a.item.text() : a.name);
    return out.empty() ? "无" : fmt::format("{}", fmt::join(out, "\n"));
  }

  void promises() {
    table_.columns = {"序号", "服务项目", "服务标准", "办理程序", "具体要求", "办理时限", "承办"};
    for (const service_item& i : items_) {
      const std::string law = cells::statutory(i);
      const std::string standard =
          fmt::format("{}{}", label(i.kind), law.empty() ? "" : "\uFF0C法定期限" + law);
      table_.rows.push_back({next(), i.name, standard, i.flow.text(), cells::materials(i),
                             cells::promised(i), cells::department(i, cell_style::readable)});
    }
  }

  /// What is issued when an approval is granted: its certificates, or else its documents.
  static std::string issued(const service_item& i) {
    table_row out;
    for (const certificate& c : i.certificates)
      out.push_back(c.validity ? fmt::format("{}\uFF08有效期{}\uFF09", c.name,
                                             to_text(*c.validity, language::zh))
                               : c.name);
    if (out.empty())
      for (const item_document& d : i.documents) out.push_back(d.name);
    return fmt::format("{}", fmt::join(out, "\n"));
  }

  void approval_open() {
    table_.columns = {"序号",     "审批事项", "实施主体", "审批依据", "审批程序",
                      "审批结果", "收费",     "投诉渠道", "其他"};
    constexpr auto style = cell_style::readable;
    for (const service_item& i : items_)
      if (needs_entry(i.type))
        table_.rows.push_back({next(), i.name, cells::body(i, style), cells::bases(i, style),
                               i.flow.text(), issued(i), cells::charges(i, style), channel(i),
                               cells::conditions(i, style)});
  }

  std::span<const service_item> items_;
  const item_table_options& options_;
  item_table& table_;
};

} // namespace

std::string_view to_string(item_form form) { return words_of(form).name; }
std::string_view label(item_form form) { return words_of(form).title; }

result<item_form> parse_item_form(std::string_view text) {
  std::vector<std::string_view> known;
  for (std::size_t i = 0; i < form_names.size(); ++i) {
    const form_words& w = form_names[i];
    if (text == w.name || text == w.title || text == w.other) return static_cast<item_form>(i);
    known.insert(known.end(), {w.name, w.title, w.other});
  }
  if (text == "A1") return item_form::information;
  return with_hint(
      make_error(errc::unknown_value, "there is no table '{}'", "没有“{}”这种表", text),
      suggestion(text, known));
}

item_table make_item_table(item_form form, std::span<const service_item> items,
                           const item_table_options& options) {
  item_table out;
  out.form = form;
  out.title = options.unit + std::string{label(form)};
  table_maker{items, options, out}.run();
  return out;
}

std::vector<std::string_view> missing_guide_elements(const service_item& item) {
  std::vector<std::string_view> out;
  for (const element_list list : {element_list::guide_eight, element_list::clear_hours})
    for (const missing_element& m : completeness(item, list).missing)
      if (std::find(out.begin(), out.end(), m.zh) == out.end()) out.push_back(m.zh);
  return out;
}

} // namespace banli
