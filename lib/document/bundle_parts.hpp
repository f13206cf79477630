// bundle_parts.hpp — the keys of what a bundle carries beside items, and the words of its
// enumerations; see describe.hpp and words.hpp.
#pragma once

#include <banli/library/office_library.hpp>

#include "document/describe.hpp"
#include "document/words.hpp"

namespace banli::detail {

/// How items come into the library.
struct rules_part {
  std::vector<confirming_level> chain;
  std::vector<element_list> marks;
};
struct since_part {
  day since{};
};

template <class V>
void describe(V& v, rules_part& x) {
  v.optional("chain", x.chain);
  v.optional("marks", x.marks);
}

template <class V>
void describe(V& v, since_part& x) {
  v.required("since", x.since);
}

template <class V>
void describe(V& v, attachment& x) {
  v.required("id", x.id);
  v.optional("name", x.name);
  v.optional("media_type", x.media_type);
  v.optional("bytes", x.bytes);
  v.optional("sha256", x.sha256);
  v.optional("entry", x.entry);
  v.optional("added", x.added);
  v.optional("added_by", x.added_by);
}

template <class V>
void describe(V& v, item_placement& x) {
  v.optional("group", x.group);
  v.optional("order", x.order);
}

template <class V>
void describe(V& v, listed_entry& x) {
  v.required("entry", x.entry);
  v.optional("place", x.place);
  v.optional("voided", x.voided);
}

template <class V>
void describe(V& v, catalogue_record& x) {
  v.required("entry", x.entry);
  v.required("when", x.when);
  v.optional("who", x.who);
  v.required("act", x.act);
  v.optional("reason", x.reason);
}

template <class V>
void describe(V& v, item_version& x) {
  v.required("number", x.number);
  v.required("state", x.state);
  v.required("disposition", x.disposition);
  v.optional("effective", x.effective);
  v.optional("ended", x.ended);
  v.required("item", x.item);
}

template <class V>
void describe(V& v, item_entry& x) {
  v.required("number", x.number);
  v.optional("place", x.place);
  v.optional("origin", x.origin);
  v.required("versions", x.versions);
}

template <class V>
void describe(V& v, item_record& x) {
  v.required("entry", x.entry);
  v.required("version", x.version);
  v.required("when", x.when);
  v.optional("who", x.who);
  v.required("kind", x.kind);
  v.required("command", x.command);
  v.required("from", x.from);
  v.required("to", x.to);
  v.optional("reason", x.reason);
}

template <class V>
void describe(V& v, order_record& x) {
  v.required("number", x.number);
  v.optional("supervisor", x.supervisor);
  v.optional("unit", x.unit);
  v.optional("item_name", x.item_name);
  v.optional("item", x.item);
  v.optional("of", x.of);
  v.optional("officer", x.officer);
  v.optional("matter", x.matter);
  v.optional("demand", x.demand);
  v.optional("begun", x.begun);
  v.optional("reply_by", x.reply_by);
  v.optional("reply", x.reply);
  v.optional("ended", x.ended);
  v.optional("state", x.state);
  v.optional("outcome", x.outcome);
}

template <class V>
void describe(V& v, consultation& x) {
  v.required("number", x.number);
  v.optional("unit", x.unit);
  v.optional("title", x.title);
  v.optional("words", x.words);
  v.optional("asker", x.asker);
  v.optional("asked", x.asked);
  v.optional("answer", x.answer);
  v.optional("answered", x.answered);
  v.optional("item", x.item);
}

template <class V>
void describe(V& v, result_record& x) {
  v.required("of", x.of);
  v.optional("item", x.item);
  v.optional("name", x.name);
  v.optional("ended", x.ended);
  v.optional("outcome", x.outcome);
}

template <class V>
void describe(V& v, complaint_record& x) {
  v.required("number", x.number);
  v.optional("channel", x.channel);
  v.optional("made", x.made);
  v.optional("complainant", x.complainant);
  v.optional("confidential", x.confidential);
  v.optional("unit", x.unit);
  v.optional("matter", x.matter);
  v.optional("received", x.received);
  v.optional("handler", x.handler);
  v.optional("result", x.result);
  v.optional("reply", x.reply);
  v.optional("reply_made", x.reply_made);
  v.optional("replied", x.replied);
  v.optional("file", x.file);
  v.optional("item", x.item);
  v.optional("of", x.of);
}

inline std::vector<word<complaint_channel>> words(choice_of<complaint_channel>) {
  return plain_words(complaint_channel::online);
}
inline std::vector<word<complaint_manner>> words(choice_of<complaint_manner>) {
  return plain_words(complaint_manner::written);
}
inline std::vector<word<order_state>> words(choice_of<order_state>) {
  return plain_words(order_state::closed);
}
inline std::vector<word<confirming_level>> words(choice_of<confirming_level>) {
  return {{confirming_level::city, "city"}, {confirming_level::province, "province"}};
}
inline std::vector<word<element_list>> words(choice_of<element_list>) {
  return plain_words(element_list::attached_forms);
}
inline std::vector<word<item_state>> words(choice_of<item_state>) {
  std::vector<word<item_state>> out;
  for (const item_state s : all_item_states) out.push_back({s, to_string(s)});
  return out;
}
inline std::vector<word<item_command>> words(choice_of<item_command>) {
  return plain_words(item_command::make_void);
}
inline std::vector<word<item_disposition>> words(choice_of<item_disposition>) {
  return plain_words(item_disposition::cancelled);
}
inline std::vector<word<catalogue_act>> words(choice_of<catalogue_act>) {
  return plain_words(catalogue_act::voided);
}
inline std::vector<word<record_kind>> words(choice_of<record_kind>) {
  return plain_words(record_kind::opinion);
}
} // namespace banli::detail
