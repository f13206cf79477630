// program.hpp — an expression, checked and ready to be evaluated.
//
//   compiled c = compile("case.elapsed_workdays > case.promised_days * 0.8 && case.status !=
//   'concluded'", env); c.problems;                        // empty; else every error with line and
//   column c.program->reads();                // {"case.elapsed_workdays", "case.promised_days",
//   "case.status"} outcome o = c.program->evaluate(facts); o.truth();                         //
//   true, false, or none: no verdict o.holds_until;                     // 2025-10-31 00:00: the
//   earliest instant it could change by time
//
// Three kinds of answer. A value; an *error* of the expression (1 / 0, an index beyond the list);
// or *unknown*, because a field is missing: then `missing` names the fields. Missing behaves like
// CEL's errors: `false && missing` is false, `true || missing` is true, and unknown goes before
// error. So a rule says nothing false about a case whose data are incomplete, and the
// incompleteness itself can be reported.
//
// Expiry. holds_until is never later than the first instant at which the answer changes by time
// passing. For `a && b` with a false, a's expiry alone counts: whatever b does, the answer stays.
// It is exact for a comparison of a rising or falling clock, or of what follows from one by steps
// that each only rise or only fall, with something that is no clock; else it may be early. Such
// steps are sums and differences, products and quotients with a number, conversions, rounding,
// date(), workdays_between, add_workdays, due and due_at:
//
//   calendar.workdays_between(case.received, date(now)) > 16    // holds until a midnight, not 1 s
//
// Language: CEL without protocol buffer messages. Beyond CEL: identifiers in any script; labels
// (see environment.hpp); records and enumerations; numbers of different kinds may be compared with
// == and
// != too, and int or uint with double may be added, subtracted, multiplied and divided (the whole
// number becomes a double, which is exact up to 2^53).
//
// Libraries. Of CEL's extensions: strings (charAt … format), math, base64, cel.bind, cel.block, the
// macros of two variables (exists(i, v, …), transformList, transformMap, transformMapEntry),
// optionals (a.?b, a[?k], [?e], {?k: v}, orValue, optMap …) and networks (ip, cidr). For offices:
// date, time_limit, decimal, and of a calendar is_workday, workdays_between, add_workdays, due and
// due_at.
//
// Bounds. compile() refuses what exceeds expression_limits with errc::limit_exceeded, and with
// errc::cost_exceeded what could cost too much: the bound is computed for values of assumed sizes
// before any is seen. evaluate() counts a cost (1 a node visited, and 1 for every 16 bytes or 1
// element touched beyond) and gives errc::cost_exceeded when the budget is spent; no || absorbs
// that.
//
// A program is immutable and may be used by many threads at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/expression/activation.hpp>
#include <banli/expression/environment.hpp>
#include <banli/expression/type.hpp>
#include <banli/expression/value.hpp>
#include <banli/time/civil.hpp>

namespace banli {

namespace detail::cel {
struct plan;
}

/// How large the values of fields are thought to be, at most: each list and map, and lists and maps
/// within them; each text.
struct assumed_sizes {
  std::size_t elements = 100;
  std::size_t text_bytes = 1'000;
};

/// What compile() accepts.
struct expression_limits {
  std::size_t source_bytes = 10'000;
  std::size_t depth = 100;                ///< of brackets, operators and calls within each other
  std::size_t nodes = 2'000;              ///< of the syntax tree
  std::size_t list_size = 1'000;          ///< elements of one list or map literal
  std::size_t problem_count = 100;        ///< further problems are not reported
  std::uint64_t worst_cost = 100'000'000; ///< of an evaluation over values of the assumed sizes
  assumed_sizes sizes{};
};

/// What evaluate() spends.
struct evaluation_limits {
  std::uint64_t cost = 100'000;
  std::size_t result_size = 1'000'000; ///< elements of a list or bytes of a string that it makes
};

/// Whether types are checked when the expression is compiled. `none` leaves every mistake to the
/// evaluation; it exists for CEL's own conformance suite.
enum class type_checking : std::uint8_t { full, none };

struct compile_options {
  place base;                   ///< where the first character stands in the user's file
  int continuation_column = 1;  ///< the column at which every further line starts
  std::optional<type> expected; ///< what the expression must give, such as type_kind::boolean
  expression_limits limits;
  type_checking check = type_checking::full;
};

/// What an evaluation gives.
struct outcome {
  enum class state : std::uint8_t { value, error, unknown };

