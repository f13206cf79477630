// How the columns of a website stand.
#include <banli/library/disclosure.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include <banli/base/nearest.hpp>
#include <banli/item/catalogue.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

std::vector<std::string_view> split(std::string_view s, std::string_view separator) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at <= s.size();) {
    const std::size_t end = std::min(s.find(separator, at), s.size());
    out.push_back(s.substr(at, end - at));
    at = end + separator.size();
  }
  return out;
}

bool bound_to_scope(const duty_clause& c, std::string_view scope) {
  return c.scope.empty() || scope.empty() ||
         std::find(c.scope.begin(), c.scope.end(), scope) != c.scope.end();
}

/// Whether a publication counts for a clause: what happened is told by content, not by a note.
bool counts_for(const duty_clause& c, const publication& p) {
  if (!bound_to_scope(c, p.scope)) return false;
  const bool told = p.kind == publication_kind::content || p.kind == publication_kind::repost;
  switch (c.trigger) {
  case duty_trigger::event:
  case duty_trigger::request:
  case duty_trigger::accept:
  case duty_trigger::publish:
  case duty_trigger::on_change:
  case duty_trigger::min_count: return told;
  default: return true;
  }
}

/// Takes the units before an "和" away from a phrase and returns the last one. A name has two
/// characters at least, so that 和平区 and 共和县 are one each.
std::string_view split_leads(std::string_view phrase, std::vector<std::string>& out) {
  constexpr std::string_view and_ = "和";
  constexpr std::size_t shortest = 6; // bytes
  std::size_t at = phrase.find(and_, shortest);
  while (at != std::string_view::npos && phrase.size() - at - and_.size() >= shortest) {
    out.emplace_back(phrase.substr(0, at));
    phrase.remove_prefix(at + and_.size());
    at = phrase.find(and_, shortest);
  }
  return phrase;
}

/// What a clause of quality asks of a guide; nothing where only people can judge it.
std::optional<element_list> asked_of_guides(const duty_clause& c) {
  if (c.trigger != duty_trigger::quality) return std::nullopt;
  if (c.subject == "guide" || c.subject == "guide8") return element_list::guide_eight;
  if (c.subject == "working_hours_stated") return element_list::clear_hours;
  if (c.subject == "forms_attached" || c.subject == "forms_downloadable")
    return element_list::attached_forms;
  return std::nullopt;
}

int baseline_items() {
  const auto& lines = catalogue::baseline().lines;
  return static_cast<int>(std::count_if(lines.begin(), lines.end(), [](const catalogue_line& l) {
    return l.key.part == catalogue_part::disclosure;
  }));
}

bool is_quiet_clause(const duty_clause& c) {
  return c.trigger == duty_trigger::if_none ||
         (c.trigger == duty_trigger::if_unchanged && c.pace != duty_pace::limit);
}

/// What happened to one column.
struct column_history {
  std::vector<const publication*> published{};
  std::vector<const disclosure_event*> events{};
};

class reporter {
 public:
  reporter(const disclosure_book& book, const workday_calendar& calendar, day today,
           const disclosure_rules& rules)
      : book_(book), calendar_(calendar), today_(today), rules_(rules) {
    for (const publication& p : book.publications)
      if (p.date <= today) history_[p.column].published.push_back(&p);
    for (const disclosure_event& e : book.events)
      if (e.date <= today) history_[e.column].events.push_back(&e);
    for (auto& [column, h] : history_)
      std::stable_sort(h.published.begin(), h.published.end(),
                       [](const auto* a, const auto* b) { return a->date < b->date; });
  }

  result<disclosure_report> run() {
    out_.today = today_;
    for (std::size_t i = 0; i < book_.duties.size(); ++i)
      if (auto wrong = line(i)) return *std::move(wrong);
    publications();
    return std::move(out_);
  }

 private:
  std::optional<error> line(std::size_t i) {
    const disclosure_duty& d = book_.duties[i];
    const column_history& h = history_[d.column];
    disclosure_line l;
    l.duty = i;
    for (std::size_t c = 0; c < d.when.clauses.size(); ++c)
      if (auto wrong = clause(d.when.clauses[c], c, h, l)) return wrong;
    stand(l, h);
    count(d, l);
    out_.lines.push_back(std::move(l));
    return std::nullopt;
  }

