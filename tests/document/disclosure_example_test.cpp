// The duties of two municipal websites, shipped as an example, are those of the shared table.
#include <algorithm>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include <banli/calendar/cn.hpp>
#include <banli/document/configuration.hpp>
#include <banli/interchange/csv.hpp>
#include <banli/time/text.hpp>

namespace {

using namespace banli;

TEST_CASE("the shipped duties load, and make columns") {
  const configuration c = load_configuration(BANLI_SOURCE_DIR "/examples/disclosure/duties.yaml");
  for (const error& e : c.found) MESSAGE(to_string(e, language::en));
  REQUIRE(c.disclosure.duties.size() == 208);
  CHECK(column_tree(c.disclosure.duties).columns.size() > 10);
}

/// The duty of a column of the shipped tables, alone in a book that runs from 2025.
disclosure_book book_of(std::string_view column) {
  const configuration c = load_configuration(BANLI_SOURCE_DIR "/examples/disclosure/duties.yaml");
  disclosure_book b;
  b.since = to_day(std::chrono::year{2025} / 1 / 1);
  for (const disclosure_duty& d : c.disclosure.duties)
    if (d.column == column) b.duties.push_back(d);
  REQUIRE(b.duties.size() == 1);
  return b;
}

publication put(const disclosure_book& b, day date, std::string scope = {}) {
  return {b.duties[0].column,
          date,
          publication_kind::content,
          "题",
          to_text(date) + scope,
          b.duties[0].unit,
          scope,
          {},
          {}};
}

day in_2025(int month, int of_month) { return to_day(std::chrono::year{2025} / month / of_month); }

/// Days on which something is owed and not met by the end of 2025.
std::string owed(const disclosure_book& b) {
  std::string out;
  const disclosure_report all = report(b, cn(), in_2025(12, 31)).value();
  for (const obligation& o : all.lines[0].obligations)
    if (!o.met) out += to_text(o.due) + ' ';
  return out;
}

TEST_CASE(
    "the service centre keeps 33 sub-columns in 8 columns (M02), the district its tables (M04)") {
  const configuration c = load_configuration(BANLI_SOURCE_DIR "/examples/disclosure/duties.yaml");
  const auto& all = c.disclosure.duties;
  const auto centre = column_tree({all.begin(), all.begin() + 33});
  CHECK(centre.columns.size() == 8);
  std::size_t below = 0;
  for (const disclosure_column& x : centre.columns) below += x.columns.size();
  CHECK(below == 33);
  const auto depth = [](const auto& self, const disclosure_column& x) -> int {
    int deepest = 0;
    for (const disclosure_column& y : x.columns) deepest = std::max(deepest, self(self, y));
    return deepest + 1;
  };
  const auto district = column_tree({all.begin() + 33, all.end()});
  CHECK(depth(depth, district) - 1 == 3);
}

/// What obliges a column of the shipped tables, and when it is due in 2025 while nobody publishes.
/// Events are on Monday 2025-03-03; a column without events owes what its periods ask.
struct owed_row {
  const char* number; ///< the requirement
  const char* column;
  std::optional<duty_trigger> happened;
  const char* due;
};

TEST_CASE("the rules of the sources bind the shipped columns to their days") {
  using enum duty_trigger;
  const owed_row rows[] = {
      {"H18", "依申请公开", request, "2025-03-24 "},
      {"H19", "其他信息公开>行政复议", accept, "2025-05-06 "}, // 05-02 is Labour Day's holiday
      {"H20", "政策法规>政策解读", publish, "2025-03-06 "},
      {"H21", "双公示平台", event, "2025-03-10 "},
      {"H22", "百姓诉求", request, "2025-03-10 "},
      {"H22", "区长信箱", request, "2025-03-10 "},
      {"M03", "中心动态>中心公告", event, "2025-03-10 "}, // 及时
      {"M03", "中心动态>工作简报", std::nullopt, "2025-02-05 "},
      {"M03", "党政公开>预算决算", std::nullopt, "2025-07-01 "},
      {"M05", "学习贯彻系列重要讲话精神", std::nullopt, "2025-01-15 "},
      {"M06", "依申请公开", request, "2025-03-24 "},
      {"M07", "信息公开年报", std::nullopt, "2025-12-30 "},
      {"M08", "行政审批平台>办件公示", event, "2025-03-04 "},
      {"M09", "政策法规>政策解读", publish, "2025-03-06 "},
      {"M10", "双公示平台", event, "2025-03-10 "},
      {"M11", "重点领域公开>环境保护>环保新闻", std::nullopt, "2025-01-15 "},
      {"M12", "重点领域公开>安全生产>重大突发事件", std::nullopt, "2025-12-31 "},
      {"M13", "其他信息公开>统计信息>统计信用公示平台", std::nullopt, "2025-12-31 "},
      {"M14", "重点领域公开>资源配置>招投标", event, "2025-03-04 2025-04-01 "},
      {"M15", "重点领域公开>财政资金>财政预结算", std::nullopt, "2025-12-31 "},
      {"M16", "重点领域公开>公共服务>教育招生", std::nullopt, "2025-07-01 "},
      {"M18", "医疗领域>药品安全", std::nullopt, "2025-12-31 "},
  };
  for (const owed_row& r : rows) {
    CAPTURE(r.number);
    CAPTURE(r.column);
    disclosure_book b = book_of(r.column);
    if (r.happened) b.events = {{r.column, *r.happened, in_2025(3, 3), {}}};
    CHECK(owed(b) == r.due);
    // Who publishes on the last day is in time, and owes what comes after, if anything does.
    b.publications = {put(b, *parse_day(std::string_view{r.due}.substr(0, 10)))};
    CHECK(owed(b).find(std::string{r.due}.substr(0, 10)) == std::string::npos);
  }
}

TEST_CASE("columns say who leads and who helps (M25), and what they ask of guides (H26, G09)") {
  disclosure_book b = book_of("重点领域公开>行政权力运行");
  CHECK(units_of(b.duties[0]) == std::vector<std::string>{"法制办", "编办", "各相关单位"});
  item_library items;
  service_item i =
      load_configuration(BANLI_SOURCE_DIR "/examples/county/items/food-licence.yaml").items.at(0);
  i.windows = {{"政务大厅", "3号", "一楼", "上班时间", "1"}};
  const item_actor office{{}, role_set{actor_role::service_office}, {}};
  REQUIRE(items.adopt(i, {}, office, instant{in_2025(1, 1)}, in_2025(1, 1)).has_value());
  b.publications = {put(b, in_2025(2, 1))};
  b.publications[0].item = i.code;
  const auto lacking = incomplete_guides(b, items, in_2025(3, 1));
  REQUIRE(lacking.size() == 1);
  std::string said;
  for (const missing_element& m : lacking[0].missing) said += std::string{m.zh} + ' ';
  CHECK(said == "工作时间起止 可下载的申请表 ");
}

TEST_CASE("hospitals say who they are every half year, and their news every two weeks (M17)") {
  disclosure_book b = book_of("重点领域公开>公共服务>健康产业");
  CHECK(owed(b) == "2025-07-01 2025-01-15 "); // of the introduction, of the news
  b.publications = {put(b, in_2025(6, 30), "hospital_intro")};
  for (day d = in_2025(1, 10); d <= in_2025(12, 31); d += days{10})
    b.publications.push_back(put(b, d, "news"));
  CHECK(owed(b) == "2025-12-30 2026-01-09 ");
}

TEST_CASE("plans come every year, records two weeks after the conference (M22), others yearly "
          "(M23, M24)") {
  // 2026-01-01 to 03 are New Year's holiday, the Sunday after is worked.
  CHECK(owed(book_of("新闻发布>计划安排")) == "2026-01-04 ");
  CHECK(owed(book_of("其他信息公开>十大突出问题")) == "2026-01-04 ");
  CHECK(owed(book_of("硚口简介>硚口概况")) == "2026-01-04 ");
  disclosure_book b = book_of("新闻发布>发布会实录");
  CHECK(owed(b).empty());
  b.events = {{b.duties[0].column, duty_trigger::event, in_2025(3, 3), {}}};
  CHECK(owed(b) == "2025-03-17 ");
}

TEST_CASE("guides to funds for enterprises owe the eight elements (M20)") {
  disclosure_book b = book_of("重点领域公开>财政资金>支企资金");
  item_library items;
  service_item i =
      load_configuration(BANLI_SOURCE_DIR "/examples/county/items/food-licence.yaml").items.at(0);
  i.materials.clear();
  const item_actor office{{}, role_set{actor_role::service_office}, {}};
  REQUIRE(items.adopt(i, {}, office, instant{in_2025(1, 1)}, in_2025(1, 1)).has_value());
  b.publications = {put(b, in_2025(2, 1))};
  b.publications[0].item = i.code;
  const auto lacking = incomplete_guides(b, items, in_2025(3, 1));
  REQUIRE(lacking.size() == 1);
  CHECK(lacking[0].missing.front().zh == "办理材料");
}

TEST_CASE("the shipped duties are those of the shared table, row for row") {
  std::ifstream in{BANLI_SHARED_DIR "/data/domain/disclosure_duties.csv", std::ios::binary};
  if (!in) {
    MESSAGE("skipped: the shared table is not here");
    return;
  }
  std::stringstream text;
  text << in.rdbuf();
  problems found;
  const csv_table table = read_csv(text.str(), "disclosure_duties.csv", found);
  REQUIRE(found.empty());
  const configuration c = load_configuration(BANLI_SOURCE_DIR "/examples/disclosure/duties.yaml");
  REQUIRE(c.disclosure.duties.size() == table.rows.size());
  const auto cell = [&](std::size_t row, std::string_view column) {
    return table.rows[row].fields[table.column(column).value()].text;
  };
  for (std::size_t i = 0; i < c.disclosure.duties.size(); ++i) {
    CAPTURE(i);
    CHECK(c.disclosure.duties[i].column == cell(i, "column_path"));
    CHECK(c.disclosure.duties[i].content == cell(i, "content"));
    CHECK(c.disclosure.duties[i].unit == cell(i, "unit"));
    CHECK(to_text(c.disclosure.duties[i].when) == cell(i, "normalised"));
  }
}

} // namespace
