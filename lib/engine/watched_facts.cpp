// What supervision reads of a case beyond its limits and its life: how its steps were done, whether
// somebody typed in at midnight or everything at once, what was charged, and where the risks lie.
#include <algorithm>
#include <map>
#include <string>

#include "fact_table.hpp"
#include <banli/calendar/working_hours.hpp>
#include <banli/item/discretion_benchmark.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

std::int64_t completed_steps(const case_state& s) {
  return std::count_if(s.steps.begin(), s.steps.end(),
                       [](const step_record& r) { return r.end == step_end::completed; });
}

std::string step_outcomes(const case_state& s) {
  std::string out;
  for (const step_record& r : s.steps)
    if (r.end == step_end::completed && !r.outcome.empty())
      out += (out.empty() ? "" : ";") + r.outcome;
  return out;
}

/// Whether the office is open at an instant.
bool in_office_hours(const fact_source& i, instant t) {
  const day d = day_of(t);
  if (!i.calendar.contains(d) || !i.calendar.is_workday(d)) return false;
  const sessions& on = i.definition.hours->sessions_on(d);
  return std::any_of(on.begin(), on.end(), [&](const session& s) {
    return t >= instant{d} + s.opens && t <= instant{d} + s.closes;
  });
}

/// Acts of the office; an application may come at any time.
std::int64_t acts_outside_hours(const fact_source& i) {
  const case_state& s = i.state;
  std::int64_t n = 0;
  const auto look = [&](const std::optional<instant>& t) {
    if (t && !in_office_hours(i, *t)) ++n;
  };
  for (const step_record& r : s.steps)
    if (r.end == step_end::completed || r.end == step_end::sent_back) look(r.ended);
  look(s.decided);
  return n;
}

/// The most steps that one person completed within one minute.
std::int64_t steps_at_once(const case_state& s) {
  std::map<std::pair<std::string_view, std::int64_t>, std::int64_t> times;
  std::int64_t most = 0;
  for (const step_record& r : s.steps)
    if (r.end == step_end::completed && r.ended)
      most = std::max(most, ++times[{r.actor.text(), r.ended->time_since_epoch().count() / 60}]);
  return most;
}

std::int64_t idle_days_of(const fact_source& i) {
  return (day_of(i.case_now()) - day_of(i.state.last)).count();
}

std::int64_t attachments_of(const case_state& s) {
  std::size_t n = 0;
  for (const step_record& r : s.steps) n += r.attachments.size();
  return static_cast<std::int64_t>(n);
}

/// Names of what lies in the file: what its steps attached, and what was made with the decision.
std::string documents_of(const case_state& s) {
  std::string out;
  const auto add = [&](std::string_view name) {
    if (!name.empty()) out.append(out.empty() ? "" : ";").append(name);
  };
  for (const step_record& r : s.steps)
    for (const std::string& name : r.attachments) add(name);
  add(s.decision_document);
  return out;
}

/// Nothing where the calendar does not reach.
result<int> idle_workdays_of(const fact_source& i) {
  return i.calendar.workdays_between(day_of(i.state.last), day_of(i.case_now()));
}

reading idle_workdays(const fact_source& i) {
  const auto n = idle_workdays_of(i);
  if (!n) return reading::missing();
  const value so_many(std::int64_t{*n});
  if (i.state.ended) return reading::of(so_many);
  return reading::clock(so_many, instant{day_of(i.now) + days{1}}, clock_course::rising);
}

std::optional<instant> idle_workdays_reach(const fact_source& i, const value& threshold) {
  const auto n = idle_workdays_of(i);
  if (!n || i.state.ended) return std::nullopt;
  const std::int64_t wanted = threshold.as_int().value_or(0);
  if (wanted <= *n) return i.now;
  if (wanted > 1'000'000) return std::nullopt;
  const auto d = i.calendar.add_workdays(day_of(i.state.last), static_cast<int>(wanted));
  return d ? std::optional{instant{*d}} : std::nullopt;
}

/// What the forms of a case say, as a benchmark of discretion asks for it.
fact_values benchmark_facts(const fact_source& i) {
  fact_values out;
  for (const form_fact& f : i.definition.item.facts) {
    const reading r = i.form_value(f.name);
    if (!r.now) continue;
    if (const auto b = r.now->as_bool())
      out.emplace_back(f.name, *b);
    else if (const auto n = r.now->as_int())
      out.emplace_back(f.name, static_cast<double>(*n));
    else if (const auto d = r.now->as_double())
      out.emplace_back(f.name, *d);
    else if (const std::string* s = r.now->as_string())
      out.emplace_back(f.name, *s);
  }
  return out;
}

