// How days and instants pass between Python and C++: datetime.date and datetime.datetime, or ISO
// 8601 text, in; datetime out. Naive times only: banli works on the clock of the office wall.
#pragma once

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

/// Makes the macros of datetime.h usable; once per thread of the interpreter is enough.
inline void need_datetime() {
  if (PyDateTimeAPI == nullptr) PyDateTime_IMPORT;
}

inline day day_of_fields(int y, int m, int d) {
  return to_day(std::chrono::year{y} / std::chrono::month{static_cast<unsigned>(m)} /
                std::chrono::day{static_cast<unsigned>(d)});
}

} // namespace banli::python

namespace pybind11::detail {

template <>
struct type_caster<banli::day> {
  PYBIND11_TYPE_CASTER(banli::day, const_name("datetime.date | str"));

  bool load(handle src, bool) {
    banli::python::need_datetime();
    if (PyDate_Check(src.ptr())) {
      value = banli::python::day_of_fields(PyDateTime_GET_YEAR(src.ptr()),
                                           PyDateTime_GET_MONTH(src.ptr()),
                                           PyDateTime_GET_DAY(src.ptr()));
      return true;
    }
    if (!PyUnicode_Check(src.ptr())) return false;
    value = banli::python::unwrap(banli::parse_day(src.cast<std::string>()));
    return true;
  }

  static handle cast(banli::day d, return_value_policy, handle) {
    banli::python::need_datetime();
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
    banli::python::need_datetime();
    PyObject* o = src.ptr();
    if (PyDateTime_Check(o)) {
      if (!reinterpret_cast<PyDateTime_DateTime*>(o)->hastzinfo) {
        value = banli::instant{day(o)} + std::chrono::hours{PyDateTime_DATE_GET_HOUR(o)} +
                std::chrono::minutes{PyDateTime_DATE_GET_MINUTE(o)} +
                std::chrono::seconds{PyDateTime_DATE_GET_SECOND(o)};
        return true;
      }
      return false;
    }
    if (PyDate_Check(o)) {
      value = banli::instant{day(o)};
      return true;
    }
    if (!PyUnicode_Check(o)) return false;
    value = banli::python::unwrap(banli::parse_instant(src.cast<std::string>()));
    return true;
  }

  static handle cast(banli::instant t, return_value_policy, handle) {
    banli::python::need_datetime();
    const auto ymd = banli::to_ymd(banli::day_of(t));
    const std::chrono::hh_mm_ss c{banli::time_of_day(t)};
    return PyDateTime_FromDateAndTime(
        static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
        static_cast<int>(static_cast<unsigned>(ymd.day())), static_cast<int>(c.hours().count()),
        static_cast<int>(c.minutes().count()), static_cast<int>(c.seconds().count()), 0);
  }

 private:
  static banli::day day(PyObject* o) {
    return banli::python::day_of_fields(PyDateTime_GET_YEAR(o), PyDateTime_GET_MONTH(o),
                                        PyDateTime_GET_DAY(o));
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
