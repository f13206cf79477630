// Who judges a command: one object a command. Every action is one short function that either adds
// events or says why not; they stand in four files by topic.
//
//   decide.cpp               the phase, the actor, what all commands share
//   judge_application.cpp    apply, review, accept, refuse
//   judge_flow.cpp           claim, complete, send back, hand over, report up, answer
//   judge_clock.cpp          supplement, suspend, extensions
//   judge_end.cpp            decide, deem, deliver, and what may come at any time
//
// The state after the events so far is folded only when somebody asks for it: most commands lead to
// one event, and copying a case costs more than judging it. Where the flow stands is kept apart.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include <banli/engine/authority.hpp>
#include <banli/engine/case_policy.hpp>
#include <banli/engine/decide.hpp>

namespace banli::detail {

/// Why a command may not happen.
using denial = std::optional<error>;

class command_judge {
 public:
  command_judge(const case_definition& d, const case_state& s, const command& c,
                const workday_calendar& cal)
      : d_(d), c_(c), cal_(cal), s_(s), at_(s.at), policy_(policy_of(d.item.kind)) {}

  result<std::vector<event>> run();

 private:
  denial dispatch();

  // decide.cpp: what all commands share
  denial phase() const;
  denial not_in_this_phase() const;
  bool from_outside() const;
  denial actor_known() const;
  denial may_command();
  denial permitted(const act_question& what);
  denial recorded_late() const;
  denial item_is_ours() const;
  denial reason_given() const;
  denial one_of(std::span<const std::string_view> kinds) const;
  denial missing(std::string_view en, std::string_view zh) const;
  bool judged() const { return d_.people->rights == authority::checked; }
  denial already_decided() const;
  denial facts_are_good() const;

  // Adding events.
  denial add(event_kind what); ///< with the details of the command
  denial add(event_kind what, details with);
  std::uint32_t next_number() const;
  denial signed_by_engine(event& e) const;
  denial add_with_reason(event_kind what);
  denial add_notice_due(std::string_view kind, std::string_view recipient);
  const case_state& after(); ///< the state after the events so far

  // judge_application.cpp
  denial apply_for();
  denial accept();
  denial refuse();
  denial review_materials();
  denial review_is_good(const material_review& r) const;
  denial application_is_good() const;
  denial window_is_known() const;
  denial materials_are_complete() const;
  std::optional<day> counted_from() const;

  // judge_flow.cpp
  denial claim();
  denial complete();
  denial choose(node_index step);
  denial send_back();
  denial hand_over();
  denial deliver();
  denial report_up();
  denial answer_above();
  denial take(arrow_index a) { return take(std::vector{a}); }
  denial take(const std::vector<arrow_index>& arrows);
  denial take_all(const std::vector<arrow_index>& way);
  bool used_up(arrow_index a) const;
  denial settle_conditions();
  denial settle(node_index decision);
  result<node_index> named_step(const node_id& id) const;
  error not_enabled(node_index step) const;
  denial may_do(node_index step);

  // judge_clock.cpp
  denial request_supplement();
  denial suspend();
  denial request_extension();
  denial deny_extension();
  denial extend();
  denial extends_at_all(const details& with) const;
  denial consents_to_extension(const details& with) const;
  details with_authority() const;
  bool limit_has_run_out() const;

  // judge_end.cpp
  denial decide_case();
  denial as_decided_above() const;
  denial silence_is_not_consent() const;
  denial by_the_lead() const;
  denial co_handlers_are_done() const;
  std::set<node_id> done_before(node_index resting) const;
  bool lies_ahead(const department_id& who) const;
  denial deem_consent();
  denial notify();
  denial prioritise();
  denial attribute_fault();
  denial request_change();
  denial renewal_is_possible(details& with) const;
  denial answer_change();
  result<std::optional<day>> renewed_until(const change_request& r) const;
  denial deem_renewal();

  const case_definition& d_;
  const command& c_;
  const workday_calendar& cal_;
  const case_state& s_; ///< as it was before the command
  person_id on_behalf_; ///< whom the actor acts for
  marking at_;          ///< where the flow stands after the events so far
  const case_policy& policy_;
  std::map<std::uint32_t, std::uint32_t> taken_; ///< bounded arrows taken by this command
  std::vector<event> events_;
  std::optional<case_state> after_;
  std::size_t folded_ = 0; ///< how many of the events are in after_
};

} // namespace banli::detail
