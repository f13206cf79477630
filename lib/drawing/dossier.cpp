#include <banli/drawing/dossier.hpp>

#include <algorithm>
#include <array>

#include <banli/time/text.hpp>

#include <drawing/dossier_parts.hpp>

namespace banli {

namespace detail {

namespace {

bool ascii(std::string_view s) {
  return std::all_of(s.begin(), s.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

} // namespace

std::string dossier_view::who(const person_id& id) const {
  if (id.empty()) return std::string{words::none(in)};
  if (id.text() == d.state.applicant) return std::string{words::applicant(in)};
  const person* p = d.definition.people ? find(*d.definition.people, id) : nullptr;
  if (p != nullptr && !p->name.empty()) return fmt::format("{} ({})", masked(p->name), id.text());
  return ascii(id.text()) ? id.text() : masked(id.text()); // some systems number by name
}

std::string dossier_view::step_name(const node_id& id) const {
  const auto n = d.definition.net.index(id);
  return n ? d.definition.net.at(*n).shown() : id.text();
}

std::string dossier_view::post_name(const post_id& id) const {
  const post* p = d.definition.people ? find(*d.definition.people, id) : nullptr;
  return p != nullptr && !p->name.empty() ? p->name : id.text();
}

std::string dossier_view::department_name(const department_id& id) const {
  const department* p = d.definition.people ? find(*d.definition.people, id) : nullptr;
  return p != nullptr && !p->name.empty() ? p->name : id.text();
}

dossier_view view_of(const dossier& d, const dossier_options& options) {
  dossier_view v{d, options, options.in, std::nullopt, {}};
  for (const std::string* name :
       {&d.state.applicant, &d.state.application.agent, &d.state.application.contact})
    v.secret.add(*name);
  const auto hide = [&](const person_id& id) {
    const person* p = d.definition.people ? find(*d.definition.people, id) : nullptr;
    if (p != nullptr) v.secret.add(p->name);
  };
  for (const event& e : d.history) {
    hide(e.actor);
    hide(e.with.to_person);
  }
  return v;
}

namespace {

void fact(markup& m, std::string_view name, const std::string& value) {
  if (value.empty()) return;
  m.open("div").leaf("dt", name).leaf("dd", value).close();
}

std::string kind_word(case_kind k, language in) {
  return in == language::zh ? std::string{label(k)} : plain(to_string(k));
}

template <class Enum>
std::string word_of(const std::optional<Enum>& value, language in) {
  if (!value) return {};
  return in == language::zh ? std::string{label(*value)} : plain(to_string(*value));
}

void timeliness_tag(markup& m, const dossier_view& v) {
  const case_phase p = v.d.state.phase;
  if (!v.clocks || p == case_phase::withdrawn) return;
  const auto t = judge(v.d.definition, v.d.state, v.d.calendar, v.judged_at());
  if (!t) return;
  struct look {
    word name;
    std::string_view style;
  };
  constexpr std::array<look, 5> looks{{{words::running, "tag"},
                                       {words::overdue, "tag bad"},
                                       {{"提前办结", "Early"}, "tag good"},
                                       {{"按期办结", "In time"}, "tag good"},
                                       {{"超期办结", "Late"}, "tag bad"}}};
  const look& l = looks[static_cast<std::size_t>(*t)];
  m.leaf("span", {{"class", l.style}}, l.name(v.in));
}

/// How many hits of each level, highest first.
void hit_tags(markup& m, const dossier_view& v) {
  for (const level l : {level::alarm, level::warning, level::reminder}) {
    const auto n =
        std::count_if(v.d.hits.begin(), v.d.hits.end(), [&](const hit& h) { return h.level == l; });
    if (n == 0) continue;
    m.open("span");
    level_badge(m, l, v.in);
    m.text(fmt::format(" × {}", n)).close();
  }
}

void write_header(markup& m, const dossier_view& v) {
  const case_state& s = v.d.state;
  const service_item& item = v.d.definition.item;
  m.open("header").open("div", {{"class", "over"}});
  m.open("span");
  if (v.d.definition.people && !v.d.definition.people->name.empty())
    m.text(v.d.definition.people->name).text(" · ");
  m.text(words::dossier(v.in)).close();
  m.open("span").text(words::as_of(v.in)).text(" ");
  moment(m, v.d.as_of);
  m.close().close();
  m.leaf("h1", item.name).leaf("div", {{"class", "num"}}, s.id.text());
  m.open("div", {{"class", "row"}});
  m.leaf("span", {{"class", "tag phase"}},
         v.in == language::zh ? std::string{label(s.phase)} : plain(to_string(s.phase)));
  timeliness_tag(m, v);
  hit_tags(m, v);
  m.close().open("dl", {{"class", "meta"}});
  fact(m, words::applicant(v.in), masked(s.applicant));
  fact(m, words::item_code(v.in), item.code.text());
  const std::string department = v.department_name(item.department);
  fact(m, words::department(v.in),
       item.section.empty() ? department : fmt::format("{} · {}", department, item.section));
  fact(m, words::kind(v.in), kind_word(item.kind, v.in));
  fact(m, words::channel(v.in), word_of(s.by, v.in));
  fact(m, words::title(v.in), v.said(s.application.title));
  if (s.applied) fact(m, words::applied(v.in), to_short_text(*s.applied));
  if (s.was_accepted() || s.phase == case_phase::refused)
    fact(m, words::accepted(v.in), to_short_text(s.accepted));
  if (s.ended) fact(m, words::ended(v.in), to_short_text(*s.ended));
  fact(m, words::result(v.in), word_of(s.result, v.in));
  m.close().close();
}

} // namespace

} // namespace detail

result<std::string> dossier_html(const dossier& d, const dossier_options& options) {
  using namespace detail;
  dossier_view v = view_of(d, options);
  if (d.state.was_accepted()) {
    auto k = clocks(d.definition, d.state, d.calendar);
    if (!k) return k.error();
    v.clocks = *std::move(k);
  }
  markup m = begin_page(v.in, fmt::format("{} {}", d.state.id.text(), d.definition.item.name));
  m.open("main");
  if (!options.back_link.empty())
    m.open("div", {{"class", "row back"}})
        .open("a", {{"href", options.back_link}})
        .text("← ")
        .text(words::back(v.in))
        .close()
        .close();
  write_header(m, v);
  write_limits(m, v);
  write_hits(m, v);
  write_flow(m, v);
  if (auto drawn = write_days(m, v); !drawn) return drawn.error();
  write_events(m, v);
  m.leaf("p", {{"class", "k"}}, words::masked_note(v.in));
  foot(m, v.in);
  return std::move(m).take();
}

} // namespace banli
