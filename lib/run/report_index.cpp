#include <run/report_index.hpp>

#include <algorithm>
#include <array>

#include <banli/time/text.hpp>

#include <drawing/page.hpp>

namespace banli::detail {

bool worth_showing(const configuration& config, const refusal& r) {
  return !(config.log && r.why.code == errc::not_finished);
}

std::string grouped(std::size_t n) {
  std::string out = fmt::format("{}", n);
  for (std::size_t i = out.size(); i > 3; i -= 3) out.insert(i - 3, ",");
  return out;
}

void case_link(markup& m, const index_page& p, const case_id& id) {
  const auto page = p.dossiers.find(id);
  if (page == p.dossiers.end())
    m.text(id.text());
  else
    m.leaf("a", {{"href", page->second}}, id.text());
}

namespace {

constexpr std::size_t hits_at_once = 60; ///< further ones unfold

/// One part of a bar: how many, what it means, and how it looks without colour too.
struct bar_part {
  std::size_t item_summary::*count;
  word name;
  std::string_view fill;
};

constexpr std::array<bar_part, 5> parts{{
    {&item_summary::early, words::item_early, "#1f6b45"},
    {&item_summary::on_time, words::item_on_time, "#8cc3a4"},
    {&item_summary::open, words::item_open, "url(#dots)"},
    {&item_summary::overdue, words::item_overdue, "url(#late)"},
    {&item_summary::not_judged, words::item_not_judged, "#e3e7ec"},
}};

/// The patterns of the bars, once a page.
constexpr std::string_view patterns =
    "<svg width=\"0\" height=\"0\" style=\"position:absolute\" aria-hidden=\"true\"><defs>"
    "<pattern id=\"late\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
    "patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#a81f1f\"/>"
    "<rect width=\"1.6\" height=\"6\" fill=\"#fff\"/></pattern>"
    "<pattern id=\"dots\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\">"
    "<rect width=\"5\" height=\"5\" fill=\"#dce8f5\"/><circle cx=\"2.5\" cy=\"2.5\" r=\"1\" "
    "fill=\"#1b4a80\"/></pattern></defs></svg>";

std::string bar(const item_summary& s, language in) {
  const double whole = static_cast<double>(std::max<std::size_t>(s.received, 1));
  std::string out = "<svg class=\"bar\" width=\"100%\" height=\"16\" role=\"img\">";
  std::string said;
  double x = 0;
  for (const bar_part& p : parts) {
    const double share = 100 * static_cast<double>(s.*p.count) / whole;
    if (s.*p.count == 0) continue;
    out += fmt::format("<rect x=\"{:.3f}%\" width=\"{:.3f}%\" height=\"16\" fill=\"{}\"/>", x,
                       share, p.fill);
    if (x > 0)
      out += fmt::format("<rect x=\"{:.3f}%\" width=\"1.5\" height=\"16\" fill=\"#fff\"/>", x);
    x += share;
    said += fmt::format("{}{} {}", said.empty() ? std::string_view{} : words::separator(in),
                        p.name(in), s.*p.count);
  }
  return out + fmt::format("<title>{}</title></svg>", said);
}

class index_writer {
 public:
  explicit index_writer(const index_page& p) : p_(p), in_(p.options.in) {
    m_ = begin_page(in_, title());
  }

  std::string write() {
    m_.raw(patterns).open("main");
    header();
    tiles();
    standing_sections(m_, p_);
    items();
    hits();
    refusals();
    warnings();
    duties();
    foot(m_, in_);
    return std::move(m_).take();
  }

 private:
  std::string title() const {
    return p_.config.name.empty() ? std::string{words::report(in_)}
                                  : fmt::format("{} · {}", p_.config.name, words::report(in_));
  }

  void header() {
    m_.open("header").open("div", {{"class", "over"}});
    m_.leaf("span", p_.config.name);
    m_.open("span").text(words::as_of(in_)).text(" ");
    moment(m_, p_.options.until);
    m_.close().close().leaf("h1", words::report(in_)).close();
  }

  // Key figures.

  item_summary sum() const {
    item_summary out;
    for (const item_summary& s : p_.run.items) {
      out.received += s.received;
      out.early += s.early;
      out.on_time += s.on_time;
      out.overdue += s.overdue;
      out.open += s.open;
      out.not_judged += s.not_judged;
      for (std::size_t i = 0; i < out.hits.size(); ++i) out.hits[i] += s.hits[i];
    }
    return out;
  }

