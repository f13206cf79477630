// refusal_slip.hpp — the written slip (书面凭证) for an application that was not accepted.
//
// Whoever refuses to accept an application owes the applicant a dated, sealed paper that says so,
// why, and what can be done against it. What it must say is in the case: the item, the applicant,
// the reason of the refusal; the office adds the number.
//
//   refusal_slip s = make_refusal_slip(definition, state.id, history,
//   "武民不受〔2026〕3号").value(); check(s);                 // error[missing-field]: the slip has
//   no applicant to_text(s);               // 不予受理通知书 …, ready for the letterhead and the
//   seal
//
// The remedies are those of the law and no choice of the office: review within 60 days, action
// within six months of learning of the refusal.
//
// Sources: 行政许可法 art. 32 (书面凭证, sealed and dated), art. 38 (reasons, remedies);
// 行政复议法 art. 20; 行政诉讼法 art. 46; 首问负责制 (不予受理的,出具书面凭证).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/engine/case_definition.hpp>
#include <banli/engine/event.hpp>

namespace banli {

struct refusal_slip {
  std::string number{};    ///< 文号
  std::string office{};    ///< 办理主体, whose seal it bears
  case_id of{};            ///< 办件编号
  item_id item{};          ///< 事项编码
  std::string item_name{}; ///< 事项名称
  std::string applicant{};
  std::optional<day> received{};    ///< 收到申请之日
  day refused{};                    ///< 落款日期
  std::string reason{};             ///< 不予受理的理由
  std::vector<std::string> bases{}; ///< 《…》第…条, from high rank to low
  std::string phone{};              ///< 咨询电话
  std::string supervision_phone{};  ///< 监督电话

  friend bool operator==(const refusal_slip&, const refusal_slip&) = default;
};

/// The slip of a case that was refused; without a number, the document that the refusal named is
/// it. Errors: bad_value (it was not refused).
result<refusal_slip> make_refusal_slip(const case_definition& definition, const case_id& id,
                                       std::span<const event> history, std::string number);

/// Codes: missing_field (number, office, item_name, applicant, reason), time_backwards (received
/// after it was refused).
problems check(const refusal_slip& s, const locator& where = nowhere);

/// The slip as text, a paragraph a line.
std::string to_text(const refusal_slip& s);

} // namespace banli
