#include <banli/rules/flow_counter.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <banli/base/nearest.hpp>
#include <banli/rules/flow_difference.hpp>

#include "compile_block.hpp"
#include "flow_program.hpp"

namespace banli {

std::string_view to_string(flow_count c) {
  return c == flow_count::events ? "events" : c == flow_count::cases ? "cases" : "actors";
}

struct compiled_counters::parts {
  std::vector<flow_counter> definitions;
  std::vector<std::optional<program>> where;
  std::vector<compiled_constraint> constraints;
  environment words;
  std::size_t host_fields = 0;
  flow_limits limits;
};

class counter_builder {
 public:
  counter_builder(const environment& host, const flow_words& words, const flow_limits& limits)
      : words_(words), limits_(limits) {
    parts_.words = host;
    parts_.host_fields = host.fields().size();
    parts_.limits = limits;
    if (host.variable("flow"))
      found_.push_back(make_error(errc::bad_value,
                                  "'flow' is the name of the counters, and declared",
                                  "“flow”是计数变量的名称,不能另行声明"));
  }

  counter_compilation build(std::vector<flow_counter> all,
                            std::vector<flow_constraint> constraints) {
    std::vector<type_field> fields;
    for (const flow_counter& c : all) {
      check(c);
      fields.push_back({c.name, type_kind::integer});
    }
    for (flow_constraint& c : constraints) {
      fields.push_back({c.id.text(), type_kind::boolean});
      check(std::move(c));
    }
    if (!found_.empty()) return {std::nullopt, std::move(found_)};
    parts_.words.declare("flow", type::record("flow", std::move(fields)));
    parts_.definitions = std::move(all);
    return {compiled_counters(std::make_shared<const compiled_counters::parts>(std::move(parts_))),
            {}};
  }

  static bool alike(const compiled_counters& a, const compiled_counters& b, std::string_view name) {
    const auto counter_of = [&](const compiled_counters& c) {
      const auto& all = c.parts_->definitions;
      const auto it = std::ranges::find(all, name, &flow_counter::name);
      return it == all.end() ? nullptr : &*it;
    };
    if (const auto *x = counter_of(a), *y = counter_of(b); x != nullptr && y != nullptr)
      return x->activities == y->activities && x->where == y->where && x->window == y->window &&
             x->of == y->of;
    const auto constraint_of = [&](const compiled_counters& c) -> const flow_constraint* {
      for (const compiled_constraint& k : c.parts_->constraints)
        if (k.definition().id.text() == name) return &k.definition();
      return nullptr;
    };
    const flow_constraint* const x = constraint_of(a);
    const flow_constraint* const y = constraint_of(b);
    return x != nullptr && y != nullptr && x->kind == y->kind && x->a == y->a && x->b == y->b &&
           x->count == y->count && x->where_a == y->where_a && x->where_b == y->where_b &&
           x->correlation == y->correlation && x->within.least == y->within.least &&
           x->within.most == y->within.most;
  }

 private:
  /// What rules read as flow.<name> must be a name.
  static error unreadable(const std::string& name) {
    return make_error(errc::bad_value, "nothing can be read as flow.{}: a name is needed",
                      "无法写作 flow.{}:应为名称", name);
  }

  void check(const flow_counter& c) {
    const auto complain = [&](error e) { found_.push_back(at(std::move(e), c.stands)); };
    if (c.name.empty() || c.activities.empty())
      complain(make_error(errc::missing_field, "counter '{}' needs a name and activities",
                          "计数变量“{}”缺少名称或活动", c.name));
    else if (!detail::is_rule_name(c.name))
      complain(unreadable(c.name));
    if (!names_.insert(c.name).second)
      complain(make_error(errc::duplicate_id, "there are two counters '{}'", "计数变量“{}”重复",
                          c.name));
    if (c.window && c.window->count() <= 0)
      complain(make_error(errc::bad_value, "counter '{}': the window holds nothing",
                          "计数变量“{}”的时间窗口无效", c.name));
    for (const std::string& s : c.activities)
      if (!words_.activities.empty() &&
          std::ranges::find(words_.activities, s) == words_.activities.end())
        complain(
            with_hint(make_error(errc::unknown_reference, "counter '{}': there is no activity '{}'",
                                 "计数变量“{}”:没有活动“{}”", c.name, s),
                      suggestion(s, words_.activities)));
    compile_options how;
    how.base = c.where.where;
    how.continuation_column = c.where.continuation_column;
    how.limits = limits_.expression;
    how.expected = type_kind::boolean;
    std::optional<program> made;
    if (!c.where.empty()) {
      compiled compiled_here = compile(c.where.source, flow_environment(words_, "a"), how);
      found_.insert(found_.end(), compiled_here.problems.begin(), compiled_here.problems.end());
      made = std::move(compiled_here.program);
    }
    parts_.where.push_back(std::move(made));
  }

  void check(flow_constraint c) {
    if (c.id.empty())
      found_.push_back(at(
          make_error(errc::missing_field, "a constraint has no id", "流程约束缺少编号"), c.where));
    else if (!detail::is_rule_name(c.id.text()))
      found_.push_back(at(unreadable(c.id.text()), c.where));
    else if (!names_.insert(c.id.text()).second)
      found_.push_back(at(
          make_error(errc::duplicate_id, "'{}' is there already", "流程约束“{}”重复", c.id.text()),
          c.where));
    compiled_constraints made = compile_constraint(std::move(c), words_, limits_);
    found_.insert(found_.end(), made.problems.begin(), made.problems.end());
    if (made.constraint) parts_.constraints.push_back(*std::move(made.constraint));
  }