reading idle_days(const fact_source& i) {
  const std::int64_t n = idle_days_of(i);
  if (i.state.ended) return reading::of(value(n));
  return reading::clock(value(n), instant{day_of(i.now) + days{1}}, clock_course::rising);
}

std::optional<instant> idle_days_reach(const fact_source& i, const value& threshold) {
  if (i.state.ended) return std::nullopt;
  const std::int64_t n = threshold.as_int().value_or(0);
  if (n <= idle_days_of(i)) return i.now;
  if (n > 1'000'000) return std::nullopt;
  return instant{day_of(i.state.last) + days{n}};
}

/// A form value of a name every item may use, whatever its type; missing where it is none of it.
reading number_of_form(const fact_source& i, std::string_view name) {
  const reading r = i.form_value(name);
  if (!r.now) return r;
  if (const auto n = r.now->as_int()) return reading::of(value(static_cast<double>(*n)));
  return r.now->as_double() ? r : reading::missing();
}

reading text_of_form(const fact_source& i, std::string_view name) {
  const reading r = i.form_value(name);
  return r.now && r.now->as_string() != nullptr ? r : reading::missing();
}

reading truth_of_form(const fact_source& i, std::string_view name) {
  const reading r = i.form_value(name);
  return r.now && r.now->as_bool() ? r : reading::missing();
}

/// Whether a decision leaves the benchmarks of its item. Missing until it was decided, where the
/// item has none, and where the form lacks what a benchmark asks for.
reading outside_benchmark(const fact_source& i) {
  const auto& all = i.definition.item.benchmarks;
  const reading kind = text_of_form(i, "penalty_kind");
  if (all.empty() || !kind.now || i.state.result != case_result::granted) return reading::missing();
  decided_outcome decided{*kind.now->as_string()};
  const char* amount = i.form_value("fine_amount").now ? "fine_amount" : "confiscated_value";
  if (const reading r = number_of_form(i, amount); r.now) decided.amount = r.now->as_double();
  const fact_values facts = benchmark_facts(i);
  for (const discretion_benchmark& b : all)
    for (const error& e : check(b, facts, {&decided, 1}))
      return e.code == errc::missing_field ? reading::missing() : reading::of(value(true));
  return reading::of(value(false));
}

reading day_of_form(const fact_source& i, std::string_view name) {
  const reading r = text_of_form(i, name);
  if (!r.now) return r;
  const auto d = parse_day(*r.now->as_string());
  return d ? reading::of(value(*d)) : reading::missing();
}

std::string risk_kinds(const node& n) {
  std::string out;
  for (const risk_point& p : n.risks) out += (out.empty() ? "" : ";") + p.type;
  return out;
}

std::string supervision_points(const node& n) {
  return fmt::format("{}", fmt::join(n.supervision_points, ";"));
}

/// Something of the step that is spoken of; missing where none is.
template <class F>
reading of_turn(const fact_source& i, F&& f) {
  return i.step() != nullptr ? reading::of(value(f(*i.step(), *i.step_node())))
                             : reading::missing();
}

} // namespace

