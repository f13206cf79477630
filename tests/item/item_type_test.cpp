#include <banli/item/item_type.hpp>

#include <doctest/doctest.h>

using namespace banli;

namespace {

struct typed {
  std::string type;
};

} // namespace

TEST_CASE("the county's seven types are those of its header, in its order (A13-A15)") {
  std::vector<std::string> names;
  for (const item_type& t : item_type_table::county().types()) names.push_back(t.name.zh);
  CHECK(names == std::vector<std::string>{"行政许可", "行政征收", "非行政许可的行政审批",
                                          "行政确认", "代理事项", "其他", "便民服务"});
}

TEST_CASE("the newer table has the letters of the power lists (B09)") {
  std::string letters;
  for (const item_type& t : item_type_table::jiangsu().types()) letters += t.letters + ' ';
  CHECK(letters == "XK CF QZ ZS GF JL QR CJ ZY SP FW QT DL BM ");
}

TEST_CASE("every built-in table is a good one") {
  for (const item_type_table* t :
       {&item_type_table::county(), &item_type_table::jiangsu(), &item_type_table::standard()})
    CHECK(check(t->types()).empty());
}

TEST_CASE("nine kinds count as government service, four do not, others by their marks (A30-A32)") {
  const auto& table = item_type_table::standard();
  const service_test none{};
  const service_test all{true, true, true};
  for (const char* name : {"行政许可", "行政征收", "行政给付", "行政确认", "行政奖励", "行政年检",
                           "行政裁决", "行政复议", "税费减免"}) {
    INFO(name);
    REQUIRE(table.find_name(name) != nullptr);
    CHECK(is_government_service(*table.find_name(name), none));
  }
  for (const char* name : {"行政处罚", "行政强制", "行政征用", "行政监督检查"}) {
    INFO(name);
    REQUIRE(table.find_name(name) != nullptr);
    CHECK_FALSE(is_government_service(*table.find_name(name), all));
  }
  const item_type& other = *table.find("QT");
  CHECK(is_government_service(other, all));
  for (const service_test& one_missing :
       {service_test{false, true, true}, {true, false, true}, {true, true, false}})
    CHECK_FALSE(is_government_service(other, one_missing));
}

TEST_CASE("items are counted per type and numbered from 1 in every type (A14-A16)") {
  const std::vector<typed> items{{"BM"}, {"XK"}, {"ZZ"}, {"XK"}, {"DL"}, {"AA"}, {"ZZ"}};
  const auto& table = item_type_table::county();
  const type_counts counts = count_by_type(table, items);
  CHECK(counts == type_counts{{2, 0, 0, 0, 1, 0, 1}, 3});
  CHECK(counts.total() == items.size());
  CHECK(number_by_type(table, items) ==
        std::vector<numbered_item>{{1, 1}, {3, 2}, {4, 1}, {0, 1}, {2, 1}, {5, 1}, {6, 2}});
}

TEST_CASE("an office's own table is checked whole: letters, names, duplicates") {
  const std::vector<item_type> bad{{"XK", {"licence", "行政许可"}}, {"xk", {"small", "小写"}},
                                   {"XK", {"again", "又一个"}},     {"AB", {"", "无英文"}},
                                   {"AC", {"licence", "行政许可"}}, {"ABC", {"", ""}}};
  std::vector<std::string> said;
  const locator path = [](std::string_view p) { return place{std::string{p}, 0, 0}; };
  for (const error& e : check(bad, path))
    said.push_back(e.where.file + ' ' + std::string{to_string(e.code)});
  CHECK(said == std::vector<std::string>{"/1/letters bad-value", "/2/letters duplicate-id",
                                         "/3/name missing-field", "/4/name duplicate-id",
                                         "/5/letters bad-value", "/5/name missing-field"});
  CHECK(item_type_table::build(bad).error().code == errc::bad_value);
  CHECK(check(bad, nowhere, {.types = 5}).front().code == errc::limit_exceeded);
  CHECK(check(bad, nowhere, {.name_bytes = 3}).front().code == errc::limit_exceeded);

  const auto own = item_type_table::build({{"TS", {"complaint", "投诉"}}});
  REQUIRE(own.has_value());
  CHECK(own->find("TS")->name.zh == "投诉");
  CHECK(own->find("XK") == nullptr);
}

TEST_CASE("an unknown type is named with the nearest known one") {
  const error e = item_type_table::county().unknown("行政许司");
  CHECK(e.code == errc::unknown_value);
  CHECK(e.message.zh == "没有事项类型“行政许司”;是否想写“行政许可”?");
}
