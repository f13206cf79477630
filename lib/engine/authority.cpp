// The whole answer to "may this person do this": right, condition and separation, asked of whoever
// acts and of whoever they act for.
#include <banli/engine/authority.hpp>

#include <algorithm>
#include <array>

#include "assignee_parts.hpp"
#include <banli/base/nearest.hpp>

namespace banli {

namespace {

using detail::reasons;
using detail::text_of_both;

constexpr auto authority_names = std::to_array<std::string_view>(
    {"recorded", "handed_over", "named", "post", "grant", "everybody", "nobody", "no_right",
     "no_mandate", "condition", "separation"});
constexpr auto authority_labels = std::to_array<std::string_view>(
    {"仅记录", "交接", "指定人员", "岗位", "命令授权", "不限人员", "非本机构人员", "无权限",
     "无授权代理", "办理人条件", "职责分离"});
static_assert(authority_names.size() == static_cast<std::size_t>(authority_rule::separation) + 1);
static_assert(authority_labels.size() == authority_names.size());

class authority_judge {
 public:
  authority_judge(const case_definition& d, const case_state& s, const workday_calendar* cal,
                  const act_question& what, reasons told)
      : d_(d), s_(s), cal_(cal), what_(what), told_(told), o_(*d.people) {
    if (is_on_a_step(what.what)) step_ = d.net.index(what.step);
  }

  std::optional<permission> barred(const person_id& who) const {
    if (o_.rights == authority::recorded) return std::nullopt;
    return by_separation(who, who);
  }

  permission judge(const person_id& who, const person_id& on_behalf) const {
    if (o_.rights == authority::recorded)
      return answer(
          authority_rule::recorded, who,
          because("rights are only recorded: {}", "仅记录办理人,不核对权限:{}", who.text()));
    if (find(o_, who) == nullptr) return unknown(who);
    if (is_on_a_step(what_.what) && !step_)
      return answer(authority_rule::no_right, who,
                    text_of_both("there is no step '{}'", "没有环节“{}”", what_.step.text()));
    if (on_behalf.empty() || on_behalf == who) {
      permission own = judge_as(who, {who, {}, {}});
      if (own.granted() || on_behalf == who) return own;
      return by_mandate(who, {}, std::move(own));
    }
    return by_mandate(who, on_behalf,
                      answer(authority_rule::no_mandate, who,
                             text_of_both("{} may not act for {}", "{} 无权代理 {}", who.text(),
                                          on_behalf.text())));
  }

 private:
  /// Why something is granted, if that will be read.
  template <class... Args>
  text because(fmt::format_string<Args...> en, fmt::format_string<Args...> zh,
               Args&&... args) const {
    return detail::reason_of_grant(told_, en, zh, std::forward<Args>(args)...);
  }

  permission answer(authority_rule rule, const person_id& who, text why,
                    std::string name = {}) const {
    permission p{.rule = rule, .person = who, .name = std::move(name), .why = std::move(why)};
    if (step_) p.step = what_.step;
    return p;
  }

  permission unknown(const person_id& who) const {
    std::vector<std::string_view> names;
    for (const person& p : o_.persons) names.emplace_back(p.id.text());
    return answer(
        authority_rule::nobody, who,
        with_hint(make_error(errc::not_authorised, "there is no person '{}' in the organisation",
                             "组织机构中没有人员“{}”", who.text()),
                  suggestion(who.text(), names))
            .message);
  }

  /// The first mandate that gives the right and is not barred. The refusal that got furthest is
  /// told where none does.
  permission by_mandate(const person_id& who, const person_id& only, permission otherwise) const {
    for (const principal& p : principals(o_, who, {d_.item.code, what_.when})) {
      if (!only.empty() && p.who != only) continue;
      permission tried = judge_as(who, p);
      if (tried.granted()) return for_another(std::move(tried), p);
      if (tried.rule > otherwise.rule || !only.empty()) otherwise = std::move(tried);
    }
    return otherwise;
  }

  permission for_another(permission p, const principal& whom) const {
    p.why = because("{0} acts for {1} ({2}): {4}", "{0} 代 {1} 办理({3}):{5}", p.person.text(),
                    whom.who.text(), to_string(whom.by), label(whom.by), p.why.en, p.why.zh);
    p.on_behalf = whom.who;
    p.by = whom.by;
    return p;
  }

  permission judge_as(const person_id& who, const principal& whose) const {
    permission p = right_of(whose);
    p.person = who;
    if (!p.granted()) return p;
    if (auto barred = by_condition(who, whose.who)) return *std::move(barred);
    if (auto barred = by_separation(who, whose.who)) return *std::move(barred);
    return p;
  }

  // The right.

  permission right_of(const principal& whose) const {
    if (!step_) return right_to_command(whose);
    permission p = detail::step_right(d_, s_, *step_, whose.who, whose.posts, told_);
    if (p.granted() || what_.what != action::hand_over) return p;
    const permission granted = right_to_command(whose);
    return granted.rule == authority_rule::grant ? granted : p;
  }

  permission right_to_command(const principal& whose) const {
    if (o_.grants.empty())
      return answer(authority_rule::everybody, whose.who,
                    because("'{}' is granted to nobody in particular", "“{}”未限定授权对象",
                            to_string(what_.what)));
    for (const command_grant& g : o_.grants)
      if (auto by = granted_by(g, whose))
        return answer(authority_rule::grant, whose.who,
                      because("'{0}' is granted to {2}, which {1} has", "“{0}”授权给“{2}”,{1} 具备",
                              to_string(what_.what), whose.who.text(), *by),
                      *by);
    return answer(authority_rule::no_right, whose.who,
                  text_of_both("no grant lets {} '{}'", "没有授权允许 {} 执行“{}”",
                               whose.who.text(), to_string(what_.what)));
  }

