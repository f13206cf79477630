// Counting over many cases, and the rules that read the counts.
#include <banli/supervision/cross_case.hpp>

#include <algorithm>
#include <set>
#include <tuple>

#include <banli/engine/case_clocks.hpp>
#include <banli/engine/case_facts.hpp>
#include <banli/engine/deemed_overdue.hpp>
#include <banli/expression/bound_values.hpp>

namespace banli {

namespace {

using month_of_year = std::chrono::year_month;

struct counted_word {
  const char* name;
  const char* label;
  std::int64_t counted_month::*count;
};

constexpr counted_word counted_words[] = {
    {"accepted", "受理量", &counted_month::accepted},
    {"closed", "办结量", &counted_month::closed},
    {"refused", "否定数", &counted_month::refused},
    {"closed_penalties", "处罚办结量", &counted_month::closed_penalties},
    {"refused_penalties", "处罚否定数", &counted_month::refused_penalties},
    {"overdue", "超期数", &counted_month::overdue},
    {"with_hits", "触发办件数", &counted_month::with_hits},
    {"interrupted", "不规范流程数", &counted_month::interrupted},
    {"returned_twice", "多次退回数", &counted_month::returned_twice},
    {"items_used", "在用事项数", &counted_month::items_used},
    {"outside_benchmark", "超出裁量基准数", &counted_month::outside_benchmark},
};

/// Counts of every unit and month of which something is known.
using counts_by_month = std::map<std::pair<department_id, month_of_year>, counted_month>;

counts_by_month count_all(std::span<const watched_case> cases) {
  counts_by_month out;
  std::map<std::pair<department_id, month_of_year>, std::set<item_id>> used;
  const auto row = [&](const watched_case& c, instant t) -> counted_month& {
    counted_month& m = out[{c.unit, month_of(day_of(t))}];
    m.unit = c.unit;
    m.month = month_of(day_of(t));
    return m;
  };
  for (const watched_case& c : cases) {
    if (c.accepted) {
      counted_month& m = row(c, *c.accepted);
      ++m.accepted;
      m.with_hits += c.hits > 0 ? 1 : 0;
      m.interrupted += c.interrupted ? 1 : 0;
      m.returned_twice += c.returned_twice ? 1 : 0;
      used[{c.unit, m.month}].insert(c.item);
    }
    if (!c.ended) continue;
    counted_month& m = row(c, *c.ended);
    const bool penalty = c.item_type == "CF";
    ++(penalty ? m.closed_penalties : m.closed);
    if (c.refused) ++(penalty ? m.refused_penalties : m.refused);
    m.overdue += c.overdue ? 1 : 0;
    m.outside_benchmark += c.outside_benchmark ? 1 : 0;
  }
  for (const auto& [key, items] : used)
    out[key].items_used = static_cast<std::int64_t>(items.size());
  return out;
}

counted_month counts_of(const counts_by_month& all, const department_id& unit,
                        month_of_year month) {
  if (const auto it = all.find({unit, month}); it != all.end()) return it->second;
  counted_month none;
  none.unit = unit;
  none.month = month;
  return none;
}

std::set<department_id> units_of(std::span<const watched_case> cases) {
  std::set<department_id> out;
  for (const watched_case& c : cases) out.insert(c.unit);
  return out;
}

/// The record that a rule speaks of.
result<std::string> subject_of_rule(const compiled_rule& r) {
  std::set<std::string> records;
  for (const std::string& path : r.reads()) records.insert(path.substr(0, path.find('.')));
  if (records.size() == 1) return *records.begin();
  return make_error(errc::bad_value, "rule '{}' must speak of one of unit, person and pair",
                    "规则“{}”只能涉及 unit、person、pair 之一", r.id().text());
}

/// Judges the rules of one kind of subject, and keeps what they find.
class together {
 public:
  together(std::span<const watched_case> cases, const cross_case_span& over,
           std::vector<cross_case_hit>& out)
      : cases_(cases), over_(over), out_(out), counts_(count_all(cases)) {}

  void months(const compiled_rule& r) {
    std::map<month_of_year, std::pair<std::int64_t, std::int64_t>> overall; // used, owned
    const auto units = units_of(cases_);
    for (month_of_year m = over_.from; m < over_.until; m += std::chrono::months{1})
      for (const department_id& u : units) {
        overall[m].first += counts_of(counts_, u, m).items_used;
        overall[m].second += owned(u);
      }
    for (const department_id& u : units)
      for (month_of_year m = over_.from; m < over_.until; m += std::chrono::months{1}) {
        bound_values b;
        set_counts(b, "", counts_of(counts_, u, m));
        set_counts(b, "previous_", counts_of(counts_, u, m - std::chrono::months{1}));
        set_counts(b, "last_year_", counts_of(counts_, u, m - std::chrono::years{1}));
        b.set("unit.items_owned", value(owned(u)));
        b.set("unit.all_items_used", value(overall[m].first));
        b.set("unit.all_items_owned", value(overall[m].second));
        const month_of_year after = m + std::chrono::months{1};
        cross_case_hit h;
        h.unit = u;
        h.raised = instant{to_day(after.year() / after.month() / 1)};
        if (r.judge(b).kind == verdict_kind::fires) add(r, b, std::move(h));
      }
  }

