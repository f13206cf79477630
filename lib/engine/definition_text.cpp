#include "definition_text.hpp"

#include <fmt/format.h>

namespace banli {

namespace {

/// Appends values so that their boundaries are part of the text.
class content_writer {
 public:
  void put(const std::string& s) { put(std::string_view{s}); }
  void put(const char* s) { put(std::string_view{s}); }
  void put(std::string_view s) { out_ += fmt::format("{}:{}\n", s.size(), s); }
  template <class Tag>
  void put(const strong_id<Tag>& id) {
    put(std::string_view{id.text()});
  }
  template <class Enum>
    requires std::is_enum_v<Enum>
  void put(Enum e) {
    put(std::to_string(static_cast<int>(e)));
  }
  void put(int n) { put(std::to_string(n)); }
  void put(const time_limit& l) {
    put(l.count);
    put(l.unit);
  }
  template <class T>
  void put(const std::optional<T>& o) {
    put(o ? "+" : "-");
    if (o) put(*o);
  }
  template <class T>
  void put(const std::vector<T>& all) {
    put(std::to_string(all.size()));
    for (const T& each : all) put(each);
  }
  template <class... T>
  void put_all(const T&... members) {
    (put(members), ...);
  }

  // Members that came later stand in extended(): an item without them keeps the text it had.
  void put(const legal_basis& b) { put_all(b.rank, b.title, b.article, b.words); }
  void put(const charge& c) { put_all(c.basis, c.standard); }
  void put(const service_form& f) { put_all(f.number, f.name, f.description); }
  void put(const item_document& d) { put(d.name); }
  void put(const question& q) { put_all(q.asked, q.answered); }
  void put(const material& m) { put_all(m.name, m.format, m.carrier, m.required); }
  void put(const form_fact& f) { put_all(f.name, f.label, f.type); }
  void put(const risk_point& r) { put_all(r.name, r.type, r.description, r.measure); }
  void put(bool b) { put(b ? 1 : 0); }
  void put(double d) { put(fmt::format("{}", d)); }
  void put(const certificate& c) { put_all(c.name, c.validity, c.note); }
  void put(const related_approval& a) { put_all(a.item, a.name, a.office); }
  void put(const intermediary_service& s) { put_all(s.name, s.institution, s.basis, s.charge); }
  void put(const service_test& t) { put_all(t.direct, t.on_application, t.beneficial); }
  void put(const service_window& x) { put_all(x.hall, x.window, x.address, x.hours, x.phone); }
  void put(const delegation& d) { put_all(d.unit, d.window, d.role); }
  void put(const fact_condition& c) { put_all(c.fact, c.from, c.below, c.is); }
  void put(const outcome_extent& o) { put_all(o.kind, o.least, o.most, o.unit); }
  void put(const discretion_band& b) { put_all(b.name, b.when, b.outcomes); }
  void put(const discretion_benchmark& b) { put_all(b.name, b.basis, b.bands); }
  void put(const arrow& a) { put_all(a.from, a.to, a.label, a.condition); }
  void put(const assignee_rule& r) { put_all(r.posts, r.departments, r.condition); }
  void put(const form_use& u) { put_all(u.form, u.writes, u.reads); }
  void put(const form_field& f) {
    put_all(f.id, f.label, f.type, f.required, f.given, f.choices, f.format, f.least, f.most);
  }
  void put(const form& f) { put_all(f.id, f.name, f.fields, f.description); }
  void put(const separation& s) { put_all(s.name, s.steps, s.decision, s.basis); }
  void put(const counting_rules& r) {
    put_all(r.runs, r.start, r.ends, r.rolling, r.before, r.resume, r.order, r.extensions_allowed);
  }
  void put(const node& n) {
    put_all(n.id, n.kind, n.label, n.post, n.department, n.duty, n.limit, n.excluded, n.documents,
            n.risks);
  }

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

/// What items have held since the text was first written, empty where an item holds none of it, so
/// that cases which run on an older item still find their definition.
std::string extended(const service_item& i) {
  content_writer w;
  for (const legal_basis& b : i.bases) w.put(b.law);
  for (const charge& c : i.charges) w.put(c.name);
  for (const service_form& f : i.forms) w.put_all(f.instructions, f.link, f.sample);
  for (const material& m : i.materials) w.put_all(m.way, m.storage, m.when, m.applicant);
  for (const item_document& d : i.documents) w.put_all(d.step, d.way, d.format);
  w.put_all(i.description, i.naming, i.catalogue, i.base_code, i.delegated_from_above,
            i.superior_body, i.service, i.field, i.applicants, i.certificates, i.approvals_before,
            i.approvals_after, i.risks, i.benchmarks, i.intermediaries, i.supervision_channel);
  w.put_all(i.windows, i.delegations, i.hall, i.business_system, i.on_platform, i.supervised);
  if (i.overtime != overtime_rule::none || i.refusals_reported || i.completion_told)
    w.put_all("answers", i.overtime, i.refusals_reported, i.completion_told);
  if (!i.extension_authority.empty()) w.put_all("extensions", i.extension_authority);
  if (i.renewal)
    w.put_all("renewal", i.renewal->ask_before, i.renewal->answer_in, i.renewal->at_most,
              i.renewal->times);
  if (i.renewal && !i.renewal->silence_grants) w.put_all("silence grants no renewal");
  return w.take();
}

/// The same of charts.
std::string extended(const flowchart& c) {
  content_writer w;
  for (std::size_t i = 0; i < c.nodes.size(); ++i)
    if (!c.nodes[i].persons.empty() || !c.nodes[i].supervision_points.empty())
      w.put_all("node", static_cast<int>(i), c.nodes[i].persons, c.nodes[i].supervision_points);
  for (std::size_t i = 0; i < c.nodes.size(); ++i)
    if (!c.nodes[i].assignees.empty() || !c.nodes[i].forms.empty())
      w.put_all("assignees and forms", static_cast<int>(i), c.nodes[i].assignees, c.nodes[i].forms);
  if (!c.forms.empty()) w.put_all("forms", c.forms);
  for (const form& f : c.forms)
    for (const form_field& field : f.fields)
      if (field.personal != personal_kind::none)
        w.put_all("personal", f.id, field.id, field.personal);
  if (!c.separations.empty()) w.put_all("separations", c.separations);
  for (std::size_t i = 0; i < c.arrows.size(); ++i)
    if (c.arrows[i].at_most) w.put_all("arrow", static_cast<int>(i), *c.arrows[i].at_most);
  return w.take();
}

/// The same item with nothing of it.
service_item plain(const service_item& i) {
  service_item p;
  p.bases.resize(i.bases.size());
  p.charges.resize(i.charges.size());
  p.forms.resize(i.forms.size());
  p.materials.resize(i.materials.size());
  p.documents.resize(i.documents.size());
  return p;
}

} // namespace

std::string definition_text(const service_item& i, const flowchart& c) {
  content_writer w;
  w.put("banli definition 1");
  w.put_all(i.code, i.type, i.name, i.bases, i.body, i.conditions, i.charges, i.statutory,
            i.promised, i.department, i.section, i.address, i.phone, i.flow, i.forms, i.questions,
            i.supervision_phone, i.online_link);
  w.put_all(i.nature, i.entruster, i.kind, i.co_handlers, i.materials, i.documents,
            i.excluded_procedures, i.facts, i.supplement, i.counting);
  if (const std::string more = extended(i); more != extended(plain(i))) w.put(more);
  w.put_all(c.id, c.name, c.nodes, c.arrows);
  if (const std::string more = extended(c); !more.empty()) w.put(more);
  return w.take();
}

} // namespace banli
