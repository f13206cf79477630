#include <banli/document/saved_rules.hpp>

#include <algorithm>
#include <cmath>

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

} // namespace

result<std::string> save(std::span<const rule> rules) {
  rules_document whole;
  for (const rule& r : rules) {
    if (auto bad = refused(r)) return *std::move(bad);
    whole.rules.push_back(r);
  }
  yaml_writer w;
  w.document("rules", whole);
  return w.take();
}

} // namespace banli
