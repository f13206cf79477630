// Every field that the requirements name is read from a document into its own member, and a word
// that an enumeration does not know is refused. The numbers are those of requirements.csv.
#include <doctest/doctest.h>

#include <banli/document/item_file.hpp>

namespace {

using namespace banli;

constexpr const char* whole = R"(kind: item
code: 62052400MZ-CF-0001
type: CF
name: 对社会团体违法行为的处罚
name_kind: abbreviation
bases:
  - {rank: administrative_rule, title: 社会团体登记管理条例, article: 第三十条, words: …}
body: 县民政局
conditions: [已登记的社会团体, 有违法事实]
charges:
  - {name: 工本费, basis: 某文件, standard: 每件10元}
statutory: 60日
promised: 20个工作日
department: MZ
section: 社会组织股
phone: "0938-3421234"
flow: simple
forms:
  - {number: B01, name: 申请表, description: 登记用, instructions: 黑色笔填写, link: https://example.test/b01, sample: https://example.test/b01-sample}
  - {name: 委托书}
questions:
  - {asked: 可以委托吗, answered: 可以}
supervision_phone: "0938-3421000"
online_link: https://example.test/apply
materials:
  - {name: 章程, format: 原件, carrier: 纸质, required: 是}
documents:
  - {name: 受理通知书, step: 受理, way: 系统生成, format: PDF}
public_field: 教育
certificates:
  - {name: 登记证书, validity: 5年, note: 期满换证}
  - {name: 代码证}
delegations:
  - {unit: 城关镇, window: 便民窗口, role: 代收}
  - {unit: 某村, role: 代办}
hall: in_hall
risks:
  - {name: 自由裁量, type: 岗位风险, description: 幅度较大, measure: 集体讨论}
on_platform: false
supervised: true
)";

service_item read(std::string text = whole) {
  auto item = parse_item("item.yaml", text);
  if (!item) MESSAGE(to_string(item.error(), language::en));
  REQUIRE(item.has_value());
  return *std::move(item);
}

/// The code of what is wrong when a part of the document is another.
errc changed(std::string_view from, std::string_view into) {
  std::string text = whole;
  text.replace(text.find(from), from.size(), into);
  const auto item = parse_item("item.yaml", text);
  return item ? errc{} : item.error().code;
}

TEST_CASE("each field of the forms has its member (A22-A28, A49, G01-G10)") {
  const service_item i = read();
  CHECK(i.conditions == std::vector<std::string>{"已登记的社会团体", "有违法事实"}); // A24
  CHECK(i.charges == std::vector<charge>{charge{
                         .basis = "某文件", .standard = "每件10元", .name = "工本费"}}); // A22
  REQUIRE(i.forms.size() == 2);                                                          // A26
  CHECK(i.forms[0] == service_form{"B01", "申请表", "登记用", "黑色笔填写",              // G06, N12
                                   "https://example.test/b01",
                                   "https://example.test/b01-sample"});        // G10
  CHECK(i.questions == std::vector<question>{question{"可以委托吗", "可以"}}); // A27
  CHECK(i.online_link == "https://example.test/apply");                        // A28
  CHECK(i.certificates ==
        std::vector<certificate>{// A49
                                 {"登记证书", time_limit{5, limit_unit::year}, "期满换证"},
                                 {"代码证", {}, {}}});
  REQUIRE(i.materials.size() == 1); // G01
  CHECK(i.materials[0].name == "章程");
  REQUIRE(i.documents.size() == 1); // G03
  CHECK(i.documents[0].step == node_id{"受理"});
  CHECK(i.documents[0].way == "系统生成");
  CHECK(i.documents[0].format == "PDF");
  CHECK(i.risks ==
        std::vector<risk_point>{risk_point{"自由裁量", "岗位风险", "幅度较大", "集体讨论"}}); // K02
}

TEST_CASE("the kinds of names, fields, delegation and stationing are the known ones (A12, A33, "
          "C26, C32)") {
  const service_item i = read();
  CHECK(i.naming == name_kind::abbreviation);
  CHECK(i.field == public_field::education);
  REQUIRE(i.delegations.size() == 2);
  CHECK(i.delegations[0] == delegation{"城关镇", "便民窗口", delegation_role::receives});
  CHECK(i.delegations[1] == delegation{"某村", {}, delegation_role::acts});
  CHECK(i.hall == stationing::in_hall);
  CHECK(changed("name_kind: abbreviation", "name_kind: short") == errc::unknown_value);
  CHECK(changed("public_field: 教育", "public_field: 教学") == errc::unknown_value);
  CHECK(changed("role: 代收", "role: 代管") == errc::unknown_value);
  CHECK(changed("hall: in_hall", "hall: maybe") == errc::unknown_value);
  std::size_t fields = 0; // the nine fields of the public services
  for (const char* word : {"教育", "就业", "社会保险", "基本社会服务", "医疗卫生", "人口计生",
                           "住房保障", "文化体育", "残疾人"})
    for (int n = 0; n <= static_cast<int>(public_field::disabled_assistance); ++n)
      fields += label(static_cast<public_field>(n)).find(word) != std::string_view::npos ? 1U : 0U;
  CHECK(fields >= 9);
  CHECK(static_cast<int>(public_field::disabled_assistance) == 8);
}

TEST_CASE(
    "a penalty is published, not handled on the platform, and may be supervised later (A07, A08)") {
  const service_item i = read();
  CHECK_FALSE(i.on_platform);
  CHECK(i.supervised);
  std::string text = whole;
  text.replace(text.find("supervised: true"), 16, "supervised: false");
  const service_item unwatched = read(text);
  CHECK_FALSE(unwatched.supervised);
  CHECK_FALSE(unwatched.on_platform);
  CHECK(save(unwatched).value().find("supervised: false") != std::string::npos);
}

TEST_CASE("a charge says on what it rests, and by which standard (A22)") {
  CHECK(changed("basis: 某文件, ", "") == errc::missing_field);
  CHECK(changed(", standard: 每件10元", "") == errc::missing_field);
}

} // namespace
