// The days of a limit: the calendar, and beside it the same days in words.
#include <drawing/dossier_parts.hpp>

#include <algorithm>

#include <banli/deadline/explanation.hpp>
#include <banli/drawing/timeline_svg.hpp>
#include <banli/time/text.hpp>

namespace banli::detail {

namespace {

constexpr std::size_t most_runs = 1'000;

std::string dates(const day_run& r, language in) {
  if (r.to >= last_day) // a stop nobody has ended
    return in == language::zh ? to_text(r.from) + " 起" : "from " + to_text(r.from);
  return r.from == r.to ? to_text(r.from) : fmt::format("{} – {}", to_text(r.from), to_text(r.to));
}

std::string ordinals(const day_run& r, limit_unit counted_in, language in) {
  if (r.first <= 0) return {};
  if (is_hour_unit(counted_in)) return amount(r.last - r.first + 1, counted_in, in);
  return r.first == r.last ? fmt::format("{}", r.first) : fmt::format("{}–{}", r.first, r.last);
}

bool is_address(std::string_view s) {
  return s.starts_with("https://") || s.starts_with("http://");
}

/// The reason, and whence it comes: a notice on the web as a link, anything else in brackets.
void why(markup& m, const dossier_view& v, const day_run& r) {
  m.open("td", {{"data-th", words::why(v.in)}, {"class", "why"}}).open("span");
  m.text(v.said(v.either(r.reason)));
  if (is_address(r.source))
    m.text(" ")
        .open("a", {{"href", r.source}, {"rel", "noopener noreferrer"}})
        .text(words::source(v.in))
        .close();
  else if (!r.source.empty())
    m.text(fmt::format(" ({})", v.said(r.source)));
  m.close().close();
}

void run_row(markup& m, const dossier_view& v, const day_run& r, limit_unit counted_in) {
  const std::string n = ordinals(r, counted_in, v.in);
  m.open("tr");
  cell(m, words::dates(v.in), dates(r, v.in), "w");
  cell(m, words::fate(v.in), fate_word(r.what, v.in), "w");
  cell(m, words::ordinals(v.in), n.empty() ? std::string{words::none(v.in)} : n,
       n.empty() ? "n none" : "n");
  why(m, v, r);
  m.close();
}

void run_table(markup& m, const dossier_view& v, const std::vector<day_run>& runs,
               limit_unit counted_in) {
  m.open("table", {{"class", "runs"}}).open("thead").open("tr");
  m.leaf("th", words::dates(v.in)).leaf("th", words::fate(v.in));
  m.leaf("th", {{"class", "n"}}, words::ordinals(v.in)).leaf("th", words::why(v.in));
  m.close().close().open("tbody");
  for (std::size_t i = 0; i < std::min(runs.size(), most_runs); ++i)
    run_row(m, v, runs[i], counted_in);
  m.close().close();
}

/// The kind of an excluded procedure stands in a reason by its stable name; people get the word.
void use_words(std::vector<day_run>& runs) {
  const auto replace = [](std::string& s, language in) {
    for (const procedure& p : procedures) {
      if (!s.ends_with(p.name)) continue;
      s.replace(s.size() - p.name.size(), p.name.size(), p.shown(in));
      return;
    }
  };
  for (day_run& r : runs) {
    if (r.what != day_class::excluded && r.what != day_class::suspended) continue;
    replace(r.reason.zh, language::zh);
    replace(r.reason.en, language::en);
  }
}

result<void> limit_days(markup& m, const dossier_view& v, const word& name,
                        const running_limit& l) {
  auto e = explain(v.d.calendar, *l.hours, l.limit, l.start, l.excluded, l.extended, l.rules);
  if (!e) return e.error();
  std::vector<day_run> runs = e->runs();
  use_words(runs);
  const std::optional<day> ended =
      v.d.state.ended ? std::optional{day_of(*v.d.state.ended)} : std::nullopt;
  const std::optional<day> today = ended ? std::nullopt : std::optional{day_of(v.d.as_of)};
  const timeline t{runs, day_of(l.start), e->answer.due, ended, today};
  m.leaf("h3", fmt::format("{} · {}", name(v.in), to_text(l.limit, v.in)));
  m.open("div", {{"class", "two"}});
  m.open("div").raw(timeline_svg(t, {v.in, v.options.days})).close();
  m.open("div");
  run_table(m, v, runs, e->answer.counted_in);
  m.close().close();
  return {};
}

} // namespace

result<void> write_days(markup& m, const dossier_view& v) {
  if (!v.clocks) return {};
  begin_section(m, words::days(v.in));
  if (auto drawn = limit_days(m, v, words::promised, v.clocks->promised); !drawn)
    return drawn.error();
  if (v.clocks->statutory)
    if (auto drawn = limit_days(m, v, words::statutory, *v.clocks->statutory); !drawn)
      return drawn.error();
  m.close();
  return {};
}

} // namespace banli::detail
