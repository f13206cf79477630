// The rule of a step asked of one person: named, holding a post, and fit by its condition.
#include <banli/engine/assignees.hpp>

#include <algorithm>
#include <set>

#include <banli/engine/case_clocks.hpp>
#include <banli/engine/case_facts.hpp>

namespace banli {

namespace {

using refused = std::optional<error>;

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
    for (const step_record& r : s_.steps)
      if (r.end == step_end::completed && r.actor == who_) done.insert(d_.net.at(r.step).id);
    return texts(done);
  }

  const case_facts& of_case_;
  const case_definition& d_;
  const case_state& s_;
  const person_id& who_;
};

bool holds_one_of(const organisation& o, const person_id& who, const node& n) {
  const assignee_rule& rule = n.assignees;
  const auto held = [&](const auto& what) { return holds(o, who, what); };
  return held(n.post) || std::any_of(rule.posts.begin(), rule.posts.end(), held) ||
         std::any_of(rule.departments.begin(), rule.departments.end(), held);
}

refused refuse_by_name_or_post(const case_definition& d, const case_state& s, node_index step,
                               const person_id& who) {
  const step_record* const turn = waiting(s, step);
  if (turn != nullptr && !turn->assigned.empty() && turn->assigned == who) return std::nullopt;
  const node& n = d.net.at(step);
  if (!n.persons.empty()) {
    if (std::find(n.persons.begin(), n.persons.end(), who) != n.persons.end()) return std::nullopt;
    std::vector<std::string_view> names;
    for (const person_id& p : n.persons) names.emplace_back(p.text());
    return make_error(errc::not_authorised, "step '{1}' is for {2} only, not for {0}",
                      "环节“{1}”仅由 {2} 办理,{0} 不能办理", who.text(), n.shown(),
                      fmt::join(names, ", "));
  }
  if (holds_one_of(*d.people, who, n)) return std::nullopt;
  return make_error(errc::not_authorised, "{} does not hold post '{}', which step '{}' belongs to",
                    "{0} 不在环节“{2}”所属的岗位“{1}”上", who.text(), n.post.text(), n.shown());
}

refused refuse_by_condition(const case_definition& d, const case_state& s,
                            const workday_calendar& calendar, const assignment& what,
                            const person_id& who) {
  const auto i = static_cast<std::size_t>(what.step);
  if (i >= d.assignees.size() || !d.assignees[i]) return std::nullopt;
  const auto limits = clocks(d, s, calendar);
  const case_facts of_case{d, s, calendar, limits ? &*limits : nullptr, what.when};
  const outcome judged = d.assignees[i]->evaluate(actor_facts{of_case, d, s, who});
  if (judged.truth() == true) return std::nullopt;
  const node& n = d.net.at(what.step);
  return make_error(errc::not_authorised, "step '{}' is not for {}: {}",
                    "环节“{}”不能由 {} 办理:{}", n.shown(), who.text(), n.assignees.condition);
}

} // namespace

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
  if (definition.people->rights == authority::recorded) return std::nullopt;
  if (refused why = refuse_by_name_or_post(definition, state, what.step, who)) return why;
  return refuse_by_condition(definition, state, calendar, what, who);
}

std::vector<person_id> assignees(const case_definition& definition, const case_state& state,
                                 const workday_calendar& calendar, const assignment& what) {
  std::vector<person_id> out;
  for (const person& p : definition.people->persons)
    if (!refuse_assignee(definition, state, calendar, what, p.id)) out.push_back(p.id);
  return out;
}

} // namespace banli
