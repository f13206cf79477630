#include "rule_judgement.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace banli::detail {

namespace {

using state = outcome::state;

std::optional<instant> earlier_of(std::optional<instant> a, std::optional<instant> b) {
  return !a ? b : !b ? a : std::min(*a, *b);
}

constexpr std::string_view variables_prefix = "variables.";

} // namespace

reading rule_scope::read(field_ref f) const {
  if (f.slot < p_.host_fields) return host_.read(f);
  if (f.slot < p_.first_variable) return reading::of(p_.parameters[f.slot - p_.host_fields]);
  const seat v = variable_in(f.slot);
  const outcome& o = v.scope->variable(v.number);
  if (o.is != state::value) return {std::nullopt, o.holds_until, clock_course::irregular};
  return reading::clock(o.value, o.holds_until, o.course);
}

std::optional<instant> rule_scope::reaches(field_ref f, const value& threshold) const {
  if (f.slot < p_.host_fields) return host_.reaches(f, threshold);
  const seat v = variable_in(f.slot);
  const narrowed_sight sight(v);
  return program_of(v).reaches(*v.scope, threshold, p_.limits);
}

std::optional<std::vector<condition_turn>> rule_scope::behind(field_ref f) const {
  if (f.slot < p_.host_fields) return host_.behind(f);
  if (f.slot < p_.first_variable) return std::nullopt;
  const seat v = variable_in(f.slot);
  // Asked once: variables that read each other twice would be asked for each way through them.
  auto& known = v.scope->behind_[v.number];
  if (!known) {
    const narrowed_sight sight(v);
    known = program_of(v).explain(*v.scope, p_.limits).nearest;
  }
  return known;
}

outcome rule_scope::run(const program& p) const {
  outcome o = p.evaluate(*this, p_.limits);
  settle(o);
  return o;
}

reasoning rule_scope::explain(const program& p) const {
  reasoning r = p.explain(*this, p_.limits);
  settle(r.outcome);
  std::vector<fact> all;
  for (fact& f : r.facts) add(all, std::move(f));
  r.facts = std::move(all);
  return r;
}

rule_scope::seat rule_scope::variable_in(std::uint32_t slot) const {
  for (std::size_t v = 0; v < in_sight_; ++v)
    if (block_.variables[v].slot == slot) return {this, v};
  return outer_->variable_in(slot);
}

rule_scope::seat rule_scope::variable_named(std::string_view name) const {
  for (std::size_t v = 0; v < in_sight_; ++v)
    if (block_.variables[v].name == name) return {this, v};
  return outer_ ? outer_->variable_named(name) : seat{};
}

reasoning rule_scope::explain(const seat& variable) const {
  const narrowed_sight sight(variable);
  return variable.scope->explain(program_of(variable));
}

rule_scope::seat rule_scope::variable_at(std::string_view path) const {
  if (!path.starts_with(variables_prefix)) return {};
  return variable_named(path.substr(variables_prefix.size()));
}

std::vector<std::string> rule_scope::names() const {
  std::vector<std::string> out = outer_ ? outer_->names() : std::vector<std::string>{};
  for (const variable_program& v : block_.variables)
    if (std::ranges::find(out, v.name) == out.end()) out.push_back(v.name);
  return out;
}

const outcome& rule_scope::variable(std::size_t v) const {
  if (variables_[v]) return *variables_[v];
  const narrowed_sight sight({this, v});
  variables_[v] = run(block_.variables[v].computes);
  return *variables_[v];
}

void rule_scope::settle(outcome& o) const {
  if (o.is != state::unknown) return;
  std::set<std::string> missing;
  std::optional<error> why;
  for (const std::string& path : o.missing) {
    const seat v = variable_at(path);
    if (!v.scope) {
      missing.insert(path);
      continue;
    }
    const outcome& of = v.scope->variable(v.number);
    missing.insert(of.missing.begin(), of.missing.end());
    if (of.is == state::error && !why) why = of.error;
  }
  o.missing.assign(missing.begin(), missing.end());
  if (!o.missing.empty() || !why) return;
  o.is = state::error; // unknown goes before error, so only now
  o.error = *std::move(why);
}

