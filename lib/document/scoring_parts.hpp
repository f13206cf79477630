// scoring_parts.hpp — the members of records and evaluations, under the names their tables have.
#pragma once

#include <banli/assessment/score_record.hpp>

namespace banli::detail {

template <class V>
void describe(V& v, score_record& x) {
  v.required("id", x.id);
  v.required("kind", x.kind);
  v.required("at", x.at);
  v.optional("department", x.department);
  v.optional("person", x.person);
  v.optional("amount", x.amount);
  v.optional("points", x.points);
  v.optional("note", x.note);
  v.optional("case", x.of);
  v.optional("rule", x.rule);
  v.optional("trial", x.trial);
  v.optional("waiver", x.waiver);
  v.optional("waiver_reason", x.waiver_reason);
}

template <class V>
void describe(V& v, evaluation& x) {
  v.required("id", x.id);
  v.required("at", x.at);
  v.optional("department", x.department);
  v.optional("person", x.person);
  v.optional("group", x.group);
  v.optional("channel", x.channel);
  v.optional("grade", x.grade);
  v.optional("marks", x.marks);
  v.optional("item", x.item);
  v.optional("case", x.of);
  v.optional("words", x.words);
}

} // namespace banli::detail
