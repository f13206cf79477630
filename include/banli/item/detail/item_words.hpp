// The names and words of the enumerations of the item layer; include the headers that declare them.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include <banli/item/item_parts.hpp>
#include <banli/item/legal_basis.hpp>
#include <banli/item/service_window.hpp>

namespace banli {

inline std::string_view to_string(legal_rank rank) {
  constexpr std::array<std::string_view, 6> names{"constitution",
                                                  "law",
                                                  "administrative_rule",
                                                  "local_regulation",
                                                  "departmental_regulation",
                                                  "normative_document"};
  return names[static_cast<std::size_t>(rank)];
}

inline std::string_view label(legal_rank rank) {
  constexpr std::array<std::string_view, 6> names{"宪法",       "法律", "行政法规",
                                                  "地方性法规", "规章", "规范性文件"};
  return names[static_cast<std::size_t>(rank)];
}

inline std::string_view to_string(delegation_role role) {
  constexpr std::array<std::string_view, 3> names{"receives", "acts", "handles"};
  return names[static_cast<std::size_t>(role)];
}

inline std::string_view label(delegation_role role) {
  constexpr std::array<std::string_view, 3> names{"代收", "代办", "自办"};
  return names[static_cast<std::size_t>(role)];
}

inline std::string_view to_string(stationing s) {
  constexpr std::array<std::string_view, 3> names{"undecided", "in_hall", "outside"};
  return names[static_cast<std::size_t>(s)];
}

inline std::string_view label(stationing s) {
  constexpr std::array<std::string_view, 3> names{"未定", "进驻", "未进驻"};
  return names[static_cast<std::size_t>(s)];
}

inline std::string_view to_string(public_field field) {
  constexpr std::array<std::string_view, 9> names{
      "education",  "employment", "social_security",   "social_services",    "health",
      "population", "housing",    "culture_and_sport", "disabled_assistance"};
  return names[static_cast<std::size_t>(field)];
}

inline std::string_view label(public_field field) {
  constexpr std::array<std::string_view, 9> names{"教育",         "就业",     "社会保险",
                                                  "基本社会服务", "医疗卫生", "人口计生",
                                                  "住房保障",     "文化体育", "残疾人服务"};
  return names[static_cast<std::size_t>(field)];
}

inline std::string_view to_string(name_kind kind) {
  constexpr std::array<std::string_view, 3> names{"statutory", "abbreviation", "prescribed"};
  return names[static_cast<std::size_t>(kind)];
}

inline std::string_view label(name_kind kind) {
  constexpr std::array<std::string_view, 3> names{"法定名称", "法定词汇简称", "规范用语"};
  return names[static_cast<std::size_t>(kind)];
}

inline std::string_view to_string(fact_type type) {
  constexpr std::array<std::string_view, 4> names{"boolean", "integer", "decimal", "text"};
  return names[static_cast<std::size_t>(type)];
}

} // namespace banli
