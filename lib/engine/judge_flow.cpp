// Commands that move the flow, or wait for it.
#include <algorithm>

#include <banli/base/nearest.hpp>
#include <banli/engine/case_facts.hpp>

#include "judge.hpp"

namespace banli::detail {

denial command_judge::claim() {
  const auto step = named_step(c_.with.step);
  if (!step) return step.error();
  const step_record* const turn = waiting(s_, *step);
  if (turn == nullptr) return not_enabled(*step);
  if (denial why = may_do(*step)) return why;
  return add(event_kind::claimed);
}

denial command_judge::complete() {
  const auto step = named_step(c_.with.step);
  if (!step) return step.error();
  const auto way = d_.net.route(at_, *step);
  if (!way) return not_enabled(*step);
  if (denial why = may_do(*step)) return why;
  if (denial why = facts_are_good()) return why;
  if (denial why = take_all(*way)) return why;
  auto moved = d_.net.complete(at_, *step);
  if (!moved) return moved.error();
  at_ = *std::move(moved);
  add(event_kind::completed);
  if (denial why = choose(*step)) return why;
  return settle_conditions();
}

/// Goes along the arrows that the outcome names, out of the decision that follows the step. Which
/// branches an inclusive decision opens is never inferred.
denial command_judge::choose(node_index step) {
  std::vector<std::string_view> labels;
  const auto out = d_.net.out(step);
  const auto next = out.empty() ? std::nullopt : d_.net.index(d_.net.at(out.front()).to);
  const bool asked = next && d_.net.by_choice(*next);
  const bool several = asked && d_.net.at(*next).kind == node_kind::inclusive_decision;
  if (c_.with.outcome.empty() && !several) return std::nullopt;
  if (asked) {
    if (const auto named = d_.net.named(*next, c_.with.outcome); !named.empty()) return take(named);
    for (const arrow_index a : d_.net.out(*next)) labels.emplace_back(d_.net.at(a).label);
  }
  if (c_.with.outcome.empty())
    return make_error(errc::bad_outcome,
                      "step '{}' needs an outcome, one or several joined by '+': {}",
                      "环节“{}”须写明结果,可选一项或以“+”连接的多项:{}", d_.net.at(step).shown(),
                      fmt::join(labels, ", "));
  return with_hint(
      make_error(errc::bad_outcome, "step '{}' has no outcome '{}'; it has: {}",
                 "环节“{}”没有结果“{}”;可选:{}", d_.net.at(step).shown(), c_.with.outcome,
                 labels.empty() ? std::string{"-"} : fmt::format("{}", fmt::join(labels, ", "))),
      suggestion(c_.with.outcome, labels));
}

denial command_judge::send_back() {
  if (denial why = reason_given()) return why;
  const auto from = named_step(c_.with.step);
  if (!from) return from.error();
  const auto to = named_step(c_.with.to_step);
  if (!to) return to.error();
  if (!d_.net.rests(at_, *from)) return not_enabled(*from);
  if (denial why = may_do(*from)) return why;
  const auto moved = d_.net.send_back(at_, *from, *to);
  if (!moved) return moved.error();
  return add(event_kind::sent_back);
}

denial command_judge::hand_over() {
  if (denial why = reason_given()) return why;
  const auto step = named_step(c_.with.step);
  if (!step) return step.error();
  if (waiting(s_, *step) == nullptr) return not_enabled(*step);
  if (judged() && find(*d_.people, c_.with.to_person) == nullptr)
    return make_error(errc::unknown_reference, "there is no person '{}' to hand over to",
                      "没有可交接的人员“{}”", c_.with.to_person.text());
  if (denial why = may_do(*step)) return why;
  const act_question to_do{action::complete, c_.with.step, c_.at};
  if (const auto bar = barred(d_, s_, to_do, c_.with.to_person)) return refusal_of(*bar);
  return add(event_kind::handed_over);
}

denial command_judge::deliver() {
  if (s_.phase == case_phase::refused) return add(event_kind::delivered); // the slip
  const auto way = d_.net.finish(at_);
  if (!way)
    return make_error(errc::not_finished, "case {} is not at its end: {} to be done",
                      "办件 {} 的流程尚未结束:待办 {}", c_.id.text(), d_.net.to_text(at_));
  if (denial why = take_all(*way)) return why;
  add(event_kind::delivered);
  return d_.item.completion_told ? add_notice_due("completion", "applicant") : std::nullopt;
}

denial command_judge::report_up() {
  if (!policy_.reports_up)
    return make_error(errc::condition_not_met, "a case of kind '{}' is not reported up",
                      "{1}不上报上级部门", to_string(policy_.kind), label(policy_.kind));
  details with = c_.with;
  if (with.authority.empty()) with.authority = d_.item.superior_body;
  if (with.authority.empty()) return missing("the upper level (authority)", "上级部门(authority)");
  return add(event_kind::reported_up, std::move(with));
}

denial command_judge::answer_above() {
  if (!c_.with.result) return missing("a result: granted or refused", "结果:granted 或 refused");
  if (*c_.with.result == case_result::refused)
    if (denial why = reason_given()) return why;
  return add(event_kind::answered_above);
}

/// Several arrows are the branches that an inclusive decision opens.
denial command_judge::take(const std::vector<arrow_index>& arrows) {
  for (const arrow_index a : arrows)
    if (used_up(a))
      return make_error(errc::bad_outcome,
                        "'{}' went back to '{}' {} times already: no more is allowed",
                        "“{0}”已 {2} 次退回“{1}”,不能再退回", d_.net.at(a).from.text(),
                        d_.net.at(a).to.text(), *d_.net.at(a).at_most);
  auto moved = d_.net.take(at_, arrows);
  if (!moved) return moved.error();
  at_ = *std::move(moved);
  details with;
  with.step = d_.net.at(arrows.front()).from;
  if (arrows.size() == 1) with.to_step = d_.net.at(arrows.front()).to;
  for (const arrow_index a : arrows) {
    const std::string& label = d_.net.at(a).label;
    if (!label.empty()) with.outcome += (with.outcome.empty() ? "" : "+") + label;
    with.arrow += (with.arrow.empty() ? "" : "+") + std::to_string(static_cast<std::uint32_t>(a));
    if (d_.net.at(a).at_most) ++taken_[static_cast<std::uint32_t>(a)];
  }
  return add(event_kind::arrow_taken, std::move(with));
}

denial command_judge::take_all(const std::vector<arrow_index>& way) {
  for (const arrow_index a : way)
    if (denial why = take(a)) return why;
  return std::nullopt;
}

/// Whether an arrow was taken as often as it may be.
bool command_judge::used_up(arrow_index a) const {
  if (!d_.net.at(a).at_most) return false;
  std::uint32_t times = 0;
  for (const auto* taken : {&s_.taken, &taken_})
    if (const auto it = taken->find(static_cast<std::uint32_t>(a)); it != taken->end())
      times += it->second;
  return times > 0 && times >= static_cast<std::uint32_t>(*d_.net.at(a).at_most);
}

/// Lets every decision by condition go on, until none holds a token. Each passes at most once per
/// node of the chart: a circle of conditions that no step interrupts would never end.
denial command_judge::settle_conditions() {
  for (std::size_t turns = 0;; ++turns) {
    const auto open = d_.net.open_conditions(at_);
    if (open.empty()) return std::nullopt;
    if (turns > d_.net.chart().nodes.size())
      return make_error(errc::limit_exceeded, "the conditions after '{}' lead in a circle",
                        "“{}”之后的条件形成循环", d_.net.at(open.front()).shown());
    if (denial why = settle(open.front())) return why;
  }
}

denial command_judge::settle(node_index decision) {
  const case_state& now = after();
  const auto k = clocks(d_, now, cal_);
  const case_facts facts{d_, now, cal_, k ? &*k : nullptr, c_.at};
  const bool inclusive = d_.net.at(decision).kind == node_kind::inclusive_decision;
  std::vector<arrow_index> holding; // of an inclusive decision: every arrow whose condition holds
  std::optional<arrow_index> otherwise;
  for (const arrow_index a : d_.net.out(decision)) {
    const auto& condition = d_.conditions[static_cast<std::size_t>(a)];
    if (!condition) { // wherever it stands, it is for what no condition is for
      otherwise = a;
      continue;
    }
    const outcome o = condition->evaluate(facts);
    if (o.is == outcome::state::unknown)
      return make_error(errc::missing_field, "condition '{}' of '{}' needs {}",
                        "“{1}”的条件“{0}”需要 {2}", condition->source(),
                        d_.net.at(decision).shown(), fmt::join(o.missing, ", "));
    if (o.is == outcome::state::error) return o.error;
    if (!o.truth().value_or(false) || used_up(a)) continue;
    if (!inclusive) return take(a);
    holding.push_back(a);
  }
  if (!holding.empty()) return take(holding);
  if (otherwise) return take(*otherwise);
  return make_error(errc::missing_default, "no condition of '{}' holds and it has no default",
                    "“{}”没有成立的条件,也没有默认分支", d_.net.at(decision).shown());
}

result<node_index> command_judge::named_step(const node_id& id) const {
  const auto n = d_.net.index(id);
  if (n && d_.net.at(*n).kind == node_kind::step) return *n;
  std::vector<std::string_view> names;
  for (const node& each : d_.net.chart().nodes)
    if (each.kind == node_kind::step) names.emplace_back(each.id.text());
  return with_hint(make_error(errc::unknown_step, "flowchart '{}' has no step '{}'",
                              "流程图“{}”没有环节“{}”", d_.net.chart().name, id.text()),
                   suggestion(id.text(), names));
}

error command_judge::not_enabled(node_index step) const {
  std::vector<std::string_view> open;
  for (const node_index n : d_.net.enabled(at_)) open.emplace_back(d_.net.at(n).id.text());
  return make_error(errc::step_not_enabled, "case {}: step '{}' is not to be done now; enabled: {}",
                    "办件 {}:环节“{}”现在不可办理;可办:{}", c_.id.text(), d_.net.at(step).id.text(),
                    open.empty() ? std::string{"-"} : fmt::format("{}", fmt::join(open, ", ")));
}

/// A step that somebody has claimed is theirs until they hand it over.
denial command_judge::may_do(node_index step) {
  const step_record* const turn = waiting(s_, step);
  if (judged() && turn != nullptr && turn->claimed && turn->assigned != c_.actor)
    return make_error(errc::not_authorised, "step '{}' was claimed by {}, not by {}",
                      "环节“{}”已由 {} 签收,{} 不能办理", d_.net.at(step).shown(),
                      turn->assigned.text(), c_.actor.text());
  return permitted({c_.what, d_.net.at(step).id, c_.at});
}

} // namespace banli::detail
