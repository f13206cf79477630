// Scoring schemes, scores and ranks; statistics of a store; samples.
#include <banli/assessment/assess.hpp>
#include <banli/assessment/office_tables.hpp>
#include <banli/assessment/record_sources.hpp>
#include <banli/assessment/sampling.hpp>
#include <banli/assessment/statistics.hpp>
#include <banli/document/scoring_file.hpp>
#include <banli/run/office_figures.hpp>

#include "bind_office.hpp"
#include "document/scoring_parts.hpp"
#include "options.hpp"
#include "parts.hpp"
#include "store.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

py::object json_object(const std::string& text) {
  return py::module_::import("json").attr("loads")(text);
}

compiled_scheme scheme_in(scheme_file f) {
  refuse_problems(f.found);
  return *f.scheme;
}

void bind_scoring_scheme(py::module_& m) {
  py::class_<compiled_scheme>(m, "ScoringScheme", "How departments or persons are scored.")
      .def_property_readonly("id", [](const compiled_scheme& s) { return s.definition().id; })
      .def_property_readonly("name",
                             [](const compiled_scheme& s) { return s.definition().name.en; })
      .def_property_readonly("name_zh",
                             [](const compiled_scheme& s) { return s.definition().name.zh; })
      .def_property_readonly(
          "period",
          [](const compiled_scheme& s) { return std::string{to_string(s.definition().period)}; })
      .def_property_readonly("indicators",
                             [](const compiled_scheme& s) {
                               std::vector<std::string> ids;
                               for (const score_indicator& i : s.definition().indicators)
                                 ids.push_back(i.id);
                               return ids;
                             })
      .def(
          "to_yaml", [](const compiled_scheme& s) { return unwrap(save(s.definition())); },
          "The document, in its one spelling.");
  m.def(
      "load_scheme", [](const std::string& path) { return scheme_in(load_scheme(path)); },
      py::arg("path"), "A document of kind scoring_scheme. Raises Error with every problem.");
  m.def(
      "parse_scheme", [](const std::string& text) { return scheme_in(parse_scheme("-", text)); },
      py::arg("text"), "The same from text.");
}

/// What was scored, for Python: the assessment, and the scheme that made it.
struct scored {
  compiled_scheme scheme;
  assessment done;
};

py::list consequences_of(const scored& s) {
  py::list out;
  for (const consequence_met& c : s.done.consequences) {
    py::dict row;
    row["id"] = c.id;
    row["name"] = c.name.en;
    row["name_zh"] = c.name.zh;
    row["subject"] = c.subject;
    row["ranks"] = c.ranks;
    out.append(row);
  }
  return out;
}

/// Counts of one period: the same for all, or what a function of (from, until) gives.
std::function<subject_counts(day, day)> counts_from(const py::object& given) {
  if (given.is_none()) return {};
  return [given](day from, day until) {
    const py::object all =
        PyCallable_Check(given.ptr()) != 0 ? given(py::cast(from), py::cast(until)) : given;
    subject_counts out;
    for (const auto& [who, counts] : py::cast<py::dict>(all)) {
      std::string subject;
      take("counts", who, subject);
      take(subject, counts, out[subject]);
    }
    return out;
  };
}

scored score_with(const compiled_scheme& scheme, day from, day until, const py::object& records,
                  const py::object& evaluations, const py::object& counts,
                  const std::set<std::string>& subjects) {
  std::vector<score_record> found;
  std::vector<evaluation> said;
  take("records", records, found);
  take("evaluations", evaluations, said);
  return {scheme,
          unwrap(assess(scheme, {from, until, found, said, subjects, counts_from(counts)}))};
}

