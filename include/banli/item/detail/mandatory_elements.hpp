// The tables of completeness.hpp; include that one.
#pragma once

#include <algorithm>
#include <array>
#include <utility>

#include <banli/base/nearest.hpp>
#include <banli/item/completeness.hpp>
#include <banli/item/working_time.hpp>

namespace banli {

inline std::string_view to_string(element_list list) {
  constexpr std::array<std::string_view, element_list_count> names{
      "basic",           "extended",           "window",          "guide",
      "guide_materials", "collection_address", "guide_flowchart", "power_and_duty",
      "intermediary",    "power_seven",        "guide_eight",     "public_seven",
      "clear_hours",     "attached_forms"};
  return names[static_cast<std::size_t>(list)];
}

inline std::string_view label(element_list list) {
  constexpr std::array<std::string_view, element_list_count> names{
      "基本信息",       "扩展信息", "窗口服务情况", "指南信息", "申请材料",
      "采集地址信息",   "流程图",   "权责信息",     "中介信息", "行政职权七要素",
      "办事指南八要素", "七公开",   "明确工作时间", "表格"};
  return names[static_cast<std::size_t>(list)];
}

inline result<element_list> parse_element_list(std::string_view name) {
  std::vector<std::string_view> known;
  for (std::size_t i = 0; i < element_list_count; ++i) {
    const auto list = static_cast<element_list>(i);
    if (name == to_string(list) || name == label(list)) return list;
    known.insert(known.end(), {to_string(list), label(list)});
  }
  return with_hint(make_error(errc::unknown_value, "there is no list of elements '{}'",
                              "没有要素清单“{}”", name),
                   suggestion(name, known));
}

namespace detail::elements {

using item = const service_item&;

template <class Rows, class Test>
bool all(const Rows& rows, Test test) {
  return std::all_of(rows.begin(), rows.end(), test);
}

inline bool promises(item i) {
  return i.kind == case_kind::immediate || i.promised.unit != limit_unit::on_the_spot;
}
inline bool has_hours(item i) {
  return !i.windows.empty() && all(i.windows, [](const auto& w) { return !w.hours.empty(); });
}
inline bool has_address(item i) {
  if (!i.address.empty()) return true;
  return !i.windows.empty() && all(i.windows, [](const auto& w) { return !w.address.empty(); });
}
inline bool has_supervision(item i) {
  return !i.supervision_phone.empty() || !i.supervision_channel.empty();
}

inline constexpr mandatory_element code{"/code", "code", "事项编码",
                                        [](item i) { return !i.code.empty(); }};
inline constexpr mandatory_element name{"/name", "name", "事项名称",
                                        [](item i) { return !i.name.empty(); }};
inline constexpr mandatory_element type{"/type", "type", "事项类型",
                                        [](item i) { return !i.type.empty(); }};
inline constexpr mandatory_element entry{"/catalogue", "catalogue entry", "所属目录", [](item i) {
                                           return !i.catalogue.empty() || !needs_entry(i.type);
                                         }};
inline constexpr mandatory_element description{"/description", "description", "事项内容",
                                               [](item i) { return !i.description.empty(); }};
inline constexpr mandatory_element bases{"/bases", "legal basis", "行使依据", [](item i) {
                                           return !i.bases.empty() &&
                                                  all(i.bases, [](const legal_basis& b) {
                                                    return !b.title.empty() && !b.article.empty();
                                                  });
                                         }};
inline constexpr mandatory_element basis_words{
    "/bases", "words of the basis", "依据条文内容",
    [](item i) { return all(i.bases, [](const legal_basis& b) { return !b.words.empty(); }); }};
inline constexpr mandatory_element body{"/body", "handling body", "办理主体",
                                        [](item i) { return !i.body.empty(); }};
inline constexpr mandatory_element entruster{"/entruster", "entruster", "委托单位", [](item i) {
                                               return i.nature != body_nature::entrusted_unit ||
                                                      !i.entruster.empty();
                                             }};
inline constexpr mandatory_element superior{
    "/superior_body", "superior body", "上级主管部门",
    [](item i) { return !i.delegated_from_above || !i.superior_body.empty(); }};
inline constexpr mandatory_element conditions{"/conditions", "conditions", "受理条件",
                                              [](item i) { return !i.conditions.empty(); }};
inline constexpr mandatory_element promise{"/promised", "promised limit", "承诺期限", promises};
inline constexpr mandatory_element certificates{
    "/certificates", "names of certificates", "审批证件名称", [](item i) {
      return all(i.certificates, [](const certificate& c) { return !c.name.empty(); });
    }};
inline constexpr mandatory_element charge_names{
    "/charges", "what is charged for", "收费项目",
    [](item i) { return all(i.charges, [](const charge& c) { return !c.name.empty(); }); }};
inline constexpr mandatory_element charge_basis{
    "/charges", "basis of charges", "收费依据",
    [](item i) { return all(i.charges, [](const charge& c) { return !c.basis.empty(); }); }};
inline constexpr mandatory_element charge_standard{
    "/charges", "standard of charges", "收费标准",
    [](item i) { return all(i.charges, [](const charge& c) { return !c.standard.empty(); }); }};
inline constexpr mandatory_element department{"/department", "department", "办理部门",
                                              [](item i) { return !i.department.empty(); }};
inline constexpr mandatory_element section{"/section", "section", "承办科室",
                                           [](item i) { return !i.section.empty(); }};
inline constexpr mandatory_element co_handlers{
    "/co_handlers", "co-handlers", "联办部门",
    [](item i) { return i.kind != case_kind::joint || !i.co_handlers.empty(); }};
inline constexpr mandatory_element flow{"/flow", "flowchart", "办理流程",
                                        [](item i) { return !i.flow.empty(); }};
inline constexpr mandatory_element materials{
    "/materials", "materials", "申请材料", [](item i) {
      return !i.materials.empty() &&
             all(i.materials, [](const material& m) { return !m.name.empty(); });
    }};
inline constexpr mandatory_element material_shape{
    "/materials", "format and carrier of each material", "材料的格式和载体", [](item i) {
      return all(i.materials,
                 [](const material& m) { return !m.format.empty() && !m.carrier.empty(); });
    }};
/// An application form that is asked for is there to be downloaded (含有申请表的需上传表格).
inline bool has_application_form(item i) {
  const auto is_form = [](const material& m) {
    return m.name.find("申请表") != std::string::npos || m.name.find("申请书") != std::string::npos;
  };
  return std::none_of(i.materials.begin(), i.materials.end(), is_form) ||
         std::any_of(i.forms.begin(), i.forms.end(),
                     [](const service_form& f) { return !f.link.empty(); });
}
inline constexpr mandatory_element application_form{"/forms", "application form to download",
                                                    "可下载的申请表", has_application_form};
inline constexpr mandatory_element material_way{
    "/materials", "way of submission of each material", "材料的报送方式",
    [](item i) { return all(i.materials, [](const material& m) { return !m.way.empty(); }); }};
inline constexpr mandatory_element documents{"/documents", "documents", "文书",
                                             [](item i) { return !i.documents.empty(); }};
inline constexpr mandatory_element windows{"/windows", "window", "服务窗口", [](item i) {
                                             return !i.windows.empty() &&
                                                    all(i.windows, [](const service_window& w) {
                                                      return !w.hall.empty() && !w.window.empty();
                                                    });
                                           }};
inline constexpr mandatory_element address{"/address", "address", "办理地点", has_address};
inline constexpr mandatory_element hours{"/windows", "hours", "办理时间", has_hours};
inline constexpr mandatory_element working_time{
    "/windows", "from when until when", "工作时间起止", [](item i) {
      return all(i.windows,
                 [](const auto& w) { return w.hours.empty() || states_working_time(w.hours); });
    }};
inline constexpr mandatory_element phone{"/phone", "phone", "联系电话",
                                         [](item i) { return !i.phone.empty(); }};
inline constexpr mandatory_element supervision{"/supervision_phone", "supervision", "监督渠道",
                                               has_supervision};
inline constexpr mandatory_element hall{"/hall", "presence in the hall", "是否进驻大厅",
                                        [](item i) { return i.hall != stationing::undecided; }};
inline constexpr mandatory_element intermediaries{
    "/intermediaries", "institution and basis of each intermediary service", "中介机构及设定依据",
    [](item i) {
      return all(i.intermediaries, [](const intermediary_service& s) {
        return !s.institution.empty() && !s.basis.empty();
      });
    }};
/// What must be granted before: approvals, or the conditions that say it.
inline constexpr mandatory_element preconditions{
    "/conditions", "preconditions", "前置条件",
    [](item i) { return !i.conditions.empty() || !i.approvals_before.empty(); }};

inline constexpr std::array basic_list{
    code,      name,     type,       entry,        description,     bases,   basis_words, body,
    entruster, superior, conditions, charge_basis, charge_standard, promise, certificates};
inline constexpr std::array extended_list{department, section,   co_handlers, flow,
                                          materials,  documents, supervision};
inline constexpr std::array window_list{windows, address, hours, phone, hall};
inline constexpr std::array guide_list{name, bases, conditions, promise, charge_standard, phone};
inline constexpr std::array guide_materials_list{materials, material_shape, material_way,
                                                 application_form};
inline constexpr std::array collection_list{address, hours, phone};
inline constexpr std::array flowchart_list{flow};
inline constexpr std::array duty_list{body, entruster, department, section, supervision};
inline constexpr std::array intermediary_list{intermediaries};
inline constexpr std::array seven_list{name,       description, body,       bases,
                                       conditions, promise,     supervision};
/// An element under the name that a list has for it.
constexpr mandatory_element called(mandatory_element e, std::string_view zh) {
  e.zh = zh;
  return e;
}

inline constexpr std::array eight_list{name,
                                       called(bases, "设定依据"),
                                       called(conditions, "申请条件"),
                                       called(materials, "办理材料"),
                                       address,
                                       hours,
                                       phone,
                                       flow};
inline constexpr std::array public_list{charge_names,
                                        called(name, "审批项目"),
                                        called(flow, "办事程序"),
                                        preconditions,
                                        charge_standard,
                                        charge_basis,
                                        called(promise, "服务时限")};
inline constexpr std::array clear_hours_list{hours, working_time};
inline constexpr std::array attached_forms_list{application_form};

} // namespace detail::elements

inline std::span<const mandatory_element> elements_of(element_list list) {
  using namespace detail::elements;
  switch (list) {
  case element_list::basic: return basic_list;
  case element_list::extended: return extended_list;
  case element_list::window: return window_list;
  case element_list::guide: return guide_list;
  case element_list::guide_materials: return guide_materials_list;
  case element_list::collection_address: return collection_list;
  case element_list::guide_flowchart: return flowchart_list;
  case element_list::power_and_duty: return duty_list;
  case element_list::intermediary: return intermediary_list;
  case element_list::power_seven: return seven_list;
  case element_list::guide_eight: return eight_list;
  case element_list::public_seven: return public_list;
  case element_list::clear_hours: return clear_hours_list;
  case element_list::attached_forms: return attached_forms_list;
  }
  return {};
}

inline section_mark completeness(const service_item& item, element_list list) {
  section_mark mark;
  mark.list = list;
  for (const mandatory_element& e : elements_of(list)) {
    ++mark.asked;
    if (e.filled_in(item))
      ++mark.filled;
    else
      mark.missing.push_back({e.field, e.en, e.zh});
  }
  mark.complete = mark.missing.empty();
  return mark;
}

inline std::vector<section_mark> completeness(const service_item& item) {
  std::vector<section_mark> marks;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(element_list::intermediary); ++i)
    marks.push_back(completeness(item, static_cast<element_list>(i)));
  return marks;
}

inline bool complete(const service_item& item) {
  return completeness(item, element_list::basic).complete &&
         completeness(item, element_list::extended).complete &&
         completeness(item, element_list::window).complete;
}

} // namespace banli
