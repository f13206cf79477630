// Rules watched before and after: by one watch where both read the same, or by two.
#include <banli/supervision/rule_trial.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <tuple>

#include <banli/engine/case_facts.hpp>

#include "case_watch.hpp"
#include "said_once.hpp"
#include "wake.hpp"

namespace banli {

namespace detail {

/// A hit of one side of a trial, small enough for millions of them.
struct trial_hit {
  instant raised{};
  instant ended{}; ///< unless it is open
  std::uint32_t case_number = 0;
  std::uint32_t rule = 0; ///< place among the rules that are asked again
  std::uint32_t turn = about::no_turn;
  std::uint32_t by = 0; ///< of one that was superseded: position in the rules of the side
  hit_end end = hit_end::open;
  std::shared_ptr<const looked_at> found_in{};

  auto key() const { return std::tie(raised, case_number, rule, turn); }
};

/// The rules of one side, and where they are watched.
struct trial_side {
  rule_set rules;
  std::shared_ptr<case_watch> watch{};
  std::uint32_t first = 0;               ///< number of its first rule in the watch
  std::vector<std::uint32_t> places{};   ///< by position: among the rules asked again, or none
  std::vector<std::uint32_t> position{}; ///< by place

  static constexpr std::uint32_t none = ~std::uint32_t{0};

  const rule_id& id_of(std::uint32_t at) const { return rules.rules()[at].id(); }
  hit_grounds grounds(const trial_hit& h) const {
    return watch->grounds(*h.found_in, {first + position[h.rule], h.turn}, h.raised);
  }
};

} // namespace detail

namespace {

using detail::trial_hit;
using detail::trial_side;

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

bool reads_flow(const rule_set& rules) {
  const auto counted = [](const std::string& path) { return path.starts_with("flow."); };
  return std::ranges::any_of(rules.rules(), [&](const compiled_rule& r) {
    return std::ranges::any_of(r.reads(), counted) || std::ranges::any_of(r.shows(), counted);
  });
}

/// How a hit ended, until it is put with its beginning.
struct trial_end {
  instant raised{};
  std::uint32_t case_number = 0;
  std::uint32_t rule = 0;
  std::uint32_t turn = 0;
  std::uint32_t by = 0;
  instant at{};
  hit_end how{};

  auto key() const { return std::tie(raised, case_number, rule, turn); }
};

/// The hits of one side of the rules that are asked, by instant, case, rule and turn. What was
/// raised comes in order of the instants, and of the cases at each of them; takes what it was found
/// in.
std::vector<trial_hit> folded(std::span<hit_change> changes, const trial_side& side) {
  std::vector<trial_hit> out;
  std::vector<trial_end> ends;
  for (hit_change& c : changes) {
    const std::uint32_t at = c.rule - side.first; // of a rule of the other side: beyond the last
    if (at >= side.places.size() || side.places[at] == trial_side::none) continue;
    const std::uint32_t turn = c.turn.value_or(detail::about::no_turn);
    if (c.what == hit_turn::raised)
      out.push_back({c.at,
                     {},
                     c.case_number,
                     side.places[at],
                     turn,
                     0,
                     hit_end::open,
                     std::move(c.found_in)});
    else
      ends.push_back({c.since, c.case_number, side.places[at], turn,
                      c.by.value_or(side.first) - side.first, c.at, detail::end_of(c.what)});
  }
  const auto earlier = [](const auto& a, const auto& b) { return a.key() < b.key(); };
  for (auto from = out.begin(); from != out.end();) {
    const auto to = std::find_if(from, out.end(), [&](const trial_hit& h) {
      return h.raised != from->raised || h.case_number != from->case_number;
    });
    if (to - from > 1) std::sort(from, to, earlier);
    from = to;
  }
  std::sort(ends.begin(), ends.end(), earlier);
  auto h = out.begin();
  for (const trial_end& e : ends) {
    while (h->key() != e.key()) ++h; // it was raised before it ended
    h->ended = e.at;
    h->end = e.how;
    h->by = e.by;
  }
  return out;
}

/// Compares what cases that look alike were told once.
class sides_compared {
 public:
  sides_compared(const trial_side& before, const trial_side& after)
      : before_(before), after_(after) {}

  bool same(const trial_hit& a, const trial_hit& b) {
    if (a.end != b.end) return false;
    if (a.end != hit_end::open && a.ended != b.ended) return false;
    if (a.end == hit_end::superseded && before_.id_of(a.by) != after_.id_of(b.by)) return false;
    if (a.raised != then_) known_.clear();
    then_ = a.raised;
    const auto [it, added] =
        known_.try_emplace({a.found_in.get(), b.found_in.get(), a.rule, a.turn}, false);
    if (added) it->second = before_.grounds(a) == after_.grounds(b);
    return it->second;
  }