  void tile(std::string_view name, std::string_view figure, std::string_view note) {
    m_.open("div", {{"class", "tile"}}).leaf("span", {{"class", "k"}}, name).leaf("b", figure);
    m_.leaf("span", {{"class", "k"}}, note).close();
  }

  void tiles() {
    const item_summary all = sum();
    begin_section(m_, words::key_figures(in_));
    m_.open("div", {{"class", "tiles"}});
    tile(words::cases(in_), grouped(all.received),
         fmt::format("{} {}", words::events_appended(in_), grouped(p_.run.events_appended)));
    const std::size_t good = all.early + all.on_time;
    const std::size_t judged = good + all.overdue;
    const std::string rate =
        judged == 0
            ? std::string{words::none(in_)}
            : fmt::format("{:.1f}%", 100 * static_cast<double>(good) / static_cast<double>(judged));
    tile(words::on_time_rate(in_), rate,
         fmt::format("{} / {} {}", grouped(good), grouped(judged), words::of_judged(in_)));
    hits_tile(all);
    const auto refused = static_cast<std::size_t>(
        std::count_if(p_.run.refusals.begin(), p_.run.refusals.end(),
                      [&](const refusal& r) { return worth_showing(p_.config, r); }));
    tile(words::refused_commands(in_), grouped(refused), words::refused_note(in_));
    if (p_.config.log) flows_tile();
    if (p_.run.deadlines > 0)
      tile(words::reproduced(in_), grouped(p_.run.deadlines_reproduced),
           fmt::format("/ {}", grouped(p_.run.deadlines)));
    m_.close().close();
  }

  void hits_tile(const item_summary& all) {
    m_.open("div", {{"class", "tile wide"}})
        .leaf("span", {{"class", "k"}}, words::hits_raised(in_));
    m_.open("div", {{"class", "row"}});
    for (const level l : {level::alarm, level::warning, level::reminder}) {
      m_.open("span");
      level_badge(m_, l, in_);
      m_.leaf("b", grouped(all.hits[static_cast<std::size_t>(l)])).close();
    }
    m_.close().close();
  }

  void flows_tile() {
    m_.open("div", {{"class", "tile wide"}}).leaf("span", {{"class", "k"}}, words::flows(in_));
    m_.open("div", {{"class", "row"}});
    const auto one = [&](const word& name, std::size_t n) {
      m_.open("span").text(name(in_)).leaf("b", grouped(n)).close();
    };
    one(words::flows_complete, p_.run.complete);
    one(words::flows_unfinished, p_.run.unfinished);
    one(words::flows_deviating, p_.run.deviating);
    m_.close().close();
  }

  // The table of items.

  void items() {
    begin_section(m_, words::by_item(in_));
    m_.open("div", {{"class", "key"}});
    for (const bar_part& p : parts)
      m_.open("span")
          .raw(
              fmt::format("<svg width=\"22\" height=\"12\" aria-hidden=\"true\"><rect width=\"22\" "
                          "height=\"12\" fill=\"{}\"/></svg>",
                          p.fill))
          .text(p.name(in_))
          .close();
    m_.close().open("table", {{"class", "stack items"}}).open("thead").open("tr");
    m_.leaf("th", words::item(in_)).leaf("th", {{"class", "n"}}, words::item_received(in_));
    m_.leaf("th", {{"class", "share"}}, words::share(in_));
    for (const bar_part& p : parts) m_.leaf("th", {{"class", "n"}}, p.name(in_));
    for (const level l : {level::alarm, level::warning, level::reminder})
      m_.leaf("th", {{"class", "n"}}, to_string(l, in_));
    m_.close().close().open("tbody");
    for (const item_summary& s : p_.run.items) item_row(s);
    m_.close().open("tfoot");
    item_summary all = sum();
    all.name = words::total(in_);
    item_row(all);
    m_.close().close().leaf("p", {{"class", "k"}}, words::not_judged_note(in_)).close();
  }

  void number(std::string_view heading, std::size_t n, std::string_view style = "n") {
    cell(m_, heading, grouped(n), n == 0 ? "n none" : style);
  }

