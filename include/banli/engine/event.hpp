// event.hpp — what is asked of a case, and what happened to it.
//
// A command asks; an event is a fact. The engine turns one into the other (decide.hpp), a case is
// the fold of its events, and nothing else is ever stored. Both carry the same few details, each
// kind using those that its row names:
//
//   action / event          details used
//   accept  / accepted      item, channel, applicant, received (the day the limit counts from, if
//                           not the day of the instant: silence means accepted from receipt)
//   refuse  / refused       item, reason                                     不予受理
//   complete / completed    step, outcome, opinion, facts                    环节办结
//           / arrow_taken   step (the decision), arrow, or arrows "3+5"      条件分支
//   request_supplement / supplement_requested     reason                     一次性告知补正
//   supplement / supplemented                                                补正
//   suspend / suspended     kind (hearing, expert_review ...), reason        听证等不计入期限, 中止
//   resume  / resumed                                                        恢复
//   send_back / sent_back   step (where from), to_step, reason               退回
//   hand_over / handed_over step, to_person, reason                          交接登记
//   extend  / extended      limit, reason, authority                         延长
//   withdraw / withdrawn    reason                                           撤回
//   decide  / decided       result, reason, document                         作出决定
//   deliver / delivered                                                      送达 (case closed)
//
// A command carries the id of its request: the same request sent twice is done once.
#pragma once

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
};

/// How the application came (申请方式).
enum class channel : std::uint8_t { counter, online, phone, fax, telegram, letter, email, other };

/// What was decided (办理结果).
enum class case_result : std::uint8_t { granted, refused };

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

/// The words the office uses: 受理, 环节办结, 窗口, 准予.
std::string_view label(event_kind k);
std::string_view label(channel c);
std::string_view label(case_result r);

/// The value with a stable name. Errors: unknown_command, unknown_value, with did-you-mean.
result<action> parse_action(std::string_view name);
result<channel> parse_channel(std::string_view name);
result<case_result> parse_case_result(std::string_view name);

/// The canonical text of an event: JSON without blanks, its members in a fixed order and the empty
/// ones left out. Equal events have equal bytes, so this is what is stored and what the hash chain
/// covers. Texts are UTF-8 and stand as they are but for '"', '\' and control characters.
///
///   {"number":1,"request":"r1","what":"accepted","at":"2024-01-02T09:00:00","actor":"CK01",
///    "with":{"item":"11620524MB","channel":"counter","limit":{"count":20,"unit":"workday"},
///            "facts":[["area","120"]]}}                                  (in one line)
std::string to_json(const event& e);

/// Reads what to_json() wrote, and nothing else: to_json(*parse_event(s)) == s.
/// Errors: store_corrupt.
result<event> parse_event(std::string_view json);

} // namespace banli
