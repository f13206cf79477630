// value.hpp — a value that an expression reads or gives.
//
//   value n = 19;                      // int
//   value s = "open";                  // string
//   value l = value::list({1, 2, 3});
//   n.as_int();                        // 19, an optional
//   n.as_string();                     // nullptr: asking for the wrong kind is no accident
//   n == value(19.0);                  // true: numbers compare by what they are worth
//   to_text(l);                        // "[1, 2, 3]"
//
// Equality and order are CEL's. Numbers of different kinds compare exactly (9007199254740993 is not
// equal to 9007199254740992.0); values of unrelated kinds are unequal, and have no order: compare()
// gives nothing. (One point is the suite's own: the doubles 2^63 and 2^64 count as the largest int
// and uint.)
//
// Time: a timestamp is a civil instant and a fraction of a second. CEL thinks of UTC; banli thinks
// of the clock on the office wall and passes it through unchanged. A duration is a number of
// nanoseconds, which reaches 292 years; beyond that is a range error, as in CEL's reference.
//
// A value is immutable; copies share strings, lists and maps.
#pragma once

#include <chrono>
#include <compare>
#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <banli/deadline/time_limit.hpp>
#include <banli/expression/decimal.hpp>
#include <banli/expression/network.hpp>
#include <banli/expression/text_head.hpp>
#include <banli/expression/type.hpp>
#include <banli/time/civil.hpp>

namespace banli {

class workday_calendar;

/// A civil instant, exact to the nanosecond. fraction is 0 up to, not including, one second.
struct timestamp {
  instant second{};
  std::chrono::nanoseconds fraction{0};

  friend bool operator==(const timestamp&, const timestamp&) = default;
  friend auto operator<=>(const timestamp&, const timestamp&) = default;
};

class value {
 public:
  using elements = std::vector<value>;
  using entries = std::vector<std::pair<value, value>>;

  value() noexcept = default; ///< null
  template <std::same_as<bool> T>
  value(T b) noexcept : v_(b) {}
  template <std::signed_integral T>
    requires(!std::same_as<T, char>)
  value(T n) noexcept : v_(static_cast<std::int64_t>(n)) {}
  template <std::unsigned_integral T>
    requires(!std::same_as<T, bool> && !std::same_as<T, char>)
  value(T n) noexcept : v_(static_cast<std::uint64_t>(n)) {}
  value(double d) noexcept : v_(d) {}
  value(std::string s);
  value(std::string_view s) : value(std::string(s)) {}
  value(const char* s) : value(std::string(s)) {}
  value(timestamp t) noexcept : v_(t) {}
  value(instant t) noexcept : v_(timestamp{t, {}}) {}
  value(std::chrono::nanoseconds d) noexcept : v_(d) {}
  value(day d) noexcept : v_(d) {}
  value(decimal d) noexcept : v_(d) {}
  value(time_limit t) noexcept : v_(t) {}
  value(const ip_address& a);
  value(const ip_network& n);
  /// Not null. Calendars are equal when they are the same object.
  value(std::shared_ptr<const workday_calendar> c) noexcept : v_(std::move(c)) {}

  static value bytes(std::string octets);
  static value list(elements of);
  /// Keys must be bool, int, uint or string and differ from each other; of equal keys the first
  /// counts. The order of the entries is kept.
  static value map(entries of);
  /// A type as a value; runtime types are known by name: "int", "list",
  /// "google.protobuf.Timestamp".
  static value type_named(std::string name);

  static value optional_of(value held);
  static value optional_none();

  type_kind kind() const noexcept;
  bool is_null() const noexcept { return kind() == type_kind::null; }

