// event.hpp — what is asked of a case, and what happened to it.
//
// A command asks; an event is a fact. The engine turns one into the other (decide.hpp), a case is
// the fold of its events, and nothing else is ever stored. Both carry the same few details, each
// kind using those that its row names:
//
//   action / event          details used
//
//   before acceptance
//   apply   / applied       item, channel, applicant, application, received, attachments    申请
//   review_materials / materials_reviewed   reviews                                材料审查
//   accept  / accepted      item, channel, applicant, application, received (the day the limit
//                           counts from, if not the day of the instant: silence means accepted
//                           from receipt)
//   refuse  / refused       item, reason, kind (refusal_kinds), document: the slip (书面凭证); a
//                           refusal with a slip is closed by its delivery             不予受理
//
//   the flow
//   claim   / claimed       step: a person of the post takes it                           签收
//   complete / completed    step, outcome, opinion, attachments, facts                环节办结
//           / arrow_taken   step (the decision), arrow, or arrows "3+5"               条件分支
//   send_back / sent_back   step (where from), to_step, reason                            退回
//   hand_over / handed_over step, to_person, reason                                   交接登记
//   report_up / reported_up authority (the upper level), document, limit (if it has one)  上报
//   answer_above / answered_above   result, opinion, document                         上级批复
//
//   the clock
//   request_supplement / supplement_requested     reason                        一次性告知补正
//   supplement / supplemented                                                             补正
//   suspend / suspended     kind (hearing, expert_review ...), reason, limit: the time it takes, as
//                           told to the applicant                     听证等不计入期限, 中止
//   resume  / resumed                                                                     恢复
//   request_extension / extension_requested   limit, reason, authority; outcome "late" if the
//                           limit had run out                                         申请延期
//   deny_extension / extension_denied         reason, authority                     不同意延期
//   extend  / extended      limit, reason, authority                                      延长
//
//   the end
//   withdraw / withdrawn    reason                                                        撤回
//   conclude / concluded    reason: closed without a decision                         终止办理
//   decide  / decided       result, reason, document, until (the last day of the permit)  作出决定
//   deem_consent / consent_deemed    the limit ran out and the item says yes          默认同意
//   deliver / delivered                                                    送达 (case closed)
//
//   at any time
//   notify  / notified      kind (notice_kinds), recipient, document, limit               告知
//           / notice_due    kind, recipient: the item says that somebody must be told 应当告知
//   prioritise / prioritised         kind: urgent or ordinary, reason                     急办
//   attribute_fault / fault_attributed    kind (fault_kinds), reason              超时责任认定
//   request_change / change_requested     kind (change_kinds), reason, document, limit; outcome
//                           "late" if a renewal was asked too late          申请变更, 申请延续
//   answer_change / change_answered       result, reason, document                    变更答复
//   deem_renewal / renewal_deemed    a renewal asked for in time was not answered when the permit
//                           ended                                                     视为准予延续
//   migrate / migrated      definition (the new one), definition_before, moves, reason 改用新流程图
//
// Of any event: on_behalf, whom the actor acted for (mandate.hpp); flags, the pre-commit rules that
// found it suspicious (commit_rules.hpp). A command says on_behalf where it must be that person;
// flags are the engine's.
//
// Late entry (补录). What was done on paper and typed in afterwards happened when it happened: `at`
// says when, `recorded` when it was typed in and `late_reason` why so late. Limits count by `at`.
//
// A command carries the id of its request: the same request sent twice is done once.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/deadline/time_limit.hpp>
#include <banli/time/civil.hpp>

namespace banli {

enum class action : std::uint8_t {
  accept,
  refuse,
  complete,
  request_supplement,
  supplement,
  suspend,
  resume,
  send_back,
  hand_over,
  extend,
  withdraw,
  decide,
  deliver,
  apply,
  review_materials,
  claim,
  report_up,
  answer_above,
  request_extension,
  deny_extension,
  conclude,
  deem_consent,
  notify,
  prioritise,
  attribute_fault,
  request_change,
  answer_change,
  deem_renewal,
  migrate,
};

enum class event_kind : std::uint8_t {
  accepted,
  refused,
  completed,
  arrow_taken,
  supplement_requested,
  supplemented,
  suspended,
  resumed,
  sent_back,
  handed_over,
  extended,
  withdrawn,
  decided,
  delivered,
  applied,
  materials_reviewed,
  claimed,
  reported_up,
  answered_above,
  extension_requested,
  extension_denied,
  concluded,
  consent_deemed,
  notified,
  notice_due,
  prioritised,
  fault_attributed,
  change_requested,
  change_answered,
  renewal_deemed,
  migrated,
};

/// How the application came (申请方式).
enum class channel : std::uint8_t { counter, online, phone, fax, telegram, letter, email, other };

/// What was decided (办理结果).
enum class case_result : std::uint8_t { granted, refused };

/// What an examination found of one material (材料审查结果).
enum class material_standing : std::uint8_t {
  complete,  ///< 齐全
  lacking,   ///< 缺少
  defective, ///< 不符合法定形式
};

/// One line of a material review.
struct material_review {
  std::string material{}; ///< its name, as the item has it
  material_standing standing{};
  std::string reason{}; ///< what is missing or wrong; needed unless it is complete

  friend bool operator==(const material_review&, const material_review&) = default;
};

/// What an application says beyond applicant and channel (申请). Unused members stay empty.
struct application {
  std::string number{};             ///< 申请编号
  std::string title{};              ///< 办件名称
  std::string summary{};            ///< 办件摘要
  std::string agent{};              ///< 代理人: who applies for the applicant
  std::string contact{};            ///< 联系人
  std::string phone{};              ///< 联系电话
  std::string certificate{};        ///< 证件类型
  std::string certificate_number{}; ///< 证件号码
  std::string window{}; ///< 代收窗口, where that is not the handling unit (代收代办)
  std::string agent_certificate{};        ///< 代理人证件类型
  std::string agent_certificate_number{}; ///< 代理人证件号码

