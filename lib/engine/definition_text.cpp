#include "definition_text.hpp"

#include <fmt/format.h>

namespace banli {

namespace {

/// Appends values so that their boundaries are part of the text.
class writer {
 public:
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

  void put(const legal_basis& b) { put_all(b.rank, b.title, b.article, b.words); }
  void put(const charge& c) { put_all(c.basis, c.standard); }
  void put(const service_form& f) { put_all(f.number, f.name, f.description); }
  void put(const question& q) { put_all(q.asked, q.answered); }
  void put(const material& m) { put_all(m.name, m.format, m.carrier, m.required); }
  void put(const form_fact& f) { put_all(f.name, f.label, f.type); }
  void put(const risk_point& r) { put_all(r.name, r.type, r.description, r.measure); }
  void put(const arrow& a) { put_all(a.from, a.to, a.label, a.condition); }
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

} // namespace

std::string definition_text(const service_item& i, const flowchart& c) {
  writer w;
  w.put("banli definition 1");
  w.put_all(i.code, i.type, i.name, i.bases, i.body, i.conditions, i.charges, i.statutory,
            i.promised, i.department, i.section, i.address, i.phone, i.flow, i.forms, i.questions,
            i.supervision_phone, i.online_link);
  w.put_all(i.nature, i.entruster, i.kind, i.co_handlers, i.materials, i.documents,
            i.excluded_procedures, i.facts, i.supplement, i.counting);
  w.put_all(c.id, c.name, c.nodes, c.arrows);
  return w.take();
}

} // namespace banli
