// Forms, separations and what a node carries, written.
#include "interchange/bpmn_fields.hpp"

#include <banli/base/utf8.hpp>

namespace banli::detail {
namespace {

void write_number(xml_writer& x, std::string_view name, int n) {
  if (n != 0) x.attribute(name, fmt::format("{}", n));
}

void write_field(xml_writer& x, const form_field& f) {
  x.open("banli:field").attribute("id", f.id).given("label", f.label);
  x.attribute("type", to_string(f.type));
  if (f.required) x.attribute("required", "true");
  if (f.given) x.attribute("given", "true");
  x.given("format", f.format);
  write_number(x, "least", f.least);
  write_number(x, "most", f.most);
  if (f.personal != personal_kind::none) x.attribute("personal", to_string(f.personal));
  for (const std::string& c : f.choices) x.open("banli:choice").attribute("name", c).close();
  x.close();
}

void write_use(xml_writer& x, const form_use& u) {
  x.open("banli:use").attribute("form", u.form.text());
  for (const std::string& w : u.writes) x.open("banli:write").attribute("field", w).close();
  for (const std::string& r : u.reads) x.open("banli:read").attribute("field", r).close();
  x.close();
}

void write_assignees(xml_writer& x, const assignee_rule& r) {
  for (const post_id& p : r.posts) x.open("banli:assignee").attribute("post", p.text()).close();
  for (const department_id& d : r.departments)
    x.open("banli:assignee").attribute("department", d.text()).close();
  if (!r.condition.empty()) x.open("banli:assignee").attribute("condition", r.condition).close();
}

/// Every text of a chart.
std::vector<std::string_view> texts_of(const flowchart& chart) {
  std::vector<std::string_view> out{chart.id.text(), chart.name};
  const auto add_all = [&](const auto& many) { out.insert(out.end(), many.begin(), many.end()); };
  const auto add_ids = [&](const auto& ids) {
    for (const auto& id : ids) out.emplace_back(id.text());
  };
  for (const node& n : chart.nodes) {
    out.insert(out.end(), {n.id.text(), n.label, n.post.text(), n.department.text(), n.duty,
                           n.excluded, n.assignees.condition});
    add_all(n.documents);
    add_all(n.supervision_points);
    add_ids(n.persons);
    add_ids(n.assignees.posts);
    add_ids(n.assignees.departments);
    for (const risk_point& r : n.risks)
      out.insert(out.end(), {r.name, r.type, r.description, r.measure});
    for (const form_use& u : n.forms) {
      out.emplace_back(u.form.text());
      add_all(u.writes);
      add_all(u.reads);
    }
  }
  for (const arrow& a : chart.arrows)
    out.insert(out.end(), {a.from.text(), a.to.text(), a.label, a.condition});
  for (const form& f : chart.forms) {
    out.insert(out.end(), {f.id.text(), f.name, f.description});
    for (const form_field& field : f.fields) {
      out.insert(out.end(), {field.id, field.label, field.format});
      add_all(field.choices);
    }
  }
  for (const separation& s : chart.separations) {
    out.insert(out.end(), {s.name, s.basis});
    add_ids(s.steps);
  }
  return out;
}

std::optional<error> refuse(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    const decoded d = decode(s, i);
    if (d.size == 0) return make_error(errc::bad_utf8, "a text is no UTF-8", "文本不是 UTF-8 编码");
    const char32_t c = d.point;
    if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF)
      return make_error(errc::bad_value, "XML has no character U+{:04X}",
                        "XML 中不允许字符 U+{:04X}", static_cast<unsigned>(c));
    i += d.size;
  }
  return std::nullopt;
}

} // namespace

void write_bpmn_values(xml_writer& x, const node& n) {
  x.given("post", n.post.text()).given("department", n.department.text());
  if (n.limit) x.attribute("limit", to_iso_text(*n.limit));
  x.given("excluded", n.excluded);
}

void write_bpmn_lists(xml_writer& x, const node& n) {
  for (const std::string& d : n.documents) x.open("banli:document").attribute("name", d).close();
  for (const person_id& p : n.persons) x.open("banli:person").attribute("id", p.text()).close();
  for (const std::string& p : n.supervision_points)
    x.open("banli:supervision_point").attribute("name", p).close();
  for (const risk_point& r : n.risks) {
    x.open("banli:risk").given("name", r.name).given("type", r.type);
    x.given("description", r.description).given("measure", r.measure).close();
  }
  write_assignees(x, n.assignees);
  for (const form_use& u : n.forms) write_use(x, u);
}

void write_bpmn_forms(xml_writer& x, const flowchart& chart) {
  for (const form& f : chart.forms) {
    x.open("banli:form").attribute("id", f.id.text()).given("name", f.name);
    x.given("description", f.description);
    for (const form_field& field : f.fields) write_field(x, field);
    x.close();
  }
  for (const separation& s : chart.separations) {
    x.open("banli:separation").given("name", s.name).given("basis", s.basis);
    if (s.decision) x.attribute("decision", "true");
    for (const node_id& step : s.steps) x.open("banli:duty").attribute("step", step.text()).close();
    x.close();
  }
}

std::optional<error> refuse_bpmn(const flowchart& chart) {
  for (const std::string_view s : texts_of(chart))
    if (auto bad = refuse(s)) return bad;
  for (const node& n : chart.nodes)
    if (n.limit && parse_time_limit(to_iso_text(*n.limit)) != *n.limit)
      return make_error(errc::bad_value, "the limit of '{}' is none", "“{}”的时限无效", n.shown());
  return std::nullopt;
}

} // namespace banli::detail
