// describe.hpp — which keys each part of a document has, said once.
//
// describe(v, x) shows a visitor every member of x with its key, in the order documents are written
// in. The reader is such a visitor (record.hpp); the test that holds schemas/*.schema.json against
// the code listens to it. A key that is not said here is unknown_field.
//
// Required is only what no later check asks for: check(service_item) and its like name a missing
// name or post themselves, and in better words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <banli/document/configuration.hpp>

#include "document/describe_calendar.hpp"
#include "document/describe_flow.hpp"
#include "document/describe_rules.hpp"
#include "document/describe_scores.hpp"
#include "item/describe_item.hpp"

namespace banli::detail {

// The documents that are no definition themselves.
struct office_document {
  std::string name;
};
struct catalogue_document {
  std::string name;
  std::vector<catalogue_entry> entries;
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
