// supervision_order.hpp — a supervision order (督办), from its initiation to its end.
//
// An order asks a unit to put something right, within limits. It is the fold of its events, as a
// case is: decide() judges, apply() records, neither reads a clock.
//
//   supervision_order s;
//   auto events = decide(office, s, act_command(case_id{"督-2026-001"}, "initiate", at, monitor,
//                        {{"unit", "县民政局"}, {"matter", "办件超时"}, {"demand", "说明原因"}}),
//                        cn());
//   for (const event& e : *events) s = apply(std::move(s), e);
//   s.phase                                     // initiated
//   dues_of(s.clocks, cn())                     // review by tomorrow, issue within 5 workdays
//
// An order that was initiated because of a hit names it (rule, case, step, raised): answers() says
// whether it is the answer to one, and answer_hits() ends the hit. Limits count from the hit then,
// not from the order.
//
// The hard case is the limit that nobody keeps. escalate hands the order to the office above, one
// level up, and the missed limits begin anew; after_limit() writes that command for whoever asks at
// an instant, so that a host only has to ask. An alarm for which nobody began an order has no order
// that could climb: unanswered_alarms() finds those.
//
// Record fields: 监察部门, 被督办单位, 事项名称, 事项编码, 监察监控人员, 发起时间, 结束时间, 状态,
// 结果 (I15).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <banli/supervision/fault_finding.hpp>
#include <banli/supervision/hit.hpp>
#include <banli/supervision/supervision_act.hpp>
#include <banli/supervision/supervision_life_cycle.hpp>

namespace banli {

/// Whether a fault was found (是否过错).
enum class fault_verdict : std::uint8_t { open, none, found };

/// One climb: when, because of which limits, to whom.
struct order_escalation {
  instant at{};
  std::vector<supervision_clock> missed;
  department_id from;
  department_id to;

  friend bool operator==(const order_escalation&, const order_escalation&) = default;
};

struct supervision_order {
  case_id id; ///< number of the order
  order_phase phase = order_phase::none;
  std::uint32_t version = 0; ///< number of the last event
  instant last{};            ///< instant of the last event

  department_id supervisor; ///< 监察部门, now
  int level = 1;            ///< 1, and one more for every climb
  department_id unit;       ///< 被督办单位
  std::string item_name;    ///< 事项名称
  item_id item;             ///< 事项编码
  person_id officer;        ///< 监察监控人员
  std::string matter;       ///< 督办事由
  std::string demand;       ///< 督办要求
  instant begun{};          ///< 督办发起时间

  case_id of;                    ///< the case it is about
  rule_id rule;                  ///< of the hit it answers
  node_id step;                  ///< likewise
  std::optional<instant> raised; ///< likewise
  case_id complaint;             ///< the complaint it follows

  person_id reviewer;
  std::optional<instant> issued;
  std::optional<instant> signed_for;
  person_id signer;
  std::string handling;
  std::string reply;
  std::string document;
  std::optional<instant> fed_back;
  int returns = 0;   ///< times the feedback was returned
  int reminders = 0; ///< 催办

  std::optional<instant> ended;
  std::string outcome; ///< 督办结果
  fault_verdict fault = fault_verdict::open;
  std::string fault_kind;
  person_id liable;
  sanction measure{};

  std::vector<running_clock> clocks;
  std::vector<supervision_clock> late; ///< limits that were kept too late
  std::vector<order_escalation> escalations;

  bool open() const { return phase != order_phase::none && !ended; }
  friend bool operator==(const supervision_order&, const supervision_order&) = default;
};

/// Every field of orders, and those of one act.
std::span<const act_field> order_fields();
act_form form_of(order_act a);

/// The events an act leads to. Errors: unknown_command, unknown_value (no such act; did you mean),
/// time_backwards, not_authorised, those of next(), unknown_field (did you mean), missing_field,
/// duplicate_key, limit_exceeded, bad_value, bad_date, bad_limit, unknown_reference (an office that
/// is not in the list), extension_refused, those of due_date().
result<std::vector<event>> decide(const supervision_office& office, const supervision_order& s,
                                  const command& c, const workday_calendar& calendar);

/// The state after an event. It never judges.
supervision_order apply(supervision_order s, const event& e);

/// The fold of a history, up to an instant if there is one (that instant included).
supervision_order replay_order(const case_id& id, std::span<const event> history,
                               const std::optional<instant>& until = {});

/// The command that makes an order climb, if a limit was missed at an instant and there is an
/// office above; `who` is the monitor on whose behalf it climbs.
result<std::optional<command>> after_limit(const supervision_office& office,
                                           const supervision_order& s,
                                           const workday_calendar& calendar, instant at,
                                           const person_id& who);

/// Whether an order that was issued answers a hit.
bool answers(const supervision_order& s, const hit& h);

/// Ends the hits that orders answer (督办即摘牌): one that was open when an order for it was issued
/// is answered from that instant on, and says by which order. Of several orders the first counts. A
/// hit that had ended by then stays as it ended: at one instant what happened to the case comes
/// first.
void answer_hits(std::span<hit> hits, std::span<const supervision_order> orders);

/// The orders of each case, in the order in which they were given; those about no case are left
/// out.
std::map<case_id, std::vector<supervision_order>>
orders_by_case(std::span<const supervision_order> orders);

/// An alarm that nobody answered with an order in time (未及时发起督办).
struct unanswered_alarm {
  hit found;
  instant due{};         ///< when the limit to issue an order ran out
  case_id order{};       ///< one that was begun for it and is not issued
  department_id above{}; ///< of that order: who is to take it up, one level up

  friend bool operator==(const unanswered_alarm&, const unanswered_alarm&) = default;
};

/// The alarms that are open at an instant, whose limit to issue an order (supervision_clock::issue
/// of the office, from the alarm) has run out by then, and for which none was issued; the oldest
/// first. What a rule on trial found needs no order. Errors: those of due_date().
result<std::vector<unanswered_alarm>> unanswered_alarms(const supervision_office& office,
                                                        std::span<const hit> hits,
                                                        std::span<const supervision_order> orders,
                                                        const workday_calendar& calendar,
                                                        instant at);

/// The fields with which an order about a hit begins: rule, case, step, raised, matter.
act_fields fields_of(const hit& h);

/// What an order found; nothing while it is open or where nobody was at fault.
std::optional<fault_finding> finding_of(const supervision_order& s);

/// The record of an order (I15) as its electronic form (电子督办单), in Chinese.
record_sheet order_sheet(const supervision_office& office, const supervision_order& s);

} // namespace banli
