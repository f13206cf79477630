// result.hpp — how banli says that something went wrong.
//
// The library never prints, aborts or exits. A function that can fail returns result<T>: the value,
// or one error. A function that judges a whole document returns `problems`: every error it found,
// in the order of the text, so that an author mends a file once and not eleven times.
//
//   result<day> d = parse_day("2025-02-30");
//   d.has_value();                          // false
//   to_string(d.error(), language::en);     // "error[bad-date]: 2025-02-30 is no day of the
//   calendar"
//
// An error has three parts: a code that programs test for and documentation lists, a message in
// English and in Chinese, and the place in the user's text that caused it (empty where there is
// none). Codes are stable: they are never reused and never change their meaning.
//
// Those who prefer exceptions call d.value(), which throws banli::failure.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/system/result.hpp>
#include <fmt/format.h>

namespace banli {

/// What went wrong. The text form (to_string) is what messages and documentation show.
enum class errc : std::uint16_t {
  // files and text
  file_not_found,
  file_unreadable,
  bad_utf8,
  bad_yaml,
  limit_exceeded,
  missing_field,
  unknown_field,
  duplicate_key,
  wrong_type,
  bad_value,
  unknown_value,
  duplicate_id,
  unknown_reference,
  // time and calendars
  bad_date,
  out_of_range,
  bad_calendar,
  bad_hours,
  // deadlines
  bad_limit,
  bad_exclusion,
  extension_refused,
  bad_duty,
  // items
  bad_item_code,
  missing_basis,
  basis_order,
  missing_entruster,
  promise_above_statute,
  missing_superior,
  missing_co_handlers,
  unnamed_certificate,
  missing_catalogue,
  bad_benchmark,
  outside_benchmark,
  bad_code_scheme,
  code_exhausted,
  duplicate_code,
  missing_entry,
  extra_entry,
  not_the_same,
  // the item library
  no_transition,
  not_permitted,
  incomplete_item,
  missing_code,
  condition_not_met,
  repealed_law,
  bundle_damaged,
  bundle_newer,
  // flowcharts
  no_start,
  no_end,
  unreachable_node,
  dangling_arrow,
  bad_arrow,
  missing_default,
  missing_post,
  missing_duty,
  missing_limit,
  cannot_finish,
  improper_finish,
  dead_step,
  unsafe_place,
  not_decided,
  vicious_circle,
  join_race,
  steps_above_promise,
  unwritten_field,
  read_too_early,
  // expressions and rules
  syntax_error,
  unknown_identifier,
  no_such_overload,
  type_mismatch,
  evaluation_error,
  cost_exceeded,
  rules_overlap,
  rules_gap,
  idle_rule,
  // cases
  unknown_item,
  unknown_step,
  unknown_command,
  not_accepted,
  already_accepted,
  case_closed,
  case_suspended,
  not_suspended,
  step_not_enabled,
  bad_outcome,
  bad_return,
  not_authorised,
  time_backwards,
  missing_reason,
  not_finished,
  vetoed,
  // logs
  truncated_file,
  missing_column,
  wrong_column_count,
  duplicate_line,
  bad_encoding,
  // BPMN
  bad_xml,
  not_run,
  // stores
  store_newer,
  store_locked,
  store_corrupt,
  store_failure,
  version_conflict,
  bad_key,
  bad_signature,
  definition_changed,
};

namespace detail {
inline constexpr auto errc_names = std::to_array<std::string_view>({"file-not-found",
                                                                    "file-unreadable",
                                                                    "bad-utf8",
                                                                    "bad-yaml",
                                                                    "limit-exceeded",
                                                                    "missing-field",
                                                                    "unknown-field",
                                                                    "duplicate-key",
                                                                    "wrong-type",
                                                                    "bad-value",
                                                                    "unknown-value",
                                                                    "duplicate-id",
                                                                    "unknown-reference",
                                                                    "bad-date",
                                                                    "out-of-range",
                                                                    "bad-calendar",
                                                                    "bad-hours",
                                                                    "bad-limit",
                                                                    "bad-exclusion",
                                                                    "extension-refused",
                                                                    "bad-duty",
                                                                    "bad-item-code",
                                                                    "missing-basis",
                                                                    "basis-order",
                                                                    "missing-entruster",
                                                                    "promise-above-statute",
                                                                    "missing-superior",
                                                                    "missing-co-handlers",
                                                                    "unnamed-certificate",
                                                                    "missing-catalogue",
                                                                    "bad-benchmark",
                                                                    "outside-benchmark",
                                                                    "bad-code-scheme",
                                                                    "code-exhausted",
                                                                    "duplicate-code",
                                                                    "missing-entry",
                                                                    "extra-entry",
                                                                    "not-the-same",
                                                                    "no-transition",
                                                                    "not-permitted",
                                                                    "incomplete-item",
                                                                    "missing-code",
                                                                    "condition-not-met",
                                                                    "repealed-law",
                                                                    "bundle-damaged",
                                                                    "bundle-newer",
                                                                    "no-start",
                                                                    "no-end",
                                                                    "unreachable-node",
                                                                    "dangling-arrow",
                                                                    "bad-arrow",
                                                                    "missing-default",
                                                                    "missing-post",
                                                                    "missing-duty",
                                                                    "missing-limit",
                                                                    "cannot-finish",
                                                                    "improper-finish",
                                                                    "dead-step",
                                                                    "unsafe-place",
                                                                    "not-decided",
                                                                    "vicious-circle",
                                                                    "join-race",
                                                                    "steps-above-promise",
                                                                    "unwritten-field",
                                                                    "read-too-early",
                                                                    "syntax-error",
                                                                    "unknown-identifier",
                                                                    "no-such-overload",
                                                                    "type-mismatch",
                                                                    "evaluation-error",
                                                                    "cost-exceeded",
                                                                    "rules-overlap",
                                                                    "rules-gap",
                                                                    "idle-rule",
                                                                    "unknown-item",
                                                                    "unknown-step",
                                                                    "unknown-command",
                                                                    "not-accepted",
                                                                    "already-accepted",
                                                                    "case-closed",
                                                                    "case-suspended",
                                                                    "not-suspended",
                                                                    "step-not-enabled",
                                                                    "bad-outcome",
                                                                    "bad-return",
                                                                    "not-authorised",
                                                                    "time-backwards",
                                                                    "missing-reason",
                                                                    "not-finished",
                                                                    "vetoed",
                                                                    "truncated-file",
                                                                    "missing-column",
                                                                    "wrong-column-count",
                                                                    "duplicate-line",
                                                                    "bad-encoding",
                                                                    "bad-xml",
                                                                    "not-run",
                                                                    "store-newer",
                                                                    "store-locked",
                                                                    "store-corrupt",
                                                                    "store-failure",
                                                                    "version-conflict",
                                                                    "bad-key",
                                                                    "bad-signature",
                                                                    "definition-changed"});
static_assert(errc_names.size() == static_cast<std::size_t>(errc::definition_changed) + 1);
} // namespace detail

/// The stable name of a code, for example "bad-date".
constexpr std::string_view to_string(errc code) {
  return detail::errc_names[static_cast<std::size_t>(code)];
}

/// The languages messages are written in.
enum class language : std::uint8_t { en, zh };

/// The same sentence in both languages.
struct text {
  std::string en;
  std::string zh;

