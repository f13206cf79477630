// Which rules can say something else.
#include <banli/supervision/rule_trial.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <banli/engine/case_facts.hpp>
#include <banli/rules/flow_difference.hpp>

namespace banli {

namespace {

constexpr auto asked_names = std::to_array<std::string_view>(
    {"added", "removed", "changed", "reads", "calendar", "superseded"});
constexpr auto asked_labels = std::to_array<std::string_view>(
    {"新增", "删除", "修改", "读取的内容已变", "受日历影响", "被其取代"});

bool alike(const rule_parameter& a, const rule_parameter& b) {
  return a.name == b.name && to_text(a.value) == to_text(b.value) &&
         a.value.kind() == b.value.kind() && a.meaning == b.meaning;
}
bool alike(const rule_variable& a, const rule_variable& b) {
  return a.name == b.name && a.expression == b.expression;
}
bool alike(const rule_match& a, const rule_match& b) {
  return a.condition == b.condition && a.output == b.output && a.explanation == b.explanation;
}

template <class T>
bool alike(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const T& x, const T& y) { return alike(x, y); });
}

/// Whether two rules say the same: everything a hit is made from.
bool says_the_same(const rule& a, const rule& b) {
  return a.name == b.name && a.level == b.level && a.certainty == b.certainty &&
         a.scope == b.scope && alike(a.variables, b.variables) && alike(a.match, b.match) &&
         a.condition == b.condition && alike(a.parameters, b.parameters) &&
         a.message == b.message && a.supersedes == b.supersedes &&
         a.effective_from == b.effective_from && a.effective_until == b.effective_until &&
         a.trial_until == b.trial_until;
}

template <class F>
void each_path(const compiled_rule& r, F&& f) {
  for (const std::string& path : r.reads()) f(path);
  for (const std::string& path : r.shows()) f(path);
}

bool reads_other_counts(const compiled_rule& r, const rule_set& before, const rule_set& after) {
  constexpr std::string_view prefix = "flow.";
  bool other = false;
  each_path(r, [&](std::string_view path) {
    if (!path.starts_with(prefix)) return;
    other = other || before.flow() == nullptr || after.flow() == nullptr ||
            !counted_alike(*before.flow(), *after.flow(), path.substr(prefix.size()));
  });
  return other;
}

bool counted_by_calendar(const compiled_rule& r) {
  static const std::set<std::string_view> counted = [] {
    // Besides the limits: days that follow from them, duties, and what asks whether the office
    // works.
    std::set<std::string_view> out{"calendar",
                                   "case.due_on",
                                   "case.due_at",
                                   "case.statutory_due_on",
                                   "case.renewal_overdue",
                                   "case.overtime",
                                   "case.deemed_overdue",
                                   "case.refused_without_reason",
                                   "case.reply_overdue",
                                   "case.delivery_overdue",
                                   "case.acts_outside_hours"};
    for (const fact_doc& f : fact_list())
      if (f.moves) out.insert(f.path);
    return out;
  }();
  bool any = false;
  each_path(r, [&](std::string_view path) { any = any || counted.contains(path); });
  return any;
}

/// Those of a set in which it does not say so yet, and everything they keep silent.
void add_superseded(const rule_set& rules, std::map<rule_id, asked_why>& asked) {
  for (bool more = true; more;) {
    more = false;
    for (const compiled_rule& r : rules.rules())
      if (asked.contains(r.id()))
        for (const rule_id& quieter : r.definition().supersedes)
          more = asked.try_emplace(quieter, asked_why::superseded).second || more;
  }
}

} // namespace

std::string_view to_string(asked_why w) { return asked_names[static_cast<std::size_t>(w)]; }
std::string_view label(asked_why w) { return asked_labels[static_cast<std::size_t>(w)]; }

std::vector<asked_rule> rules_to_ask(const rule_set& before, const rule_set& after,
                                     bool other_calendar, bool hits_lapse) {
  std::map<rule_id, asked_why> asked;
  for (const compiled_rule& r : before.rules())
    if (after.find(r.id()) == nullptr) asked.emplace(r.id(), asked_why::removed);
  for (const compiled_rule& r : after.rules()) {
    const compiled_rule* const old = before.find(r.id());
    const bool lapses = hits_lapse && r.definition().level != level::alarm;
    if (old == nullptr)
      asked.emplace(r.id(), asked_why::added);
    else if (!says_the_same(old->definition(), r.definition()))
      asked.emplace(r.id(), asked_why::changed);
    else if (reads_other_counts(r, before, after))
      asked.emplace(r.id(), asked_why::reads);
    else if (other_calendar && (lapses || counted_by_calendar(r)))
      asked.emplace(r.id(), asked_why::calendar);
  }
  for (std::size_t known = 0; known != asked.size();) {
    known = asked.size();
    add_superseded(before, asked);
    add_superseded(after, asked);
  }
  std::vector<asked_rule> out;
  for (const auto& [id, why] : asked) out.push_back({id, why});
  return out;
}

} // namespace banli