  /// Where the value lies that is held as a T: bool, std::int64_t, std::uint64_t, double,
  /// timestamp, std::chrono::nanoseconds, day, decimal or time_limit. Null when it is of another
  /// kind; valid as long as the value.
  template <class T>
  const T* as() const noexcept {
    return std::get_if<T>(&v_);
  }
  std::optional<bool> as_bool() const noexcept { return copy_if<bool>(); }
  std::optional<std::int64_t> as_int() const noexcept { return copy_if<std::int64_t>(); }
  std::optional<std::uint64_t> as_uint() const noexcept { return copy_if<std::uint64_t>(); }
  std::optional<double> as_double() const noexcept { return copy_if<double>(); }
  std::optional<timestamp> as_timestamp() const noexcept { return copy_if<timestamp>(); }
  std::optional<std::chrono::nanoseconds> as_duration() const noexcept {
    return copy_if<std::chrono::nanoseconds>();
  }
  /// Null when the value is of another kind; valid as long as the value.
  const std::string* as_string() const noexcept {
    const auto* b = std::get_if<boxed<role::string>>(&v_);
    return b ? b->at.get() : nullptr;
  }
  const std::string* as_bytes() const noexcept;
  const std::string* as_type_name() const noexcept;
  const elements* as_list() const noexcept {
    const auto* b = std::get_if<std::shared_ptr<const elements>>(&v_);
    return b ? b->get() : nullptr;
  }
  const entries* as_map() const noexcept {
    const auto* b = std::get_if<std::shared_ptr<const map_box>>(&v_);
    return b ? &(*b)->given : nullptr;
  }
  const ip_address* as_address() const noexcept;
  const ip_network* as_network() const noexcept;
  std::optional<day> as_date() const noexcept;
  std::optional<decimal> as_decimal() const noexcept;
  std::optional<time_limit> as_time_limit() const noexcept;
  const workday_calendar* as_calendar() const noexcept;
  /// What an optional holds; null when it holds nothing, or this is no optional.
  const value* held() const noexcept;

  /// What a map holds for a key (numbers match by worth); null when it has no such key or is no
  /// map.
  const value* find(const value& key) const noexcept;
  const value* find(std::string_view key) const noexcept;
  /// The same for a text that is all in its head, where that is the key of this rank in the order
  /// of the keys, texts first; null where it is not.
  const value* find_at(std::size_t rank, const text_head& whole) const noexcept {
    const auto* b = std::get_if<std::shared_ptr<const map_box>>(&v_);
    if (!b || rank >= (*b)->sorted.size()) return nullptr;
    const map_key& k = (*b)->sorted[rank];
    return k.head == whole ? &k.of->second : nullptr;
  }

  friend bool operator==(const value& a, const value& b) noexcept;

 private:
  enum class role : std::uint8_t { string, bytes, type_name };
  template <role>
  struct boxed {
    std::shared_ptr<const std::string> at;
  };
  /// Of an entry how its key begins, and where it is.
  struct map_key {
    text_head head;
    const entries::value_type* of;
  };
  /// The entries as given, and beside them their order by key, so that a large map is searched and
  /// not walked.
  struct map_box {
    entries given;
    std::vector<map_key> sorted;
  };
  struct optional_box {
    std::shared_ptr<const value> at; // null: none
  };
  template <class T>
  std::optional<T> copy_if() const noexcept {
    if (const T* p = as<T>()) return *p;
    return std::nullopt;
  }

  std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, boxed<role::string>,
               boxed<role::bytes>, boxed<role::type_name>, timestamp, std::chrono::nanoseconds,
               std::shared_ptr<const elements>, std::shared_ptr<const map_box>, optional_box,
               std::shared_ptr<const ip_address>, std::shared_ptr<const ip_network>, day, decimal,
               time_limit, std::shared_ptr<const workday_calendar>>
      v_;
};

/// The order of two values: numbers with numbers (decimals among them), and bool, string, bytes,
/// timestamp, duration and date with their own kind. Nothing when CEL defines no order; unordered
/// when one is NaN.
std::optional<std::partial_ordering> compare(const value& a, const value& b) noexcept;

/// The value as CEL source would write it: 19, 5u, 1.5, "open", [1, 2], {"a": true},
/// timestamp("2025-10-11T16:30:00Z"), duration("60s").
std::string to_text(const value& v);

/// The name of the value's runtime type, as type(v) gives it.
std::string runtime_type_name(const value& v);

} // namespace banli