  void item_row(const item_summary& s) {
    m_.open("tr").open("td", {{"class", "lead"}}).text(s.name);
    if (!s.item.empty()) m_.open("div").leaf("span", {{"class", "k"}}, s.item.text()).close();
    m_.close();
    cell(m_, words::item_received(in_), grouped(s.received), "n");
    m_.open("td", {{"class", "share wide"}}).raw(bar(s, in_)).close();
    for (const bar_part& p : parts)
      number(p.name(in_), s.*p.count, p.count == &item_summary::overdue ? "n hot" : "n");
    for (const level l : {level::alarm, level::warning, level::reminder})
      number(to_string(l, in_), s.hits[static_cast<std::size_t>(l)],
             l == level::alarm ? "n hot" : "n");
    m_.close();
  }

  // Hits.

  struct listed_hit {
    const case_outcome* of;
    const hit* found;
  };

  std::vector<listed_hit> newest_hits() const {
    std::vector<listed_hit> out;
    for (const case_outcome& c : p_.run.cases)
      for (const hit& h : c.hits) out.push_back({&c, &h});
    std::stable_sort(out.begin(), out.end(), [](const listed_hit& a, const listed_hit& b) {
      return a.found->raised > b.found->raised;
    });
    return out;
  }

  std::string rule_name(const rule_id& id) const {
    const compiled_rule* r = p_.config.rules ? p_.config.rules->find(id) : nullptr;
    if (r == nullptr) return {};
    const text& name = r->definition().name;
    return name.in(in_).empty() ? name.in(in_ == language::zh ? language::en : language::zh)
                                : name.in(in_);
  }

  std::string item_name(const item_id& id) const {
    const auto s = std::find_if(p_.run.items.begin(), p_.run.items.end(),
                                [&](const item_summary& i) { return i.item == id; });
    return s == p_.run.items.end() || s->name.empty() ? id.text() : s->name;
  }

  std::string step_name(const case_outcome& c, const node_id& id) const {
    if (id.empty()) return {};
    const auto d = find(p_.config, c.item);
    const auto n = d ? d->net.index(id) : std::nullopt;
    return n ? d->net.at(*n).shown() : id.text();
  }

  void hits() {
    const std::vector<listed_hit> all = newest_hits();
    begin_section(m_, words::hit_list(in_), all.empty() ? "" : words::newest_first(in_));
    if (all.empty()) m_.leaf("p", {{"class", "soft"}}, words::no_hits(in_));
    const std::size_t shown = std::min(all.size(), p_.options.hits);
    const std::size_t first = std::min(shown, hits_at_once);
    if (shown > 0) hit_table(all, 0, first);
    if (shown > first) {
      m_.open("details").leaf("summary",
                              fmt::format("{} ({})", words::earlier_hits(in_), shown - first));
      hit_table(all, first, shown);
      m_.close();
    }
    if (shown < all.size()) left_out(all.size() - shown, words::hits_left_out);
    if (p_.left_out > 0) left_out(p_.left_out, words::dossiers_left_out);
    m_.close();
  }

  void left_out(std::size_t n, const word& what) {
    m_.leaf("p", {{"class", "soft"}}, fmt::format("{} {}", grouped(n), what(in_)));
  }

  void hit_table(const std::vector<listed_hit>& all, std::size_t from, std::size_t to) {
    m_.open("table", {{"class", "stack hits"}}).open("thead").open("tr");
    for (const word& w :
         {words::level, words::rule, words::item, words::case_number, words::raised, words::state})
      m_.leaf("th", w(in_));
    m_.close().close().open("tbody");
    for (std::size_t i = from; i < to; ++i) hit_row(*all[i].of, *all[i].found);
    m_.close().close();
  }

  void hit_row(const case_outcome& c, const hit& h) {
    m_.open("tr").open("td", {{"data-th", words::level(in_)}});
    level_badge(m_, h.level, in_);
    m_.close();
    const std::string name = rule_name(h.rule);
    const std::string step = step_name(c, h.step);
    m_.open("td", {{"data-th", words::rule(in_)}})
        .open("div")
        .text(name.empty() ? h.rule.text() : name);
    if (!name.empty()) m_.text(" ").leaf("span", {{"class", "k"}}, h.rule.text());
    if (!step.empty())
      m_.text(" ").leaf("span", {{"class", "k"}}, fmt::format("{} {}", words::step(in_), step));
    m_.close().close();
    cell(m_, words::item(in_), item_name(c.item));
    m_.open("td", {{"data-th", words::case_number(in_)}}).open("span");
    case_link(m_, p_, c.id);
    m_.close().close().open("td", {{"data-th", words::raised(in_)}, {"class", "w"}});
    moment(m_, h.raised);
    m_.close()
        .open("td", {{"data-th", words::state(in_)}, {"class", h.ended ? "" : "hot"}})
        .open("span");
    m_.text(hit_end_word(h.end, in_));
    if (h.ended) {
      m_.text(" ");
      moment(m_, *h.ended);
    }
    if (!h.order.empty()) m_.text(" ").leaf("span", {{"class", "k"}}, h.order);
    m_.close().close().close();
  }

