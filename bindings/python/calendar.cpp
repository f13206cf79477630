// Calendar and DayInfo.
#include <banli/calendar/cn.hpp>
#include <banli/document/calendar_file.hpp>

#include "arrays.hpp"
#include "bind.hpp"
#include "columns.hpp"
#include "deadline.hpp"
#include "options.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

template <class T>
void refuse_out_of_scalar(const T& given) {
  if (!given.is_none())
    throw py::type_error("out= is for arrays; a single day has a single answer");
}

/// Whether two columns share memory: an answer must not change a question that is still being read.
template <class T, class U>
void refuse_overlap(std::span<const T> in, std::span<U> out) {
  const auto* a = reinterpret_cast<const std::byte*>(in.data());
  const auto* b = reinterpret_cast<const std::byte*>(out.data());
  const std::less<const std::byte*> before;
  if (before(a, b + out.size_bytes()) && before(b, a + in.size_bytes()))
    throw py::value_error("out= shares memory with an argument");
}

py::object is_workday(const workday_calendar& c, py::handle given, const py::object& out) {
  const items<day> asked = days_in(given);
  if (asked.single()) {
    refuse_out_of_scalar(out);
    return py::bool_(c.is_workday(asked.all()[0]));
  }
  const auto answer = answers_in<bool>(out, asked.shape());
  refuse_overlap(asked.all(), answer.all());
  without_interpreter([&] { return are_workdays(c, asked.all(), answer.all()); });
  return answer.array();
}

py::object add_workdays(const workday_calendar& c, py::handle given, py::handle count,
                        const py::object& out) {
  items<day> from = days_in(given);
  items<std::int32_t> n = counts_in(count);
  if (from.single() && n.single()) {
    refuse_out_of_scalar(out);
    return py::cast(unwrap(c.add_workdays(from.all()[0], n.all()[0])));
  }
  const py::tuple shape = common_shape(from.shape(), n.shape());
  if (!n.single()) n = n.spread(shape);
  from = from.spread(shape);
  const auto answer = answers_in<day>(out, shape);
  refuse_overlap(from.all(), answer.all());
  refuse_overlap(n.all(), answer.all());
  without_interpreter([&] {
    return n.single() ? banli::add_workdays(c, from.all(), n.all()[0], answer.all())
                      : banli::add_workdays(c, from.all(), n.all(), answer.all());
  });
  return answer.array();
}

py::object count_workdays(const workday_calendar& c, py::handle given_after,
                          py::handle given_through, const py::object& out) {
  items<day> after = days_in(given_after);
  items<day> through = days_in(given_through);
  if (after.single() && through.single()) {
    refuse_out_of_scalar(out);
    return py::int_(unwrap(c.workdays_between(after.all()[0], through.all()[0])));
  }
  const py::tuple shape = common_shape(after.shape(), through.shape());
  const auto answer = answers_in<std::int64_t>(out, shape);
  // A single day serves all; whatever else has another shape is spread out.
  if (after.size() != 1) after = after.spread(shape);
  if (through.size() != 1) through = through.spread(shape);
  refuse_overlap(after.all(), answer.all());
  refuse_overlap(through.all(), answer.all());
  without_interpreter(
      [&] { return banli::count_workdays(c, after.all(), through.all(), answer.all()); });
  return answer.array();
}

py::object due(const workday_calendar& c, py::handle start, py::handle limit,
               const py::kwargs& given) {
  if (!is_many(start)) return py::cast(answered_deadline{question_of(c, start, limit, given)});
  return py::cast(answered_deadlines{column_question{c, start, limit, given}});
}

py::object usage_at_instant(const workday_calendar& c, instant now, py::handle start,
                            py::handle limit, const py::kwargs& given) {
  if (!is_many(start)) return py::cast(usage_of(question_of(c, start, limit, given), now));
  return py::cast(usages_of(column_question{c, start, limit, given}, now));
}

/// "open", "closed", or one of them with a reason.
day_rule rule_of(day d, py::handle given) {
  day_rule r{d, opening::closed, {}};
  py::object word = py::reinterpret_borrow<py::object>(given);
  if (PyTuple_Check(given.ptr()) && py::len(given) == 2) {
    const auto pair = py::reinterpret_borrow<py::tuple>(given);
    word = pair[0];
    r.name = pair[1].cast<std::string>();
  }
  const std::string text = PyUnicode_Check(word.ptr()) ? std::string{text_of(word)} : std::string{};
  if (text == "open")
    r.opens = opening::open;
  else if (text != "closed")
    throw failure{make_error(errc::unknown_value,
                             "{}: expected 'open', 'closed' or (either, reason)",
                             "{}:应为 'open'、'closed' 或(二者之一, 原因)", to_text(d))};
  return r;
}

