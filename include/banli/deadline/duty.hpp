// duty.hpp — what a website must publish, and by when.
//
// A publication duty is a list of clauses, written as one line of text:
//
//   event:prompt                         publish promptly when it arises
//   request:+P5WD                        reply within 5 working days of the request
//   publish(文件):+P3WD                   within 3 working days after the named document
//   every:P6M                            never more than 6 months between updates
//   yearly_by:12-30                      once a year, by this date
//   on_change:prompt;news:every:P14D     two clauses; the second is for the scope "news" only
//   event:immediate;min_count:1/P1Y      at least once a year, besides
//   if_unchanged:review_notice:every:P6M say every half year that nothing changed
//   quality:guide8, repost:cite_source, per_plan:yearly, unspecified      bound to no time
//
// parse_duty reads it, to_text writes the one canonical spelling; duty_schedule.hpp says when
// something is due.
//
// The hard case is a word without a number. Most sources say "promptly" and "immediately"; those
// stay words here (duty_pace), and a duty_tolerance turns them into limits where a date is needed.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include <banli/base/nearest.hpp>
#include <banli/base/result.hpp>
#include <banli/deadline/time_limit.hpp>
#include <banli/time/text.hpp>

namespace banli {

/// What sets a clause going.
enum class duty_trigger : std::uint8_t {
  event,
  request,
  accept,
  publish,
  on_change,
  every,
  yearly_by,
  if_unchanged,
  if_none,
  max_gap,
  min_count,
  per_plan,
  quality,
  repost,
  unspecified
};

namespace detail {
inline constexpr std::array<std::string_view, 15> trigger_names{
    "event",     "request",   "accept",       "publish", "on_change",
    "every",     "yearly_by", "if_unchanged", "if_none", "max_gap",
    "min_count", "per_plan",  "quality",      "repost",  "unspecified"};
} // namespace detail

/// The trigger as the grammar writes it.
constexpr std::string_view to_string(duty_trigger t) {
  return detail::trigger_names[static_cast<std::size_t>(t)];
}

/// How long a clause leaves: nothing said, one of two words, or a limit.
enum class duty_pace : std::uint8_t { none, immediate, prompt, limit };

/// One clause. Which members speak depends on the trigger.
struct duty_clause {
  std::vector<std::string> scope{}; ///< "policy", "guide" …; empty: everything
  duty_trigger trigger = duty_trigger::unspecified;
  std::string subject{}; ///< the document of publish(…); otherwise a word: guide8, yearly …
  duty_pace pace = duty_pace::none;
  time_limit limit{};          ///< with pace limit: the limit, the longest gap, or the period
  std::chrono::month_day by{}; ///< yearly_by
  int count = 0;               ///< min_count: how often in a period

  friend bool operator==(const duty_clause&, const duty_clause&) = default;
};

/// A publication duty.
struct duty {
  std::vector<duty_clause> clauses;

