// Every event of the case, in its order: the record that everything else on the page is drawn from.
#include <drawing/dossier_parts.hpp>

#include <algorithm>

#include <banli/time/text.hpp>

namespace banli::detail {

namespace {

/// One labelled line of what an event says.
void line(markup& m, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  m.open("p");
  if (!name.empty()) m.leaf("span", {{"class", "k"}}, name).text(" ");
  m.text(value).close();
}

std::string fact_label(const dossier_view& v, const std::string& name) {
  const auto& facts = v.d.definition.item.facts;
  const auto f =
      std::find_if(facts.begin(), facts.end(), [&](const form_fact& x) { return x.name == name; });
  return f != facts.end() && !f->label.empty() ? f->label : name;
}

/// The labels of the arrows taken out of a decision, and where they lead.
std::string arrow_words(const dossier_view& v, const details& w) {
  const auto& arrows = v.d.definition.net.chart().arrows;
  std::string out;
  for (const std::uint32_t n : arrows_of(w)) {
    if (n >= arrows.size()) return w.arrow;
    const std::string to = v.step_name(arrows[n].to);
    out += out.empty() ? "" : v.in == language::zh ? ";" : "; ";
    out += arrows[n].label.empty() ? "→ " + to : fmt::format("{} → {}", arrows[n].label, to);
  }
  return out.empty() ? w.arrow : out;
}

/// What was applied for; how to reach the applicant is not shown.
void application_lines(markup& m, const dossier_view& v, const application& a) {
  line(m, words::application_number(v.in), a.number);
  line(m, words::title(v.in), v.said(a.title));
  line(m, words::summary(v.in), v.said(a.summary));
  line(m, words::agent(v.in), masked(a.agent));
  line(m, words::origin_window(v.in), a.window);
}

void review_lines(markup& m, const dossier_view& v, const details& w) {
  for (const material_review& r : w.reviews) {
    const std::string_view standing =
        v.in == language::zh ? label(r.standing) : to_string(r.standing);
    line(m, r.material,
         r.reason.empty() ? std::string{standing}
                          : fmt::format("{}: {}", standing, v.said(r.reason)));
  }
}

/// A kind in the words of the office: of a procedure, or of what the event is.
std::string word_of_kind(const std::string& kind, language in) {
  const std::string procedure{procedure_word(kind, in)};
  if (procedure != kind) return procedure;
  return in == language::zh ? std::string{kind_label(kind)} : plain(kind);
}

void what_was_said(markup& m, const dossier_view& v, const event& e) {
  const details& w = e.with;
  const language in = v.in;
  const bool taken = !w.arrow.empty(); // an arrow says its outcome and its target itself
  line(m, "", taken ? arrow_words(v, w) : v.said(w.outcome));
  if (w.result)
    line(m, words::result(in), in == language::zh ? label(*w.result) : to_string(*w.result));
  if (w.by) line(m, words::channel(in), in == language::zh ? label(*w.by) : to_string(*w.by));
  if (w.received) line(m, words::received(in), to_text(*w.received));
  line(m, words::applicant(in), masked(w.applicant));
  line(m, words::procedure(in), v.said(word_of_kind(w.kind, in)));
  const word& by = e.what == event_kind::extended ? words::by_limit : words::time_given;
  if (w.limit) line(m, by(in), to_text(*w.limit, in));
  line(m, words::authority(in), v.said(w.authority));
  if (!taken && !w.to_step.empty()) line(m, words::to_step(in), v.step_name(w.to_step));
  if (!w.to_person.empty()) line(m, words::to_person(in), v.who(w.to_person));
  if (!w.on_behalf.empty()) line(m, words::on_behalf(in), v.who(w.on_behalf));
  for (const auto& [rule, said] : w.flags)
    line(m, words::suspicious(in), v.said(fmt::format("{}: {}", rule, said)));
  line(m, words::reason(in), v.said(w.reason));
  line(m, words::opinion(in), v.said(w.opinion));
  line(m, words::document(in), v.said(w.document));
  for (const auto& [name, value] : w.facts) {
    const personal_kind of = personal_of(v.d.definition.net.chart(), name);
    line(m, fact_label(v, name),
         v.said(of == personal_kind::none ? value_words(value, in) : masked(of, value)));
  }
  if (w.application) application_lines(m, v, *w.application);
  review_lines(m, v, w);
  for (const std::string& name : w.attachments) line(m, words::attachment(in), v.said(name));
  if (w.until) line(m, words::until(in), to_text(*w.until));
  if (!w.recipient.empty()) line(m, words::recipient(in), word_of_kind(w.recipient, in));
  if (w.recorded) line(m, words::recorded(in), to_short_text(*w.recorded));
  line(m, words::late_reason(in), v.said(w.late_reason));
}

bool says_something(const details& w) {
  details named = w; // the item and the step have columns of their own
  named.item = {};
  named.step = {};
  return named != details{};
}

void event_row(markup& m, const dossier_view& v, const event& e) {
  m.open("tr");
  cell(m, words::number(v.in), fmt::format("{}", e.number), "n");
  m.open("td", {{"data-th", words::when(v.in)}, {"class", "w"}});
  moment(m, e.at);
  m.close();
  cell(m, words::what(v.in),
       v.in == language::zh ? std::string{label(e.what)} : plain(to_string(e.what)), "strong");
  cell(m, words::step(v.in),
       e.with.step.empty() ? std::string{words::none(v.in)} : v.step_name(e.with.step),
       e.with.step.empty() ? "none" : "");
  cell(m, words::who(v.in), v.who(e.actor), e.actor.empty() ? "none" : "");
  const bool silent = !says_something(e.with);
  m.open("td", {{"data-th", words::said(v.in)}, {"class", silent ? "none" : "said"}}).open("div");
  if (silent)
    m.text(words::none(v.in));
  else
    what_was_said(m, v, e);
  m.close().close().close();
}

} // namespace

void write_events(markup& m, const dossier_view& v) {
  begin_section(m, words::events(v.in));
  m.open("table", {{"class", "stack events"}}).open("thead").open("tr");
  m.leaf("th", {{"class", "n"}}, words::number(v.in));
  for (const word& w : {words::when, words::what, words::step, words::who, words::said})
    m.leaf("th", w(v.in));
  m.close().close().open("tbody");
  const std::size_t shown = std::min(v.d.history.size(), v.options.events);
  for (std::size_t i = 0; i < shown; ++i) event_row(m, v, v.d.history[i]);
  m.close().close();
  if (shown < v.d.history.size())
    m.leaf("p", {{"class", "soft"}},
           fmt::format("{} {}", v.d.history.size() - shown, words::more_left_out(v.in)));
  m.close();
}

} // namespace banli::detail
