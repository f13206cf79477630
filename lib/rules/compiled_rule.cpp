// One judgement of a rule. Its variables are read like fields, computed when they are first read.
#include <algorithm>
#include <set>
#include <utility>

#include "rule_program.hpp"

namespace banli {

namespace {

using state = outcome::state;

std::optional<instant> earlier(std::optional<instant> a, std::optional<instant> b) {
  return !a ? b : !b ? a : std::min(*a, *b);
}

constexpr std::string_view variables_prefix = "variables.";

} // namespace

/// The host's fields; in the slots after them the rule's parameters, then its variables.
class rule_judgement final : public activation {
 public:
  rule_judgement(const compiled_rule& r, const activation& host)
      : p_(*r.parts_), host_(host), variables_(p_.variables.size()) {}

  reading read(field_ref f) const override {
    if (f.slot < p_.host_fields) return host_.read(f);
    if (f.slot < p_.first_variable) return reading::of(p_.parameters[f.slot - p_.host_fields]);
    const std::size_t v = f.slot - p_.first_variable;
    if (!p_.aliases[v].empty()) return host_.read(field_of(v));
    const outcome& o = variable(v);
    if (o.is != state::value) return {std::nullopt, o.holds_until, clock_course::irregular};
    return reading::clock(o.value, o.holds_until, clock_course::irregular);
  }

  std::optional<instant> reaches(field_ref f, const value& threshold) const override {
    const bool alias = f.slot >= p_.first_variable;
    return host_.reaches(alias ? field_of(f.slot - p_.first_variable) : f, threshold);
  }

  verdict judge() {
    verdict v;
    for (std::size_t m = 0; m < p_.matches.size(); ++m) {
      const auto& match = p_.matches[m];
      if (match.condition) {
        outcome o = run(*match.condition);
        v.holds_until = earlier(v.holds_until, o.holds_until);
        const auto truth = o.truth();
        if (!truth) return unjudgeable(std::move(v), std::move(o));
        if (!*truth) continue;
      }
      v.match = m;
      return given(std::move(v), match);
    }
    v.output = value{};
    return v;
  }

  /// The outcome of an expression of the rule, with true causes: a variable that failed is not
  /// missing.
  outcome run(const program& p) const {
    outcome o = p.evaluate(*this, p_.limits);
    settle(o);
    return o;
  }

  reasoning explain(const program& p) const {
    reasoning r = p.explain(*this, p_.limits);
    settle(r.outcome);
    std::vector<fact> all;
    for (fact& f : r.facts) add(all, std::move(f));
    r.facts = std::move(all);
    return r;
  }

  std::string fill(const detail::message_template& t) const { return t.fill(*this, p_.limits); }

 private:
  field_ref field_of(std::size_t variable) const {
    return {p_.alias_slots[variable], p_.aliases[variable]};
  }

  /// A variable's outcome, computed once. It reads only variables above it, so this ends.
  const outcome& variable(std::size_t v) const {
    if (!variables_[v]) variables_[v] = run(p_.variables[v]);
    return *variables_[v];
  }

  /// The variable that a path names.
  std::optional<std::size_t> variable_at(std::string_view path) const {
    if (!path.starts_with(variables_prefix)) return std::nullopt;
    path.remove_prefix(variables_prefix.size());
    const auto& all = p_.definition.variables;
    const auto it = std::ranges::find(all, path, &rule_variable::name);
    if (it == all.end()) return std::nullopt;
    return static_cast<std::size_t>(it - all.begin());
  }

  /// Puts the causes of a variable in its place.
  void settle(outcome& o) const {
    if (o.is != state::unknown) return;
    std::set<std::string> missing;
    std::optional<error> why;
    for (const std::string& path : o.missing) {
      const auto v = variable_at(path);
      if (!v || !p_.aliases[*v].empty()) {
        missing.insert(v ? p_.aliases[*v] : path);
        continue;
      }
      const outcome& of = variable(*v);
      missing.insert(of.missing.begin(), of.missing.end());
      if (of.is == state::error && !why) why = of.error;
    }
    o.missing.assign(missing.begin(), missing.end());
    if (!o.missing.empty() || !why) return;
    o.is = state::error; // unknown goes before error, so only now
    o.error = *std::move(why);
  }

