// Monitor: supervision of a whole store from Python, its lists as columns for a DataFrame.
#include <algorithm>
#include <map>

#include <banli/base/mask.hpp>
#include <banli/engine/case_facts.hpp>
#include <banli/rules/rule_parameters.hpp>
#include <banli/run/back_test.hpp>
#include <banli/run/office_watch.hpp>
#include <banli/run/rule_pack.hpp>
#include <banli/run/store_watch.hpp>
#include <banli/run/supervision_register.hpp>
#include <banli/run/warning_plan.hpp>

#include "bind.hpp"
#include "casters.hpp"
#include "store.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

/// Rules by what a caller says: the name of a pack, a document, or a file.
rule_set rules_named(const std::string& said, rule_subject about) {
  const rules_file f = unwrap(load_named_rules(said, about));
  refuse_problems(f.found);
  return f.rules.value_or(rule_set{});
}

using parameter_values = std::map<std::string, py::object>;

/// {"A003.share": 0.9} as settings; True and False are written as in documents.
std::vector<std::string> settings_of(const parameter_values& parameters) {
  std::vector<std::string> out;
  for (const auto& [name, v] : parameters) {
    const bool truth = py::isinstance<py::bool_>(v);
    const std::string said = truth ? (v.cast<bool>() ? "true" : "false") : std::string{py::str(v)};
    out.push_back(name + "=" + said);
  }
  return out;
}

rule_set rules_for(const configuration& config, const std::optional<std::string>& said,
                   const parameter_values& parameters) {
  if (!said) refuse_problems(config.found);
  rule_set out = said ? rules_named(*said, rule_subject::cases) : config.rules.value_or(rule_set{});
  if (parameters.empty()) return out;
  compiled_rules set = with_parameters(out, fact_environment(), settings_of(parameters));
  refuse_problems(set.problems);
  return *std::move(set.rules);
}

/// Columns by name, in the order in which they are named, for a DataFrame.
py::dict in_order(std::map<std::string, py::list>& columns,
                  std::initializer_list<const char*> names) {
  py::dict out;
  for (const char* name : names) out[name] = columns[name];
  return out;
}

py::dict record_columns(const std::vector<record_hit>& hits) {
  std::map<std::string, py::list> c;
  for (const record_hit& h : hits) {
    c["rule"].append(h.rule.text());
    c["level"].append(std::string{to_string(h.level)});
    c["id"].append(h.id);
    c["unit"].append(h.unit);
    c["raised"].append(h.raised);
    c["ended"].append(py::cast(h.ended));
    c["message"].append(h.message.en);
    c["message_zh"].append(h.message.zh);
  }
  return in_order(c, {"rule", "level", "id", "unit", "raised", "ended", "message", "message_zh"});
}

py::dict warning_dict(const warning& w) {
  py::dict d;
  d["at"] = w.at;
  d["case"] = w.id.text();
  d["rule"] = w.rule.text();
  d["step"] = w.step.text();
  d["level"] = std::string{to_string(w.level)};
  d["certainty"] = std::string{to_string(w.certainty)};
  d["stage"] = std::string{to_string(w.stage)};
  d["channels"] = w.channels;
  d["recipients"] = w.recipients;
  d["message"] = w.message.en;
  d["message_zh"] = w.message.zh;
  return d;
}

monitor_options options_of(std::optional<int> lapse, std::optional<day> trial_until) {
  monitor_options o;
  o.lapse = lapse;
  o.trial_until = trial_until;
  return o;
}

/// "2024-03": a month.
std::chrono::year_month month_named(const std::string& said) {
  const auto d = parse_day(said + "-01");
  if (!d) throw failure{d.error()};
  return month_of(*d);
}

class python_monitor {
 public:
  python_monitor(std::shared_ptr<configuration> config, std::shared_ptr<store_handle> store,
                 const std::optional<std::string>& rules, std::optional<int> lapse,
                 std::optional<day> trial_until, const parameter_values& parameters,
                 const std::optional<std::string>& ways)
      : config_(std::move(config)), store_(std::move(store)),
        watch_(*config_, rules_for(*config_, rules, parameters), config_->calendar,
               options_of(lapse, trial_until)) {
    if (!ways) return;
    warning_plan_file f = parse_warning_plan(*ways, "ways.csv", watch_.watch().rules());
    refuse_problems(f.found);
    plan_ = std::move(f.plan);
  }

  py::list advance(instant to, const std::optional<py::function>& sink) {
    std::vector<hit_change> all;
    {
      case_store& s = store_->open();
      const py::gil_scoped_release others_may_run;
      all = unwrap(watch_.catch_up(s, to));
    }
    reached_ = to;
    if (sink) tell(plan_, all, watch_.watch(), [&](const warning& w) { (*sink)(warning_dict(w)); });
    py::list out;
    for (const hit_change& c : all) {
      const rule& r = watch_.watch().rules().rules()[c.rule].definition();
      py::dict d;
      d["at"] = c.at;
      d["case"] = std::string{watch_.watch().id_of(c.case_number)};
      d["rule"] = r.id.text();
      d["level"] = std::string{to_string(r.level)};
      d["what"] = std::string{to_string(c.what)};
      d["since"] = c.since;
      out.append(std::move(d));
    }
    return out;
  }

