// type.hpp — what kind of value an expression has.
//
// Rules are typed when they are loaded, so that a rule that compares a number with a word is an
// error on the author's screen and not a rule that silently never fires. The types are those of CEL
// (Common Expression Language), and two that its authors left to protocol buffers:
//
//   record        named, typed fields: case.elapsed_workdays
//   enumeration   text with a closed list of values: comparing case.status with "concluded " is an
//                 error that says: did you mean "concluded"?
//
//   type fee = type::record("fee", {{"amount", type_kind::real}, {"standard", type_kind::real}});
//   type status = type::enumeration("status", {"open", "suspended", "concluded"});
//   to_string(type::list_of(fee));     // "list(fee)"
//
// The hard case is dyn, the type of what is only known while evaluating (an element of [1, "a"]).
// Whatever is dyn is checked at that time, and a mismatch is an error value, never a guess.
//
// Beyond CEL's own, for the offices: date (a civil day), calendar and time_limit (opaque: functions
// take them), decimal (money, exact). Of its libraries: optional, and net.IP and net.CIDR.
//
// A type is a small immutable value; copies share what is behind them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace banli {

enum class type_kind : std::uint8_t {
  dyn,         ///< known only while evaluating
  null,        ///< null
  boolean,     ///< bool
  integer,     ///< int: 64 bits, signed
  uinteger,    ///< uint: 64 bits, unsigned, written 5u
  real,        ///< double
  string,      ///< string: UTF-8, its size counts code points
  bytes,       ///< bytes
  timestamp,   ///< a civil instant with nanoseconds
  duration,    ///< a span of time in nanoseconds
  list,        ///< list(T)
  map,         ///< map(K, V); keys are bool, int, uint or string
  type,        ///< the type of a type
  record,      ///< named, typed fields
  enumeration, ///< a string out of a closed list
  optional,    ///< optional_type(T): a value or none
  address,     ///< net.IP
  network,     ///< net.CIDR
  date,        ///< a civil day
  calendar,    ///< which days an office works
  time_limit,  ///< "20 working days"
  decimal,     ///< an exact decimal number: money
  unresolved,  ///< the element of []: joins with anything; never the type of a finished expression
};

struct type_field;

class type {
 public:
  /// dyn.
  type() noexcept = default;
  /// A type that its kind says in full: dyn up to duration, and type. Any other kind gives a list
  /// of dyn, a map of dyn, an optional of dyn, a record without fields, an enumeration without
  /// values.
  type(type_kind kind) noexcept : kind_(kind) {} // NOLINT: meant to convert

  static type list_of(type element);
  static type map_of(type key, type mapped);
  static type optional_of(type held);
  static type record(std::string name, std::vector<type_field> fields);
  static type enumeration(std::string name, std::vector<std::string> values);

  type_kind kind() const noexcept { return kind_; }
  bool is(type_kind kind) const noexcept { return kind_ == kind; }

  /// Of a list its element, of a map its key, of an optional what it holds; dyn for any other.
  type element() const;
  type key() const { return element(); }
  /// Of a map what it maps to; dyn for any other.
  type mapped() const;
  /// Of a record or an enumeration.
  const std::string& name() const;
  const std::vector<type_field>& fields() const;
  const std::vector<std::string>& values() const;
  /// The field of a record; null when it has none of that name.
  const type_field* field(std::string_view name) const;

  /// Records and enumerations are the same when their names are.
  friend bool operator==(const type& a, const type& b);

 private:
  struct parts;
  type_kind kind_ = type_kind::dyn;
  std::shared_ptr<const parts> parts_;
};

/// One field of a record.
struct type_field {
  std::string name;
  type of;
};

/// As CEL writes it: "int", "list(string)", "map(string, dyn)"; records and enumerations by name.
std::string to_string(const type& t);

} // namespace banli
