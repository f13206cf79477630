#include <banli/interchange/item_tables.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/base/utf8.hpp>

using namespace banli;

namespace {

service_item food() {
  service_item i;
  i.code = item_id{"62052400SC-XK-0001"};
  i.type = "XK";
  i.name = "食品经营许可";
  i.bases = {{legal_rank::law, "《中华人民共和国食品安全法》", "第三十五条第一款",
              "国家对食品生产经营实行许可制度。"},
             {legal_rank::departmental_regulation, "《食品经营许可管理办法》", "第二条", ""}};
  i.body = "武山县市场监督管理局";
  i.conditions = {"取得营业执照", "有与经营规模相适应的场所"};
  i.statutory = {20, limit_unit::workday};
  i.promised = {8, limit_unit::workday};
  i.department = department_id{"SC"};
  i.section = "行政审批股";
  i.address = "武山县政务服务中心";
  i.phone = "0938-0000002";
  i.flow = flowchart_id{"food-licence"};
  i.forms = {{"表一", "食品经营许可申请书", "窗口领取"}};
  i.questions = {{"收费吗?", "不收费。"}};
  i.supervision_phone = "0938-0000000";
  i.online_link = "https://zwfw.example.gov.cn/SC-XK-0001";
  i.materials = {{"申请书", "原件", "纸质", ""},
                 {"消防证明", "复印件", "", "经营面积超过300平方米的"}};
  return i;
}

service_item survey() {
  service_item i = food();
  i.code = item_id{"62052400GT-DL-0001"};
  i.type = "DL";
  i.name = "地籍测绘代办";
  i.nature = body_nature::entrusted_unit;
  i.entruster = "武山县自然资源局";
  i.charges = {{"发改价格〔2015〕1号", "每宗 100 元", "测绘费"},
               {"县价〔2016〕2号", "每份 5 元", ""}};
  i.windows = {{"武山县政务服务中心", "3号窗口", "", "周一至周五 9:00-17:00", ""}};
  return i;
}

service_item fine() {
  service_item i = food();
  i.code = item_id{"62052400SC-CF-0001"};
  i.type = "CF";
  i.name = "无证经营食品的处罚";
  i.on_platform = false;
  return i;
}

std::vector<service_item> some_items() {
  service_item second = food();
  second.code = item_id{"62052400SC-XK-0002"};
  second.name = "药品零售|许可 *注意*";
  second.bases[0].words = "=1+1\n第二行｜与\\反斜线";
  return {survey(), food(), fine(), second};
}

std::string golden(const std::string& name, const std::string& made) {
  const std::string path = BANLI_SOURCE_DIR "/tests/interchange/golden/" + name;
  if (std::getenv("BANLI_WRITE_GOLDEN") != nullptr) std::ofstream{path, std::ios::binary} << made;
  std::ostringstream text;
  text << std::ifstream{path, std::ios::binary}.rdbuf();
  return text.str();
}

/// What the contents catalogue has of an item.
service_item contents_of(const service_item& i) {
  service_item out;
  out.type = i.type;
  out.name = i.name;
  out.body = i.body;
  out.nature = i.nature;
  out.entruster = i.entruster;
  out.bases = i.bases;
  out.statutory = i.statutory;
  out.charges = i.charges;
  return out;
}

/// What form A1 has.
service_item information_of(const service_item& i) {
  service_item out = contents_of(i);
  out.code = i.code;
  out.conditions = i.conditions;
  out.promised = i.promised;
  out.department = i.department;
  out.section = i.section;
  out.address = i.address;
  out.phone = i.phone;
  out.flow = i.flow;
  out.forms = i.forms;
  out.questions = i.questions;
  out.supervision_phone = i.supervision_phone;
  out.online_link = i.online_link;
  return out;
}

std::string listed(const problems& found) {
  std::string out;
  for (const error& e : found)
    out += fmt::format("{}:{} {}, ", e.where.line, e.where.column, to_string(e.code));
  return out;
}

/// Text out of the pieces that are hard to write into a table and read again.
rc::Gen<std::string> awkward() {
  return rc::gen::map(
      rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
          "=", "+", "-", "@", "'", "\t", "\r", "\n", "\r\n", ",", "\"", "\\", "\\n", "\\-", "｜",
          "|", "\xEF\xBC\x9D", "《", "》", "办理", "a", "1", " ", "无", "不收费", "\xEF\xBB\xBF")),
      [](const std::vector<std::string>& parts) {
        std::string out;
        for (std::size_t i = 0; i < parts.size() && i < 6; ++i) out += parts[i];
        return out;
      });
}

