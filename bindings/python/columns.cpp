// Deadlines, Usages and Moved: many cases at once.
#include "columns.hpp"

#include <array>

#include <banli/base/nearest.hpp>

#include "bind.hpp"
#include "options.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

// In the order of stop_type: their numbers are the codes of a column of types.
constexpr std::array<std::string_view, 3> stop_types{
    to_string(stop_type::exclude), to_string(stop_type::suspend), to_string(stop_type::restart)};

failure unknown_type(std::string_view word, std::size_t i) {
  return failure{
      with_hint(make_error(errc::unknown_value,
                           "exclusion {}: '{}' is no type of exclusion: expected one of {}",
                           "第 {} 个不计入期间(自 0 起):“{}”不是其类型:应为 {} 之一", i, word,
                           fmt::join(stop_types, ", ")),
                suggestion(word, stop_types))};
}

/// The types of exclusions: text, or their codes as uint8.
std::vector<stop_type> types_in(py::handle given) {
  std::vector<stop_type> out;
  const py::object array = numpy().attr("asarray")(given);
  if (py::str(array.attr("dtype")).cast<std::string>() == "uint8") {
    const py::object bytes = numpy().attr("ascontiguousarray")(array);
    const py::buffer_info memory = py::buffer(bytes).request();
    const auto* codes = static_cast<const std::uint8_t*>(memory.ptr);
    out.reserve(static_cast<std::size_t>(memory.size));
    for (std::size_t i = 0; i < static_cast<std::size_t>(memory.size); ++i) {
      if (codes[i] >= stop_types.size()) throw unknown_type(std::to_string(codes[i]), i);
      out.push_back(static_cast<stop_type>(codes[i]));
    }
    return out;
  }
  for (const py::handle one : py::list(array.attr("ravel")())) {
    const std::string word =
        PyUnicode_Check(one.ptr()) ? std::string{text_of(one)} : py::str(one).cast<std::string>();
    const auto it = std::find(stop_types.begin(), stop_types.end(), word);
    if (it == stop_types.end()) throw unknown_type(word, out.size());
    out.push_back(static_cast<stop_type>(it - stop_types.begin()));
  }
  return out;
}

items<day> flat_days(const char* name, py::handle h) {
  if (!is_many(h)) throw py::type_error(std::string{"exclude: '"} + name + "' is an array of days");
  return days_in(h);
}

/// A position counted from the front or, when negative, from the end.
std::size_t position(py::ssize_t i, std::size_t size) {
  const auto n = static_cast<py::ssize_t>(size);
  if (i < -n || i >= n) throw py::index_error(fmt::format("case {} of {}", i, n));
  return static_cast<std::size_t>(i < 0 ? i + n : i);
}

void bind_deadlines(py::module_& m) {
  py::class_<answered_deadlines>(
      m, "Deadlines",
      "When the limits of many cases end. The arrays have the shape of the starts; cases are "
      "numbered in C "
      "order.\n\nKeeps the arrays it was asked with: they are not copied.")
      .def_property_readonly(
          "due", [](const answered_deadlines& d) { return d.due().array(); },
          "datetime64[D]: the last day in time; NaT while suspended or where the start is NaT.")
      .def_property_readonly(
          "remaining", [](const answered_deadlines& d) { return d.remaining().array(); },
          "int64: units left while suspended; else 0.")
      .def_property_readonly(
          "provisional", [](const answered_deadlines& d) { return d.provisional().array(); },
          "bool: a day that mattered is not settled by a notice yet.")
      .def_property_readonly("limit", [](const answered_deadlines& d) { return d.asked().limit(); })
      .def_property_readonly(
          "calendar", [](const answered_deadlines& d) { return d.asked().calendar().version(); },
          "The version of the calendar used.")
      .def("__len__", [](const answered_deadlines& d) { return d.asked().size(); })
      .def(
          "__getitem__",
          [](const answered_deadlines& d, py::ssize_t i) -> std::optional<answered_deadline> {
            const std::size_t at = position(i, d.asked().size());
            if (d.asked().start_of(at) == no_day) return std::nullopt;
            return answered_deadline{d.asked().at(at)};
          },
          py::arg("case"), "The Deadline of one case, with its days; None where the start is NaT.")
      .def("__repr__", [](const answered_deadlines& d) {
        return fmt::format("<Deadlines of {} cases, {}>", d.asked().size(),
                           to_text(d.asked().limit()));
      });
}

void bind_usages(py::module_& m) {
  py::class_<answered_usages>(
      m, "Usages", "What is used and left of many limits. Shapes are those of the starts.")
      .def_property_readonly(
          "used", [](const answered_usages& u) { return u.used.array(); },
          "int64: working days, or days; 0 where the start is NaT.")
      .def_property_readonly(
          "remaining", [](const answered_usages& u) { return u.remaining.array(); },
          "int64: working days, or days; negative: late; 0 where the start is NaT.")
      .def("__len__", [](const answered_usages& u) { return u.used.all().size(); })
      .def("__repr__", [](const answered_usages& u) {
        return fmt::format("<Usages of {} cases>", u.used.all().size());
      });
}

/// The deadlines that differ between two calendars, as columns.
struct moved_columns {
  answers<std::int64_t> index;
  answers<day> before;
  answers<day> after;
};

