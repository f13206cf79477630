// The main job: read a log, replay it, write the report.
#include <algorithm>

#include <banli/interchange/case_log.hpp>
#include <banli/interchange/foreign_log.hpp>
#include <banli/run/replay.hpp>
#include <banli/run/report.hpp>

#include "bind.hpp"
#include "casters.hpp"
#include "store.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

using progress_function = std::function<void(std::string, std::size_t, std::size_t)>;

/// Calls back into Python from a thread that has let the interpreter go.
std::function<void(const progress&)> told(const progress_function& f) {
  if (!f) return {};
  return [f](const progress& p) {
    const py::gil_scoped_acquire ours;
    f(std::string{p.stage}, p.done, p.total);
  };
}

std::shared_ptr<case_log> read_log(const configuration& config, const std::string& path) {
  const auto text = unwrap(read_log_file(path));
  case_log_result r =
      config.log ? parse_case_log(text, path, *config.log) : parse_case_log(text, path);
  if (!r.found.empty()) throw failure{r.found.front()};
  return std::make_shared<case_log>(std::move(r.log));
}

/// The columns of a mapping by their names in Python.
log_mapping mapping_of(const configuration& config, std::string_view text,
                       const std::optional<std::string>& item, const py::dict& columns) {
  log_mapping m = config.log.value_or(log_mapping{});
  if (is_xes(text)) {
    auto steps = std::move(m.steps);
    m = xes_mapping(m.item);
    m.steps = std::move(steps);
  }
  if (item) m.item = item_id{*item};
  const std::pair<const char*, std::string*> known[] = {
      {"case", &m.case_column},         {"step", &m.step_column},
      {"time", &m.time_column},         {"actor", &m.actor_column},
      {"sequence", &m.sequence_column}, {"received", &m.received_column},
      {"deadline", &m.deadline_column}};
  for (const auto& [key, value] : columns) {
    const std::string name = key.cast<std::string>();
    const auto found = std::find_if(std::begin(known), std::end(known),
                                    [&](const auto& k) { return k.first == name; });
    if (found == std::end(known))
      throw py::value_error("columns: case, step, time, actor, sequence, received or deadline");
    *found->second = value.cast<std::string>();
  }
  if (m.item.empty())
    throw failure{make_error(errc::missing_field, "no item is given and no log_mapping has one",
                             "未给出事项,log_mapping 中也没有")};
  return m;
}

py::tuple import_log(const configuration& config, const std::string& path,
                     const std::optional<std::string>& item, const py::dict& columns) {
  const std::string text = unwrap(read_log_file(path));
  case_log_result r = import_case_log(text, path, mapping_of(config, text, item, columns));
  return py::make_tuple(std::make_shared<case_log>(std::move(r.log)), std::move(r.found));
}

problems check_log(const configuration& config, const std::string& path) {
  const auto text = read_log_file(path);
  if (!text) return {text.error()};
  return (config.log ? parse_case_log(*text, path, *config.log) : parse_case_log(*text, path))
      .found;
}

std::shared_ptr<run_result> run_replay(const configuration& config, const case_log& log,
                                       const store_handle& store,
                                       const std::optional<instant>& until,
                                       const progress_function& on_progress) {
  case_store& s = store.open();
  const py::gil_scoped_release others_may_run;
  return std::make_shared<run_result>(unwrap(replay(config, log, s,
                                                    {.until = until.value_or(last_instant(log)),
                                                     .on_progress = told(on_progress),
                                                     .audited = !config.log})));
}

written_report run_report(const std::string& folder, const configuration& config,
                          const run_result& run, const store_handle& store, instant until,
                          const std::string& lang, const progress_function& on_progress) {
  case_store& s = store.open();
  const py::gil_scoped_release others_may_run;
  return unwrap(write_report(folder, config, run, s,
                             {.until = until,
                              .in = lang == "en" ? language::en : language::zh,
                              .on_progress = told(on_progress)}));
}

void bind_hit(py::module_& m) {
  py::class_<hit>(m, "Hit", "What supervision found.")
      .def_readonly("rule", &hit::rule)
      .def_readonly("case", &hit::id)
      .def_readonly("step", &hit::step)
      .def_property_readonly("level", [](const hit& h) { return std::string{to_string(h.level)}; })
      .def_readonly("raised", &hit::raised)
      .def_readonly("ended", &hit::ended)
      .def_property_readonly("end", [](const hit& h) { return std::string{to_string(h.end)}; })
      .def_property_readonly("certainty",
                             [](const hit& h) { return std::string{to_string(h.certainty)}; })
      .def_property_readonly(
          "stage", [](const hit& h) { return std::string{to_string(h.stage)}; },
          "formal, or trial: marked and not scored.")
      .def_readonly("superseded_by", &hit::superseded_by)
      .def_readonly("order", &hit::order, "The supervision order that answered it.")
      .def_readonly("explanation", &hit::explanation)
      .def(
          "to_json", [](const hit& h) { return to_json(h); }, "One line; equal hits, equal bytes.")
      .def_property_readonly("message", [](const hit& h) { return h.message.en; })
      .def_property_readonly("message_zh", [](const hit& h) { return h.message.zh; })
      .def_property_readonly("facts", [](const hit& h) {
        py::dict d;
        for (const hit_fact& f : h.facts) d[py::str(f.name)] = f.value;
        return d;
      });
}