  const flow_words& words_;
  const flow_limits& limits_;
  std::set<std::string> names_;
  compiled_counters::parts parts_;
  problems found_;
};

const environment& compiled_counters::words() const { return parts_->words; }
std::span<const flow_counter> compiled_counters::counters() const { return parts_->definitions; }
std::span<const compiled_constraint> compiled_counters::constraints() const {
  return parts_->constraints;
}

std::vector<std::string> compiled_counters::activities() const {
  std::set<std::string> all;
  for (const flow_counter& c : parts_->definitions)
    all.insert(c.activities.begin(), c.activities.end());
  if (!parts_->constraints.empty()) all.clear();
  return {all.begin(), all.end()};
}

counter_compilation compile_counters(std::vector<flow_counter> counters, const environment& host,
                                     const flow_words& words, const flow_limits& limits) {
  return counter_builder(host, words, limits).build(std::move(counters), {});
}

counter_compilation compile_counters(std::vector<flow_counter> counters,
                                     std::vector<flow_constraint> constraints,
                                     const environment& host, const flow_words& words,
                                     const flow_limits& limits) {
  return counter_builder(host, words, limits).build(std::move(counters), std::move(constraints));
}

bool counted_alike(const compiled_counters& a, const compiled_counters& b, std::string_view name) {
  return counter_builder::alike(a, b, name);
}

flow_facts::flow_facts(const compiled_counters& counters, const activation& host,
                       std::span<const flow_event> events, instant now, flow_course course)
    : counters_(counters), host_(host) {
  for (std::size_t c = 0; c < counters_.parts_->definitions.size(); ++c)
    counts_.push_back(counted(c, events, now));
  for (const compiled_constraint& c : counters_.parts_->constraints) {
    const flow_verdict v = c.judge(events, now, course);
    std::optional<instant> until;
    if (v.deadline && *v.deadline >= now) until = *v.deadline + std::chrono::seconds{1};
    if (v.is == flow_state::unjudgeable)
      violated_.push_back({std::nullopt, until, clock_course::irregular});
    else
      violated_.push_back(
          reading::clock(v.is == flow_state::violated, until, clock_course::irregular));
  }
}

flow_facts::count flow_facts::counted(std::size_t counter, std::span<const flow_event> events,
                                      instant now) const {
  const flow_counter& c = counters_.parts_->definitions[counter];
  const auto& where = counters_.parts_->where[counter];
  count out;
  std::map<std::string_view, instant> last; // of each case or person, its newest event
  for (const flow_event& e : events) {
    if (e.at > now || std::ranges::find(c.activities, e.activity) == c.activities.end()) continue;
    if (c.window && e.at + *c.window <= now) continue;
    if (where) {
      const auto truth =
          where->evaluate(event_facts(&e, nullptr), counters_.parts_->limits.evaluation).truth();
      if (!truth) out.known = false;
      if (!truth || !*truth) continue;
    }
    if (c.of == flow_count::events) {
      if (c.window)
        out.leaves.push_back(e.at + *c.window);
      else
        ++out.lasting;
      continue;
    }
    const std::string& who = c.of == flow_count::cases ? e.in_case : e.actor;
    if (who.empty()) out.known = false;
    instant& at = last.try_emplace(who, e.at).first->second;
    at = std::max(at, e.at);
  }
  for (const auto& [who, at] : last)
    if (c.window)
      out.leaves.push_back(at + *c.window);
    else
      ++out.lasting;
  std::ranges::sort(out.leaves);
  return out;
}

reading flow_facts::read(field_ref f) const {
  const std::size_t host_fields = counters_.parts_->host_fields;
  if (f.slot < host_fields) return host_.read(f);
  if (f.slot - host_fields >= counts_.size())
    return violated_[f.slot - host_fields - counts_.size()];
  const count& c = counts_[f.slot - host_fields];
  std::optional<instant> until;
  if (!c.leaves.empty()) until = c.leaves.front();
  if (!c.known) return {std::nullopt, until, clock_course::irregular};
  return reading::clock(static_cast<std::int64_t>(c.lasting + c.leaves.size()), until,
                        clock_course::falling);
}

std::optional<instant> flow_facts::reaches(field_ref f, const value& threshold) const {
  const std::size_t host_fields = counters_.parts_->host_fields;
  if (f.slot < host_fields) return host_.reaches(f, threshold);
  if (f.slot - host_fields >= counts_.size()) return std::nullopt; // never asked: irregular
  const count& c = counts_[f.slot - host_fields];
  const std::int64_t wanted = threshold.as_int().value_or(0);
  const auto now = static_cast<std::int64_t>(c.lasting + c.leaves.size());
  if (wanted < 0) return std::nullopt;    // a count never is
  const std::int64_t gone = now - wanted; // so many must have left
  if (gone <= 0 || gone > static_cast<std::int64_t>(c.leaves.size())) return std::nullopt;
  return c.leaves[static_cast<std::size_t>(gone - 1)];
}

} // namespace banli
