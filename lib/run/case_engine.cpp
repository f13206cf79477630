// Commands into a store: which definition, exactly once, decided again where somebody was faster.
#include <banli/run/case_engine.hpp>

#include <algorithm>
#include <map>

#include <banli/engine/case_life_cycle.hpp>
#include <banli/engine/commit_rules.hpp>
#include <banli/time/text.hpp>

#include "refusal_audit.hpp"

namespace banli {

struct case_engine::known {
  std::vector<std::shared_ptr<const case_definition>> definitions;
  std::map<std::string, std::shared_ptr<const case_definition>, std::less<>> by_hash;
  std::map<item_id, std::shared_ptr<const case_definition>> newest;
  workday_calendar calendar;
  std::optional<rule_set> rules;
  std::optional<error> foreign; ///< of the rules: a word that no command has

  known(std::vector<std::shared_ptr<const case_definition>> all, workday_calendar cal,
        std::optional<rule_set> commit_rules)
      : definitions(std::move(all)), calendar(std::move(cal)), rules(std::move(commit_rules)) {
    for (const auto& d : definitions) {
      by_hash.insert_or_assign(d->hash, d);
      newest.insert_or_assign(d->item.code, d);
    }
    if (!rules) return;
    if (problems found = rules->foreign_to(commit_environment()); !found.empty())
      foreign = std::move(found.front());
  }

  std::shared_ptr<const case_definition> find(std::string_view hash) const {
    const auto it = by_hash.find(hash);
    return it == by_hash.end() ? nullptr : it->second;
  }

