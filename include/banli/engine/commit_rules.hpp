// commit_rules.hpp — rules that are asked before a command happens (疑似异常操作控制和提醒).
//
// Supervision looks at a case after the fact. What looks wrong while it is being done can be held
// up or marked there and then:
//
//   rule r;
//   r.id = rule_id{"F12-3"};
//   r.level = level::alarm;                          // an alarm refuses, anything less marks
//   r.condition = "command.action == 'decide' && before.elapsed_workdays < 1 && !command.in_hours";
//   r.message = {"decided at night on the day of acceptance", "受理当日夜间作出决定"};
//   compiled_rules c = compile_rules({r}, commit_environment());
//   decide(definition, state, command, calendar, *c.rules);
//       // error[vetoed]: rule F12-3: decided at night on the day of acceptance
//
// They are rules of the rules layer, written in documents of kind commit_rules: none is code. They
// see what supervision sees: case, step and item as the command would leave them; before, the same
// facts of the case as case has, as the command finds them; and the command. commit_fact_list() has
// its words. A rule of level reminder or warning that fires lets the command happen and is written
// into its event (details::flags) with what it says.
//
// The hard case is a rule that cannot be judged. One that lacks a fact is silent, as most facts of
// a case are not there before its acceptance; one whose condition fails to evaluate marks the
// event, because a rule that breaks must not look like one that is content.
//
// Source: requirements F12, D18.
#pragma once

#include <span>
#include <vector>

#include <banli/engine/case_facts.hpp>
#include <banli/engine/decide.hpp>
#include <banli/rules/rule_set.hpp>

namespace banli {

/// The words of pre-commit rules: those of supervision rules, before and command.
environment commit_environment();

/// The facts of a command, in the order of the reference.
std::span<const fact_doc> commit_fact_list();

/// What the rules say of a command.
struct commit_judgement {
  std::optional<rule_id> veto{}; ///< the rule that refuses; the first in their order
  error why{};                   ///< and what it says (vetoed)
  std::vector<std::pair<std::string, std::string>> flags{}; ///< rules that mark, and what they say
};

/// Judges the events a command would lead to. Rules in force on the day of the command are asked.
commit_judgement judge_commit(const case_definition& definition, const case_state& before,
                              const command& c, const workday_calendar& calendar,
                              const rule_set& rules, std::span<const event> events);

/// Writes flags into the event that a command is about.
void mark(std::vector<event>& events, action what, const commit_judgement& said);

/// decide(), and what the rules say of it. Errors: those of decide(); vetoed.
result<std::vector<event>> decide(const case_definition& definition, const case_state& state,
                                  const command& c, const workday_calendar& calendar,
                                  const rule_set& rules);

} // namespace banli
