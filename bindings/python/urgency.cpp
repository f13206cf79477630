// Urgency and ClockStart: how pressing a limit is, and on which day its clock starts.
#include <banli/base/nearest.hpp>
#include <banli/deadline/clock_start.hpp>
#include <banli/deadline/urgency.hpp>

#include "bind.hpp"
#include "casters.hpp"
#include "deadline.hpp"
#include "options.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

constexpr std::array<std::string_view, 6> level_words{
    "name", "name_zh", "card", "percent_used", "units_left", "workdays_late"};

/// One level, as a dict of those words.
urgency_level level_in(py::handle h) {
  if (!PyDict_Check(h.ptr()))
    throw py::type_error(
        fmt::format("a level of urgency is a dict of {}", fmt::join(level_words, ", ")));
  const auto given = py::reinterpret_borrow<py::dict>(h);
  for (const auto& item : given) {
    const auto word = item.first.cast<std::string>();
    if (std::find(level_words.begin(), level_words.end(), word) == level_words.end())
      throw py::type_error(
          fmt::format("a level of urgency has no '{}'{}", word, suggestion(word, level_words).en));
  }
  const auto text = [&](const char* word) {
    return given.contains(word) ? given[word].cast<std::string>() : std::string{};
  };
  const auto number = [&](const char* word) {
    return given.contains(word) ? given[word].cast<std::optional<int>>() : std::nullopt;
  };
  urgency_level l{{text("name"), text("name_zh")},
                  text("card"),
                  number("percent_used"),
                  number("units_left"),
                  number("workdays_late")};
  if (l.name.zh.empty()) l.name.zh = l.name.en;
  return l;
}

urgency_thresholds thresholds_in(py::handle h) {
  urgency_thresholds t;
  if (h.is_none()) return t;
  if (PyUnicode_Check(h.ptr())) {
    if (text_of(h) == "by_days") return urgency_by_days();
    throw failure{make_error(errc::unknown_value,
                             "thresholds='{}': expected 'by_days' or a list of levels",
                             "thresholds“{}”:应为 'by_days' 或级别列表", text_of(h))};
  }
  t.levels.clear();
  for (const py::handle level : h) t.levels.push_back(level_in(level));
  return t;
}

void bind_clock_start(py::module_& m) {
  py::class_<clock_start>(m, "ClockStart", "On which day a limit starts, from what happened.")
      .def_readonly("start", &clock_start::start, "The day of the event; None: not started.")
      .def_property_readonly(
          "why", [](const clock_start& s) { return std::string{to_string(s.why)}; },
          "complete, silence, corrected …")
      .def_property_readonly(
          "reason", [](const clock_start& s) { return reason_of(s.why).en; },
          "In English, with the article.")
      .def_property_readonly(
          "reason_zh", [](const clock_start& s) { return reason_of(s.why).zh; },
          "In Chinese, with the article.")
      .def_readonly("decided_by", &clock_start::decided_by,
                    "Not started: the day on which silence will have decided.")
      .def_readonly("notice_due", &clock_start::notice_due,
                    "The last day of the agency's own limit, where there is one.")
      .def_readonly("provisional", &clock_start::provisional,
                    "That limit runs beyond the published calendar.")
      .def("__repr__", [](const clock_start& s) {
        return fmt::format("<ClockStart {}: {}>", s.start ? to_text(*s.start) : "none",
                           to_string(s.why));
      });
  m.def(
      "application_start",
      [](const workday_calendar& c, day received, day today, std::optional<day> notified,
         std::optional<day> completed, bool complete) {
        return unwrap(clock_start_of(
            c,
            application_facts{received, complete ? materials::complete : materials::incomplete,
                              notified, completed},
            today));
      },
      py::arg("calendar"), py::arg("received"), py::arg("today"), py::kw_only(),
      py::arg("notified") = py::none(), py::arg("completed") = py::none(),
      py::arg("complete") = true,
      "application_start(calendar, received, today, *, notified=None, completed=None, "
      "complete=True) "
      "-> ClockStart\n\n"
      "An application for a licence (行政许可法 art. 32), as known at the end of `today`: complete "
      "when\n"
      "it came, told what is missing, completed later; silence accepts. Errors: bad-value,\n"
      "out-of-range.");
  m.def(
      "review_start",
      [](const workday_calendar& c, day received, day today, std::optional<day> accepted,
         std::optional<day> refused) {
        return unwrap(clock_start_of(c, review_facts{received, accepted, refused}, today));
      },
      py::arg("calendar"), py::arg("received"), py::arg("today"), py::kw_only(),
      py::arg("accepted") = py::none(), py::arg("refused") = py::none(),
      "review_start(calendar, received, today, *, accepted=None, refused=None) -> ClockStart\n\n"
      "A request for review (行政复议法 art. 30). Errors: bad-value, out-of-range.");
  m.def(
      "information_start",
      [](const workday_calendar& c, day received, day today, std::optional<day> asked,
         std::optional<day> corrected, std::optional<day> by) {
        return unwrap(clock_start_of(c, information_facts{received, asked, corrected, by}, today));
      },
      py::arg("calendar"), py::arg("received"), py::arg("today"), py::kw_only(),
      py::arg("correction_asked") = py::none(), py::arg("corrected") = py::none(),
      py::arg("correct_by") = py::none(),
      "information_start(calendar, received, today, *, correction_asked=None, corrected=None, "
      "correct_by=None) -> ClockStart\n\n"
      "A request for information (政府信息公开条例 art. 30, 31); a correction restarts the clock.\n"
      "Errors: bad-value, out-of-range.");
}

} // namespace

urgency urgency_of(const deadline_question& q, py::handle thresholds, instant now) {
  const urgency_thresholds how = thresholds_in(thresholds);
  return unwrap(q.hours ? urgency_at(now, how, q.calendar, *q.hours, q.limit, q.start, q.exclusions,
                                     q.extensions, q.rules)
                        : urgency_at(now, how, q.calendar, q.limit, q.start, q.exclusions,
                                     q.extensions, q.rules));
}

void bind_urgency(py::module_& m) {
  py::class_<urgency>(m, "Urgency", "How pressing a limit is at an instant.")
      .def_property_readonly(
          "state", [](const urgency& u) { return std::string{to_string(u.state)}; },
          "not begun, running, suspended or overdue.")
      .def_readonly("level", &urgency::level, "0: none; n: the n-th of the levels.")
      .def_property_readonly(
          "name", [](const urgency& u) { return u.name.en; }, "In English.")
      .def_property_readonly(
          "name_zh", [](const urgency& u) { return u.name.zh; }, "In Chinese.")
      .def_readonly("card", &urgency::card, "yellow, red or empty.")
      .def_readonly("total", &urgency::total, "Units of the limit; minutes for hours.")
      .def_readonly("used", &urgency::used)
      .def_readonly("remaining", &urgency::remaining, "0 once the nominal end is reached.")
      .def_readonly("due_at", &urgency::due_at, "The first instant that is too late, or None.")
      .def_readonly("changes_at", &urgency::changes_at,
                    "When state or level next change by time alone, or None.")
      .def("__repr__", [](const urgency& u) {
        return fmt::format("<Urgency {}, {}>", u.name.en, to_string(u.state));
      });
  bind_clock_start(m);
}

} // namespace banli::python
