#include "expression_values.hpp"

#include <limits>

#include "casters.hpp"
#include "expression/time_text.hpp"
#include "expression_office_values.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

constexpr int most_nested = 100;
constexpr std::int64_t nanos_of_second = 1'000'000'000;

/// A duration with every nanosecond, which timedelta does not have.
struct exact_duration {
  std::chrono::nanoseconds of{};
};

struct type_name {
  std::string name;
};

/// The class UInt of this module; borrowed, because the module keeps it.
PyObject*& uint_class() {
  static PyObject* made = nullptr;
  return made;
}

failure beyond(py::handle h, std::string_view what) {
  return failure{make_error(errc::out_of_range, "{} does not fit into {}", "{} 超出 {} 的范围",
                            std::string{py::str(h)}, what)};
}

// --- numbers

std::int64_t whole_in(py::handle h) {
  const auto n = py::reinterpret_steal<py::object>(PyNumber_Index(h.ptr()));
  if (!n) throw py::error_already_set();
  int overflow = 0;
  const long long r = PyLong_AsLongLongAndOverflow(n.ptr(), &overflow);
  if (overflow != 0) throw beyond(h, "int (a larger one is banli.UInt)");
  return r;
}

std::uint64_t natural_in(py::handle h) {
  const auto n = py::reinterpret_steal<py::object>(PyNumber_Index(h.ptr()));
  if (!n) throw py::error_already_set();
  const unsigned long long r = PyLong_AsUnsignedLongLong(n.ptr());
  if (PyErr_Occurred()) {
    PyErr_Clear();
    throw beyond(h, "uint");
  }
  return r;
}

// --- time

timestamp moment_of(py::handle h) {
  PyObject* o = h.ptr();
  timestamp t{*instant_in(h), {}};
  if (PyDateTime_Check(o))
    t.fraction = std::chrono::microseconds{PyDateTime_DATE_GET_MICROSECOND(o)};
  if (PyDateTime_Check(o) && py::hasattr(h, "nanosecond")) // pandas has three digits more
    t.fraction += std::chrono::nanoseconds{h.attr("nanosecond").cast<int>()};
  return t;
}

std::chrono::nanoseconds span_of(py::handle h) {
  const auto get = [&](const char* part) { return h.attr(part).cast<std::int64_t>(); };
  const std::int64_t seconds = get("days") * 86'400 + get("seconds");
  std::int64_t below = get("microseconds") * 1'000;
  if (py::hasattr(h, "nanoseconds")) below += get("nanoseconds"); // pandas
  std::int64_t n = 0;
  // Of one sign, so that the least of them does not overflow on the way.
  const std::int64_t whole = seconds < 0 && below > 0 ? seconds + 1 : seconds;
  const std::int64_t rest = seconds < 0 && below > 0 ? below - nanos_of_second : below;
  if (__builtin_mul_overflow(whole, nanos_of_second, &n) || __builtin_add_overflow(n, rest, &n))
    throw beyond(h, "duration (292 years)");
  return std::chrono::nanoseconds{n};
}

/// numpy's units down to nanoseconds; finer ones would lose.
void refuse_fine_unit(py::handle h) {
  const auto numpy = py::module_::import("numpy");
  const auto unit = numpy.attr("datetime_data")(h.attr("dtype"))[py::int_(0)].cast<std::string>();
  if (unit == "ps" || unit == "fs" || unit == "as")
    throw py::type_error("a time of numpy in " + unit + ": nanoseconds are the finest unit");
}

std::int64_t ticks(py::handle h, const char* unit) {
  return h.attr("astype")(unit).attr("astype")("i8").cast<std::int64_t>();
}

value numpy_time(py::handle h) {
  refuse_fine_unit(h);
  const std::int64_t second = ticks_of(h, "M8[s]");
  const auto rest = h - h.attr("astype")("M8[s]");
  return timestamp{instant{std::chrono::seconds{second}},
                   std::chrono::nanoseconds{ticks(rest, "m8[ns]")}};
}

