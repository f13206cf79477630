#include <banli/portal/service_column.hpp>

#include <doctest/doctest.h>

#include "small_office.hpp"

using namespace banli;
using namespace banli::test;

namespace {

service_column small_column() { return {small_office().items, small_office().people}; }

std::vector<std::string> names_below(const column_node& n) {
  std::vector<std::string> out;
  for (const column_node& c : n.below) out.push_back(c.name);
  return out;
}

} // namespace

TEST_CASE("a directory divides the items level by level, each counted once") {
  const service_column column = small_column();
  const auto axes = std::to_array({column_axis::department, column_axis::type});
  const column_node root = column.directory(axes);
  CHECK(root.items == std::vector<std::size_t>{0, 1});
  CHECK(names_below(root) == std::vector<std::string>{"民政局", "消防"});
  REQUIRE(find(root, "民政局>行政许可") != nullptr);
  CHECK(find(root, "民政局>行政许可")->items == std::vector<std::size_t>{0});
  CHECK(find(root, "") == &root);
  CHECK(find(root, "民政局>行政处罚") == nullptr);
  CHECK(find(root, "民政") == nullptr);

  // Who serves two groups stands below both; what says no field stands last.
  const auto groups = std::to_array({column_axis::applicants});
  const column_node by_group = column.directory(groups);
  CHECK(names_below(by_group) == std::vector<std::string>{"社会组织", "企业"});
  CHECK(by_group.below[1].items == std::vector<std::size_t>{0, 1});
  std::vector<service_item> items = small_office().items;
  items[1].field = public_field::health;
  const auto field = std::to_array({column_axis::field});
  CHECK(names_below(service_column{items, nullptr}.directory(field)) ==
        std::vector<std::string>{"医疗卫生", "其他"});
  // Types stand in the order of their table, not of the items.
  std::swap(items[0], items[1]);
  const auto types = std::to_array({column_axis::type});
  CHECK(names_below(service_column{items, nullptr}.directory(types)) ==
        std::vector<std::string>{"行政许可", "行政确认"});
}

TEST_CASE("lists come page by page: code, name, department") {
  std::vector<service_item> many;
  for (int n = 1; n <= 45; ++n) {
    many.push_back(sample::item());
    many.back().code = item_id{fmt::format("62052400MZ-XK-{:04}", n)};
  }
  const service_column column{many, small_office().people};
  const column_node root = column.directory({});
  const auto second = column.page(root.items, {.page = 3, .size = 20});
  REQUIRE(second.has_value());
  CHECK(second->pages == 3);
  CHECK(second->found == 45);
  REQUIRE(second->lines.size() == 5);
  CHECK(second->lines[4] ==
        column_line{item_id{"62052400MZ-XK-0045"}, "社会团体成立登记", "民政局"});
  CHECK(refused(column.page(root.items, {.page = 4, .size = 20})) == errc::out_of_range);
  CHECK(refused(column.page(root.items, {.page = 0, .size = 20})) == errc::bad_value);
  CHECK(refused(column.page(root.items, {.page = 1, .size = 0})) == errc::bad_value);
  CHECK(refused(column.page(root.items, {.page = 1, .size = 201})) == errc::limit_exceeded);
  CHECK(column.page({}, {})->pages == 0);
  // Every item stands on exactly one page.
  std::vector<item_id> seen;
  for (std::size_t p = 1; p <= 7; ++p) {
    const auto one = column.page(root.items, {.page = p, .size = 7});
    for (const column_line& l : one->lines) seen.push_back(l.code);
  }
  CHECK(seen.size() == 45);
  CHECK(std::ranges::is_sorted(seen));
}

TEST_CASE("an item opens into five sub-columns") {
  const service_column column = small_column();
  const auto opened = column.open(item_id{"62052400MZ-XK-0001"});
  REQUIRE(opened.has_value());
  const guide_view& g = opened->guide;
  CHECK(g.labels.size() == 11);
  CHECK(g.values[0] == "62052400MZ-XK-0001");
  CHECK(g.values[2] == "民政局社会组织科");
  CHECK(g.values[3].find("《社会团体登记管理条例》") != std::string::npos);
  CHECK(g.values[4].find("有固定的住所") != std::string::npos);
  CHECK(g.values[5] == "不收费");
  CHECK(g.values[7] == "20个工作日");
  CHECK(g.values[10] == "2");
  CHECK(opened->consultation.unit == department_id{"民政局"});
  CHECK(opened->consultation.answered.size() == 1);
  CHECK(opened->forms[1] ==
        form_line{"表二", "负责人备案表", "网上下载", "https://zwfw.example/b2"});
  CHECK(opened->application ==
        application_view{true, "https://zwfw.example/apply", {"登记申请书", "章程草案"}});
  CHECK(opened->feedback.publicised);
  const auto other = column.open(item_id{"62052400XF-QR-0002"});
  CHECK_FALSE(other->feedback.publicised);
  CHECK(other->guide.values[5].find("每件10元") != std::string::npos);
  const auto wrong = column.open(item_id{"62052400MZ-XK-0007"});
  CHECK(refused(wrong) == errc::unknown_item);
  CHECK(wrong.error().message.en.find("did you mean '62052400MZ-XK-0001'") != std::string::npos);
}

TEST_CASE("a promise is shown with the hours in which it is kept (H26)") {
  std::vector<service_item> items = small_office().items;
  items[0].windows = {{"政务大厅", "1号", "", "9:00-17:00", ""},
                      {"政务大厅", "2号", "", "9:00-17:00", ""},
                      {"分厅", "1号", "", "9:00-12:00", ""},
                      {"村", "1号", "", "", ""}};
  const service_column column{items, small_office().people};
  const std::string said = "20个工作日\n办理时间:9:00-17:00、9:00-12:00";
  CHECK(column.open(items[0].code)->guide.values[7] == said);
  CHECK(column.commitment(items[0].code)->values[5] == said);
}

TEST_CASE("what an office commits itself to is made of the item's fields") {
  const auto c = small_column().commitment(item_id{"62052400MZ-XK-0001"});
  REQUIRE(c.has_value());
  CHECK(c->labels[1] == "职责内容");
  CHECK(c->values == std::array<std::string, 8>{"社会团体成立登记", "社会团体的设立登记",
                                                c->values[2], "登记", "登记申请书\n章程草案",
                                                "20个工作日", "不收费", "民政局社会组织科"});
  CHECK(c->values[2].find("有50个以上的个人会员") != std::string::npos);
  CHECK(refused(small_column().commitment(item_id{"x"})) == errc::unknown_item);
}

TEST_CASE("axes have names") {
  CHECK(parse_column_axis("department").value() == column_axis::department);
  CHECK(parse_column_axis("服务对象").value() == column_axis::applicants);
  CHECK(refused(parse_column_axis("departement")) == errc::unknown_value);
  CHECK(label(column_axis::catalogue) == "目录");
  CHECK(to_string(column_axis::field) == "field");
}