  std::optional<error> clause(const duty_clause& c, std::size_t index, const column_history& h,
                              disclosure_line& l) {
    duty_history one{book_.since, {}, {}, {}};
    for (const publication* p : h.published)
      if (counts_for(c, *p)) one.published.push_back(p->date);
    for (const disclosure_event* e : h.events)
      if (bound_to_scope(c, e->scope)) one.occurrences.push_back({e->trigger, e->date});
    if (is_quiet_clause(c)) return quiet(index, one, l);
    auto all = obligations(duty{{c}}, calendar_, one, today_, rules_.tolerance);
    if (!all) return all.error();
    for (obligation& o : *all) {
      o.clause = index;
      l.obligations.push_back(o);
    }
    return std::nullopt;
  }

  /// One publication in each quiet period in which nothing happened.
  std::optional<error> quiet(std::size_t index, const duty_history& h, disclosure_line& l) {
    counting_rules plain = rules_.tolerance.rules;
    plain.rolling = roll::none;
    plain.start = start_rule::on_event;
    for (day from = book_.since; from <= today_;) {
      const auto d = due_date(calendar_, rules_.quiet, from, {}, {}, plain);
      if (!d) return d.error();
      const day due = *d->due;
      const auto inside = [&](day x) { return from <= x && x <= due; };
      const bool happened = std::any_of(h.occurrences.begin(), h.occurrences.end(),
                                        [&](const duty_occurrence& o) { return inside(o.date); });
      const auto met = std::find_if(h.published.begin(), h.published.end(), inside);
      if (!happened)
        l.obligations.push_back(
            {index, from, due, met == h.published.end() ? std::nullopt : std::optional{*met}});
      if (l.obligations.size() > rules_.tolerance.max_obligations)
        return make_error(errc::limit_exceeded, "more than {} obligations", "公开义务超过 {} 条",
                          rules_.tolerance.max_obligations);
      from = due + days{1};
    }
    return std::nullopt;
  }

  void stand(disclosure_line& l, const column_history& h) const {
    day before = book_.since;
    for (const publication* p : h.published) {
      l.longest_gap = std::max(l.longest_gap, p->date - before);
      before = std::max(before, p->date);
    }
    l.longest_gap = std::max(l.longest_gap, today_ - before);
    if (!h.published.empty()) l.last_published = h.published.back()->date;
    for (const obligation& o : l.obligations)
      if (!o.met && (!l.next_due || o.due < *l.next_due)) l.next_due = o.due;
    if (l.next_due) l.late = std::max(today_ - *l.next_due, days{0});
    l.standing = l.obligations.empty() ? column_standing::unbound
                 : !l.next_due         ? column_standing::in_time
                 : *l.next_due < today_
                     ? (h.published.empty() ? column_standing::missing : column_standing::late)
                 : *l.next_due <= today_ + rules_.soon ? column_standing::due_soon
                                                       : column_standing::in_time;
  }

  void count(const disclosure_duty& d, const disclosure_line& l) {
    const std::string unit = units_of(d).front();
    for (const obligation& o : l.obligations) {
      if (o.due > today_) continue;
      disclosure_counts& c = out_.months[{unit, month_of(o.due)}];
      ++c.due;
      c.late += days_late(o, today_) > days{0} ? 1U : 0U;
    }
  }

  void publications() {
    for (const publication& p : book_.publications) {
      if (p.date > today_) continue;
      disclosure_counts& c = out_.months[{p.unit, month_of(p.date)}];
      switch (p.kind) {
      case publication_kind::content: ++c.content; break;
      case publication_kind::review: ++c.reviews; break;
      case publication_kind::note: ++c.notes; break;
      case publication_kind::repost: ++c.reposts; break;
      }
    }
  }

  const disclosure_book& book_;
  const workday_calendar& calendar_;
  day today_;
  const disclosure_rules& rules_;
  std::unordered_map<std::string, column_history> history_;
  disclosure_report out_;
};

} // namespace

std::vector<std::string> units_of(const disclosure_duty& d) {
  constexpr std::string_view by = "由";
  std::vector<std::string> out;
  for (const std::string_view phrase : split(d.unit, "\uFF0C"))
    for (std::string_view part : split(phrase, "、")) {
      const std::size_t lead = part.find("牵头");
      part = part.substr(0, std::min({lead, part.find("配合"), part.find("及时发布")}));
      if (lead != std::string_view::npos && part.starts_with(by)) part.remove_prefix(by.size());
      if (lead != std::string_view::npos) part = split_leads(part, out);
      if (!part.empty()) out.emplace_back(part);
    }
  if (out.empty()) out.emplace_back();
  return out;
}

