// The judgement: may this command happen now, and what does it lead to. What all commands share
// stands here; each topic has a file of its own (judge.hpp).
#include <banli/engine/decide.hpp>

#include <algorithm>

#include <banli/base/nearest.hpp>
#include <banli/engine/case_life_cycle.hpp>
#include <banli/engine/form_values.hpp>

#include "assignee_parts.hpp"
#include "judge.hpp"

namespace banli {

namespace detail {

result<std::vector<event>> command_judge::run() {
  denial why = phase();
  if (!why) why = actor_known();
  if (!why) why = may_command();
  if (!why) why = recorded_late();
  // Those two ask it themselves, once item and step are known to be right.
  const bool asks_itself = c_.what == action::complete || c_.what == action::accept;
  if (!why && !asks_itself) why = facts_are_good();
  if (!why) why = dispatch();
  if (why) return at(std::move(*why), c_.where);
  return std::move(events_);
}

denial command_judge::dispatch() {
  switch (c_.what) {
  case action::accept: return accept();
  case action::refuse: return refuse();
  case action::complete: return complete();
  case action::request_supplement: return request_supplement();
  case action::supplement: return add(event_kind::supplemented);
  case action::suspend: return suspend();
  case action::resume: return add(event_kind::resumed);
  case action::send_back: return send_back();
  case action::hand_over: return hand_over();
  case action::extend: return extend();
  case action::withdraw: return add_with_reason(event_kind::withdrawn);
  case action::decide: return decide_case();
  case action::deliver: return deliver();
  case action::apply: return apply_for();
  case action::review_materials: return review_materials();
  case action::claim: return claim();
  case action::report_up: return report_up();
  case action::answer_above: return answer_above();
  case action::request_extension: return request_extension();
  case action::deny_extension: return deny_extension();
  case action::conclude: return add_with_reason(event_kind::concluded);
  case action::deem_consent: return deem_consent();
  case action::notify: return notify();
  case action::prioritise: return prioritise();
  case action::attribute_fault: return attribute_fault();
  case action::request_change: return request_change();
  case action::answer_change: return answer_change();
  case action::deem_renewal: return deem_renewal();
  case action::migrate:
    return make_error(errc::bad_value, "'migrate' takes both definitions",
                      "“migrate”需要新旧两个版本的定义");
  }
  return std::nullopt;
}

// What the phase of the case allows. The table decides; what follows it finds the words.

denial command_judge::phase() const {
  if (!allows(s_.phase, c_.what) || (s_.ended && !allowed_when_closed(c_.what)))
    return not_in_this_phase();
  if (s_.phase != case_phase::none && c_.at < s_.last)
    return make_error(errc::time_backwards,
                      "case {}: {} lies before its last event at {}: time goes backwards",
                      "办件 {}:{} 早于上一事件的时间 {},时间倒流", c_.id.text(), to_text(c_.at),
                      to_text(s_.last));
  return std::nullopt;
}

denial command_judge::not_in_this_phase() const {
  const bool opens =
      c_.what == action::accept || c_.what == action::refuse || c_.what == action::apply;
  const std::string id{c_.id.text()};
  if (s_.ended)
    return make_error(errc::case_closed, "case {} was closed on {}: no '{}' any more",
                      "办件 {} 已于 {} 结束,不能再执行“{}”", id, to_short_text(*s_.ended),
                      to_string(c_.what));
  if (opens && s_.was_accepted())
    return make_error(errc::already_accepted, "case {} was accepted on {}", "办件 {} 已于 {} 受理",
                      id, to_short_text(s_.accepted));
  if (c_.what == action::apply && s_.applied)
    return make_error(errc::already_accepted, "case {} was applied for on {}",
                      "办件 {} 已于 {} 申请", id, to_short_text(*s_.applied));
  if (s_.phase == case_phase::none || s_.phase == case_phase::applied)
    return make_error(errc::not_accepted, "case {} has not been accepted: '{}' must wait for it",
                      "办件 {} 尚未受理,不能执行“{}”", id, to_string(c_.what));
  if (c_.what == action::resume || c_.what == action::supplement || c_.what == action::answer_above)
    return make_error(errc::not_suspended, "case {} is {}: there is nothing to '{}'",
                      "办件 {0} 处于“{3}”,不能执行“{2}”", id, to_string(s_.phase),
                      to_string(c_.what), label(s_.phase));
  if (s_.phase == case_phase::decided) return already_decided();
  std::vector<std::string_view> allowed;
  for (const action a : allowed_actions(s_)) allowed.push_back(to_string(a));
  return make_error(errc::case_suspended, "case {0} is {1}: '{3}' cannot follow, only {2}",
                    "办件 {0} 处于“{4}”:不能执行“{3}”,只能执行 {2}", id, to_string(s_.phase),
                    fmt::join(allowed, ", "), to_string(c_.what), label(s_.phase));
}

/// An applicant who applies or asks for a change is nobody of the office.
bool command_judge::from_outside() const {
  return c_.what == action::apply || c_.what == action::request_change;
}

denial command_judge::actor_known() const {
  if (!judged() || from_outside() || find(*d_.people, c_.actor) != nullptr) return std::nullopt;
  return refusal_of(
      may(d_, s_, cal_, {c_.what, c_.with.step, c_.at}, {c_.actor, {}}, reasons::of_refusals));
}

/// What steps ask is asked when it is known that they are to be done.
denial command_judge::may_command() {
  if (from_outside() || is_on_a_step(c_.what)) return std::nullopt;
  return permitted({c_.what, {}, c_.at});
}

/// Whether the actor may, and in whose name.
denial command_judge::permitted(const act_question& what) {
  const permission p = may(d_, s_, cal_, what, {c_.actor, c_.with.on_behalf}, reasons::of_refusals);
  on_behalf_ = p.on_behalf;
  return refusal_of(p);
}

denial command_judge::recorded_late() const {
  const auto& recorded = c_.with.recorded;
  if (!recorded) return std::nullopt;
  if (*recorded < c_.at)
    return make_error(errc::time_backwards, "recorded at {}, before it happened at {}",
                      "补录时间 {} 早于发生时间 {}", to_text(*recorded), to_text(c_.at));
  if (!c_.with.late_reason.empty()) return std::nullopt;
  return make_error(errc::missing_reason, "what is recorded late needs a late_reason",
                    "补录必须说明理由(late_reason)");
}

denial command_judge::item_is_ours() const {
  if (c_.with.item == d_.item.code) return std::nullopt;
  if (c_.with.item.empty() && s_.item == d_.item.code) return std::nullopt; // applied for before
  return make_error(errc::unknown_item, "the case is of item {}, the command names '{}'",
                    "办件属于事项 {},命令写的是“{}”", d_.item.code.text(), c_.with.item.text());
}

denial command_judge::reason_given() const {
  if (!c_.with.reason.empty()) return std::nullopt;
  return make_error(errc::missing_reason, "'{}' needs a reason", "“{}”必须说明理由",
                    to_string(c_.what));
}

denial command_judge::one_of(std::span<const std::string_view> kinds) const {
  if (std::find(kinds.begin(), kinds.end(), c_.with.kind) != kinds.end()) return std::nullopt;
  return with_hint(make_error(errc::unknown_value, "'{1}' is no kind of '{0}'; it has: {2}",
                              "“{1}”不是“{0}”的类型;可选:{2}", to_string(c_.what), c_.with.kind,
                              fmt::join(kinds, ", ")),
                   suggestion(c_.with.kind, kinds));
}

denial command_judge::missing(std::string_view en, std::string_view zh) const {
  return make_error(errc::missing_field, "'{0}' needs {1}", "“{0}”需要写明{2}", to_string(c_.what),
                    en, zh);
}

denial command_judge::already_decided() const {
  return make_error(errc::case_closed, "case {} is decided: '{}' comes too late",
                    "办件 {} 已作出决定,不能再“{}”", c_.id.text(), to_string(c_.what));
}

denial command_judge::facts_are_good() const { return refuse_values(d_, s_, c_); }

// Adding events.

denial command_judge::add(event_kind what) {
  return signed_by_engine(
      events_.emplace_back(next_number(), what, c_.at, c_.actor, c_.request, c_.with));
}

denial command_judge::add(event_kind what, details with) {
  return signed_by_engine(
      events_.emplace_back(next_number(), what, c_.at, c_.actor, c_.request, std::move(with)));
}

std::uint32_t command_judge::next_number() const {
  return s_.version + 1 + static_cast<std::uint32_t>(events_.size());
}

/// What is the engine's own to write.
denial command_judge::signed_by_engine(event& e) const {
  e.with.flags.clear();
  e.with.on_behalf = e.what == event_of(c_.what) ? on_behalf_ : person_id{};
  return std::nullopt;
}

denial command_judge::add_with_reason(event_kind what) {
  if (denial why = reason_given()) return why;
  return add(what);
}

denial command_judge::add_notice_due(std::string_view kind, std::string_view recipient) {
  details d;
  d.kind = kind;
  d.recipient = recipient;
  return add(event_kind::notice_due, std::move(d));
}

const case_state& command_judge::after() {
  if (events_.empty()) return s_;
  if (!after_) after_ = s_;
  for (; folded_ < events_.size(); ++folded_) apply_to(d_, *after_, events_[folded_]);
  return *after_;
}

} // namespace detail

result<std::vector<event>> decide(const case_definition& definition, const case_state& state,
                                  const command& c, const workday_calendar& calendar) {
  return detail::command_judge{definition, state, c, calendar}.run();
}

} // namespace banli