  state is = state::value;
  banli::value value;                 ///< when `is` says value
  banli::error error;                 ///< when `is` says error; `where` is the sub-expression
  std::vector<std::string> missing;   ///< when `is` says unknown: canonical paths, sorted
  std::optional<instant> holds_until; ///< earliest instant at which any of this could change
  clock_course course =
      clock_course::irregular; ///< how the value moves, where it follows one clock

  /// true or false; none when there is no value or it is no bool.
  std::optional<bool> truth() const { return is == state::value ? value.as_bool() : std::nullopt; }
};

/// One sub-expression as it was evaluated.
struct trace {
  std::string source; ///< its text, as the author wrote it
  std::string reads;  ///< the field's path; of a loop variable or its member the text; else empty
  outcome::state is = outcome::state::value;
  banli::value value;       ///< when `is` says value
  std::vector<trace> parts; ///< what it was computed from, in order; not what was skipped
  std::vector<std::size_t> decided_by; ///< those of the parts that made it what it is
};

/// One fact that decided: "case.elapsed_workdays = 19".
struct fact {
  std::string name;                  ///< canonical path, or the text of a loop variable's member
  std::optional<banli::value> value; ///< none: missing
  std::string label;                 ///< the path in labels: 办件.已用工作日
};

std::string to_text(const fact& f);

/// An evaluation replayed with everything written down. (An explanation is of a deadline.)
struct reasoning {
  banli::outcome outcome;
  trace root;
  /// The leaves that decided, each once, in the order of the text.
  std::vector<fact> facts;
  /// The fewest conditions that would have to turn, all of them, for a bool to be the other one;
  /// of a field that the activation computed, the conditions behind it.
  std::vector<condition_turn> nearest;
};

/// What it came to, by which facts, and what would have to turn, in a sentence or two.
text describe(const reasoning& r);

class program {
 public:
  const std::string& source() const;
  /// The type of its value.
  const type& gives() const;
  /// Canonical paths of every field it may read, sorted.
  const std::vector<std::string>& reads() const;

  /// What an evaluation costs at most while values keep to compile_options::limits.sizes. A budget
  /// of so much is never spent.
  std::uint64_t worst_cost() const;

  outcome evaluate(const activation& from, const evaluation_limits& limits = {}) const;
  /// evaluate(…).truth(), and nothing but it. With an activation that gives its table() most
  /// programs take a short way that copies and allocates nothing.
  std::optional<bool> holds(const activation& from, const evaluation_limits& limits = {}) const;
  /// Of a value whose course rises or falls: the first instant at which it is at least (at most) a
  /// threshold of its kind, or has none any more; none: never. So the value of a program may be a
  /// clock of another.
  std::optional<instant> reaches(const activation& from, const banli::value& threshold,
                                 const evaluation_limits& limits = {}) const;
  reasoning explain(const activation& from, const evaluation_limits& limits = {}) const;

 private:
  friend struct detail::cel::plan;
  explicit program(std::shared_ptr<const detail::cel::plan> plan) : plan_(std::move(plan)) {}
  std::shared_ptr<const detail::cel::plan> plan_;
};

/// A program, or everything that is wrong with the text. There is a program exactly when there are
/// no problems.
struct compiled {
  std::optional<banli::program> program;
  banli::problems problems;
};

/// Parses, checks and plans. Errors: syntax_error, bad_utf8, limit_exceeded, unknown_identifier,
/// unknown_field, unknown_value, no_such_overload, type_mismatch, bad_value, cost_exceeded.
compiled compile(std::string_view source, const environment& env, const compile_options& how = {});

/// The line of the source an error speaks of, and below it a caret: two lines, each ended by a
/// newline. Empty when the error's place is not in the source. Characters of double width get a
/// caret line of double width.
std::string caret_lines(std::string_view source, const error& e, const compile_options& how = {});

} // namespace banli
