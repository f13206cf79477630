// form_values.hpp — what people write into the forms of a case, and what each of them may see.
//
// A command carries form values by the id of their field ("opinion", or a form value the item
// declares). The engine asks, before it lets a command happen:
//
//   refuse_values(definition, state, command)
//     // error[not-authorised]: step '采集' may not write the field '科室意见' of form '审批表'
//     // error[missing-field]: step '采集' must fill in the field '标题' of form '审批表'
//     // error[unknown-value]: 来源: … did you mean '转载'?
//
// A step writes what form_rights() lets it write, and is not done while a required field it writes
// is empty. What a form says is given comes with the application or a supplement. A value that no
// form has, but the item declares, is bound by its type only. Where rights are only recorded, so
// are values.
//
//   form_view(definition, state, calendar, {person_id{"P1"}, now})
//     // 标题     清明放假通知    read
//     // 科室意见                 hidden
//     // 联系电话 138****5678     read       personal: masked but for who writes it
//
// The hard case is one field id in two forms. It is one value: who may write it in either form may
// write it, and the better of the two rights is the reader's.
//
// Source: 国办函〔2011〕99号, guide (读写权限); requirements Q02; GB/T 35273-2020 7.2 (display of
// personal information, 去标识化).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <banli/calendar/workday_calendar.hpp>
#include <banli/engine/case_definition.hpp>
#include <banli/engine/case_state.hpp>
#include <banli/flowchart/electronic_form.hpp>

namespace banli {

/// Why the values of a command cannot be written. Codes: not_authorised, missing_field, bad_value,
/// unknown_value, unknown_field (with did-you-mean).
std::optional<error> refuse_values(const case_definition& definition, const case_state& state,
                                   const command& c);

/// Who looks, and when.
struct form_reader {
  person_id who;
  instant when{};
};

/// One field as a reader sees it.
struct form_value {
  form_id form;
  std::string field;
  std::string label;
  field_right right = field_right::hidden;
  std::optional<std::string> shown{}; ///< none: hidden, or nobody has written it

  friend bool operator==(const form_value&, const form_value&) = default;
};

/// Every field of every form, in the order of the chart. A reader's rights are those of the steps
/// they may do now, and of those they did in this case.
std::vector<form_value> form_view(const case_definition& definition, const case_state& state,
                                  const workday_calendar& calendar, const form_reader& reader);

} // namespace banli
