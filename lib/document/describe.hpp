// describe.hpp — which keys each part of a document has, said once.
//
// describe(v, x) shows a visitor every member of x with its key, in the order documents are written
// in. The reader is such a visitor (record.hpp); the test that holds schemas/*.schema.json against
// the code listens to it. A key that is not said here is unknown_field.
//
// Required is only what no later check asks for: check(service_item) and its like name a missing
// name or post themselves, and in better words.
#pragma once

#include <string>
#include <vector>

#include <banli/document/configuration.hpp>

namespace banli::detail {

// The documents that are no definition themselves.
struct office_document {
  std::string name;
};
struct calendar_document {
  std::string base;
  std::string name;
  std::vector<overlay> overlays;
};
struct rules_document {
  std::vector<rule> rules;
};
struct duties_document {
  std::vector<disclosure_duty> duties;
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
}

template <class V>
void describe(V& v, person& x) {
  v.required("id", x.id);
  v.required("name", x.name);
  v.required("posts", x.posts);
}

template <class V>
void describe(V& v, organisation& x) {
  v.required("name", x.name);
  v.optional("rights", x.rights);
  v.required("departments", x.departments);
  v.optional("posts", x.posts);
  v.optional("persons", x.persons);
}

template <class V>
void describe(V& v, day_rule& x) {
  v.required("date", x.date);
  v.required("opens", x.opens);
  v.optional("name", x.name);
}

template <class V>
void describe(V& v, overlay& x) {
  v.required("name", x.name);
  v.required("days", x.days);
}

template <class V>
void describe(V& v, calendar_document& x) {
  v.required("base", x.base);
  v.optional("name", x.name);
  v.optional("overlays", x.overlays);
}

template <class V>
void describe(V& v, legal_basis& x) {
  v.required("rank", x.rank);
  v.optional("title", x.title); // check(service_item) asks for title and article
  v.optional("article", x.article);
  v.optional("words", x.words);
}

template <class V>
void describe(V& v, charge& x) {
  v.required("basis", x.basis);
  v.required("standard", x.standard);
}

template <class V>
void describe(V& v, service_form& x) {
  v.optional("number", x.number);
  v.required("name", x.name);
  v.optional("description", x.description);
}

template <class V>
void describe(V& v, question& x) {
  v.required("asked", x.asked);
  v.required("answered", x.answered);
}

template <class V>
void describe(V& v, material& x) {
  v.required("name", x.name);
  v.optional("format", x.format);
  v.optional("carrier", x.carrier);
  v.optional("required", x.required);
}

template <class V>
void describe(V& v, form_fact& x) {
  v.required("name", x.name);
  v.optional("label", x.label);
  v.required("type", x.type);
}

template <class V>
void describe(V& v, counting_rules& x) {
  v.optional("runs", x.runs);
  v.optional("start", x.start);
  v.optional("edges", x.ends);
  v.optional("roll", x.rolling);
  v.optional("before", x.before);
  v.optional("resume", x.resume);
  v.optional("order", x.order);
  v.optional("extensions_allowed", x.extensions_allowed);
}

template <class V>
void describe(V& v, service_item& x) {
  v.optional("code", x.code);
  v.optional("type", x.type);
  v.optional("name", x.name);
  v.optional("bases", x.bases);
  v.optional("body", x.body);
  v.optional("conditions", x.conditions);
  v.optional("charges", x.charges);
  v.optional("statutory", x.statutory);
  v.optional("promised", x.promised);
  v.optional("department", x.department);
  v.optional("section", x.section);
  v.optional("address", x.address);
  v.optional("phone", x.phone);
  v.optional("flow", x.flow);
  v.optional("forms", x.forms);
  v.optional("questions", x.questions);
  v.optional("supervision_phone", x.supervision_phone);
  v.optional("online_link", x.online_link);
  v.optional("nature", x.nature);
  v.optional("entruster", x.entruster);
  v.optional("case_kind", x.kind); // "kind" says what document it is
  v.optional("co_handlers", x.co_handlers);
  v.optional("materials", x.materials);
  v.optional("documents", x.documents);
  v.optional("excluded_procedures", x.excluded_procedures);
  v.optional("facts", x.facts);
  v.optional("supplement", x.supplement);
  v.optional("counting", x.counting);
}

template <class V>
void describe(V& v, risk_point& x) {
  v.required("name", x.name);
  v.optional("type", x.type);
  v.optional("description", x.description);
  v.optional("measure", x.measure);
}

template <class V>
void describe(V& v, node& x) {
  v.required("id", x.id);
  v.optional("node", x.kind);
  v.optional("label", x.label);
  v.optional("post", x.post);
  v.optional("department", x.department);
  v.optional("duty", x.duty);
  v.optional("limit", x.limit);
  v.optional("excluded", x.excluded);
  v.optional("documents", x.documents);
  v.optional("risks", x.risks);
}

template <class V>
void describe(V& v, arrow& x) {
  v.required("from", x.from);
  v.required("to", x.to);
  v.optional("label", x.label);
  v.optional("condition", x.condition);
}

template <class V>
void describe(V& v, flowchart& x) {
  v.required("id", x.id);
  v.required("name", x.name);
  v.required("nodes", x.nodes);
  v.required("arrows", x.arrows);
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
  v.required("condition", x.condition);
  v.optional("parameters", x.parameters);
  v.optional("message", x.message);
  v.optional("supersedes", x.supersedes);
  v.optional("effective_from", x.effective_from);
  v.optional("effective_until", x.effective_until);
  v.optional("tests", x.tests);
}

template <class V>
void describe(V& v, rules_document& x) {
  v.required("rules", x.rules);
}

template <class V>
void describe(V& v, disclosure_duty& x) {
  v.required("column", x.column);
  v.required("content", x.content);
  v.required("unit", x.unit);
  v.required("when", x.when);
}

template <class V>
void describe(V& v, duties_document& x) {
  v.required("duties", x.duties);
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
