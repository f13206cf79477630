// The judgement: may this command happen now, and what does it lead to. Every action is one short
// function that either adds events or says why not.
#include <banli/engine/decide.hpp>

#include <algorithm>

#include <banli/base/nearest.hpp>
#include <banli/engine/assignees.hpp>
#include <banli/engine/case_clocks.hpp>
#include <banli/engine/case_facts.hpp>

namespace banli {

namespace {

using refused = std::optional<error>; ///< why a command may not happen

class judge_of_commands {
 public:
  judge_of_commands(const case_definition& d, const case_state& s, const command& c,
                    const workday_calendar& cal)
      : d_(d), c_(c), cal_(cal), s_(s) {}

  result<std::vector<event>> run() {
    refused why = phase();
    if (!why) why = actor_known();
    if (!why) why = dispatch();
    if (why) return at(std::move(*why), c_.where);
    return std::move(events_);
  }

 private:
  refused dispatch() {
    switch (c_.what) {
    case action::accept: return accept();
    case action::refuse: return refuse();
    case action::complete: return complete();
    case action::request_supplement: return with_reason(event_kind::supplement_requested);
    case action::supplement: return add(event_kind::supplemented);
    case action::suspend: return suspend();
    case action::resume: return add(event_kind::resumed);
    case action::send_back: return send_back();
    case action::hand_over: return hand_over();
    case action::extend: return extend();
    case action::withdraw: return with_reason(event_kind::withdrawn);
    case action::decide: return decide_case();
    case action::deliver: return deliver();
    default: break; // the judging of the others follows
    }
    return std::nullopt;
  }

  // What the phase of the case allows.

  refused phase() const {
    const bool opens = c_.what == action::accept || c_.what == action::refuse;
    if (s_.phase == case_phase::none) {
      if (opens) return std::nullopt;
      return make_error(errc::not_accepted, "case {} has not been accepted: '{}' must wait for it",
                        "办件 {} 尚未受理,不能执行“{}”", c_.id.text(), to_string(c_.what));
    }
    if (s_.ended)
      return make_error(errc::case_closed, "case {} was closed on {}: no '{}' any more",
                        "办件 {} 已于 {} 结束,不能再执行“{}”", c_.id.text(),
                        to_short_text(*s_.ended), to_string(c_.what));
    if (opens)
      return make_error(errc::already_accepted, "case {} was accepted on {}",
                        "办件 {} 已于 {} 受理", c_.id.text(), to_short_text(s_.accepted));
    if (c_.at < s_.last)
      return make_error(errc::time_backwards,
                        "case {}: {} lies before its last event at {}: time goes backwards",
                        "办件 {}:{} 早于上一事件的时间 {},时间倒流", c_.id.text(), to_text(c_.at),
                        to_text(s_.last));
    return while_stopped();
  }

  refused while_stopped() const {
    const bool supplementing = s_.phase == case_phase::supplementing;
    const bool suspended = s_.phase == case_phase::suspended;
    if (c_.what == action::withdraw) return std::nullopt;
    if ((c_.what == action::resume && !suspended) ||
        (c_.what == action::supplement && !supplementing))
      return make_error(errc::not_suspended, "case {} is {}: there is nothing to '{}'",
                        "办件 {0} 处于“{3}”,不能执行“{2}”", c_.id.text(), to_string(s_.phase),
                        to_string(c_.what), label(s_.phase));
    if (c_.what == action::resume || c_.what == action::supplement) return std::nullopt;
    if (supplementing || suspended)
      return make_error(
          errc::case_suspended, "case {} is {}: only '{}' or 'withdraw' can follow, not '{}'",
          "办件 {0} 处于“{4}”:只能“{2}”或“withdraw”,不能“{3}”", c_.id.text(), to_string(s_.phase),
          supplementing ? "supplement" : "resume", to_string(c_.what), label(s_.phase));
    return std::nullopt;
  }

