// field_tree.hpp — a service item as a tree of fields with their texts, made by listening to
// describe() (item/describe_item.hpp), so that no field can be forgotten.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <fmt/format.h>

#include <banli/base/result.hpp>

#include "item/describe_item.hpp"

namespace banli::detail {

/// A value, or parts in their order.
struct field_tree {
  std::string key;
  text value{};
  std::vector<field_tree> parts{};
  enum class shape : std::uint8_t { value, map, list } is = shape::value;

  bool empty() const { return parts.empty() && value.en.empty(); }
  friend bool operator==(const field_tree&, const field_tree&) = default;
};

/// The words of an enumeration; its stable names where offices have no others.
template <class E>
text word_of(E e) {
  if constexpr (requires { label(e); })
    return {std::string{to_string(e)}, std::string{label(e)}};
  else
    return {std::string{to_string(e)}, std::string{to_string(e)}};
}

class field_listener {
 public:
  explicit field_listener(field_tree& into) : into_(into) { into_.is = field_tree::shape::map; }

  template <class T>
  void required(std::string_view key, T& x) {
    optional(key, x);
  }
  template <class T>
  void always(std::string_view key, T& x) {
    optional(key, x);
  }
  template <class T>
  void optional(std::string_view key, T& x) {
    field_tree& part = into_.parts.emplace_back();
    part.key = key;
    put(part, x);
  }

 private:
  static void put(field_tree& t, const std::string& s) { t.value = {s, s}; }
  static void put(field_tree& t, bool b) { t.value = b ? text{"yes", "是"} : text{"no", "否"}; }
  static void put(field_tree& t, int n) { put(t, std::to_string(n)); }
  static void put(field_tree& t, double n) { put(t, fmt::format("{}", n)); }
  static void put(field_tree& t, const time_limit& l) {
    t.value = {to_text(l, language::en), to_text(l, language::zh)};
  }
  template <class Tag>
  static void put(field_tree& t, const strong_id<Tag>& id) {
    put(t, id.text());
  }
  template <class E>
    requires std::is_enum_v<E>
  static void put(field_tree& t, E e) {
    t.value = word_of(e);
  }
  template <class T>
  static void put(field_tree& t, std::optional<T>& x) {
    if (x) put(t, *x);
  }
  template <class T>
  static void put(field_tree& t, std::vector<T>& all) {
    t.is = field_tree::shape::list;
    for (T& x : all) put(t.parts.emplace_back(), x);
  }
  template <class T>
    requires requires(field_listener& l, T& x) { describe(l, x); }
  static void put(field_tree& t, T& x) {
    field_listener parts{t};
    describe(parts, x);
  }

  field_tree& into_;
};

/// describe() takes what it shows by reference, because readers fill it; this listener only looks.
inline field_tree tree_of(const service_item& item) {
  field_tree out;
  field_listener listener{out};
  describe(listener, const_cast<service_item&>(item));
  return out;
}

} // namespace banli::detail