value numpy_span(py::handle h) {
  refuse_fine_unit(h);
  if (ticks(h, "m8[s]") == std::numeric_limits<std::int64_t>::min())
    throw failure{make_error(errc::bad_value, "NaT is no duration", "NaT 不是时长")};
  const auto unit = py::module_::import("numpy")
                        .attr("datetime_data")(h.attr("dtype"))[py::int_(0)]
                        .cast<std::string>();
  if (unit == "Y" || unit == "M")
    throw py::type_error("months have no length: give a duration in days or shorter units");
  const std::int64_t whole = ticks(h, "m8[s]");
  const std::int64_t rest = ticks(h - h.attr("astype")("m8[s]"), "m8[ns]");
  std::int64_t n = 0;
  if (__builtin_mul_overflow(whole, nanos_of_second, &n) || __builtin_add_overflow(n, rest, &n))
    throw beyond(h, "duration (292 years)");
  return std::chrono::nanoseconds{n};
}

// --- any

value from(py::handle h, int depth);

value list_from(py::handle h, int depth) {
  value::elements all;
  for (const py::handle e : h) all.push_back(from(e, depth + 1));
  return value::list(std::move(all));
}

value map_from(py::handle h, int depth) {
  value::entries all;
  for (const auto& [key, mapped] : py::reinterpret_borrow<py::dict>(h)) {
    value k = from(key, depth + 1);
    if (!k.as_bool() && !k.as_int() && !k.as_uint() && !k.as_string())
      throw py::type_error("a key is a bool, int, UInt or str, not " + std::string{py::repr(key)});
    all.emplace_back(std::move(k), from(mapped, depth + 1));
  }
  return value::map(std::move(all));
}

/// Scalars and arrays of numpy, told by the names of their classes so that numpy need not be there.
std::optional<value> numpy_from(py::handle h, int depth) {
  const std::string_view name = Py_TYPE(h.ptr())->tp_name;
  if (!name.starts_with("numpy.")) return std::nullopt;
  if (name == "numpy.bool_" || name == "numpy.bool") return value(h.cast<py::bool_>().cast<bool>());
  if (name == "numpy.datetime64") return numpy_time(h);
  if (name == "numpy.timedelta64") return numpy_span(h);
  if (name == "numpy.ndarray" && h.attr("ndim").cast<int>() > 0) return list_from(h, depth);
  if (name == "numpy.ndarray") return from(h[py::tuple()], depth);
  if (name == "numpy.longdouble" || name == "numpy.float128") return std::nullopt;
  if (name.starts_with("numpy.float")) return value(PyFloat_AsDouble(h.ptr()));
  if (name.starts_with("numpy.uint") || name.starts_with("numpy.ulong"))
    return value(natural_in(h));
  if (name.starts_with("numpy.int") || name.starts_with("numpy.long")) return value(whole_in(h));
  return std::nullopt;
}

std::optional<value> own_from(py::handle h) {
  if (py::isinstance<timestamp>(h)) return value(h.cast<timestamp>());
  if (py::isinstance<exact_duration>(h)) return value(h.cast<exact_duration>().of);
  if (py::isinstance<type_name>(h)) return value::type_named(h.cast<type_name>().name);
  return std::nullopt;
}