  /// The post, department or power of a person that a grant names.
  std::optional<std::string> granted_by(const command_grant& g, const principal& whose) const {
    const auto in = [](const auto& all, const auto& one) {
      return std::find(all.begin(), all.end(), one) != all.end();
    };
    const person* const p = find(o_, whose.who);
    if (p == nullptr || !in(g.commands, what_.what)) return std::nullopt;
    for (const post_id& id : p->posts) {
      const post* const held = find(o_, id);
      if (held == nullptr || (!whose.posts.empty() && !in(whose.posts, id))) continue;
      if (in(g.posts, id)) return id.text();
      if (in(g.departments, held->department)) return held->department.text();
      for (const std::string& power : held->powers)
        if (in(g.powers, power)) return power;
    }
    return std::nullopt;
  }

  // What bars whoever has the right.

  std::optional<permission> by_condition(const person_id& who, const person_id& whose) const {
    if (!step_ || what_.what == action::hand_over) return std::nullopt;
    for (const person_id* each : {&who, &whose})
      if (!detail::condition_holds(d_, s_, *cal_, {*step_, what_.when}, *each)) {
        const node& n = d_.net.at(*step_);
        return answer(authority_rule::condition, who,
                      text_of_both("step '{}' is not for {}: {}", "环节“{}”不能由 {} 办理:{}",
                                   n.shown(), each->text(), n.assignees.condition),
                      n.assignees.condition);
      }
    return std::nullopt;
  }

  bool is_duty(const separation& s) const {
    if (what_.what == action::decide) return s.decision;
    if (!is_on_a_step(what_.what) || what_.what == action::hand_over) return false;
    return std::find(s.steps.begin(), s.steps.end(), what_.step) != s.steps.end();
  }

  /// Whether an act was another duty of a separation than what is asked for.
  bool is_other_duty(const separation& s, const case_act& a) const {
    if (a.what == event_kind::decided) return s.decision && what_.what != action::decide;
    const bool named = std::find(s.steps.begin(), s.steps.end(), a.step) != s.steps.end();
    return named && (what_.what == action::decide || a.step != what_.step);
  }

  std::optional<permission> by_separation(const person_id& who, const person_id& whose) const {
    for (const separation& s : d_.net.chart().separations) {
      if (!is_duty(s)) continue;
      for (const case_act& a : s_.acts)
        for (const person_id* each : {&who, &whose})
          if (is_other_duty(s, a) && (a.actor == *each || a.on_behalf == *each))
            return answer(authority_rule::separation, who, barred_by(s, a, *each), s.name);
    }
    return std::nullopt;
  }

  text barred_by(const separation& s, const case_act& a, const person_id& each) const {
    const text now = duty_of(what_.what == action::decide, what_.step);
    const text then = duty_of(a.what == event_kind::decided, a.step);
    return {
        fmt::format("{}: {} may not do {}, having done {}", s.name, each.text(), now.en, then.en),
        fmt::format("{}:{} 已办理{},不能再办理{}", s.name, each.text(), then.zh, now.zh)};
  }

  static text duty_of(bool decision, const node_id& step) {
    if (decision) return {"the decision", "“作出决定”"};
    return {fmt::format("step '{}'", step.text()), fmt::format("环节“{}”", step.text())};
  }

  const case_definition& d_;
  const case_state& s_;
  const workday_calendar* cal_; ///< null: conditions are not asked
  const act_question& what_;
  reasons told_;
  const organisation& o_;
  std::optional<node_index> step_;
};

} // namespace

std::string_view to_string(authority_rule r) {
  return authority_names[static_cast<std::size_t>(r)];
}

std::string_view label(authority_rule r) { return authority_labels[static_cast<std::size_t>(r)]; }

permission may(const case_definition& definition, const case_state& state,
               const workday_calendar& calendar, const act_question& what, const person_id& who,
               const person_id& on_behalf) {
  return detail::may(definition, state, calendar, what, {who, on_behalf}, reasons::of_all);
}

permission detail::may(const case_definition& d, const case_state& s,
                       const workday_calendar& calendar, const act_question& what,
                       const acting& who, reasons told) {
  return authority_judge{d, s, &calendar, what, told}.judge(who.who, who.on_behalf);
}

std::vector<permission> who_may(const case_definition& definition, const case_state& state,
                                const workday_calendar& calendar, const act_question& what) {
  std::vector<permission> out;
  const authority_judge judge{definition, state, &calendar, what, reasons::of_all};
  for (const person& p : definition.people->persons)
    if (permission answer = judge.judge(p.id, {}); answer.granted())
      out.push_back(std::move(answer));
  return out;
}

std::vector<permission> who_may(const case_definition& definition, const case_state& state,
                                const workday_calendar& calendar, const node_id& step, instant t) {
  return who_may(definition, state, calendar, {action::complete, step, t});
}

std::optional<permission> barred(const case_definition& definition, const case_state& state,
                                 const act_question& what, const person_id& who) {
  return authority_judge{definition, state, nullptr, what, reasons::of_refusals}.barred(who);
}

std::optional<error> refusal_of(const permission& p) {
  if (p.granted()) return std::nullopt;
  return error{errc::not_authorised, p.why, {}};
}

} // namespace banli
