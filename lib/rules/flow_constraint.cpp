// The words of constraints, and checking them.
#include <banli/rules/flow_constraint.hpp>

#include <algorithm>
#include <array>

#include <banli/base/nearest.hpp>

#include "flow_program.hpp"

namespace banli {

namespace {

constexpr auto templates = std::to_array<std::string_view>({"existence",
                                                            "absence",
                                                            "exactly",
                                                            "init",
                                                            "end",
                                                            "choice",
                                                            "exclusive_choice",
                                                            "responded_existence",
                                                            "co_existence",
                                                            "response",
                                                            "precedence",
                                                            "succession",
                                                            "alternate_response",
                                                            "alternate_precedence",
                                                            "alternate_succession",
                                                            "chain_response",
                                                            "chain_precedence",
                                                            "chain_succession",
                                                            "not_responded_existence",
                                                            "not_co_existence",
                                                            "not_response",
                                                            "not_precedence",
                                                            "not_succession",
                                                            "not_chain_response",
                                                            "not_chain_precedence",
                                                            "not_chain_succession",
                                                            "four_eyes",
                                                            "same_actor",
                                                            "person_load"});
static_assert(templates.size() == static_cast<std::size_t>(flow_template::person_load) + 1);

constexpr auto states =
    std::to_array<std::string_view>({"satisfied", "violated", "pending", "unjudgeable"});

bool has_count(flow_template t) {
  return t <= flow_template::exactly || t == flow_template::person_load;
}

} // namespace

std::string_view to_string(flow_template t) { return templates[static_cast<std::size_t>(t)]; }
std::string_view to_string(flow_state s) { return states[static_cast<std::size_t>(s)]; }

std::optional<flow_template> parse_flow_template(std::string_view word) {
  const auto at = std::ranges::find(templates, word);
  if (at == templates.end()) return std::nullopt;
  return static_cast<flow_template>(at - templates.begin());
}

bool has_target(flow_template t) {
  return t >= flow_template::choice && t != flow_template::person_load;
}

environment flow_environment(const flow_words& words, std::string_view event) {
  std::vector<type_field> fields{{"activity", type_kind::string},
                                 {"actor", type_kind::string},
                                 {"in_case", type_kind::string},
                                 {"at", type_kind::timestamp}};
  fields.insert(fields.end(), words.data.begin(), words.data.end());
  environment env;
  for (const char* name : {"a", "b"})
    if (event.empty() || event == name) env.declare(name, type::record("event", fields));
  return env;
}

class constraint_builder {
 public:
  constraint_builder(flow_constraint c, const flow_words& words, const flow_limits& limits)
      : c_(std::move(c)), words_(words), limits_(limits) {}

  compiled_constraints build() {
    activities(c_.a, "A");
    if (has_target(c_.kind)) activities(c_.b, "B");
    fitting();
    compiled_constraint::parts p;
    p.where_a = condition(c_.where_a, "a");
    p.where_b = condition(c_.where_b, "b");
    p.correlation = condition(c_.correlation, {});
    p.limits = limits_;
    if (!found_.empty()) return {std::nullopt, std::move(found_)};
    for (const type_field& f : words_.data) p.data.push_back(f.name);
    p.definition = std::move(c_);
    return {compiled_constraint(std::make_shared<const compiled_constraint::parts>(std::move(p))),
            {}};
  }

 private:
  void complain(error e) { found_.push_back(at(std::move(e), c_.where)); }

  void activities(const std::vector<std::string>& of, std::string_view which) {
    if (of.empty())
      complain(make_error(errc::missing_field, "constraint '{}' has no activities for {}",
                          "约束“{}”缺少 {} 的活动", c_.id.text(), which));
    for (const std::string& s : of)
      if (!words_.activities.empty() &&
          std::ranges::find(words_.activities, s) == words_.activities.end())
        complain(with_hint(make_error(errc::unknown_reference,
                                      "constraint '{}': there is no activity '{}'",
                                      "约束“{}”:没有活动“{}”", c_.id.text(), s),
                           suggestion(s, words_.activities)));
  }

  void fitting() {
    const auto useless = [&](std::string_view en, std::string_view zh) {
      complain(make_error(errc::bad_value, "constraint '{0}': {1} has no {2}",
                          "约束“{0}”:{1} 不使用{3}", c_.id.text(), to_string(c_.kind), en, zh));
    };
    if (!has_target(c_.kind) && (!c_.b.empty() || !c_.where_b.empty())) useless("B", " B");
    if (!has_target(c_.kind) && !c_.correlation.empty()) useless("correlation", "关联条件");
    if (c_.kind <= flow_template::exclusive_choice && has_target(c_.kind) &&
        !c_.correlation.empty())
      useless("correlation", "关联条件");
    if (!has_count(c_.kind) && c_.count != 1) useless("count", "次数");
    if (c_.count == 0)
      complain(make_error(errc::bad_value, "constraint '{}': the count must be 1 at least",
                          "约束“{}”的次数至少为 1", c_.id.text()));
    const time_window& w = c_.within;
    if (w.least.count() < 0 || (w.most && *w.most < w.least))
      complain(make_error(errc::bad_value, "constraint '{}': the window ends before it begins",
                          "约束“{}”的时间区间终点在起点之前", c_.id.text()));
  }

  std::optional<program> condition(const rule_expression& e, std::string_view event) {
    if (e.empty()) return std::nullopt;
    compile_options how;
    how.base = e.where;
    how.continuation_column = e.continuation_column;
    how.limits = limits_.expression;
    how.expected = type_kind::boolean;
    compiled made = compile(e.source, flow_environment(words_, event), how);
    found_.insert(found_.end(), made.problems.begin(), made.problems.end());
    return std::move(made.program);
  }

  flow_constraint c_;
  const flow_words& words_;
  const flow_limits& limits_;
  problems found_;
};

const flow_constraint& compiled_constraint::definition() const { return parts_->definition; }

compiled_constraints compile_constraint(flow_constraint constraint, const flow_words& words,
                                        const flow_limits& limits) {
  return constraint_builder(std::move(constraint), words, limits).build();
}

} // namespace banli