service_item any_item(int n) {
  service_item i;
  i.code = item_id{fmt::format("62052400SC-XK-{:04}", n + 1)};
  i.type = *rc::gen::element<std::string>("XK", "QT", "BM", "CF");
  i.name = "名" + *awkward();
  const int bases = *rc::gen::inRange(0, 3);
  for (int k = 0; k < bases; ++k)
    i.bases.push_back(
        {static_cast<legal_rank>(*rc::gen::inRange(0, 6)), *awkward(), *awkward(), *awkward()});
  i.body = *awkward();
  i.nature = static_cast<body_nature>(*rc::gen::inRange(0, 3));
  i.entruster = *awkward();
  for (int k = *rc::gen::inRange(0, 3); k > 0; --k) i.conditions.push_back(*awkward());
  for (int k = *rc::gen::inRange(0, 3); k > 0; --k)
    i.charges.push_back({*awkward(), *awkward(), *awkward()});
  if (*rc::gen::arbitrary<bool>())
    i.statutory = time_limit{*rc::gen::inRange(1, 90), limit_unit::workday};
  i.promised = *rc::gen::elementOf(std::vector<time_limit>{{0, limit_unit::on_the_spot},
                                                           {20, limit_unit::workday},
                                                           {2, limit_unit::month},
                                                           {331, limit_unit::yearly_date}});
  i.department = department_id{*awkward()};
  i.section = *awkward();
  i.address = *awkward();
  i.phone = *awkward();
  i.flow = flowchart_id{*awkward()};
  for (int k = *rc::gen::inRange(0, 3); k > 0; --k)
    i.forms.push_back({*awkward(), *awkward(), *awkward(), *awkward(), *awkward(), *awkward()});
  for (int k = *rc::gen::inRange(0, 3); k > 0; --k) i.questions.push_back({*awkward(), *awkward()});
  i.supervision_phone = *awkward();
  i.online_link = *awkward();
  return i;
}

} // namespace

TEST_CASE("every form reads as it is written down (A29, A46, N14, M33-M35)") {
  const auto items = some_items();
  for (int f = 0; f < 10; ++f) {
    const auto form = static_cast<item_form>(f);
    INFO(to_string(form));
    const item_table t = make_item_table(form, items, {.unit = "武山县"});
    for (const auto& row : t.rows) CHECK(row.size() == t.columns.size());
    const std::string page = to_markdown(t);
    CHECK(golden(std::string{to_string(form)} + ".md", page) == page);
    const std::string csv = to_csv(t);
    CHECK(golden(std::string{to_string(form)} + ".csv", csv) == csv);
    for (const auto name : {to_string(form), label(form)})
      CHECK(parse_item_form(name).value() == form);
  }
  CHECK(parse_item_form("表一").value() == item_form::contents);
  CHECK(parse_item_form("A1").value() == item_form::information);
  CHECK(parse_item_form("权责清但").error().message.zh.find("权责清单") != std::string::npos);
}

TEST_CASE("the contents catalogue has the official columns, counts and numbers per type (A29)") {
  const item_table t = make_item_table(item_form::contents, some_items(), {.unit = "武山县"});
  CHECK(t.title == "武山县政务服务事项内容目录");
  CHECK(t.columns == std::vector<std::string>{"序号", "事项名称", "事项类型", "办理主体",
                                              "行使依据", "法定期限", "收费标准与依据"});
  REQUIRE(t.notes.size() == 1);
  CHECK(t.notes[0] ==
        "共4项\uFF1A其中行政许可2项\uFF1B行政征收0项\uFF1B非行政许可的行政审批0项\uFF1B"
        "行政确认0项\uFF1B代理事项1项\uFF1B其他0项\uFF1B便民服务事项0项\uFF1B行政处罚1项");
  std::vector<std::string> order;
  for (const auto& row : t.rows) order.push_back(row[0] + row[2]);
  CHECK(order == std::vector<std::string>{"1行政许可", "2行政许可", "1代理事项", "1行政处罚"});
}

TEST_CASE("form A1 has its 17 fields (A23)") {
  CHECK(make_item_table(item_form::information, {}).columns.size() == 17);
}

