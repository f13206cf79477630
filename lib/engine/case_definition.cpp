#include <banli/engine/case_definition.hpp>

#include <algorithm>
#include <set>

#include "definition_text.hpp"
#include <banli/base/nearest.hpp>
#include <banli/engine/assignees.hpp>
#include <banli/engine/case_facts.hpp>
#include <banli/engine/material_need.hpp>

namespace banli {

namespace {

/// A flowchart step by step: what must be right before the next check makes sense.
class linker {
 public:
  linker(const service_item& item, const flowchart& chart,
         std::shared_ptr<const organisation> people, const definition_places& places)
      : item_(item), chart_(chart), people_(std::move(people)), places_(places) {}

  linked_definition run() {
    add(check(item_, places_.item));
    const problems drawn = check(chart_, places_.chart);
    add(drawn);
    references();
    if (!chart_.nodes.empty()) {
      documents();
      co_handlers();
    }
    material_names();
    inclusive_choices();
    auto conditions = compile_conditions();
    auto assignees = compile_assignees();
    material_conditions materials = compile_materials(item_, places_.item);
    add(std::move(materials.problems));
    if (!drawn.empty()) return {nullptr, std::move(found_)};

    auto net = compile(chart_);
    if (!net) {
      found_.push_back(net.error());
      return {nullptr, std::move(found_)};
    }
    add(to_problems(check_soundness(*net), *net, places_.chart));
    add(check_time(*net, item_.promised, places_.chart));
    if (!found_.empty()) return {nullptr, std::move(found_)};
    time_feasibility time = check_time(*net);
    return {std::make_shared<const case_definition>(case_definition{
                item_, *std::move(net), people_, std::move(conditions), std::move(time),
                sha256(definition_text(item_, chart_)), std::make_shared<const working_hours>(),
                std::move(materials.by_material), std::move(assignees)}),
            {}};
  }

 private:
  void add(problems more) {
    found_.insert(found_.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
  }

  template <class T, class Id>
  void refer(const std::vector<T>& known, const Id& id, text what, place where) {
    if (id.empty()) return;
    std::vector<std::string_view> names;
    for (const T& t : known) names.emplace_back(t.id.text());
    if (std::find(names.begin(), names.end(), id.text()) != names.end()) return;
    found_.push_back(at(with_hint(error{errc::unknown_reference,
                                        {fmt::format("there is no {} '{}'", what.en, id.text()),
                                         fmt::format("没有{}“{}”", what.zh, id.text())},
                                        {}},
                                  suggestion(id.text(), names)),
                        std::move(where)));
  }

  void references() {
    const text department{"department", "部门"};
    refer(people_->departments, item_.department, department, places_.item("/department"));
    for (std::size_t i = 0; i < item_.co_handlers.size(); ++i)
      refer(people_->departments, item_.co_handlers[i], department,
            places_.item(fmt::format("/co_handlers/{}", i)));
    for (std::size_t i = 0; i < chart_.nodes.size(); ++i) {
      const node& n = chart_.nodes[i];
      refer(people_->posts, n.post, {"post", "岗位"},
            places_.chart(fmt::format("/nodes/{}/post", i)));
      post_limit(i);
      for (std::size_t p = 0; p < n.assignees.posts.size(); ++p)
        refer(people_->posts, n.assignees.posts[p], {"post", "岗位"},
              places_.chart(fmt::format("/nodes/{}/assignees/posts/{}", i, p)));
      for (std::size_t d = 0; d < n.assignees.departments.size(); ++d)
        refer(people_->departments, n.assignees.departments[d], department,
              places_.chart(fmt::format("/nodes/{}/assignees/departments/{}", i, d)));
      refer(people_->departments, n.department, department,
            places_.chart(fmt::format("/nodes/{}/department", i)));
      for (std::size_t p = 0; p < n.persons.size(); ++p)
        refer(people_->persons, n.persons[p], {"person", "人员"},
              places_.chart(fmt::format("/nodes/{}/persons/{}", i, p)));
    }
  }

  /// What a closed case must have must come from somewhere. A chart that names no documents at all
  /// says nothing of them.
  void documents() {
    std::vector<std::string_view> produced;
    std::vector<std::string_view> steps;
    for (const node& n : chart_.nodes) {
      if (n.kind != node_kind::step) continue;
      steps.emplace_back(n.id.text());
      produced.insert(produced.end(), n.documents.begin(), n.documents.end());
    }
    for (std::size_t i = 0; i < item_.documents.size(); ++i) {
      const item_document& d = item_.documents[i];
      const node* const by = find(chart_, d.step);
      if (!d.step.empty() && (by == nullptr || by->kind != node_kind::step))
        found_.push_back(
            at(with_hint(make_error(errc::unknown_reference, "the flowchart has no step '{}'",
                                    "流程图没有环节“{}”", d.step.text()),
                         suggestion(d.step.text(), steps)),
               places_.item(fmt::format("/documents/{}/step", i))));
      if (produced.empty() || std::find(produced.begin(), produced.end(), d.name) != produced.end())
        continue;
      found_.push_back(
          at(with_hint(make_error(errc::unknown_reference,
                                  "no step of the flowchart produces the document '{}'",
                                  "流程图中没有环节产生文书“{}”", d.name),
                       suggestion(d.name, produced)),
             places_.item(fmt::format("/documents/{}", i))));
    }
  }

  /// Whoever handles a joint case has a step to do in it. Departments that are not there are told
  /// of by references().
  void co_handlers() {
    if (!policy_of(item_.kind).waits_for_co_handlers) return;
    for (std::size_t i = 0; i < item_.co_handlers.size(); ++i) {
      const department_id& who = item_.co_handlers[i];
      if (find(*people_, who) == nullptr) continue;
      const auto theirs = [&](const node& n) {
        return n.kind == node_kind::step && department_of(*people_, n) == who;
      };
      if (std::any_of(chart_.nodes.begin(), chart_.nodes.end(), theirs)) continue;
      found_.push_back(
          at(make_error(errc::missing_co_handlers, "co-handler '{}' has no step in flowchart '{}'",
                        "联办部门“{}”在流程图“{}”中没有环节", who.text(), chart_.name),
             places_.item(fmt::format("/co_handlers/{}", i))));
    }
  }

  /// Materials are reviewed by their names.
  void material_names() {
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < item_.materials.size(); ++i)
      if (!seen.insert(item_.materials[i].name).second)
        found_.push_back(at(make_error(errc::duplicate_id, "material '{}' is asked for twice",
                                       "申请材料“{}”重复", item_.materials[i].name),
                            places_.item(fmt::format("/materials/{}", i))));
  }

