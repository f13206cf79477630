// describe.hpp — which keys each part of a document has, said once.
//
// describe(v, x) shows a visitor every member of x with its key, in the order documents are written
// in. The reader is such a visitor (record.hpp); the test that holds schemas/*.schema.json against
// the code listens to it. A key that is not said here is unknown_field.
//
// Required is only what no later check asks for: check(service_item) and its like name a missing
// name or post themselves, and in better words.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/assessment/scoring_scheme.hpp>
#include <banli/document/configuration.hpp>

#include "document/day_span.hpp"
#include "document/describe_flow.hpp"
#include "item/describe_item.hpp"

namespace banli::detail {

// The documents that are no definition themselves.
struct office_document {
  std::string name;
};
/// What a calendar is laid on: the official one, or the bare week.
enum class calendar_base : std::uint8_t { cn, none };
enum class weekday_name : std::uint8_t {
  sunday,
  monday,
  tuesday,
  wednesday,
  thursday,
  friday,
  saturday
};

/// Their words in documents, [0] being Sunday as std::chrono counts.
struct weekday_word {
  std::string_view name;
  std::string_view label;
};
inline constexpr std::array<weekday_word, 7> weekday_words{{{"sunday", "周日"},
                                                            {"monday", "周一"},
                                                            {"tuesday", "周二"},
                                                            {"wednesday", "周三"},
                                                            {"thursday", "周四"},
                                                            {"friday", "周五"},
                                                            {"saturday", "周六"}}};

struct year_range {
  int first = 0;
  int last = 0;
};
/// Days with one fate; a notice that names a day twice is told so when it is laid (day_pile.hpp).
struct day_entry {
  day_span date;
  opening opens = opening::closed;
  std::string name;
};
struct fixed_entry {
  std::chrono::month_day date{};
  std::string name;
  int from = 1;
  int until = 9999;
};
struct notice_entry {
  std::string source;
  day published{};
  std::vector<day_entry> days;
};
struct overlay_document {
  std::string name;
  std::vector<day_entry> days;
};
struct calendar_document {
  calendar_base base = calendar_base::cn;
  std::string name;
  std::optional<year_range> years;
  std::optional<std::vector<weekday_name>> weekend;
  std::vector<fixed_entry> fixed_holidays;
  std::vector<notice_entry> notices;
  std::vector<overlay_document> overlays;
};
/// The sessions of the weekdays that are named; the others have those of every_day.
struct week_entry {
  std::optional<sessions> every_day;
  std::array<std::optional<sessions>, 7> days; ///< [0] is Sunday
};
struct season_entry {
  std::string name;
  std::chrono::month_day from{};
  std::chrono::month_day through{};
  week_entry week;
};
struct date_entry {
  day_span date;
  sessions hours;
  std::string name;
};
struct hours_document {
  std::string name;
  week_entry week;
  std::vector<season_entry> seasons;
  std::vector<date_entry> dates;
};
struct catalogue_document {
  std::string name;
  std::vector<catalogue_entry> entries;
};
/// What rules read as flow.<name>: how often something happened.
struct counter_entry {
  std::string name;
  std::vector<std::string> activities;
  std::string where;
  std::optional<int> window_days;
  std::optional<int> window_hours;
  flow_count of = flow_count::events;
};
/// What rules read as flow.<name>: whether a constraint on the course is violated.
struct constraint_entry {
  std::string name;
  flow_template kind = flow_template::existence;
  std::vector<std::string> a;
  std::vector<std::string> b;
  std::optional<int> count;
  std::string where_a;
  std::string where_b;
  std::string correlation;
  std::optional<int> least_hours;
  std::optional<int> most_hours;
};
struct rules_document {
  std::vector<counter_entry> counters;
  std::vector<constraint_entry> constraints;
  std::vector<rule> rules;
};
/// Rules that are asked before a command happens.
struct commit_rules_document {
  std::vector<rule> rules;
};
struct duties_document {
  std::vector<disclosure_duty> duties;
};
/// What was published, and what obliged to.
struct publications_document {
  std::optional<day> since;
  std::vector<publication> publications;
  std::vector<disclosure_event> events;
};
struct laws_document {
  std::vector<law> laws;
};
struct systems_document {
  std::vector<business_system> systems;
};

template <class V>
void describe(V& v, office_document& x) {
  v.required("name", x.name);
}

template <class V>
void describe(V& v, department& x) {
  v.required("id", x.id);
  v.required("name", x.name);
}

template <class V>
void describe(V& v, post& x) {
  v.required("id", x.id);
  v.required("name", x.name);
  v.required("department", x.department);
  v.optional("duty", x.duty);
  v.optional("powers", x.powers);
  v.optional("limit", x.limit);
}

template <class V>
void describe(V& v, person& x) {
  v.required("id", x.id);
  v.required("name", x.name);
  v.required("posts", x.posts);
}

template <class V>
void describe(V& v, command_grant& x) {
  v.required("commands", x.commands);
  v.optional("posts", x.posts);
  v.optional("departments", x.departments);
  v.optional("powers", x.powers);
}

template <class V>
void describe(V& v, mandate& x) {
  v.optional("kind", x.kind);
  v.required("from", x.from);
  v.required("to", x.to);
  v.optional("posts", x.posts);
  v.optional("items", x.items);
  v.optional("since", x.since);
  v.optional("until", x.until);
  v.optional("registered_by", x.registered_by);
  v.optional("reason", x.reason);
}

template <class V>
void describe(V& v, organisation& x) {
  v.required("name", x.name);
  v.optional("rights", x.rights);
  v.required("departments", x.departments);
  v.optional("posts", x.posts);
  v.optional("persons", x.persons);
  v.optional("grants", x.grants);
  v.optional("mandates", x.mandates);
  v.optional("mandate_depth", x.mandate_depth);
}

template <class V>
void describe(V& v, day_entry& x) {
  v.required("date", x.date);
  v.required("opens", x.opens);
  v.optional("name", x.name);
}

template <class V>
void describe(V& v, overlay_document& x) {
  v.required("name", x.name);
  v.required("days", x.days);
}

template <class V>
void describe(V& v, notice_entry& x) {
  v.required("source", x.source);
  v.required("published", x.published);
  v.required("days", x.days);
}

template <class V>
void describe(V& v, fixed_entry& x) {
  v.required("date", x.date);
  v.required("name", x.name);
  v.optional("from", x.from);
  v.optional("until", x.until);
}

template <class V>
void describe(V& v, year_range& x) {
  v.required("first", x.first);
  v.required("last", x.last);
}

template <class V>
void describe(V& v, calendar_document& x) {
  v.required("base", x.base);
  v.optional("name", x.name);
  v.optional("years", x.years);
  v.optional("weekend", x.weekend);
  v.optional("fixed_holidays", x.fixed_holidays);
  v.optional("notices", x.notices);
  v.optional("overlays", x.overlays);
}

template <class V>
void describe(V& v, week_entry& x) {
  v.optional("every_day", x.every_day);
  for (const std::size_t i : {1U, 2U, 3U, 4U, 5U, 6U, 0U})
    v.optional(weekday_words[i].name, x.days[i]);
}

template <class V>
void describe(V& v, season_entry& x) {
  v.optional("name", x.name);
  v.required("from", x.from);
  v.required("through", x.through);
  v.required("week", x.week);
}

template <class V>
void describe(V& v, date_entry& x) {
  v.required("date", x.date);
  v.required("hours", x.hours);
  v.optional("name", x.name);
}

template <class V>
void describe(V& v, hours_document& x) {
  v.optional("name", x.name);
  v.optional("week", x.week);
  v.optional("seasons", x.seasons);
  v.optional("dates", x.dates);
}

template <class V>
void describe(V& v, catalogue_entry& x) {
  v.optional("id", x.id); // check(catalogue_entry) asks for it
  v.optional("name", x.name);
  v.optional("type", x.type);
  v.optional("description", x.description);
  v.optional("base_code", x.base_code);
  v.optional("bases", x.bases);
  v.optional("body", x.body);
  v.optional("nature", x.nature);
  v.optional("entruster", x.entruster);
  v.optional("conditions", x.conditions);
  v.optional("charges", x.charges);
  v.optional("statutory", x.statutory);
  v.optional("department", x.department);
  v.optional("supervision_phone", x.supervision_phone);
  v.optional("name_kind", x.naming);
  v.optional("public_field", x.field);
  v.optional("service", x.service);
  v.optional("superior_body", x.superior_body);
}

template <class V>
void describe(V& v, catalogue_document& x) {
  v.optional("name", x.name);
  v.required("entries", x.entries);
}

template <class V>
void describe(V& v, rule_parameter& x) {
  v.required("name", x.name);
  v.required("value", x.value);
  v.optional("meaning", x.meaning);
}

template <class V>
void describe(V& v, rule_test& x) {
  v.required("name", x.name);
  v.required("bindings", x.bindings);
  v.required("expected", x.expected);
  v.optional("output", x.output);
}

template <class V>
void describe(V& v, rule_variable& x) {
  v.required("name", x.name);
  v.required("expression", x.expression);
}

template <class V>
void describe(V& v, rule_match& x) {
  v.optional("condition", x.condition);
  v.optional("output", x.output);
  v.optional("explanation", x.explanation);
}

template <class V>
void describe(V& v, rule& x) {
  v.required("id", x.id);
  v.required("name", x.name);
  v.required("dimension", x.dimension);
  v.required("level", x.level);
  v.optional("certainty", x.certainty);
  v.optional("scope", x.scope);
  v.optional("basis", x.basis);
  v.optional("variables", x.variables);
  v.optional("condition", x.condition); // compile_rules() asks for it, or for a match
  v.optional("match", x.match);
  v.optional("parameters", x.parameters);
  v.optional("message", x.message);
  v.optional("supersedes", x.supersedes);
  v.optional("effective_from", x.effective_from);
  v.optional("effective_until", x.effective_until);
  v.optional("trial_until", x.trial_until);
  v.optional("tests", x.tests);
}

template <class V>
void describe(V& v, counter_entry& x) {
  v.required("name", x.name);
  v.required("activities", x.activities);
  v.optional("where", x.where);
  v.optional("window_days", x.window_days);
  v.optional("window_hours", x.window_hours);
  v.optional("of", x.of);
}

template <class V>
void describe(V& v, constraint_entry& x) {
  v.required("name", x.name);
  v.required("template", x.kind);
  v.required("a", x.a);
  v.optional("b", x.b);
  v.optional("count", x.count);
  v.optional("where_a", x.where_a);
  v.optional("where_b", x.where_b);
  v.optional("correlation", x.correlation);
  v.optional("least_hours", x.least_hours);
  v.optional("most_hours", x.most_hours);
}

template <class V>
void describe(V& v, rules_document& x) {
  v.optional("counters", x.counters);
  v.optional("constraints", x.constraints);
  v.required("rules", x.rules);
}

template <class V>
void describe(V& v, commit_rules_document& x) {
  v.required("rules", x.rules);
}

template <class V>
void describe(V& v, table_input& x) {
  v.required("name", x.name);
  v.optional("label", x.label);
  v.optional("type", x.type);
  v.optional("expression", x.expression);
  v.optional("values", x.values);
}

template <class V>
void describe(V& v, table_output& x) {
  v.required("name", x.name);
  v.optional("label", x.label);
  v.optional("type", x.type);
  v.optional("values", x.values);
  v.optional("default", x.default_value);
}

template <class V>
void describe(V& v, table_rule& x) {
  v.required("when", x.when);
  v.required("then", x.then);
  v.optional("note", x.note);
}

template <class V>
void describe(V& v, decision_table& x) {
  v.required("id", x.id);
  v.optional("name", x.name);
  v.optional("basis", x.basis);
  v.always("policy", x.policy);
  v.optional("gaps", x.gaps);
  v.required("inputs", x.inputs);
  v.required("outputs", x.outputs);
  v.required("rules", x.rules);
}

template <class V>
void describe(V& v, disclosure_duty& x) {
  v.required("column", x.column);
  v.required("content", x.content);
  v.required("unit", x.unit);
  v.required("when", x.when);
  v.optional("baseline", x.baseline);
}

template <class V>
void describe(V& v, duties_document& x) {
  v.required("duties", x.duties);
}

template <class V>
void describe(V& v, law_article& x) {
  v.required("number", x.number);
  v.optional("words", x.words);
}

template <class V>
void describe(V& v, law& x) {
  v.required("id", x.id);
  v.required("rank", x.rank);
  v.required("title", x.title);
  v.optional("articles", x.articles);
  v.required("effective", x.effective);
  v.optional("repealed", x.repealed);
  v.optional("document", x.document);
  v.optional("repeal_reason", x.repeal_reason);
}

template <class V>
void describe(V& v, business_system& x) {
  v.required("id", x.id);
  v.optional("name", x.name);
  v.optional("department", x.department);
  v.optional("link", x.link);
  v.optional("note", x.note);
}

template <class V>
void describe(V& v, publication& x) {
  v.required("column", x.column);
  v.required("date", x.date);
  v.required("kind", x.kind);
  v.optional("title", x.title);
  v.optional("number", x.number);
  v.optional("unit", x.unit);
  v.optional("scope", x.scope);
  v.optional("source", x.source);
  v.optional("item", x.item);
  v.optional("valid_until", x.valid_until);
}

template <class V>
void describe(V& v, disclosure_event& x) {
  v.required("column", x.column);
  v.required("trigger", x.trigger);
  v.required("date", x.date);
  v.optional("scope", x.scope);
}

template <class V>
void describe(V& v, laws_document& x) {
  v.required("laws", x.laws);
}

template <class V>
void describe(V& v, systems_document& x) {
  v.required("systems", x.systems);
}

template <class V>
void describe(V& v, publications_document& x) {
  v.optional("since", x.since);
  v.optional("publications", x.publications);
  v.optional("events", x.events);
}

template <class V>
void describe(V& v, score_count& x) {
  v.required("name", x.name);
  v.optional("meaning", x.meaning);
}

template <class V>
void describe(V& v, score_record_kind& x) {
  v.required("kind", x.kind);
  v.optional("name", x.name);
}

template <class V>
void describe(V& v, grade_points& x) {
  v.required("grade", x.grade);
  v.required("points", x.points);
}

template <class V>
void describe(V& v, score_mean& x) {
  v.optional("group", x.group);
  v.optional("aspect", x.aspect);
}

template <class V>
void describe(V& v, score_indicator& x) {
  v.required("id", x.id);
  v.optional("of", x.of);
  v.required("name", x.name);
  v.optional("basis", x.basis);
  v.optional("weight", x.weight);
  v.optional("points", x.points);
  v.optional("value", x.value);
  v.optional("mean", x.mean);
  v.optional("factor", x.factor);
  v.optional("least", x.least);
  v.optional("most", x.most);
}

template <class V>
void describe(V& v, score_adjustment& x) {
  v.required("id", x.id);
  v.required("of", x.of);
  v.required("name", x.name);
  v.optional("basis", x.basis);
  v.optional("on", x.on);
  v.optional("when", x.when);
  v.optional("each", x.each);
  v.optional("every", x.every);
  v.optional("value", x.value);
  v.optional("least", x.least);
  v.optional("most", x.most);
  v.optional("waivable", x.waivable);
}

template <class V>
void describe(V& v, score_veto& x) {
  v.required("id", x.id);
  v.required("name", x.name);
  v.optional("basis", x.basis);
  v.required("on", x.on);
  v.optional("when", x.when);
}

template <class V>
void describe(V& v, waiver_kind& x) {
  v.required("id", x.id);
  v.required("name", x.name);
  v.optional("basis", x.basis);
}

template <class V>
void describe(V& v, score_consequence& x) {
  v.required("id", x.id);
  v.required("name", x.name);
  v.optional("basis", x.basis);
  v.optional("first", x.first);
  v.optional("last", x.last);
  v.optional("running", x.running);
}

template <class V>
void describe(V& v, scoring_scheme& x) {
  v.required("id", x.id);
  v.required("name", x.name);
  v.optional("basis", x.basis);
  v.optional("subject", x.subject);
  v.always("period", x.period);
  v.optional("places", x.places);
  v.optional("counts", x.counts);
  v.optional("records", x.records);
  v.optional("grades", x.grades);
  v.required("indicators", x.indicators);
  v.optional("adjustments", x.adjustments);
  v.optional("vetoes", x.vetoes);
  v.optional("waivers", x.waivers);
  v.optional("tie_breakers", x.tie_breakers);
  v.optional("ties", x.ties);
  v.optional("consequences", x.consequences);
}

template <class V>
void describe(V& v, log_mapping& x) {
  v.required("item", x.item);
  v.group("columns", [&x](auto& columns) {
    columns.required("case", x.case_column);
    columns.required("sequence", x.sequence_column);
    columns.required("step", x.step_column);
    columns.required("time", x.time_column);
    columns.optional("actor", x.actor_column);
    columns.optional("received", x.received_column);
    columns.optional("deadline", x.deadline_column);
  });
  v.optional("steps", x.steps);
}

} // namespace banli::detail
