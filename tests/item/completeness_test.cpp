#include <banli/item/completeness.hpp>

#include <string>

#include <doctest/doctest.h>

using namespace banli;

namespace {

/// An item in which nothing is missing.
service_item whole() {
  service_item i;
  i.code = item_id{"62052400MZ-XK-0001"};
  i.type = "XK";
  i.name = "社会团体成立登记";
  i.catalogue = catalogue_id{"MZ-001"};
  i.description = "社会团体法人的设立";
  i.bases = {{legal_rank::administrative_rule, "《条例》", "第九条", "申请成立……"}};
  i.body = "民政局";
  i.conditions = {"有章程"};
  i.charges = {{"价费字〔1992〕249号", "每证50元", "工本费"}};
  i.promised = {20, limit_unit::workday};
  i.certificates = {{"登记证书", time_limit{4, limit_unit::year}}};
  i.department = department_id{"MZ"};
  i.section = "社会组织股";
  i.flow = flowchart_id{"f"};
  i.materials = {{"申请书", "原件", "纸质", "", "窗口"}};
  i.forms = {{"B01", "申请书", "", "", "https://b.example/1"}};
  i.documents = {"受理通知书"};
  i.supervision_phone = "12388";
  i.windows = {{"政务大厅", "3号", "城关镇", "9:00-17:00", "1"}};
  i.phone = "1";
  i.hall = stationing::in_hall;
  i.intermediaries = {{"验资", "会计师事务所", "《条例》第十一条"}};
  return i;
}

std::string missing(const service_item& i, element_list list) {
  std::string out;
  for (const missing_element& m : completeness(i, list).missing) out += std::string{m.zh} + ";";
  return out;
}

} // namespace

TEST_CASE("a whole item has every mark") {
  CHECK(complete(whole()));
  for (std::size_t l = 0; l < element_list_count; ++l) {
    const section_mark m = completeness(whole(), static_cast<element_list>(l));
    CAPTURE(label(m.list));
    CHECK(m.complete);
    CHECK(m.asked == m.filled);
    CHECK(m.asked > 0);
  }
  CHECK(completeness(whole()).size() == 9);
}

TEST_CASE("what is empty is missing in its section, and only there") {
  struct gap {
    void (*make)(service_item&);
    element_list list;
    const char* missing;
  };
  using enum element_list;
  const gap gaps[] = {
      {[](auto& i) { i.description.clear(); }, basic, "事项内容;"},
      {[](auto& i) { i.catalogue = {}; }, basic, "所属目录;"},
      {[](auto& i) { i.bases[0].words.clear(); }, basic, "依据条文内容;"},
      {[](auto& i) { i.nature = body_nature::entrusted_unit; }, basic, "委托单位;"},
      {[](auto& i) { i.delegated_from_above = true; }, basic, "上级主管部门;"},
      {[](auto& i) { i.charges[0].standard.clear(); }, basic, "收费标准;"},
      {[](auto& i) { i.promised = {}; }, basic, "承诺期限;"},
      {[](auto& i) { i.certificates[0].name.clear(); }, basic, "审批证件名称;"},
      {[](auto& i) { i.kind = case_kind::joint; }, extended, "联办部门;"},
      {[](auto& i) { i.supervision_phone.clear(); }, extended, "监督渠道;"},
      {[](auto& i) { i.windows.clear(); }, window, "服务窗口;办理地点;办理时间;"},
      {[](auto& i) { i.hall = stationing::undecided; }, window, "是否进驻大厅;"},
      {[](auto& i) { i.materials[0].way.clear(); }, guide_materials, "材料的报送方式;"},
      {[](auto& i) { i.materials[0].format.clear(); }, guide_materials, "材料的格式和载体;"},
      {[](auto& i) { i.materials[0].carrier.clear(); }, guide_materials, "材料的格式和载体;"},
      {[](auto& i) { i.conditions.clear(); }, public_seven, "前置条件;"},
      {[](auto& i) {
         i.materials[0].name = "社会团体登记申请表";
         i.forms.clear();
       },
       guide_materials, "可下载的申请表;"},
      {[](auto& i) { i.phone.clear(); }, guide, "联系电话;"},
      {[](auto& i) { i.windows[0].hours.clear(); }, collection_address, "办理时间;"},
      {[](auto& i) { i.flow = {}; }, guide_flowchart, "办理流程;"},
      {[](auto& i) { i.section.clear(); }, power_and_duty, "承办科室;"},
      {[](auto& i) { i.intermediaries[0].basis.clear(); }, intermediary, "中介机构及设定依据;"},
      {[](auto& i) { i.description.clear(); }, power_seven, "事项内容;"},
      {[](auto& i) { i.windows[0].hours.clear(); }, guide_eight, "办理时间;"},
      {[](auto& i) { i.charges[0].name.clear(); }, public_seven, "收费项目;"},
      {[](auto& i) { i.windows[0].hours = "上班时间"; }, clear_hours, "工作时间起止;"},
      {[](auto& i) { i.windows[0].hours.clear(); }, clear_hours, "办理时间;"},
      {[](auto& i) { i.forms[0].link.clear(); }, attached_forms, "可下载的申请表;"},
  };
  for (const gap& g : gaps) {
    service_item i = whole();
    g.make(i);
    CAPTURE(g.missing);
    CHECK(missing(i, g.list) == g.missing);
    CHECK(!completeness(i, g.list).complete);
  }
}