  // What the log wanted and did not get.

  static std::string place_words(const place& p) {
    if (p.file.empty()) return {};
    return p.line > 0 ? fmt::format("{}:{}", p.file, p.line) : p.file;
  }

  void refusals() {
    std::vector<const refusal*> shown;
    for (const refusal& r : p_.run.refusals)
      if (worth_showing(p_.config, r)) shown.push_back(&r);
    begin_section(m_, words::deviations(in_));
    if (shown.empty()) {
      m_.leaf("p", {{"class", "soft"}}, words::no_deviations(in_)).close();
      return;
    }
    m_.open("table", {{"class", "stack"}}).open("thead").open("tr");
    for (const word& w :
         {words::case_number, words::step, words::when, words::message, words::where})
      m_.leaf("th", w(in_));
    m_.close().close().open("tbody");
    for (std::size_t i = 0; i < std::min(shown.size(), p_.options.refusals); ++i)
      refusal_row(*shown[i]);
    m_.close().close();
    if (shown.size() > p_.options.refusals)
      left_out(shown.size() - p_.options.refusals, words::more_left_out);
    m_.close();
  }

  void refusal_row(const refusal& r) {
    m_.open("tr").open("td", {{"data-th", words::case_number(in_)}}).open("span");
    case_link(m_, p_, r.asked.id);
    m_.close().close();
    const std::string what =
        r.asked.with.step.empty() ? std::string{to_string(r.asked.what)} : r.asked.with.step.text();
    cell(m_, words::step(in_), what);
    m_.open("td", {{"data-th", words::when(in_)}, {"class", "w"}});
    moment(m_, r.asked.at);
    m_.close()
        .open("td", {{"data-th", words::message(in_)}})
        .open("div")
        .text(r.why.message.in(in_));
    m_.text(" ").leaf("span", {{"class", "k"}}, to_string(r.why.code));
    if (r.passed_over > 0)
      m_.text(" ").leaf("span", {{"class", "k"}},
                        fmt::format("{} {}", words::passed_over(in_), r.passed_over));
    m_.close().close();
    const std::string where = place_words(r.why.where == place{} ? r.asked.where : r.why.where);
    cell(m_, words::where(in_), where, where.empty() ? "none" : "");
    m_.close();
  }

  void warnings() {
    if (p_.run.warnings.empty()) return;
    begin_section(m_, words::warnings(in_));
    m_.open("ul");
    const std::size_t shown = std::min(p_.run.warnings.size(), p_.options.refusals);
    for (std::size_t i = 0; i < shown; ++i) m_.leaf("li", p_.run.warnings[i].message.in(in_));
    m_.close();
    if (shown < p_.run.warnings.size())
      left_out(p_.run.warnings.size() - shown, words::more_left_out);
    m_.close();
  }

  void duties() {
    if (p_.config.disclosure.duties.empty()) return;
    begin_section(m_, words::duties(in_));
    m_.open("table", {{"class", "stack"}}).open("thead").open("tr");
    for (const word& w : {words::column, words::content, words::unit, words::requirement})
      m_.leaf("th", w(in_));
    m_.close().close().open("tbody");
    const std::size_t shown = std::min(p_.config.disclosure.duties.size(), p_.options.duties);
    for (std::size_t i = 0; i < shown; ++i) {
      const disclosure_duty& d = p_.config.disclosure.duties[i];
      m_.open("tr");
      cell(m_, words::column(in_), d.column, "lead");
      cell(m_, words::content(in_), d.content);
      cell(m_, words::unit(in_), d.unit);
      m_.open("td", {{"data-th", words::requirement(in_)}, {"title", to_text(d.when)}});
      m_.leaf("span", duty_words(d.when, in_)).close().close();
    }
    m_.close().close();
    if (shown < p_.config.disclosure.duties.size())
      left_out(p_.config.disclosure.duties.size() - shown, words::more_left_out);
    m_.close();
  }

  const index_page& p_;
  language in_;
  markup m_;
};

} // namespace

std::string index_html(const index_page& p) { return index_writer{p}.write(); }

} // namespace banli::detail
