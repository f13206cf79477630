// What supervision found, newest first, with the facts behind it.
#include <drawing/dossier_parts.hpp>

#include <algorithm>
#include <array>

#include <banli/time/text.hpp>

namespace banli::detail {

namespace {

const rule* rule_of(const dossier_view& v, const rule_id& id) {
  const compiled_rule* r = v.d.rules != nullptr ? v.d.rules->find(id) : nullptr;
  return r != nullptr ? &r->definition() : nullptr;
}

std::string rule_name(const dossier_view& v, const rule_id& id) {
  const rule* r = rule_of(v, id);
  return r != nullptr && !v.either(r->name).empty() ? v.either(r->name) : id.text();
}

void end_tag(markup& m, const dossier_view& v, const hit& h) {
  const bool open = h.end == hit_end::open;
  m.open("span", {{"class", open && h.level != level::reminder ? "tag bad" : "tag"}})
      .text(hit_end_word(h.end, v.in));
  if (h.ended) {
    m.text(" ");
    moment(m, *h.ended);
  }
  m.close();
  if (!h.order.empty()) m.leaf("span", {{"class", "soft"}}, h.order);
  if (h.superseded_by.empty()) return;
  const std::string name = rule_name(v, h.superseded_by);
  const std::string id =
      name == h.superseded_by.text() ? std::string{} : h.superseded_by.text() + " ";
  m.leaf("span", {{"class", "soft"}}, fmt::format("{} {}{}", words::superseded_by(v.in), id, name));
}

/// A fact by its label, a parameter by what its author says it means.
std::string fact_name(const dossier_view& v, const hit& h, const hit_fact& f) {
  constexpr std::string_view parameters = "params.";
  if (const rule* r = rule_of(v, h.rule); r != nullptr && f.name.starts_with(parameters))
    for (const rule_parameter& p : r->parameters)
      if (f.name.substr(parameters.size()) == p.name && !v.either(p.meaning).empty())
        return v.either(p.meaning);
  return v.in == language::zh && !f.label.empty() ? f.label : f.name;
}

void hit_facts(markup& m, const dossier_view& v, const hit& h) {
  if (h.facts.empty()) return;
  m.open("ul", {{"class", "facts"}});
  for (const hit_fact& f : h.facts) {
    m.open("li", {{"title", f.name}}).text(fact_name(v, h, f)).text(" = ");
    m.leaf("b", v.said(value_words(f.value, v.in))).close();
  }
  m.close();
}

void one_hit(markup& m, const dossier_view& v, const hit& h) {
  constexpr std::array<std::string_view, 3> looks{"hit r", "hit w", "hit a"};
  m.open("article", {{"class", looks[static_cast<std::size_t>(h.level)]}});
  m.open("div", {{"class", "row"}});
  level_badge(m, h.level, v.in);
  const std::string name = rule_name(v, h.rule);
  m.leaf("strong", name);
  if (name != h.rule.text()) m.leaf("span", {{"class", "soft"}}, h.rule.text());
  if (!h.step.empty()) m.leaf("span", {{"class", "tag"}}, v.step_name(h.step));
  m.close();
  m.leaf("p", {{"class", "said"}}, v.said(v.either(h.message)));
  m.open("div", {{"class", "row"}}).leaf("span", {{"class", "k"}}, words::raised(v.in));
  moment(m, h.raised);
  end_tag(m, v, h);
  m.close();
  if (const rule* r = rule_of(v, h.rule); r != nullptr && !r->basis.empty())
    m.open("p").leaf("span", {{"class", "k"}}, words::basis(v.in)).text(" ").text(r->basis).close();
  hit_facts(m, v, h);
  m.close();
}

} // namespace

void write_hits(markup& m, const dossier_view& v) {
  std::vector<const hit*> order;
  for (const hit& h : v.d.hits) order.push_back(&h);
  std::stable_sort(order.begin(), order.end(),
                   [](const hit* a, const hit* b) { return a->raised > b->raised; });
  begin_section(m, words::hits(v.in), order.empty() ? "" : words::newest_first(v.in));
  if (order.empty()) m.leaf("p", {{"class", "soft"}}, words::no_hits(v.in));
  const std::size_t shown = std::min(order.size(), v.options.hits);
  for (std::size_t i = 0; i < shown; ++i) one_hit(m, v, *order[i]);
  if (shown < order.size())
    m.leaf("p", {{"class", "soft"}},
           fmt::format("{} {}", order.size() - shown, words::more_left_out(v.in)));
  m.close();
}

} // namespace banli::detail
