// Pre-commit rules: the facts of a command, and what the rules make of them.
#include <banli/engine/commit_rules.hpp>

#include <algorithm>
#include <map>

#include "fact_table.hpp"
#include <banli/calendar/working_hours.hpp>
#include <banli/engine/case_clocks.hpp>

namespace banli {

namespace {

/// What the facts of a command are read from.
struct command_source {
  const case_definition& definition;
  const case_state& before;
  const workday_calendar& calendar;
  const command& asked;
  std::span<const event> events;
};

struct command_fact {
  fact_doc doc;
  type of;
  reading (*read)(const command_source&);
};

reading words_of(std::string_view s) { return reading::of(value(s)); }
reading count_of(std::int64_t n) { return reading::of(value(n)); }

reading actor_posts(const command_source& s) {
  value::elements all;
  if (const person* p = find(*s.definition.people, s.asked.actor))
    for (const post_id& id : p->posts) all.emplace_back(id.text());
  return reading::of(value::list(std::move(all)));
}

reading on_behalf(const command_source& s) {
  return words_of(s.events.empty() ? std::string_view{} : s.events.front().with.on_behalf.text());
}

std::int64_t minutes_of_day(const command_source& s) {
  const auto since = s.asked.at - instant{day_of(s.asked.at)};
  return std::chrono::duration_cast<std::chrono::minutes>(since).count();
}

reading weekday_of(const command_source& s) {
  const std::chrono::weekday d{day_of(s.asked.at)};
  return count_of(static_cast<std::int64_t>(d.iso_encoding()));
}

bool in_office_hours(const command_source& s) {
  const day on = day_of(s.asked.at);
  if (!s.calendar.is_workday(on)) return false;
  const auto& sessions = s.definition.hours->sessions_on(on);
  return std::any_of(sessions.begin(), sessions.end(), [&](const session& x) {
    return instant{on} + x.opens <= s.asked.at && s.asked.at < instant{on} + x.closes;
  });
}

reading since_last(const command_source& s) {
  if (s.before.phase == case_phase::none) return reading::missing();
  return count_of(
      std::chrono::duration_cast<std::chrono::minutes>(s.asked.at - s.before.last).count());
}

reading acts_of_actor(const command_source& s) {
  const auto own = [&](const case_act& a) {
    return a.actor == s.asked.actor || a.on_behalf == s.asked.actor;
  };
  return count_of(std::count_if(s.before.acts.begin(), s.before.acts.end(), own));
}

type action_type() {
  std::vector<std::string> names;
  for (const std::string_view name : action_list()) names.emplace_back(name);
  return type::enumeration("command_action", std::move(names));
}

const std::vector<command_fact>& command_facts() {
  using src = command_source;
  static const std::vector<command_fact> rows{
      {{"command.action", "命令.动作", "string", {"what is asked: complete, decide", "命令名称"}},
       action_type(),
       [](const src& s) { return words_of(to_string(s.asked.what)); }},
      {{"command.actor", "命令.操作人", "string", {"staff number of who asks", "操作人工号"}},
       type_kind::string,
       [](const src& s) { return words_of(s.asked.actor.text()); }},
      {{"command.actor_posts",
        "命令.操作人岗位",
        "list(string)",
        {"their posts", "操作人所任岗位"}},
       type::list_of(type_kind::string),
       actor_posts},
      {{"command.on_behalf",
        "命令.代理谁",
        "string",
        {"whom they act for; empty: nobody", "被代理人,无则为空"}},
       type_kind::string,
       on_behalf},
      {{"command.actor_acts",
        "命令.操作人已办次数",
        "int",
        {"steps and decisions of the case they have done", "操作人在本办件中已办的环节与决定数"}},
       type_kind::integer,
       acts_of_actor},
      {{"command.step", "命令.环节", "string", {"the step it names", "命令所指环节"}},
       type_kind::string,
       [](const src& s) { return words_of(s.asked.with.step.text()); }},
      {{"command.to_step", "命令.退回到", "string", {"where a return goes", "退回的目标环节"}},
       type_kind::string,
       [](const src& s) { return words_of(s.asked.with.to_step.text()); }},
      {{"command.to_person", "命令.交接给", "string", {"to whom it hands over", "交接的对象"}},
       type_kind::string,
       [](const src& s) { return words_of(s.asked.with.to_person.text()); }},
      {{"command.kind", "命令.种类", "string", {"its kind: hearing, urgent", "命令种类"}},
       type_kind::string,
       [](const src& s) { return words_of(s.asked.with.kind); }},
      {{"command.outcome", "命令.环节结果", "string", {"outcome of the step", "环节结果"}},
       type_kind::string,
       [](const src& s) { return words_of(s.asked.with.outcome); }},
      {{"command.reason", "命令.理由", "string", {"the reason it gives", "所写理由"}},
       type_kind::string,
       [](const src& s) { return words_of(s.asked.with.reason); }},
      {{"command.opinion", "命令.意见", "string", {"the opinion it gives", "办理意见"}},
       type_kind::string,
       [](const src& s) { return words_of(s.asked.with.opinion); }},
      {{"command.result",
        "命令.决定结果",
        "string",
        {"granted, refused; missing elsewhere", "决定结果,其他命令缺失"}},
       type_kind::string,
       [](const src& s) {
         const auto& r = s.asked.with.result;
         return r ? words_of(to_string(*r)) : reading::missing();
       }},
      {{"command.minute_of_day",
        "命令.当日分钟",
        "int",
        {"minutes since midnight", "距零时分钟数"}},
       type_kind::integer,
       [](const src& s) { return count_of(minutes_of_day(s)); }},
      {{"command.weekday", "命令.星期", "int", {"1 Monday to 7 Sunday", "1 周一至 7 周日"}},
       type_kind::integer,
       weekday_of},
      {{"command.on_workday",
        "命令.在工作日",
        "bool",
        {"given on a working day", "是否工作日操作"}},
       type_kind::boolean,
       [](const src& s) { return reading::of(value(s.calendar.is_workday(day_of(s.asked.at)))); }},
      {{"command.in_hours",
        "命令.在办公时间",
        "bool",
        {"given in office hours", "是否办公时间操作"}},
       type_kind::boolean,
       [](const src& s) { return reading::of(value(in_office_hours(s))); }},
      {{"command.minutes_since_last",
        "命令.距上一事件分钟",
        "int",
        {"minutes since the last event; missing of the first", "距上一事件的分钟数,首个命令缺失"}},
       type_kind::integer,
       since_last},
      {{"command.recorded_late",
        "命令.补录",
        "bool",
        {"typed in after it happened", "是否事后补录"}},
       type_kind::boolean,
       [](const src& s) { return reading::of(value(s.asked.with.recorded.has_value())); }}};
  return rows;
}

std::string_view after_dot(std::string_view path) { return path.substr(path.find('.') + 1); }

/// The slots of the facts of a case, by their names.
const std::map<std::string_view, std::uint32_t>& case_slots() {
  static const std::map<std::string_view, std::uint32_t> slots = [] {
    std::map<std::string_view, std::uint32_t> out;
    const auto& rows = fact_table();
    for (std::uint32_t i = 0; i < rows.size(); ++i)
      if (rows[i].doc.path.starts_with("case.")) out.emplace(after_dot(rows[i].doc.path), i);
    return out;
  }();
  return slots;
}

class commit_facts : public activation {
 public:
  commit_facts(const command_source& source, const case_facts& before, const case_facts& after)
      : source_(source), before_(before), after_(after) {}