TEST_CASE("the negative list gives each reason; the service list has the others (A46)") {
  auto items = some_items();
  items[0].service = service_test{true, false, true};
  items[3].hall = stationing::outside;
  const item_table negative = make_item_table(item_form::negative_list, items);
  std::vector<std::string> why;
  for (const auto& row : negative.rows) why.push_back(row.back());
  CHECK(why == std::vector<std::string>{"不属于具体的、依申请的、授益性的事项",
                                        "列入目录但不在平台办理", "未进驻大厅"});
  items[2].on_platform = true;
  items[1].type = "??";
  const item_table again = make_item_table(item_form::negative_list, items);
  CHECK(again.rows[1].back() == "事项类型不明");
  CHECK(again.rows[2].back() == "行政处罚不纳入政务服务事项");
  CHECK(make_item_table(item_form::service_list, items).rows.size() == 1);
}

TEST_CASE("a guide tells which of the eight elements it lacks (M19)") {
  CHECK(missing_guide_elements(survey()).empty());
  CHECK(missing_guide_elements(food()) == std::vector<std::string_view>{"办理时间"});
  CHECK(missing_guide_elements({}) ==
        std::vector<std::string_view>{"事项名称", "设定依据", "申请条件", "办理材料", "办理地点",
                                      "办理时间", "联系电话", "办理流程"});
}

TEST_CASE("a guide says beside the limit from when until when the office works (H26)") {
  service_item i = survey();
  const auto guide = [&] { return make_item_table(item_form::guide, {&i, 1}); };
  const auto cell = [&](std::string_view column) {
    const item_table t = guide();
    const auto at = std::find(t.columns.begin(), t.columns.end(), column);
    return t.rows.at(0).at(static_cast<std::size_t>(at - t.columns.begin()));
  };
  CHECK(cell("办理时间") == "周一至周五 9:00-17:00");
  CHECK(cell("办理期限") == "8个工作日");
  CHECK(guide().notes.empty());
  i.windows[0].hours = "上班时间";
  CHECK(guide().notes == std::vector<std::string>{"“地籍测绘代办”缺少要素\uFF1A工作时间起止"});
}

TEST_CASE("a guide names the places of the windows where the item has none itself") {
  service_item i = survey();
  i.address.clear();
  i.windows = {{"大厅", "1号", "一楼", "9:00-17:00"},
               {"大厅", "2号", "一楼", "9:00-17:00"},
               {"分厅", "1号", "东街5号", "9:00-16:00"}};
  const item_table t = make_item_table(item_form::guide, {&i, 1});
  CHECK(t.rows[0][6] == "一楼\n东街5号");
  CHECK(t.rows[0][7] == "9:00-17:00\n9:00-16:00");
  CHECK(t.notes.empty());
}

TEST_CASE("seven things of approvals are made public, and of nothing but approvals (M34)") {
  auto items = some_items();
  items[1].certificates = {{"食品经营许可证", time_limit{5, limit_unit::year}}, {"副本"}};
  items[3].documents = {"准予决定书"};
  items[3].supervision_channel = "县纪委信访室";
  const item_table t = make_item_table(item_form::approval_open, items);
  CHECK(t.columns == std::vector<std::string>{"序号", "审批事项", "实施主体", "审批依据",
                                              "审批程序", "审批结果", "收费", "投诉渠道", "其他"});
  REQUIRE(t.rows.size() == 2); // no agency item, no penalty
  CHECK(t.rows[0][1] == "食品经营许可");
  CHECK(t.rows[0][5] == "食品经营许可证\uFF08有效期5年\uFF09\n副本");
  CHECK(t.rows[0][6] == "不收费");
  CHECK(t.rows[1][5] == "准予决定书");
  CHECK(t.rows[1][7] == "县纪委信访室\n0938-0000000");
}

TEST_CASE("no cell is a formula to a spreadsheet, and none is changed by that") {
  for (const char* cell : {"=1+1", "+1", "-1", "@a", "\tx", "\rx",
                           "\xEF\xBC\x9D"
                           "1",
                           "'=1", "''@"})
    CHECK(guard_formula(cell) == "'" + std::string{cell});
  for (const char* cell : {"", "1+1", "'a", "''", "办理", "0938-1"})
    CHECK(guard_formula(cell) == cell);
  CHECK(rc::check("unguard(guard(x)) == x", [] {
    const std::string cell = *awkward();
    RC_ASSERT(unguard_formula(guard_formula(cell)) == cell);
  }));
}

