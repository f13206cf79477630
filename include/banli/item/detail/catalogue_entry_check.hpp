// Inheritance and checks of catalogue_entry.hpp; include that one.
#pragma once

#include <utility>

#include <banli/item/catalogue_entry.hpp>

namespace banli {
namespace detail {

/// Gives a member the entry's value where it has none of its own.
template <class T>
void fill(T& own, const T& given) {
  if (own == T{}) own = given;
}

/// The same for an enumeration, which is born with a value.
template <class T>
void fill(T& own, const std::optional<T>& given) {
  if (given && own == T{}) own = *given;
}

} // namespace detail

inline service_item inherit(const catalogue_entry& entry, service_item item) {
  using detail::fill;
  item.catalogue = entry.id;
  fill(item.type, entry.type);
  fill(item.description, entry.description);
  fill(item.base_code, entry.base_code);
  fill(item.bases, entry.bases);
  const bool own_body = !item.body.empty();
  fill(item.body, entry.body);
  if (!own_body) { // another body has a nature of its own
    fill(item.nature, entry.nature);
    if (item.nature == body_nature::entrusted_unit) fill(item.entruster, entry.entruster);
  }
  fill(item.conditions, entry.conditions);
  fill(item.charges, entry.charges);
  if (!item.statutory) item.statutory = entry.statutory;
  fill(item.department, entry.department);
  fill(item.supervision_phone, entry.supervision_phone);
  fill(item.naming, entry.naming);
  if (!item.field) item.field = entry.field;
  if (!item.service) item.service = entry.service;
  if (item.delegated_from_above) fill(item.superior_body, entry.superior_body);
  return item;
}

inline problems check(const catalogue_entry& entry, const locator& where) {
  problems found;
  const auto add = [&](error e, std::string_view path) {
    e.where = where(path);
    found.push_back(std::move(e));
  };
  if (entry.id.empty())
    add(make_error(errc::missing_field, "catalogue entry '{}' has no id", "目录“{}”缺少编号",
                   entry.name),
        "/id");
  if (entry.name.empty())
    add(make_error(errc::missing_field, "catalogue entry '{}' has no name", "目录“{}”缺少名称",
                   entry.id.text()),
        "/name");
  for (std::size_t i = 1; i < entry.bases.size(); ++i)
    if (entry.bases[i].rank < entry.bases[i - 1].rank)
      add(make_error(errc::basis_order,
                     "basis '{}' ranks above the one before it: list from high to low",
                     "依据“{}”的位阶高于前一条:应从高到低列举", entry.bases[i].title),
          fmt::format("/bases/{}", i));
  if (entry.nature == body_nature::entrusted_unit && entry.entruster.empty())
    add(make_error(errc::missing_entruster, "'{}' is an entrusted unit: name the entruster",
                   "“{}”是受委托单位,应填写委托单位", entry.body),
        "/entruster");
  return found;
}

} // namespace banli
