// Arrays: see arrays.hpp.
#include "arrays.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include <banli/deadline/columns.hpp>

namespace py = pybind11;

namespace banli::python {

namespace {

// How numpy names the types of our columns.
template <class T>
constexpr const char* type_name = nullptr;
template <>
constexpr const char* type_name<day> = "datetime64[D]";
template <>
constexpr const char* type_name<std::int64_t> = "int64";
template <>
constexpr const char* type_name<std::int32_t> = "int32";
template <>
constexpr const char* type_name<bool> = "bool";

/// The memory of an array. numpy lends none of a datetime64 array, but of the same as integers.
template <class T>
py::buffer_info memory_of(const py::object& array) {
  if constexpr (std::is_same_v<T, day>)
    return py::buffer(array.attr("view")("int64")).request();
  else
    return py::buffer(array).request();
}

bool equal(const py::object& a, const py::object& b) { return a.equal(b); }

bool has_type(const py::object& array, const char* name) {
  return equal(array.attr("dtype"), numpy().attr("dtype")(name));
}

char kind_of(const py::object& array) {
  return array.attr("dtype").attr("kind").cast<std::string>()[0];
}

/// The array in a type, aligned, in the machine's byte order, contiguous; itself if it is already.
py::object prepared(const py::object& array, const py::object& type) {
  return numpy().attr("require")(array, type, "CA");
}

/// A masked entry is no day.
py::object unmasked(py::handle given) {
  py::object array = numpy().attr("asanyarray")(given);
  if (!py::hasattr(array, "mask") || kind_of(array) != 'M') return numpy().attr("asarray")(array);
  return array.attr("filled")(numpy().attr("datetime64")("NaT"));
}

/// The text of one entry of a column of text: code points, filled up with zeros.
std::string plain_text(std::span<const std::uint32_t> entry) {
  while (!entry.empty() && entry.back() == 0) entry = entry.first(entry.size() - 1);
  const auto text = py::reinterpret_steal<py::object>(PyUnicode_FromKindAndData(
      PyUnicode_4BYTE_KIND, entry.data(), static_cast<Py_ssize_t>(entry.size())));
  if (!text) throw py::error_already_set();
  return text.cast<std::string>();
}

constexpr std::size_t date_size = 10; // YYYY-MM-DD

/// The day at the front of an entry; absent when it is anything but a day, no_day for "NaT".
std::optional<day> fast_day(std::span<const std::uint32_t> entry) {
  std::array<char, date_size> chars{};
  const std::size_t size = std::min(entry.size(), date_size);
  for (std::size_t i = 0; i < size; ++i) {
    if (entry[i] > 127) return std::nullopt;
    chars[i] = static_cast<char>(entry[i]);
  }
  for (std::size_t i = size; i < entry.size(); ++i)
    if (entry[i] != 0) return std::nullopt;
  std::string_view s{chars.data(), size};
  if (s.starts_with("NaT") && s.find_first_not_of('\0', 3) == std::string_view::npos) return no_day;
  const result<day> d = detail::take_day(s);
  return d && s.empty() ? std::optional{*d} : std::nullopt;
}

items<day> days_of_text(const py::object& given) {
  const py::object array = prepared(given, given.attr("dtype").attr("newbyteorder")("="));
  const auto width = array.attr("dtype").attr("itemsize").cast<std::size_t>() / 4;
  const py::buffer_info memory = memory_of<std::uint32_t>(array);
  const answers<day> out{py::tuple(array.attr("shape"))};
  const std::span<day> all = out.all();
  const std::span<const std::uint32_t> points{static_cast<const std::uint32_t*>(memory.ptr),
                                              all.size() * width};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto entry = points.subspan(i * width, width);
    const std::optional<day> d = fast_day(entry);
    all[i] = d ? *d : [&] {
      const result<day> slowly = parse_day(plain_text(entry));
      if (!slowly) throw failure{detail::of_case(slowly.error(), i)};
      return *slowly;
    }();
  }
  return items<day>::of(out.array());
}

bool is_missing(py::handle h) {
  return h.is_none() ||
         (PyFloat_Check(h.ptr()) && PyFloat_AS_DOUBLE(h.ptr()) != PyFloat_AS_DOUBLE(h.ptr()));
}

/// One entry of an object array.
day day_of_object(const py::object& h, std::size_t i) {
  if (is_missing(h) || (PyDate_Check(h.ptr()) && is_nat(h))) return no_day;
  try {
    if (const auto d = day_in(h)) return *d;
  } catch (const failure& f) {
    if (is_datetime64(h)) return no_day; // the only fault that it can have
    throw failure{detail::of_case(f.why(), i)};
  }
  throw py::type_error("case " + std::to_string(i) +
                       ": a day is a date, a datetime64 or ISO text, not " +
                       Py_TYPE(h.ptr())->tp_name);
}

items<day> days_of_objects(const py::object& given) {
  const py::object array = prepared(given, py::none());
  const py::buffer_info memory = memory_of<PyObject*>(array);
  const answers<day> out{py::tuple(array.attr("shape"))};
  const std::span<day> all = out.all();
  for (std::size_t i = 0; i < all.size(); ++i)
    all[i] = day_of_object(
        py::reinterpret_borrow<py::object>(static_cast<PyObject* const*>(memory.ptr)[i]), i);
  return items<day>::of(out.array());
}

[[noreturn]] void refuse(const char* wanted, const py::object& array) {
  throw py::type_error(std::string{"expected "} + wanted + ", not an array of " +
                       py::str(array.attr("dtype")).cast<std::string>());
}

/// Whole numbers as an int64 array.
py::object whole_numbers(py::handle given) {
  py::object array = numpy().attr("asarray")(given);
  const bool empty = array.attr("size").cast<std::size_t>() == 0;
  const char kind = kind_of(array);
  if (!empty && kind != 'i' && kind != 'u') refuse("whole numbers", array);
  if (kind == 'u' && array.attr("dtype").attr("itemsize").cast<int>() == 8)
    refuse("signed or smaller numbers", array);
  return prepared(array, py::str(type_name<std::int64_t>));
}

} // namespace

