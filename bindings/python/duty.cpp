// Duty: what must be published, and by when.
#include <banli/base/nearest.hpp>
#include <banli/deadline/duty_schedule.hpp>

#include "bind.hpp"
#include "casters.hpp"
#include "options.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

using occurrence_tuple = std::tuple<std::string, day>;

duty_trigger trigger_of(const std::string& word) {
  const auto& names = detail::trigger_names;
  const auto it = std::find(names.begin(), names.end(), word);
  if (it == names.end())
    throw failure{
        with_hint(make_error(errc::unknown_value, "'{}' is no trigger: expected one of {}",
                             "“{}”不是触发条件:应为 {} 之一", word, fmt::join(names, ", ")),
                  suggestion(word, names))};
  return static_cast<duty_trigger>(it - names.begin());
}

duty_history history_of(day since, const std::vector<day>& published,
                        const std::vector<occurrence_tuple>& occurrences,
                        const std::string& scope) {
  duty_history h{since, published, {}, scope};
  for (const auto& [trigger, d] : occurrences) h.occurrences.push_back({trigger_of(trigger), d});
  return h;
}

duty_tolerance tolerance_of(const py::object& immediate, const py::object& prompt) {
  duty_tolerance t;
  if (!immediate.is_none()) t.immediate = limit_in(immediate);
  if (!prompt.is_none()) t.prompt = limit_in(prompt);
  return t;
}

void bind_clause(py::module_& m) {
  py::class_<duty_clause>(m, "DutyClause", "One clause of a duty.")
      .def_readonly("scope", &duty_clause::scope, "What it is for; empty: everything.")
      .def_property_readonly("trigger",
                             [](const duty_clause& c) { return std::string{to_string(c.trigger)}; })
      .def_readonly("subject", &duty_clause::subject, "The document of publish(…), or a word.")
      .def_property_readonly(
          "pace",
          [](const duty_clause& c) {
            constexpr std::array<const char*, 4> names{"none", "immediate", "prompt", "limit"};
            return names[static_cast<std::size_t>(c.pace)];
          },
          "none, immediate, prompt or limit.")
      .def_property_readonly(
          "limit",
          [](const duty_clause& c) -> std::optional<time_limit> {
            if (c.limit == time_limit{}) return std::nullopt;
            return c.limit;
          },
          "The limit, the longest gap, or the period; None where there is none.")
      .def_readonly("count", &duty_clause::count, "min_count: how often in a period; else 0.")
      .def_property_readonly("text", [](const duty_clause& c) { return to_text(c); })
      .def("__repr__", [](const duty_clause& c) { return "<DutyClause " + to_text(c) + ">"; });
}

void bind_obligation(py::module_& m) {
  py::class_<obligation>(m, "Obligation", "One thing to be done in time.")
      .def_readonly("clause", &obligation::clause, "Index into Duty.clauses.")
      .def_readonly("start", &obligation::from,
                    "The occurrence, the last publication, or the begin of the period.")
      .def_readonly("due", &obligation::due, "The last day in time.")
      .def_readonly("met", &obligation::met, "The day it was met; None: not yet.")
      .def(
          "days_late", [](const obligation& o, day today) { return days_late(o, today).count(); },
          py::arg("today"), "days_late(today) -> int\n\nCalendar days; 0 when in time.")
      .def("__repr__", [](const obligation& o) {
        return fmt::format("<Obligation due {}{}>", to_text(o.due),
                           o.met ? ", met " + to_text(*o.met) : std::string{});
      });
}

} // namespace

void bind_duty(py::module_& m) {
  bind_clause(m);
  bind_obligation(m);
  const char* about =
      "since: from when the duty runs; published: days of publication; occurrences: (trigger, day) "
      "of\n"
      "events, requests, changes; scope: clauses for others do not bind; immediate, prompt: what\n"
      "those words mean (1 and 5 workdays). Errors: out-of-range, limit-exceeded, unknown-value.";
  static const std::string all = std::string{"obligations(calendar, since, until, *, published=[], "
                                             "occurrences=[], scope='', immediate=None, "
                                             "prompt=None) -> list of Obligation\n\n"} +
                                 about;
  static const std::string next =
      std::string{"next_due(calendar, since, until, *, published=[], occurrences=[], scope='', "
                  "immediate=None, prompt=None) -> date or None\n\nThe earliest due day "
                  "of what is not met; it may lie before `until`.\n"} +
      about;
  py::class_<duty>(m, "Duty", "What must be published, and by when.")
      .def_static(
          "parse", [](const std::string& text) { return unwrap(parse_duty(text)); },
          py::arg("text"),
          "parse(text) -> Duty\n\n'every:P1M;event:prompt' … Errors: bad-duty, limit-exceeded.")
      .def_readonly("clauses", &duty::clauses)
      .def_property_readonly(
          "text", [](const duty& d) { return to_text(d); }, "The one canonical spelling.")
      .def(
          "obligations",
          [](const duty& d, const workday_calendar& c, day since, day until,
             const std::vector<day>& published, const std::vector<occurrence_tuple>& occurrences,
             const std::string& scope, const py::object& immediate, const py::object& prompt) {
            return unwrap(obligations(d, c, history_of(since, published, occurrences, scope), until,
                                      tolerance_of(immediate, prompt)));
          },
          py::arg("calendar"), py::arg("since"), py::arg("until"), py::kw_only(),
          py::arg("published") = std::vector<day>{},
          py::arg("occurrences") = std::vector<occurrence_tuple>{}, py::arg("scope") = "",
          py::arg("immediate") = py::none(), py::arg("prompt") = py::none(), all.c_str())
      .def(
          "next_due",
          [](const duty& d, const workday_calendar& c, day since, day until,
             const std::vector<day>& published, const std::vector<occurrence_tuple>& occurrences,
             const std::string& scope, const py::object& immediate, const py::object& prompt) {
            return unwrap(next_due(d, c, history_of(since, published, occurrences, scope), until,
                                   tolerance_of(immediate, prompt)));
          },
          py::arg("calendar"), py::arg("since"), py::arg("until"), py::kw_only(),
          py::arg("published") = std::vector<day>{},
          py::arg("occurrences") = std::vector<occurrence_tuple>{}, py::arg("scope") = "",
          py::arg("immediate") = py::none(), py::arg("prompt") = py::none(), next.c_str())
      .def("__str__", [](const duty& d) { return to_text(d); })
      .def("__repr__", [](const duty& d) { return "<Duty " + to_text(d) + ">"; })
      .def("__eq__", [](const duty& a, py::handle b) {
        return py::isinstance<duty>(b) && a == b.cast<const duty&>();
      });
}

} // namespace banli::python
