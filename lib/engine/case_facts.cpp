#include <banli/engine/case_facts.hpp>

#include <charconv>
#include <cmath>
#include <set>

#include "fact_table.hpp"

namespace banli {

struct case_facts::impl : fact_source {};

namespace {

type type_of(fact_kind k) {
  switch (k) {
  case fact_kind::boolean: return type_kind::boolean;
  case fact_kind::integer: return type_kind::integer;
  case fact_kind::real: return type_kind::real;
  case fact_kind::string: return type_kind::string;
  case fact_kind::kind:
    return type::enumeration("case_kind",
                             {"immediate", "promised", "to_complete", "reported_up", "joint"});
  case fact_kind::phase:
    return type::enumeration("case_phase", {"none", "refused", "running", "supplementing",
                                            "suspended", "decided", "delivered", "withdrawn",
                                            "applied", "incomplete", "reported_up", "concluded"});
  case fact_kind::channel:
    return type::enumeration(
        "channel", {"counter", "online", "phone", "fax", "telegram", "letter", "email", "other"});
  case fact_kind::result: return type::enumeration("case_result", {"granted", "refused"});
  case fact_kind::calendar_day: return type_kind::date;
  case fact_kind::moment: return type_kind::timestamp;
  case fact_kind::stage:
    return type::enumeration("service_stage",
                             {"consultation", "acceptance", "handling", "feedback"});
  case fact_kind::fault:
    return type::enumeration("case_fault", {fault_kinds.begin(), fault_kinds.end()});
  }
  return {};
}

type type_of(fact_type t) {
  switch (t) {
  case fact_type::boolean: return type_kind::boolean;
  case fact_type::integer: return type_kind::integer;
  case fact_type::decimal: return type_kind::real;
  case fact_type::text: return type_kind::string;
  }
  return {};
}

/// "case.elapsed_workdays" -> "case" and "elapsed_workdays".
std::pair<std::string, std::string> split(std::string_view path) {
  const std::size_t dot = path.find('.');
  return {std::string{path.substr(0, dot)}, std::string{path.substr(dot + 1)}};
}

void declare_record(environment& env, const std::string& record) {
  std::vector<type_field> fields;
  for (const fact_spec& row : fact_table())
    if (split(row.doc.path).first == record)
      fields.push_back({split(row.doc.path).second, type_of(row.of)});
  env.declare(record, type::record(record, std::move(fields)));
}

} // namespace

environment fact_environment() {
  environment env;
  for (const char* record : {"case", "step", "item"}) declare_record(env, record);
  std::set<std::string> said;
  for (const fact_spec& row : fact_table()) {
    const auto [record, name] = split(row.doc.path);
    const auto [record_label, label] = split(row.doc.alias);
    if (said.insert(record_label).second) env.alias({.label = record_label, .name = record});
    if (said.insert(label).second) env.alias({.label = label, .name = name});
  }
  env.declare("calendar", type_kind::calendar);
  env.alias({.label = "日历", .name = "calendar"});
  return env;
}

environment fact_environment(const service_item& item) {
  environment env = fact_environment();
  std::vector<type_field> fields;
  for (const form_fact& f : item.facts) fields.push_back({f.name, type_of(f.type)});
  env.declare("form", type::record("form", std::move(fields)));
  env.alias({.label = "表单", .name = "form"});
  for (const form_fact& f : item.facts)
    if (!f.label.empty()) env.alias({.label = f.label, .name = f.name});
  return env;
}

std::span<const fact_doc> fact_list() {
  static const std::vector<fact_doc> docs = [] {
    std::vector<fact_doc> out;
    for (const fact_spec& row : fact_table()) {
      out.push_back(row.doc);
      out.back().moves = row.clock != nullptr || row.reach != nullptr;
    }
    return out;
  }();
  return docs;
}

std::optional<value> parse_fact(const form_fact& declared, std::string_view written) {
  const char* end = written.data() + written.size();
  switch (declared.type) {
  case fact_type::boolean:
    if (written == "true" || written == "false") return value(written == "true");
    return std::nullopt;
  case fact_type::integer: {
    std::int64_t n = 0;
    const auto r = std::from_chars(written.data(), end, n);
    if (r.ec != std::errc{} || r.ptr != end) return std::nullopt;
    return value(n);
  }
  case fact_type::decimal: {
    double d = 0;
    const auto r = std::from_chars(written.data(), end, d);
    if (r.ec != std::errc{} || r.ptr != end || !std::isfinite(d)) return std::nullopt;
    return value(d);
  }
  case fact_type::text: return value(written);
  }
  return std::nullopt;
}

case_facts::case_facts(const case_definition& definition, const case_state& state,
                       const workday_calendar& calendar, const case_clocks* clocks, instant now)
    : impl_(
          std::make_unique<impl>(impl{{definition, state, calendar, clocks, now, std::nullopt}})) {}

case_facts::~case_facts() = default;

void case_facts::at(instant now) { impl_->now = now; }

void case_facts::of(std::optional<std::size_t> turn) { impl_->turn = turn; }

reading case_facts::read(field_ref field) const {
  // Records are declared in the order of the table, so a slot is a row; the calendar follows, then
  // the form.
  const std::vector<fact_spec>& rows = fact_table();
  if (field.slot == rows.size()) return reading::of(impl_->shared_calendar());
  if (field.slot > rows.size()) return impl_->form_value(split(field.path).second);
  const fact_spec& row = rows[field.slot];
  if (row.plain != nullptr) return row.plain(*impl_);
  const auto clock = (impl_.get()->*row.clock)();
  return clock ? clock->read(row.aspect) : reading::missing();
}

std::optional<instant> case_facts::reaches(field_ref field, const value& threshold) const {
  const std::vector<fact_spec>& rows = fact_table();
  if (field.slot >= rows.size()) return std::nullopt;
  const fact_spec& row = rows[field.slot];
  if (row.reach != nullptr) return row.reach(*impl_, threshold);
  if (row.clock == nullptr) return std::nullopt;
  const auto clock = (impl_.get()->*row.clock)();
  return clock ? clock->reaches(row.aspect, threshold) : std::nullopt;
}

} // namespace banli