  refused actor_known() const {
    if (d_.people->rights == authority::recorded || find(*d_.people, c_.actor) != nullptr)
      return std::nullopt;
    std::vector<std::string_view> names;
    for (const person& p : d_.people->persons) names.emplace_back(p.id.text());
    return with_hint(make_error(errc::not_authorised, "there is no person '{}' in the organisation",
                                "组织机构中没有人员“{}”", c_.actor.text()),
                     suggestion(c_.actor.text(), names));
  }

  refused item_is_ours() const {
    if (c_.with.item == d_.item.code) return std::nullopt;
    return make_error(errc::unknown_item, "the case is of item {}, the command names '{}'",
                      "办件属于事项 {},命令写的是“{}”", d_.item.code.text(), c_.with.item.text());
  }

  refused reason_given() const {
    if (!c_.with.reason.empty()) return std::nullopt;
    return make_error(errc::missing_reason, "'{}' needs a reason", "“{}”必须说明理由",
                      to_string(c_.what));
  }

  // Adding events.

  refused add(event_kind what, details with) {
    event e{.number = s_.version + 1,
            .what = what,
            .at = c_.at,
            .actor = c_.actor,
            .request = c_.request,
            .with = std::move(with)};
    s_ = apply(d_, std::move(s_), e);
    events_.push_back(std::move(e));
    return std::nullopt;
  }
  refused add(event_kind what) { return add(what, c_.with); }

  refused with_reason(event_kind what) {
    if (refused why = reason_given()) return why;
    return add(what);
  }

  refused take(arrow_index a) { return take(std::vector{a}); }

  /// Several arrows are the branches that an inclusive decision opens.
  refused take(const std::vector<arrow_index>& arrows) {
    for (const arrow_index a : arrows)
      if (used_up(a))
        return make_error(errc::bad_outcome,
                          "'{}' went back to '{}' {} times already: no more is allowed",
                          "“{0}”已 {2} 次退回“{1}”,不能再退回", d_.net.at(a).from.text(),
                          d_.net.at(a).to.text(), *d_.net.at(a).at_most);
    const auto moved = d_.net.take(s_.at, arrows);
    if (!moved) return moved.error();
    details with;
    with.step = d_.net.at(arrows.front()).from;
    if (arrows.size() == 1) with.to_step = d_.net.at(arrows.front()).to;
    for (const arrow_index a : arrows) {
      const std::string& label = d_.net.at(a).label;
      if (!label.empty()) with.outcome += (with.outcome.empty() ? "" : "+") + label;
      with.arrow += (with.arrow.empty() ? "" : "+") + std::to_string(static_cast<std::uint32_t>(a));
    }
    return add(event_kind::arrow_taken, std::move(with));
  }

  /// Whether an arrow was taken as often as it may be.
  bool used_up(arrow_index a) const {
    const auto times = s_.taken.find(static_cast<std::uint32_t>(a));
    return times != s_.taken.end() &&
           times->second >= static_cast<std::uint32_t>(*d_.net.at(a).at_most);
  }

  refused take_all(const std::vector<arrow_index>& way) {
    for (const arrow_index a : way)
      if (refused why = take(a)) return why;
    return std::nullopt;
  }

  /// Lets every decision by condition go on, until none holds a token. Each passes at most once per
  /// node of the chart: a circle of conditions that no step interrupts would never end.
  refused settle_conditions() {
    for (std::size_t turns = 0;; ++turns) {
      const auto open = d_.net.open_conditions(s_.at);
      if (open.empty()) return std::nullopt;
      if (turns > d_.net.chart().nodes.size())
        return make_error(errc::limit_exceeded, "the conditions after '{}' lead in a circle",
                          "“{}”之后的条件形成循环", d_.net.at(open.front()).shown());
      if (refused why = settle(open.front())) return why;
    }
  }