std::vector<fact_spec> watched_facts() {
  constexpr fact_kind B = fact_kind::boolean;
  constexpr fact_kind N = fact_kind::integer;
  constexpr fact_kind R = fact_kind::real;
  constexpr fact_kind S = fact_kind::string;
  using from = const fact_source&;
  std::vector<fact_spec> rows{
      {{"case.asked_after_acceptance",
        "办件.受理后补正",
        "bool",
        {"the applicant was first asked for more after acceptance, or is now",
         "受理后才要求补正,或正在补正"}},
       B,
       [](from i) {
         const case_state& s = i.state;
         const bool later = s.was_accepted() && s.told_missing && *s.told_missing >= s.accepted;
         return reading::of(value(later || s.phase == case_phase::supplementing));
       }},
      {{"case.completed_steps", "办件.已办环节数", "int", {"steps completed", "已办结的环节数"}},
       N,
       [](from i) { return reading::of(value(completed_steps(i.state))); }},
      {{"case.step_outcomes",
        "办件.环节结果",
        "string",
        {"outcomes of its completed steps, joined by ;", "各已办环节的结果,以分号连接"}},
       S,
       [](from i) { return reading::of(value(step_outcomes(i.state))); }},
      {{"case.acts_outside_hours",
        "办件.非办公时间操作数",
        "int",
        {"steps and decisions made outside the hours of the office", "在非办公时间办理的次数"}},
       N,
       [](from i) { return reading::of(value(acts_outside_hours(i))); }},
      {{"case.most_steps_at_once",
        "办件.同一分钟办结环节数",
        "int",
        {"most steps one person completed within one minute",
         "同一人在同一分钟内办结的最多环节数"}},
       N,
       [](from i) { return reading::of(value(steps_at_once(i.state))); }},
      {{"case.attachments",
        "办件.附件数",
        "int",
        {"files attached to its steps", "各环节所附文件数"}},
       N,
       [](from i) { return reading::of(value(attachments_of(i.state))); }},
      {{"case.documents",
        "办件.文书",
        "string",
        {"files attached to its steps and the document of its decision, joined by ;",
         "各环节所附文件和决定文书的名称,以分号连接"}},
       S,
       [](from i) { return reading::of(value(documents_of(i.state))); }},
      {{"case.outside_benchmark",
        "办件.超出裁量基准",
        "bool",
        {"the decision (form values penalty_kind, fine_amount) leaves the benchmark of the item; "
         "missing where there is none",
         "决定(表单值 penalty_kind、fine_amount)超出事项的裁量基准;无基准时缺失"}},
       B,
       [](from i) { return outside_benchmark(i); }},
      {{"case.idle_workdays",
        "办件.未处理工作日",
        "int",
        {"working days since something happened to it last", "距最近一次办理的工作日数"}},
       N,
       [](from i) { return idle_workdays(i); }},
      {{"case.idle_days",
        "办件.未处理天数",
        "int",
        {"days since something happened to it last", "距最近一次办理的天数"}},
       N,
       [](from i) { return idle_days(i); }},
      {{"case.penalty_kind",
        "办件.处罚种类",
        "string",
        {"form value penalty_kind: fine, confiscation …", "表单值 penalty_kind:处罚种类"}},
       S,
       [](from i) { return text_of_form(i, "penalty_kind"); }},
      {{"case.fine_amount",
        "办件.罚款金额",
        "double",
        {"form value fine_amount", "表单值 fine_amount:罚款金额"}},
       R,
       [](from i) { return number_of_form(i, "fine_amount"); }},
      {{"case.confiscated_value",
        "办件.没收价值",
        "double",
        {"form value confiscated_value", "表单值 confiscated_value:没收财物价值"}},
       R,
       [](from i) { return number_of_form(i, "confiscated_value"); }},
      {{"case.summary_procedure",
        "办件.简易程序",
        "bool",
        {"form value summary_procedure: decided on the spot",
         "表单值 summary_procedure:适用简易程序"}},
       B,
       [](from i) { return truth_of_form(i, "summary_procedure"); }},
      {{"case.incident_on",
        "办件.案发日期",
        "date",
        {"form value incident_on: the day of the offence", "表单值 incident_on:案发之日"}},
       fact_kind::calendar_day,
       [](from i) { return day_of_form(i, "incident_on"); }},
      {{"step.actor",
        "环节.经办人",
        "string",
        {"who ended the step; missing while it waits", "环节经办人,待办时缺失"}},
       S,
       [](from i) {
         const step_record* r = i.step();
         return r != nullptr && r->ended ? reading::of(value(r->actor.text())) : reading::missing();
       }},
      {{"step.has_opinion", "环节.有意见", "bool", {"an opinion was written", "已填写办理意见"}},
       B,
       [](from i) {
         return of_turn(i, [](const step_record& r, const node&) { return !r.opinion.empty(); });
       }},
      {{"step.completed", "环节.已办", "bool", {"it was done", "环节已办结"}},
       B,
       [](from i) {
         return of_turn(
             i, [](const step_record& r, const node&) { return r.end == step_end::completed; });
       }},
      {{"step.risky",
        "环节.廉政风险环节",
        "bool",
        {"the chart names a risk point at the step", "流程图在该环节标有廉政风险点"}},
       B,
       [](from i) {
         return of_turn(i, [](const step_record&, const node& n) { return !n.risks.empty(); });
       }},
      {{"step.risk_kinds",
        "环节.风险点类别",
        "string",
        {"kinds of its risk points, joined by ;", "风险点类别,以分号连接"}},
       S,
       [](from i) {
         return of_turn(i, [](const step_record&, const node& n) { return risk_kinds(n); });
       }},
      {{"step.supervision_points",
        "环节.监察点",
        "string",
        {"what the chart has supervision look at here, joined by ;",
         "流程图在该环节所设监察点,以分号连接"}},
       S,
       [](from i) {
         return of_turn(i, [](const step_record&, const node& n) { return supervision_points(n); });
       }},
      {{"item.risks",
        "事项.风险点数",
        "int",
        {"risk points of the item as a whole", "事项整体的廉政风险点数"}},
       N,
       [](from i) {
         return reading::of(value(static_cast<std::int64_t>(i.definition.item.risks.size())));
       }},
  };
  for (fact_spec& row : rows) {
    if (row.doc.path == "case.idle_days") row.reach = &idle_days_reach;
    if (row.doc.path == "case.idle_workdays") row.reach = &idle_workdays_reach;
  }
  return rows;
}

} // namespace banli