  py::list coming(instant until) const {
    py::list out;
    for (const pending_hit& p : watch_.watch().coming(until)) {
      const rule& r = watch_.watch().rules().rules()[p.rule].definition();
      py::dict d;
      d["at"] = p.at;
      d["case"] = std::string{watch_.watch().id_of(p.case_number)};
      d["rule"] = r.id.text();
      d["level"] = std::string{to_string(r.level)};
      d["step"] = p.step.text();
      out.append(std::move(d));
    }
    return out;
  }

  py::dict columns() const {
    std::map<std::string, py::list> c;
    for (const hit& h : watch_.hits()) {
      c["case"].append(h.id.text());
      c["rule"].append(h.rule.text());
      c["step"].append(h.step.text());
      c["level"].append(std::string{to_string(h.level)});
      c["stage"].append(std::string{to_string(h.stage)});
      c["raised"].append(h.raised);
      c["ended"].append(py::cast(h.ended));
      c["end"].append(std::string{to_string(h.end)});
      c["message"].append(h.message.en);
      c["message_zh"].append(h.message.zh);
    }
    return in_order(c, {"case", "rule", "step", "level", "stage", "raised", "ended", "end",
                        "message", "message_zh"});
  }

  py::dict across(const std::string& begin, const std::string& until,
                  const std::string& rules) const {
    const auto hits = watch_.hits();
    const auto cases = unwrap(watched_cases(*config_, store_->open(), reached_, hits));
    std::map<std::string, py::list> c;
    const cross_case_span span = span_of(*config_, month_named(begin), month_named(until));
    for (const cross_case_hit& h :
         unwrap(watch_together(cases, rules_named(rules, rule_subject::units), span))) {
      c["rule"].append(h.rule.text());
      c["level"].append(std::string{to_string(h.level)});
      c["unit"].append(h.unit.text());
      c["person"].append(h.person.text());
      c["applicant"].append(mask_name(h.applicant));
      c["raised"].append(h.raised);
      c["message"].append(h.message.en);
      c["message_zh"].append(h.message.zh);
    }
    return in_order(
        c, {"rule", "level", "unit", "person", "applicant", "raised", "message", "message_zh"});
  }

  void answer(const std::string& id, const std::string& rule, const std::string& order,
              instant at) {
    unwrap(watch_.answer(case_id{id}, rule_id{rule}, order, at));
  }

  py::dict above(const std::string& rules) const {
    const order_register kept(store_->open(), county_supervision(), config_->calendar);
    const auto orders = unwrap(kept.list(reached_));
    return record_columns(
        unwrap(watch_orders(watch_.hits(), orders, rules_named(rules, rule_subject::records),
                            config_->calendar, reached_)));
  }

  py::dict coming_columns(instant until) const {
    std::map<std::string, py::list> c;
    for (const auto& row : coming(until))
      for (const auto& [name, v] : row.cast<py::dict>()) c[std::string{py::str(name)}].append(v);
    return in_order(c, {"at", "case", "rule", "level", "step"});
  }

  std::vector<hit> hits() const { return watch_.hits(); }
  std::optional<instant> next() const { return watch_.watch().next(); }

 private:
  std::shared_ptr<configuration> config_;
  std::shared_ptr<store_handle> store_;
  store_watch watch_;
  warning_plan plan_;
  instant reached_{};
};

py::dict back_test_in(const configuration& config, const store_handle& store, instant until,
                      const std::optional<std::string>& rules,
                      const std::optional<workday_calendar>& calendar, std::optional<int> lapse,
                      const parameter_values& parameters) {
  back_test_options tried;
  if (rules || !parameters.empty()) tried.rules = rules_for(config, rules, parameters);
  tried.calendar = calendar;
  tried.watched = options_of(lapse, std::nullopt);
  back_test_result r;
  {
    case_store& s = store.open();
    const py::gil_scoped_release others_may_run;
    r = unwrap(back_test(config, s, until, tried));
  }
  py::dict out;
  std::map<std::string, py::list> c;
  const auto add = [&](const char* side, const hit& h) {
    c["side"].append(side);
    c["case"].append(h.id.text());
    c["rule"].append(h.rule.text());
    c["step"].append(h.step.text());
    c["level"].append(std::string{to_string(h.level)});
    c["raised"].append(h.raised);
    c["ended"].append(py::cast(h.ended));
    c["end"].append(std::string{to_string(h.end)});
    c["message_zh"].append(h.message.zh);
  };
  for (const hit& h : r.only_before) add("-", h);
  for (const hit& h : r.only_after) add("+", h);
  for (const auto& [before, after] : r.changed) {
    add("<", before);
    add(">", after);
  }
  out["columns"] = in_order(
      c, {"side", "case", "rule", "step", "level", "raised", "ended", "end", "message_zh"});
  py::dict asked;
  for (const asked_rule& q : r.asked) asked[py::str(q.rule.text())] = std::string{to_string(q.why)};
  out["asked"] = std::move(asked);
  out["cases"] = r.cases;
  out["only_before"] = std::move(r.only_before);
  out["only_after"] = std::move(r.only_after);
  out["changed"] = std::move(r.changed);
  out["same"] = r.same;
  return out;
}

