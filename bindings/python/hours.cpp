// WorkingHours: at what times of a working day an office works.
#include <banli/base/nearest.hpp>
#include <banli/calendar/working_hours.hpp>
#include <banli/document/hours_file.hpp>

#include "bind.hpp"
#include "casters.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

// As std::chrono counts.
constexpr std::array<std::string_view, 7> weekdays{"sunday",   "monday", "tuesday", "wednesday",
                                                   "thursday", "friday", "saturday"};

failure unknown_weekday(std::string_view word) {
  return failure{
      with_hint(make_error(errc::unknown_value, "'{}' is no weekday: expected one of {}",
                           "“{}”不是星期几:应为 {} 之一", word, fmt::join(weekdays, ", ")),
                suggestion(word, weekdays))};
}

sessions sessions_in(py::handle h) {
  if (!PyUnicode_Check(h.ptr()))
    throw py::type_error(
        std::string{"office hours are text such as '08:30-11:30,14:30-17:30', not "} +
        Py_TYPE(h.ptr())->tp_name);
  return unwrap(parse_sessions(text_of(h)));
}

/// Text that holds on every weekday, or a dict of weekdays over the hours of another week.
week_of_sessions week_in(py::handle given, const week_of_sessions& otherwise) {
  if (given.is_none()) return otherwise;
  if (!PyDict_Check(given.ptr())) return detail::every_day(sessions_in(given));
  const auto week = py::reinterpret_borrow<py::dict>(given);
  week_of_sessions out =
      week.contains("every_day") ? detail::every_day(sessions_in(week["every_day"])) : otherwise;
  for (const auto& [key, value] : week) {
    const std::string word = py::str(key).cast<std::string>();
    if (word == "every_day") continue;
    const auto it = std::find(weekdays.begin(), weekdays.end(), word);
    if (it == weekdays.end()) throw unknown_weekday(word);
    out[static_cast<std::size_t>(it - weekdays.begin())] = sessions_in(value);
  }
  return out;
}

std::chrono::month_day month_day_in(const std::string& text) {
  std::string_view s = text;
  const int m = detail::take_digits(s, 2);
  const bool dash = detail::take(s, '-');
  const int d = detail::take_digits(s, 2);
  const std::chrono::month_day md{std::chrono::month{static_cast<unsigned>(m)},
                                  std::chrono::day{static_cast<unsigned>(d)}};
  if (m < 0 || d < 0 || !dash || !s.empty() || !md.ok())
    throw failure{make_error(errc::bad_date,
                             "'{}' is no day of a year: expected MM-DD, such as 05-01",
                             "“{}”不是每年的日期:应写作 MM-DD,如 05-01", text)};
  return md;
}

using season_tuple = std::tuple<std::string, std::string, std::string, py::object>;

working_hours made(const py::object& week, const std::vector<season_tuple>& seasons,
                   const std::map<day, py::object>& dates) {
  working_hours h;
  h.week = week_in(week, h.week);
  for (const auto& [name, from, through, own] : seasons)
    h.seasons.push_back({name, month_day_in(from), month_day_in(through), week_in(own, h.week)});
  for (const auto& [d, own] : dates) h.dates[d] = sessions_in(own);
  if (const problems wrong = check(h); !wrong.empty()) throw failure{wrong.front()};
  return h;
}

minutes minutes_in(py::handle h) {
  if (PyDelta_Check(h.ptr())) {
    const auto seconds = h.attr("total_seconds")().cast<double>();
    if (seconds != static_cast<double>(static_cast<std::int64_t>(seconds / 60) * 60))
      throw py::value_error("working time is counted in whole minutes");
    return minutes{static_cast<std::int64_t>(seconds / 60)};
  }
  return minutes{h.cast<std::int64_t>()};
}

std::string sessions_text(const sessions& all) {
  std::string out;
  for (const session& s : all)
    out += fmt::format("{}{:02}:{:02}-{:02}:{:02}", out.empty() ? "" : ",", s.opens.count() / 60,
                       s.opens.count() % 60, s.closes.count() / 60, s.closes.count() % 60);
  return out.empty() ? "-" : out;
}

} // namespace

void bind_hours(py::module_& m) {
  py::class_<working_hours>(m, "WorkingHours", "At what times of a working day an office works.")
      .def(py::init(&made), py::arg("week") = py::none(), py::kw_only(),
           py::arg("seasons") = std::vector<season_tuple>{},
           py::arg("dates") = std::map<day, py::object>{},
           "WorkingHours(week=None, *, seasons=[], dates={})\n\n"
           "week: '08:30-11:30,14:30-17:30' (the default) on every weekday, or a dict over it: "
           "{'friday': '08:30-12:00'}.\n"
           "seasons: (name, 'MM-DD', 'MM-DD', week), both days inside; may run over New Year.\n"
           "dates: {day: hours}; '-' shuts the office. The most particular rule wins.\n"
           "Errors: bad-hours, bad-date, unknown-value, limit-exceeded.")
      .def_static(
          "load",
          [](const std::string& path) {
            hours_file f = load_hours(path);
            refuse_problems(f.found);
            return std::move(f.hours);
          },
          py::arg("path"),
          "load(path) -> WorkingHours\n\nFrom YAML of kind hours. Error.problems has all that is "
          "wrong.")
      .def(
          "sessions_on",
          [](const working_hours& h, day d) { return sessions_text(h.sessions_on(d)); },
          py::arg("day"),
          "sessions_on(day) -> str\n\nThe hours of a day, if the office works on it; '-': shut.")
      .def(
          "add_work_time",
          [](const working_hours& h, const workday_calendar& c, instant from, py::handle amount) {
            return unwrap(add_work_time(c, h, from, minutes_in(amount)));
          },
          py::arg("calendar"), py::arg("start"), py::arg("minutes"),
          "add_work_time(calendar, start, minutes) -> datetime\n\n"
          "When so much office time has passed; minutes: int or timedelta. Errors: out-of-range, "
          "bad-value.")
      .def(
          "work_time_between",
          [](const working_hours& h, const workday_calendar& c, instant from, instant to) {
            return unwrap(work_time_between(c, h, from, to)).count();
          },
          py::arg("calendar"), py::arg("start"), py::arg("end"),
          "work_time_between(calendar, start, end) -> int\n\n"
          "Whole working minutes in [start, end). Errors: out-of-range.")
      .def("__eq__",
           [](const working_hours& a, py::handle b) {
             return py::isinstance<working_hours>(b) && a == b.cast<const working_hours&>();
           })
      .def("__repr__", [](const working_hours& h) {
        return fmt::format("<WorkingHours {}; {} seasons, {} dates>", sessions_text(h.week[1]),
                           h.seasons.size(), h.dates.size());
      });
}

} // namespace banli::python