  reading read(field_ref field) const override {
    if (field.path.starts_with("command.")) {
      for (const command_fact& f : command_facts())
        if (f.doc.path == field.path) return f.read(source_);
      return reading::missing();
    }
    if (field.path.starts_with("before."))
      return before_.read({case_slots().at(after_dot(field.path)), field.path});
    return after_.read(field);
  }

  /// What the rules say is asked for once, at the instant of the command.
  std::optional<instant> reaches(field_ref, const value&) const override { return std::nullopt; }

 private:
  const command_source& source_;
  const case_facts& before_;
  const case_facts& after_;
};

/// The last turn of the step a command names.
std::optional<std::size_t> turn_named(const case_definition& d, const case_state& s,
                                      const node_id& step) {
  for (std::size_t i = s.steps.size(); i > 0; --i)
    if (d.net.at(s.steps[i - 1].step).id == step) return i - 1;
  return std::nullopt;
}

error vetoed_by(const compiled_rule& r, const activation& facts, const command& c) {
  const std::string en = r.message(facts, language::en);
  const std::string zh = r.message(facts, language::zh);
  return at(error{errc::vetoed,
                  {fmt::format("rule {}: {}", r.id().text(), en),
                   fmt::format("规则 {}:{}", r.id().text(), zh)},
                  {}},
            c.where);
}

} // namespace

environment commit_environment() {
  environment env = fact_environment();
  const type of_case = *env.variable("case");
  env.declare("before", of_case);
  env.alias({.label = "之前", .name = "before"});
  std::vector<type_field> fields;
  for (const command_fact& f : command_facts())
    fields.push_back({std::string{after_dot(f.doc.path)}, f.of});
  env.declare("command", type::record("command", std::move(fields)));
  env.alias({.label = "命令", .name = "command"});
  for (const command_fact& f : command_facts())
    env.alias(
        {.label = std::string{after_dot(f.doc.alias)}, .name = std::string{after_dot(f.doc.path)}});
  return env;
}

std::span<const fact_doc> commit_fact_list() {
  static const std::vector<fact_doc> docs = [] {
    std::vector<fact_doc> out;
    for (const command_fact& f : command_facts()) out.push_back(f.doc);
    return out;
  }();
  return docs;
}

commit_judgement judge_commit(const case_definition& definition, const case_state& before,
                              const command& c, const workday_calendar& calendar,
                              const rule_set& rules, std::span<const event> events) {
  commit_judgement out;
  if (events.empty() || rules.rules().empty()) return out;
  case_state after = before;
  for (const event& e : events) apply_to(definition, after, e);
  const auto limits_before = clocks(definition, before, calendar);
  const auto limits_after = clocks(definition, after, calendar);
  const case_facts facts_before{definition, before, calendar,
                                limits_before ? &*limits_before : nullptr, c.at};
  case_facts facts_after{definition, after, calendar, limits_after ? &*limits_after : nullptr,
                         c.at};
  facts_after.of(turn_named(definition, after, c.with.step));
  const command_source source{definition, before, calendar, c, events};
  const commit_facts facts{source, facts_before, facts_after};
  for (const compiled_rule& r : rules.rules()) {
    if (!in_force(r.definition(), day_of(c.at))) continue;
    const verdict v = r.judge(facts);
    if (v.kind == verdict_kind::unjudgeable && v.why)
      out.flags.emplace_back(r.id().text(), v.why->message.zh);
    if (v.kind != verdict_kind::fires) continue;
    if (r.definition().level == level::alarm) {
      out.veto = r.id();
      out.why = vetoed_by(r, facts, c);
      return out;
    }
    out.flags.emplace_back(r.id().text(), r.message(facts, language::zh));
  }
  return out;
}

void mark(std::vector<event>& events, action what, const commit_judgement& said) {
  if (events.empty() || said.flags.empty()) return;
  const auto main = std::find_if(events.begin(), events.end(),
                                 [&](const event& e) { return e.what == event_of(what); });
  (main == events.end() ? events.back() : *main).with.flags = said.flags;
}

result<std::vector<event>> decide(const case_definition& definition, const case_state& state,
                                  const command& c, const workday_calendar& calendar,
                                  const rule_set& rules) {
  auto events = decide(definition, state, c, calendar);
  if (!events) return events;
  const commit_judgement said = judge_commit(definition, state, c, calendar, rules, *events);
  if (said.veto) return said.why;
  mark(*events, c.what, said);
  return events;
}

} // namespace banli