value from(py::handle h, int depth) {
  if (depth > most_nested)
    throw failure{make_error(errc::limit_exceeded, "more than {} containers within each other",
                             "嵌套超过 {} 层", most_nested)};
  PyObject* o = h.ptr();
  if (h.is_none()) return {};
  if (PyBool_Check(o)) return value(o == Py_True);
  if (uint_class() != nullptr &&
      PyObject_TypeCheck(o, reinterpret_cast<PyTypeObject*>(uint_class())))
    return value(natural_in(h));
  if (PyLong_Check(o)) return value(whole_in(h));
  if (PyFloat_Check(o)) return value(PyFloat_AS_DOUBLE(o));
  if (PyUnicode_Check(o)) return value(text_of(h));
  if (PyBytes_Check(o)) return value::bytes(h.cast<std::string>());
  if (PyDict_Check(o)) return map_from(h, depth);
  if (PyList_Check(o) || PyTuple_Check(o)) return list_from(h, depth);
  if (PyDateTime_Check(o)) return value(moment_of(h));
  if (PyDate_Check(o)) return value(day_of(moment_of(h).second));
  if (PyDelta_Check(o)) return value(span_of(h));
  if (auto v = own_from(h)) return *v;
  if (auto v = office_value_from(h)) return *v;
  if (auto v = numpy_from(h, depth)) return *v;
  throw py::type_error("no value of an expression: " + std::string{py::repr(h)});
}

// --- out

