#include <banli/drawing/item_export.hpp>

#include <fmt/format.h>

namespace banli {

namespace {

std::string in_lines(const std::vector<std::string>& all) {
  return fmt::format("{}", fmt::join(all, "\n"));
}

std::string risks(const node& n) {
  std::vector<std::string> out;
  for (const risk_point& r : n.risks)
    out.push_back(r.measure.empty() ? r.name : r.name + "：" + r.measure);
  return in_lines(out);
}

std::string forms(const node& n) {
  std::vector<std::string> out;
  for (const form_use& u : n.forms) {
    std::string use = u.form.text();
    const auto list = [&](const std::vector<std::string>& fields, std::string_view what) {
      if (fields.empty()) return;
      const bool all = fields == std::vector<std::string>{std::string{all_fields}};
      use += fmt::format("{}{}：{}", use == u.form.text() ? " " : "；", what,
                         all ? "全部" : fmt::format("{}", fmt::join(fields, "、")));
    };
    list(u.writes, label(field_right::write));
    list(u.reads, label(field_right::read));
    out.push_back(std::move(use));
  }
  return in_lines(out);
}

std::string name_of(const organisation& people, const department_id& id) {
  const department* const d = find(people, id);
  return d == nullptr ? id.text() : d->name;
}

std::string limit_of(const node& n) {
  if (n.limit) return to_text(*n.limit, language::zh);
  return n.excluded.empty() ? "" : "不计入期限";
}

bool is_file_name(std::string_view code) {
  return !code.empty() && code.front() != '.' &&
         code.find_first_of("/\\:*?\"<>|\n\r\t") == std::string_view::npos;
}

} // namespace

item_table materials_table(const service_item& item) {
  item_table out;
  out.form = item_form::contents; // rows below one another
  out.title = item.name + "申请材料表";
  out.columns = {"序号",     "材料名称", "格式",     "载体",
                 "报送方式", "存储要求", "何时需要", "申请人类别"};
  for (const material& m : item.materials)
    out.rows.push_back({std::to_string(out.rows.size() + 1), m.name, m.format, m.carrier, m.way,
                        m.storage, m.when.empty() ? m.required : m.when, m.applicant});
  return out;
}

item_table steps_table(const flowchart& chart, const organisation& people) {
  item_table out;
  out.form = item_form::contents;
  out.title = chart.name + "岗位环节表";
  out.columns = {"序号",     "环节",     "部门", "岗位",     "岗位职责",  "岗位权限",
                 "环节职责", "办理时限", "文书", "电子表单", "廉政风险点"};
  for (const node& n : chart.nodes) {
    if (n.kind != node_kind::step) continue;
    const post* const p = find(people, n.post);
    const department_id department =
        n.department.empty() && p != nullptr ? p->department : n.department;
    out.rows.push_back({std::to_string(out.rows.size() + 1), n.shown(), name_of(people, department),
                        p == nullptr ? n.post.text() : p->name, p == nullptr ? "" : p->duty,
                        p == nullptr ? "" : in_lines(p->powers), n.duty, limit_of(n),
                        in_lines(n.documents), forms(n), risks(n)});
  }
  return out;
}

result<std::vector<exported_file>> export_item(const item_papers& of) {
  const std::string& code = of.item.code.text();
  if (!is_file_name(code))
    return make_error(errc::bad_item_code, "the code '{}' is no file name",
                      "事项编码“{}”不能作为文件名", code);
  const auto layout = lay_out(of.chart);
  if (!layout) return layout.error();
  std::vector<exported_file> out;
  const auto add = [&](const item_table& t, std::string_view paper) {
    out.push_back({fmt::format("{}-{}.csv", code, paper), to_csv(t, csv_opening::byte_order_mark)});
    out.push_back({fmt::format("{}-{}.md", code, paper), to_markdown(t)});
  };
  add(make_item_table(item_form::information, std::span{&of.item, 1}), "事项信息表");
  add(materials_table(of.item), "申请材料表");
  add(steps_table(of.chart, of.people), "岗位环节表");
  out.push_back({fmt::format("{}-权力运行流程图.svg", code), flowchart_svg(*layout)});
  return out;
}

} // namespace banli
