#include <banli/run/office_watch.hpp>

#include <algorithm>

#include <boost/json.hpp>

#include <banli/base/mask.hpp>
#include <banli/document/library_files.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

/// Whether a column is late: from the day it was due on, or only as of the day of the report.
watched_record punctuality_of(const disclosure_line& l, const disclosure_duty& d, day today) {
  watched_record r{d.column, d.unit, instant{today}};
  r.facts = {{"column.name", value(d.column)},
             {"column.unit", value(d.unit)},
             {"column.ever_published", value(l.last_published.has_value())}};
  if (l.next_due && *l.next_due < today) {
    r.begun = instant{*l.next_due};
    r.counts = {{"column.late_days", *l.next_due, false}};
  } else {
    r.facts.emplace_back("column.late_days", value(std::int64_t{0}));
  }
  return r;
}

watched_record number_on(const std::string& column, const std::string& unit, day today,
                         const char* word, std::size_t n) {
  watched_record r{column, unit, instant{today}};
  r.facts = {{"column.name", value(column)},
             {"column.unit", value(unit)},
             {word, value(static_cast<std::int64_t>(n))}};
  return r;
}

/// What a hit says, and the facts it rests on.
void put_finding(boost::json::object& o, const text& message, std::span<const hit_fact> facts) {
  o["message"] = {{"en", message.en}, {"zh", message.zh}};
  boost::json::array all;
  for (const hit_fact& f : facts)
    all.push_back({{"name", f.name}, {"label", f.label}, {"value", f.value}});
  if (!all.empty()) o["facts"] = std::move(all);
}

} // namespace

std::vector<watched_record> records_of(const disclosure_book& book, const disclosure_report& told,
                                       std::span<const incomplete_guide> guides,
                                       std::size_t undisclosed_items) {
  std::vector<watched_record> out;
  for (const disclosure_line& l : told.lines)
    out.push_back(punctuality_of(l, book.duties[l.duty], told.today));
  for (const incomplete_guide& g : guides) {
    const disclosure_duty& d = book.duties[g.duty];
    out.push_back(number_on(d.column + ">" + g.item.text(), d.unit, told.today,
                            "column.missing_elements", g.missing.size()));
  }
  if (undisclosed_items > 0)
    out.push_back(number_on("*", "", told.today, "column.undisclosed_items", undisclosed_items));
  return out;
}

result<std::vector<record_hit>> watch_columns(const configuration& config, day on,
                                              const rule_set& rules) {
  const disclosure_book& book = config.disclosure;
  if (book.since == day{})
    return make_error(errc::missing_field, "no document says from when duties run",
                      "没有文档写明公开职责自何日起算");
  const auto told = report(book, config.calendar, on);
  if (!told) return told.error();
  const item_actor office{{}, role_set{actor_role::service_office}, {}};
  const taken_library taken = take_over(config, office, instant{on}, std::min(book.since, on));
  const auto guides = incomplete_guides(book, taken.library.items, on);
  const auto hidden = undisclosed_items(book, taken.library.items, on).size();
  return watch_records(records_of(book, *told, guides, hidden), rules, config.calendar,
                       instant{on});
}

result<std::vector<record_hit>> watch_orders(std::span<const hit> hits,
                                             std::span<const supervision_order> orders,
                                             const rule_set& rules,
                                             const workday_calendar& calendar, instant until) {
  std::vector<watched_record> records;
  for (const hit& h : hits) records.push_back(record_of(h));
  for (const supervision_order& o : orders) records.push_back(record_of(o));
  return watch_records(records, rules, calendar, until);
}

cross_case_span span_of(const configuration& config, std::chrono::year_month from,
                        std::chrono::year_month until) {
  cross_case_span span{from, until};
  for (const service_item& i : config.items)
    if (i.supervised) ++span.items_owned[i.department];
  return span;
}

result<std::vector<cross_case_hit>> watch_units(const configuration& config,
                                                const case_store& store, std::span<const hit> hits,
                                                const rule_set& rules, instant until) {
  const auto cases = watched_cases(config, store, until, hits);
  if (!cases) return cases.error();
  const std::chrono::year_month last = month_of(day_of(until));
  std::chrono::year_month first = last;
  for (const watched_case& c : *cases)
    for (const auto& at : {c.accepted, c.ended})
      if (at) first = std::min(first, month_of(day_of(*at)));
  auto found = watch_together(*cases, rules, span_of(config, first, last + std::chrono::months{1}));
  if (!found) return found;
  // The month of the instant itself is over only later.
  std::erase_if(*found, [&](const cross_case_hit& h) { return h.raised > until; });
  return found;
}

std::string to_json(const cross_case_hit& h) {
  boost::json::object o{{"rule", h.rule.text()}, {"level", to_string(h.level)}};
  if (!h.unit.empty()) o["unit"] = h.unit.text();
  if (!h.person.empty()) o["person"] = h.person.text();
  if (!h.applicant.empty()) o["applicant"] = mask_name(h.applicant);
  o["raised"] = to_text(h.raised);
  put_finding(o, h.message, h.facts);
  return boost::json::serialize(o);
}

std::string to_json(const record_hit& h) {
  boost::json::object o{{"rule", h.rule.text()}, {"level", to_string(h.level)}, {"id", h.id}};
  if (!h.unit.empty()) o["unit"] = h.unit;
  o["raised"] = to_text(h.raised);
  if (h.ended) o["ended"] = to_text(*h.ended);
  if (!h.superseded_by.empty()) o["superseded_by"] = h.superseded_by.text();
  put_finding(o, h.message, h.facts);
  return boost::json::serialize(o);
}

} // namespace banli
