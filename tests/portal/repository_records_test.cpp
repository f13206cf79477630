#include <banli/portal/repository_records.hpp>

#include <doctest/doctest.h>

#include "small_office.hpp"

using namespace banli;
using namespace banli::test;

namespace {

process_record one_turn() {
  process_record r;
  r.department = "民政局";
  r.step = "受理";
  r.item = item_id{"62052400MZ-XK-0001"};
  r.section = "社会组织科";
  r.staff = person_id{"P1"};
  r.staff_name = "李小明";
  r.state = "已办";
  r.of = case_id{"C1"};
  r.name = "张三丰社会团体成立登记";
  r.applicant = {"张三丰", "resident_id", "62052419900101123X"};
  r.agent = {"王五", "resident_id", "620524198001011234"};
  r.opinion = "=张三丰的材料,\"齐全\";\n电话13800001234,联系人王五";
  r.begun = *parse_instant("2024-09-02T09:00");
  r.handled = *parse_instant("2024-09-02T10:00:01");
  return r;
}

std::vector<errc> codes_in(const problems& found) {
  std::vector<errc> out;
  for (const error& e : found) out.push_back(e.code);
  return out;
}

} // namespace

TEST_CASE("the process repository has the fields of the guide, in its order") {
  const auto columns = columns_of(repository::processes);
  std::vector<std::string_view> labels;
  for (const repository_column& c : columns) labels.push_back(c.label);
  const std::vector<std::string_view> first{"办理部门",           "岗位(环节)名称", "事项编码",
                                            "办理业务处室(科室)", "办理人员工号",   "办理人员姓名",
                                            "岗位(环节)状态"};
  CHECK(std::equal(first.begin(), first.end(), labels.begin()));
  for (const char* needed :
       {"申请者名称", "申请者证件类型", "申请者证件号码", "联系人/代理人姓名",
        "联系人/代理人证件类型", "联系人/代理人证件号码", "办件申请方式", "办件申请表格",
        "办件提交材料", "办件申请时间", "风险点类别", "风险点描述", "风险内控手段", "办理时限",
        "办理意见", "办理附件", "办理时间"})
    CHECK(std::ranges::find(labels, needed) != labels.end());
  labels.clear();
  for (const repository_column& c : columns_of(repository::results)) labels.push_back(c.label);
  CHECK(labels == std::vector<std::string_view>{"办理部门", "事项编码", "办件编号", "办结状态",
                                                "办结意见", "办理附件", "办结时间"});
  labels.clear();
  for (const repository_column& c : columns_of(repository::items)) labels.push_back(c.label);
  CHECK(labels.size() == 14);
}

TEST_CASE("records come back from CSV and JSON as they were") {
  const std::vector<process_record> all{one_turn(), [] {
                                          process_record r = one_turn();
                                          r.turn = 2;
                                          r.handled.reset();
                                          r.state = "待办";
                                          return r;
                                        }()};
  const repository_table t = to_table(std::span{all}, personal_right::granted);
  problems found;
  CHECK(process_records(read_repository_csv(repository::processes, to_csv(t), "p.csv", found),
                        found) == all);
  CHECK(process_records(read_repository_json(to_json(t), "p.json", found), found) == all);
  CHECK(found.empty());
  outcome_record o;
  o.department = "民政局";
  o.item = item_id{"I"};
  o.of = case_id{"C1"};
  o.state = "准予";
  o.ended = *parse_instant("2024-09-02T16:00");
  CHECK(
      outcome_records(read_repository_csv(repository::results,
                                          to_csv(to_table(std::span<const outcome_record>{&o, 1})),
                                          "r.csv", found),
                      found) == std::vector{o});
  order_record d;
  d.number = "督-1";
  d.supervisor = "监察局";
  d.unit = department_id{"民政局"};
  d.officer = person_id{"J1"};
  d.matter = "超期";
  d.begun = *parse_instant("2024-09-02T16:00");
  d.state = order_state::signed_for;
  CHECK(order_records(read_repository_json(to_json(to_table(std::span<const order_record>{&d, 1})),
                                           "o.json", found),
                      found) == std::vector{d});
  CHECK(found.empty());
}