disclosure_column column_tree(const std::vector<disclosure_duty>& duties) {
  disclosure_column root;
  for (std::size_t i = 0; i < duties.size(); ++i) {
    disclosure_column* at = &root;
    for (const std::string_view name : split(duties[i].column, ">")) {
      auto it = std::find_if(at->columns.begin(), at->columns.end(),
                             [name](const disclosure_column& c) { return c.name == name; });
      if (it == at->columns.end()) {
        at->columns.push_back({std::string{name}, {}, {}});
        it = at->columns.end() - 1;
      }
      at = &*it;
    }
    at->duties.push_back(i);
  }
  return root;
}

std::string_view to_string(publication_kind k) {
  constexpr std::array<std::string_view, 4> names{"content", "review", "note", "repost"};
  return names[static_cast<std::size_t>(k)];
}
std::string_view label(publication_kind k) {
  constexpr std::array<std::string_view, 4> names{"发布", "审核后重新发布", "说明", "转载"};
  return names[static_cast<std::size_t>(k)];
}
std::string_view to_string(column_standing s) {
  constexpr std::array<std::string_view, 5> names{"unbound", "in_time", "due_soon", "late",
                                                  "missing"};
  return names[static_cast<std::size_t>(s)];
}
std::string_view label(column_standing s) {
  constexpr std::array<std::string_view, 5> names{"无期限", "正常", "即将到期", "逾期未更新",
                                                  "空白栏目"};
  return names[static_cast<std::size_t>(s)];
}

problems check(const disclosure_book& book, const locator& where) {
  problems out;
  std::set<std::string, std::less<>> columns;
  std::set<std::string> numbers;
  for (const disclosure_duty& d : book.duties) columns.insert(d.column);
  const auto add = [&](error e, const std::string& path) {
    e.where = where(path);
    out.push_back(std::move(e));
  };
  const auto known = [&](const std::string& column, const std::string& path) {
    if (!columns.contains(column))
      add(with_hint(make_error(errc::unknown_reference, "no duty keeps the column '{}'",
                               "栏目“{}”没有维护职责", column),
                    suggestion(column, columns)),
          path);
  };
  for (std::size_t i = 0; i < book.duties.size(); ++i)
    for (std::size_t j = 0; j < book.duties[i].baseline.size(); ++j)
      if (const int n = book.duties[i].baseline[j]; n < 1 || n > baseline_items())
        add(make_error(errc::unknown_reference,
                       "the national catalogue has no disclosure item {}: expected 1 to {}",
                       "国家目录没有第 {} 项政府信息公开事项:应为 1 至 {}", n, baseline_items()),
            fmt::format("/duties/{}/baseline/{}", i, j));
  for (std::size_t i = 0; i < book.publications.size(); ++i) {
    const publication& p = book.publications[i];
    const std::string path = fmt::format("/publications/{}", i);
    known(p.column, path + "/column");
    const auto need = [&](const std::string& value, std::string_view field, std::string_view zh) {
      if (value.empty())
        add(make_error(errc::missing_field, "publication '{}' has no {}", "公开信息“{0}”缺少{2}",
                       p.title, field, zh),
            fmt::format("{}/{}", path, field));
    };
    need(p.title, "title", "信息标题");
    need(p.number, "number", "索引号");
    need(p.unit, "unit", "发布部门");
    if (p.kind == publication_kind::repost) need(p.source, "source", "出处");
    if (p.valid_until && *p.valid_until < p.date)
      add(make_error(errc::bad_value, "publication '{}' is valid until {}, before it was published",
                     "公开信息“{}”的有效期至 {},早于发布日期", p.title, to_text(*p.valid_until)),
          path + "/valid_until");
    if (!p.number.empty() && !numbers.insert(p.number).second)
      add(make_error(errc::duplicate_id, "two publications have the number {}", "索引号 {} 重复",
                     p.number),
          path + "/number");
  }
  for (std::size_t i = 0; i < book.events.size(); ++i)
    known(book.events[i].column, fmt::format("/events/{}/column", i));
  return out;
}