  /// A post is described with the time it may take; no step of it may be given more.
  void post_limit(std::size_t i) {
    const node& n = chart_.nodes[i];
    const post* const p = find(*people_, n.post);
    if (p == nullptr || !p->limit || !n.limit || !longer(*n.limit, *p->limit)) return;
    found_.push_back(
        at(make_error(errc::bad_value, "step '{}' has {}, and its post '{}' at most {}",
                      "环节“{}”的时限为 {},岗位“{}”的时限为 {}", n.shown(), to_text(*n.limit),
                      p->name, to_text(*p->limit)),
           places_.chart(fmt::format("/nodes/{}/limit", i))));
  }

  /// Which branches are opened must be said by whoever does the step before: nobody else is asked.
  void inclusive_choices() {
    for (const arrow& a : chart_.arrows) {
      const node* const to = find(chart_, a.to);
      const node* const from = find(chart_, a.from);
      if (to == nullptr || to->kind != node_kind::inclusive_decision) continue;
      if (from == nullptr || from->kind == node_kind::step) continue;
      const bool by_condition =
          std::any_of(chart_.arrows.begin(), chart_.arrows.end(),
                      [&](const arrow& b) { return b.from == to->id && !b.condition.empty(); });
      if (by_condition) continue;
      found_.push_back(at(
          make_error(errc::bad_arrow,
                     "inclusive decision '{}' follows '{}', which is no step: nobody would choose",
                     "包容条件“{}”前面的“{}”不是环节:无人选择", to->shown(), from->shown()),
          places_.chart(fmt::format("/nodes/{}", to - chart_.nodes.data()))));
    }
  }

  std::vector<std::optional<program>> compile_conditions() {
    std::vector<std::optional<program>> out(chart_.arrows.size());
    const environment env = fact_environment(item_);
    for (std::size_t i = 0; i < chart_.arrows.size(); ++i) {
      if (chart_.arrows[i].condition.empty()) continue;
      compile_options how;
      how.base = places_.chart(fmt::format("/arrows/{}/condition", i));
      how.expected = type{type_kind::boolean};
      compiled c = banli::compile(chart_.arrows[i].condition, env, how);
      add(std::move(c.problems));
      out[i] = std::move(c.program);
    }
    return out;
  }

  std::vector<std::optional<program>> compile_assignees() {
    std::vector<std::optional<program>> out(chart_.nodes.size());
    const environment env = assignee_environment(item_);
    for (std::size_t i = 0; i < chart_.nodes.size(); ++i) {
      const assignee_rule& rule = chart_.nodes[i].assignees;
      if (rule.condition.empty()) continue;
      compile_options how;
      how.base = places_.chart(fmt::format("/nodes/{}/assignees/condition", i));
      how.expected = type{type_kind::boolean};
      compiled c = banli::compile(rule.condition, env, how);
      add(std::move(c.problems));
      out[i] = std::move(c.program);
    }
    return out;
  }

  const service_item& item_;
  const flowchart& chart_;
  std::shared_ptr<const organisation> people_;
  const definition_places& places_;
  problems found_;
};

} // namespace

const department_id& department_of(const organisation& people, const node& step) {
  const post* const p = find(people, step.post);
  return !step.department.empty() || p == nullptr ? step.department : p->department;
}

linked_definition link(const service_item& item, const flowchart& chart,
                       std::shared_ptr<const organisation> people,
                       const definition_places& places) {
  return linker{item, chart, std::move(people), places}.run();
}

} // namespace banli
