// case_state.hpp — where one case stands, as a fold over its events.
//
//   case_state s;
//   for (const event& e : history) s = apply(definition, s, e);
//
// Nothing is in the state that is not in the events, so the state at any past instant is the fold
// of the events up to it. The state holds what the engine needs to judge the next command and what
// clocks and rules read: how far the flow is, which days do not count, who did what.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/deadline/exclusion.hpp>
#include <banli/engine/event.hpp>
#include <banli/flowchart/flow_net.hpp>

namespace banli {

/// The kind of a stop that is no excluded procedure: 中止, 暂停. Any item allows it.
inline constexpr std::string_view suspension_kind = "suspension";

/// Where in its life a case is (办件状态).
enum class case_phase : std::uint8_t {
  none,          ///< no event yet
  refused,       ///< 不予受理; closed, once the slip is delivered if there is one
  running,       ///< 在办
  supplementing, ///< 补正中: waiting for the applicant
  suspended,     ///< 暂停: an excluded procedure or a suspension is open
  decided,       ///< 已决定, not delivered
  delivered,     ///< 办结; closed
  withdrawn,     ///< 撤回; closed
  applied,       ///< 已申请, not accepted yet
  incomplete,    ///< 待补正: told before acceptance what is missing
  reported_up,   ///< 已上报: the upper level has it
  concluded,     ///< 终止; closed without a decision
};

std::string_view to_string(case_phase p);
std::string_view label(case_phase p);

/// The four stages of the service at a window (窗口服务: 咨询、受理、办理、反馈).
enum class service_stage : std::uint8_t { consultation, acceptance, handling, feedback };

/// "consultation", "feedback"; 咨询, 反馈.
std::string_view to_string(service_stage s);
std::string_view label(service_stage s);

/// The stage that a phase belongs to. Before the application somebody asks; until it is accepted or
/// refused it is examined; what was decided or ended is told.
service_stage stage_of(case_phase p);

/// How one turn of a step stands.
enum class step_end : std::uint8_t {
  waiting,   ///< it is to be done
  completed, ///< it was done
  sent_back, ///< it was given back to an earlier step
  abandoned, ///< the case ended or another branch took its token
};

/// One turn of a step: a step that is sent back to has another turn.
struct step_record {
  node_index step{};
  instant since{};      ///< when the token arrived, or the hand-over was registered
  person_id assigned{}; ///< to whom it was handed over, if it was
  step_end end = step_end::waiting;
  std::optional<instant> ended{}; ///< absent while it waits
  person_id actor{};              ///< who ended it
  std::string outcome{};          ///< 通过, 不通过
  std::string opinion{};
  std::uint32_t by_event = 0; ///< number of the event that ended it; 0 while it waits
  std::optional<instant> claimed{};
  std::vector<std::string> attachments{};
};

/// A stretch in which the office owes an applicant an answer: from the application, or from what
/// completed it, to the acceptance, the refusal or the notice of what is missing.
struct reply_record {
  instant since{};
  std::optional<instant> answered{};
};

/// A registered hand-over: who had a turn of a step from when on.
struct hand_over_record {
  std::size_t turn = 0; ///< position in case_state::steps
  instant at{};
  person_id from{}; ///< who registered it
  person_id to{};
};

/// A stretch at the upper level (上报).
struct report_record {
  std::string to{};
  instant since{};
  std::optional<time_limit> limit{}; ///< what the upper level was given
  std::optional<instant> answered{};
  std::optional<case_result> result{};
  std::string opinion{};
};

/// An excluded procedure or a suspension, and whether the applicant was told how long it takes.
struct procedure_record {
  std::string kind{};
  instant since{};
  std::optional<instant> ended{};
  std::optional<time_limit> takes{};
  std::optional<instant> told{};
};

/// A request for an extension (申请延期).
struct extension_request {
  instant asked{};
  time_limit limit{};
  std::string authority{};
  bool late = false; ///< asked after the promised limit had run out
  std::optional<instant> answered{};
  bool granted = false;
};

/// A request after the decision: to adjust it, or to renew the permit.
struct change_request {
  std::string kind{};
  instant asked{};
  std::optional<time_limit> limit{}; ///< by how much a permit is renewed
  bool late = false;                 ///< a renewal asked too late
  std::optional<instant> answered{};
  std::optional<case_result> result{};
  bool deemed = false; ///< nobody answered: silence granted it
};

/// Somebody who must be told, or was.
struct notice_record {
  std::string kind{};
  std::string recipient{};
  std::optional<instant> due{};  ///< since when it must be done; absent: nobody had to
  std::optional<instant> told{}; ///< absent: not yet
};

/// That somebody completed a step, sent one back, or decided: what separation of duties asks for.
struct case_act {
  event_kind what{};
  node_id step{}; ///< empty of a decision
  person_id actor{};
  person_id on_behalf{}; ///< whom the actor acted for, if anybody

