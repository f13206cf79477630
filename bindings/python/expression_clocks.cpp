// Clock: a field that moves by time alone.
#include <algorithm>
#include <array>

#include <banli/base/nearest.hpp>

#include "bind.hpp"
#include "casters.hpp"
#include "expression.hpp"
#include "expression_values.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

constexpr std::array<std::string_view, 3> course_words{"irregular", "rising", "falling"};

clock_course course_of(const std::string& word) {
  const auto at = std::ranges::find(course_words, word);
  if (at == course_words.end())
    throw failure{
        with_hint(make_error(errc::unknown_value, "'{}' is no course: irregular, rising or falling",
                             "“{}”不是走向:应为 irregular、rising 或 falling", word),
                  suggestion(word, course_words))};
  return static_cast<clock_course>(at - course_words.begin());
}

/// Shows a value from an instant on, until the next.
class stepped_clock final : public moving_field {
 public:
  stepped_clock(clock_course course, std::vector<clock_step> steps) : course_(course) {
    require_order(course, steps);
    steps_ = std::move(steps);
  }

  reading read(instant now) const override {
    bound_values one{now};
    return one.set_clock("x", course_, steps_).read({0, "x"});
  }
  std::optional<instant> reaches(const value& threshold) const override {
    bound_values one;
    return one.set_clock("x", course_, steps_).reaches({0, "x"}, threshold);
  }

 private:
  /// A course that is not kept would make an expiry too late, which nobody would notice.
  static void require_order(clock_course course, const std::vector<clock_step>& steps) {
    for (std::size_t i = 1; i < steps.size(); ++i) {
      if (steps[i - 1].from >= steps[i].from)
        throw failure{make_error(errc::bad_value, "the steps of a clock are in order of time",
                                 "时钟的各步须按时间先后排列")};
      if (course == clock_course::irregular) continue;
      const auto order = compare(steps[i - 1].shows, steps[i].shows);
      const bool kept = steps[i - 1].shows.kind() == steps[i].shows.kind() && order &&
                        (course == clock_course::rising ? *order <= 0 : *order >= 0);
      if (!kept)
        throw failure{make_error(errc::bad_value, "{} does not follow {} on a {} clock",
                                 "{2} 时钟上 {1} 之后不能是 {0}", to_text(steps[i].shows),
                                 to_text(steps[i - 1].shows),
                                 course_words[static_cast<std::size_t>(course)])};
    }
  }

  clock_course course_;
  std::vector<clock_step> steps_;
};

class counted_days final : public moving_field {
 public:
  explicit counted_days(workday_clock of) : of_(std::move(of)) {}
  reading read(instant now) const override { return of_.read(now); }
  std::optional<instant> reaches(const value& threshold) const override {
    return of_.reaches(threshold);
  }

 private:
  workday_clock of_;
};

class time_itself final : public moving_field {
 public:
  reading read(instant now) const override {
    return reading::clock(value(now), now + std::chrono::seconds{1}, clock_course::rising);
  }
  std::optional<instant> reaches(const value& threshold) const override {
    const auto t = threshold.as_timestamp();
    if (!t) return std::nullopt;
    return t->second + std::chrono::seconds{t->fraction.count() > 0 ? 1 : 0};
  }
};

std::shared_ptr<moving_field> stepped(const py::handle& steps, const std::string& course) {
  std::vector<clock_step> all;
  for (const py::handle s : steps) {
    if (!PyTuple_Check(s.ptr()) && !PyList_Check(s.ptr()))
      throw py::type_error("a step of a clock is (instant, value)");
    if (py::len(s) != 2) throw py::type_error("a step of a clock is (instant, value)");
    all.push_back({s[py::int_(0)].cast<instant>(), value_from_python(s[py::int_(1)])});
  }
  return std::make_shared<stepped_clock>(course_of(course), std::move(all));
}

} // namespace

void bind_clocks(py::module_& m) {
  py::class_<moving_field, std::shared_ptr<moving_field>>(
      m, "Clock", "A field that changes by time alone; given in place of its value.")
      .def(py::init(&stepped), py::arg("steps"), py::arg("course") = "irregular",
           "Clock(steps, course='irregular')\n\n"
           "Steps are (instant, value) in order of time; before the first the field is missing.\n"
           "course: irregular, rising or falling; the latter two expire exactly. Errors: "
           "bad-value,\nunknown-value.")
      .def_static(
          "workdays_since",
          [](const workday_calendar& c, day start) -> std::shared_ptr<moving_field> {
            return std::make_shared<counted_days>(
                workday_clock{c, start, workday_clock::counting::since});
          },
          py::arg("calendar"), py::arg("start"),
          "Working days after `start`, today included. Rises.")
      .def_static(
          "workdays_until",
          [](const workday_calendar& c, day end) -> std::shared_ptr<moving_field> {
            return std::make_shared<counted_days>(
                workday_clock{c, end, workday_clock::counting::until});
          },
          py::arg("calendar"), py::arg("end"),
          "Working days after today, `end` included; below 0 afterwards. Falls.")
      .def_static(
          "time", []() -> std::shared_ptr<moving_field> { return std::make_shared<time_itself>(); },
          "Now, as a timestamp.")
      .def(
          "read",
          [](const moving_field& c, instant now) {
            const reading r = c.read(now);
            return py::make_tuple(r.now ? python_from(*r.now) : py::none(), r.holds_until);
          },
          py::arg("now"), "read(now) -> (value or None, until when it holds or None)");
}

} // namespace banli::python
