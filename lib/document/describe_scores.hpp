// describe_scores.hpp — the keys of a scoring scheme; see describe.hpp.
#pragma once

#include <banli/assessment/scoring_scheme.hpp>

namespace banli::detail {

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

} // namespace banli::detail
