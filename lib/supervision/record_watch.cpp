// Rules over records: each record is walked from instant to instant at which a verdict may change.
#include <banli/supervision/record_watch.hpp>

#include <algorithm>
#include <set>
#include <tuple>

#include <banli/expression/bound_values.hpp>

#include "wake.hpp"

namespace banli {

namespace {

constexpr std::size_t looks_of_record = 10'000;

std::string record_named_in(const std::string& path) { return path.substr(0, path.find('.')); }

/// The records that a rule speaks of: hit, order, column.
std::set<std::string> subjects_of(const compiled_rule& r, const environment& words) {
  std::set<std::string> out;
  for (const std::string& path : r.reads())
    if (words.slot(path)) out.insert(record_named_in(path));
  return out;
}

bool speaks_of(const std::set<std::string>& subjects, const watched_record& r) {
  const auto has = [&](const std::string& subject) {
    const auto is = [&](const auto& x) { return record_named_in(x) == subject; };
    return std::any_of(r.facts.begin(), r.facts.end(),
                       [&](const auto& f) { return is(f.first); }) ||
           std::any_of(r.counts.begin(), r.counts.end(),
                       [&](const record_count& c) { return is(c.path); });
  };
  return !subjects.empty() && std::all_of(subjects.begin(), subjects.end(), has);
}

/// One record, walked through time.
class record_walk {
 public:
  record_walk(const watched_record& r, const workday_calendar& calendar, instant until)
      : r_(r), until_(r.ended ? std::min(*r.ended, until) : until) {
    for (const record_count& c : r.counts)
      if (auto steps = steps_of(c, calendar))
        counts_.push_back(*std::move(steps));
      else
        wrong_ = steps.error();
  }

  const std::optional<error>& wrong() const { return wrong_; }

  /// What a rule finds. At the instant at which a record ends it has ended.
  result<std::vector<record_hit>> of(const compiled_rule& rule) const {
    std::vector<record_hit> out;
    std::size_t looks = 0;
    std::optional<instant> next = r_.begun;
    while (next && *next <= until_ && !(r_.ended && *next >= *r_.ended)) {
      if (++looks > looks_of_record)
        return make_error(errc::limit_exceeded, "record {} was looked at more than {} times",
                          "“{}”的查看次数超过 {}", r_.id, looks_of_record);
      const instant now = *next;
      const bound_values at = values_at(now);
      verdict v;
      if (in_force(rule.definition(), day_of(now))) v = rule.judge(at);
      const bool open = !out.empty() && !out.back().ended;
      if (v.kind == verdict_kind::fires && !open) out.push_back(hit_of(rule, at, now));
      if (v.kind == verdict_kind::silent && open) out.back().ended = now;
      next = detail::sooner(v.holds_until, detail::force_changes(rule.definition(), now));
    }
    if (r_.ended && *r_.ended <= until_ && !out.empty() && !out.back().ended)
      out.back().ended = r_.ended;
    return out;
  }

 private:
  bound_values values_at(instant now) const {
    bound_values out{now};
    for (const auto& [path, v] : r_.facts) out.set(path, v);
    for (std::size_t i = 0; i < counts_.size(); ++i)
      out.set_clock(r_.counts[i].path, clock_course::rising, counts_[i]);
    return out;
  }

  /// The mornings on which a count rises, as far as they are asked for.
  result<std::vector<clock_step>> steps_of(const record_count& c,
                                           const workday_calendar& calendar) const {
    std::vector<clock_step> out{{instant{c.from}, value(std::int64_t{0})}};
    std::int64_t n = 0;
    for (day d = c.from + days{1}; instant{d} <= until_; d += days{1}) {
      if (c.workdays) {
        if (!calendar.contains(d))
          return make_error(errc::out_of_range, "the calendar does not reach {}", "日历不含 {}",
                            to_text(d));
        if (!calendar.is_workday(d)) continue;
      }
      out.push_back({instant{d}, value(++n)});
    }
    return out;
  }

  record_hit hit_of(const compiled_rule& rule, const bound_values& at, instant now) const {
    static const environment words = record_environment();
    record_hit h;
    h.rule = rule.id();
    h.level = rule.definition().level;
    h.id = r_.id;
    h.unit = r_.unit;
    h.raised = now;
    h.message = {rule.message(at, language::en), rule.message(at, language::zh)};
    for (const fact& f : rule.facts(at))
      h.facts.push_back({f.name, words.labelled(f.name), f.value ? to_text(*f.value) : "?"});
    return h;
  }