  definition_source source() const {
    return [this](std::string_view hash) { return find(hash); };
  }
};

namespace {

bool begins_a_case(action a) { return phase_after(case_phase::none, a).has_value(); }

error unknown_to_engine(const command& c) {
  if (!begins_a_case(c.what))
    return make_error(errc::not_accepted, "case {} has not been accepted: '{}' must wait for it",
                      "办件 {} 尚未受理,不能执行“{}”", c.id.text(), to_string(c.what));
  return make_error(errc::unknown_item, "there is no item '{}'", "没有事项“{}”",
                    c.with.item.text());
}

/// One row of the table: what runs, and how far.
result<void> add_row(const case_view& v, instant now, case_table& t) {
  const case_state& s = v.state;
  t.id.push_back(s.id);
  t.item.push_back(v.definition->item.code);
  t.phase.push_back(s.phase);
  t.version.push_back(s.version);
  t.accepted.push_back(s.was_accepted() ? s.accepted : case_table::no_instant);
  t.ended.push_back(s.ended.value_or(case_table::no_instant));
  const auto due_of = [](const running_limit* l) {
    return l == nullptr ? case_table::no_day : l->result.due.value_or(case_table::no_day);
  };
  const case_clocks* const k = v.clocks ? &*v.clocks : nullptr;
  t.due.push_back(due_of(k ? &k->promised : nullptr));
  t.statutory_due.push_back(due_of(k && k->statutory ? &*k->statutory : nullptr));
  usage u{};
  if (k) {
    const auto counted = used(k->promised, v.calendar, s.ended ? std::min(now, *s.ended) : now);
    if (!counted) return counted.error();
    u = *counted;
  }
  t.total.push_back(u.total);
  t.used.push_back(u.used);
  t.remaining.push_back(u.remaining);
  return {};
}

} // namespace

engine_parts parts_of(const configuration& config) {
  return {config.definitions, config.calendar, config.commit_rules};
}

case_engine::case_engine(engine_parts parts, case_store& store, engine_options options)
    : store_(store), options_(options),
      known_(std::make_shared<const known>(std::move(parts.definitions), std::move(parts.calendar),
                                           std::move(parts.commit_rules))) {}

std::shared_ptr<const case_engine::known> case_engine::now() const {
  const std::scoped_lock hold{mutex_};
  return known_;
}

result<submission> case_engine::submit(const command& given, const std::optional<instant>& clock) {
  command c = given;
  if (clock && !c.with.recorded && c.at + options_.prompt < *clock) c.with.recorded = *clock;
  if (c.request.empty())
    return at(
        make_error(errc::bad_value, "a command needs the id of its request", "命令缺少请求编号"),
        c.where);
  const auto k = now();
  if (k->foreign) return *k->foreign;
  for (int attempt = 1;; ++attempt) {
    const auto done = store_.find_request(c.request);
    if (!done) return done.error();
    if (*done) return repeated(c, **done);
    auto r = try_once(*k, c, clock);
    if (r) return r;
    // Another caller was faster: at the same case, or with the same request.
    const errc code = r.error().code;
    const bool again = code == errc::version_conflict || code == errc::duplicate_id;
    if (!again || attempt >= options_.attempts) return r;
  }
}

result<submission> case_engine::repeated(const command& c, const request_record& done) const {
  if (done.id != c.id)
    return at(make_error(errc::duplicate_id, "request '{}' was one of case {}",
                         "请求“{}”属于办件 {}", c.request.text(), done.id.text()),
              c.where);
  auto events = store_.load(c.id);
  if (!events) return events.error();
  submission out{{}, true};
  for (event& e : *events)
    if (done.first <= e.number && e.number <= done.last) out.events.push_back(std::move(e));
  return out;
}

result<submission> case_engine::try_once(const known& k, const command& c,
                                         const std::optional<instant>& recorded) {
  const auto stored = store_.find(c.id);
  if (!stored) return stored.error();
  const auto begun = k.newest.find(c.with.item);
  if (!*stored && begun == k.newest.end()) {
    const error why = at(unknown_to_engine(c), c.where);
    if (auto r = record(c, why, {}); !r) return r.error();
    return why;
  }
  const std::string first = *stored ? (*stored)->definition : begun->second->hash;
  auto history = store_.load(c.id);
  if (!history) return history.error();
  auto on = fold_case(k.source(), first, c.id, *history);
  if (!on) return on.error();
  const case_definition& d = *on->definition;
  const auto target = c.what == action::migrate ? k.find(c.with.definition) : nullptr;
  const auto refuse = [&](error why, std::string rule) -> result<submission> {
    if (auto r = record(c, why, std::move(rule)); !r) return r.error();
    return why;
  };
  if (c.what == action::migrate && !target)
    return refuse(at(make_error(errc::definition_changed, "there is no definition '{}'",
                                "没有版本为“{}”的定义", c.with.definition.substr(0, 12)),
                     c.where),
                  {});
  if (const instant learnt = std::max(c.at, c.with.recorded.value_or(c.at));
      recorded && learnt > *recorded)
    return refuse(
        at(make_error(errc::time_backwards, "the command is of {}, and it is {} now",
                      "命令的时间 {} 晚于当前时间 {}", to_text(learnt), to_text(*recorded)),
           c.where),
        {});
  auto events = target ? decide_migration(d, *target, on->state, c, k.calendar)
                       : decide(d, on->state, c, k.calendar);
  if (!events)
    return refuse(events.error(), detail::ground_of(d, on->state, k.calendar, c, events.error()));
  if (k.rules) {
    const commit_judgement said = judge_commit(d, on->state, c, k.calendar, *k.rules, *events);
    if (said.veto) return refuse(said.why, said.veto->text());
    mark(*events, c.what, said);
  }
  const append_request append{c.id, d.item.code, first, on->state.version, *events, recorded};
  if (auto r = store_.append({&append, 1}); !r) return r.error();
  return submission{std::move(*events), false};
}

result<void> case_engine::record(const command& c, const error& why, std::string rule) {
  const audit_entry e = detail::audit_of(c, why, std::move(rule));
  return store_.record({&e, 1});
}

std::vector<std::shared_ptr<const case_definition>> case_engine::definitions() const {
  return now()->definitions;
}

result<void>
case_engine::each_event(const std::function<void(const case_id&, const event&)>& visit) const {
  const auto all = cases_in(store_); // first: the visitor may use the engine
  if (!all) return all.error();
  for (const stored_case& c : *all) {
    const auto events = store_.load(c.id);
    if (!events) return events.error();
    for (const event& e : *events) visit(c.id, e);
  }
  return {};
}

result<case_table> case_engine::columns(instant now) const {
  const auto all = cases_in(store_);
  if (!all) return all.error();
  case_table out;
  for (const stored_case& c : *all) {
    const auto v = of(c.id).at(now);
    if (!v) return v.error();
    if (v->state.phase == case_phase::none) continue;
    if (auto r = add_row(*v, now, out); !r) return r.error();
  }
  return out;
}

problems case_engine::set_people(std::shared_ptr<const organisation> people) {
  const std::scoped_lock alone{changing_};
  return change_people(std::move(people));
}

problems case_engine::change_people(std::shared_ptr<const organisation> people) {
  problems found = check(*people);
  const auto k = now();
  std::vector<std::shared_ptr<const case_definition>> renewed;
  for (const auto& d : k->definitions) {
    linked_definition l = link(d->item, d->net.chart(), people);
    found.insert(found.end(), l.found.begin(), l.found.end());
    if (!l.definition) continue;
    auto whole = std::make_shared<case_definition>(*l.definition);
    whole->hours = d->hours;
    renewed.push_back(std::move(whole));
  }
  if (!found.empty()) return found;
  auto next = std::make_shared<const known>(std::move(renewed), k->calendar, k->rules);
  const std::scoped_lock hold{mutex_};
  known_ = std::move(next);
  return found;
}

problems case_engine::add_mandate(mandate m) {
  const std::scoped_lock alone{changing_};
  const auto k = now();
  if (k->definitions.empty()) return {};
  organisation changed = *k->definitions.front()->people;
  changed.mandates.push_back(std::move(m));
  return change_people(std::make_shared<const organisation>(std::move(changed)));
}

result<case_view> engine_case::now() const {
  const auto k = engine_->now();
  return view_case(k->source(), k->calendar, engine_->store_, id_);
}

result<case_view> engine_case::at(const as_of& when) const {
  const auto k = engine_->now();
  return view_case(k->source(), k->calendar, engine_->store_, id_, when);
}

result<permission> engine_case::may(const act_question& what, const person_id& who,
                                    const person_id& on_behalf) const {
  const auto v = now();
  if (!v) return v.error();
  return banli::may(*v->definition, v->state, v->calendar, what, who, on_behalf);
}

result<std::vector<form_value>> engine_case::form(const form_reader& reader) const {
  const auto v = now();
  if (!v) return v.error();
  return form_view(*v->definition, v->state, v->calendar, reader);
}

result<std::vector<permission>> engine_case::who_may(const act_question& what) const {
  const auto v = now();
  if (!v) return v.error();
  return banli::who_may(*v->definition, v->state, v->calendar, what);
}

} // namespace banli