/// Adds a fact; of a variable, also the facts behind it.
void rule_scope::add(std::vector<fact>& all, fact f) const {
  if (std::ranges::find(all, f.name, &fact::name) != all.end()) return;
  const seat v = variable_at(f.name);
  all.push_back(std::move(f));
  if (!v.scope) return;
  const narrowed_sight sight(v);
  for (fact& behind : program_of(v).explain(*v.scope, p_.limits).facts)
    v.scope->add(all, std::move(behind));
}

rule_judgement::rule_judgement(const rule_program& p, const activation& host)
    : p_(p), host_(host), whole_(p, host, p.body, nullptr) {
  verdict_.output = value{};
  go_through(p_.body, whole_);
  if (!decided_) return;
  verdict_.match = path_.front().number;
  for (std::size_t k = 1; k < path_.size(); ++k) verdict_.within.push_back(path_[k].number);
}

void rule_judgement::go_through(const rule_block& block, const rule_scope& scope) {
  for (std::size_t m = 0; m < block.matches.size(); ++m)
    if (ask({&block.matches[m], &scope, m}) == course::ends) return;
}

rule_judgement::course rule_judgement::ask(const asked_entry& asked) {
  const match_program& entry = *asked.entry;
  if (entry.condition) {
    asked_.push_back(asked);
    outcome o = asked.scope->run(*entry.condition);
    verdict_.holds_until = earlier_of(verdict_.holds_until, o.holds_until);
    const auto truth = o.truth();
    if (!truth) return unjudgeable(std::move(o));
    if (!*truth) return course::goes_on;
  }
  path_.push_back(asked);
  if (!entry.rule) return decided(asked);
  inner_.push_back(std::make_unique<const rule_scope>(p_, host_, *entry.rule, asked.scope));
  go_through(*entry.rule, *inner_.back());
  if (decided_ || verdict_.kind == verdict_kind::unjudgeable) return course::ends;
  path_.pop_back();
  // Nothing matched within: an entry with a condition has spoken all the same.
  return entry.condition ? course::ends : course::goes_on;
}

rule_judgement::course rule_judgement::unjudgeable(outcome o) {
  verdict_.kind = verdict_kind::unjudgeable;
  verdict_.output = value{};
  verdict_.missing = std::move(o.missing);
  if (o.is == state::error) verdict_.why = std::move(o.error);
  if (o.is == state::value)
    verdict_.why = make_error(errc::type_mismatch, "the condition gave {}, which is no bool",
                              "条件的结果为 {},不是布尔值", to_text(o.value));
  return course::ends;
}

rule_judgement::course rule_judgement::decided(const asked_entry& by) {
  decided_ = true;
  verdict_.output = true;
  if (by.entry->output) {
    outcome o = by.scope->run(*by.entry->output);
    verdict_.holds_until = earlier_of(verdict_.holds_until, o.holds_until);
    if (o.is != state::value) return unjudgeable(std::move(o));
    verdict_.output = std::move(o.value);
  }
  const bool refused = verdict_.output.as_bool() == false;
  verdict_.kind = refused ? verdict_kind::silent : verdict_kind::fires;
  return course::ends;
}

std::vector<fact> rule_judgement::facts() const {
  std::vector<fact> out;
  // The conditions above the one that decided had to be false for it to be asked.
  for (const asked_entry& a : asked_)
    for (fact& f : a.scope->explain(*a.entry->condition).facts)
      if (std::ranges::find(out, f.name, &fact::name) == out.end()) out.push_back(std::move(f));
  return out;
}

reasoning rule_judgement::explain() const {
  reasoning plain;
  plain.outcome.value = true;
  if (!decided_)
    return asked_.empty() ? plain : asked_.back().scope->explain(*asked_.back().entry->condition);
  // Of an entry without a condition, that of the entry it is nested in.
  for (auto p = path_.rbegin(); p != path_.rend(); ++p)
    if (p->entry->condition) return p->scope->explain(*p->entry->condition);
  return plain;
}

std::string rule_judgement::explanation() const {
  if (!decided_ || !path_.back().entry->explanation) return {};
  const outcome o = path_.back().scope->run(*path_.back().entry->explanation);
  const std::string* s = o.is == state::value ? o.value.as_string() : nullptr;
  return s ? *s : std::string{};
}

const rule_scope& rule_judgement::in_sight() const {
  return decided_ ? *path_.back().scope : whole_;
}

} // namespace banli::detail