workday_calendar with_top(const workday_calendar& c, overlay top) {
  auto source = std::make_shared<calendar_source>(c.source());
  source->overlays.push_back(std::move(top));
  return unwrap(workday_calendar::build(std::move(source)));
}

workday_calendar with_overlay(const workday_calendar& c, const std::string& name,
                              const py::dict& days) {
  overlay added{name, {}};
  for (const auto& [key, value] : days) {
    const auto d = day_in(key);
    if (!d) throw py::type_error("the keys of an overlay are days");
    added.days.push_back(rule_of(*d, value));
  }
  return with_top(c, std::move(added));
}

/// One path or several; they are one calendar.
workday_calendar load_paths(py::handle given) {
  std::vector<std::string> paths;
  if (PyList_Check(given.ptr()) || PyTuple_Check(given.ptr()))
    for (const py::handle h : given) paths.push_back(py::str(h).cast<std::string>());
  else
    paths.push_back(py::str(given).cast<std::string>());
  calendar_file f = [&] {
    const py::gil_scoped_release others_may_run;
    return load_calendar(paths);
  }();
  refuse_problems(f.found);
  return unwrap(workday_calendar::build(f.source));
}

void bind_day_info(py::module_& m) {
  py::class_<day_info>(m, "DayInfo", "What is known of one day.")
      .def_readonly("date", &day_info::date)
      .def_property_readonly(
          "kind", [](const day_info& d) { return std::string{to_string(d.kind)}; },
          "workday, weekend, holiday or makeup_workday")
      .def_readonly("name", &day_info::name, "The holiday, or empty.")
      .def_readonly("source", &day_info::source, "The notice or overlay that decided, or empty.")
      .def_readonly("provisional", &day_info::provisional, "No notice rules this day.")
      .def("__repr__", [](const day_info& d) {
        return fmt::format("<DayInfo {} {}{}>", to_text(d.date), to_string(d.kind),
                           d.name.empty() ? "" : ' ' + d.name);
      });
}

void bind_range(py::class_<workday_calendar>& c) {
  c.def_static(
       "cn", [] { return cn(); }, "cn() -> Calendar\n\nThe State Council's days, 2007 to 2026.")
      .def_property_readonly("version", &workday_calendar::version,
                             "Base, newest notice, overlays, stamp: equal texts, equal answers.")
      .def_property_readonly("first", &workday_calendar::first, "The first day it can count with.")
      .def_property_readonly("last", &workday_calendar::last, "The last day it can count with.")
      .def_property_readonly("horizon", &workday_calendar::horizon,
                             "The last day settled by a notice; answers beyond are provisional.")
      .def("as_known_on", &workday_calendar::as_known_on, py::arg("day"),
           "as_known_on(day) -> Calendar\n\nWithout the notices published after a day.")
      .def("with_overlay", &with_overlay, py::arg("name"), py::arg("days"),
           "with_overlay(name, {day: 'open' | 'closed' | (either, reason)}) -> Calendar\n\n"
           "With days that a region or an agency opens or closes, make-up days included.\n"
           "Errors: bad-calendar, unknown-value, limit-exceeded.")
      .def(
          "with_overlay_file",
          [](const workday_calendar& cal, py::handle path) {
            overlay_file f = load_overlay(py::str(path).cast<std::string>());
            refuse_problems(f.found);
            return with_top(cal, std::move(f.top));
          },
          py::arg("path"),
          "with_overlay_file(path) -> Calendar\n\n"
          "With the days of a file: YAML of kind overlay, or CSV. Error.problems has all that is "
          "wrong.")
      .def_static(
          "load", &load_paths, py::arg("path"),
          "load(path) -> Calendar\n\n"
          "From a file or a list of files that are one calendar: YAML of kind calendar, or CSV;\n"
          "the path 'cn' is the built-in calendar: Calendar.load(['cn', 'notice-2027.csv']).\n"
          "Error.problems has all that is wrong.");
}

