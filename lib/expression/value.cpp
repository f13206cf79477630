#include <banli/expression/value.hpp>

#include <algorithm>
#include <numeric>

#include "compare_numbers.hpp"

namespace banli {

/// The entries as given, and beside them their order by key, so that a large map is searched and
/// not walked.
struct value::map_box {
  entries given;
  std::vector<std::uint32_t> sorted;
};

namespace {

/// Keys sort by group, then by worth: bool < number < string < anything else.
int key_group(const value& v) {
  switch (v.kind()) {
  case type_kind::boolean: return 0;
  case type_kind::integer:
  case type_kind::uinteger:
  case type_kind::real: return 1;
  case type_kind::string: return 2;
  default: return 3;
  }
}

bool key_less(const value& a, const value& b) {
  const int ga = key_group(a);
  const int gb = key_group(b);
  if (ga != gb) return ga < gb;
  const auto order = compare(a, b);
  return order && *order == std::partial_ordering::less;
}

bool string_key_less(const value& a, std::string_view b) {
  const std::string* s = a.as_string();
  return s ? *s < b : key_group(a) < 2;
}

} // namespace

value::value(std::string s)
    : v_(boxed<role::string>{std::make_shared<const std::string>(std::move(s))}) {}

value value::bytes(std::string octets) {
  value v;
  v.v_ = boxed<role::bytes>{std::make_shared<const std::string>(std::move(octets))};
  return v;
}

value value::type_named(std::string name) {
  value v;
  v.v_ = boxed<role::type_name>{std::make_shared<const std::string>(std::move(name))};
  return v;
}

value value::list(elements of) {
  value v;
  v.v_ = std::make_shared<const elements>(std::move(of));
  return v;
}

value value::map(entries of) {
  auto box = std::make_shared<map_box>();
  box->given = std::move(of);
  box->sorted.resize(box->given.size());
  std::iota(box->sorted.begin(), box->sorted.end(), 0U);
  std::ranges::stable_sort(box->sorted, [&](std::uint32_t a, std::uint32_t b) {
    return key_less(box->given[a].first, box->given[b].first);
  });
  value v;
  v.v_ = std::shared_ptr<const map_box>(std::move(box));
  return v;
}

type_kind value::kind() const noexcept {
  static constexpr type_kind kinds[] = {
      type_kind::null,      type_kind::boolean,  type_kind::integer, type_kind::uinteger,
      type_kind::real,      type_kind::string,   type_kind::bytes,   type_kind::type,
      type_kind::timestamp, type_kind::duration, type_kind::list,    type_kind::map};
  return kinds[v_.index()];
}

namespace {
template <class T, class Variant>
std::optional<T> copy_if(const Variant& v) noexcept {
  if (const T* p = std::get_if<T>(&v)) return *p;
  return std::nullopt;
}
} // namespace

std::optional<bool> value::as_bool() const noexcept { return copy_if<bool>(v_); }
std::optional<std::int64_t> value::as_int() const noexcept { return copy_if<std::int64_t>(v_); }
std::optional<std::uint64_t> value::as_uint() const noexcept { return copy_if<std::uint64_t>(v_); }
std::optional<double> value::as_double() const noexcept { return copy_if<double>(v_); }
std::optional<timestamp> value::as_timestamp() const noexcept { return copy_if<timestamp>(v_); }
std::optional<std::chrono::nanoseconds> value::as_duration() const noexcept {
  return copy_if<std::chrono::nanoseconds>(v_);
}

const std::string* value::as_string() const noexcept {
  const auto* b = std::get_if<boxed<role::string>>(&v_);
  return b ? b->at.get() : nullptr;
}

const std::string* value::as_bytes() const noexcept {
  const auto* b = std::get_if<boxed<role::bytes>>(&v_);
  return b ? b->at.get() : nullptr;
}

const std::string* value::as_type_name() const noexcept {
  const auto* b = std::get_if<boxed<role::type_name>>(&v_);
  return b ? b->at.get() : nullptr;
}

const value::elements* value::as_list() const noexcept {
  const auto* b = std::get_if<std::shared_ptr<const elements>>(&v_);
  return b ? b->get() : nullptr;
}

const value::entries* value::as_map() const noexcept {
  const auto* b = std::get_if<std::shared_ptr<const map_box>>(&v_);
  return b ? &(*b)->given : nullptr;
}

const value* value::find(const value& key) const noexcept {
  const auto* b = std::get_if<std::shared_ptr<const map_box>>(&v_);
  if (!b) return nullptr;
  const map_box& box = **b;
  const auto at =
      std::ranges::lower_bound(box.sorted, key, key_less,
                               [&](std::uint32_t i) -> const value& { return box.given[i].first; });
  if (at == box.sorted.end() || !(box.given[*at].first == key)) return nullptr;
  return &box.given[*at].second;
}

const value* value::find(std::string_view key) const noexcept {
  const auto* b = std::get_if<std::shared_ptr<const map_box>>(&v_);
  if (!b) return nullptr;
  const map_box& box = **b;
  const auto at = std::lower_bound(box.sorted.begin(), box.sorted.end(), key,
                                   [&](std::uint32_t i, std::string_view wanted) {
                                     return string_key_less(box.given[i].first, wanted);
                                   });
  if (at == box.sorted.end()) return nullptr;
  const std::string* found = box.given[*at].first.as_string();
  return found && *found == key ? &box.given[*at].second : nullptr;
}

namespace {

bool equal_maps(const value& a, const value& b) {
  const auto& as = *a.as_map();
  if (as.size() != b.as_map()->size()) return false;
  return std::ranges::all_of(as, [&](const auto& entry) {
    const value* other = b.find(entry.first);
    return other && entry.second == *other;
  });
}

} // namespace

bool operator==(const value& a, const value& b) noexcept {
  if (a.kind() == type_kind::list && b.kind() == type_kind::list)
    return *a.as_list() == *b.as_list();
  if (a.kind() == type_kind::map && b.kind() == type_kind::map) return equal_maps(a, b);
  if (a.kind() == type_kind::type && b.kind() == type_kind::type)
    return *a.as_type_name() == *b.as_type_name();
  if (a.is_null() && b.is_null()) return true;
  const auto order = compare(a, b);
  return order && *order == std::partial_ordering::equivalent;
}

std::optional<std::partial_ordering> compare(const value& a, const value& b) noexcept {
  const auto number = [](const value& v, auto&& use) -> std::optional<std::partial_ordering> {
    if (const auto n = v.as_int()) return use(*n);
    if (const auto n = v.as_uint()) return use(*n);
    if (const auto n = v.as_double()) return use(*n);
    return std::nullopt;
  };
  if (key_group(a) == 1)
    return number(a, [&](auto x) {
      return number(b, [&](auto y) -> std::optional<std::partial_ordering> {
        return detail::cel::compare_numbers(x, y);
      });
    });
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
  case type_kind::boolean: return *a.as_bool() <=> *b.as_bool();
  case type_kind::string: return *a.as_string() <=> *b.as_string();
  case type_kind::bytes: return *a.as_bytes() <=> *b.as_bytes();
  case type_kind::timestamp: return *a.as_timestamp() <=> *b.as_timestamp();
  case type_kind::duration: return *a.as_duration() <=> *b.as_duration();
  default: return std::nullopt;
  }
}

} // namespace banli
