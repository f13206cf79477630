// `banli library disclosure`: which columns are due, late or missing.
#include <ostream>

#include <banli/document/library_files.hpp>
#include <banli/library/disclosure.hpp>

#include "commands.hpp"
#include "problem_json.hpp"
#include "value_json.hpp"

namespace banli {

namespace {

/// Everything the report says.
struct disclosure_answer {
  disclosure_report report;
  std::vector<incomplete_guide> guides;
  std::vector<item_id> undisclosed;
  std::vector<std::size_t> lapsed;
};

std::string day_or_dash(const std::optional<day>& d) { return d ? to_text(*d) : "-"; }

std::string month_text(std::chrono::year_month m) { return to_text(to_day(m / 1)).substr(0, 7); }

void print_text(const disclosure_answer& all, const disclosure_book& book, language in,
                const console& to) {
  const bool zh = in == language::zh;
  for (const disclosure_line& l : all.report.lines) {
    const disclosure_duty& d = book.duties[l.duty];
    to.out << fmt::format("{}  {}  {}  {}  {}", zh ? label(l.standing) : to_string(l.standing),
                          day_or_dash(l.next_due), day_or_dash(l.last_published), d.column, d.unit);
    if (l.late > days{0})
      to.out << fmt::format(fmt::runtime(zh ? "  逾期 {} 日" : "  late by {} days"),
                            l.late.count());
    to.out << '\n';
  }
  for (const auto& [key, n] : all.report.months)
    to.out << fmt::format(
        fmt::runtime(zh ? "{}  {}  发布 {} 审核 {} 说明 {} 转载 {}  到期 {} 逾期 {}\n"
                        : "{}  {}  content {} reviews {} notes {} reposts {}  due {} late {}\n"),
        month_text(key.month), key.unit, n.content, n.reviews, n.notes, n.reposts, n.due, n.late);
  for (const incomplete_guide& g : all.guides) {
    std::string missing;
    for (const missing_element& m : g.missing)
      missing += (missing.empty() ? "" : zh ? "、" : ", ") + std::string{zh ? m.zh : m.en};
    to.out << fmt::format(fmt::runtime(zh ? "办事指南 {} 缺少:{}\n" : "guide {} lacks: {}\n"),
                          g.item.text(), missing);
  }
  for (const item_id& i : all.undisclosed)
    to.out << fmt::format(fmt::runtime(zh ? "事项 {} 未公开\n" : "item {} is not disclosed\n"),
                          i.text());
  for (const std::size_t n : all.lapsed) {
    const publication& p = book.publications[n];
    to.out << fmt::format(
        fmt::runtime(zh ? "《{}》 {} 有效期至 {},已届满\n" : "{}  {}  was valid until {}\n"),
        p.title, p.number, to_text(*p.valid_until));
  }
}

void print_json(const disclosure_answer& all, const disclosure_book& book, const console& to) {
  boost::json::array lines;
  for (const disclosure_line& l : all.report.lines)
    lines.push_back({{"column", book.duties[l.duty].column},
                     {"unit", book.duties[l.duty].unit},
                     {"when", to_text(book.duties[l.duty].when)},
                     {"standing", to_string(l.standing)},
                     {"next_due", json_day(l.next_due)},
                     {"last_published", json_day(l.last_published)},
                     {"late", l.late.count()},
                     {"longest_gap", l.longest_gap.count()}});
  boost::json::array months;
  for (const auto& [key, n] : all.report.months)
    months.push_back({{"month", month_text(key.month)},
                      {"unit", key.unit},
                      {"content", n.content},
                      {"reviews", n.reviews},
                      {"notes", n.notes},
                      {"reposts", n.reposts},
                      {"due", n.due},
                      {"late", n.late}});
  boost::json::array guides;
  for (const incomplete_guide& g : all.guides) {
    boost::json::array missing;
    for (const missing_element& m : g.missing) missing.push_back({{"en", m.en}, {"zh", m.zh}});
    guides.push_back({{"item", g.item.text()}, {"missing", std::move(missing)}});
  }
  boost::json::array undisclosed;
  for (const item_id& i : all.undisclosed) undisclosed.push_back(boost::json::value(i.text()));
  boost::json::array lapsed;
  for (const std::size_t n : all.lapsed)
    lapsed.push_back({{"column", book.publications[n].column},
                      {"number", book.publications[n].number},
                      {"valid_until", json_day(book.publications[n].valid_until)}});
  to.out << boost::json::serialize(boost::json::object{{"on", to_text(all.report.today)},
                                                       {"columns", std::move(lines)},
                                                       {"months", std::move(months)},
                                                       {"guides", std::move(guides)},
                                                       {"undisclosed", std::move(undisclosed)},
                                                       {"lapsed", std::move(lapsed)}})
         << '\n';
}

int refuse(error e, const char* option, language in, const console& to) {
  print({at(std::move(e), {option, 0, 0})}, in, to);
  return exit_usage;
}

} // namespace

int disclosure_command(const library_arguments& a, const console& to) {
  const auto on = parse_day(a.on);
  if (!on) return refuse(on.error(), "--on", a.in, to);
  const auto since = parse_day(a.since);
  if (!a.since.empty() && !since) return refuse(since.error(), "--since", a.in, to);
  const configuration c = load_configuration(a.bundle);
  if (!c.good()) {
    print(c.found, a.in, to);
    return exit_for(c.found.front());
  }
  disclosure_book book = c.disclosure;
  if (since) book.since = *since;
  if (book.since == day{})
    return refuse(make_error(errc::missing_field, "no document says from when duties run",
                             "没有文档写明公开职责自何日起算"),
                  "--since", a.in, to);
  auto told = report(book, c.calendar, *on);
  if (!told) {
    print({at(told.error(), {a.bundle, 0, 0})}, a.in, to);
    return exit_wrong_input;
  }
  const item_actor office{{}, role_set{actor_role::service_office}, {}};
  const taken_library taken = take_over(c, office, instant{*on}, std::min(book.since, *on));
  disclosure_answer all{*std::move(told),
                        incomplete_guides(book, taken.library.items, *on),
                        {},
                        lapsed_publications(book, *on)};
  for (const item_hit& h : undisclosed_items(book, taken.library.items, *on))
    all.undisclosed.push_back(taken.library.items.find(h.entry)->versions.back().item.code);
  if (a.json)
    print_json(all, book, to);
  else
    print_text(all, book, a.in, to);
  return exit_done;
}

} // namespace banli
