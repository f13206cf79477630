#include <banli/run/case_view.hpp>

#include <boost/json.hpp>

#include <banli/deadline/explanation.hpp>
#include <banli/drawing/masked_event.hpp>
#include <banli/engine/decide.hpp>
#include <banli/supervision/supervision_act.hpp>
#include <banli/time/text.hpp>

#include <engine/details_members.hpp>

namespace banli {

namespace {

namespace json = boost::json;

result<void> add_clocks(case_view& v) {
  if (!v.state.was_accepted()) return {};
  auto k = clocks(*v.definition, v.state, v.calendar);
  if (!k) return k.error();
  v.clocks = std::move(*k);
  auto t = judge(*v.definition, v.state, v.calendar, v.at);
  if (!t) return t.error();
  v.judged = *t;
  return {};
}

error no_such_case(const case_id& id) {
  return make_error(errc::unknown_reference, "there is no case '{}' in the store",
                    "数据文件中没有办件“{}”", id.text());
}

/// What an event says beside step and actor, in the words of the log; masked already.
std::string said(const details& d, language in) {
  std::string out;
  const auto add = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out += out.empty() ? "" : in == language::zh ? ";" : "; ";
    out += fmt::format("{}={}", name, value);
  };
  detail::each_text(d, [&](std::string_view name, const auto& member) {
    if (name != "step" && name != "item") add(name, detail::text_of(member));
  });
  if (d.by) add("channel", in == language::zh ? label(*d.by) : to_string(*d.by));
  if (d.result) add("result", in == language::zh ? label(*d.result) : to_string(*d.result));
  if (d.received) add("received", to_text(*d.received));
  if (d.limit) add("limit", to_text(*d.limit, in));
  for (const auto& [name, value] : d.facts) add(name, value);
  for (const auto& [rule, words] : d.flags) add("flag", fmt::format("{}: {}", rule, words));
  if (d.recorded) add("recorded", to_text(*d.recorded));
  if (d.until) add("until", to_text(*d.until));
  if (d.application) add("title", d.application->title); // whom to call is nobody else's business
  if (d.application) add("number", d.application->number);
  for (const std::string& a : d.attachments) add("attachment", a);
  for (const material_review& r : d.reviews)
    add(r.material, in == language::zh ? label(r.standing) : to_string(r.standing));
  return out;
}

std::string_view word(timeliness t, language in) {
  const bool zh = in == language::zh;
  switch (t) {
  case timeliness::open: return zh ? "在办,未逾期" : "open, in time";
  case timeliness::open_overdue: return zh ? "在办,已逾期" : "open, overdue";
  case timeliness::early: return zh ? "提前办结" : "early";
  case timeliness::on_time: return zh ? "按时办结" : "on time";
  case timeliness::overdue: break;
  }
  return zh ? "逾期办结" : "overdue";
}

std::string due_words(const deadline& d, language in) {
  const bool zh = in == language::zh;
  if (!d.due) return zh ? "中止中,尚无届满日" : "suspended, no due date";
  std::string out =
      is_hour_unit(d.counted_in) && d.due_at ? to_short_text(*d.due_at) : to_text(*d.due);
  if (d.provisional) out += zh ? "(暂定:日历尚未公布)" : " (provisional: beyond the notices)";
  return out;
}

/// Calls f(name, limit) for every limit that runs or ran over the case, and over the steps that
/// wait.
template <class F>
void each_limit(const case_view& v, language in, F f) {
  if (!v.clocks) return;
  const bool zh = in == language::zh;
  f(std::string{zh ? "承诺期限" : "promised limit"}, v.clocks->promised);
  if (v.clocks->statutory)
    f(std::string{zh ? "法定期限" : "statutory limit"}, *v.clocks->statutory);
  for (const step_clock& c : v.clocks->steps) {
    const step_record& r = v.state.steps[c.turn];
    if (r.end != step_end::waiting) continue;
    const std::string name = v.definition->net.at(r.step).shown();
    f(fmt::format("{}{}", zh ? "环节时限:" : "limit of step ", name), c.limit);
  }
}

json::object to_json(const running_limit& l) {
  const deadline& d = l.result;
  return {{"limit", to_text(l.limit, language::en)},
          {"due", d.due ? json::value(to_text(*d.due)) : json::value()},
          {"provisional", d.provisional}};
}

} // namespace

result<std::shared_ptr<const case_definition>> definition_of(const configuration& config,
                                                             const stored_case& c) {
  if (auto found = find_version(config, c.definition); found && found->item.code == c.item)
    return found;
  if (!find(config, c.item))
    return make_error(errc::unknown_item, "there is no item '{}'", "没有事项“{}”", c.item.text());
  return make_error(errc::definition_changed,
                    "case {} runs by another version of item {} than the configuration holds",
                    "办件 {} 所用的事项 {} 的版本与当前配置不同", c.id.text(), c.item.text());
}

result<std::vector<stored_case>> cases_in(const case_store& store) {
  std::vector<stored_case> all;
  auto listed = store.each([&](const stored_case& c) {
    if (!is_supervision_record(c.item)) all.push_back(c);
  });
  if (!listed) return listed.error();
  return all;
}

definition_source definitions_of(const configuration& config) {
  return [&config](std::string_view hash) { return find_version(config, hash); };
}

bool was_moved(std::span<const event> history) {
  return std::ranges::any_of(history,
                             [](const event& e) { return e.what == event_kind::migrated; });
}

result<folded_case> fold_stored(const configuration& config, const stored_case& c,
                                std::span<const event> history) {
  if (auto first = definition_of(config, c); !first) return first.error();
  return fold_case(definitions_of(config), c.definition, c.id, history);
}

