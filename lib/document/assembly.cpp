#include "document/assembly.hpp"

#include <algorithm>
#include <unordered_map>

#include <banli/base/nearest.hpp>
#include <banli/calendar/cn.hpp>

#include "document/calendar_pile.hpp"
#include "document/hours_document.hpp"

namespace banli::detail {
namespace {

constexpr std::size_t most_compared = 500; // names that did-you-mean looks at

template <class T, class Id>
std::vector<std::string_view> names(const std::vector<located<T>>& all, Id id) {
  std::vector<std::string_view> out;
  for (std::size_t i = 0; i < std::min(all.size(), most_compared); ++i)
    out.emplace_back(id(all[i].value).text());
  return out;
}

/// Reports every document whose id an earlier one has.
template <class T, class Id>
void check_unique(const std::vector<located<T>>& all, std::string_view key, Id id,
                  findings& found) {
  std::unordered_map<std::string_view, yaml_node> seen;
  for (const located<T>& d : all) {
    const std::string_view name = id(d.value).text();
    if (name.empty()) continue;
    const auto [first, fresh] = seen.emplace(name, d.node);
    if (fresh) continue;
    const place before = first->second.find(key).where();
    found.add(at(make_error(errc::duplicate_id, "'{}' is also at {}:{}", "“{}”与 {}:{} 处重复",
                            name, before.file, before.line),
                 d.node.find(key).where()));
  }
}

const auto item_code_of = [](const service_item& i) -> const item_id& { return i.code; };
const auto id_of = [](const flowchart& f) -> const flowchart_id& { return f.id; };

} // namespace

/// The first document of a kind of which there may be one; the others are reported.
template <class T>
const located<T>* assembly::only(const std::vector<located<T>>& all, std::string_view kind) {
  for (std::size_t i = 1; i < all.size(); ++i) {
    const place first = all[0].node.where();
    found_.add(at(make_error(errc::duplicate_id, "a second document of kind {}: the first is {}",
                             "出现第二个 {} 文档,第一个为 {}", kind, first.file),
                  where(all[i].node.find("kind"), all[i].node)));
  }
  return all.empty() ? nullptr : &all[0];
}

configuration assembly::run() {
  configuration c{.name = {}, .calendar = calendar()};
  if (const auto* office = only(set_.offices, "office")) c.name = office->value.name;
  hours(c);
  people(c);
  if (c.name.empty()) c.name = c.people->name;
  charts(c);
  library(c);
  items(c);
  rules(c);
  tables(c);
  schemes(c);
  disclosure(c);
  log(c);
  return c;
}

workday_calendar assembly::calendar() {
  if (set_.calendars.empty() && set_.overlays.empty()) return cn();
  calendar_pile pile{found_};
  for (const located<calendar_document>& d : set_.calendars) pile.add(d);
  if (set_.calendars.empty()) pile.add_official({});
  for (const located<overlay_document>& d : set_.overlays) pile.add(d);
  auto built = workday_calendar::build(pile.take());
  return built ? *std::move(built) : cn(); // why it cannot be built has been reported
}

void assembly::hours(configuration& c) {
  if (const auto* d = only(set_.hours, "hours")) c.hours = hours_of(*d, found_);
  hours_ = std::make_shared<const working_hours>(c.hours);
}

void assembly::people(configuration& c) {
  const auto* d = only(set_.organisations, "organisation");
  c.people = std::make_shared<const organisation>(d ? d->value : organisation{});
  if (!d) return;
  problems wrong = check(*c.people, places_.below(d->node, "kind"));
  places_.settle(wrong);
  for (error& e : wrong)
    if (!found_.blamed(e.where) && (d->sound || e.code == errc::duplicate_id))
      found_.add(std::move(e));
}

const located<flowchart>* assembly::chart(const flowchart_id& id) const {
  const auto it = charts_.find(id);
  return it == charts_.end() ? nullptr : it->second;
}

void assembly::charts(configuration& c) {
  check_unique(set_.flowcharts, "id", id_of, found_);
  for (const located<flowchart>& f : set_.flowcharts) {
    c.flowcharts.push_back(f.value);
    charts_.emplace(f.value.id, &f);
    if (!f.sound) continue;
    problems wrong = check(f.value, places_.below(f.node, "node"));
    places_.settle(wrong);
    found_.add(std::move(wrong));
  }
}

void assembly::items(configuration& c) {
  for (const located<catalogue_document>& d : set_.catalogues) entries_.add(d);
  c.catalogue = entries_.entries();
  if (!set_.items.empty() && set_.organisations.empty() && set_.complete)
    found_.add(at(make_error(errc::missing_field,
                             "items need departments: add a document of kind organisation",
                             "事项需要部门:请增加 organisation 文档"),
                  set_.items[0].node.where()));
  for (const located<service_item>& i : set_.items) {
    const located<service_item> whole{entries_.completed(i.value), i.node, i.sound};
    c.items.push_back(whole.value);
    link_item(whole, c);
  }
  between_items(c);
}

/// What is wrong between items. Their flowcharts have been looked for already.
void assembly::between_items(const configuration& c) {
  item_references known;
  if (entries_.any_documents()) known.entries = entries_.ids();
  library_.add_to(known);
  problems wrong = check(c.items, known, [&](std::size_t i, std::string_view path) {
    return places_.below(set_.items[i].node, "case_kind")(path);
  });
  for (std::size_t i = 0; i < c.items.size() && library_.any_laws(); ++i)
    for (error& e :
         check_basis_names(c.items[i], c.laws, places_.below(set_.items[i].node, "case_kind")))
      if (!found_.blamed(e.where)) wrong.push_back(std::move(e));
  places_.settle(wrong);
  for (error& e : wrong)
    if (set_.complete || e.code == errc::duplicate_code) found_.add(std::move(e));
}

/// Keeps what link() and check() found, but for what only follows from a value that could not be
/// read.
void assembly::keep(problems all, const located<service_item>& item,
                    const located<flowchart>* chart) {
  places_.settle(all);
  const bool people_known =
      set_.complete && !set_.organisations.empty() && set_.organisations[0].sound;
  const std::string item_file = item.node.where().file;
  for (error& e : all) {
    if (found_.blamed(e.where)) continue;
    if (e.code == errc::unknown_reference && !people_known) continue;
    if (e.where.file != item_file && !(item.sound && chart && chart->sound)) continue;
    found_.add(std::move(e));
  }
}

void assembly::link_item(const located<service_item>& item, configuration& c) {
  const located<flowchart>* drawn = chart(item.value.flow);
  const locator in_item = places_.below(item.node, "case_kind");
  if (!drawn) { // what can be said without a chart: link() finds it beside what an empty one lacks
    keep(link(item.value, {}, c.people, {in_item, nowhere}).found, item, nullptr);
    const yaml_node flow = item.node.find("flow");
    if (item.value.flow.empty() || !set_.complete || found_.full()) return;
    found_.add(at(with_hint(make_error(errc::unknown_reference, "there is no flowchart '{}'",
                                       "没有流程图“{}”", item.value.flow.text()),
                            suggestion(item.value.flow.text(), names(set_.flowcharts, id_of))),
                  where(flow, item.node)));
    return;
  }
  linked_definition linked =
      link(item.value, drawn->value, c.people, {in_item, places_.below(drawn->node, "node")});
  if (linked.definition && item.sound && drawn->sound) {
    auto whole = std::make_shared<case_definition>(*linked.definition);
    whole->hours = hours_;
    c.definitions.push_back(std::move(whole));
  }
  keep(std::move(linked.found), item, drawn);
}

/// Laws and business systems come before the items that name them.
void assembly::library(configuration& c) {
  for (const located<laws_document>& d : set_.laws) library_.add(d);
  for (const located<systems_document>& d : set_.systems) library_.add(d);
  c.laws = library_.laws();
  c.systems = library_.systems();
}

void assembly::disclosure(configuration& c) {
  disclosure_book& book = c.disclosure;
  for (const located<duties_document>& d : set_.duties)
    book.duties.insert(book.duties.end(), d.value.duties.begin(), d.value.duties.end());
  add_publications(set_, c.items, book, found_);
}

void assembly::log(configuration& c) {
  const auto* d = only(set_.logs, "log_mapping");
  if (!d) return;
  c.log = d->value;
  const yaml_node item = d->node.find("item");
  if (d->value.item.empty() || !set_.complete || found_.blamed(where(item, d->node))) return;
  const auto it = std::find_if(c.items.begin(), c.items.end(),
                               [&](const service_item& i) { return i.code == d->value.item; });
  if (it != c.items.end()) return check_steps(d->value, d->node, c);
  found_.add(at(with_hint(make_error(errc::unknown_reference, "there is no item '{}'",
                                     "没有事项“{}”", d->value.item.text()),
                          suggestion(d->value.item.text(), names(set_.items, item_code_of))),
                where(item, d->node)));
}

/// The steps a log is mapped to must be steps of the item's chart.
void assembly::check_steps(const log_mapping& log, yaml_node node, const configuration& c) {
  const auto definition = find(c, log.item);
  if (!definition) return; // the chart has problems of its own
  const yaml_node steps = node.find("steps");
  std::vector<std::string_view> known;
  for (const banli::node& n : definition->net.chart().nodes)
    if (n.kind == node_kind::step) known.emplace_back(n.id.text());
  for (yaml_node s = steps ? steps.first() : yaml_node{}; s; s = s.next())
    if (std::find(known.begin(), known.end(), s.text()) == known.end())
      found_.add(at(with_hint(make_error(errc::unknown_reference, "the flowchart has no step '{}'",
                                         "流程图没有环节“{}”", s.text()),
                              suggestion(s.text(), known)),
                    s.where()));
}

} // namespace banli::detail
