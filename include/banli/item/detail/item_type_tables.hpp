// The built-in tables and the checks of item_type.hpp; include that one.
#pragma once

#include <algorithm>

#include <banli/item/item_type.hpp>

namespace banli {

namespace detail {

inline std::vector<item_type> county_types() {
  using enum item_service;
  return {{"XK", {"licence", "行政许可"}, inside},
          {"ZS", {"levy", "行政征收"}, inside},
          {"SP", {"approval other than a licence", "非行政许可的行政审批"}, judged},
          {"QR", {"confirmation", "行政确认"}, inside},
          {"DL", {"agency", "代理事项"}, judged},
          {"QT", {"other", "其他"}, judged},
          {"BM", {"convenience service", "便民服务"}, inside}};
}

inline std::vector<item_type> jiangsu_types() {
  using enum item_service;
  return {{"XK", {"licence", "行政许可"}, inside},
          {"CF", {"penalty", "行政处罚"}, outside},
          {"QZ", {"coercion", "行政强制"}, outside},
          {"ZS", {"levy", "行政征收"}, inside},
          {"GF", {"payment", "行政给付"}, inside},
          {"JL", {"reward", "行政奖励"}, inside},
          {"QR", {"confirmation", "行政确认"}, inside},
          {"CJ", {"ruling", "行政裁决"}, inside},
          {"ZY", {"requisition", "行政征用"}, outside},
          {"SP", {"approval other than a licence", "非许可审批"}, judged},
          {"FW", {"service", "服务"}, inside},
          {"QT", {"other", "其他"}, judged},
          {"DL", {"agency", "代理事项"}, judged},
          {"BM", {"convenience service", "便民服务"}, inside}};
}

inline std::vector<item_type> standard_types() {
  using enum item_service;
  std::vector<item_type> all = county_types();
  for (item_type& t : jiangsu_types())
    if (std::ranges::find(all, t.letters, &item_type::letters) == all.end())
      all.push_back(std::move(t));
  all.push_back({"NJ", {"annual inspection", "行政年检"}, inside});
  all.push_back({"FY", {"reconsideration", "行政复议"}, inside});
  all.push_back({"JM", {"tax relief", "税费减免"}, inside});
  all.push_back({"JC", {"inspection", "行政监督检查"}, outside});
  return all;
}

inline bool two_capitals(std::string_view s) {
  return s.size() == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z';
}

} // namespace detail

inline problems check(std::span<const item_type> types, const locator& where,
                      const item_type_limits& limits) {
  problems found;
  const auto add = [&](error e, std::size_t i, std::string_view field) {
    found.push_back(at(std::move(e), where(fmt::format("/{}/{}", i, field))));
  };
  if (types.size() > limits.types) {
    found.push_back(at(make_error(errc::limit_exceeded, "{} types, more than {}",
                                  "共 {} 个类型,超过 {}", types.size(), limits.types),
                       where("")));
    return found;
  }
  std::unordered_map<std::string_view, std::size_t> letters;
  std::unordered_map<std::string_view, std::size_t> names;
  for (std::size_t i = 0; i < types.size(); ++i) {
    const item_type& t = types[i];
    if (!detail::two_capitals(t.letters))
      add(make_error(errc::bad_value, "'{}' is no type code: two capital letters",
                     "“{}”不是类型代码:应为两个大写字母", t.letters),
          i, "letters");
    else if (!letters.try_emplace(t.letters, i).second)
      add(make_error(errc::duplicate_id, "type {} stands twice", "类型代码 {} 重复", t.letters), i,
          "letters");
    if (t.name.zh.empty() || t.name.en.empty())
      add(make_error(errc::missing_field, "type {} needs a Chinese and an English name",
                     "类型 {} 应有中文和英文名称", t.letters),
          i, "name");
    else if (t.name.zh.size() > limits.name_bytes || t.name.en.size() > limits.name_bytes)
      add(make_error(errc::limit_exceeded, "the name of type {} has more than {} bytes",
                     "类型 {} 的名称超过 {} 字节", t.letters, limits.name_bytes),
          i, "name");
    else if (!names.try_emplace(t.name.zh, i).second)
      add(make_error(errc::duplicate_id, "the name '{}' stands twice", "类型名称“{}”重复",
                     t.name.zh),
          i, "name");
  }
  return found;
}

inline result<item_type_table> item_type_table::build(std::vector<item_type> types) {
  if (const problems found = check(types); !found.empty()) return found.front();
  return item_type_table{std::move(types)};
}

inline const item_type_table& item_type_table::county() {
  static const item_type_table table{detail::county_types()};
  return table;
}

inline const item_type_table& item_type_table::jiangsu() {
  static const item_type_table table{detail::jiangsu_types()};
  return table;
}

inline const item_type_table& item_type_table::standard() {
  static const item_type_table table{detail::standard_types()};
  return table;
}

inline const item_type* item_type_table::find(std::string_view letters) const {
  const std::size_t i = order(letters);
  return i < types_.size() ? &types_[i] : nullptr;
}

inline const item_type* item_type_table::find_name(std::string_view name) const {
  for (const item_type& t : types_)
    if (t.name.zh == name || t.name.en == name || t.letters == name) return &t;
  return nullptr;
}

inline std::size_t item_type_table::order(std::string_view letters) const {
  const auto found = std::ranges::find(types_, letters, &item_type::letters);
  return static_cast<std::size_t>(found - types_.begin());
}

inline error item_type_table::unknown(std::string_view given) const {
  std::vector<std::string_view> known;
  for (const item_type& t : types_) {
    known.push_back(t.letters);
    known.push_back(t.name.zh);
  }
  return with_hint(
      make_error(errc::unknown_value, "'{}' is no item type", "没有事项类型“{}”", given),
      suggestion(given, known));
}

} // namespace banli
