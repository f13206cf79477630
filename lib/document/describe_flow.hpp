// describe_flow.hpp — the keys of a flowchart, its forms and its rules of who does a step; see
// describe.hpp.
#pragma once

#include <banli/flowchart/flowchart.hpp>

#include "item/describe_item.hpp"

namespace banli::detail {

template <class V>
void describe(V& v, assignee_rule& x) {
  v.optional("posts", x.posts);
  v.optional("departments", x.departments);
  v.optional("condition", x.condition);
}

template <class V>
void describe(V& v, form_use& x) {
  v.required("form", x.form);
  v.optional("writes", x.writes);
  v.optional("reads", x.reads);
}

template <class V>
void describe(V& v, form_field& x) {
  v.required("id", x.id);
  v.optional("label", x.label);
  v.optional("type", x.type);
  v.optional("required", x.required);
  v.optional("given", x.given);
  v.optional("choices", x.choices);
  v.optional("format", x.format);
  v.optional("least", x.least);
  v.optional("most", x.most);
  v.optional("personal", x.personal);
}

template <class V>
void describe(V& v, form& x) {
  v.required("id", x.id);
  v.optional("name", x.name);
  v.optional("description", x.description);
  v.required("fields", x.fields);
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
  v.optional("persons", x.persons);
  v.optional("supervision_points", x.supervision_points);
  v.optional("assignees", x.assignees);
  v.optional("forms", x.forms);
}

template <class V>
void describe(V& v, arrow& x) {
  v.required("from", x.from);
  v.required("to", x.to);
  v.optional("label", x.label);
  v.optional("condition", x.condition);
  v.optional("at_most", x.at_most);
}

template <class V>
void describe(V& v, separation& x) {
  v.optional("name", x.name); // check(flowchart) asks for it
  v.optional("steps", x.steps);
  v.optional("decision", x.decision);
  v.optional("basis", x.basis);
}

template <class V>
void describe(V& v, flowchart& x) {
  v.required("id", x.id);
  v.required("name", x.name);
  v.required("nodes", x.nodes);
  v.required("arrows", x.arrows);
  v.optional("forms", x.forms);
  v.optional("separations", x.separations);
}

} // namespace banli::detail
