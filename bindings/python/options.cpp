// Keyword arguments: see options.hpp.
#include "options.hpp"

#include <algorithm>
#include <array>

#include <banli/base/nearest.hpp>

#include "casters.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

// The n-th day is "nth" here: before="nth" reads as it is meant.
constexpr std::array<std::string_view, 2> befores{"nth", "clear_days"};

failure unknown_word(const char* name, std::string_view word,
                     std::span<const std::string_view> words) {
  return failure{with_hint(make_error(errc::unknown_value, "{}='{}': expected one of {}",
                                      "{}“{}”:应为 {} 之一", name, word, fmt::join(words, ", ")),
                           suggestion(word, words))};
}

/// The entries of a list of tuples, each with between `least` and `most` parts.
std::vector<py::tuple> tuples_in(const char* name, const py::object& given, std::size_t least,
                                 std::size_t most) {
  std::vector<py::tuple> out;
  if (given.is_none()) return out;
  for (const py::handle h : given) {
    if (!PyTuple_Check(h.ptr()) && !PyList_Check(h.ptr()))
      throw py::type_error(std::string{name} + " is a list of tuples");
    out.emplace_back(py::reinterpret_borrow<py::object>(h));
    if (out.back().size() < least || out.back().size() > most)
      throw py::type_error(fmt::format("{}: a tuple of {} entries, expected {} to {}", name,
                                       out.back().size(), least, most));
  }
  return out;
}

day required_day(const char* name, py::handle h) {
  if (const auto d = day_in(h)) return *d;
  throw py::type_error(fmt::format("{}: expected a day, not {}", name, Py_TYPE(h.ptr())->tp_name));
}

std::string required_text(const char* name, py::handle h) {
  if (PyUnicode_Check(h.ptr())) return std::string{text_of(h)};
  throw py::type_error(fmt::format("{}: expected text, not {}", name, Py_TYPE(h.ptr())->tp_name));
}

} // namespace

time_limit limit_in(py::handle h) {
  if (py::isinstance<time_limit>(h)) return h.cast<time_limit>();
  if (PyUnicode_Check(h.ptr())) return unwrap(parse_time_limit(text_of(h)));
  throw py::type_error(std::string{"a limit is a TimeLimit or text such as '20 workdays', not "} +
                       Py_TYPE(h.ptr())->tp_name);
}

std::shared_ptr<const working_hours> hours_in(py::handle h) {
  if (h.is_none()) return nullptr;
  if (PyUnicode_Check(h.ptr()))
    return std::make_shared<const working_hours>(every_weekday(unwrap(parse_sessions(text_of(h)))));
  if (py::isinstance<working_hours>(h))
    return std::make_shared<const working_hours>(h.cast<const working_hours&>());
  throw py::type_error(std::string{"hours are WorkingHours or text such as '08:30-11:30', not "} +
                       Py_TYPE(h.ptr())->tp_name);
}

language language_of(const std::string& name) {
  if (name == "en") return language::en;
  if (name == "zh") return language::zh;
  throw failure{make_error(errc::unknown_value, "'{}' is no language: en or zh",
                           "“{}”不是语言:en 或 zh", name)};
}

py::object options::take(const char* name) {
  taken_.emplace_back(name);
  return given_.contains(name) ? py::object{given_[name]} : py::object{py::none()};
}

void options::done() const {
  for (const auto& item : given_) {
    const std::string_view name = text_of(item.first);
    if (std::find(taken_.begin(), taken_.end(), name) == taken_.end())
      throw py::type_error(
          fmt::format("no argument '{}' here{}", name, suggestion(name, taken_).en));
  }
}

template <class Enum, std::size_t n>
std::optional<Enum> options::word(const char* name, const std::array<std::string_view, n>& words) {
  const py::object given = take(name);
  if (given.is_none()) return std::nullopt;
  const std::string word = required_text(name, given);
  const auto it = std::find(words.begin(), words.end(), word);
  if (it == words.end()) throw unknown_word(name, word, words);
  return static_cast<Enum>(it - words.begin());
}

counting_rules options::rules() {
  counting_rules r;
  r.rolling = word<roll>("roll", detail::roll_names);
  r.ends = word<edges>("edges", detail::edges_names).value_or(r.ends);
  r.start = word<start_rule>("start_rule", detail::start_rule_names).value_or(r.start);
  r.resume = word<resume_mode>("resume", detail::resume_mode_names).value_or(r.resume);
  r.order = word<extension_order>("order", detail::extension_order_names).value_or(r.order);
  if (const py::object n = take("extensions_allowed"); !n.is_none())
    r.extensions_allowed = n.cast<int>();
  const py::object before = take("before");
  if (PyBool_Check(before.ptr())) {
    if (before.cast<bool>()) r.runs = direction::before;
  } else if (!before.is_none()) {
    r.runs = direction::before;
    r.before = *word<before_rule>("before", befores);
  }
  return r;
}

void options::add_stops(const char* name, stop_type type, std::vector<exclusion>& out) {
  for (const py::tuple& t : tuples_in(name, take(name), 3, 3)) {
    exclusion e{required_day(name, t[1]), std::nullopt, required_text(name, t[0]), type};
    if (!t[2].is_none()) e.to = required_day(name, t[2]);
    // What has no end is no procedure of known length: it is a suspension.
    if (!e.to && type == stop_type::exclude) e.type = stop_type::suspend;
    out.push_back(std::move(e));
  }
}

std::vector<exclusion> options::exclusions() {
  std::vector<exclusion> out;
  add_stops("exclude", stop_type::exclude, out);
  add_stops("suspend", stop_type::suspend, out);
  add_stops("restart", stop_type::restart, out);
  return out;
}

std::vector<extension> options::extensions() {
  std::vector<extension> out;
  for (const py::tuple& t : tuples_in("extend", take("extend"), 2, 3)) {
    extension e{limit_in(t[0]), required_day("extend", t[1]), {}};
    if (t.size() == 3) e.authority = required_text("extend", t[2]);
    out.push_back(std::move(e));
  }
  return out;
}

} // namespace banli::python
