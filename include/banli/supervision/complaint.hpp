// complaint.hpp — a complaint (投诉), from its registration to the file.
//
// A complaint is the fold of its events, as an order is (supervision_order.hpp):
//
//   enter      投诉登记: channel, kind, oral or written, units, matter; who complains, if he says
//   so accept     受理, then one of three ways: take 自办, transfer 转办, supervise 督办 with a
//   limit report     the department verifies and reports in writing (核查结果书面报告) answer     a
//   written complaint in writing, an oral one at least orally object     不服: it is examined
//   again, by somebody else conclude, archive
//
//   decide(office, s, act_command(case_id{"诉-2026-001"}, "answer", at, clerk,
//                                 {{"answer", "已更正"}, {"answer_manner", "oral"}}), cn());
//       // error[condition-not-met]: of a written complaint
//
// What must not be forgotten is a condition of the next step: a delay is explained before the
// answer; what was passed down and what is an emergency is reported up before the file is closed;
// several units or a repeated complaint have somebody who coordinates before they are transferred.
//
// Secrecy. Who complained is in the events and seen by few: masked() is what everybody else gets.
// Where secrecy was asked for only a name keeper sees the name, and his looking is an act of its
// own (disclose), with a reason. The hard case is the text itself: a name that somebody writes into
// the matter is replaced there, too; what no name tells cannot be.
//
// Sources: requirements J01-J26, Q07; 政务服务中心投诉处理制度.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/supervision/fault_finding.hpp>
#include <banli/supervision/supervision_act.hpp>
#include <banli/supervision/supervision_life_cycle.hpp>

namespace banli {

enum class complaint_form : std::uint8_t { oral, written };
enum class complaint_priority : std::uint8_t { ordinary, urgent, emergency };

std::string_view to_string(complaint_form f);
std::string_view label(complaint_form f);
std::string_view to_string(complaint_priority p);
std::string_view label(complaint_priority p);

/// What was said at an instant by somebody: why it is late, why a name was looked at.
struct complaint_note {
  instant at{};
  person_id who;
  std::string words;

  friend bool operator==(const complaint_note&, const complaint_note&) = default;
};

struct complaint {
  case_id id; ///< registration number
  complaint_phase phase = complaint_phase::none;
  std::uint32_t version = 0;
  instant last{};

  instant received{};
  std::string channel; ///< id of the office's list
  std::string kind;    ///< likewise
  complaint_form made{};
  complaint_priority priority{};
  std::string complainant; ///< empty: anonymous
  std::string contact;
  bool confidential = false;        ///< 要求保密
  bool serious = false;             ///< 重大事项
  std::vector<department_id> units; ///< 投诉对象
  std::string matter;
  item_id item;
  case_id of;                 ///< the case it is about
  case_id repeats;            ///< the complaint it repeats
  std::string passed_down_by; ///< 交办机关

  person_id registrar;
  department_id handler; ///< 承办单位; empty: the office itself
  department_id lead;    ///< 牵头单位
  case_id order;         ///< the supervision order
  bool supervised = false;
  std::string findings; ///< 核查结果
  std::string document;
  person_id reporter;
  std::vector<complaint_note> verified; ///< 初步核查
  std::vector<complaint_note> delays;   ///< 延期说明
  std::string answer;
  complaint_form answered_how{};
  std::optional<instant> first_answered; ///< whatever was objected afterwards
  std::optional<instant> answered;
  int objections = 0;
  bool fault = false;
  fault_finding finding;
  std::string circular; ///< 通报
  std::optional<instant> reported_up;
  std::optional<instant> ended; ///< concluded or declined
  std::string file;             ///< 档号
  std::vector<complaint_note> disclosures;

  std::vector<running_clock> clocks;
  std::vector<supervision_clock> late;

  bool anonymous() const { return complainant.empty(); }
  bool open() const { return phase != complaint_phase::none && !ended; }
  friend bool operator==(const complaint&, const complaint&) = default;
};

/// Every field of complaints, and those of one act.
std::span<const act_field> complaint_fields();
act_form form_of(complaint_act a);

/// The events an act leads to. Errors: those of decide() for orders.
result<std::vector<event>> decide(const supervision_office& office, const complaint& s,
                                  const command& c, const workday_calendar& calendar);

/// The state after an event. It never judges.
complaint apply(complaint s, const event& e);

/// The fold of a history, up to an instant if there is one (that instant included).
complaint replay_complaint(const case_id& id, std::span<const event> history,
                           const std::optional<instant>& until = {});

/// Whether somebody may see who complained: whoever takes complaints, and where secrecy was asked
/// for only who keeps the names.
bool may_see_names(const complaint& s, const supervision_rights& rights);

/// The complaint as everybody may see it: no name, no contact. A name says only 实名 or 保密.
complaint masked(complaint s);
/// The same of its events; `s` is the state they lead to.
std::vector<event> masked(const complaint& s, std::span<const event> history);

/// What is to be taken first: emergencies, urgent ones, those in real names, then by receipt
/// (署实名投诉举报的优先排查).
bool comes_before(const complaint& a, const complaint& b);

/// Advice that is no condition: a serious matter should be put in writing, an emergency reported.
std::vector<text> advice_on(const complaint& s);

/// Others of the register that the same person, or whoever it is, made of the same: by case or item
/// and unit, by the same name or contact, within the days that the office says (反复投诉).
std::vector<case_id> repeated_by(const complaint& s, std::span<const complaint> others, int within);

/// Whether somebody must coordinate: several units, or a repeated complaint (J08).
bool needs_lead(const complaint& s);

/// What was found, with the points that scoring deducts; nothing where no fault was found.
std::optional<fault_finding> finding_of(const complaint& s);

/// The record of a complaint (投诉登记表), in Chinese. It says what the state says: mask it first.
record_sheet complaint_sheet(const supervision_office& office, const complaint& s);

} // namespace banli
