// words.hpp — the words that documents use for enumerations: the stable name, and the office's own
// word.
//
// words(choice_of<case_kind>{}) lists every value once, in the order of the enumeration. A document
// may use either word; messages and schemas show both.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include <banli/calendar/day_kind.hpp>
#include <banli/deadline/counting.hpp>
#include <banli/engine/organisation.hpp>
#include <banli/flowchart/flowchart.hpp>
#include <banli/item/service_item.hpp>
#include <banli/rules/decision_table.hpp>
#include <banli/rules/rule.hpp>

#include "document/describe.hpp"

namespace banli::detail {

template <class E>
struct choice_of {};

template <class E>
struct word {
  E value{};
  std::string_view name;
  std::string_view label{}; ///< empty where the office has no word of its own
};

/// The words of an enumeration whose values are 0 .. last, from its own functions.
template <class E, class Name, class Label>
std::vector<word<E>> words_to(E last, Name name, Label label) {
  std::vector<word<E>> out;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last); ++i) {
    const E e = static_cast<E>(i);
    out.push_back({e, name(e), label(e)});
  }
  return out;
}

/// Words of enumerations that have a to_string() and count from 0.
template <class E>
std::vector<word<E>> plain_words(E last) {
  return words_to(
      last, [](E e) { return to_string(e); }, [](E) { return std::string_view{}; });
}

inline std::vector<word<case_kind>> words(choice_of<case_kind>) {
  return words_to(
      case_kind::joint, [](case_kind k) { return to_string(k); },
      [](case_kind k) { return label(k); });
}

inline std::vector<word<body_nature>> words(choice_of<body_nature>) {
  return words_to(
      body_nature::entrusted_unit, [](body_nature x) { return to_string(x); },
      [](body_nature x) { return label(x); });
}

inline std::vector<word<legal_rank>> words(choice_of<legal_rank>) {
  return words_to(
      legal_rank::normative_document, [](legal_rank x) { return to_string(x); },
      [](legal_rank x) { return label(x); });
}

inline std::vector<word<public_field>> words(choice_of<public_field>) {
  return words_to(
      public_field::disabled_assistance, [](public_field x) { return to_string(x); },
      [](public_field x) { return label(x); });
}

inline std::vector<word<name_kind>> words(choice_of<name_kind>) {
  return words_to(
      name_kind::prescribed, [](name_kind x) { return to_string(x); },
      [](name_kind x) { return label(x); });
}

inline std::vector<word<delegation_role>> words(choice_of<delegation_role>) {
  return words_to(
      delegation_role::handles, [](delegation_role x) { return to_string(x); },
      [](delegation_role x) { return label(x); });
}

inline std::vector<word<stationing>> words(choice_of<stationing>) {
  return words_to(
      stationing::outside, [](stationing x) { return to_string(x); },
      [](stationing x) { return label(x); });
}

inline std::vector<word<fact_type>> words(choice_of<fact_type>) {
  return words_to(
      fact_type::text, [](fact_type t) { return to_string(t); },
      [](fact_type) { return std::string_view{}; });
}

inline std::vector<word<supplement_rule>> words(choice_of<supplement_rule>) {
  return words_to(
      supplement_rule::restarts, [](supplement_rule s) { return to_string(s); },
      [](supplement_rule) { return std::string_view{}; });
}

inline std::vector<word<overtime_rule>> words(choice_of<overtime_rule>) {
  return words_to(
      overtime_rule::consent, [](overtime_rule r) { return to_string(r); },
      [](overtime_rule r) { return label(r); });
}

inline std::vector<word<node_kind>> words(choice_of<node_kind>) {
  return words_to(
      node_kind::inclusive_join, [](node_kind k) { return to_string(k); },
      [](node_kind) { return std::string_view{}; });
}

inline std::vector<word<field_type>> words(choice_of<field_type>) {
  return words_to(
      field_type::attachment, [](field_type t) { return to_string(t); },
      [](field_type t) { return label(t); });
}

inline std::vector<word<authority>> words(choice_of<authority>) {
  return {{authority::checked, "checked"}, {authority::recorded, "recorded"}};
}

inline std::vector<word<personal_kind>> words(choice_of<personal_kind>) {
  return words_to(
      personal_kind::address, [](personal_kind k) { return to_string(k); },
      [](personal_kind k) { return label(k); });
}

inline std::vector<word<mandate_kind>> words(choice_of<mandate_kind>) {
  return words_to(
      mandate_kind::substitute, [](mandate_kind k) { return to_string(k); },
      [](mandate_kind k) { return label(k); });
}

inline std::vector<word<action>> words(choice_of<action>) {
  return words_to(
      action::migrate, [](action a) { return to_string(a); }, [](action a) { return label(a); });
}

