// Every field of form A1 and of what the sources add to it, from the words of a document to the
// member: which requirement each is for stands beside it.
#include <algorithm>
#include <array>

#include <doctest/doctest.h>

#include <banli/document/configuration.hpp>
#include <banli/document/item_file.hpp>

using namespace banli;

namespace {

service_item whole() {
  static const service_item read = parse_item("item.yaml", R"(kind: item
code: 62052400MZ-XK-0001
type: XK
name: 社会团体成立登记
bases: [{rank: 行政法规, title: 《社会团体登记管理条例》, article: 第九条, words: 申请成立社会团体…}]
body: 武山县民政局
conditions: [有50个以上的个人会员, 有规范的名称]
charges: [{name: 工本费, basis: 甘发改〔2010〕1号, standard: 10元/本}]
statutory: 60日
promised: 20个工作日
department: MZ
section: 社会组织管理股
address: 武山县城关镇
phone: 0938-0000001
flow: civil-association
forms:
  - {number: B01, name: 申请表, description: 成立登记用, instructions: 用黑色笔填写, link: "https://b.example/1", sample: "https://b.example/2"}
  - {name: 章程核准表}
questions: [{asked: "多久办结?", answered: 二十个工作日。}]
supervision_phone: 0938-0000000
online_link: "https://zwfw.example/1"
case_kind: 承诺件
materials: [{name: 申请书, format: 原件, carrier: 纸质, way: 窗口, storage: 归档}]
documents: [{name: 受理通知书, step: 受理, way: 自动生成, format: A4}]
name_kind: abbreviation
service: {direct: true, on_application: true, beneficial: true}
public_field: employment
certificates: [{name: 社会团体法人登记证书, validity: 4年}]
risks: [{name: 违规受理, type: 程序, description: 材料不全而受理, measure: 双人复核}]
windows: [{hall: 政务大厅, window: 3号, address: 一楼, hours: 9:00-17:00, phone: "1"}]
delegations:
  - {unit: 城关镇, role: receives, window: 1号}
  - {unit: 洛门镇, role: acts}
  - {unit: 滩歌镇, role: handles}
hall: 进驻
on_platform: false
supervised: true
overtime: 默认同意
refusals_reported: true
completion_told: true
extension_authority: 纪检监察组
renewal: {ask_before: 45个工作日, at_most: 2年, times: 3, silence_grants: false}
)")
                                       .value();
  return read;
}

} // namespace

TEST_CASE("the seventeen fields of form A1 (A22-A24, A26-A28)") {
  const service_item i = whole();
  CHECK(i.code == item_id{"62052400MZ-XK-0001"});
  CHECK(i.type == "XK");
  CHECK(i.name == "社会团体成立登记");
  REQUIRE(i.bases.size() == 1);
  CHECK(i.bases[0] == legal_basis{legal_rank::administrative_rule, "《社会团体登记管理条例》",
                                  "第九条", "申请成立社会团体…"});
  CHECK(i.body == "武山县民政局");
  CHECK(i.conditions == std::vector<std::string>{"有50个以上的个人会员", "有规范的名称"});
  REQUIRE(i.charges.size() == 1);
  CHECK(i.charges[0].basis == "甘发改〔2010〕1号");
  CHECK(i.charges[0].standard == "10元/本");
  CHECK(i.statutory == time_limit{60, limit_unit::day});
  CHECK(i.promised == time_limit{20, limit_unit::workday});
  CHECK(i.department == department_id{"MZ"});
  CHECK(i.section == "社会组织管理股");
  CHECK(i.address == "武山县城关镇");
  CHECK(i.phone == "0938-0000001");
  CHECK(i.flow == flowchart_id{"civil-association"});
  REQUIRE(i.forms.size() == 2);
  CHECK(i.forms[1].name == "章程核准表");
  REQUIRE(i.questions.size() == 1);
  CHECK(i.questions[0] == question{"多久办结?", "二十个工作日。"});
  CHECK(i.supervision_phone == "0938-0000000");
  CHECK(i.online_link == "https://zwfw.example/1");
}

TEST_CASE("materials in, forms to fill in, documents out (G01, G03, G06, G10)") {
  const service_item i = whole();
  CHECK(i.materials == std::vector<material>{{.name = "申请书",
                                              .format = "原件",
                                              .carrier = "纸质",
                                              .required = "",
                                              .way = "窗口",
                                              .storage = "归档"}});
  CHECK(i.forms[0] == service_form{"B01", "申请表", "成立登记用", "用黑色笔填写",
                                   "https://b.example/1", "https://b.example/2"});
  REQUIRE(i.documents.size() == 1);
  CHECK(i.documents[0].step == node_id{"受理"});
  CHECK(i.documents[0].way == "自动生成");
  CHECK(i.documents[0].format == "A4");
}

