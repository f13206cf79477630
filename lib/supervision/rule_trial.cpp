// Two monitors side by side, of those rules only that can differ.
#include <banli/supervision/rule_trial.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include <banli/engine/case_facts.hpp>
#include <banli/rules/flow_difference.hpp>

#include "wake.hpp"

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

/// Some rules of a set, and those that can keep them silent.
rule_set part_of(const rule_set& all, const std::set<rule_id>& wanted) {
  std::set<rule_id> kept = wanted;
  for (bool more = true; more;) {
    more = false;
    for (const compiled_rule& r : all.rules())
      for (const rule_id& quieter : r.definition().supersedes)
        if (kept.contains(quieter)) more = kept.insert(r.id()).second || more;
  }
  std::vector<rule> out;
  for (const compiled_rule& r : all.rules()) {
    if (!kept.contains(r.id())) continue;
    out.push_back(r.definition());
    std::erase_if(out.back().supersedes, [&](const rule_id& q) { return !kept.contains(q); });
  }
  const compiled_counters* const flow = all.flow();
  // They were compiled once; nothing about them is new.
  rule_set part =
      *compile_rules(std::move(out), flow != nullptr ? flow->words() : fact_environment()).rules;
  if (flow != nullptr) part.watch_flow(*flow);
  return part;
}

auto key_of(const hit& h) { return std::tie(h.raised, h.id, h.rule, h.step); }

/// A hit of one side, small enough for millions of them.
struct trial_hit {
  std::uint32_t case_number = 0;
  std::uint32_t rule = 0; ///< position among the rules that are asked
  std::uint32_t turn = 0; ///< 0: the case
  instant since{};
  hit_end end = hit_end::open;
  std::optional<instant> ended{};
  rule_id by{};
  std::shared_ptr<const hit_grounds> grounds{};

  auto key() const { return std::tie(case_number, rule, turn, since); }
};

hit_end end_of(hit_turn t) {
  switch (t) {
  case hit_turn::raised: return hit_end::open;
  case hit_turn::cleared: return hit_end::cleared;
  case hit_turn::superseded: return hit_end::superseded;
  case hit_turn::answered: return hit_end::answered;
  case hit_turn::lapsed: return hit_end::lapsed;
  }
  return hit_end::open;
}

/// The hits of a monitor of the rules that are asked, by case, rule, turn and instant.
std::vector<trial_hit> folded(std::vector<hit_change> changes, const monitor& of,
                              const std::vector<asked_rule>& asked) {
  std::vector<std::uint32_t> place; // by rule of the monitor
  for (const compiled_rule& r : of.rules().rules()) {
    const auto at = std::ranges::find(asked, r.id(), &asked_rule::rule);
    place.push_back(static_cast<std::uint32_t>(at - asked.begin()));
  }
  std::vector<trial_hit> out;
  for (hit_change& c : changes) {
    if (place[c.rule] == asked.size()) continue;
    trial_hit h{c.case_number,
                place[c.rule],
                c.turn ? *c.turn + 1 : 0,
                c.since,
                end_of(c.what),
                {},
                {},
                std::move(c.grounds)};
    if (c.what != hit_turn::raised) h.ended = c.at;
    if (c.by) h.by = of.rules().rules()[*c.by].id();
    out.push_back(std::move(h));
  }
  changes.clear();
  std::stable_sort(out.begin(), out.end(),
                   [](const trial_hit& a, const trial_hit& b) { return a.key() < b.key(); });
  // A hit begins once and ends at most once, so its end follows its beginning.
  std::size_t n = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const bool ends_last = n > 0 && out[i].ended && out[n - 1].key() == out[i].key();
    if (ends_last) {
      out[n - 1].end = out[i].end;
      out[n - 1].ended = out[i].ended;
      out[n - 1].by = std::move(out[i].by);
    } else {
      if (n != i) out[n] = std::move(out[i]);
      ++n;
    }
  }
  out.resize(n);
  return out;
}

/// Compares what cases that look alike were told once.
class grounds_compared {
 public:
  bool same(const trial_hit& a, const trial_hit& b) {
    if (a.end != b.end || a.ended != b.ended || a.by != b.by) return false;
    const auto [it, added] = known_.try_emplace({a.grounds.get(), b.grounds.get()}, false);
    if (added) it->second = *a.grounds == *b.grounds;
    return it->second;
  }

 private:
  std::map<std::pair<const hit_grounds*, const hit_grounds*>, bool> known_;
};

