// decision_table.hpp — a decision table (决策表) as its author writes it: data, and nothing that
// runs.
//
// A table decides by looking its inputs up in rows. Each row, a *rule* of the table, has a cell for
// every input and an output for every output column; it hits when all its cells hold.
//
//   inputs         amount (double)   kind ("XK", "CF")     output  post
//   1              < 1000            -                             "clerk"
//   2              [1000..5000)      "XK", "CF"                    "head"
//   3              >= 5000           -                             "chief"
//
// Cells are unary tests in the spirit of DMN (Decision Model and Notation 1.4, chapter 9), their
// values and expressions CEL:
//
//   -                        anything
//   20      "XK", "CF"       one of the values; `["XK", "CF"]` says the same
//   < 20    >= 5    != "XK"  a comparison
//   [5..10) (0..1]           an interval: a square bracket takes its end in, a round one does not
//   < 5, > 100               one of several tests
//   not(5, [7..9])           none of several tests
//   _ % 2 == 0               any CEL expression that gives a bool; the input is `_`, the others
//                            are there by their names. One that gives no bool is compared with `_`.
//
// Where an input lists the text it may have, a cell may give one of them without quotes.
//
// What happens when several rules hit is the *hit policy*, by DMN's letters:
//
//   U unique         no two rules may hit together
//   A any            several may hit if they say the same
//   P priority       the output that stands first among the `values` of its column counts
//   F first          the first rule counts
//   R rule order     all that hit, in the order of the table
//   O output order   all that hit, in the order of the `values` of the outputs
//   C collect        all that hit; C+ their sum, C< the least, C> the greatest, C# how many
//
// Nothing here is judged before compile_table() (compiled_table.hpp) has read it: it finds rules
// that overlap, inputs that no rule answers, and rules that can never hit, each with an example.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/expression/type.hpp>

namespace banli {

enum class hit_policy : std::uint8_t {
  unique,
  any,
  priority,
  first,
  rule_order,
  output_order,
  collect,
  collect_sum,
  collect_least,
  collect_greatest,
  collect_count,
};

/// "U" … "C#", as documents write it.
std::string_view to_string(hit_policy p);
/// "unique" …, which documents may write, too.
std::string_view label(hit_policy p);
std::optional<hit_policy> parse_hit_policy(std::string_view word);

/// Whether a policy gives all rules that hit, and not one.
constexpr bool gives_many(hit_policy p) {
  return p >= hit_policy::rule_order && p <= hit_policy::collect;
}
constexpr bool gathers(hit_policy p) { return p >= hit_policy::collect_sum; }

/// What a column holds.
enum class column_type : std::uint8_t {
  declared, ///< what the host declares (inputs), or what its expressions give
  boolean,
  integer,
  uinteger,
  real,
  string,
  timestamp,
  duration,
};

/// "declared", and else CEL's name: "bool", "int" …
std::string_view to_string(column_type t);
std::optional<column_type> parse_column_type(std::string_view word);
/// The type itself; dyn for `declared`.
type_kind kind_of(column_type t);

/// Whether inputs that no rule answers are a fault.
enum class table_gaps : std::uint8_t {
  refused, ///< where the policy gives one answer and an output has no default
  allowed,
};

std::string_view to_string(table_gaps g);

/// A text of the table and where it stands. The place is no part of what it says.
struct table_cell {
  std::string source;
  place where{};

  friend bool operator==(const table_cell& a, const table_cell& b) { return a.source == b.source; }
};

struct table_input {
  std::string name; ///< what is read: a field of the host such as "case.kind", or a name of its own
  text label;
  column_type type = column_type::declared;
  table_cell expression; ///< CEL that gives the input; without one its name is read
  table_cell values;     ///< unary tests: the values it may have; any other is an error
  place where{};         ///< of its name

  friend bool operator==(const table_input& a, const table_input& b) {
    return a.name == b.name && a.label == b.label && a.type == b.type &&
           a.expression == b.expression && a.values == b.values;
  }
};

struct table_output {
  std::string name;
  text label;
  column_type type = column_type::declared;
  table_cell values;        ///< what it may be, the most important first
  table_cell default_value; ///< CEL: what it is when no rule hits
  place where{};            ///< of its name

  friend bool operator==(const table_output& a, const table_output& b) {
    return a.name == b.name && a.label == b.label && a.type == b.type && a.values == b.values &&
           a.default_value == b.default_value;
  }
};

/// One rule of a table.
struct table_rule {
  std::vector<table_cell> when; ///< a unary test for each input; empty means anything
  std::vector<table_cell> then; ///< CEL for each output
  std::string note;
  place where{};

  friend bool operator==(const table_rule& a, const table_rule& b) {
    return a.when == b.when && a.then == b.then && a.note == b.note;
  }
};

struct decision_table {
  table_id id;
  text name;
  std::string basis; ///< legal basis: statute and article, as text
  hit_policy policy = hit_policy::unique;
  table_gaps gaps = table_gaps::refused;
  std::vector<table_input> inputs;
  std::vector<table_output> outputs;
  std::vector<table_rule> rules;
  place where{};

  friend bool operator==(const decision_table& a, const decision_table& b) {
    return a.id == b.id && a.name == b.name && a.basis == b.basis && a.policy == b.policy &&
           a.gaps == b.gaps && a.inputs == b.inputs && a.outputs == b.outputs && a.rules == b.rules;
  }
};

} // namespace banli
