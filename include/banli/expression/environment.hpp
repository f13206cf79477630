// environment.hpp — the words an expression may use.
//
// An environment declares variables with their types. It is built once by whoever knows the facts
// (the engine: what is known of a case and of a step) and handed to compile().
//
//   environment env;
//   env.declare("case", type::record("case", {{"elapsed_workdays", type_kind::integer},
//                                             {"promised_days", type_kind::integer},
//                                             {"status", type::enumeration("status", {"open",
//                                             "concluded"})}}));
//   env.alias({.label = "办件", .name = "case"});
//   env.alias({.label = "已用工作日", .name = "elapsed_workdays"});
//   // now 办件.已用工作日 > 18 reads case.elapsed_workdays
//
// Fields. What can be read is a *field*: a variable that is no record, or a field of a record
// variable that is itself no record ("case.status", "case.applicant.kind"). Each has a canonical
// path and a slot, a small number in order of declaration, by which an activation is asked for it.
// Slots never change when more is declared, so an environment may be copied and extended (a rule
// adds its parameters) and activations written for the old one still fit.
//
// A record variable is a bundle of fields and no value: `case == case` is refused. Records inside
// lists are values (fees.all(f, f.amount <= f.standard)); the host gives them as maps with the
// field names as keys.
//
// Labels are one flat table: a label stands for one name wherever it occurs, and a name that is
// declared goes before a label of the same spelling.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/expression/time_zone.hpp>
#include <banli/expression/type.hpp>
#include <banli/expression/value.hpp>

namespace banli {

/// One thing that can be read.
struct declared_field {
  std::string path; ///< canonical: "case.elapsed_workdays"
  type of;
};

/// Another word for a name, usually in Chinese.
struct name_alias {
  std::string label; ///< as written in expressions: "办件"
  std::string name;  ///< as declared: "case"
};

/// A function of the host's: distance(a, b), or a.distance(b) as a method, or geo.distance(a, b).
/// It must give the same for the same operands, whenever it is called: what changes by time is a
/// field. It is called from whatever thread evaluates.
struct host_function {
  std::string name;
  bool method = false;
  std::vector<type> takes; ///< a method's operand first
  type gives;
  std::function<result<value>(std::span<const value> operands)> does;
};

class environment {
 public:
  /// Declares a variable. The name may have dots ("a.b"), as CEL allows. Declaring a name again
  /// replaces its type and keeps the slots of the paths that stay.
  environment& declare(std::string name, type of);

  /// Several of one name are overloads. A function of the language goes before the host's.
  environment& declare(host_function f);

  environment& alias(name_alias what);

  /// The namespace in which names are looked up first, innermost first: in "com.example", y is
  /// com.example.y, com.y, y; a leading dot (.y) skips it. Seldom needed.
  environment& container(std::string name);

  /// Where t.getHours('Asia/Shanghai') finds its zone. Without one only offsets are known.
  environment& time_zones(zone_finder zones);
  const zone_finder& time_zones() const { return zones_; }

  /// The type of a variable by its declared name; null when there is none.
  const type* variable(std::string_view name) const;
  const std::map<std::string, type, std::less<>>& variables() const { return variables_; }

  /// The host's functions of a name.
  std::vector<std::shared_ptr<const host_function>> functions(std::string_view name,
                                                              bool method) const;

  /// All fields; the index is the slot.
  std::span<const declared_field> fields() const { return fields_; }
  std::optional<std::uint32_t> slot(std::string_view path) const;

  /// The name a label stands for; the label itself when it is none.
  std::string_view name_of(std::string_view label) const;
  /// The first label given to a name; the name itself when it has none.
  std::string_view label_of(std::string_view name) const;
  /// A path in labels: "办件.已用工作日" for "case.elapsed_workdays".
  std::string labelled(std::string_view path) const;
  /// The way back: "case.elapsed_workdays" for "办件.已用工作日", or for a mixture of both.
  std::string canonical(std::string_view path) const;
  std::string_view container() const { return container_; }

 private:
  void add_fields(const std::string& path, const type& of);

  std::map<std::string, type, std::less<>> variables_;
  std::vector<std::shared_ptr<const host_function>> functions_;
  std::vector<declared_field> fields_;
  std::map<std::string, std::uint32_t, std::less<>> slots_;
  std::map<std::string, std::string, std::less<>> names_;  // by label
  std::map<std::string, std::string, std::less<>> labels_; // by name
  std::string container_;
  zone_finder zones_;
};

} // namespace banli
