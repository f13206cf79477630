// arrays.hpp — numpy's memory as spans, and back.
//
// A column of days is a datetime64[D] array: its memory is read where it lies. Everything else that
// holds days is turned into one: other units of datetime64, ISO text, and lists or object arrays of
// dates. No element passes through the interpreter's loop.
//
// numpy is asked for by name when an array comes along, never before, and only through its Python
// interface: the module is built without its headers and runs with any version, or none.
//
// The hard case is a value that looks like an array and is none: a number, None, text. It is
// refused before numpy is looked for.
#pragma once

#include <cstdint>
#include <span>

#include <pybind11/pybind11.h>

#include "casters.hpp"

namespace banli::python {

/// The module numpy. ImportError where it is not installed.
pybind11::module_ numpy();

/// Whether something is to be treated as many days: an array, a sequence, a column of pandas.
bool is_many(pybind11::handle h);

/// Items of one type for a span function: a column of an array, or a single value.
template <class T>
class items {
 public:
  static items one(T value) {
    items out;
    out.one_ = value;
    return out;
  }
  /// Of a C-contiguous array whose memory is T's.
  static items of(pybind11::object array);

  bool single() const { return !array_; }
  std::span<const T> all() const {
    return array_ ? std::span<const T>{static_cast<const T*>(memory_.ptr), size_}
                  : std::span<const T>{&one_, 1};
  }
  std::size_t size() const { return array_ ? size_ : 1; }
  const pybind11::object& array() const { return array_; }
  /// The shape of the array; () for a single value.
  pybind11::tuple shape() const;
  /// The same items repeated into a larger shape, by numpy's rules of broadcasting.
  items spread(const pybind11::tuple& shape) const;

 private:
  pybind11::object array_;
  pybind11::buffer_info memory_;
  std::size_t size_ = 1;
  T one_{};
};

/// A day, or many. TypeError for anything else; banli.Error for text that is no day.
items<day> days_in(pybind11::handle h);

/// A whole number, or many; of any integer type. TypeError for anything else; banli.Error
/// (bad_value) for numbers that no count can be.
items<std::int32_t> counts_in(pybind11::handle h);

/// Positions in an array; of any integer type.
items<std::int64_t> offsets_in(pybind11::handle h);

/// The shape of the answers to two arguments, by numpy's rules of broadcasting.
pybind11::tuple common_shape(const pybind11::tuple& a, const pybind11::tuple& b);

/// A new array that a span function fills.
template <class T>
class answers {
 public:
  explicit answers(const pybind11::tuple& shape);
  /// An array of the caller's: of the right type and shape, contiguous, writable. TypeError else.
  answers(pybind11::object out, const pybind11::tuple& shape);

  std::span<T> all() const { return {static_cast<T*>(memory_.ptr), size_}; }
  const pybind11::object& array() const { return array_; }

 private:
  void take(pybind11::object array);
  pybind11::object array_;
  pybind11::buffer_info memory_;
  std::size_t size_ = 0;
};

/// The caller's array if there is one, or a new one.
template <class T>
answers<T> answers_in(const pybind11::object& out, const pybind11::tuple& shape) {
  return out.is_none() ? answers<T>{shape} : answers<T>{out, shape};
}

/// Lets other threads of the interpreter run while a span function works, and raises its error.
template <class F>
void without_interpreter(F&& work) {
  result<void> done;
  {
    const pybind11::gil_scoped_release others_may_run;
    done = work();
  }
  unwrap(std::move(done));
}

} // namespace banli::python