  friend bool operator==(const duty&, const duty&) = default;
};

/// How large the text of a duty may be.
struct duty_limits {
  std::size_t bytes = 4'096;
  std::size_t clauses = 64;
};

namespace detail {

template <class... Args>
error bad_duty(fmt::format_string<Args...> en, fmt::format_string<Args...> zh, Args&&... args) {
  return make_error(errc::bad_duty, en, zh, std::forward<Args>(args)...);
}

/// The text up to a separator, which is removed along with it; everything if there is none.
constexpr std::string_view take_until(std::string_view& s, char separator) {
  const std::size_t at = std::min(s.find(separator), s.size());
  const std::string_view part = s.substr(0, at);
  s.remove_prefix(std::min(at + 1, s.size()));
  return part;
}

inline bool is_word(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

/// The trigger that a word names; `publish(文件)` names publish.
inline bool find_trigger(std::string_view word, duty_clause& out) {
  const std::size_t bracket = word.find('(');
  const std::string_view name = word.substr(0, bracket);
  for (int i = 0; i <= static_cast<int>(duty_trigger::unspecified); ++i) {
    const auto t = static_cast<duty_trigger>(i);
    if (name != to_string(t)) continue;
    if ((t == duty_trigger::publish) != (bracket != std::string_view::npos)) return false;
    out.trigger = t;
    if (t != duty_trigger::publish) return true;
    out.subject = word.substr(bracket + 1, word.size() - bracket - 2);
    return word.ends_with(')') && !out.subject.empty();
  }
  return false;
}

/// A period in ISO form: P14D.
inline bool parse_period(std::string_view s, duty_clause& out) {
  if (!s.starts_with('P')) return false;
  const auto limit = parse_time_limit(s);
  if (!limit) return false;
  out.limit = *limit;
  out.pace = duty_pace::limit;
  return true;
}

inline bool parse_pace(std::string_view s, duty_clause& out) {
  if (s == "immediate" || s == "prompt") {
    out.pace = s == "prompt" ? duty_pace::prompt : duty_pace::immediate;
    return true;
  }
  return s.starts_with('+') && parse_period(s.substr(1), out);
}

/// A word, and after it perhaps "every:P6M".
inline bool parse_word_and_period(std::string_view s, duty_clause& out) {
  if (s.starts_with("every:")) return parse_period(s.substr(6), out);
  out.subject = take_until(s, ':');
  if (!is_word(out.subject)) return false;
  return s.empty() || (s.starts_with("every:") && parse_period(s.substr(6), out));
}

inline bool parse_count(std::string_view s, duty_clause& out) {
  std::string_view number = take_until(s, '/');
  const std::int64_t n = take_count(number);
  out.count = static_cast<int>(n);
  return n > 0 && number.empty() && parse_period(s, out);
}

inline bool parse_month_day(std::string_view s, duty_clause& out) {
  const int m = take_digits(s, 2);
  const bool dash = take(s, '-');
  const int d = take_digits(s, 2);
  if (m < 0 || d < 0 || !dash || !s.empty()) return false;
  out.by = {std::chrono::month{static_cast<unsigned>(m)},
            std::chrono::day{static_cast<unsigned>(d)}};
  return out.by.ok();
}

/// What follows the trigger.
inline bool parse_body(std::string_view s, duty_clause& out) {
  switch (out.trigger) {
  case duty_trigger::event:
  case duty_trigger::request:
  case duty_trigger::accept:
  case duty_trigger::publish:
  case duty_trigger::on_change: return parse_pace(s, out);
  case duty_trigger::every:
  case duty_trigger::max_gap: return parse_period(s, out);
  case duty_trigger::yearly_by: return parse_month_day(s, out);
  case duty_trigger::min_count: return parse_count(s, out);
  case duty_trigger::if_unchanged:
  case duty_trigger::per_plan: return parse_word_and_period(s, out);
  case duty_trigger::if_none:
  case duty_trigger::quality:
  case duty_trigger::repost: out.subject = s; return is_word(s);
  case duty_trigger::unspecified: return s.empty();
  }
  return false;
}

/// Reads "scope|scope:"; answers the first scope that is no word, if there is one.
inline std::string_view parse_scope(std::string_view s, duty_clause& out) {
  if (s.empty() || s.ends_with('|')) return "|";
  while (!s.empty()) {
    const std::string_view one = take_until(s, '|');
    if (!is_word(one)) return one.empty() ? std::string_view{"|"} : one;
    out.scope.emplace_back(one);
  }
  return {};
}

inline result<duty_clause> parse_clause(std::string_view text) {
  duty_clause c;
  std::string_view rest = text;
  std::string_view word = take_until(rest, ':');
  if (!find_trigger(word, c)) {
    const std::string_view scope = word;
    word = take_until(rest, ':');
    if (!find_trigger(word, c)) {
      const std::string_view wrong =
          word.empty() || word == "immediate" || word == "prompt" || !is_word(word) ? scope : word;
      const auto near = nearest(wrong, trigger_names);
      if (near)
        return bad_duty("'{}' names no trigger: did you mean '{}'?",
                        "“{}”中没有触发条件:是否为“{}”?", text, *near);
      return bad_duty("'{}' names no trigger: expected such as event, request, every, on_change",
                      "“{}”中没有触发条件:应为 event、request、every、on_change 等", text);
    }
    if (const std::string_view bad = parse_scope(scope, c); !bad.empty())
      return bad_duty("'{}' is no scope in '{}': a scope is a word of small letters",
                      "“{1}”中的“{0}”不是范围:范围应为小写字母的词", bad, text);
  }
  if (parse_body(rest, c)) return c;
  return bad_duty(
      "'{}' says '{}' where '{}' needs something else: expected such as event:+P7D, "
      "every:P1M, yearly_by:12-30, min_count:1/P1Y",
      "“{}”中“{}”不能用于“{}”:应写作 event:+P7D、every:P1M、yearly_by:12-30、min_count:1/P1Y", text,
      rest, to_string(c.trigger));
}

} // namespace detail

/// Reads the clauses of a duty. Errors: bad_duty, limit_exceeded.
inline result<duty> parse_duty(std::string_view text, const duty_limits& limits = {}) {
  if (text.size() > limits.bytes)
    return make_error(errc::limit_exceeded, "the duty is longer than {} bytes",
                      "职责文本超过 {} 字节", limits.bytes);
  duty out;
  std::string_view rest = text;
  do {
    if (out.clauses.size() == limits.clauses)
      return make_error(errc::limit_exceeded, "the duty has more than {} clauses",
                        "职责的条款超过 {} 条", limits.clauses);
    const bool more = rest.find(';') != std::string_view::npos;
    auto clause = detail::parse_clause(detail::trim(detail::take_until(rest, ';')));
    if (!clause) return clause.error();
    out.clauses.push_back(std::move(*clause));
    if (!more) break;
  } while (true);
  return out;
}

/// The canonical spelling of a clause.
inline std::string to_text(const duty_clause& c) {
  std::string out;
  for (const std::string& s : c.scope) out += (out.empty() ? "" : "|") + s;
  if (!out.empty()) out += ':';
  out += to_string(c.trigger);
  const bool after = c.trigger <= duty_trigger::on_change;
  if (c.trigger == duty_trigger::publish)
    out += '(' + c.subject + ')';
  else if (!c.subject.empty())
    out += ':' + c.subject;
  if (c.trigger == duty_trigger::yearly_by)
    out += fmt::format(":{:02}-{:02}", static_cast<unsigned>(c.by.month()),
                       static_cast<unsigned>(c.by.day()));
  if (c.trigger == duty_trigger::min_count)
    return out + fmt::format(":{}/{}", c.count, to_iso_text(c.limit));
  const bool word = c.trigger == duty_trigger::if_unchanged || c.trigger == duty_trigger::per_plan;
  switch (c.pace) {
  case duty_pace::none: return out;
  case duty_pace::immediate: return out + ":immediate";
  case duty_pace::prompt: return out + ":prompt";
  case duty_pace::limit:
    return out + (word ? ":every:" : after ? ":+" : ":") + to_iso_text(c.limit);
  }
  return out;
}

/// The canonical spelling of a duty.
inline std::string to_text(const duty& d) {
  std::string out;
  for (const duty_clause& c : d.clauses) out += (out.empty() ? "" : ";") + to_text(c);
  return out;
}

} // namespace banli
