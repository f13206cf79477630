#include <banli/drawing/item_export.hpp>

#include <doctest/doctest.h>

using namespace banli;

namespace {

organisation people() {
  organisation o;
  o.departments = {{department_id{"MZ"}, "民政局"}, {department_id{"ZF"}, "政府办"}};
  o.posts = {{post_id{"收件"}, "收件岗", department_id{"MZ"}, "收件", {"受理权", "审核权"}}};
  return o;
}

flowchart chart() {
  flowchart c{flowchart_id{"f"}, "登记", {}, {}};
  node start{node_id{"开始"}, node_kind::start};
  node collect{.id = node_id{"受理"}};
  collect.post = post_id{"收件"};
  collect.duty = "核对材料";
  collect.limit = time_limit{2, limit_unit::workday};
  collect.documents = {"受理通知书"};
  collect.risks = {{"超期", "", "", "提醒"}, {"推诿", "", "", ""}};
  collect.forms = {{form_id{"F"}, {"x", "y"}, {"*"}}};
  node hearing{.id = node_id{"听证"}};
  hearing.post = post_id{"听证岗"};
  hearing.department = department_id{"ZF"};
  hearing.excluded = "hearing";
  c.nodes = {start, collect, hearing, {node_id{"结束"}, node_kind::end}};
  c.arrows = {{node_id{"开始"}, node_id{"受理"}},
              {node_id{"受理"}, node_id{"听证"}},
              {node_id{"听证"}, node_id{"结束"}}};
  return c;
}

service_item item() {
  service_item i;
  i.code = item_id{"62052400MZ-XK-0001"};
  i.name = "社会团体成立登记";
  i.type = "XK";
  i.materials = {{"章程", "原件", "纸质", "", "窗口", "永久"},
                 {"批准文件", "复印件", "电子", "前置审批的提供"}};
  return i;
}

} // namespace

TEST_CASE("the table of steps says who does what by when, with the powers of the post (D11, G17)") {
  const item_table t = steps_table(chart(), people());
  REQUIRE(t.rows.size() == 2);
  CHECK(t.columns.size() == t.rows[0].size());
  CHECK(t.rows[0] == std::vector<std::string>{"1", "受理", "民政局", "收件岗", "收件",
                                              "受理权\n审核权", "核对材料", "2个工作日",
                                              "受理通知书", "F 可写：x、y；可读：全部",
                                              "超期：提醒\n推诿"});
  CHECK(t.rows[1] == std::vector<std::string>{"2", "听证", "政府办", "听证岗", "", "", "",
                                              "不计入期限", "", "", ""});
}

TEST_CASE("an item is exported as three tables and one chart (G17, D26)") {
  const service_item i = item();
  const flowchart c = chart();
  const organisation o = people();
  const auto files = export_item({i, c, o}).value();
  std::string names;
  for (const exported_file& f : files) names += f.name.substr(f.name.rfind('-') + 1) + " ";
  CHECK(names == "事项信息表.csv 事项信息表.md 申请材料表.csv 申请材料表.md 岗位环节表.csv "
                 "岗位环节表.md 权力运行流程图.svg ");
  CHECK(files[0].name == "62052400MZ-XK-0001-事项信息表.csv");
  CHECK(files[2].content == "\xEF\xBB\xBF"
                            "序号,材料名称,格式,载体,报送方式,存储要求,何时需要,申请人类别\r\n"
                            "1,章程,原件,纸质,窗口,永久,,\r\n"
                            "2,批准文件,复印件,电子,,,前置审批的提供,\r\n");
  CHECK(files[3].content.starts_with("# 社会团体成立登记申请材料表\n\n| 序号 |"));
  CHECK(files[1].content.find("社会团体成立登记") != std::string::npos);
  CHECK(files[6].content.starts_with("<svg"));
  CHECK(files[6].content.find("听证") != std::string::npos);
}

TEST_CASE("a code that is no file name is refused") {
  service_item i = item();
  const flowchart c = chart();
  const organisation o = people();
  for (const char* code : {"", "../x", "a/b", "a\nb"}) {
    i.code = item_id{code};
    const auto none = export_item({i, c, o});
    REQUIRE(!none);
    CHECK(none.error().code == errc::bad_item_code);
  }
}
