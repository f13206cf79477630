// item_parts.hpp — the small parts of a service item that need no page of their own.
//
// Charges, questions, certificates, approvals that come before or after, intermediary services, the
// facts a case carries. Each is a row of the form; all but the first members may be left empty.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <banli/base/id.hpp>
#include <banli/deadline/time_limit.hpp>

namespace banli {

/// One charge and what permits it (收费依据和标准).
struct charge {
  std::string basis;
  std::string standard;
  std::string name{}; ///< 收费项目

  friend bool operator==(const charge&, const charge&) = default;
};

/// A question the public asks, and the answer (常见问题解答).
struct question {
  std::string asked;
  std::string answered;

  friend bool operator==(const question&, const question&) = default;
};

/// A certificate issued when a case is closed (审批证件). An item without any issues none (无).
struct certificate {
  std::string name;
  std::optional<time_limit> validity{}; ///< 有效期限; absent: without end (长期)
  std::string note{};                   ///< 年检, 换证 …

  friend bool operator==(const certificate&, const certificate&) = default;
};

/// An approval needed before this item, or possible only after it (前置审批, 后置审批). One of the
/// same set of items is named by its code; another office's by name and office.
struct related_approval {
  item_id item;         ///< empty: not an item of ours
  std::string name{};   ///< may be empty where `item` says it
  std::string office{}; ///< who grants it, where it is not an item of ours

  friend bool operator==(const related_approval&, const related_approval&) = default;
};

/// A service that an intermediary provides for an application (中介信息): a survey, an appraisal.
struct intermediary_service {
  std::string name;
  std::string institution{}; ///< who may provide it
  std::string basis{};       ///< what requires it
  std::string charge{};      ///< what it costs

  friend bool operator==(const intermediary_service&, const intermediary_service&) = default;
};

/// What renewing a permit is bound to (延续): asked for so long before it ends, answered within so
/// long, so much longer at most, and so often. The defaults are those of the county's approvals: 30
/// working days before, in 20, by a year, once. Who asked in time for a permit (行政许可, type XK)
/// to be renewed and was not answered when it ended has it renewed, unless the item says otherwise.
///
/// Source: 行政许可法 art. 50; requirements F29, H23.
struct renewal_rules {
  time_limit ask_before{30, limit_unit::workday}; ///< before the last day of the permit
  time_limit answer_in{20, limit_unit::workday};
  time_limit at_most{1, limit_unit::year};
  int times = 1;              ///< 0: it is not renewed at all
  bool silence_grants = true; ///< 逾期未作决定的,视为准予延续

  friend bool operator==(const renewal_rules&, const renewal_rules&) = default;
};

/// What makes a power a government service (政务服务事项): direct, on application and beneficial.
struct service_test {
  bool direct = false;         ///< 具体: to a person, not a general rule
  bool on_application = false; ///< 依申请
  bool beneficial = false;     ///< 授益

  bool passed() const { return direct && on_application && beneficial; }
  friend bool operator==(const service_test&, const service_test&) = default;
};

/// The nine fields of public service (公共服务领域).
enum class public_field : std::uint8_t {
  education,           ///< 教育
  employment,          ///< 就业
  social_security,     ///< 社会保险
  social_services,     ///< 基本社会服务
  health,              ///< 医疗卫生
  population,          ///< 人口计生
  housing,             ///< 住房保障
  culture_and_sport,   ///< 文化体育
  disabled_assistance, ///< 残疾人服务
};

/// Where the name of an item comes from (国办函〔2011〕99号:
/// 尽可能使用法定名称或法定词汇组成的简称).
enum class name_kind : std::uint8_t {
  statutory,    ///< 法定名称
  abbreviation, ///< 法定词汇组成的简称
  prescribed,   ///< 规范用语, where the law has no name for it
};

/// The type of one value that a case of this item carries and a condition may read as form.<name>.
enum class fact_type : std::uint8_t { boolean, integer, decimal, text };

/// One such value (表单字段).
struct form_fact {
  std::string name;  ///< canonical identifier
  std::string label; ///< what the form shows; may be used in conditions instead of the name
  fact_type type = fact_type::text;

  friend bool operator==(const form_fact&, const form_fact&) = default;
};

/// The stable names used in documents, and the office's words: "education", 教育.
inline std::string_view to_string(public_field field);
inline std::string_view label(public_field field);
inline std::string_view to_string(name_kind kind);
inline std::string_view label(name_kind kind);
inline std::string_view to_string(fact_type type);

} // namespace banli

#include <banli/item/detail/item_words.hpp>
