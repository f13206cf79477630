// describe_item.hpp — which keys a service item and its parts have, said once
// (document/describe.hpp says how). Documents, bundles and the comparison of versions all listen to
// it, so that a field that is not said here is nowhere, and one that is said is everywhere.
#pragma once

#include <banli/item/service_item.hpp>

namespace banli::detail {

template <class V>
void describe(V& v, legal_basis& x) {
  v.required("rank", x.rank);
  v.optional("title", x.title); // check(service_item) asks for title and article
  v.optional("article", x.article);
  v.optional("words", x.words);
  v.optional("law", x.law);
}

template <class V>
void describe(V& v, charge& x) {
  v.optional("name", x.name);
  v.required("basis", x.basis);
  v.required("standard", x.standard);
}

template <class V>
void describe(V& v, service_form& x) {
  v.optional("number", x.number);
  v.required("name", x.name);
  v.optional("description", x.description);
  v.optional("instructions", x.instructions);
  v.optional("link", x.link);
  v.optional("sample", x.sample);
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
  v.optional("when", x.when);
  v.optional("way", x.way);
  v.optional("storage", x.storage);
  v.optional("applicant", x.applicant);
}

template <class V>
void describe(V& v, item_document& x) {
  v.required("name", x.name);
  v.optional("step", x.step);
  v.optional("way", x.way);
  v.optional("format", x.format);
}

template <class V>
void describe(V& v, certificate& x) {
  v.optional("name", x.name); // check(service_item) asks for it
  v.optional("validity", x.validity);
  v.optional("note", x.note);
}

template <class V>
void describe(V& v, related_approval& x) {
  v.optional("item", x.item);
  v.optional("name", x.name);
  v.optional("office", x.office);
}

template <class V>
void describe(V& v, intermediary_service& x) {
  v.required("name", x.name);
  v.optional("institution", x.institution);
  v.optional("basis", x.basis);
  v.optional("charge", x.charge);
}

template <class V>
void describe(V& v, service_test& x) {
  v.required("direct", x.direct);
  v.required("on_application", x.on_application);
  v.required("beneficial", x.beneficial);
}

template <class V>
void describe(V& v, service_window& x) {
  v.required("hall", x.hall);
  v.required("window", x.window);
  v.optional("address", x.address);
  v.optional("hours", x.hours);
  v.optional("phone", x.phone);
}

template <class V>
void describe(V& v, delegation& x) {
  v.required("unit", x.unit);
  v.optional("window", x.window);
  v.required("role", x.role);
}

template <class V>
void describe(V& v, fact_condition& x) {
  v.required("fact", x.fact);
  v.optional("from", x.from);
  v.optional("below", x.below);
  v.optional("is", x.is);
}

template <class V>
void describe(V& v, outcome_extent& x) {
  v.required("kind", x.kind);
  v.optional("least", x.least);
  v.optional("most", x.most);
  v.optional("unit", x.unit);
}

template <class V>
void describe(V& v, discretion_band& x) {
  v.required("name", x.name);
  v.optional("when", x.when);
  v.optional("outcomes", x.outcomes); // check(discretion_benchmark) asks for them
}

template <class V>
void describe(V& v, discretion_benchmark& x) {
  v.required("name", x.name);
  v.optional("basis", x.basis);
  v.optional("bands", x.bands);
}

template <class V>
void describe(V& v, risk_point& x) {
  v.required("name", x.name);
  v.optional("type", x.type);
  v.optional("description", x.description);
  v.optional("measure", x.measure);
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
void describe(V& v, renewal_rules& x) {
  v.always("ask_before", x.ask_before);
  v.always("answer_in", x.answer_in);
  v.always("at_most", x.at_most);
  v.always("times", x.times);
  v.always("silence_grants", x.silence_grants);
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
  v.always("promised", x.promised);
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
  v.optional("description", x.description);
  v.optional("name_kind", x.naming);
  v.optional("catalogue", x.catalogue);
  v.optional("base_code", x.base_code);
  v.optional("delegated_from_above", x.delegated_from_above);
  v.optional("superior_body", x.superior_body);
  v.optional("service", x.service);
  v.optional("public_field", x.field);
  v.optional("applicants", x.applicants);
  v.optional("certificates", x.certificates);
  v.optional("approvals_before", x.approvals_before);
  v.optional("approvals_after", x.approvals_after);
  v.optional("risks", x.risks);
  v.optional("benchmarks", x.benchmarks);
  v.optional("intermediaries", x.intermediaries);
  v.optional("supervision_channel", x.supervision_channel);
  v.optional("windows", x.windows);
  v.optional("delegations", x.delegations);
  v.optional("hall", x.hall);
  v.optional("business_system", x.business_system);
  v.optional("on_platform", x.on_platform);
  v.optional("supervised", x.supervised);
  v.optional("overtime", x.overtime);
  v.optional("refusals_reported", x.refusals_reported);
  v.optional("completion_told", x.completion_told);
  v.optional("extension_authority", x.extension_authority);
  v.optional("renewal", x.renewal);
}

} // namespace banli::detail