  verdict unjudgeable(verdict v, outcome o) const {
    v.kind = verdict_kind::unjudgeable;
    v.output = value{};
    v.missing = std::move(o.missing);
    if (o.is == state::error) v.why = std::move(o.error);
    if (o.is == state::value)
      v.why = make_error(errc::type_mismatch, "the condition gave {}, which is no bool",
                         "条件的结果为 {},不是布尔值", to_text(o.value));
    return v;
  }

  verdict given(verdict v, const compiled_rule::parts::match& match) {
    if (!match.output) {
      v.output = true;
    } else {
      outcome o = run(*match.output);
      v.holds_until = earlier(v.holds_until, o.holds_until);
      if (o.is != state::value) return unjudgeable(std::move(v), std::move(o));
      v.output = std::move(o.value);
    }
    const bool refused = v.output.as_bool() == false;
    v.kind = refused ? verdict_kind::silent : verdict_kind::fires;
    return v;
  }

  /// Adds a fact; of a variable, also the facts behind it.
  void add(std::vector<fact>& all, fact f) const {
    const auto seen = [&](const fact& x) { return x.name == f.name; };
    if (std::ranges::any_of(all, seen)) return;
    const auto v = variable_at(f.name);
    all.push_back(std::move(f));
    if (!v) return;
    for (fact& behind : p_.variables[*v].explain(*this, p_.limits).facts)
      add(all, std::move(behind));
  }

  const compiled_rule::parts& p_;
  const activation& host_;
  mutable std::vector<std::optional<outcome>> variables_;
};

const rule& compiled_rule::definition() const { return parts_->definition; }
const std::vector<std::string>& compiled_rule::reads() const { return parts_->reads; }
const std::vector<std::string>& compiled_rule::shows() const { return parts_->shows; }

verdict compiled_rule::judge(const activation& from) const {
  rule_judgement once(*this, from);
  verdict v = once.judge();
  // A rule whose condition is false says false, as it says true when it fires.
  if (parts_->definition.match.empty() && v.kind == verdict_kind::silent) v.output = false;
  return v;
}

reasoning compiled_rule::explain(const activation& from) const {
  rule_judgement once(*this, from);
  const verdict v = once.judge();
  const std::size_t last = parts_->matches.size() - 1;
  std::size_t at = v.match.value_or(last);
  if (!v.match && v.kind == verdict_kind::unjudgeable) {
    at = 0; // the first that is not false
    while (at < last && parts_->matches[at].condition &&
           once.run(*parts_->matches[at].condition).truth() == false)
      ++at;
  }
  const auto& m = parts_->matches[at];
  if (m.condition) return once.explain(*m.condition);
  reasoning out;
  out.outcome.value = true;
  return out;
}

std::vector<fact> compiled_rule::facts(const activation& from) const {
  rule_judgement once(*this, from);
  const verdict v = once.judge();
  std::vector<fact> out;
  // The entries above the one that decided had to be false for it to be asked.
  for (std::size_t m = 0; m < parts_->matches.size(); ++m) {
    const auto& match = parts_->matches[m];
    if (match.condition)
      for (fact& f : once.explain(*match.condition).facts)
        if (std::ranges::none_of(out, [&](const fact& x) { return x.name == f.name; }))
          out.push_back(std::move(f));
    if (v.match == m || (match.condition && !once.run(*match.condition).truth())) break;
  }
  return out;
}

std::string compiled_rule::explanation(const activation& from) const {
  rule_judgement once(*this, from);
  const verdict v = once.judge();
  if (!v.match || !parts_->matches[*v.match].explanation) return {};
  const outcome o = once.run(*parts_->matches[*v.match].explanation);
  const std::string* s = o.is == state::value ? o.value.as_string() : nullptr;
  return s ? *s : std::string{};
}

std::optional<reasoning> compiled_rule::variable(std::string_view name,
                                                 const activation& from) const {
  const auto& all = parts_->definition.variables;
  const auto it = std::ranges::find(all, name, &rule_variable::name);
  if (it == all.end()) return std::nullopt;
  return rule_judgement(*this, from)
      .explain(parts_->variables[static_cast<std::size_t>(it - all.begin())]);
}

std::string compiled_rule::message(const activation& from, language in) const {
  const auto& wanted = in == language::zh ? parts_->message_zh : parts_->message_en;
  const auto& other = in == language::zh ? parts_->message_en : parts_->message_zh;
  const auto& used = wanted.empty() ? other : wanted;
  if (!used.empty()) return rule_judgement(*this, from).fill(used);
  std::string said = explanation(from);
  return said.empty() ? definition().name.in(in) : said;
}

} // namespace banli