  /// Broken promises of each person, as they are added.
  void persons(const compiled_rule& r) {
    std::map<person_id, std::vector<instant>> of;
    for (const watched_case& c : cases_)
      if (c.overdue && c.ended && !c.officer.empty()) of[c.officer].push_back(*c.ended);
    for (auto& [who, times] : of) {
      cross_case_hit h;
      h.person = who;
      slide(r, times, over_.person_window, "person.breaches", h);
    }
  }

  /// Cases of one officer for one applicant, as they are closed.
  void pairs(const compiled_rule& r) {
    std::map<std::pair<person_id, std::string>, std::vector<instant>> of;
    for (const watched_case& c : cases_)
      if (c.ended && !c.officer.empty() && !c.applicant.empty())
        of[{c.officer, c.applicant}].push_back(*c.ended);
    for (auto& [who, times] : of) {
      cross_case_hit h;
      h.person = who.first;
      h.applicant = who.second;
      slide(r, times, over_.pair_window, "pair.cases", h);
    }
  }

 private:
  std::int64_t owned(const department_id& u) const {
    const auto it = over_.items_owned.find(u);
    return it == over_.items_owned.end() ? 0 : it->second;
  }

  static void set_counts(bound_values& b, const std::string& prefix, const counted_month& m) {
    for (const counted_word& w : counted_words) b.set("unit." + prefix + w.name, value(m.*w.count));
  }

  /// Judges a count within a sliding window each time something is added to it.
  void slide(const compiled_rule& r, std::vector<instant>& times, std::chrono::days window,
             const char* field, const cross_case_hit& of) {
    std::sort(times.begin(), times.end());
    const instant first{to_day(over_.from.year() / over_.from.month() / 1)};
    const instant end{to_day(over_.until.year() / over_.until.month() / 1)};
    std::size_t oldest = 0;
    bool fired = false;
    for (std::size_t i = 0; i < times.size() && times[i] < end; ++i) {
      while (times[i] - times[oldest] >= window) ++oldest;
      if (i + 1 < times.size() && times[i + 1] == times[i]) continue; // all of an instant at once
      bound_values b;
      b.set(field, value(static_cast<std::int64_t>(i - oldest + 1)));
      const bool fires = r.judge(b).kind == verdict_kind::fires;
      if (fires && !fired && times[i] >= first) {
        cross_case_hit h = of;
        h.raised = times[i];
        add(r, b, std::move(h));
      }
      fired = fires;
    }
  }

  void add(const compiled_rule& r, const bound_values& b, cross_case_hit h) {
    static const environment words = cross_case_environment();
    h.rule = r.id();
    h.level = r.definition().level;
    h.message = {r.message(b, language::en), r.message(b, language::zh)};
    for (const fact& f : r.facts(b))
      h.facts.push_back({f.name, words.labelled(f.name), f.value ? to_text(*f.value) : "?"});
    out_.push_back(std::move(h));
  }

