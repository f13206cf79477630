#include "document/document_set.hpp"

#include <banli/base/nearest.hpp>

namespace banli::detail {
namespace {

/// Calls f with an empty document of a kind; false if there is no such kind.
template <class F>
bool with_kind(std::string_view kind, F f) {
  if (kind == "office")
    f(office_document{});
  else if (kind == "organisation")
    f(organisation{});
  else if (kind == "calendar")
    f(calendar_document{});
  else if (kind == "overlay")
    f(overlay_document{});
  else if (kind == "hours")
    f(hours_document{});
  else if (kind == "item")
    f(service_item{});
  else if (kind == "catalogue")
    f(catalogue_document{});
  else if (kind == "laws")
    f(laws_document{});
  else if (kind == "systems")
    f(systems_document{});
  else if (kind == "flowchart")
    f(flowchart{});
  else if (kind == "rules")
    f(rules_document{});
  else if (kind == "commit_rules")
    f(commit_rules_document{});
  else if (kind == "decision_table")
    f(decision_table{});
  else if (kind == "scoring_scheme")
    f(scoring_scheme{});
  else if (kind == "duties")
    f(duties_document{});
  else if (kind == "publications")
    f(publications_document{});
  else if (kind == "log_mapping")
    f(log_mapping{});
  else
    return false;
  return true;
}

// Where the documents of a type are kept.
auto& list_of(document_set& s, const office_document&) { return s.offices; }
auto& list_of(document_set& s, const organisation&) { return s.organisations; }
auto& list_of(document_set& s, const calendar_document&) { return s.calendars; }
auto& list_of(document_set& s, const overlay_document&) { return s.overlays; }
auto& list_of(document_set& s, const hours_document&) { return s.hours; }
auto& list_of(document_set& s, const service_item&) { return s.items; }
auto& list_of(document_set& s, const catalogue_document&) { return s.catalogues; }
auto& list_of(document_set& s, const laws_document&) { return s.laws; }
auto& list_of(document_set& s, const systems_document&) { return s.systems; }
auto& list_of(document_set& s, const flowchart&) { return s.flowcharts; }
auto& list_of(document_set& s, const rules_document&) { return s.rules; }
auto& list_of(document_set& s, const commit_rules_document&) { return s.commit_rules; }
auto& list_of(document_set& s, const decision_table&) { return s.tables; }
auto& list_of(document_set& s, const scoring_scheme&) { return s.schemes; }
auto& list_of(document_set& s, const duties_document&) { return s.duties; }
auto& list_of(document_set& s, const publications_document&) { return s.publications; }
auto& list_of(document_set& s, const log_mapping&) { return s.logs; }

std::string kinds_in_words() {
  std::string out;
  for (const std::string_view k : document_kinds())
    out += (out.empty() ? "" : ", ") + std::string{k};
  return out;
}

/// An item without a promise has one only if it is decided on the spot.
void check_promise(yaml_node root, const service_item& item, reading& r) {
  if (root.find("promised") || root.find("case_kind").is(yaml_kind::null) ||
      item.kind == case_kind::immediate)
    return;
  ++r.faults;
  r.found.add(at(make_error(errc::missing_field,
                            "'promised' is missing: which limit does the office promise?",
                            "缺少“promised”:应填写承诺期限"),
                 root.where()));
}

} // namespace

const std::vector<std::string_view>& document_kinds() {
  static const std::vector<std::string_view> kinds{
      "office",         "organisation",   "calendar", "overlay",      "hours",      "item",
      "catalogue",      "laws",           "systems",  "flowchart",    "rules",      "commit_rules",
      "decision_table", "scoring_scheme", "duties",   "publications", "log_mapping"};
  return kinds;
}

void read_item(yaml_node root, reading& r, service_item& into) {
  read_document(root, r, into);
  check_promise(root, into, r);
}

template <class T>
void document_set::take(std::vector<located<T>>& into, yaml_node root) {
  reading r{found_};
  located<T>& d = into.emplace_back();
  d.node = root;
  if constexpr (std::is_same_v<T, service_item>)
    read_item(root, r, d.value);
  else
    read_document(root, r, d.value);
  d.sound = r.faults == 0;
}

void document_set::dispatch(yaml_node root) {
  const yaml_node kind = root.find("kind");
  if (!kind.is(yaml_kind::scalar)) {
    complete = false;
    found_.add(at(make_error(errc::missing_field, "the first key must be 'kind': one of {}",
                             "第一个键应为“kind”,取值为:{}", kinds_in_words()),
                  root.where()));
    return;
  }
  const bool known =
      with_kind(kind.text(), [&](const auto& empty) { take(list_of(*this, empty), root); });
  if (known) return;
  complete = false;
  found_.add(at(
      with_hint(make_error(errc::unknown_value, "'{}' is no kind of document: expected {}",
                           "“{}”不是文档类型,应为:{}", kind.text().substr(0, 80), kinds_in_words()),
                suggestion(kind.text(), document_kinds())),
      kind.where()));
}

void document_set::add(const std::string& file, std::string_view bytes) {
  yaml_document d = read_yaml(file, bytes, limits_);
  const bool readable = d.problems.empty();
  found_.add(std::move(d.problems));
  if (!readable) {
    complete = false;
    return;
  }
  if (const yaml_node root = d.tree->root(); root.is(yaml_kind::map)) {
    trees_.push_back(d.tree);
    dispatch(root);
    return;
  }
  complete = false;
  found_.add(at(make_error(errc::wrong_type, "a document is a map of keys, the first being 'kind'",
                           "文档应为键值表,第一个键为“kind”"),
                {file, 1, 1}));
}

accepted_log accepted_by(std::string_view kind, yaml_node sample) {
  findings unheard{0};
  accepted_log log;
  reading r{unheard, 0, &log};
  with_kind(kind, [&](auto empty) { read_document(sample, r, empty); });
  return log;
}

} // namespace banli::detail