std::vector<std::string> sample_in(const std::vector<std::string>& cases, std::size_t count,
                                   const std::string& seed) {
  std::vector<case_id> ids;
  for (const std::string& s : cases) ids.emplace_back(s);
  std::vector<std::string> out;
  for (const case_id& id : sample_of(std::move(ids), count, seed)) out.push_back(id.text());
  return out;
}

} // namespace

void bind_monitor(py::module_& m) {
  py::class_<python_monitor>(m, "Monitor",
                             "Supervision of every case of a store, by itself: reads the events, "
                             "and knows when a verdict can change.")
      .def(py::init<std::shared_ptr<configuration>, std::shared_ptr<store_handle>,
                    const std::optional<std::string>&, std::optional<int>, std::optional<day>,
                    const parameter_values&, const std::optional<std::string>&>(),
           py::arg("configuration"), py::arg("store"), py::kw_only(), py::arg("rules") = py::none(),
           py::arg("lapse") = py::none(), py::arg("trial_until") = py::none(),
           py::arg("parameters") = parameter_values{}, py::arg("ways") = py::none(),
           "rules: the name of a pack, a document or a file; those of the configuration without. "
           "lapse: working days after which reminders and warnings lapse. parameters: thresholds, "
           "{'A003.share': 0.9}. ways: CSV text of whom hits are told to and how.\n\n"
           "Errors: those of the rules; unknown-reference and bad-value of parameters; those of "
           "the table of ways.")
      .def("advance", &python_monitor::advance, py::arg("to"), py::arg("sink") = py::none(),
           "Takes what is new in the store and lets time pass to an instant; what changed: at, "
           "case, rule, level, what (raised, cleared, superseded, answered, lapsed), since. The "
           "sink is called with each warning that has a way: at, case, rule, step, level, "
           "certainty, stage, channels, recipients, message, message_zh.\n\n"
           "Errors: time-backwards; those of the store.")
      .def("coming", &python_monitor::coming, py::arg("until"),
           "What will be raised if nothing happens: at, case, rule, level, step.")
      .def("coming_columns", &python_monitor::coming_columns, py::arg("until"),
           "The same as lists by name: for a DataFrame.")
      .def("above", &python_monitor::above, py::kw_only(), py::arg("rules") = "orders",
           "What the office one level up is told, as lists by name: alarms for which nobody issued "
           "an order, orders that were not closed.")
      .def("answer", &python_monitor::answer, py::arg("case"), py::arg("rule"), py::arg("order"),
           py::arg("at"), "A supervision order answers the open hits of a rule.")
      .def("columns", &python_monitor::columns, "The hits as lists by name: for a DataFrame.")
      .def("across", &python_monitor::across, py::arg("begin"), py::arg("until"), py::kw_only(),
           py::arg("rules") = "unit-month",
           "What rules over many cases find from one month (2024-01) until before another, as "
           "lists by name; applicants are masked.")
      .def_property_readonly("hits", &python_monitor::hits, "By instant, case and rule.")
      .def_property_readonly("next", &python_monitor::next,
                             "Nothing changes before it, if nothing happens.");
  m.def(
      "rule_packs",
      [] {
        std::vector<std::string> out;
        for (const std::string_view name : rule_pack_names()) out.emplace_back(name);
        return out;
      },
      "The names of the rules that banli carries.");
  m.def(
      "rule_pack",
      [](const std::string& name) { return std::string{unwrap(rule_pack_text(name))}; },
      py::arg("name"), "The document of a pack, for RuleSet.from_yaml().");
  m.def("back_test", &back_test_in, py::arg("configuration"), py::arg("store"), py::kw_only(),
        py::arg("until"), py::arg("rules") = py::none(), py::arg("calendar") = py::none(),
        py::arg("lapse") = py::none(), py::arg("parameters") = parameter_values{},
        "What other rules, other thresholds or another calendar would have found in the whole "
        "history: only_before, only_after, changed (pairs), same (how many, of the rules in "
        "asked), asked (rule: why it was asked again; all others say the same), cases, and columns "
        "(side '-', '+', '<' or '>', and the hit) for a DataFrame.");
  m.def(
      "watch_columns",
      [](const configuration& config, day on, const std::string& rules) {
        return record_columns(
            unwrap(watch_columns(config, on, rules_named(rules, rule_subject::records))));
      },
      py::arg("configuration"), py::arg("on"), py::kw_only(), py::arg("rules") = "disclosure",
      "What rules find in the columns of the website on a day, as lists by name: late, empty and "
      "incomplete ones.");
  m.def("sample_cases", &sample_in, py::arg("cases"), py::arg("count"), py::arg("seed"),
        "A sample that the seed decides and nobody else.");
}

} // namespace banli::python
