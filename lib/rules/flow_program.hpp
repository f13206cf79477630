// flow_program.hpp — a constraint with its conditions compiled, and events as they are read in CEL.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/rules/flow_constraint.hpp>

namespace banli {

struct compiled_constraint::parts {
  flow_constraint definition;
  std::optional<program> where_a;
  std::optional<program> where_b;
  std::optional<program> correlation;
  std::vector<std::string> data; ///< names of an event's data
  flow_limits limits;
};

/// The words of conditions: `a`, `b`, or with no name both.
environment flow_environment(const flow_words& words, std::string_view event);

/// One event, or two, as an activation.
class event_facts final : public activation {
 public:
  event_facts(const flow_event* a, const flow_event* b) : a_(a), b_(b) {}

  reading read(field_ref f) const override {
    const flow_event* e = f.path.starts_with("a.") ? a_ : b_;
    if (e == nullptr || f.path.size() < 3) return reading::missing();
    const std::string_view name = f.path.substr(2);
    if (name == "activity") return reading::of(e->activity);
    if (name == "at") return reading::of(value{e->at});
    if (name == "actor") return known(e->actor);
    if (name == "in_case") return known(e->in_case);
    for (const auto& [key, v] : e->data)
      if (key == name) return reading::of(v);
    return reading::missing();
  }
  std::optional<instant> reaches(field_ref, const value&) const override { return std::nullopt; }

 private:
  static reading known(const std::string& s) {
    return s.empty() ? reading::missing() : reading::of(s);
  }
  const flow_event* a_;
  const flow_event* b_;
};

} // namespace banli
