#include <banli/supervision/hit.hpp>

#include <array>

#include <boost/json.hpp>

#include <banli/time/text.hpp>

#include "wake.hpp"

namespace banli {

namespace {

namespace json = boost::json;

/// A fact's name in words: a parameter by its meaning, everything else by its labels.
std::string label_of_fact(const std::string& path, const rule& r) {
  static const environment words = fact_environment();
  for (const rule_parameter& p : r.parameters)
    if (path == "params." + p.name) return p.meaning.zh.empty() ? p.name : p.meaning.zh;
  return words.labelled(path);
}

} // namespace

std::string_view to_string(hit_end e) {
  static constexpr std::array<std::string_view, 5> names{"open", "cleared", "superseded",
                                                         "answered", "lapsed"};
  return names[static_cast<std::size_t>(e)];
}

std::string_view label(hit_end e) {
  static constexpr std::array<std::string_view, 5> names{"未消除", "已消除", "已升级", "已督办",
                                                         "已摘牌"};
  return names[static_cast<std::size_t>(e)];
}

std::string to_json(const hit& h) {
  json::object o{{"case", h.id.text()}, {"rule", h.rule.text()}};
  const auto add = [&](const char* name, std::string_view s) {
    if (!s.empty()) o[name] = s;
  };
  add("step", h.step.text());
  add("level", to_string(h.level));
  add("certainty", to_string(h.certainty));
  if (h.stage != rule_stage::formal) add("stage", to_string(h.stage));
  add("raised", to_text(h.raised));
  add("end", to_string(h.end));
  if (h.ended) add("ended", to_text(*h.ended));
  add("superseded_by", h.superseded_by.text());
  add("order", h.order);
  o["message"] = {{"en", h.message.en}, {"zh", h.message.zh}};
  add("explanation", h.explanation);
  json::array facts;
  for (const hit_fact& f : h.facts)
    facts.push_back(json::object{{"name", f.name}, {"label", f.label}, {"value", f.value}});
  if (!facts.empty()) o["facts"] = std::move(facts);
  return json::serialize(o);
}

namespace detail {

hit_grounds grounds_of(const compiled_rule& r, node_id step, const activation& facts, instant now) {
  hit_grounds g;
  g.rule = r.id();
  g.step = std::move(step);
  g.level = r.definition().level;
  g.certainty = r.definition().certainty;
  g.stage = stage_of(r.definition(), day_of(now));
  g.message = {r.message(facts, language::en), r.message(facts, language::zh)};
  g.explanation = r.explanation(facts);
  for (const fact& f : r.facts(facts))
    g.facts.push_back(
        {f.name, label_of_fact(f.name, r.definition()), f.value ? to_text(*f.value) : "?"});
  return g;
}

hit hit_of(const hit_grounds& g, case_id id, instant raised) {
  hit h;
  h.rule = g.rule;
  h.id = std::move(id);
  h.step = g.step;
  h.level = g.level;
  h.raised = raised;
  h.message = g.message;
  h.facts = g.facts;
  h.certainty = g.certainty;
  h.stage = g.stage;
  h.explanation = g.explanation;
  return h;
}

} // namespace detail

} // namespace banli