  const watched_record& r_;
  instant until_;
  std::vector<std::vector<clock_step>> counts_;
  std::optional<error> wrong_;
};

/// A louder rule ends what it supersedes, and keeps it from being raised while it holds.
void let_louder_speak(std::vector<record_hit>& hits, const rule_set& rules) {
  const auto louder = [&](const record_hit& by, const record_hit& h) {
    const auto& below = rules.find(by.rule)->definition().supersedes;
    return std::find(below.begin(), below.end(), h.rule) != below.end();
  };
  const std::vector<record_hit> all = hits;
  std::erase_if(hits, [&](const record_hit& h) {
    return std::any_of(all.begin(), all.end(), [&](const record_hit& by) {
      return louder(by, h) && by.raised <= h.raised && (!by.ended || h.raised < *by.ended);
    });
  });
  for (record_hit& h : hits)
    for (const record_hit& by : hits)
      if (louder(by, h) && by.raised > h.raised && (!h.ended || by.raised < *h.ended)) {
        h.ended = by.raised;
        h.superseded_by = by.rule;
      }
}

} // namespace

environment record_environment() {
  environment env;
  env.declare("hit", type::record("hit", {{"rule", type_kind::string},
                                          {"level", type_kind::string},
                                          {"order_issued", type_kind::boolean},
                                          {"unanswered_workdays", type_kind::integer}}));
  env.declare("order", type::record("order", {{"phase", type_kind::string},
                                              {"level", type_kind::integer},
                                              {"unit", type_kind::string},
                                              {"open_workdays", type_kind::integer}}));
  env.declare("column", type::record("column", {{"name", type_kind::string},
                                                {"unit", type_kind::string},
                                                {"ever_published", type_kind::boolean},
                                                {"late_days", type_kind::integer},
                                                {"missing_elements", type_kind::integer},
                                                {"undisclosed_items", type_kind::integer}}));
  constexpr std::pair<const char*, const char*> labels[] = {{"命中", "hit"},
                                                            {"督办单", "order"},
                                                            {"栏目", "column"},
                                                            {"规则", "rule"},
                                                            {"级别", "level"},
                                                            {"已发督办", "order_issued"},
                                                            {"未督办工作日", "unanswered_workdays"},
                                                            {"状态", "phase"},
                                                            {"单位", "unit"},
                                                            {"未办结工作日", "open_workdays"},
                                                            {"名称", "name"},
                                                            {"曾经发布", "ever_published"},
                                                            {"逾期日数", "late_days"},
                                                            {"缺少要素数", "missing_elements"},
                                                            {"未公开事项数", "undisclosed_items"}};
  for (const auto& [label, name] : labels) env.alias({.label = label, .name = name});
  return env;
}

watched_record record_of(const hit& h) {
  watched_record r;
  r.id = h.id.text();
  r.begun = h.raised;
  r.ended = h.ended;
  r.facts = {{"hit.rule", value(h.rule.text())},
             {"hit.level", value(to_string(h.level))},
             {"hit.order_issued", value(h.end == hit_end::answered)}};
  r.counts = {{"hit.unanswered_workdays", day_of(h.raised), true}};
  return r;
}

watched_record record_of(const supervision_order& o) {
  watched_record r;
  r.id = o.id.text();
  r.unit = o.supervisor.text();
  r.begun = o.begun;
  r.ended = o.ended;
  r.facts = {{"order.phase", value(to_string(o.phase))},
             {"order.level", value(std::int64_t{o.level})},
             {"order.unit", value(o.unit.text())}};
  r.counts = {{"order.open_workdays", day_of(o.raised.value_or(o.begun)), true}};
  return r;
}

result<std::vector<record_hit>> watch_records(std::span<const watched_record> records,
                                              const rule_set& rules,
                                              const workday_calendar& calendar, instant until) {
  const environment words = record_environment();
  if (const problems foreign = rules.foreign_to(words); !foreign.empty()) return foreign.front();
  std::vector<std::set<std::string>> subjects;
  for (const compiled_rule& r : rules.rules()) subjects.push_back(subjects_of(r, words));
  std::vector<record_hit> out;
  for (const watched_record& r : records) {
    const record_walk walk(r, calendar, until);
    if (walk.wrong()) return *walk.wrong();
    std::vector<record_hit> found;
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      if (!speaks_of(subjects[i], r)) continue;
      auto hits = walk.of(rules.rules()[i]);
      if (!hits) return hits.error();
      std::move(hits->begin(), hits->end(), std::back_inserter(found));
    }
    let_louder_speak(found, rules);
    std::move(found.begin(), found.end(), std::back_inserter(out));
  }
  std::stable_sort(out.begin(), out.end(), [](const record_hit& a, const record_hit& b) {
    return std::tie(a.raised, a.rule, a.id) < std::tie(b.raised, b.rule, b.id);
  });
  return out;
}

} // namespace banli