TEST_CASE("a table is masked unless the reader has the right") {
  const std::vector<process_record> all{one_turn()};
  for (const std::string& text :
       {to_csv(to_table(std::span{all})), to_json(to_table(std::span{all}))}) {
    CAPTURE(text);
    for (const char* hidden :
         {"张三丰", "李小明", "王五", "62052419900101123X", "620524198001011234", "13800001234"})
      CHECK(text.find(hidden) == std::string::npos);
    for (const char* shown : {"张**", "王*", "620524********123X", "138****1234", "齐全"})
      CHECK(text.find(shown) != std::string::npos);
  }
  // What is masked is not imported by mistake.
  problems found;
  CHECK(process_records(read_repository_csv(repository::processes, to_csv(to_table(std::span{all})),
                                            "p", found),
                        found)
            .empty());
  CHECK(codes_in(found) == std::vector{errc::bad_value, errc::bad_value});
}

TEST_CASE("everything that is wrong with an import is said at once") {
  problems found;
  const std::string csv =
      "办理部门,岗位(环节)名称,事项编码,岗位(环节)状态,办件编号,序号,办理时间,办理意件\n"
      ",受理,I,已办,C1,1,2024-09-02,x\n"
      "甲,受理,I,已半,C1,1,2024-13-02,x\n"
      "甲,受理,I,已办,C1,0,,x\n"
      "甲,受理,I,已办,C1,2,,x\n"
      "甲,受理,I,已办,C1,2,,x\n";
  const auto records =
      process_records(read_repository_csv(repository::processes, csv, "p.csv", found), found);
  CHECK(records.size() == 1);
  CHECK(codes_in(found) == std::vector{errc::unknown_field, errc::missing_field, errc::bad_date,
                                       errc::bad_value, errc::duplicate_id});
  CHECK(found[0].message.zh == "未知的列“办理意件”;是否想写“办理意见”?");
  CHECK(found[1].where == place{"p.csv", 2, 0});
  found.clear();
  process_records(
      read_repository_csv(
          repository::processes,
          "办理部门,岗位(环节)名称,事项编码,岗位(环节)状态,办件编号,序号\n甲,受理,I,已半,C1,1\n",
          "p.csv", found),
      found);
  CHECK(codes_in(found) == std::vector{errc::unknown_value});
  CHECK(found[0].message.zh.find("是否想写“已办”?") != std::string::npos);
  found.clear();
  read_repository_csv(repository::results, "办理部门\nx\n", "r.csv", found);
  CHECK(codes_in(found) == std::vector{errc::missing_column, errc::missing_column,
                                       errc::missing_column, errc::missing_column});
}

TEST_CASE("JSON that is none of ours") {
  const auto codes = [](const std::string& text) {
    problems found;
    const repository_table t = read_repository_json(text, "j", found);
    if (found.empty()) outcome_records(t, found);
    return codes_in(found);
  };
  CHECK(codes("{") == std::vector{errc::bad_value});
  CHECK(codes("[]") == std::vector{errc::bad_value});
  CHECK(codes(R"({"repository":"x","records":[]})") == std::vector{errc::unknown_value});
  CHECK(codes(R"({"repository":"results","records":[],"more":1})") ==
        std::vector{errc::unknown_field});
  CHECK(codes(R"({"repository":"results","records":[1,{"state":5},{"sate":"准予"}]})") ==
        std::vector{errc::wrong_type, errc::wrong_type, errc::unknown_field});
  CHECK(codes(R"({"repository":"items","records":[]})") == std::vector{errc::bad_value});
  CHECK(codes(R"({"repository":"results","records":[{"department":"a","item":"i","case":"c",)"
              R"("state":"办完","ended":"2024-01-01"}]})") == std::vector{errc::unknown_value});
  CHECK(codes(R"({"repository":"results","records":[[[[[1]]]]]})") == std::vector{errc::bad_value});
}