  friend bool operator==(const case_act&, const case_act&) = default;
};

struct case_state {
  case_id id;
  item_id item;
  case_phase phase = case_phase::none;
  std::uint32_t version = 0; ///< number of the last event
  instant last{};            ///< instant of the last event

  instant accepted{}; ///< the instant of acceptance
  instant start{};    ///< the event the limits run from: acceptance, receipt or restart
  std::optional<channel> by;
  std::string applicant;
  std::map<std::string, std::string> facts; ///< form values, the last word on each

  marking at;                      ///< where the flow stands
  std::vector<step_record> steps;  ///< in the order in which they began
  std::vector<case_act> acts;      ///< of the whole history, in order
  std::vector<exclusion> excluded; ///< closed intervals; the last one open while suspended
  std::vector<extension> extended;

  std::uint32_t supplements = 0;                   ///< times the applicant was asked for more
  std::uint32_t returns = 0;                       ///< times a step was sent back
  std::map<std::string, std::uint32_t> returns_of; ///< by id of the step sent back
  std::map<std::uint32_t, std::uint32_t> taken;    ///< times an arrow with a bound was taken
  std::uint32_t hand_overs = 0;
  std::uint32_t suspensions = 0; ///< times an excluded procedure or suspension was opened

  std::optional<case_result> result;
  person_id decider;
  std::string decision_reason;
  std::string decision_document;
  std::optional<instant> decided;
  std::optional<instant> ended; ///< delivered, refused, withdrawn or concluded

  struct application application;      ///< what the applicant said
  std::optional<instant> applied;      ///< 申请; absent where a case began with its acceptance
  std::optional<instant> told_missing; ///< first one-time notice
  std::optional<instant> completed;    ///< last supplement before acceptance
  std::uint32_t acceptance = 0;        ///< number of the event that accepted it; 0: none did
  std::map<std::string, material_review> reviewed; ///< by material, the last word on each
  std::string refusal_kind;                        ///< one of refusal_kinds, or empty
  std::vector<reply_record> replies;               ///< in their order, as are all that follow
  std::vector<hand_over_record> handed;
  std::vector<report_record> reports;
  std::vector<procedure_record> procedures;
  std::vector<extension_request> requests;
  std::vector<change_request> changes;
  std::vector<notice_record> notices;
  std::optional<day> valid_until;  ///< last day of the permit, renewals included
  bool urgent = false;             ///< 急办
  bool consent_deemed = false;     ///< 超时默认
  std::string fault;               ///< one of fault_kinds, as attributed; empty: nobody said
  std::uint32_t late_entries = 0;  ///< events recorded after they happened
  std::optional<instant> recorded; ///< when the last of them was recorded

  /// Not closed. An application that waits for its acceptance is.
  bool open() const { return phase != case_phase::none && !ended; }

  /// Whether limits run, or ran: it was accepted.
  bool was_accepted() const { return acceptance != 0; }
};

/// The waiting record of a step, or nullptr.
const step_record* waiting(const case_state& s, node_index step);

} // namespace banli
