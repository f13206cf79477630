// Forms, separations and what a node carries, read.
#include <charconv>

#include "interchange/bpmn_fields.hpp"

namespace banli::detail {
namespace {

/// The value of an enumeration with a name in documents; `last` is its last one.
template <class Enum>
std::optional<Enum> value_named(std::string_view name, Enum last) {
  for (int i = 0; i <= static_cast<int>(last); ++i)
    if (to_string(static_cast<Enum>(i)) == name) return static_cast<Enum>(i);
  return std::nullopt;
}

} // namespace

std::uint32_t own_part(const bpmn_tree& t, std::uint32_t e, std::string_view name) {
  const std::uint32_t all = t.child(e, "extensionElements");
  return all == bpmn_tree::none ? bpmn_tree::none : t.child(all, name, xml_space::own);
}

void own_fields::read_node(std::uint32_t mark, node& n) const {
  if (const auto kind = value_named(t_.attribute(mark, "kind"), node_kind::inclusive_join))
    n.kind = *kind;
  else
    bad(mark, "kind", t_.attribute(mark, "kind"));
  n.post = post_id{t_.attribute(mark, "post")};
  n.department = department_id{t_.attribute(mark, "department")};
  n.excluded = t_.attribute(mark, "excluded");
  if (t_.has(mark, "limit")) {
    if (const auto limit = parse_time_limit(t_.attribute(mark, "limit")))
      n.limit = *limit;
    else
      bad(mark, "limit", t_.attribute(mark, "limit"));
  }
  for (std::uint32_t c = t_.child(mark); c != bpmn_tree::none; c = t_.next(c)) {
    if (own(c, "document")) n.documents.emplace_back(t_.attribute(c, "name"));
    if (own(c, "person")) n.persons.emplace_back(t_.attribute(c, "id"));
    if (own(c, "supervision_point")) n.supervision_points.emplace_back(t_.attribute(c, "name"));
    if (own(c, "risk")) n.risks.push_back(read_risk(c));
    if (own(c, "assignee")) read_assignee(c, n.assignees);
    if (own(c, "use")) n.forms.push_back(read_use(c));
  }
}

void own_fields::read_forms(std::uint32_t mark, flowchart& chart) const {
  for (std::uint32_t c = t_.child(mark); c != bpmn_tree::none; c = t_.next(c)) {
    if (own(c, "form")) chart.forms.push_back(read_form(c));
    if (own(c, "separation")) chart.separations.push_back(read_separation(c));
  }
}

risk_point own_fields::read_risk(std::uint32_t e) const {
  const auto member = [&](const char* name) { return std::string{t_.attribute(e, name)}; };
  return {member("name"), member("type"), member("description"), member("measure")};
}

void own_fields::read_assignee(std::uint32_t e, assignee_rule& into) const {
  if (t_.has(e, "post")) into.posts.emplace_back(t_.attribute(e, "post"));
  if (t_.has(e, "department")) into.departments.emplace_back(t_.attribute(e, "department"));
  if (t_.has(e, "condition")) into.condition = t_.attribute(e, "condition");
}

form_use own_fields::read_use(std::uint32_t e) const {
  form_use out{form_id{t_.attribute(e, "form")}};
  for (std::uint32_t c = t_.child(e); c != bpmn_tree::none; c = t_.next(c)) {
    if (own(c, "write")) out.writes.emplace_back(t_.attribute(c, "field"));
    if (own(c, "read")) out.reads.emplace_back(t_.attribute(c, "field"));
  }
  return out;
}

form own_fields::read_form(std::uint32_t e) const {
  form out{form_id{t_.attribute(e, "id")}};
  out.name = t_.attribute(e, "name");
  out.description = t_.attribute(e, "description");
  for (std::uint32_t c = t_.child(e); c != bpmn_tree::none; c = t_.next(c))
    if (own(c, "field")) out.fields.push_back(read_field(c));
  return out;
}

form_field own_fields::read_field(std::uint32_t e) const {
  form_field out{.id = std::string{t_.attribute(e, "id")}};
  out.label = t_.attribute(e, "label");
  out.format = t_.attribute(e, "format");
  out.required = is_true(e, "required");
  out.given = is_true(e, "given");
  const auto named = [&](const char* attribute, auto& into, auto last) {
    if (!t_.has(e, attribute)) return;
    if (const auto value = value_named(t_.attribute(e, attribute), last))
      into = *value;
    else
      bad(e, attribute, t_.attribute(e, attribute));
  };
  named("type", out.type, field_type::attachment);
  named("personal", out.personal, personal_kind::address);
  out.least = number(e, "least").value_or(0);
  out.most = number(e, "most").value_or(0);
  for (std::uint32_t c = t_.child(e); c != bpmn_tree::none; c = t_.next(c))
    if (own(c, "choice")) out.choices.emplace_back(t_.attribute(c, "name"));
  return out;
}

separation own_fields::read_separation(std::uint32_t e) const {
  separation out{std::string{t_.attribute(e, "name")}};
  out.basis = t_.attribute(e, "basis");
  out.decision = is_true(e, "decision");
  for (std::uint32_t c = t_.child(e); c != bpmn_tree::none; c = t_.next(c))
    if (own(c, "duty")) out.steps.emplace_back(t_.attribute(c, "step"));
  return out;
}

std::optional<int> own_fields::number(std::uint32_t e, const char* attribute) const {
  if (e == bpmn_tree::none || !t_.has(e, attribute)) return std::nullopt;
  const std::string_view written = t_.attribute(e, attribute);
  int n = 0;
  const auto read = std::from_chars(written.data(), written.data() + written.size(), n);
  if (read.ec == std::errc{} && read.ptr == written.data() + written.size()) return n;
  bad(e, attribute, written);
  return std::nullopt;
}

void own_fields::bad(std::uint32_t e, std::string_view attribute, std::string_view value) const {
  r_.found.add(at(make_error(errc::bad_value, "'{1}' is no {0} of ours", "“{1}”不是有效的 {0} 值",
                             attribute, beginning(value)),
                  t_.where(e)));
}

} // namespace banli::detail