problems check_published_items(const disclosure_book& book, std::span<const item_id> known,
                               const locator& where) {
  std::set<std::string_view> codes;
  for (const item_id& code : known) codes.insert(code.text());
  problems out;
  for (std::size_t i = 0; i < book.publications.size(); ++i) {
    const item_id& item = book.publications[i].item;
    if (!item.empty() && !codes.contains(item.text()))
      out.push_back(at(with_hint(make_error(errc::unknown_reference, "there is no item '{}'",
                                            "没有事项“{}”", item.text()),
                                 suggestion(item.text(), codes)),
                       where(fmt::format("/publications/{}/item", i))));
  }
  return out;
}

result<disclosure_report> report(const disclosure_book& book, const workday_calendar& calendar,
                                 day today, const disclosure_rules& rules) {
  return reporter{book, calendar, today, rules}.run();
}

std::vector<incomplete_guide> incomplete_guides(const disclosure_book& book,
                                                const item_library& items, day today) {
  std::vector<incomplete_guide> out;
  for (std::size_t i = 0; i < book.duties.size(); ++i) {
    std::set<element_list> asked;
    for (const duty_clause& c : book.duties[i].when.clauses)
      if (const auto list = asked_of_guides(c)) asked.insert(*list);
    if (asked.empty()) continue;
    std::set<item_id> seen;
    for (const publication& p : book.publications) {
      if (p.column != book.duties[i].column || p.date > today || p.item.empty()) continue;
      const item_version* v = items.as_of(p.item, today);
      if (v == nullptr || !seen.insert(p.item).second) continue;
      std::vector<missing_element> missing;
      for (const element_list list : asked)
        for (const missing_element& m : completeness(v->item, list).missing)
          if (std::find(missing.begin(), missing.end(), m) == missing.end()) missing.push_back(m);
      if (!missing.empty()) out.push_back({i, p.item, std::move(missing)});
    }
  }
  return out;
}

std::vector<std::size_t> lapsed_publications(const disclosure_book& book, day today) {
  std::map<std::pair<std::string_view, std::string_view>, day> latest; // by column and title
  for (const publication& p : book.publications) {
    if (p.date > today) continue;
    const auto [at, fresh] = latest.try_emplace({p.column, p.title}, p.date);
    if (!fresh) at->second = std::max(at->second, p.date);
  }
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < book.publications.size(); ++i) {
    const publication& p = book.publications[i];
    if (!p.valid_until || *p.valid_until >= today || p.date > today) continue;
    if (latest.at({p.column, p.title}) <= *p.valid_until) out.push_back(i);
  }
  return out;
}

std::vector<int> unmapped_items(const disclosure_book& book) {
  std::vector<int> out;
  for (int n = 1; n <= baseline_items(); ++n)
    if (std::none_of(book.duties.begin(), book.duties.end(), [n](const disclosure_duty& d) {
          return std::find(d.baseline.begin(), d.baseline.end(), n) != d.baseline.end();
        }))
      out.push_back(n);
  return out;
}

std::vector<disclosure_event> item_changes(const disclosure_book& book, const item_library& items,
                                           day today) {
  std::set<std::pair<day, std::string>> found; // one event a day and column is enough
  for (const publication& p : book.publications) {
    const item_entry* e = p.item.empty() ? nullptr : items.find(p.item);
    if (e == nullptr || p.date > today) continue;
    for (const item_version& v : e->versions)
      for (const std::optional<day>& changed : {v.effective, v.ended})
        if (changed && *changed > p.date && *changed <= today) found.emplace(*changed, p.column);
  }
  std::vector<disclosure_event> out;
  for (const auto& [when, column] : found)
    out.push_back({column, duty_trigger::on_change, when, {}});
  return out;
}

std::vector<item_hit> undisclosed_items(const disclosure_book& book, const item_library& items,
                                        day today) {
  std::set<item_id> told;
  for (const publication& p : book.publications)
    if (p.date <= today && !p.item.empty()) told.insert(p.item);
  std::vector<item_hit> out;
  for (const item_entry& e : items.entries()) {
    const item_version* v = items.as_of(e.number, today);
    if (v != nullptr && !told.contains(v->item.code)) out.push_back({e.number, v->number});
  }
  return out;
}

} // namespace banli
