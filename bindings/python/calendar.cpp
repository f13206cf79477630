// Calendar and Deadline.
#include <banli/calendar/cn.hpp>
#include <banli/deadline/deadline.hpp>
#include <banli/deadline/explanation.hpp>

#include "bind.hpp"
#include "casters.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

using exclusion_tuple = std::tuple<std::string, day, std::optional<day>>;
using extension_tuple = std::tuple<std::string, day>;

/// A deadline with the days that made it.
struct explained_deadline {
  deadline answer;
  std::string calendar;
  std::shared_ptr<const explanation> why;
};

std::vector<exclusion> exclusions_of(const std::vector<exclusion_tuple>& given) {
  std::vector<exclusion> out;
  for (const auto& [kind, from, to] : given)
    out.push_back({from, to, kind, to ? stop_type::exclude : stop_type::suspend});
  return out;
}

std::vector<extension> extensions_of(const std::vector<extension_tuple>& given) {
  std::vector<extension> out;
  for (const auto& [limit, asked] : given)
    out.push_back({unwrap(parse_time_limit(limit)), asked, {}});
  return out;
}

roll roll_of(const std::string& word) {
  if (word == "following") return roll::following;
  if (word == "preceding") return roll::preceding;
  if (word == "none") return roll::none;
  throw failure{make_error(errc::unknown_value, "'{}' is no roll: following, preceding or none",
                           "“{}”不是顺延方式:following、preceding 或 none", word)};
}

explained_deadline due(const workday_calendar& cal, instant start, const std::string& limit,
                       const std::vector<exclusion_tuple>& exclude,
                       const std::vector<extension_tuple>& extend,
                       const std::optional<std::string>& rolling) {
  counting_rules rules;
  if (rolling) rules.rolling = roll_of(*rolling);
  auto e = unwrap(explain(cal, unwrap(parse_time_limit(limit)), start, exclusions_of(exclude),
                          extensions_of(extend), rules));
  const deadline answer = e.answer;
  return {answer, cal.version(), std::make_shared<const explanation>(std::move(e))};
}

language language_of(const std::string& name) {
  if (name == "en") return language::en;
  if (name == "zh") return language::zh;
  throw failure{make_error(errc::unknown_value, "'{}' is no language: en or zh",
                           "“{}”不是语言:en 或 zh", name)};
}

void bind_day_info(py::module_& m) {
  py::class_<day_info>(m, "DayInfo", "What is known of one day.")
      .def_readonly("date", &day_info::date)
      .def_property_readonly(
          "kind", [](const day_info& d) { return std::string{to_string(d.kind)}; },
          "workday, weekend, holiday or makeup_workday")
      .def_readonly("name", &day_info::name, "The holiday, or empty.")
      .def_readonly("source", &day_info::source, "The notice or overlay that decided, or empty.")
      .def_readonly("provisional", &day_info::provisional, "No notice rules this day.");
}

void bind_deadline(py::module_& m) {
  py::class_<day_run>(m, "DayRun", "Neighbouring days with one fate.")
      .def_readonly("first", &day_run::from)
      .def_readonly("last", &day_run::to)
      .def_property_readonly("kind",
                             [](const day_run& r) { return std::string{to_string(r.what)}; })
      .def_readonly("first_count", &day_run::first)
      .def_readonly("last_count", &day_run::last)
      .def_property_readonly("reason", [](const day_run& r) { return r.reason.en; })
      .def_property_readonly("reason_zh", [](const day_run& r) { return r.reason.zh; })
      .def_readonly("source", &day_run::source);

  py::class_<explained_deadline>(m, "Deadline", "When a time limit ends, and why.")
      .def_property_readonly("start", [](const explained_deadline& d) { return d.answer.start; })
      .def_property_readonly(
          "due", [](const explained_deadline& d) { return d.answer.due; },
          "The last day in time; None while a suspension is open.")
      .def_property_readonly(
          "due_at", [](const explained_deadline& d) { return d.answer.due_at; },
          "The first instant that is too late.")
      .def_property_readonly("limit",
                             [](const explained_deadline& d) { return to_text(d.answer.limit); })
      .def_property_readonly(
          "remaining", [](const explained_deadline& d) { return d.answer.remaining; },
          "Units left while a suspension is open.")
      .def_property_readonly("provisional",
                             [](const explained_deadline& d) { return d.answer.provisional; })
      .def_property_readonly(
          "calendar", [](const explained_deadline& d) { return d.calendar; },
          "The version of the calendar used.")
      .def_property_readonly(
          "days", [](const explained_deadline& d) { return d.why->runs(); },
          "Every day from the start to the due date, as runs.")
      .def(
          "explain",
          [](const explained_deadline& d, const std::string& lang) {
            return to_text(*d.why, language_of(lang));
          },
          py::arg("lang") = "en", "One line a run of days.")
      .def("__repr__", [](const explained_deadline& d) {
        return fmt::format("<Deadline {} from {}: {}>", to_text(d.answer.limit),
                           to_text(d.answer.start),
                           d.answer.due ? to_text(*d.answer.due) : std::string{"suspended"});
      });
}

} // namespace

void bind_calendar(py::module_& m) {
  bind_day_info(m);
  bind_deadline(m);
  py::class_<workday_calendar>(m, "Calendar", "Which days an office works.")
      .def_static(
          "cn", [] { return cn(); }, "The State Council's days, 2007 to 2026.")
      .def_property_readonly("version", &workday_calendar::version)
      .def("is_workday", &workday_calendar::is_workday, py::arg("day"))
      .def("day", &workday_calendar::at, py::arg("day"), "Kind, name and source of a day.")
      .def(
          "add_workdays",
          [](const workday_calendar& c, day d, int n) { return unwrap(c.add_workdays(d, n)); },
          py::arg("day"), py::arg("n"),
          "The n-th working day after a day; before it for negative n.")
      .def(
          "count_workdays",
          [](const workday_calendar& c, day after, day through) {
            return unwrap(c.workdays_between(after, through));
          },
          py::arg("after"), py::arg("through"), "Working days in (after, through].")
      .def("due", &due, py::arg("start"), py::arg("limit"), py::kw_only(),
           py::arg("exclude") = std::vector<exclusion_tuple>{},
           py::arg("extend") = std::vector<extension_tuple>{}, py::arg("roll") = py::none(),
           "When a limit ends. exclude: (kind, first day, last day or None); extend: (limit, day "
           "asked).")
      .def("__repr__", [](const workday_calendar& c) { return "<Calendar " + c.version() + ">"; });
}

} // namespace banli::python
