// Deadline, DayRun and Usage: one case.
#include "deadline.hpp"

#include <banli/interchange/deadline_json.hpp>

#include "bind.hpp"
#include "casters.hpp"
#include "options.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

instant required_instant(const char* name, py::handle h) {
  if (const auto t = instant_in(h)) return *t;
  throw py::type_error(
      fmt::format("{}: expected a date, a datetime, a datetime64 or ISO text, not {}", name,
                  Py_TYPE(h.ptr())->tp_name));
}

void bind_day_run(py::module_& m) {
  py::class_<day_run>(m, "DayRun", "Neighbouring days with one fate, first to last, both inside.")
      .def_readonly("first", &day_run::from)
      .def_readonly("last", &day_run::to, "9999-12-31 while a suspension is open.")
      .def_property_readonly(
          "kind", [](const day_run& r) { return std::string{to_string(r.what)}; },
          "before_start, counted, weekend, holiday, excluded, suspended or rolled.")
      .def_readonly("first_count", &day_run::first,
                    "Ordinal of the first day counted (minutes for hours); 0: none is.")
      .def_readonly("last_count", &day_run::last, "Ordinal of the last day counted; 0: none is.")
      .def_property_readonly(
          "reason", [](const day_run& r) { return r.reason.en; }, "In English.")
      .def_property_readonly(
          "reason_zh", [](const day_run& r) { return r.reason.zh; }, "In Chinese.")
      .def_readonly("source", &day_run::source, "The notice or overlay that decided, or empty.")
      .def("__repr__", [](const day_run& r) { return "<DayRun " + to_text(r) + ">"; });
}

void bind_usage(py::module_& m) {
  py::class_<usage>(m, "Usage", "How much of a limit is used at an instant.")
      .def_readonly("total", &usage::total, "The whole limit, extensions included, in `unit`.")
      .def_readonly("used", &usage::used, "Today counts as used. In `unit`.")
      .def_readonly("remaining", &usage::remaining, "total - used; negative: late. In `unit`.")
      .def_property_readonly(
          "unit",
          [](const usage& u) {
            return is_hour_unit(u.counted_in) ? std::string{"minute"}
                                              : std::string{to_string(u.counted_in)};
          },
          "workday, day, or minute for limits in hours.")
      .def_readonly("changes_at", &usage::changes_at,
                    "The next instant at which the numbers differ; None while suspended.")
      .def("__repr__", [](const usage& u) {
        return fmt::format("<Usage {} of {} used, {} remaining>", u.used, u.total, u.remaining);
      });
}

std::string repr_of(const answered_deadline& d) {
  return d.answer().due ? to_text(*d.answer().due) : std::string{"suspended"};
}

void bind_times(py::class_<answered_deadline>& c) {
  c.def_property_readonly(
       "start", [](const answered_deadline& d) { return d.answer().start; }, "Day of the event.")
      .def_property_readonly(
          "due", [](const answered_deadline& d) { return d.answer().due; },
          "The last day in time; None while a suspension is open.")
      .def_property_readonly(
          "due_at", [](const answered_deadline& d) { return d.answer().due_at; },
          "The first instant that is too late; None while a suspension is open.")
      .def_property_readonly(
          "nominal", [](const answered_deadline& d) { return d.answer().nominal; },
          "The last day before it rolled off a rest day (Civil Code art. 203).")
      .def_property_readonly(
          "limit", [](const answered_deadline& d) { return d.answer().limit; },
          "Without extensions.")
      .def_property_readonly(
          "total", [](const answered_deadline& d) { return d.answer().total; },
          "The limit with its extensions: working days, days, or minutes for hours.")
      .def_property_readonly(
          "remaining", [](const answered_deadline& d) { return d.answer().remaining; },
          "What is left of `total` while a suspension is open; else 0. See at().")
      .def_property_readonly(
          "provisional", [](const answered_deadline& d) { return d.answer().provisional; },
          "A day that mattered is not settled by a notice yet.")
      .def_property_readonly(
          "calendar", [](const answered_deadline& d) { return d.asked().calendar.version(); },
          "The version of the calendar used.");
}

