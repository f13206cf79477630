// completeness.hpp — is everything filled in that must be, section by section (填写完成标记).
//
// check() finds what is wrong; completeness asks what is still empty. A form has three sections,
// 基本信息, 扩展信息 and 窗口服务情况, each with mandatory elements (marked * on the form), and a
// section gets its mark when all of them are filled in. The guide for the public has six parts of
// its own, and lists cut across: the seven elements of a power (名称、内容、办理主体、依据、
// 条件、期限、监督渠道), the eight of a guide, the seven things made public at a window (七公开),
// and what a column of a website may ask of its guides besides: hours that are clear
// (办理时间需明确工作时间), forms that can be downloaded. Each list names its elements in the words
// of its source.
//
//   section_mark m = completeness(item, element_list::guide_eight);
//   m.complete;                    // false
//   m.missing[0].field             // "/windows": path of the field, JSON Pointer
//   m.missing[0].label.zh          // 办理时间
//   for (const section_mark& each : completeness(item)) …    // the sections and parts, in order
//
// The hard case is the element that is not always asked for. An entruster is mandatory of an
// entrusted unit only, a superior body of an item that is delegated from above, an entry of the
// catalogue of approvals; a free item needs no standard of charges. Such an element counts as
// filled in where it is not asked for.
//
// Source: 国办函〔2011〕99号 implementation guide (seven elements; A1); county platform rules
// (sections and marks); disclosure duties of seed 002 (eight elements).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <banli/item/catalogue_entry.hpp>
#include <banli/item/service_item.hpp>

namespace banli {

/// A list of mandatory elements.
enum class element_list : std::uint8_t {
  basic,              ///< 基本信息
  extended,           ///< 扩展信息
  window,             ///< 窗口服务情况
  guide,              ///< 指南信息
  guide_materials,    ///< 申请材料
  collection_address, ///< 采集地址信息
  guide_flowchart,    ///< 流程图
  power_and_duty,     ///< 权责信息
  intermediary,       ///< 中介信息
  power_seven,        ///< 行政职权七要素
  guide_eight,        ///< 办事指南八要素
  public_seven,       ///< 七公开
  clear_hours,        ///< 明确的工作时间: windows say from when until when
  attached_forms,     ///< 表格: an application form that is asked for can be downloaded
};
inline constexpr std::size_t element_list_count = 14;

/// The stable name of a list, "guide_eight", and the office's words, 办事指南八要素.
inline std::string_view to_string(element_list list);
inline std::string_view label(element_list list);

/// The list that either of them names. Errors: unknown_value, with the nearest.
inline result<element_list> parse_element_list(std::string_view name);

/// One mandatory element: where it stands, what it is called, and whether an item has it (or need
/// not have it).
struct mandatory_element {
  std::string_view field; ///< JSON Pointer of the member: "/bases"
  std::string_view en;
  std::string_view zh;
  bool (*filled_in)(const service_item&);
};

/// The elements of a list, in the order of the form.
inline std::span<const mandatory_element> elements_of(element_list list);

/// One element that is not filled in.
struct missing_element {
  std::string_view field;
  std::string_view en;
  std::string_view zh;

  friend bool operator==(const missing_element&, const missing_element&) = default;
};

/// The mark of one section.
struct section_mark {
  element_list list = element_list::basic;
  bool complete = false;
  std::size_t asked = 0;  ///< elements of the list
  std::size_t filled = 0; ///< of them filled in, or not needed
  std::vector<missing_element> missing{};

  friend bool operator==(const section_mark&, const section_mark&) = default;
};

/// The mark of one list.
inline section_mark completeness(const service_item& item, element_list list);

/// The marks of the three sections of the form and the six parts of the guide, in this order.
inline std::vector<section_mark> completeness(const service_item& item);

/// Whether the three sections of the form are complete.
inline bool complete(const service_item& item);

} // namespace banli

#include <banli/item/detail/mandatory_elements.hpp>