void bind_summary(py::module_& m) {
  py::class_<item_summary>(m, "ItemSummary", "One row of the table.")
      .def_readonly("item", &item_summary::item)
      .def_readonly("name", &item_summary::name)
      .def_readonly("received", &item_summary::received)
      .def_readonly("early", &item_summary::early)
      .def_readonly("on_time", &item_summary::on_time)
      .def_readonly("overdue", &item_summary::overdue)
      .def_readonly("open", &item_summary::open)
      .def_readonly("not_judged", &item_summary::not_judged)
      .def_property_readonly("reminders", [](const item_summary& s) { return s.hits[0]; })
      .def_property_readonly("warnings", [](const item_summary& s) { return s.hits[1]; })
      .def_property_readonly("alarms", [](const item_summary& s) { return s.hits[2]; });
}

void bind_result(py::module_& m) {
  py::class_<refusal>(m, "Refusal", "A command the engine refused.")
      .def_property_readonly("case", [](const refusal& r) { return r.asked.id; })
      .def_property_readonly("step", [](const refusal& r) { return r.asked.with.step; })
      .def_property_readonly("problem", [](const refusal& r) { return r.why; })
      .def_readonly("passed_over", &refusal::passed_over);
  py::class_<run_result, std::shared_ptr<run_result>>(m, "RunResult", "What a replay found.")
      .def_readonly("items", &run_result::items)
      .def_readonly("refusals", &run_result::refusals)
      .def_readonly("commands", &run_result::commands)
      .def_readonly("already_done", &run_result::already_done)
      .def_readonly("events_appended", &run_result::events_appended)
      .def_readonly("refusals_recorded", &run_result::refusals_recorded)
      .def_readonly("complete", &run_result::complete)
      .def_readonly("unfinished", &run_result::unfinished)
      .def_readonly("deviating", &run_result::deviating)
      .def_readonly("deadlines", &run_result::deadlines)
      .def_readonly("deadlines_reproduced", &run_result::deadlines_reproduced)
      .def_property_readonly(
          "hits",
          [](const run_result& r) {
            std::vector<hit> all;
            for (const case_outcome& o : r.cases)
              all.insert(all.end(), o.hits.begin(), o.hits.end());
            return all;
          },
          "Every hit of every case.")
      .def(
          "table",
          [](const run_result& r, const std::string& lang) {
            return to_table(r, lang == "en" ? language::en : language::zh);
          },
          py::arg("lang") = "zh");
}

} // namespace

void bind_run(py::module_& m) {
  bind_hit(m);
  bind_summary(m);
  bind_result(m);
  py::class_<case_log, std::shared_ptr<case_log>>(m, "CaseLog", "A log of commands.")
      .def("__len__", [](const case_log& l) { return l.commands.size(); })
      .def_property_readonly("last", &last_instant, "The last instant of the log.");
  py::class_<written_report>(m, "WrittenReport")
      .def_readonly("index", &written_report::index)
      .def_readonly("dossiers", &written_report::dossiers);
  m.def("read_log", &read_log, py::arg("configuration"), py::arg("path"),
        "Reads a log (CSV, .gz too). Raises Error with its first problem; check_log lists all.");
  m.def("import_log", &import_log, py::arg("configuration"), py::arg("path"), py::kw_only(),
        py::arg("item") = py::none(), py::arg("columns") = py::dict(),
        "import_log(configuration, path, *, item=None, columns={}) -> tuple\n\nA log that another "
        "system pushes, CSV or XES: the cases that could be read whole, and every problem. columns "
        "lie over the log_mapping: case, step, time, actor, sequence, received, deadline.");
  m.def("check_log", &check_log, py::arg("configuration"), py::arg("path"),
        "Every problem of a log.");
  m.def("replay", &run_replay, py::arg("configuration"), py::arg("log"), py::arg("store"),
        py::kw_only(), py::arg("until") = py::none(), py::arg("on_progress") = progress_function{},
        "Runs a log through the engine into a store and supervises every case up to `until`.");
  m.def("write_report", &run_report, py::arg("folder"), py::arg("configuration"), py::arg("result"),
        py::arg("store"), py::kw_only(), py::arg("until"), py::arg("lang") = "zh",
        py::arg("on_progress") = progress_function{},
        "Writes index.html and one page per case with a hit.");
}

} // namespace banli::python
