// The rights of a step over the fields of forms, and whether a text can be the value of a field.
#include <banli/flowchart/electronic_form.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <re2/re2.h>

#include "flowchart/form_parts.hpp"
#include <banli/base/nearest.hpp>
#include <banli/base/utf8.hpp>
#include <banli/flowchart/flowchart.hpp>
#include <banli/time/text.hpp>

namespace banli {
namespace detail {

bool names_field(const std::vector<std::string>& list, const std::string& field) {
  return std::any_of(list.begin(), list.end(),
                     [&](const std::string& each) { return each == field || each == all_fields; });
}

bool is_pattern(std::string_view format) {
  re2::RE2::Options quiet;
  quiet.set_log_errors(false);
  quiet.set_max_mem(std::int64_t{1} << 20);
  return re2::RE2{re2::StringPiece{format.data(), format.size()}, quiet}.ok();
}

bool matches(std::string_view text, std::string_view format) {
  re2::RE2::Options quiet;
  quiet.set_log_errors(false);
  quiet.set_max_mem(std::int64_t{1} << 20);
  const re2::RE2 pattern{re2::StringPiece{format.data(), format.size()}, quiet};
  return re2::RE2::FullMatch(re2::StringPiece{text.data(), text.size()}, pattern);
}

} // namespace detail

namespace {

using refused = std::optional<error>;

template <class N>
bool is_number(std::string_view s) {
  N n{};
  const auto read = std::from_chars(s.data(), s.data() + s.size(), n);
  return read.ec == std::errc{} && read.ptr == s.data() + s.size();
}

bool is_real(std::string_view s) {
  double d = 0;
  const auto read = std::from_chars(s.data(), s.data() + s.size(), d);
  return read.ec == std::errc{} && read.ptr == s.data() + s.size() && std::isfinite(d);
}

// What was written is not repeated: in the wrong field it may be anybody's name or number.

refused no_value_of_type(const form_field& f) {
  return make_error(errc::bad_value,
                    "what is written is no value of the field '{}', which is a "
                    "field of {}",
                    "所填内容不能填入字段“{0}”:类型为{2}", f.shown(), to_string(f.type),
                    label(f.type));
}

refused refuse_length(const form_field& f, std::size_t length) {
  const auto least = static_cast<std::size_t>(std::max(f.least, 0));
  if (length < least)
    return make_error(errc::bad_value, "'{}' has {} of at least {}", "“{}”为 {},至少应为 {}",
                      f.shown(), length, least);
  if (f.most > 0 && length > static_cast<std::size_t>(f.most))
    return make_error(errc::bad_value, "'{}' has {} of at most {}", "“{}”为 {},至多 {}", f.shown(),
                      length, f.most);
  return std::nullopt;
}

/// Only what resembles a choice is repeated.
refused refuse_choice(const form_field& f, std::string_view one) {
  if (std::find(f.choices.begin(), f.choices.end(), one) != f.choices.end()) return std::nullopt;
  const text meant = suggestion(one, f.choices);
  if (!meant.en.empty())
    return with_hint(make_error(errc::unknown_value, "'{1}' is no choice of the field '{0}'",
                                "“{1}”不是字段“{0}”的选项", f.shown(), one),
                     meant);
  return make_error(errc::unknown_value, "what is written is no choice of the field '{}': {}",
                    "所填内容不是字段“{}”的选项:{}", f.shown(), fmt::join(f.choices, ", "));
}

refused refuse_choices(const form_field& f, std::string_view written) {
  std::size_t count = 0;
  std::vector<std::string_view> seen;
  for (;;) {
    const std::size_t bar = written.find('|');
    const std::string_view one = written.substr(0, bar);
    if (refused why = refuse_choice(f, one)) return why;
    if (std::find(seen.begin(), seen.end(), one) != seen.end())
      return make_error(errc::bad_value, "'{}' is chosen twice in '{}'", "“{1}”中重复选择“{0}”",
                        one, f.shown());
    seen.push_back(one);
    ++count;
    if (bar == std::string_view::npos) return refuse_length(f, count);
    written.remove_prefix(bar + 1);
  }
}

refused refuse_text(const form_field& f, std::string_view written) {
  if (!detail::is_utf8(written))
    return make_error(errc::bad_value, "the value of '{}' is no UTF-8", "“{}”的值不是 UTF-8 编码",
                      f.shown());
  if (refused why = refuse_length(f, detail::count_points(written))) return why;
  if (f.format.empty() || detail::matches(written, f.format)) return std::nullopt;
  return make_error(errc::bad_value, "what is written has not the format of the field '{}': {}",
                    "所填内容不符合字段“{}”的格式 {}", f.shown(), f.format);
}

} // namespace

std::string_view to_string(field_type t) {
  constexpr std::array<std::string_view, 8> names{"text", "integer", "decimal", "boolean",
                                                  "date", "choice",  "choices", "attachment"};
  return names[static_cast<std::size_t>(t)];
}

std::string_view label(field_type t) {
  constexpr std::array<std::string_view, 8> names{"文字", "整数", "小数", "是否",
                                                  "日期", "单选", "多选", "附件"};
  return names[static_cast<std::size_t>(t)];
}

std::string_view to_string(field_right r) {
  constexpr std::array<std::string_view, 3> names{"hidden", "read", "write"};
  return names[static_cast<std::size_t>(r)];
}

std::string_view label(field_right r) {
  constexpr std::array<std::string_view, 3> names{"不可见", "可读", "可写"};
  return names[static_cast<std::size_t>(r)];
}

result<std::vector<field_access>> form_rights(const flowchart& chart, const node_id& step) {
  const node* const at = find(chart, step);
  if (at == nullptr) {
    std::vector<std::string_view> known;
    for (const node& n : chart.nodes) known.emplace_back(n.id.text());
    return with_hint(make_error(errc::unknown_step, "flowchart '{}' has no step '{}'",
                                "流程图“{}”没有环节“{}”", chart.name, step.text()),
                     suggestion(step.text(), known));
  }
  std::vector<field_access> out;
  for (const form& f : chart.forms) {
    const auto use = std::find_if(at->forms.begin(), at->forms.end(),
                                  [&](const form_use& u) { return u.form == f.id; });
    for (const form_field& field : f.fields) {
      field_right right = field_right::hidden;
      if (use != at->forms.end() && detail::names_field(use->writes, field.id))
        right = field_right::write;
      else if (use != at->forms.end() && detail::names_field(use->reads, field.id))
        right = field_right::read;
      out.push_back({f.id, field.id, right});
    }
  }
  return out;
}

personal_kind personal_of(const flowchart& chart, std::string_view field) {
  for (const form& f : chart.forms)
    for (const form_field& each : f.fields)
      if (each.id == field && each.personal != personal_kind::none) return each.personal;
  return personal_kind::none;
}

std::optional<error> refuse_value(const form_field& field, std::string_view written) {
  if (written.empty()) {
    if (!field.required) return std::nullopt;
    return make_error(errc::missing_field, "the field '{}' must be filled in", "字段“{}”必须填写",
                      field.shown());
  }
  switch (field.type) {
  case field_type::text: return refuse_text(field, written);
  case field_type::integer:
    if (is_number<std::int64_t>(written)) return std::nullopt;
    break;
  case field_type::decimal:
    if (is_real(written)) return std::nullopt;
    break;
  case field_type::boolean:
    if (written == "true" || written == "false") return std::nullopt;
    break;
  case field_type::date:
    if (parse_day(written)) return std::nullopt;
    break;
  case field_type::choice: return refuse_choice(field, written);
  case field_type::choices: return refuse_choices(field, written);
  case field_type::attachment: return std::nullopt;
  }
  return no_value_of_type(field);
}

} // namespace banli