  const std::string& in(language l) const { return l == language::zh ? zh : en; }
  friend bool operator==(const text&, const text&) = default;
};

/// A place in a user's text. line and column start at 1; 0 means "not known".
/// column counts code points, not bytes, so that an editor lands on the right character.
struct place {
  std::string file;
  int line = 0;
  int column = 0;

  friend bool operator==(const place&, const place&) = default;
  friend auto operator<=>(const place&, const place&) = default;
};

/// One thing that is wrong: the code, the sentence, the place.
struct error {
  errc code{};
  text message;
  place where;

  friend bool operator==(const error&, const error&) = default;
};

/// Everything that is wrong with a document; empty means it is good.
using problems = std::vector<error>;

/// Where a part of a document stands in the user's text, asked by the path of the part in JSON
/// Pointer form: "/steps/2/limit". Checks take one, so that definitions need not carry places; an
/// unknown path yields the nearest enclosing part that is known.
using locator = std::function<place(std::string_view path)>;

/// The locator of a definition that was built in code: it has no text.
inline place nowhere(std::string_view /*path*/) { return {}; }

/// Makes an error from one English and one Chinese format with the same arguments. The Chinese one
/// may use them in another order: {1} before {0}. Both are checked when they are compiled.
///
///   make_error(errc::unknown_step, "no step '{}'", "没有环节“{}”", name)
template <class... Args>
error make_error(errc code, fmt::format_string<Args...> en, fmt::format_string<Args...> zh,
                 Args&&... args) {
  return {code,
          {fmt::vformat(fmt::string_view{en}, fmt::make_format_args(args...)),
           fmt::vformat(fmt::string_view{zh}, fmt::make_format_args(args...))},
          {}};
}

/// The same error, said of a place.
inline error at(error e, place where) {
  e.where = std::move(where);
  return e;
}

/// "file:line:column: error[code]: message", leaving out what is not known.
inline std::string to_string(const error& e, language l) {
  std::string out;
  if (!e.where.file.empty()) out = e.where.file + ':';
  if (e.where.line > 0) out += fmt::format("{}:", e.where.line);
  if (e.where.line > 0 && e.where.column > 0) out += fmt::format("{}:", e.where.column);
  if (!out.empty()) out += ' ';
  return out + fmt::format("error[{}]: {}", to_string(e.code), e.message.in(l));
}

/// Thrown by result<T>::value() when there is no value; carries the error.
class failure : public std::runtime_error {
 public:
  explicit failure(error e) : std::runtime_error(to_string(e, language::en)), why_(std::move(e)) {}
  const error& why() const noexcept { return why_; }

 private:
  error why_;
};

/// Found by Boost.System when value() is asked of an error.
[[noreturn]] inline void throw_exception_from_error(const error& e, const boost::source_location&) {
  throw failure(e);
}

/// A value or the one reason why there is none.
template <class T>
using result = boost::system::result<T, error>;

} // namespace banli