void bind_scores(py::module_& m) {
  bind_part<score_record>(m, "ScoreRecord", "One thing that may cost or earn points.");
  bind_part<evaluation>(m, "Evaluation", "What one person said of the handling.");
  py::class_<scored>(m, "Assessment", "Scores, ranks, and what follows from them.")
      .def_property_readonly(
          "ranking",
          [](const scored& s) { return ranking_table(s.scheme, s.done.places, s.done.scores); },
          "A DataTable: rank, subject, total, vetoes, complete, and a column a part.")
      .def_property_readonly(
          "scores",
          [](const scored& s) {
            py::dict out;
            for (const score& one : s.done.scores)
              out[py::str(one.subject)] = json_object(to_json(one));
            return out;
          },
          "Of each subject the tree of its score, as a dict; decimals are text.")
      .def_property_readonly(
          "periods",
          [](const scored& s) {
            py::list out;
            for (std::size_t i = 0; i < s.done.periods.size(); ++i)
              out.append(ranking_table(s.scheme, s.done.periods[i], s.done.period_scores[i]));
            return out;
          },
          "The ranking of each period, the oldest first.")
      .def_property_readonly(
          "points",
          [](const scored& s) {
            std::vector<score> all;
            for (const auto& of : s.done.period_scores) all.insert(all.end(), of.begin(), of.end());
            return point_table(all);
          },
          "A DataTable of every point: subject, from, until, indicator, cause, id, points, effect "
          "(on the total of its period), records, note.")
      .def_property_readonly("consequences", &consequences_of)
      .def(
          "explain",
          [](const scored& s, const std::string& subject, const std::string& lang) {
            std::string out;
            for (const auto& period : s.done.period_scores)
              for (const score& one : period)
                if (one.subject == subject) out += to_text(one, language_of(lang));
            return out;
          },
          py::arg("subject"), py::arg("lang") = "zh", "Every point of a subject, a line each.");
  m.def(
      "score", &score_with, py::arg("scheme"), py::kw_only(), py::arg("from_"), py::arg("until"),
      py::arg("records") = py::list(), py::arg("evaluations") = py::list(),
      py::arg("counts") = py::none(), py::arg("subjects") = std::set<std::string>{},
      "score(scheme, *, from_, until, records=[], evaluations=[], counts=None, subjects=()) -> "
      "Assessment\n\nScores [from_, until) period by period. counts: {subject: {name: int}}, or a "
      "function of (from_, until) that gives it. Errors: duplicate-id, missing-field, "
      "unknown-reference, out-of-range, evaluation-error, bad-value.");
}

std::vector<grouping> groupings(const std::vector<std::string>& names) {
  std::vector<grouping> out;
  for (const std::string& name : names) out.push_back(unwrap(parse_grouping(name)));
  return out;
}

data_table counted(const office_figures& f, day from, day until,
                   const std::vector<std::string>& by) {
  const statistic_question asked{from, until, groupings(by)};
  return unwrap(asks_for_steps(asked) ? step_statistics(f.cases, asked)
                                      : case_statistics(f.cases, asked));
}

std::shared_ptr<office_figures> measured(const configuration& config, const store_handle& store,
                                         instant until) {
  const case_store& s = store.open();
  const py::gil_scoped_release others_may_run;
  return std::make_shared<office_figures>(unwrap(measure_office(config, s, until)));
}

period_window window_of(day from, day until, const std::string& by) {
  return {from, until, unwrap(parse_period_kind(by))};
}

void bind_figures(py::module_& m) {
  py::class_<office_figures, std::shared_ptr<office_figures>>(
      m, "OfficeFigures", "Every case of a store in numbers, up to an instant.")
      .def("__len__", [](const office_figures& f) { return f.cases.size(); })
      .def_readonly("records", &office_figures::records,
                    "Hits, late cases, orders, complaints, disclosure: to score.")
      .def_readonly("hits", &office_figures::hits, "Of every case; orders have answered theirs.")
      .def(
          "complaint_totals",
          [](const office_figures& f, day from, day until, const std::string& by) {
            return complaint_totals(f.complaints, window_of(from, until, by));
          },
          py::arg("from_"), py::arg("until"), py::arg("by") = "month",
          "The complaints of the store by period and channel.")
      .def(
          "order_totals",
          [](const office_figures& f, day from, day until, const std::string& by) {
            return order_totals(f.orders, window_of(from, until, by));
          },
          py::arg("from_"), py::arg("until"), py::arg("by") = "month",
          "The supervision orders of the store by period and unit.")
      .def_readonly("left_out", &office_figures::left_out)
      .def("statistics", &counted, py::arg("from_"), py::arg("until"),
           py::arg("by") = std::vector<std::string>{},
           "A DataTable of cases; with post, person or step in `by` of turns of steps. Errors: "
           "bad-value, unknown-value.")
      .def(
          "counts",
          [](const office_figures& f, day from, day until) {
            return counts_of(f.cases, from, until);
          },
          py::arg("from_"), py::arg("until"), "By department, for score().")
      .def(
          "overdue",
          [](const office_figures& f, instant now) { return public_overdue(f.cases, now); },
          py::arg("now"), "超期办件公示.")
      .def(
          "public_cases",
          [](const office_figures& f, instant now) { return public_cases(f.cases, now); },
          py::arg("now"), "办件公示.")
      .def(
          "coverage",
          [](const office_figures& f, const configuration& c, day on) {
            return supervision_coverage(c.items, c.definitions, c.rules ? &*c.rules : nullptr,
                                        f.cases, on);
          },
          py::arg("configuration"), py::arg("on"), "How far supervision reaches.");
  m.def("measure_office", &measured, py::arg("configuration"), py::arg("store"), py::arg("until"),
        "Folds and supervises every case of a store. Errors: those of the store.");
  m.def(
      "statistics",
      [](const configuration& config, const store_handle& store, day from, day until,
         const std::vector<std::string>& by) {
        const auto f = measured(config, store, instant{until} - std::chrono::seconds{1});
        return counted(*f, from, until, by);
      },
      py::arg("configuration"), py::arg("store"), py::kw_only(), py::arg("from_"), py::arg("until"),
      py::arg("by") = std::vector<std::string>{},
      "statistics(configuration, store, *, from_, until, by=()) -> DataTable\n\nVolumes, "
      "timeliness "
      "and times of [from_, until), grouped. Who asks several questions of one store calls "
      "measure_office() once.");
}