  std::span<const watched_case> cases_;
  const cross_case_span& over_;
  std::vector<cross_case_hit>& out_;
  counts_by_month counts_;
};

/// Where several thresholds are passed at once, the loudest rule speaks.
void drop_superseded(std::vector<cross_case_hit>& hits, const rule_set& rules) {
  const auto subject = [](const cross_case_hit& h) {
    return std::tie(h.raised, h.unit, h.person, h.applicant);
  };
  std::map<decltype(subject(hits.front())), std::set<rule_id>> kept_down;
  for (const cross_case_hit& h : hits) {
    const auto& below = rules.find(h.rule)->definition().supersedes;
    if (!below.empty()) kept_down[subject(h)].insert(below.begin(), below.end());
  }
  std::vector<cross_case_hit> heard;
  for (const cross_case_hit& h : hits) {
    const auto down = kept_down.find(subject(h));
    if (down == kept_down.end() || !down->second.contains(h.rule)) heard.push_back(h);
  }
  hits = std::move(heard);
}

/// The fact of that name, as A026 reads it.
bool leaves_benchmark(const case_definition& definition, const case_state& state,
                      const workday_calendar& calendar) {
  static const std::string path = "case.outside_benchmark";
  static const std::uint32_t slot = *fact_environment().slot(path);
  const case_facts facts{definition, state, calendar, nullptr, state.last};
  const reading r = facts.read({slot, path});
  return r.now && r.now->as_bool() == true;
}

} // namespace

result<watched_case> watched(const case_definition& definition, const case_state& state,
                             const workday_calendar& calendar, std::span<const hit> hits) {
  watched_case c;
  c.id = state.id;
  c.unit = definition.item.department;
  c.item = definition.item.code;
  c.item_type = definition.item.type;
  c.ended = state.ended;
  c.hits = hits.size();
  c.officer = state.decider;
  c.applicant = state.applicant;
  c.refused = state.phase == case_phase::refused || state.result == case_result::refused;
  if (state.was_accepted() || state.phase == case_phase::refused) c.accepted = state.accepted;
  c.interrupted = state.suspensions > 0 || state.returns > 0 ||
                  state.phase == case_phase::withdrawn || state.phase == case_phase::concluded;
  for (const auto& [step, n] : state.returns_of) c.returned_twice = c.returned_twice || n >= 2;
  c.outside_benchmark = leaves_benchmark(definition, state, calendar);
  if (!state.was_accepted() || !state.ended) return c;
  const auto k = clocks(definition, state, calendar);
  if (!k) return k.error();
  c.overdue = !in_time(k->promised.result, *state.ended) && own_fault(state) != false;
  return c;
}

environment cross_case_environment() {
  environment env;
  std::vector<type_field> fields;
  for (const char* prefix : {"", "previous_", "last_year_"})
    for (const counted_word& w : counted_words)
      fields.push_back({std::string{prefix} + w.name, type_kind::integer});
  for (const char* name : {"items_owned", "all_items_used", "all_items_owned"})
    fields.push_back({name, type_kind::integer});
  env.declare("unit", type::record("unit", std::move(fields)));
  env.declare("person", type::record("person", {{"breaches", type_kind::integer}}));
  env.declare("pair", type::record("pair", {{"cases", type_kind::integer}}));
  env.alias({.label = "单位", .name = "unit"}).alias({.label = "人员", .name = "person"});
  env.alias({.label = "往来", .name = "pair"}).alias({.label = "违诺次数", .name = "breaches"});
  env.alias({.label = "办件数", .name = "cases"})
      .alias({.label = "事项总数", .name = "items_owned"});
  for (const counted_word& w : counted_words) {
    env.alias({.label = w.label, .name = w.name});
    env.alias({.label = std::string{"上月"} + w.label, .name = std::string{"previous_"} + w.name});
    env.alias(
        {.label = std::string{"去年同月"} + w.label, .name = std::string{"last_year_"} + w.name});
  }
  return env;
}

std::vector<counted_month> counted_months(std::span<const watched_case> cases,
                                          const cross_case_span& over) {
  const counts_by_month all = count_all(cases);
  std::vector<counted_month> out;
  for (const department_id& u : units_of(cases))
    for (month_of_year m = over.from; m < over.until; m += std::chrono::months{1})
      out.push_back(counts_of(all, u, m));
  return out;
}

result<std::vector<cross_case_hit>> watch_together(std::span<const watched_case> cases,
                                                   const rule_set& rules,
                                                   const cross_case_span& over) {
  if (!over.from.ok() || !over.until.ok() || over.until < over.from)
    return make_error(errc::bad_value, "the span of months ends before it begins",
                      "月份区间的结束早于开始");
  if (over.until - over.from > std::chrono::months{1200})
    return make_error(errc::limit_exceeded, "more than {} months", "月份超过 {} 个", 1200);
  if (const problems foreign = rules.foreign_to(cross_case_environment()); !foreign.empty())
    return foreign.front();
  std::vector<cross_case_hit> out;
  together all(cases, over, out);
  for (const compiled_rule& r : rules.rules()) {
    const auto about = subject_of_rule(r);
    if (!about) return about.error();
    if (*about == "unit") all.months(r);
    if (*about == "person") all.persons(r);
    if (*about == "pair") all.pairs(r);
  }
  if (!out.empty()) drop_superseded(out, rules);
  std::stable_sort(out.begin(), out.end(), [](const cross_case_hit& a, const cross_case_hit& b) {
    return std::tie(a.raised, a.rule, a.unit, a.person, a.applicant) <
           std::tie(b.raised, b.rule, b.unit, b.person, b.applicant);
  });
  return out;
}

std::vector<case_id> sample_of(std::vector<case_id> cases, std::size_t count,
                               const std::string& seed) {
  std::vector<std::pair<std::string, case_id>> all;
  for (case_id& id : cases) {
    std::string hash = sha256(seed + ":" + id.text());
    all.emplace_back(std::move(hash), std::move(id));
  }
  std::sort(all.begin(), all.end());
  cases.clear();
  for (std::size_t i = 0; i < std::min(count, all.size()); ++i)
    cases.push_back(std::move(all[i].second));
  return cases;
}

} // namespace banli
