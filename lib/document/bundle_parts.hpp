// bundle_parts.hpp — the keys of what a bundle carries beside items, and the words of its
// enumerations; see describe.hpp and words.hpp.
#pragma once

#include <banli/library/office_library.hpp>

#include "document/describe.hpp"
#include "document/words.hpp"

namespace banli::detail {

struct chain_part {
  std::vector<confirming_level> levels;
};
struct since_part {
  day since{};
};

template <class V>
void describe(V& v, chain_part& x) {
  v.optional("levels", x.levels);
}

template <class V>
void describe(V& v, since_part& x) {
  v.required("since", x.since);
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
}

template <class V>
void describe(V& v, disclosure_event& x) {
  v.required("column", x.column);
  v.required("trigger", x.trigger);
  v.required("date", x.date);
  v.optional("scope", x.scope);
}

/// Words of enumerations that have a to_string() and count from 0.
template <class E>
std::vector<word<E>> plain_words(E last) {
  return words_to(
      last, [](E e) { return to_string(e); }, [](E) { return std::string_view{}; });
}

inline std::vector<word<confirming_level>> words(choice_of<confirming_level>) {
  return {{confirming_level::city, "city"}, {confirming_level::province, "province"}};
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
inline std::vector<word<record_kind>> words(choice_of<record_kind>) {
  return plain_words(record_kind::opinion);
}
inline std::vector<word<publication_kind>> words(choice_of<publication_kind>) {
  return plain_words(publication_kind::repost);
}
inline std::vector<word<duty_trigger>> words(choice_of<duty_trigger>) {
  return plain_words(duty_trigger::unspecified);
}

} // namespace banli::detail