void bind_office_tables(py::module_& m) {
  m.def(
      "items_by_type", [](const configuration& c) { return items_by_type(c.items); },
      py::arg("configuration"));
  m.def(
      "type_line",
      [](const configuration& c, const std::string& department, const std::string& lang) {
        return type_line(c.items, department_id{department}, language_of(lang));
      },
      py::arg("configuration"), py::arg("department") = "", py::arg("lang") = "zh",
      "共 12 项;其中行政许可 3 项… of a department, or of all.");
  m.def(
      "hall_presence", [](const configuration& c) { return hall_presence(c.items); },
      py::arg("configuration"));
  m.def(
      "hall_totals", [](const configuration& c) { return hall_totals(c.items); },
      py::arg("configuration"));
  m.def(
      "complaint_totals",
      [](const std::vector<complaint_record>& all, day from, day until, const std::string& by) {
        return complaint_totals(all, window_of(from, until, by));
      },
      py::arg("complaints"), py::kw_only(), py::arg("from_"), py::arg("until"),
      py::arg("by") = "month");
  m.def(
      "satisfaction_rates",
      [](const py::object& given, day from, day until) {
        std::vector<evaluation> all;
        take("evaluations", given, all);
        return satisfaction_rates(all, from, until);
      },
      py::arg("evaluations"), py::kw_only(), py::arg("from_"), py::arg("until"));
  m.def(
      "disclosure_returns",
      [](const configuration& c, day from, day until, const std::string& by) {
        return disclosure_returns(c.disclosure, window_of(from, until, by));
      },
      py::arg("configuration"), py::kw_only(), py::arg("from_"), py::arg("until"),
      py::arg("by") = "quarter", "信息公开工作统计报表.");
  m.def(
      "plan_and_done",
      [](const std::vector<std::tuple<std::string, std::string, std::string, day, std::size_t>>& p,
         const std::vector<std::tuple<std::string, std::string, day>>& d) {
        std::vector<planned_work> plans;
        for (const auto& [unit, what, by, on, n] : p)
          plans.push_back({unit, what, period_of(window_of(on, on, by).by, on), n});
        std::vector<done_work> done;
        for (const auto& [unit, what, on] : d) done.push_back({unit, what, on});
        return plan_and_done(plans, done);
      },
      py::arg("plans"), py::arg("done"),
      "plans: (unit, what, period, a day of it, count); done: (unit, what, day).");
  m.def(
      "draw_sample",
      [](const std::vector<std::pair<std::string, std::string>>& cases, std::size_t size,
         const std::string& seed, bool one_each) {
        std::vector<sampled_case> all;
        for (const auto& [id, stratum] : cases) all.push_back({case_id{id}, stratum});
        return sample_table(unwrap(draw_sample(
            all, {size, seed, one_each ? sample_shares::one_each : sample_shares::proportional})));
      },
      py::arg("cases"), py::kw_only(), py::arg("size"), py::arg("seed"), py::arg("one_each") = true,
      "cases: (number, department). The cases whose SHA-256 of seed, line feed and number is "
      "smallest, by department.\n\nErrors: missing-field, duplicate-id.");
}

} // namespace

void bind_assessment(py::module_& m) {
  bind_scoring_scheme(m);
  bind_scores(m);
  bind_figures(m);
  bind_office_tables(m);
}

} // namespace banli::python
