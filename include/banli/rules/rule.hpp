// rule.hpp — a supervision rule (监察规则) as its author writes it: data, and nothing that runs.
//
// A rule says when a case deserves somebody's attention, how loudly, and by which law:
//
//   rule r;
//   r.id = rule_id{"T-80"};
//   r.name = {"Four fifths of the promised limit used", "承诺时限已用八成"};
//   r.dimension = dimension::timeliness;
//   r.level = level::warning;
//   r.condition = "case.elapsed_workdays > case.promised_days * params.share";
//   r.parameters = {{"share", 0.8, {"share of the limit", "已用比例"}}};
//   r.message = {"{case.elapsed_workdays} of {case.promised_days} days used",
//                "已用 {case.elapsed_workdays} 个工作日,承诺 {case.promised_days} 个"};
//
// The condition is CEL (see expression/program.hpp) and must give a bool; true means the rule
// fires. Parameters are read as params.<name>; a supervisor changes them without touching the
// condition. The message is text with expressions in braces; {{ and }} stand for the braces
// themselves.
//
// A rule may have more to say than yes or no. Its *variables* are expressions with names, read as
// variables.<name>; one may use those above it, and none is computed before it is needed. Its
// *match* is a list: the first entry whose condition is true decides, with its output and its
// explanation, both CEL. This is the shape of CEL policies; `condition` is short for a match of one
// entry that gives true. An entry without a condition always matches. A match that gives false does
// not fire.
//
//   r.variables = {{"used", "case.elapsed_workdays * 1.0 / case.promised_days"}};
//   r.match = {{"variables.used > 1.0", "'overdue'", "'已超期'"},
//              {"variables.used > 0.8", "'late'", "'已用 ' + string(variables.used)"}};
//
// An entry may go on with a *rule within the rule* in place of an output: variables and a match of
// its own, asked where the entry's condition holds. What nothing in it matches ends there without
// an output, as if nothing had matched; only an entry without a condition hands on to the entries
// below it. It sees the variables around it, and hides those of the names it gives itself.
//
// Nothing here is judged before compile_rules() (rule_set.hpp) has read it: a rule with a slip in
// its condition is refused when it is loaded, not silently never true.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/expression/value.hpp>
#include <banli/time/civil.hpp>

namespace banli {

/// What a rule watches over.
enum class dimension : std::uint8_t {
  timeliness, ///< 时效
  flow,       ///< 流程
  content,    ///< 内容
  charges,    ///< 收费与裁量
  integrity,  ///< 廉政
};

/// How loud a hit is; they order: reminder < warning < alarm.
enum class level : std::uint8_t {
  reminder, ///< 提醒
  warning,  ///< 预警 (黄牌)
  alarm,    ///< 报警 (红牌)
};

/// Whether a hit is a fault or merely looks like one.
enum class certainty : std::uint8_t {
  abnormal,  ///< 异常
  suspected, ///< 疑似异常
};

/// What a rule is judged for: the case as a whole, or every step of it that has begun.
enum class rule_scope : std::uint8_t { each_case, each_step };

/// Whether a rule is tried or in earnest (试运行, 正式运行). A hit of a trial is marked, and costs
/// nobody points.
enum class rule_stage : std::uint8_t { formal, trial };

/// The stable word in documents, such as "timeliness", "warning", "each-case".
std::string_view to_string(dimension d);
std::string_view to_string(level l);
std::string_view to_string(certainty c);
std::string_view to_string(rule_scope s);
std::string_view to_string(rule_stage s);
/// The word for people: "时效", "预警" …
std::string_view to_string(dimension d, language in);
std::string_view to_string(level l, language in);
std::string_view to_string(certainty c, language in);

/// The way back from the stable word; none for any other text.
std::optional<dimension> parse_dimension(std::string_view word);
std::optional<level> parse_level(std::string_view word);
std::optional<certainty> parse_certainty(std::string_view word);
std::optional<rule_scope> parse_rule_scope(std::string_view word);

/// A number or word a supervisor may set; the value it has here is its default.
struct rule_parameter {
  std::string name; ///< read as params.<name>
  banli::value value;
  text meaning;
};

/// One field of a rule's own test.
struct rule_binding {
  std::string path; ///< canonical: "case.elapsed_workdays"
  banli::value value;
};

/// What judging a rule gives.
enum class verdict_kind : std::uint8_t {
  fires,       ///< the condition is true
  silent,      ///< the condition is false
  unjudgeable, ///< a field is missing, or the condition failed to evaluate
};

std::string_view to_string(verdict_kind k);
std::optional<verdict_kind> parse_verdict_kind(std::string_view word);

/// An example that the rule's author gives with it; fields not bound are missing.
struct rule_test {
  std::string name;
  std::vector<rule_binding> bindings;
  verdict_kind expected = verdict_kind::fires;
  place where{};
  std::optional<banli::value> output{}; ///< what it must give; none: whatever it is
};

/// CEL in a document, and where it stands.
struct rule_expression {
  std::string source;
  place where{};               ///< of its first character
  int continuation_column = 1; ///< the column at which its further lines start

  bool empty() const { return source.empty(); }
  /// Where it stands is no part of what it says.
  friend bool operator==(const rule_expression& a, const rule_expression& b) {
    return a.source == b.source;
  }
};

/// An expression with a name, read as variables.<name>.
struct rule_variable {
  std::string name;
  rule_expression expression;
};

struct rule_match;

/// A rule within a rule.
struct nested_rule {
  std::vector<rule_variable> variables;
  std::vector<rule_match> match;
};

/// One way a rule may go.
struct rule_match {
  rule_expression condition;         ///< gives bool; empty: always
  rule_expression output;            ///< empty: true
  rule_expression explanation;       ///< gives string; may be empty
  std::optional<nested_rule> rule{}; ///< in place of an output and an explanation
};

struct rule {
  rule_id id;
  text name;
  banli::dimension dimension = dimension::timeliness;
  banli::level level = level::reminder;
  banli::certainty certainty = certainty::abnormal;
  rule_scope scope = rule_scope::each_case;
  std::string basis; ///< legal basis: statute and article, as text
  std::vector<rule_variable> variables;
  std::vector<rule_match> match;         ///< either this, or a condition
  std::string condition;                 ///< CEL, gives bool
  place condition_where;                 ///< where its first character stands
  int condition_continuation_column = 1; ///< the column at which its further lines start
  std::vector<rule_parameter> parameters;
  text message; ///< template; either language may be empty
  place message_where;
  std::vector<rule_id> supersedes;    ///< a hit of this rule replaces open hits of those
  std::optional<day> effective_from;  ///< first day; none: always was
  std::optional<day> effective_until; ///< first day on which it is no more in force; none: open
  std::optional<day> trial_until;     ///< first day on which its hits count; none: they always do
  std::vector<rule_test> tests;
  place where; ///< of the rule as a whole
};

/// Whether what a rule says on a day is tried or in earnest.
inline rule_stage stage_of(const rule& r, day on) {
  return r.trial_until && on < *r.trial_until ? rule_stage::trial : rule_stage::formal;
}

/// Whether a rule is in force on a day.
inline bool in_force(const rule& r, day on) {
  return (!r.effective_from || *r.effective_from <= on) &&
         (!r.effective_until || on < *r.effective_until);
}

} // namespace banli
