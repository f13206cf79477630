// The rule of a step asked of one person: named, holding a post, and fit by its condition.
#include <banli/engine/assignees.hpp>

#include <algorithm>
#include <set>

#include "assignee_parts.hpp"

#include <banli/engine/case_clocks.hpp>
#include <banli/engine/case_facts.hpp>

namespace banli {

namespace {

using detail::text_of_both;

constexpr std::string_view actor_prefix = "actor.";

template <class Ids>
value texts(const Ids& ids) {
  value::elements all;
  for (const auto& id : ids) all.emplace_back(id.text());
  return value::list(std::move(all));
}

/// The facts of the case, and of one person.
class actor_facts : public activation {
 public:
  actor_facts(const case_facts& of_case, const case_definition& d, const case_state& s,
              const person_id& who)
      : of_case_(of_case), d_(d), s_(s), who_(who) {}

  reading read(field_ref field) const override {
    if (!field.path.starts_with(actor_prefix)) return of_case_.read(field);
    const std::string_view name = field.path.substr(actor_prefix.size());
    if (name == "id") return reading::of(value{who_.text()});
    if (name == "steps") return reading::of(steps());
    const person* const p = find(*d_.people, who_);
    const std::vector<post_id> posts = p == nullptr ? std::vector<post_id>{} : p->posts;
    if (name == "posts") return reading::of(texts(posts));
    std::set<department_id> departments;
    for (const post_id& id : posts)
      if (const post* held = find(*d_.people, id)) departments.insert(held->department);
    return reading::of(texts(departments));
  }

  std::optional<instant> reaches(field_ref field, const value& threshold) const override {
    if (field.path.starts_with(actor_prefix)) return std::nullopt;
    return of_case_.reaches(field, threshold);
  }

 private:
  value steps() const {
    std::set<node_id> done;
    for (const case_act& a : s_.acts)
      if (a.what == event_kind::completed && (a.actor == who_ || a.on_behalf == who_))
        done.insert(a.step);
    return texts(done);
  }

  const case_facts& of_case_;
  const case_definition& d_;
  const case_state& s_;
  const person_id& who_;
};

/// The post by which somebody may do a step, or nothing; only those lent count where some are.
const post* right_by_post(const organisation& o, const person_id& who, const node& n,
                          const std::vector<post_id>& lent) {
  const person* const p = find(o, who);
  if (p == nullptr) return nullptr;
  const auto among = [](const auto& all, const auto& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  for (const post_id& id : p->posts) {
    const post* const held = find(o, id);
    if (held == nullptr || (!lent.empty() && !among(lent, id))) continue;
    if (id == n.post || among(n.assignees.posts, id) ||
        among(n.assignees.departments, held->department))
      return held;
  }
  return nullptr;
}

/// Whether the turn that waits was last handed over to a person. Who merely claimed it still needs
/// a right of their own.
bool was_handed_to(const case_state& s, node_index step, const person_id& who) {
  const step_record* const turn = waiting(s, step);
  if (turn == nullptr) return false;
  const auto last = std::find_if(s.handed.rbegin(), s.handed.rend(),
                                 [&](const auto& h) { return &s.steps[h.turn] == turn; });
  return last != s.handed.rend() && last->to == who;
}

permission no_right_to(const node& n, const person_id& who, text why) {
  return {.rule = authority_rule::no_right,
          .person = who,
          .step = n.id,
          .name = n.post.text(),
          .why = std::move(why)};
}

} // namespace

permission detail::step_right(const case_definition& d, const case_state& s, node_index step,
                              const person_id& who, const std::vector<post_id>& lent,
                              reasons told) {
  const node& n = d.net.at(step);
  const auto granted = [&](authority_rule by, std::string name, text why) {
    return permission{
        .rule = by, .person = who, .step = n.id, .name = std::move(name), .why = std::move(why)};
  };
  if (lent.empty() && was_handed_to(s, step, who))
    return granted(authority_rule::handed_over, {},
                   reason_of_grant(told, "step '{1}' was handed over to {0}",
                                   "环节“{1}”已交接给 {0}", who.text(), n.shown()));
  if (!n.persons.empty()) {
    if (lent.empty() && std::find(n.persons.begin(), n.persons.end(), who) != n.persons.end())
      return granted(authority_rule::named, {},
                     reason_of_grant(told, "step '{1}' names {0}", "环节“{1}”指定由 {0} 办理",
                                     who.text(), n.shown()));
    std::vector<std::string_view> names;
    for (const person_id& p : n.persons) names.emplace_back(p.text());
    return no_right_to(n, who,
                       text_of_both("step '{1}' is for {2} only, not for {0}",
                                    "环节“{1}”仅由 {2} 办理,{0} 不能办理", who.text(), n.shown(),
                                    fmt::join(names, ", ")));
  }
  if (const post* const by = right_by_post(*d.people, who, n, lent))
    return granted(
        authority_rule::post, by->id.text(),
        reason_of_grant(told, "{} holds post '{}'", "{} 在岗位“{}”上", who.text(), by->id.text()));
  return no_right_to(n, who,
                     text_of_both("{} does not hold post '{}', which step '{}' belongs to",
                                  "{0} 不在环节“{2}”所属的岗位“{1}”上", who.text(), n.post.text(),
                                  n.shown()));
}

bool detail::condition_holds(const case_definition& d, const case_state& s,
                             const workday_calendar& calendar, const assignment& what,
                             const person_id& who) {
  const auto i = static_cast<std::size_t>(what.step);
  if (i >= d.assignees.size() || !d.assignees[i]) return true;
  const auto limits = clocks(d, s, calendar);
  const case_facts of_case{d, s, calendar, limits ? &*limits : nullptr, what.when};
  return d.assignees[i]->evaluate(actor_facts{of_case, d, s, who}).truth() == true;
}

environment assignee_environment(const service_item& item) {
  environment env = fact_environment(item);
  const type ids = type::list_of(type_kind::string);
  env.declare("actor", type::record("actor", {{"id", type_kind::string},
                                              {"posts", ids},
                                              {"departments", ids},
                                              {"steps", ids}}));
  env.alias({.label = "经办人", .name = "actor"});
  env.alias({.label = "工号", .name = "id"});
  env.alias({.label = "所任岗位", .name = "posts"});
  env.alias({.label = "所在部门", .name = "departments"});
  env.alias({.label = "办过的环节", .name = "steps"});
  return env;
}

std::optional<error> refuse_assignee(const case_definition& definition, const case_state& state,
                                     const workday_calendar& calendar, const assignment& what,
                                     const person_id& who) {
  return refusal_of(may(definition, state, calendar,
                        {action::complete, definition.net.at(what.step).id, what.when}, who));
}

std::vector<person_id> assignees(const case_definition& definition, const case_state& state,
                                 const workday_calendar& calendar, const assignment& what) {
  std::vector<person_id> out;
  for (const person& p : definition.people->persons)
    if (!refuse_assignee(definition, state, calendar, what, p.id)) out.push_back(p.id);
  return out;
}

} // namespace banli
