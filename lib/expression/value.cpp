#include <banli/expression/value.hpp>

#include <algorithm>
#include <functional>

#include "compare_numbers.hpp"

namespace banli {

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
  const auto* x = a.as<std::int64_t>();
  const auto* y = b.as<std::int64_t>();
  if (x && y) return *x < *y;
  const int ga = key_group(a);
  const int gb = key_group(b);
  if (ga != gb) return ga < gb;
  const auto order = compare(a, b);
  return order && *order == std::partial_ordering::less;
}

text_head head_of(const value& key) {
  const std::string* s = key.as_string();
  return s ? text_head::of(*s) : text_head();
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

value::value(const ip_address& a) : v_(std::make_shared<const ip_address>(a)) {}
value::value(const ip_network& n) : v_(std::make_shared<const ip_network>(n)) {}

value value::optional_of(value held) {
  value v;
  v.v_ = optional_box{std::make_shared<const value>(std::move(held))};
  return v;
}

value value::optional_none() {
  value v;
  v.v_ = optional_box{};
  return v;
}

value value::map(entries of) {
  auto box = std::make_shared<map_box>();
  box->given = std::move(of);
  box->sorted.reserve(box->given.size());
  for (const auto& entry : box->given) box->sorted.push_back({head_of(entry.first), &entry});
  const auto less = [](const map_key& a, const map_key& b) {
    return a.head != b.head ? a.head < b.head : key_less(a.of->first, b.of->first);
  };
  if (std::ranges::adjacent_find(box->sorted, std::not_fn(less)) != box->sorted.end()) {
    std::ranges::stable_sort(box->sorted, less);
    const auto again = std::ranges::unique(box->sorted, std::not_fn(less)); // the first counts
    box->sorted.erase(again.begin(), again.end());
  }
  value v;
  v.v_ = std::shared_ptr<const map_box>(std::move(box));
  return v;
}

type_kind value::kind() const noexcept {
  static constexpr type_kind kinds[] = {
      type_kind::null,      type_kind::boolean,    type_kind::integer, type_kind::uinteger,
      type_kind::real,      type_kind::string,     type_kind::bytes,   type_kind::type,
      type_kind::timestamp, type_kind::duration,   type_kind::list,    type_kind::map,
      type_kind::optional,  type_kind::address,    type_kind::network, type_kind::date,
      type_kind::decimal,   type_kind::time_limit, type_kind::calendar};
  return kinds[v_.index()];
}

std::optional<day> value::as_date() const noexcept { return copy_if<day>(); }
std::optional<decimal> value::as_decimal() const noexcept { return copy_if<decimal>(); }
std::optional<time_limit> value::as_time_limit() const noexcept { return copy_if<time_limit>(); }

const std::string* value::as_bytes() const noexcept {
  const auto* b = std::get_if<boxed<role::bytes>>(&v_);
  return b ? b->at.get() : nullptr;
}

const std::string* value::as_type_name() const noexcept {
  const auto* b = std::get_if<boxed<role::type_name>>(&v_);
  return b ? b->at.get() : nullptr;
}

namespace {
template <class T, class Variant>
const T* shared_if(const Variant& v) noexcept {
  const auto* p = std::get_if<std::shared_ptr<const T>>(&v);
  return p ? p->get() : nullptr;
}
} // namespace

const ip_address* value::as_address() const noexcept { return shared_if<ip_address>(v_); }
const ip_network* value::as_network() const noexcept { return shared_if<ip_network>(v_); }
const workday_calendar* value::as_calendar() const noexcept {
  return shared_if<workday_calendar>(v_);
}

const value* value::held() const noexcept {
  const auto* b = std::get_if<optional_box>(&v_);
  return b ? b->at.get() : nullptr;
}

namespace {

/// The entry of the first key that is not less than one with that head; `less` says whether a key
/// is that has the same. End: null.
template <class Keys, class Less>
auto first_not_less(const Keys& sorted, const text_head& head, Less less) {
  const auto at = std::ranges::partition_point(
      sorted, [&](const auto& k) { return k.head != head ? k.head < head : less(k.of->first); });
  return at == sorted.end() ? nullptr : at->of;
}

} // namespace

const value* value::find(const value& key) const noexcept {
  const auto* b = std::get_if<std::shared_ptr<const map_box>>(&v_);
  if (!b) return nullptr;
  const auto* at = first_not_less((*b)->sorted, head_of(key),
                                  [&](const value& other) { return key_less(other, key); });
  return at && at->first == key ? &at->second : nullptr;
}

const value* value::find(std::string_view key) const noexcept {
  const auto* b = std::get_if<std::shared_ptr<const map_box>>(&v_);
  if (!b) return nullptr;
  const auto* at = first_not_less((*b)->sorted, text_head::of(key), [&](const value& other) {
    return *other.as_string() < key; // heads of texts are those of texts only
  });
  const std::string* found = at ? at->first.as_string() : nullptr;
  return found && *found == key ? &at->second : nullptr;
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
  if (a.kind() == type_kind::optional && b.kind() == type_kind::optional)
    return a.held() && b.held() ? *a.held() == *b.held() : a.held() == b.held();
  if (a.as_address() && b.as_address()) return *a.as_address() == *b.as_address();
  if (a.as_network() && b.as_network()) return *a.as_network() == *b.as_network();
  if (a.as_time_limit() && b.as_time_limit()) return *a.as_time_limit() == *b.as_time_limit();
  if (a.as_calendar() && b.as_calendar()) return a.as_calendar() == b.as_calendar();
  const auto order = compare(a, b);
  return order && *order == std::partial_ordering::equivalent;
}

namespace {

/// Two decimals, or one and a whole number of at most 18 digits; with doubles there is no order.
std::optional<std::partial_ordering> compare_decimals(const value& a, const value& b) {
  const auto whole = [](const value& v) -> std::optional<decimal> {
    if (const auto d = v.as_decimal()) return d;
    if (const auto n = v.as_int()) return decimal{*n, 0};
    return std::nullopt;
  };
  const auto x = whole(a);
  const auto y = whole(b);
  if (!x || !y) return std::nullopt;
  return *x <=> *y;
}

} // namespace

std::optional<std::partial_ordering> compare(const value& a, const value& b) noexcept {
  const auto number = [](const value& v, auto&& use) -> std::optional<std::partial_ordering> {
    if (const auto n = v.as_int()) return use(*n);
    if (const auto n = v.as_uint()) return use(*n);
    if (const auto n = v.as_double()) return use(*n);
    return std::nullopt;
  };
  if (key_group(a) == 1 && key_group(b) == 1)
    return number(a, [&](auto x) {
      return number(b, [&](auto y) -> std::optional<std::partial_ordering> {
        return detail::cel::compare_numbers(x, y);
      });
    });
  if (a.as_decimal() || b.as_decimal()) return compare_decimals(a, b);
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
  case type_kind::boolean: return *a.as_bool() <=> *b.as_bool();
  case type_kind::string: return *a.as_string() <=> *b.as_string();
  case type_kind::bytes: return *a.as_bytes() <=> *b.as_bytes();
  case type_kind::timestamp: return *a.as_timestamp() <=> *b.as_timestamp();
  case type_kind::duration: return *a.as_duration() <=> *b.as_duration();
  case type_kind::date: return *a.as_date() <=> *b.as_date();
  default: return std::nullopt;
  }
}

} // namespace banli
