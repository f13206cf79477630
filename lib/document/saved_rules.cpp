#include <banli/document/saved_rules.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include "document/yaml_writer.hpp"

namespace banli {
namespace {

using namespace detail;

bool is_scalar(const value& v) {
  const auto real = v.as_double();
  return v.as_string() != nullptr || v.as_bool() || v.as_int() || (real && std::isfinite(*real));
}

bool can_be_written(const value& v) {
  const value::elements* const all = v.as_list();
  return all == nullptr ? is_scalar(v) : std::all_of(all->begin(), all->end(), is_scalar);
}

error no_value_of_documents(const rule& r, std::string_view name, const value& v) {
  return make_error(errc::bad_value, "rule '{}': '{}' is {}, which a document cannot hold",
                    "规则“{}”:“{}”的值 {} 不能写入文档", r.id.text(), name, to_text(v));
}

/// Paths stand as keys, unquoted.
bool is_path(std::string_view s) {
  return !s.empty() && s.find_first_of(" \t\r\n:#{}[],&*!|>'\"%@`") == std::string_view::npos;
}

std::optional<error> refused(const rule& r) {
  for (const rule_parameter& p : r.parameters)
    if (!can_be_written(p.value)) return no_value_of_documents(r, p.name, p.value);
  for (const rule_test& t : r.tests) {
    if (t.output && !can_be_written(*t.output))
      return no_value_of_documents(r, "output", *t.output);
    for (const rule_binding& b : t.bindings) {
      if (!can_be_written(b.value)) return no_value_of_documents(r, b.path, b.value);
      if (!is_path(b.path))
        return make_error(errc::bad_value, "rule '{}': '{}' is no path of a fact",
                          "规则“{}”:“{}”不是事实的路径", r.id.text(), b.path);
    }
  }
  return std::nullopt;
}

using std::chrono::hours;

std::optional<int> whole_hours(std::chrono::seconds s) {
  const auto h = std::chrono::floor<hours>(s);
  return h == s && std::in_range<int>(h.count()) ? std::optional(static_cast<int>(h.count()))
                                                 : std::nullopt;
}

error no_whole_hours(const std::string& name) {
  return make_error(errc::bad_value, "'{}': documents give windows in whole hours",
                    "“{}”的时间窗口应为整小时", name);
}

result<counter_entry> entry_of(const flow_counter& c) {
  counter_entry x;
  x.name = c.name;
  x.activities = c.activities;
  x.where = c.where.source;
  x.of = c.of;
  if (!c.window) return x;
  const auto h = whole_hours(*c.window);
  if (!h) return no_whole_hours(c.name);
  if (*h >= 24) x.window_days = *h / 24;
  if (*h % 24 != 0) x.window_hours = *h % 24;
  return x;
}

result<constraint_entry> entry_of(const flow_constraint& c) {
  constraint_entry x;
  x.name = c.id.text();
  x.kind = c.kind;
  x.a = c.a;
  x.b = c.b;
  if (c.count != 1) x.count = static_cast<int>(c.count);
  x.where_a = c.where_a.source;
  x.where_b = c.where_b.source;
  x.correlation = c.correlation.source;
  const auto least = whole_hours(c.within.least);
  const auto most = c.within.most ? whole_hours(*c.within.most) : std::nullopt;
  if (!least || (c.within.most && !most)) return no_whole_hours(x.name);
  if (*least != 0) x.least_hours = *least;
  x.most_hours = most;
  if (c.name == text{}) return x;
  return make_error(errc::bad_value, "'{}': documents know no other name of a constraint",
                    "“{}”:文档中的流程约束只有编号", x.name);
}

template <class Definition, class Entry>
std::optional<error> put(const Definition& d, std::vector<Entry>& into) {
  auto x = entry_of(d);
  if (!x) return x.error();
  into.push_back(*std::move(x));
  return std::nullopt;
}

result<std::string> written(rules_document whole, std::span<const rule> rules) {
  for (const rule& r : rules) {
    if (auto bad = refused(r)) return *std::move(bad);
    whole.rules.push_back(r);
  }
  yaml_writer w;
  w.document("rules", whole);
  return w.take();
}

} // namespace

result<std::string> save(std::span<const rule> rules) { return written({}, rules); }

result<std::string> save(const rule_set& rules) {
  rules_document whole;
  if (const compiled_counters* flow = rules.flow()) {
    for (const flow_counter& c : flow->counters())
      if (auto bad = put(c, whole.counters)) return *std::move(bad);
    for (const compiled_constraint& c : flow->constraints())
      if (auto bad = put(c.definition(), whole.constraints)) return *std::move(bad);
  }
  std::vector<rule> all;
  for (const compiled_rule& r : rules.rules()) all.push_back(r.definition());
  return written(std::move(whole), all);
}

} // namespace banli