  refused settle(node_index decision) {
    const auto k = clocks(d_, s_, cal_);
    const case_facts facts{d_, s_, cal_, k ? &*k : nullptr, c_.at};
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

  // The actions.

  refused accept() {
    if (refused why = item_is_ours()) return why;
    // Another system's log is not judged for the day on which its office let the limits begin.
    if (d_.people->rights == authority::checked && c_.with.received &&
        *c_.with.received > day_of(c_.at))
      return make_error(errc::bad_value, "received on {} lies after the acceptance on {}",
                        "收件日 {} 晚于受理时间 {}", to_text(*c_.with.received),
                        to_short_text(c_.at));
    if (refused why = facts_are_good()) return why;
    add(event_kind::accepted);
    return settle_conditions();
  }

  refused refuse() {
    if (refused why = item_is_ours()) return why;
    return with_reason(event_kind::refused);
  }

  refused complete() {
    const auto step = named_step(c_.with.step);
    if (!step) return step.error();
    const auto way = d_.net.route(s_.at, *step);
    if (!way) return not_enabled(*step);
    if (refused why = may_do(*step)) return why;
    if (refused why = facts_are_good()) return why;
    if (refused why = take_all(*way)) return why;
    const auto moved = d_.net.complete(s_.at, *step);
    if (!moved) return moved.error();
    add(event_kind::completed);
    if (refused why = choose(*step)) return why;
    return settle_conditions();
  }

  /// Goes along the arrows that the outcome names, out of the decision that follows the step. Which
  /// branches an inclusive decision opens is never inferred.
  refused choose(node_index step) {
    std::vector<std::string_view> labels;
    const auto out = d_.net.out(step);
    const auto next = out.empty() ? std::nullopt : d_.net.index(d_.net.at(out.front()).to);
    const bool asked = next && d_.net.by_choice(*next);
    const bool several = asked && d_.net.at(*next).kind == node_kind::inclusive_decision;
    if (c_.with.outcome.empty() && !several) return std::nullopt;
    if (asked) {
      if (const auto named = d_.net.named(*next, c_.with.outcome); !named.empty())
        return take(named);
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

  refused suspend() {
    if (refused why = reason_given()) return why;
    std::vector<std::string_view> kinds{suspension_kind};
    for (const std::string& k : d_.item.excluded_procedures) kinds.emplace_back(k);
    if (std::find(kinds.begin(), kinds.end(), c_.with.kind) == kinds.end())
      return with_hint(make_error(errc::unknown_value,
                                  "'{}' is no excluded procedure of item {}; it has: {}",
                                  "“{}”不是事项 {} 的不计时程序;可选:{}", c_.with.kind,
                                  d_.item.code.text(), fmt::join(kinds, ", ")),
                       suggestion(c_.with.kind, kinds));
    if (s_.phase != case_phase::running) return already_decided();
    return add(event_kind::suspended);
  }

  refused send_back() {
    if (refused why = reason_given()) return why;
    const auto from = named_step(c_.with.step);
    if (!from) return from.error();
    const auto to = named_step(c_.with.to_step);
    if (!to) return to.error();
    if (!d_.net.rests(s_.at, *from)) return not_enabled(*from);
    if (refused why = may_do(*from)) return why;
    const auto moved = d_.net.send_back(s_.at, *from, *to);
    if (!moved) return moved.error();
    return add(event_kind::sent_back);
  }

  refused hand_over() {
    if (refused why = reason_given()) return why;
    const auto step = named_step(c_.with.step);
    if (!step) return step.error();
    if (waiting(s_, *step) == nullptr) return not_enabled(*step);
    if (d_.people->rights == authority::checked && find(*d_.people, c_.with.to_person) == nullptr)
      return make_error(errc::unknown_reference, "there is no person '{}' to hand over to",
                        "没有可交接的人员“{}”", c_.with.to_person.text());
    return add(event_kind::handed_over);
  }

  refused extend() {
    if (refused why = reason_given()) return why;
    if (!c_.with.limit)
      return make_error(errc::missing_field, "'extend' needs a limit",
                        "“extend”需要写明延长的期限");
    if (c_.with.authority.empty())
      return make_error(errc::missing_field, "'extend' needs the authority that consented",
                        "“extend”需要写明批准机关");
    if (s_.phase != case_phase::running) return already_decided();
    case_state longer = s_;
    longer.extended.push_back({*c_.with.limit, day_of(c_.at), c_.with.authority});
    const auto k = clocks(d_, longer, cal_);
    if (!k) return k.error();
    return add(event_kind::extended);
  }

  refused decide_case() {
    if (s_.phase == case_phase::decided) return already_decided();
    if (!c_.with.result)
      return make_error(errc::missing_field, "'decide' needs a result: granted or refused",
                        "“decide”需要写明结果:granted 或 refused");
    if (*c_.with.result == case_result::refused)
      if (refused why = reason_given()) return why;
    return add(event_kind::decided);
  }

  refused deliver() {
    const auto way = d_.net.finish(s_.at);
    if (!way)
      return make_error(errc::not_finished, "case {} is not at its end: {} to be done",
                        "办件 {} 的流程尚未结束:待办 {}", c_.id.text(), d_.net.to_text(s_.at));
    if (refused why = take_all(*way)) return why;
    return add(event_kind::delivered);
  }

  // What they ask.

  result<node_index> named_step(const node_id& id) const {
    const auto n = d_.net.index(id);
    if (n && d_.net.at(*n).kind == node_kind::step) return *n;
    std::vector<std::string_view> names;
    for (const node& each : d_.net.chart().nodes)
      if (each.kind == node_kind::step) names.emplace_back(each.id.text());
    return with_hint(make_error(errc::unknown_step, "flowchart '{}' has no step '{}'",
                                "流程图“{}”没有环节“{}”", d_.net.chart().name, id.text()),
                     suggestion(id.text(), names));
  }

  error not_enabled(node_index step) const {
    std::vector<std::string_view> open;
    for (const node_index n : d_.net.enabled(s_.at)) open.emplace_back(d_.net.at(n).id.text());
    return make_error(
        errc::step_not_enabled, "case {}: step '{}' is not to be done now; enabled: {}",
        "办件 {}:环节“{}”现在不可办理;可办:{}", c_.id.text(), d_.net.at(step).id.text(),
        open.empty() ? std::string{"-"} : fmt::format("{}", fmt::join(open, ", ")));
  }

  refused may_do(node_index step) const {
    return refuse_assignee(d_, s_, cal_, {step, c_.at}, c_.actor);
  }

  refused already_decided() const {
    return make_error(errc::case_closed, "case {} is decided: '{}' comes too late",
                      "办件 {} 已作出决定,不能再“{}”", c_.id.text(), to_string(c_.what));
  }

  /// Form values must be of the type the item declares; undeclared ones are refused.
  refused facts_are_good() const {
    for (const auto& [name, written] : c_.with.facts)
      if (refused why = fact_is_good(name, written)) return why;
    return std::nullopt;
  }

  refused fact_is_good(const std::string& name, const std::string& written) const {
    std::vector<std::string_view> names;
    for (const form_fact& f : d_.item.facts) {
      names.emplace_back(f.name);
      if (f.name != name) continue;
      if (parse_fact(f, written)) return std::nullopt;
      return make_error(errc::bad_value, "form value {}={} is not {}",
                        "表单值 {}={} 的类型不对,应为 {}", name, written, to_string(f.type));
    }
    return with_hint(make_error(errc::unknown_field, "item {} has no form value '{}'",
                                "事项 {} 没有表单值“{}”", d_.item.code.text(), name),
                     suggestion(name, names));
  }

  const case_definition& d_;
  const command& c_;
  const workday_calendar& cal_;
  case_state s_;
  std::vector<event> events_;
};

} // namespace

result<std::vector<event>> decide(const case_definition& definition, const case_state& state,
                                  const command& c, const workday_calendar& calendar) {
  return judge_of_commands{definition, state, c, calendar}.run();
}

} // namespace banli