void bind_days(py::class_<workday_calendar>& c) {
  c.def("day", &workday_calendar::at, py::arg("day"),
        "day(day) -> DayInfo\n\nKind, name and source of a day. Any day may be asked.")
      .def(
          "following", [](const workday_calendar& cal, day d) { return unwrap(cal.following(d)); },
          py::arg("day"),
          "following(day) -> date\n\nThe first working day on or after it. Errors: out-of-range.")
      .def(
          "preceding", [](const workday_calendar& cal, day d) { return unwrap(cal.preceding(d)); },
          py::arg("day"),
          "preceding(day) -> date\n\nThe last working day on or before it. Errors: out-of-range.")
      .def("is_workday", &is_workday, py::arg("day"), py::kw_only(), py::arg("out") = py::none(),
           "is_workday(day, *, out=None) -> bool, or bool array of the shape of `day`\n\n"
           "Make-up days are working days. Any day may be asked; False for NaT.")
      .def("add_workdays", &add_workdays, py::arg("day"), py::arg("n"), py::kw_only(),
           py::arg("out") = py::none(),
           "add_workdays(day, n, *, out=None) -> date, or datetime64[D] array\n\n"
           "The n-th working day after a day; before it for negative n; 0 is the day itself. The\n"
           "day need not be a working day. `day` and `n` broadcast; NaT stays NaT.\n"
           "Errors: out-of-range (names the case), bad-value.")
      .def("count_workdays", &count_workdays, py::arg("after"), py::arg("through"), py::kw_only(),
           py::arg("out") = py::none(),
           "count_workdays(after, through, *, out=None) -> int, or int64 array\n\n"
           "Working days in (after, through]; negative when `through` lies before `after`. The\n"
           "arguments broadcast; where one is NaT the count is NO_COUNT.\n"
           "Errors: out-of-range (names the case).");
}

void bind_due(py::class_<workday_calendar>& c) {
  c.def(
       "due", &due, py::arg("start"), py::arg("limit"),
       "due(start, limit, *, exclude=None, suspend=None, restart=None, extend=None, hours=None,\n"
       "    counts=None, roll=None, edges='closed', start_rule='after_event', before=False,\n"
       "    resume='remaining', order='extend_then_roll', extensions_allowed=1)\n"
       "    -> Deadline, or Deadlines for an array of starts\n\n"
       "When a limit that starts on a day, or at an instant, ends.\n\n"
       "One start: exclude and suspend are lists of (kind, first day, last day or None), closed "
       "as\n"
       "the law says; without a last day the clock still stands. extend is a list of (limit, day\n"
       "asked[, authority]); hours are WorkingHours or '08:30-11:30,14:30-17:30'.\n\n"
       "Many starts (datetime64[D], any shape): counts are counts of their own (int, broadcast);\n"
       "exclude is (offsets, from, to) or (offsets, from, to, type): the exclusions of case i are\n"
       "the entries offsets[i] to offsets[i+1]; offsets is one longer than there are cases; `to`\n"
       "is NaT while open; `type` is text or uint8, see STOP_TYPES.\n\n"
       "roll: following, preceding, none (the default follows Civil Code art. 203). edges: "
       "closed,\n"
       "half_open_from, half_open_to, open. start_rule: after_event (art. 201), on_event. before:\n"
       "True or 'nth' (the n-th day before), 'clear_days'. resume: remaining, full. order:\n"
       "extend_then_roll, roll_then_extend.\n\n"
       "Errors: bad-limit, bad-date, bad-exclusion, bad-value, extension-refused, limit-exceeded,\n"
       "out-of-range; those of arrays name the case.")
      .def("usage", &usage_at_instant, py::arg("now"), py::arg("start"), py::arg("limit"),
           "usage(now, start, limit, **rules) -> Usage, or Usages for an array of starts\n\n"
           "How much of a limit is used at an instant. Arguments and errors are those of due.");
}

} // namespace

void bind_calendar(py::module_& m) {
  bind_day_info(m);
  py::class_<workday_calendar> c(m, "Calendar", "Which days an office works. Immutable.");
  bind_range(c);
  bind_days(c);
  bind_due(c);
  c.def("__repr__", [](const workday_calendar& cal) { return "<Calendar " + cal.version() + ">"; });
  m.attr("NO_COUNT") = py::int_(no_count);
}

} // namespace banli::python