 private:
  const trial_side& before_;
  const trial_side& after_;
  instant then_{};
  std::map<
      std::tuple<const detail::looked_at*, const detail::looked_at*, std::uint32_t, std::uint32_t>,
      bool>
      known_;
};

hit whole_hit(const trial_hit& h, const trial_side& side, const hit_grounds& said) {
  hit out = detail::hit_of(said, case_id{std::string{side.watch->cases().id_of(h.case_number)}},
                           h.raised);
  out.end = h.end;
  if (h.end != hit_end::open) out.ended = h.ended;
  if (h.end == hit_end::superseded) out.superseded_by = side.id_of(h.by);
  return out;
}

} // namespace

trial_hits::trial_hits() = default;
trial_hits::trial_hits(std::shared_ptr<const detail::trial_side> of) : of_(std::move(of)) {}
trial_hits::~trial_hits() = default;
trial_hits::trial_hits(trial_hits&&) noexcept = default;
trial_hits& trial_hits::operator=(trial_hits&&) noexcept = default;

std::size_t trial_hits::size() const { return all_.size(); }

hit trial_hits::operator[](std::size_t i) const {
  return whole_hit(all_[i], *of_, of_->grounds(all_[i]));
}

std::vector<hit> trial_hits::whole() const {
  struct named {
    std::string_view id;
    node_id step;
    const trial_hit* hit;
  };
  std::vector<hit> out;
  out.reserve(all_.size());
  std::vector<named> at_once;
  detail::said_once said;
  for (auto from = all_.begin(); from != all_.end();) {
    const instant then = from->raised;
    at_once.clear();
    for (; from != all_.end() && from->raised == then; ++from)
      at_once.push_back({of_->watch->cases().id_of(from->case_number),
                         from->found_in->step_of({from->rule, from->turn}), &*from});
    std::ranges::stable_sort(at_once, [](const named& a, const named& b) {
      return std::tie(a.id, a.hit->rule, a.step) < std::tie(b.id, b.hit->rule, b.step);
    });
    for (const auto& [id, step, h] : at_once)
      out.push_back(whole_hit(*h, *of_, said.of(h->found_in.get(), {h->rule, h->turn}, then, [&] {
        return of_->grounds(*h);
      })));
  }
  return out;
}

hit_difference trial_difference::whole() const {
  hit_difference out;
  out.only_before = only_before.whole();
  out.only_after = only_after.whole();
  std::vector<hit> from = changed_from.whole();
  std::vector<hit> to = changed_to.whole();
  for (std::size_t i = 0; i < from.size(); ++i)
    out.changed.emplace_back(std::move(from[i]), std::move(to[i]));
  out.same = same;
  return out;
}

struct rule_trial::impl {
  impl(const side& was, const side& is, const monitor_options& how)
      : asked(rules_to_ask(was.rules, is.rules, was.calendar.version() != is.calendar.version(),
                           how.lapse.has_value())),
        before(side_of(was.rules)), after(side_of(is.rules)) {
    const bool together = was.calendar.version() == is.calendar.version() &&
                          !reads_flow(before->rules) && !reads_flow(after->rules);
    if (together) {
      after->first = static_cast<std::uint32_t>(before->rules.rules().size());
      before->watch = after->watch = std::make_shared<detail::case_watch>(
          detail::watched_rules{before->rules, after->rules}, was.calendar, how);
      return;
    }
    before->watch = std::make_shared<detail::case_watch>(detail::watched_rules{before->rules},
                                                         was.calendar, how);
    after->watch =
        std::make_shared<detail::case_watch>(detail::watched_rules{after->rules}, is.calendar, how);
  }

  std::shared_ptr<trial_side> side_of(const rule_set& rules) const {
    std::set<rule_id> wanted;
    for (const asked_rule& a : asked) wanted.insert(a.rule);
    auto out = std::make_shared<trial_side>(trial_side{part_of(rules, wanted)});
    out->position.resize(asked.size());
    for (const compiled_rule& r : out->rules.rules()) {
      const auto place = std::ranges::find(asked, r.id(), &asked_rule::rule) - asked.begin();
      const bool compared = place < std::ssize(asked);
      if (compared)
        out->position[static_cast<std::size_t>(place)] =
            static_cast<std::uint32_t>(out->places.size());
      out->places.push_back(compared ? static_cast<std::uint32_t>(place) : trial_side::none);
    }
    return out;
  }

  bool together() const { return before->watch == after->watch; }

  std::vector<asked_rule> asked;
  std::shared_ptr<trial_side> before;
  std::shared_ptr<trial_side> after;
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
  if (!impl_->together())
    if (auto r = impl_->before->watch->update(definition, state, at); !r) return r;
  return impl_->after->watch->update(std::move(definition), std::move(state), at);
}

result<trial_difference> rule_trial::finish(instant until) {
  const auto& [asked, was, is] = *impl_;
  std::vector<trial_hit> before;
  std::vector<trial_hit> after;
  {
    auto changes = was->watch->advance(until);
    if (!changes) return changes.error();
    before = folded(*changes, *was);
    if (!impl_->together()) changes = is->watch->advance(until);
    if (!changes) return changes.error();
    after = folded(*changes, *is);
  }
  trial_difference out{trial_hits{was}, trial_hits{is}, trial_hits{was}, trial_hits{is}};
  sides_compared sides(*was, *is);
  auto a = before.begin();
  auto b = after.begin();
  while (a != before.end() || b != after.end()) {
    if (b == after.end() || (a != before.end() && a->key() < b->key())) {
      out.only_before.all_.push_back(std::move(*a++));
    } else if (a == before.end() || b->key() < a->key()) {
      out.only_after.all_.push_back(std::move(*b++));
    } else {
      if (sides.same(*a, *b)) {
        ++out.same;
      } else {
        out.changed_from.all_.push_back(std::move(*a));
        out.changed_to.all_.push_back(std::move(*b));
      }
      ++a;
      ++b;
    }
  }
  return out;
}

} // namespace banli