result<case_view> view_case(const definition_source& definitions, const workday_calendar& calendar,
                            const case_store& store, const case_id& id,
                            const std::optional<as_of>& when) {
  const auto of = store.find(id);
  if (!of) return of.error();
  if (!*of) return no_such_case(id);
  auto history = store.load(id);
  if (!history) return history.error();
  if (when) history->resize(known_history(*history, *when).size());
  auto folded = fold_case(definitions, (*of)->definition, id, *history);
  if (!folded) return folded.error();
  case_view v{.definition = std::move(folded->definition),
              .history = std::move(*history),
              .state = std::move(folded->state),
              .at = {},
              .calendar = when ? calendar.as_known_on(day_of(when->known)) : calendar,
              .clocks = {},
              .judged = {}};
  v.at = when ? when->at : v.state.last;
  if (auto r = add_clocks(v); !r) return r.error();
  return v;
}

result<case_view> view_case(const configuration& config, const case_store& store, const case_id& id,
                            const std::optional<as_of>& when) {
  const auto of = store.find(id);
  if (!of) return of.error();
  if (!*of) return no_such_case(id);
  if (auto definition = definition_of(config, **of); !definition) return definition.error();
  return view_case(definitions_of(config), config.calendar, store, id, when);
}

std::map<std::string, std::string> facts_shown(const case_view& v) {
  std::map<std::string, std::string> out;
  for (const event& e : masked_events(v.history, &v.definition->net.chart()))
    for (const auto& [name, value] : e.with.facts) out.insert_or_assign(name, value);
  return out;
}

std::string history_text(std::span<const event> history, language in) {
  std::string out;
  for (const event& e : masked_events(history)) {
    out += fmt::format("{:>3}  {}  {}", e.number, to_text(e.at),
                       in == language::zh ? label(e.what) : to_string(e.what));
    if (!e.with.step.empty()) out += fmt::format("  {}", e.with.step.text());
    if (!e.actor.empty()) out += fmt::format("  {}", e.actor.text());
    if (const std::string more = said(e.with, in); !more.empty())
      out += fmt::format("  [{}]", more);
    out += '\n';
  }
  return out;
}

std::string state_text(const case_view& v, language in) {
  const bool zh = in == language::zh;
  const auto line = [&](std::string_view chinese, std::string_view english, const auto&... what) {
    return fmt::format(fmt::runtime(zh ? chinese : english), what...) + '\n';
  };
  std::string out =
      line("{} {}({}),截至 {},共 {} 个事件", "{} {} ({}), as of {}, {} events", v.state.id.text(),
           v.definition->item.name, zh ? label(v.state.phase) : to_string(v.state.phase),
           to_short_text(v.at), v.history.size());
  for (const step_record& r : v.state.steps) {
    if (r.end != step_end::waiting) continue;
    const std::string who = r.assigned.empty() ? std::string{} : " " + r.assigned.text();
    out += line("待办:{}(自 {}){}", "waiting: {} (since {}){}",
                v.definition->net.at(r.step).shown(), to_short_text(r.since), who);
  }
  each_limit(v, in, [&](const std::string& name, const running_limit& l) {
    out += line("{}:{},届满 {}", "{}: {}, due {}", name, to_text(l.limit, in),
                due_words(l.result, in));
  });
  if (v.judged) out += line("时效:{}", "timeliness: {}", word(*v.judged, in));
  if (v.state.result)
    out +=
        line("决定:{}", "decision: {}", zh ? label(*v.state.result) : to_string(*v.state.result));
  return out;
}

std::string limits_text(const case_view& v, language in) {
  std::string out;
  each_limit(v, in, [&](const std::string& name, const running_limit& l) {
    out += fmt::format("{}{}{}\n", name, in == language::zh ? ":" : ": ", to_text(l.limit, in));
    const auto why =
        explain(v.calendar, *l.hours, l.limit, l.start, l.excluded, l.extended, l.rules);
    out += why ? to_text(*why, in) : to_string(why.error(), in) + '\n';
  });
  return out;
}

std::string state_json(const case_view& v) {
  json::array waiting;
  for (const step_record& r : v.state.steps)
    if (r.end == step_end::waiting)
      waiting.push_back(json::object{{"step", v.definition->net.at(r.step).id.text()},
                                     {"since", to_text(r.since)},
                                     {"assigned", r.assigned.text()}});
  json::object facts;
  for (const auto& [name, value] : facts_shown(v)) facts[name] = value;
  json::value promised, statutory, judged, result, ended;
  if (v.clocks) promised = to_json(v.clocks->promised);
  if (v.clocks && v.clocks->statutory) statutory = to_json(*v.clocks->statutory);
  constexpr std::array<std::string_view, 5> names{"open", "open_overdue", "early", "on_time",
                                                  "overdue"};
  if (v.judged) judged = names[static_cast<std::size_t>(*v.judged)];
  if (v.state.result) result = to_string(*v.state.result);
  if (v.state.ended) ended = to_text(*v.state.ended);
  return json::serialize(json::object{{"id", v.state.id.text()},
                                      {"item", v.definition->item.code.text()},
                                      {"at", to_text(v.at)},
                                      {"phase", to_string(v.state.phase)},
                                      {"stage", to_string(stage_of(v.state.phase))},
                                      {"version", v.state.version},
                                      {"waiting", std::move(waiting)},
                                      {"facts", std::move(facts)},
                                      {"promised", std::move(promised)},
                                      {"statutory", std::move(statutory)},
                                      {"timeliness", std::move(judged)},
                                      {"result", std::move(result)},
                                      {"ended", std::move(ended)}});
}

} // namespace banli