void bind_judgement(py::class_<answered_deadline>& c) {
  c.def(
       "at",
       [](const answered_deadline& d, py::handle now) {
         return usage_of(d.asked(), required_instant("now", now));
       },
       py::arg("now"), "at(now) -> Usage\n\nWhat is used and left at an instant.")
      .def(
          "urgency",
          [](const answered_deadline& d, py::handle now, py::handle thresholds) {
            return urgency_of(d.asked(), thresholds, required_instant("now", now));
          },
          py::arg("now"), py::arg("thresholds") = py::none(),
          "urgency(now, thresholds=None) -> Urgency\n\n"
          "How pressing it is. The usual levels are a reminder at 50 % used, a warning at 80 %, "
          "an\n"
          "alarm when overdue; 'by_days' is the older rule book. Else a list of dicts, the "
          "mildest\n"
          "first: name, name_zh, card, percent_used, units_left, workdays_late.\n"
          "Errors: bad-value, limit-exceeded, out-of-range.")
      .def(
          "in_time",
          [](const answered_deadline& d, py::handle done) {
            return in_time(d.answer(), required_instant("done", done));
          },
          py::arg("done"),
          "in_time(done) -> bool\n\nWhether what was done then is in time; a date means its 00:00.")
      .def(
          "days_late",
          [](const answered_deadline& d, py::handle done) {
            return days_late(d.answer(), required_instant("done", done)).count();
          },
          py::arg("done"), "days_late(done) -> int\n\nCalendar days; negative: early.")
      .def(
          "workdays_late",
          [](const answered_deadline& d, py::handle done) {
            return unwrap(
                workdays_late(d.asked().calendar, d.answer(), required_instant("done", done)));
          },
          py::arg("done"),
          "workdays_late(done) -> int\n\nWorking days; negative: early. Errors: out-of-range.");
}

void bind_reasons(py::class_<answered_deadline>& c) {
  c.def_property_readonly(
       "days", [](const answered_deadline& d) { return d.why().runs(); },
       "list of DayRun: every day from the start to the due date, once.")
      .def(
          "explain",
          [](const answered_deadline& d, const std::string& lang) {
            return to_text(d.why(), language_of(lang));
          },
          py::arg("lang") = "en", "explain(lang='en') -> str\n\nOne line a run of days; en or zh.")
      .def(
          "json",
          [](const answered_deadline& d, py::handle now) {
            if (now.is_none()) return deadline_json(d.why(), d.asked().calendar);
            const instant at = required_instant("now", now);
            return deadline_json(d.why(), d.asked().calendar,
                                 asked_instant{at, usage_of(d.asked(), at)});
          },
          py::arg("now") = py::none(),
          "json(now=None) -> str\n\nAs one JSON object, as the command line writes it.")
      .def(
          "svg",
          [](const answered_deadline& d, const std::string& lang) {
            return deadline_svg(d, language_of(lang));
          },
          py::arg("lang") = "zh",
          "svg(lang='zh') -> str\n\nThe days as a wall calendar: one self-contained SVG.")
      .def("_repr_html_", [](const answered_deadline& d) { return deadline_html(d, language::zh); })
      .def("__repr__", [](const answered_deadline& d) {
        return fmt::format("<Deadline {} from {}: {}{}>", to_text(d.answer().limit),
                           to_text(d.answer().start), repr_of(d),
                           d.answer().provisional ? ", provisional" : "");
      });
}

deadline computed(const deadline_question& q) {
  return unwrap(
      q.hours
          ? due_date(q.calendar, *q.hours, q.limit, q.start, q.exclusions, q.extensions, q.rules)
          : due_date(q.calendar, q.limit, q.start, q.exclusions, q.extensions, q.rules));
}

} // namespace

deadline_question question_of(const workday_calendar& calendar, py::handle start, py::handle limit,
                              const py::kwargs& given) {
  options o{given};
  deadline_question q{calendar, limit_in(limit), required_instant("start", start)};
  q.exclusions = o.exclusions();
  q.extensions = o.extensions();
  q.rules = o.rules();
  q.hours = o.hours();
  o.done();
  return q;
}

answered_deadline::answered_deadline(deadline_question asked)
    : asked_(std::make_shared<const deadline_question>(std::move(asked))),
      answer_(computed(*asked_)) {}

const explanation& answered_deadline::why() const {
  const deadline_question& q = *asked_;
  if (!why_)
    why_ = std::make_shared<const explanation>(unwrap(
        q.hours
            ? explain(q.calendar, *q.hours, q.limit, q.start, q.exclusions, q.extensions, q.rules)
            : explain(q.calendar, q.limit, q.start, q.exclusions, q.extensions, q.rules)));
  return *why_;
}

usage usage_of(const deadline_question& q, instant now) {
  return unwrap(
      q.hours ? usage_at(now, q.calendar, *q.hours, q.limit, q.start, q.exclusions, q.extensions,
                         q.rules)
              : usage_at(now, q.calendar, q.limit, q.start, q.exclusions, q.extensions, q.rules));
}

void bind_deadline(py::module_& m) {
  bind_day_run(m);
  bind_usage(m);
  py::class_<answered_deadline> c(m, "Deadline", "When a time limit ends, and why.");
  bind_times(c);
  bind_judgement(c);
  bind_reasons(c);
}

} // namespace banli::python