hit whole(const trial_hit& h, const monitor& of) {
  hit out = detail::hit_of(*h.grounds, case_id{std::string{of.id_of(h.case_number)}}, h.since);
  out.end = h.end;
  out.ended = h.ended;
  out.superseded_by = h.by;
  return out;
}

void put_in_order(std::vector<hit>& hits) {
  std::stable_sort(hits.begin(), hits.end(),
                   [](const hit& a, const hit& b) { return key_of(a) < key_of(b); });
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

void hit_difference::add(hit_difference other) {
  const auto join = [](auto& into, auto& from, auto before) {
    const auto middle = static_cast<std::ptrdiff_t>(into.size());
    into.insert(into.end(), std::make_move_iterator(from.begin()),
                std::make_move_iterator(from.end()));
    std::inplace_merge(into.begin(), into.begin() + middle, into.end(), before);
  };
  const auto earlier = [](const hit& a, const hit& b) { return key_of(a) < key_of(b); };
  join(only_before, other.only_before, earlier);
  join(only_after, other.only_after, earlier);
  join(changed, other.changed,
       [&](const auto& a, const auto& b) { return earlier(a.first, b.first); });
  same += other.same;
}

hit_difference compare_hits(std::vector<hit> before, std::vector<hit> after) {
  put_in_order(before);
  put_in_order(after);
  hit_difference out;
  auto a = before.begin();
  auto b = after.begin();
  while (a != before.end() || b != after.end()) {
    if (b == after.end() || (a != before.end() && key_of(*a) < key_of(*b))) {
      out.only_before.push_back(std::move(*a++));
    } else if (a == before.end() || key_of(*b) < key_of(*a)) {
      out.only_after.push_back(std::move(*b++));
    } else {
      if (*a == *b)
        ++out.same;
      else
        out.changed.emplace_back(std::move(*a), std::move(*b));
      ++a;
      ++b;
    }
  }
  return out;
}

struct rule_trial::impl {
  impl(const side& before, const side& after, const monitor_options& how)
      : asked(rules_to_ask(before.rules, after.rules,
                           before.calendar.version() != after.calendar.version(),
                           how.lapse.has_value())),
        was(part_of(before.rules, ids()), before.calendar, how),
        is(part_of(after.rules, ids()), after.calendar, how) {}

  std::set<rule_id> ids() const {
    std::set<rule_id> out;
    for (const asked_rule& a : asked) out.insert(a.rule);
    return out;
  }

  std::vector<asked_rule> asked;
  monitor was;
  monitor is;
};

rule_trial::rule_trial(side before, side after, const monitor_options& watched)
    : impl_(std::make_unique<impl>(before, after, watched)) {}
rule_trial::~rule_trial() = default;
rule_trial::rule_trial(rule_trial&&) noexcept = default;
rule_trial& rule_trial::operator=(rule_trial&&) noexcept = default;

const std::vector<asked_rule>& rule_trial::asked() const { return impl_->asked; }

result<void> rule_trial::tell(std::shared_ptr<const case_definition> definition,
                              std::shared_ptr<const case_state> state, instant at) {
  if (impl_->asked.empty()) return {};
  if (auto r = impl_->was.update(definition, state, at); !r) return r;
  return impl_->is.update(std::move(definition), std::move(state), at);
}

result<hit_difference> rule_trial::finish(instant until) {
  auto was = impl_->was.advance(until);
  if (!was) return was.error();
  auto is = impl_->is.advance(until);
  if (!is) return is.error();
  const auto before = folded(*std::move(was), impl_->was, impl_->asked);
  const auto after = folded(*std::move(is), impl_->is, impl_->asked);
  hit_difference out;
  grounds_compared grounds;
  auto a = before.begin();
  auto b = after.begin();
  while (a != before.end() || b != after.end()) {
    if (b == after.end() || (a != before.end() && a->key() < b->key())) {
      out.only_before.push_back(whole(*a++, impl_->was));
    } else if (a == before.end() || b->key() < a->key()) {
      out.only_after.push_back(whole(*b++, impl_->is));
    } else {
      if (grounds.same(*a, *b))
        ++out.same;
      else
        out.changed.emplace_back(whole(*a, impl_->was), whole(*b, impl_->is));
      ++a;
      ++b;
    }
  }
  put_in_order(out.only_before);
  put_in_order(out.only_after);
  std::stable_sort(out.changed.begin(), out.changed.end(),
                   [](const auto& x, const auto& y) { return key_of(x.first) < key_of(y.first); });
  return out;
}

} // namespace banli
