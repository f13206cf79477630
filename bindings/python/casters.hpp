// How days and instants pass between Python and C++: datetime.date, datetime.datetime,
// numpy.datetime64 or ISO 8601 text in; datetime out. Naive times only: banli works on the clock of
// the office wall. Arrays of days are arrays.hpp.
#pragma once

#include <cstring>

#include <datetime.h>
#include <pybind11/functional.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/time/text.hpp>

namespace banli::python {

/// The value, or the error as a Python exception (banli.Error).
template <class T>
T unwrap(result<T> r) {
  if (!r) throw failure{std::move(r).error()};
  return *std::move(r);
}

inline void unwrap(result<void> r) {
  if (!r) throw failure{r.error()};
}

/// Everything that is wrong with a document, raised at once: Error.problems.
class all_wrong : public failure {
 public:
  explicit all_wrong(problems all) : failure(all.front()), all_(std::move(all)) {}
  const problems& all() const noexcept { return all_; }

 private:
  problems all_;
};

inline void refuse_problems(const problems& found) {
  if (!found.empty()) throw all_wrong{found};
}

/// What the macros of datetime.h work with. The header gives every file a pointer of its own, which
/// inline functions shared by several files must not use: one of them would find it empty.
inline PyDateTime_CAPI* datetime_api() {
  static auto* const api =
      static_cast<PyDateTime_CAPI*>(PyCapsule_Import(PyDateTime_CAPSULE_NAME, 0));
  return api;
}
#define PyDateTimeAPI (::banli::python::datetime_api())

inline day day_of_fields(int y, int m, int d) {
  return to_day(std::chrono::year{y} / std::chrono::month{static_cast<unsigned>(m)} /
                std::chrono::day{static_cast<unsigned>(d)});
}

/// Whether a scalar is numpy's; its type's name tells, so that numpy need not be there.
inline bool is_datetime64(pybind11::handle h) {
  return std::strcmp(Py_TYPE(h.ptr())->tp_name, "numpy.datetime64") == 0;
}

/// Whether something is a NaT of pandas: a date by its class that does not equal itself.
inline bool is_nat(pybind11::handle h) {
  if (PyDate_CheckExact(h.ptr()) || PyDateTime_CheckExact(h.ptr())) return false;
  return pybind11::bool_(
      pybind11::reinterpret_steal<pybind11::object>(PyObject_RichCompare(h.ptr(), h.ptr(), Py_NE)));
}

inline failure no_such_day() {
  return failure{make_error(errc::bad_date, "NaT is no day", "NaT 不是日期")};
}

/// A numpy.datetime64 in units since 1970: "M8[D]" or "M8[s]".
inline std::int64_t ticks_of(pybind11::handle h, const char* unit) {
  const auto ticks = h.attr("astype")(unit).attr("astype")("i8").cast<std::int64_t>();
  if (ticks == std::numeric_limits<std::int64_t>::min()) throw no_such_day();
  return ticks;
}

/// A datetime that says its time zone would have to be converted, and nobody said to which.
inline void refuse_zone(PyObject* o) {
  if (PyDateTime_Check(o) && reinterpret_cast<PyDateTime_DateTime*>(o)->hastzinfo)
    throw pybind11::type_error(
        "a time with a time zone: give the naive time of the office's clock");
}

/// The date of a datetime.date or datetime.datetime.
inline day date_of(PyObject* o) {
  if (is_nat(o)) throw no_such_day();
  refuse_zone(o);
  return day_of_fields(PyDateTime_GET_YEAR(o), PyDateTime_GET_MONTH(o), PyDateTime_GET_DAY(o));
}

/// The text of a str without copying it; valid while the str lives.
inline std::string_view text_of(pybind11::handle h) {
  Py_ssize_t size = 0;
  const char* data = PyUnicode_AsUTF8AndSize(h.ptr(), &size);
  if (data == nullptr) throw pybind11::error_already_set();
  return {data, static_cast<std::size_t>(size)};
}

/// The day that a scalar names; absent when it is of no such type.
inline std::optional<day> day_in(pybind11::handle h) {
  if (PyDate_Check(h.ptr())) return date_of(h.ptr());
  if (PyUnicode_Check(h.ptr())) return unwrap(parse_day(text_of(h)));
  if (is_datetime64(h)) return day{days{ticks_of(h, "M8[D]")}};
  return std::nullopt;
}

/// The instant that a scalar names; absent when it is of no such type. A day is its 00:00.
inline std::optional<instant> instant_in(pybind11::handle h) {
  PyObject* o = h.ptr();
  if (PyDateTime_Check(o))
    return instant{date_of(o)} + std::chrono::hours{PyDateTime_DATE_GET_HOUR(o)} +
           std::chrono::minutes{PyDateTime_DATE_GET_MINUTE(o)} +
           std::chrono::seconds{PyDateTime_DATE_GET_SECOND(o)};
  if (PyDate_Check(o)) return instant{date_of(o)};
  if (PyUnicode_Check(o)) return unwrap(parse_instant(text_of(h)));
  if (is_datetime64(h)) return instant{std::chrono::seconds{ticks_of(h, "M8[s]")}};
  return std::nullopt;
}

} // namespace banli::python

namespace pybind11::detail {

template <>
struct type_caster<banli::day> {
  PYBIND11_TYPE_CASTER(banli::day, const_name("datetime.date | str"));

  bool load(handle src, bool) {
    const auto d = banli::python::day_in(src);
    if (d) value = *d;
    return d.has_value();
  }

  static handle cast(banli::day d, return_value_policy, handle) {
    const auto ymd = banli::to_ymd(d);
    return PyDate_FromDate(static_cast<int>(ymd.year()),
                           static_cast<int>(static_cast<unsigned>(ymd.month())),
                           static_cast<int>(static_cast<unsigned>(ymd.day())));
  }
};

template <>
struct type_caster<banli::instant> {
  PYBIND11_TYPE_CASTER(banli::instant, const_name("datetime.datetime | datetime.date | str"));

  bool load(handle src, bool) {
    const auto t = banli::python::instant_in(src);
    if (t) value = *t;
    return t.has_value();
  }

  static handle cast(banli::instant t, return_value_policy, handle) {
    const auto ymd = banli::to_ymd(banli::day_of(t));
    const std::chrono::hh_mm_ss c{banli::time_of_day(t)};
    return PyDateTime_FromDateAndTime(
        static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
        static_cast<int>(static_cast<unsigned>(ymd.day())), static_cast<int>(c.hours().count()),
        static_cast<int>(c.minutes().count()), static_cast<int>(c.seconds().count()), 0);
  }
};

/// Identifiers are str in Python.
template <class Tag>
struct type_caster<banli::strong_id<Tag>> {
  PYBIND11_TYPE_CASTER(banli::strong_id<Tag>, const_name("str"));

  bool load(handle src, bool) {
    if (!PyUnicode_Check(src.ptr())) return false;
    value = banli::strong_id<Tag>{src.cast<std::string>()};
    return true;
  }
  static handle cast(const banli::strong_id<Tag>& id, return_value_policy, handle) {
    return pybind11::str(id.text()).release();
  }
};

} // namespace pybind11::detail