inline std::vector<word<opening>> words(choice_of<opening>) {
  return words_to(
      opening::closed, [](opening o) { return to_string(o); },
      [](opening o) { return to_string(o, language::zh); });
}

inline std::vector<word<calendar_base>> words(choice_of<calendar_base>) {
  return {{calendar_base::cn, "cn"}, {calendar_base::none, "none"}};
}

inline std::vector<word<weekday_name>> words(choice_of<weekday_name>) {
  std::vector<word<weekday_name>> out;
  for (const std::size_t i : {1U, 2U, 3U, 4U, 5U, 6U, 0U})
    out.push_back({static_cast<weekday_name>(i), weekday_words[i].name, weekday_words[i].label});
  return out;
}

inline std::vector<word<dimension>> words(choice_of<dimension>) {
  return words_to(
      dimension::integrity, [](dimension d) { return to_string(d); },
      [](dimension d) { return to_string(d, language::zh); });
}

inline std::vector<word<level>> words(choice_of<level>) {
  return words_to(
      level::alarm, [](level l) { return to_string(l); },
      [](level l) { return to_string(l, language::zh); });
}

inline std::vector<word<certainty>> words(choice_of<certainty>) {
  return words_to(
      certainty::suspected, [](certainty c) { return to_string(c); },
      [](certainty c) { return to_string(c, language::zh); });
}

inline std::vector<word<flow_template>> words(choice_of<flow_template>) {
  return plain_words(flow_template::person_load);
}

inline std::vector<word<flow_count>> words(choice_of<flow_count>) {
  return plain_words(flow_count::actors);
}

inline std::vector<word<rule_scope>> words(choice_of<rule_scope>) {
  return words_to(
      rule_scope::each_step, [](rule_scope s) { return to_string(s); },
      [](rule_scope) { return std::string_view{}; });
}

inline std::vector<word<hit_policy>> words(choice_of<hit_policy>) {
  return words_to(
      hit_policy::collect_count, [](hit_policy p) { return to_string(p); },
      [](hit_policy p) { return label(p); });
}

inline std::vector<word<column_type>> words(choice_of<column_type>) {
  return plain_words(column_type::duration);
}

inline std::vector<word<table_gaps>> words(choice_of<table_gaps>) {
  return plain_words(table_gaps::allowed);
}

inline std::vector<word<verdict_kind>> words(choice_of<verdict_kind>) {
  return words_to(
      verdict_kind::unjudgeable, [](verdict_kind k) { return to_string(k); },
      [](verdict_kind) { return std::string_view{}; });
}

inline std::vector<word<direction>> words(choice_of<direction>) {
  return plain_words(direction::before);
}

inline std::vector<word<start_rule>> words(choice_of<start_rule>) {
  return plain_words(start_rule::on_event);
}

inline std::vector<word<edges>> words(choice_of<edges>) { return plain_words(edges::open); }

inline std::vector<word<roll>> words(choice_of<roll>) { return plain_words(roll::none); }

inline std::vector<word<before_rule>> words(choice_of<before_rule>) {
  return plain_words(before_rule::clear_days);
}

inline std::vector<word<resume_mode>> words(choice_of<resume_mode>) {
  return plain_words(resume_mode::full);
}

inline std::vector<word<publication_kind>> words(choice_of<publication_kind>) {
  return words_to(
      publication_kind::repost, [](publication_kind k) { return to_string(k); },
      [](publication_kind k) { return label(k); });
}
inline std::vector<word<duty_trigger>> words(choice_of<duty_trigger>) {
  return plain_words(duty_trigger::unspecified);
}

inline std::vector<word<period_kind>> words(choice_of<period_kind>) {
  return words_to(
      period_kind::year, [](period_kind k) { return to_string(k); },
      [](period_kind k) { return label(k); });
}

inline std::vector<word<satisfaction>> words(choice_of<satisfaction>) {
  return words_to(
      satisfaction::very_dissatisfied, [](satisfaction s) { return to_string(s); },
      [](satisfaction s) { return label(s); });
}

inline std::vector<word<evaluation_channel>> words(choice_of<evaluation_channel>) {
  return words_to(
      evaluation_channel::paper, [](evaluation_channel c) { return to_string(c); },
      [](evaluation_channel c) { return label(c); });
}

inline std::vector<word<score_subject>> words(choice_of<score_subject>) {
  return plain_words(score_subject::person);
}

inline std::vector<word<tie_rule>> words(choice_of<tie_rule>) {
  return plain_words(tie_rule::dense);
}

inline std::vector<word<extension_order>> words(choice_of<extension_order>) {
  return plain_words(extension_order::roll_then_extend);
}

} // namespace banli::detail
