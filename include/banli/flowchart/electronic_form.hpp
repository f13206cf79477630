// electronic_form.hpp — an electronic form (电子表单) that travels with a case, and who may see and
// fill in which of its fields at which step.
//
// The guide wants of every item 内容及格式 (the contents and format of its forms) and 读写权限 (the
// rights of reading and writing). A flowchart says both: its forms list their fields, and each step
// lists the fields it writes and those it reads. What a step does not list is hidden there.
//
//   form f{form_id{"审批表"}, "信息发布审批表"};
//   f.fields = {{.id = "title", .label = "标题", .required = true, .most = 60},
//               {.id = "source", .label = "来源", .type = field_type::choices,
//                .choices = {"原创", "转载", "图片"}},
//               {.id = "opinion", .label = "科室意见"}};
//   chart.forms = {f};
//   collect.forms = {{form_id{"审批表"}, {"title", "source"}, {}}};      // 采集 writes two
//   review.forms  = {{form_id{"审批表"}, {"opinion"}, {all_fields}}};    // 初审 writes one, sees
//   all form_rights(chart, node_id{"采集"});   // title write, source write, opinion hidden
//   refuse_value(f.fields[1], "原创|转截"); // error[bad-value]: … did you mean '转载'?
//
// check(flowchart) judges forms with the chart they belong to. A field that no step writes will
// stay empty for ever (unwritten_field), unless it is given: filled in before the flow begins, by
// the applicant or from a register. A field that is read where nobody can have written it yet is
// read_too_early.
//
// The hard case is the second fault. A step may read what a parallel branch writes, or what only
// one of two ways leads past: either may be there in time. It is a fault only where no step that
// writes the field lies on any way to the reading step, nor on a branch beside it.
//
// Source: 国办函〔2011〕99号, guide (确定事项流转电子表单的内容及格式,并划分读写权限).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/item/personal_data.hpp>

namespace banli {

struct flowchart;

using form_id = strong_id<struct form_tag>;

/// What may be written into a field.
enum class field_type : std::uint8_t {
  text,
  integer,
  decimal,
  boolean,    ///< true, false
  date,       ///< 2025-10-11
  choice,     ///< one of the choices
  choices,    ///< any of the choices, joined by | (复选框)
  attachment, ///< the id of an attachment; its bytes are the host's
};

/// One field of a form.
struct form_field {
  std::string id;
  std::string label{}; ///< what the form shows; the id where empty
  field_type type = field_type::text;
  bool required = false; ///< 必填
  bool given = false;    ///< filled in before the flow begins; no step need write it
  std::vector<std::string> choices{};
  std::string format{}; ///< regular expression (RE2) that a text matches as a whole
  int least = 0;        ///< fewest characters of a text, fewest of the choices
  int most = 0;         ///< the most of them; 0: any number
  personal_kind personal = personal_kind::none; ///< what is masked of it wherever it is printed

  const std::string& shown() const { return label.empty() ? id : label; }
  friend bool operator==(const form_field&, const form_field&) = default;
};

struct form {
  form_id id;
  std::string name{};
  std::vector<form_field> fields{};
  std::string description{}; ///< 填写说明

  friend bool operator==(const form&, const form&) = default;
};

/// Stands for every field of a form among those a step reads or writes.
inline constexpr std::string_view all_fields = "*";

/// A form at a step. Who writes a field also reads it.
struct form_use {
  form_id form;
  std::vector<std::string> writes{};
  std::vector<std::string> reads{};

  friend bool operator==(const form_use&, const form_use&) = default;
};

enum class field_right : std::uint8_t { hidden, read, write };

/// What a step may do with one field.
struct field_access {
  form_id form;
  std::string field;
  field_right right = field_right::hidden;

  friend bool operator==(const field_access&, const field_access&) = default;
};

/// The stable names used in documents, and the office's words: "choices", 多选; "write", 可写.
std::string_view to_string(field_type t);
std::string_view label(field_type t);
std::string_view to_string(field_right r);
std::string_view label(field_right r);

/// Every field of every form of the chart, in their order, with the right of one step; at a node
/// that is no step all are hidden. Errors: unknown_step, with did-you-mean.
result<std::vector<field_access>> form_rights(const flowchart& chart, const node_id& step);

/// What personal data a field of a chart's forms holds; none where there is no such field.
personal_kind personal_of(const flowchart& chart, std::string_view field);

/// Why a text cannot be the value of a field: empty where one is required, not of its type, none of
/// its choices (with did-you-mean), too short or too long, not of its format. Codes: missing_field,
/// bad_value, unknown_value.
std::optional<error> refuse_value(const form_field& field, std::string_view written);

} // namespace banli