moved_columns moved(const workday_calendar& old, const workday_calendar& now, py::handle starts,
                    py::handle limit, const py::kwargs& given) {
  const column_question asked{old, starts, limit, given};
  std::vector<moved_deadline> found;
  without_interpreter([&]() -> result<void> {
    auto r = moved_by(old, now, asked.limit(), asked.cases(), asked.rules());
    if (!r) return r.error();
    found = *std::move(r);
    return {};
  });
  const py::tuple shape = py::make_tuple(found.size());
  moved_columns out{answers<std::int64_t>{shape}, answers<day>{shape}, answers<day>{shape}};
  for (std::size_t i = 0; i < found.size(); ++i) {
    out.index.all()[i] = static_cast<std::int64_t>(found[i].index);
    out.before.all()[i] = found[i].before;
    out.after.all()[i] = found[i].after;
  }
  return out;
}

void bind_moved(py::module_& m) {
  py::class_<moved_columns>(m, "Moved", "Deadlines that an amended calendar moves, in order.")
      .def_property_readonly(
          "index", [](const moved_columns& d) { return d.index.array(); },
          "int64: the number of the case, in C order.")
      .def_property_readonly(
          "before", [](const moved_columns& d) { return d.before.array(); },
          "datetime64[D]; NaT: there was no due date.")
      .def_property_readonly(
          "after", [](const moved_columns& d) { return d.after.array(); }, "datetime64[D]")
      .def_property_readonly(
          "by", [](const moved_columns& d) { return d.after.array() - d.before.array(); },
          "timedelta64[D]: calendar days later; negative: earlier; NaT where one of them is.")
      .def("__len__", [](const moved_columns& d) { return d.index.all().size(); })
      .def("__repr__", [](const moved_columns& d) {
        return fmt::format("<Moved: {} deadlines>", d.index.all().size());
      });
  m.def(
      "moved_by", &moved, py::arg("old"), py::arg("new"), py::arg("starts"), py::arg("limit"),
      "moved_by(old, new, starts, limit, *, exclude=None, counts=None, roll=None, edges='closed',\n"
      "    start_rule='after_event', before=False, resume='remaining', order='extend_then_roll',\n"
      "    extensions_allowed=1) -> Moved\n\n"
      "Which deadlines differ between two calendars, and by how much: what an amendment moves.\n"
      "starts is an array of days; the other arguments and the errors are those of Calendar.due.");
}

} // namespace

column_question::column_question(const workday_calendar& calendar, py::handle starts,
                                 py::handle limit, const py::kwargs& given)
    : calendar_(calendar), limit_(limit_in(limit)), starts_(days_in(starts)) {
  if (starts_.single()) throw py::type_error("expected an array of starts");
  options o{given};
  rules_ = o.rules();
  if (const py::object counts = o.take("counts"); !counts.is_none())
    counts_ = counts_in(counts).spread(shape());
  read_exclusions(o.take("exclude"));
  for (const char* name : {"extend", "suspend", "restart", "hours"})
    if (!o.take(name).is_none())
      throw py::type_error(fmt::format(
          "'{}' is for a single start; arrays take exclude=(offsets, from, to, type) and counts=",
          name));
  o.done();
}

void column_question::read_exclusions(const py::object& given) {
  if (given.is_none()) return;
  if (!PyTuple_Check(given.ptr()) || py::len(given) < 3 || py::len(given) > 4)
    throw py::type_error(
        "exclude for an array of starts is (offsets, from, to) or (offsets, from, to, type)");
  const py::tuple parts = given;
  offsets_ = offsets_in(parts[0]);
  from_ = flat_days("from", parts[1]);
  to_ = flat_days("to", parts[2]);
  if (parts.size() == 4 && !parts[3].is_none()) types_ = types_in(parts[3]);
}

case_columns column_question::cases() const {
  case_columns c{.starts = starts_.all()};
  if (counts_) c.counts = counts_->all();
  if (offsets_)
    c.exclusions = {
        .offsets = offsets_->all(), .from = from_.all(), .to = to_.all(), .type = types_};
  return c;
}

deadline_question column_question::at(std::size_t i) const {
  deadline_question q{calendar_, limit_, start_of(i)};
  if (counts_) q.limit.count = counts_->all()[i];
  q.rules = rules_;
  detail::exclusions_of(cases().exclusions, i, q.exclusions);
  for (std::size_t j = 0; j < q.exclusions.size();
       ++j) // columns have no words: say which entry it is
    q.exclusions[j].kind = fmt::format("[{}]", offsets_->all()[i] + static_cast<std::int64_t>(j));
  return q;
}

answered_deadlines::answered_deadlines(column_question asked)
    : asked_(std::move(asked)), due_(asked_.shape()), remaining_(asked_.shape()),
      provisional_(asked_.shape()) {
  const due_columns out{due_.all(), remaining_.all(), provisional_.all()};
  without_interpreter([&] {
    return due_dates(asked_.calendar(), asked_.limit(), asked_.cases(), asked_.rules(), out);
  });
}

answered_usages usages_of(const column_question& asked, instant now) {
  answered_usages out{answers<std::int64_t>{asked.shape()}, answers<std::int64_t>{asked.shape()}};
  const usage_columns columns{out.used.all(), out.remaining.all()};
  without_interpreter([&] {
    return usages_at(now, asked.calendar(), asked.limit(), asked.cases(), asked.rules(), columns);
  });
  return out;
}

void bind_columns(py::module_& m) {
  bind_deadlines(m);
  bind_usages(m);
  bind_moved(m);
  py::tuple names{stop_types.size()};
  for (std::size_t i = 0; i < stop_types.size(); ++i) names[i] = std::string{stop_types[i]};
  m.attr("STOP_TYPES") = names;
}

} // namespace banli::python