TEST_CASE("what an item is, and where it is handled (A08, A12, A30, A33, A49, C26, C32, K02)") {
  const service_item i = whole();
  CHECK(i.naming == name_kind::abbreviation);
  REQUIRE(i.service.has_value());
  CHECK(i.service->passed());
  CHECK_FALSE(service_test{true, false, true}.passed());
  CHECK(i.field == public_field::employment);
  CHECK(i.certificates == std::vector<certificate>{{.name = "社会团体法人登记证书",
                                                    .validity = time_limit{4, limit_unit::year}}});
  CHECK(i.risks == std::vector<risk_point>{{"违规受理", "程序", "材料不全而受理", "双人复核"}});
  CHECK(i.windows.at(0).window == "3号");
  REQUIRE(i.delegations.size() == 3);
  CHECK(i.delegations[0].role != i.delegations[1].role);
  CHECK(i.delegations[1].role != i.delegations[2].role);
  CHECK(i.hall == stationing::in_hall);
  CHECK_FALSE(i.on_platform);
  CHECK(i.supervised);
  CHECK(i.overtime == overtime_rule::consent);
  CHECK(i.refusals_reported);
  CHECK(i.completion_told);
  CHECK(i.extension_authority == "纪检监察组");
  CHECK(i.renewal == renewal_rules{{45, limit_unit::workday}, // 30 unless the item says so
                                   {20, limit_unit::workday},
                                   {2, limit_unit::year},
                                   3,
                                   false});
}

TEST_CASE("a renewal has a length and is not granted less than never (F29)") {
  const auto codes = [](const char* rules) {
    std::string out;
    for (const error& e : check(*parse_item(
             "item.yaml", fmt::format("kind: item\npromised: 1日\nrenewal: {}\n", rules))))
      if (e.code == errc::bad_value) out += e.message.en;
    return out;
  };
  CHECK(codes("{times: 0}").empty());
  CHECK_FALSE(codes("{times: -1}").empty());
}

TEST_CASE("the five kinds of cases have their words (E01)") {
  for (const auto& [word, kind] : {std::pair{"即办件", case_kind::immediate},
                                   {"承诺件", case_kind::promised},
                                   {"补办件", case_kind::to_complete},
                                   {"上报件", case_kind::reported_up},
                                   {"联办件", case_kind::joint}}) {
    const auto read = parse_item("i.yaml", fmt::format("kind: item\ncode: x\npromised: 1个工作日\n"
                                                       "case_kind: {}\n",
                                                       word));
    REQUIRE(read.has_value());
    CHECK(read->kind == kind);
    CHECK(label(kind) == word);
  }
}

TEST_CASE("a body is an organ, an authorised organisation or an entrusted unit (A17, A18)") {
  for (const auto& [word, nature] : {std::pair{"法定机关", body_nature::statutory_organ},
                                     {"授权组织", body_nature::authorised_organisation},
                                     {"受委托单位", body_nature::entrusted_unit}}) {
    const auto read = parse_item(
        "i.yaml", fmt::format("kind: item\ncode: x\npromised: 1个工作日\nnature: {}\n", word));
    REQUIRE(read.has_value());
    CHECK(read->nature == nature);
    CHECK(label(nature) == word);
    const problems found = check(*read);
    CHECK(std::any_of(found.begin(), found.end(), [](const error& e) {
            return e.code == errc::missing_entruster;
          }) == (nature == body_nature::entrusted_unit));
  }
}

TEST_CASE("a public service is of one of nine fields (A33)") {
  constexpr auto fields =
      std::to_array<std::string_view>({"教育", "就业", "社会保险", "基本社会服务", "医疗卫生",
                                       "人口计生", "住房保障", "文化体育", "残疾人服务"});
  for (std::size_t n = 0; n < fields.size(); ++n) {
    const auto read = parse_item(
        "i.yaml",
        fmt::format("kind: item\ncode: x\npromised: 1个工作日\npublic_field: {}\n", fields[n]));
    REQUIRE(read.has_value());
    CHECK(read->field == static_cast<public_field>(n));
    CHECK(label(*read->field) == fields[n]);
  }
}

TEST_CASE("a step carries its documents, risks and whether its time counts (D16, D17, D19)") {
  const configuration c = parse_configuration({{"f.yaml", R"(kind: flowchart
id: x
name: 甲
nodes:
  - {id: 开始, node: start}
  - id: 听证
    post: P
    duty: 听证
    excluded: hearing
    documents: [听证笔录]
    risks: [{name: 泄密, type: 廉政, description: 泄露笔录, measure: 封存}]
  - {id: 结束, node: end}
arrows: [{from: 开始, to: 听证}, {from: 听证, to: 结束}]
)"}});
  REQUIRE(c.flowcharts.size() == 1);
  const node& n = c.flowcharts[0].nodes.at(1);
  CHECK(n.excluded == "hearing");
  CHECK(n.documents == std::vector<std::string>{"听证笔录"});
  CHECK(n.risks == std::vector<risk_point>{{"泄密", "廉政", "泄露笔录", "封存"}});
}
