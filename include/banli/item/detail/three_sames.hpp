// The three sames of catalogue.hpp; include that one.
#pragma once

#include <algorithm>
#include <map>
#include <unordered_map>

#include <banli/item/catalogue.hpp>

namespace banli {

inline std::string_view to_string(same_field f) {
  constexpr std::array<std::string_view, 4> names{"name", "type", "bases", "base_code"};
  return names[static_cast<std::size_t>(f)];
}

inline std::string_view label(same_field f) {
  constexpr std::array<std::string_view, 4> names{"事项名称", "事项类型", "行使依据", "基本编码"};
  return names[static_cast<std::size_t>(f)];
}

namespace detail {

/// The bases as one text: what is compared is title and article, in their order; the words of an
/// article are the law's, not the item's.
inline std::string bases_of(const service_item& item) {
  std::string out;
  for (const legal_basis& b : item.bases) {
    if (!out.empty()) out += ';';
    out += b.title + b.article;
  }
  return out;
}

inline std::string value_of(const service_item& item, same_field f) {
  switch (f) {
  case same_field::name: return item.name;
  case same_field::type: return item.type;
  case same_field::bases: return bases_of(item);
  case same_field::base_code: return item.base_code;
  }
  return {};
}

} // namespace detail

inline std::vector<same_difference> three_sames(std::span<const service_item> items) {
  std::vector<same_difference> out;
  const auto compare = [&](same_field f, std::size_t first, std::size_t other) {
    std::string a = detail::value_of(items[first], f);
    std::string b = detail::value_of(items[other], f);
    if (a != b) out.push_back({f, first, other, std::move(a), std::move(b)});
  };
  std::unordered_map<std::string_view, std::size_t> by_code;
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> by_name;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const service_item& item = items[i];
    if (!item.base_code.empty()) {
      const auto [code, fresh] = by_code.try_emplace(item.base_code, i);
      if (!fresh)
        for (const same_field f : {same_field::name, same_field::type, same_field::bases})
          compare(f, code->second, i);
    }
    if (item.name.empty()) continue;
    const auto [same, first] = by_name.try_emplace({item.name, item.type}, i);
    if (!first) compare(same_field::base_code, same->second, i);
  }
  return out;
}

inline problems problems_of(std::span<const same_difference> differences,
                            std::span<const service_item> items, const locator& where) {
  problems found;
  for (const same_difference& d : differences) {
    const bool code = d.field == same_field::base_code;
    const std::string& shared = code ? items[d.other].name : items[d.other].base_code;
    found.push_back(
        at(make_error(errc::not_the_same, "{0} of {4} is '{3}', but '{2}' of {5}, which shares {6}",
                      "{4}的{1}为“{3}”,而{5}为“{2}”(同为 {6})", to_string(d.field), label(d.field),
                      d.first_value, d.other_value, items[d.other].code.text(),
                      items[d.first].code.text(), shared),
           where(fmt::format("/{}/{}", d.other, to_string(d.field)))));
  }
  return found;
}

} // namespace banli
