#include "interchange/bpmn_forms.hpp"

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
  for (const std::string& c : f.choices) x.open("banli:choice").attribute("name", c).close();
  x.close();
}

} // namespace

void write_bpmn_form(xml_writer& x, const form& f) {
  x.open("banli:form").attribute("id", f.id.text()).given("name", f.name);
  x.given("description", f.description);
  for (const form_field& field : f.fields) write_field(x, field);
  x.close();
}

void write_bpmn_use(xml_writer& x, const form_use& u) {
  x.open("banli:use").attribute("form", u.form.text());
  for (const std::string& w : u.writes) x.open("banli:write").attribute("field", w).close();
  for (const std::string& r : u.reads) x.open("banli:read").attribute("field", r).close();
  x.close();
}

void write_bpmn_assignees(xml_writer& x, const assignee_rule& r) {
  for (const post_id& p : r.posts) x.open("banli:assignee").attribute("post", p.text()).close();
  for (const department_id& d : r.departments)
    x.open("banli:assignee").attribute("department", d.text()).close();
  if (!r.condition.empty()) x.open("banli:assignee").attribute("condition", r.condition).close();
}

std::vector<std::string_view> bpmn_texts(const form& f) {
  std::vector<std::string_view> out{f.id.text(), f.name, f.description};
  for (const form_field& field : f.fields) {
    out.insert(out.end(), {field.id, field.label, field.format});
    out.insert(out.end(), field.choices.begin(), field.choices.end());
  }
  return out;
}

std::vector<std::string_view> bpmn_texts(const node& n) {
  std::vector<std::string_view> out{n.assignees.condition};
  for (const post_id& p : n.assignees.posts) out.emplace_back(p.text());
  for (const department_id& d : n.assignees.departments) out.emplace_back(d.text());
  for (const form_use& u : n.forms) {
    out.emplace_back(u.form.text());
    out.insert(out.end(), u.writes.begin(), u.writes.end());
    out.insert(out.end(), u.reads.begin(), u.reads.end());
  }
  return out;
}

} // namespace banli::detail