TEST_CASE("what was exported is read again: form A1 and the contents catalogue") {
  CHECK(rc::check("import(export(x)) == x", [] {
    std::vector<service_item> items;
    for (int n = *rc::gen::inRange(0, 4); n > 0; --n) items.push_back(any_item(n));
    const item_table_options exact{.cells = cell_style::exact};
    problems found;
    std::vector<service_item> want;
    for (const service_item& i : items) want.push_back(information_of(i));
    const std::string a1 = to_csv(make_item_table(item_form::information, items, exact));
    const auto got = read_item_table(item_form::information, a1, "a1.csv", found);
    for (const error& e : found) RC_LOG() << to_string(e, language::en) << '\n';
    RC_ASSERT(found.empty());
    RC_ASSERT(got == want);

    want.clear();
    for (const numbered_item& n : number_by_type(item_type_table::standard(), items))
      want.push_back(contents_of(items[n.index]));
    const std::string one =
        to_csv(make_item_table(item_form::contents, items, exact), csv_opening::byte_order_mark);
    RC_ASSERT(read_item_table(item_form::contents, one, "1.csv", found) == want);
    RC_ASSERT(found.empty());
  }));
}

TEST_CASE("a hand-made table is read: plain bases, guessed ranks, no charge") {
  problems found;
  const auto items = read_item_table(
      item_form::contents,
      "事项名称,序号,事项类型,办理主体,行使依据,法定期限,收费标准与依据\n"
      "甲,1,XK,民政局,\"《食品安全法》第三十五条\xEF\xBC\x9A国家\n《社会团体登记管理条例》第九条\","
      "20个工作日,不收费\n",
      "own.csv", found);
  CHECK(found.empty());
  REQUIRE(items.size() == 1);
  CHECK(items[0].bases ==
        std::vector<legal_basis>{
            {legal_rank::law, "《食品安全法》", "第三十五条", "国家"},
            {legal_rank::administrative_rule, "《社会团体登记管理条例》", "第九条", ""}});
  CHECK(items[0].charges.empty());
  CHECK(items[0].type == "XK");
}

TEST_CASE("every problem of a table is told at once, with line and column") {
  problems found;
  const std::string text = "序号,事项名称,事项类型,办理主休,行使依据,法定期限,收费标准与依据\n"
                           "1,,行政许司,局,法律｜a｜b｜c｜d,二十,\\x\n"
                           "7,乙,行政许可,局,法侓｜《a法》｜b｜c,20日,\n";
  CHECK(read_item_table(item_form::contents, text, "t.csv", found).empty());
  CHECK(listed(found) == "1:14 unknown-field, 1:0 missing-column, 2:4 unknown-value, "
                         "2:3 missing-field, 2:11 bad-value, 2:22 bad-limit, 2:25 bad-value, "
                         "3:12 unknown-value, 3:1 bad-value, ");
  CHECK(found[0].message.zh == "没有“办理主休”这一列;是否想写“办理主体”?");
  CHECK(found[0].where.file == "t.csv");
}

TEST_CASE("a code that stands twice in form A1 is told") {
  const std::vector<service_item> twice{food(), food()};
  problems found;
  const auto read = read_item_table(
      item_form::information,
      to_csv(make_item_table(item_form::information, twice, {.cells = cell_style::exact})), "a.csv",
      found);
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == errc::duplicate_code);
  CHECK(read.size() == 1);
  found.clear();
  CHECK(read_item_table(item_form::guide, "x\n", "g.csv", found).empty());
  CHECK(found.front().code == errc::bad_value);
}

TEST_CASE("a local catalogue is read, and its problems placed (A01)") {
  problems found;
  const catalogue c = read_catalogue("类别,领域,序号,事项名称,责任单位,对应,细化\n"
                                     "行政职权,民政工作,1,社团登记,民政局,power 12,\n"
                                     "政府信息公开,,,月报,统计局,,政府信息公开事项3\n",
                                     "mine.csv", found);
  CHECK(found.empty());
  REQUIRE(c.lines.size() == 2);
  CHECK(c.lines[0].covers == catalogue_key{catalogue_part::power, 12});
  CHECK(c.lines[1].refines == catalogue_key{catalogue_part::disclosure, 3});
  CHECK(c.lines[1].unit == "统计局");
  read_catalogue("class,name,number,covers\npowers,甲,x,power 400\npower,,1,power 400\n", "bad.csv",
                 found);
  CHECK(listed(found) == "2:1 unknown-value, 2:10 bad-value, 2:12 unknown-reference, 3:7 "
                         "missing-field, 3:10 unknown-reference, ");
}