TEST_CASE("what is not asked for is not missing") {
  service_item i = whole();
  i.charges.clear(); // free of charge
  i.certificates.clear();
  i.intermediaries.clear();
  i.type = "FW"; // a service may do without an entry
  i.catalogue = {};
  i.supervision_phone.clear();
  i.supervision_channel = "县纪委信访室";
  i.kind = case_kind::immediate;
  i.promised = {};
  CHECK(complete(i));
  i.conditions.clear();
  i.approvals_before = {{item_id{}, "规划许可", "市规划局"}}; // what must be granted before says it
  CHECK(completeness(i, element_list::public_seven).complete);
}

TEST_CASE("lists have the elements of their sources, in the words of these (A06, M19, M33)") {
  const auto words = [](element_list list) {
    std::string out;
    for (const mandatory_element& e : elements_of(list)) out += std::string{e.zh} + "、";
    return out;
  };
  CHECK(words(element_list::power_seven) ==
        "事项名称、事项内容、办理主体、行使依据、受理条件、承诺期限、监督渠道、");
  CHECK(words(element_list::guide_eight) ==
        "事项名称、设定依据、申请条件、办理材料、办理地点、办理时间、联系电话、办理流程、");
  CHECK(words(element_list::public_seven) ==
        "收费项目、审批项目、办事程序、前置条件、收费标准、收费依据、服务时限、");
}

TEST_CASE(
    "every element of a list is missing where its field is empty, in each list that asks it") {
  service_item empty;
  empty.type = "XK";
  empty.nature = body_nature::entrusted_unit;
  empty.delegated_from_above = true;
  empty.kind = case_kind::joint;
  empty.bases = {{}};
  empty.charges = {{}};
  empty.certificates = {{}};
  empty.materials = {{}};
  empty.materials[0].name = "申请表";
  empty.intermediaries = {{}};
  empty.windows = {{}};
  for (std::size_t l = 0; l < element_list_count; ++l) {
    const auto list = static_cast<element_list>(l);
    for (const mandatory_element& e : elements_of(list)) {
      CAPTURE(label(list));
      CAPTURE(e.zh);
      const bool given = e.zh == "事项类型" || e.zh == "申请材料" || e.zh == "办理材料";
      CHECK(e.filled_in(empty) == (given || e.zh == "工作时间起止"));
      CHECK(e.filled_in(whole()));
    }
  }
}

TEST_CASE("lists are found by either name, and a mistyped one gets a hint") {
  for (std::size_t l = 0; l < element_list_count; ++l) {
    const auto list = static_cast<element_list>(l);
    CHECK(parse_element_list(to_string(list)).value() == list);
    CHECK(parse_element_list(label(list)).value() == list);
  }
  const auto wrong = parse_element_list("guide_eigth");
  CHECK(wrong.error().code == errc::unknown_value);
  CHECK(wrong.error().message.en.ends_with("did you mean 'guide_eight'?"));
}

TEST_CASE("an empty item misses nearly everything, with the path of each field") {
  const section_mark m = completeness(service_item{}, element_list::basic);
  CHECK(!m.complete);
  CHECK(m.filled + m.missing.size() == m.asked);
  for (const missing_element& e : m.missing) CHECK(e.field.starts_with('/'));
  CHECK(m.missing[0] == missing_element{"/code", "code", "事项编码"});
}