py::object python_time(const timestamp& t) {
  const auto year = static_cast<int>(to_ymd(day_of(t.second)).year());
  if (t.fraction.count() % 1'000 != 0 || year < 1 || year > 9999) return py::cast(t);
  const auto seconds = py::cast(t.second);
  if (t.fraction.count() == 0) return seconds;
  py::dict change;
  change["microsecond"] = t.fraction.count() / 1'000;
  return seconds.attr("replace")(**change);
}

py::object python_span(std::chrono::nanoseconds d) {
  if (d.count() % 1'000 != 0) return py::cast(exact_duration{d});
  const std::int64_t micros = d.count() / 1'000;
  const std::int64_t second = 1'000'000;
  const std::int64_t days = micros / (86'400 * second);
  const std::int64_t rest = micros % (86'400 * second);
  return py::reinterpret_steal<py::object>(PyDelta_FromDSU(
      static_cast<int>(days), static_cast<int>(rest / second), static_cast<int>(rest % second)));
}

py::object python_map(const value::entries& all) {
  py::dict out;
  for (const auto& [key, mapped] : all) {
    const py::object k = python_from(key);
    if (out.contains(k))
      throw failure{make_error(errc::bad_value, "a dict cannot hold {} beside an equal key",
                               "dict 不能同时保存 {} 和与之相等的键", to_text(key))};
    out[k] = python_from(mapped);
  }
  return out;
}

std::string text_of_time(const timestamp& t) { return detail::cel::to_text(t); }

timestamp parsed_time(const std::string& text) {
  if (const auto t = detail::cel::parse_timestamp(text)) return *t;
  if (const auto t = detail::cel::parse_timestamp(text + "Z")) return *t;
  return {unwrap(parse_instant(text)), {}};
}

std::chrono::nanoseconds parsed_span(const std::string& text) {
  const auto d = detail::cel::parse_duration(text);
  if (!d) throw failure{make_error(errc::bad_value, "'{}' is no duration", "“{}”不是时长", text)};
  return *d;
}

// --- classes

template <class T, class Class, class Key>
void compare_by(Class& c, Key key) {
  c.def("__eq__", [key](const T& a, py::handle b) {
    return py::isinstance<T>(b) && key(a) == key(b.cast<T>());
  });
  c.def("__hash__", [key](const T& a) { return py::hash(py::cast(key(a))); });
}

void bind_uint(py::module_& m) {
  py::dict members;
  members["__doc__"] = "An int that CEL keeps apart: 64 bits without a sign, written 5u.";
  members["__module__"] = "banli";
  members["__slots__"] = py::tuple();
  const auto integer =
      py::reinterpret_borrow<py::object>(reinterpret_cast<PyObject*>(&PyLong_Type));
  const auto type = py::reinterpret_borrow<py::object>(reinterpret_cast<PyObject*>(&PyType_Type));
  members["__new__"] = py::cpp_function(
      [](const py::object& cls, const py::object& n) {
        const std::uint64_t checked = natural_in(n);
        return py::reinterpret_borrow<py::object>(reinterpret_cast<PyObject*>(&PyLong_Type))
            .attr("__new__")(cls, py::int_(checked));
      },
      py::name("__new__"), py::arg("cls"), py::arg("value") = 0);
  py::object made = type("UInt", py::make_tuple(integer), members);
  made.attr("__repr__") = py::cpp_function(
      [](const py::object& self) { return "UInt(" + std::to_string(natural_in(self)) + ")"; },
      py::name("__repr__"), py::is_method(made));
  uint_class() = made.ptr();
  m.attr("UInt") = made;
}

void bind_times(py::module_& m) {
  py::class_<timestamp> t(m, "Timestamp",
                          "A moment to the nanosecond, where datetime stops at the microsecond.");
  t.def(py::init(&parsed_time), py::arg("text"),
        "Timestamp(text)\n\n'2025-10-13T09:00:00.123456789'. Errors: bad-date.");
  t.def_property_readonly(
      "datetime", [](const timestamp& x) { return x.second; }, "Without the fraction of a second.");
  t.def_property_readonly(
      "nanosecond", [](const timestamp& x) { return x.fraction.count(); }, "Of the second.");
  t.def("__lt__", [](const timestamp& a, const timestamp& b) { return a < b; });
  t.def("__str__", &text_of_time);
  t.def("__repr__", [](const timestamp& x) { return "Timestamp('" + text_of_time(x) + "')"; });
  compare_by<timestamp>(t, [](const timestamp& x) {
    return std::pair{x.second.time_since_epoch().count(), x.fraction.count()};
  });
  py::class_<exact_duration> d(
      m, "Duration", "A span to the nanosecond, where timedelta stops at the microsecond.");
  d.def(py::init([](const std::string& text) { return exact_duration{parsed_span(text)}; }),
        py::arg("text"), "Duration(text)\n\n'1h45m', '-1.5s'. Errors: bad-value.");
  d.def_property_readonly("nanoseconds", [](const exact_duration& x) { return x.of.count(); });
  d.def("__lt__", [](const exact_duration& a, const exact_duration& b) { return a.of < b.of; });
  d.def("__str__", [](const exact_duration& x) { return detail::cel::to_text(x.of); });
  d.def("__repr__",
        [](const exact_duration& x) { return "Duration('" + detail::cel::to_text(x.of) + "')"; });
  compare_by<exact_duration>(d, [](const exact_duration& x) { return x.of.count(); });
}

} // namespace

value value_from_python(py::handle h) { return from(h, 0); }

py::object python_from(const value& v) {
  // Every kind that a value has, one line each.
  switch (v.kind()) {
  case type_kind::boolean: return py::bool_(*v.as_bool());
  case type_kind::integer: return py::int_(*v.as_int());
  case type_kind::uinteger:
    return py::reinterpret_borrow<py::object>(uint_class())(py::int_(*v.as_uint()));
  case type_kind::real: return py::float_(*v.as_double());
  case type_kind::string: return py::str(*v.as_string());
  case type_kind::bytes: return py::bytes(*v.as_bytes());
  case type_kind::timestamp: return python_time(*v.as_timestamp());
  case type_kind::duration: return python_span(*v.as_duration());
  case type_kind::type: return py::cast(type_name{*v.as_type_name()});
  case type_kind::map: return python_map(*v.as_map());
  case type_kind::list: {
    py::list out;
    for (const value& e : *v.as_list()) out.append(python_from(e));
    return out;
  }
  default: return office_object(v);
  }
}

void bind_expression_values(py::module_& m) {
  bind_office_values(m);
  bind_uint(m);
  bind_times(m);
  py::class_<type_name> t(m, "TypeName", "A type as a value, as type(x) gives it.");
  t.def(py::init([](std::string name) { return type_name{std::move(name)}; }), py::arg("name"));
  t.def_property_readonly("name", [](const type_name& x) { return x.name; });
  t.def("__str__", [](const type_name& x) { return x.name; });
  t.def("__repr__", [](const type_name& x) { return "TypeName('" + x.name + "')"; });
  compare_by<type_name>(t, [](const type_name& x) { return x.name; });
}

} // namespace banli::python
