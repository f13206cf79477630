// The words of a rule's choices, for documents and for people.
#include <algorithm>
#include <array>

#include <banli/rules/rule.hpp>

namespace banli {

namespace {

template <class Choice>
struct words {
  Choice is;
  std::string_view stable;
  std::string_view en;
  std::string_view zh;
};

constexpr auto dimensions = std::to_array<words<dimension>>(
    {{dimension::timeliness, "timeliness", "timeliness", "时效"},
     {dimension::flow, "flow", "flow", "流程"},
     {dimension::content, "content", "content", "内容"},
     {dimension::charges, "charges", "charges and discretion", "收费/裁量"},
     {dimension::integrity, "integrity", "integrity", "廉政"}});

constexpr auto levels =
    std::to_array<words<level>>({{level::reminder, "reminder", "reminder", "提醒"},
                                 {level::warning, "warning", "warning", "预警"},
                                 {level::alarm, "alarm", "alarm", "报警"}});

constexpr auto certainties = std::to_array<words<certainty>>(
    {{certainty::abnormal, "abnormal", "abnormal", "异常"},
     {certainty::suspected, "suspected", "suspected abnormal", "疑似异常"}});

constexpr auto scopes =
    std::to_array<words<rule_scope>>({{rule_scope::each_case, "each-case", "each case", "每件"},
                                      {rule_scope::each_step, "each-step", "each step", "每环节"}});

constexpr auto verdicts = std::to_array<words<verdict_kind>>(
    {{verdict_kind::fires, "fires", "fires", "命中"},
     {verdict_kind::silent, "silent", "silent", "未命中"},
     {verdict_kind::unjudgeable, "unjudgeable", "unjudgeable", "无法判断"}});

template <class Table, class Choice>
constexpr const auto& row(const Table& table, Choice c) {
  return table[static_cast<std::size_t>(c)];
}

template <class Choice, std::size_t N>
std::optional<Choice> parse(const std::array<words<Choice>, N>& table, std::string_view word) {
  const auto at = std::ranges::find(table, word, &words<Choice>::stable);
  if (at == table.end()) return std::nullopt;
  return at->is;
}

} // namespace

std::string_view to_string(dimension d) { return row(dimensions, d).stable; }
std::string_view to_string(level l) { return row(levels, l).stable; }
std::string_view to_string(certainty c) { return row(certainties, c).stable; }
std::string_view to_string(rule_stage s) { return s == rule_stage::trial ? "trial" : "formal"; }
std::string_view to_string(rule_scope s) { return row(scopes, s).stable; }
std::string_view to_string(verdict_kind k) { return row(verdicts, k).stable; }

std::string_view to_string(dimension d, language in) {
  return in == language::zh ? row(dimensions, d).zh : row(dimensions, d).en;
}
std::string_view to_string(level l, language in) {
  return in == language::zh ? row(levels, l).zh : row(levels, l).en;
}
std::string_view to_string(certainty c, language in) {
  return in == language::zh ? row(certainties, c).zh : row(certainties, c).en;
}

std::optional<dimension> parse_dimension(std::string_view w) { return parse(dimensions, w); }
std::optional<level> parse_level(std::string_view w) { return parse(levels, w); }
std::optional<certainty> parse_certainty(std::string_view w) { return parse(certainties, w); }
std::optional<rule_scope> parse_rule_scope(std::string_view w) { return parse(scopes, w); }
std::optional<verdict_kind> parse_verdict_kind(std::string_view w) { return parse(verdicts, w); }

} // namespace banli