  friend bool operator==(const application&, const application&) = default;
};

/// The kinds of a refusal: 无需审批, 不属本机关职权; none is the plain 不予受理.
inline constexpr std::array<std::string_view, 2> refusal_kinds{"not_needed", "not_ours"};

/// What somebody is told: the time of an excluded procedure, an extension, the completion, a
/// refusal (to the supervisor: 否定报备), a reply, other.
inline constexpr std::array<std::string_view, 6> notice_kinds{
    "excluded_time", "extension", "completion", "refusal", "reply", "other"};

/// Who is told.
inline constexpr std::array<std::string_view, 3> notice_recipients{"applicant", "supervisor",
                                                                   "upper_level"};

/// Whose fault it is that a limit ran out: 单位自身, 申请人, 上级部门, 第三方, 不可抗力.
inline constexpr std::array<std::string_view, 5> fault_kinds{"own", "applicant", "upper_level",
                                                             "third_party", "force_majeure"};

/// What is asked of a closed case: 调整, 延续 (of the permit).
inline constexpr std::array<std::string_view, 2> change_kinds{"adjustment", "renewal"};

/// How urgent a case is: 急办, 一般.
inline constexpr std::array<std::string_view, 2> priority_kinds{"urgent", "ordinary"};

/// What a command or an event says beyond who, when and which case. Unused members stay empty.
struct details {
  item_id item{};
  node_id step{};
  node_id to_step{};
  std::string arrow{};   ///< position of the arrow taken, as text; "3+5" where several were opened
  std::string outcome{}; ///< label of the arrow to go along after the step: 不通过, 环保+消防
  std::string kind{};    ///< kind of excluded procedure
  std::string reason{};
  std::string opinion{};   ///< 办理意见
  std::string document{};  ///< document made with the decision
  std::string authority{}; ///< who granted the extension
  std::string applicant{};
  person_id to_person{};
  std::optional<channel> by{};
  std::optional<case_result> result{};
  std::optional<day> received{};
  std::optional<time_limit> limit{};
  std::vector<std::pair<std::string, std::string>> facts{}; ///< form values, as text
  std::string recipient{};                                  ///< who is told (notice_recipients)
  std::string late_reason{};                                ///< why it was recorded late
  std::optional<instant> recorded{}; ///< when it was typed in, if not when it happened
  std::optional<day> until{};        ///< last day of the permit
  std::optional<struct application> application{};
  std::vector<std::string> attachments{}; ///< names of files
  std::vector<material_review> reviews{};
  person_id on_behalf{};           ///< whom the actor acts for; empty: in their own right
  std::string definition{};        ///< hash of the definition that a case goes on by
  std::string definition_before{}; ///< and of the one it ran by until then
  std::vector<std::pair<std::string, std::string>> moves{}; ///< places: of the old chart, the new
  std::vector<std::pair<std::string, std::string>> flags{}; ///< a rule, and what it says

  friend bool operator==(const details&, const details&) = default;
};

/// The positions of arrows that `arrow` names; empty if it does not name any.
std::vector<std::uint32_t> arrows_of(const details& d);

struct command {
  request_id request;
  case_id id;
  instant at{};
  person_id actor;
  action what{};
  details with{};
  place where{}; ///< where the command was written, for the error message

  friend bool operator==(const command&, const command&) = default;
};

struct event {
  std::uint32_t number = 0; ///< position in its case, from 1
  event_kind what{};
  instant at{};
  person_id actor;
  request_id request;
  details with{};

  friend bool operator==(const event&, const event&) = default;
};

/// The stable names: "complete", "completed", "counter", "granted".
std::string_view to_string(action a);
std::string_view to_string(event_kind k);
std::string_view to_string(channel c);
std::string_view to_string(case_result r);
std::string_view to_string(material_standing s);

/// The words the office uses: 受理, 环节办结, 窗口, 准予.
std::string_view label(event_kind k);
std::string_view label(channel c);
std::string_view label(case_result r);
std::string_view label(action a);
std::string_view label(material_standing s);

/// The office's word for one of the kinds above, or the word itself if it is none of them.
std::string_view kind_label(std::string_view kind);

/// The value with a stable name. Errors: unknown_command, unknown_value, with did-you-mean.
result<action> parse_action(std::string_view name);
result<channel> parse_channel(std::string_view name);
result<case_result> parse_case_result(std::string_view name);
result<material_standing> parse_material_standing(std::string_view name);

/// Every action, in the order of the enumeration.
std::span<const std::string_view> action_list();

/// The event an action leads to first: accept -> accepted.
event_kind event_of(action a);

/// The canonical text of an event: JSON without blanks, its members in a fixed order and the empty
/// ones left out. Equal events have equal bytes, so this is what is stored and what the hash chain
/// covers. Texts are UTF-8 and stand as they are but for '"', '\' and control characters.
///
///   {"number":1,"request":"r1","what":"accepted","at":"2024-01-02T09:00:00","actor":"CK01",
///    "with":{"item":"11620524MB","channel":"counter","limit":{"count":20,"unit":"workday"},
///            "facts":[["area","120"]]}}                                  (in one line)
std::string to_json(const event& e);

/// The same, after what is there.
void append_json(const event& e, std::string& to);

/// Reads what to_json() wrote, and nothing else: to_json(*parse_event(s)) == s.
/// Errors: store_corrupt.
result<event> parse_event(std::string_view json);

} // namespace banli
