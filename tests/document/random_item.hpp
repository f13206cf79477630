// Items with anything in them that an item may hold, texts being the kind that YAML misreads.
#pragma once

#include <string>
#include <vector>

#include <rapidcheck.h>

#include <banli/item/catalogue_entry.hpp>
#include <banli/item/service_item.hpp>

namespace banli::random {

/// A text: a trap, or characters of which each is a trap somewhere.
inline std::string text() {
  static const std::vector<std::string> traps{"",           "null",
                                              "~",          "Null",
                                              "yes",        "no",
                                              "是",         "true",
                                              "0123",       "12",
                                              "1.5",        "1e3",
                                              "2025-01-02", "12:30",
                                              "0x1F",       "-",
                                              "- a",        "a: b",
                                              "a:",         ": a",
                                              "a #b",       "#a",
                                              "'a'",        "\"a\"",
                                              "it's",       "a\\b",
                                              "[a]",        "{a: b}",
                                              "*a",         "&a",
                                              "!a",         "|",
                                              ">",          "%a",
                                              "@a",         "`a",
                                              "? a",        "---",
                                              "...",        " a",
                                              "a ",         "a\nb",
                                              "a\n\nb",     "\na",
                                              "a\n",        "a\n\n",
                                              "a\n b",      "a \nb",
                                              "a\tb",       "\ta",
                                              "\x01",       "\x7f",
                                              "a\rb",       "\u0085",
                                              "\u2028a",    "\uFEFFa",
                                              "事项：甲",   "第九条\n第二款",
                                              "“引号”",     "，",
                                              "😀",         "a\n# b",
                                              "a\n- b",     "a\n---\nb",
                                              "<<",         "=",
                                              ".inf",       "1_000",
                                              "+1",         "a,b",
                                              "on",         "N",
                                              "\n",         " ",
                                              "a:b",        "http://x/#y",
                                              "a\n\tb",     "key: |-\n  x"};
  if (*rc::gen::inRange(0, 2) == 0) return *rc::gen::elementOf(traps);
  static const std::vector<std::string> characters{
      "a", "Z",  "0",  "7",  " ",  "\n", "\t", "\"",     "'",      "\\",   ":",  "#", "-", ",",
      "[", "]",  "{",  "}",  "&",  "*",  "!",  "|",      ">",      "%",    "@",  "?", "~", "=",
      "<", "事", "项", "，", "：", "“",  "、", "\u3000", "\u00A0", "\x1b", "\r", "é", "😀"};
  std::string out;
  for (int n = *rc::gen::inRange(0, 12); n > 0; --n) out += *rc::gen::elementOf(characters);
  return out;
}

template <class Make>
auto list(Make make) {
  std::vector<decltype(make())> out;
  for (int n = *rc::gen::inRange(0, 3); n > 0; --n) out.push_back(make());
  return out;
}

template <class E>
E word(E last) {
  return static_cast<E>(*rc::gen::inRange(0, static_cast<int>(last) + 1));
}

inline bool flip() { return *rc::gen::inRange(0, 2) == 0; }

inline time_limit limit() {
  const auto unit = word(limit_unit::year);
  return {unit == limit_unit::on_the_spot ? 0 : *rc::gen::inRange(1, 400), unit};
}

template <class Make>
auto maybe(Make make) {
  return flip() ? std::optional<decltype(make())>{make()} : std::nullopt;
}

inline double number() {
  static const std::vector<double> some{0, -1, 0.1, 1e300, -1e-300, 12345678.25, 5e-324, 3, 1e16};
  return *rc::gen::elementOf(some);
}

inline legal_basis basis() {
  return {word(legal_rank::normative_document), text(), text(), text(), law_id{text()}};
}
inline charge a_charge() { return {text(), text(), text()}; }

inline item_document document() {
  item_document d{text(), flip() ? node_id{} : node_id{text()}};
  if (flip()) d.way = text();
  if (flip()) d.format = text();
  return d;
}

inline discretion_benchmark benchmark() {
  return {text(), text(), list([] {
            return discretion_band{
                text(), list([] {
                  return fact_condition{text(), maybe(number), maybe(number), text()};
                }),
                list([] {
                  return outcome_extent{text(), maybe(number), maybe(number), text()};
                })};
          })};
}

inline related_approval approval() { return {item_id{text()}, text(), text()}; }
inline service_test test() { return {flip(), flip(), flip()}; }

inline service_item item() {
  service_item i;
  i.code = item_id{text()};
  i.type = text();
  i.name = text();
  i.bases = list(basis);
  i.body = text();
  i.conditions = list(text);
  i.charges = list(a_charge);
  i.statutory = maybe(limit);
  i.promised = limit();
  i.department = department_id{text()};
  i.section = text();
  i.address = text();
  i.phone = text();
  i.flow = flowchart_id{text()};
  i.forms = list([] { return service_form{text(), text(), text(), text(), text(), text()}; });
  i.questions = list([] { return question{text(), text()}; });
  i.supervision_phone = text();
  i.online_link = text();
  i.nature = word(body_nature::entrusted_unit);
  i.entruster = text();
  i.kind = word(case_kind::joint);
  i.co_handlers = list([] { return department_id{text()}; });
  i.materials =
      list([] { return material{text(), text(), text(), text(), text(), text(), text(), text()}; });
  i.documents = list(document);
  i.excluded_procedures = list(text);
  i.facts = list([] { return form_fact{text(), text(), word(fact_type::text)}; });
  i.supplement = word(supplement_rule::restarts);
  i.counting.runs = word(direction::before);
  i.counting.rolling = maybe([] { return word(roll::none); });
  i.counting.extensions_allowed = *rc::gen::inRange(0, 5);
  i.description = text();
  i.naming = word(name_kind::prescribed);
  i.catalogue = catalogue_id{text()};
  i.base_code = text();
  i.delegated_from_above = flip();
  i.superior_body = text();
  i.service = maybe(test);
  i.field = maybe([] { return word(public_field::disabled_assistance); });
  i.applicants = list(text);
  i.certificates = list([] { return certificate{text(), maybe(limit), text()}; });
  i.approvals_before = list(approval);
  i.approvals_after = list(approval);
  i.risks = list([] { return risk_point{text(), text(), text(), text()}; });
  i.benchmarks = list(benchmark);
  i.intermediaries = list([] { return intermediary_service{text(), text(), text(), text()}; });
  i.supervision_channel = text();
  i.windows = list([] { return service_window{text(), text(), text(), text(), text()}; });
  i.delegations = list([] { return delegation{text(), text(), word(delegation_role::handles)}; });
  i.hall = word(stationing::outside);
  i.business_system = business_system_id{text()};
  i.on_platform = flip();
  i.supervised = flip();
  i.overtime = word(overtime_rule::consent);
  i.refusals_reported = flip();
  i.completion_told = flip();
  i.extension_authority = text();
  i.renewal = maybe([] {
    return renewal_rules{limit(), limit(), limit(), *rc::gen::inRange(0, 5), flip()};
  });
  return i;
}

inline catalogue_entry entry() {
  catalogue_entry e;
  e.id = catalogue_id{text()};
  e.name = text();
  e.type = text();
  e.bases = list(basis);
  e.nature = maybe([] { return word(body_nature::entrusted_unit); });
  e.conditions = list(text);
  e.charges = list(a_charge);
  e.statutory = maybe(limit);
  e.naming = maybe([] { return word(name_kind::prescribed); });
  e.field = maybe([] { return word(public_field::disabled_assistance); });
  e.service = maybe(test);
  e.superior_body = text();
  return e;
}

} // namespace banli::random