py::module_ numpy() {
  try {
    return py::module_::import("numpy");
  } catch (py::error_already_set& e) {
    if (!e.matches(PyExc_ImportError)) throw;
    py::raise_from(e, PyExc_ImportError, "arrays of days need numpy, which is not installed");
    throw py::error_already_set();
  }
}

bool is_many(py::handle h) {
  if (PyUnicode_Check(h.ptr()) || PyBytes_Check(h.ptr()) || is_datetime64(h)) return false;
  if (PyList_Check(h.ptr()) || PyTuple_Check(h.ptr())) return true;
  return py::hasattr(h, "__array__") &&
         py::hasattr(h, "__len__"); // a scalar of numpy has no length
}

template <class T>
items<T> items<T>::of(py::object array) {
  items out;
  out.memory_ = memory_of<T>(array);
  out.size_ = static_cast<std::size_t>(out.memory_.size);
  out.array_ = std::move(array);
  return out;
}

template <class T>
py::tuple items<T>::shape() const {
  return array_ ? py::tuple(array_.attr("shape")) : py::tuple{};
}

template <class T>
items<T> items<T>::spread(const py::tuple& wanted) const {
  if (array_ && shape().equal(wanted)) return of(array_);
  py::object source = array_;
  if (!source) {
    const answers<T> filled{py::tuple{}};
    filled.all()[0] = one_;
    source = filled.array();
  }
  return of(prepared(numpy().attr("broadcast_to")(source, wanted), py::none()));
}

template class items<day>;
template class items<std::int32_t>;
template class items<std::int64_t>;

items<day> days_in(py::handle h) {
  if (!is_many(h)) {
    if (const auto d = day_in(h)) return items<day>::one(*d);
    throw py::type_error(std::string{"expected a day (date, datetime64, ISO text) or an array of "
                                     "days, not "} +
                         Py_TYPE(h.ptr())->tp_name);
  }
  py::object array = unmasked(h);
  const char kind = kind_of(array);
  if (kind == 'U') return days_of_text(array);
  if (kind == 'O') return days_of_objects(array);
  if (kind == 'S' || kind == 'T') return days_of_text(array.attr("astype")("U"));
  if (kind != 'M' && array.attr("size").cast<std::size_t>() != 0) refuse("days", array);
  return items<day>::of(prepared(array, py::str(type_name<day>)));
}

items<std::int32_t> counts_in(py::handle h) {
  if (!is_many(h)) {
    int overflow = 0;
    const auto whole = py::reinterpret_steal<py::object>(PyNumber_Index(h.ptr()));
    if (!whole) throw py::error_already_set();
    const long long n = PyLong_AsLongLongAndOverflow(whole.ptr(), &overflow);
    if (overflow != 0 || n != static_cast<std::int32_t>(n))
      throw failure{make_error(errc::bad_value, "{} is no number of days", "{} 不是天数",
                               py::str(whole).cast<std::string>())};
    return items<std::int32_t>::one(static_cast<std::int32_t>(n));
  }
  const py::object given = numpy().attr("asarray")(h);
  if (has_type(given, type_name<std::int32_t>))
    return items<std::int32_t>::of(prepared(given, py::none()));
  const auto wide = items<std::int64_t>::of(whole_numbers(given));
  const answers<std::int32_t> out{wide.shape()};
  const std::span<std::int32_t> all = out.all();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::int64_t n = wide.all()[i];
    all[i] = static_cast<std::int32_t>(n);
    if (all[i] != n)
      throw failure{detail::of_case(
          make_error(errc::bad_value, "{} is no number of days", "{} 不是天数", n), i)};
  }
  return items<std::int32_t>::of(out.array());
}

items<std::int64_t> offsets_in(py::handle h) { return items<std::int64_t>::of(whole_numbers(h)); }

py::tuple common_shape(const py::tuple& a, const py::tuple& b) {
  if (a.equal(b)) return a;
  return py::tuple(numpy().attr("broadcast_shapes")(a, b));
}

template <class T>
void answers<T>::take(py::object array) {
  memory_ = memory_of<T>(array);
  size_ = static_cast<std::size_t>(memory_.size);
  array_ = std::move(array);
}

template <class T>
answers<T>::answers(const py::tuple& shape) {
  take(numpy().attr("empty")(shape, type_name<T>));
}

template <class T>
answers<T>::answers(py::object out, const py::tuple& shape) {
  const bool fits = py::isinstance(out, numpy().attr("ndarray")) && has_type(out, type_name<T>) &&
                    equal(out.attr("shape"), shape) && py::bool_(out.attr("flags").attr("carray"));
  if (!fits)
    throw py::type_error(std::string{"out must be a writable, contiguous array of "} +
                         type_name<T> + " with the shape of the answers");
  take(std::move(out));
}

template class answers<day>;
template class answers<std::int64_t>;
template class answers<std::int32_t>;
template class answers<bool>;

} // namespace banli::python
