// Program.evaluate_columns: arrays of numpy, and of pyarrow, as the columns of a question.
#include <algorithm>
#include <cstring>

#include <banli/expression/binding.hpp>
#include <banli/expression/columns.hpp>

#include "arrays.hpp"
#include "bind_office.hpp"
#include "expression.hpp"
#include "expression_values.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

/// Many cases, what they answered, and the arrays they lie in.
struct answered_columns {
  expression_program asked;
  case_columns cases{0};
  std::vector<py::object> kept;
  evaluation_limits limits;
  py::object values;
  py::object state;
  bool in_blocks = false;
};

class column_reader {
 public:
  column_reader(const expression_program& p, answered_columns& into) : p_(p), into_(into) {}

  void read(py::handle given) {
    gather(given, "");
    std::size_t rows = 0;
    bool known = false;
    for (const auto& [path, size] : sizes_) {
      rows = known ? rows : size;
      known = true;
    }
    if (!known)
      throw py::type_error("evaluate_columns() needs one array at least, to know how many cases");
    into_.cases = case_columns(rows);
    for (auto& [path, c] : columns_) unwrap(into_.cases.add(path, std::move(c)));
  }

 private:
  void gather(py::handle given, const std::string& path) {
    if (!PyDict_Check(given.ptr())) throw py::type_error("columns are given as a dict of names");
    for (const auto& [key, of] : py::reinterpret_borrow<py::dict>(given)) {
      const std::string name{p_.words.name_of(text_of(key))};
      const std::string inner = path.empty() ? name : path + "." + name;
      const auto slot = p_.words.slot(inner);
      if (!slot && PyDict_Check(of.ptr())) {
        gather(of, inner);
        continue;
      }
      if (!slot && !p_.declared) continue;
      if (!slot)
        throw failure{make_error(errc::unknown_identifier, "nothing is called '{}'",
                                 "没有名为“{}”的变量", inner)};
      columns_.emplace_back(inner, any(of, p_.words.fields()[*slot].of, inner));
      if (rows_of_ != one_value) sizes_.emplace_back(inner, rows_of_);
    }
  }

  static constexpr std::size_t one_value = static_cast<std::size_t>(-1);

  /// A column, its number of rows in rows_of_.
  column any(py::handle h, const type& of, const std::string& path) {
    const std::string module = py::str(py::type::handle_of(h).attr("__module__"));
    if (module.starts_with("pyarrow")) return from_arrow(h, of, path);
    if (PyTuple_Check(h.ptr()) && py::len(h) == 2) return from_pair(h, of, path);
    if (py::hasattr(h, "mask") && py::hasattr(h, "filled")) { // numpy.ma
      const py::object mask = numpy().attr("ma").attr("getmaskarray")(h);
      return masked(from_numpy(h.attr("data"), of, path), mask);
    }
    const bool many =
        py::hasattr(h, "__array__") && py::hasattr(h, "__len__") && !PyUnicode_Check(h.ptr());
    if (many || PyList_Check(h.ptr())) return from_numpy(numpy().attr("asarray")(h), of, path);
    rows_of_ = one_value;
    return column::same(unwrap(fitted(value_from_python(h), of, path)));
  }

  // --- memory

  py::object array(py::handle h, const char* dtype) {
    py::object made = numpy().attr("ascontiguousarray")(h, dtype);
    if (made.attr("ndim").cast<int>() != 1) throw py::type_error("a column has one dimension");
    into_.kept.push_back(made);
    return made;
  }

  template <class T>
  std::span<const T> memory(py::handle h, const char* dtype) {
    const py::buffer_info b = py::reinterpret_borrow<py::buffer>(array(h, dtype)).request();
    rows_of_ = static_cast<std::size_t>(b.size);
    return {static_cast<const T*>(b.ptr), rows_of_};
  }

  column masked(const column& c, py::handle mask) {
    const std::size_t rows = rows_of_;
    const column out = c.missing(memory<std::uint8_t>(mask, "u1"));
    rows_of_ = rows;
    return out;
  }

  // --- numpy

  column from_numpy(const py::object& a, const type& of, const std::string& path) {
    const std::string kind = py::str(a.attr("dtype").attr("kind"));
    switch (kind[0]) {
    case 'b':
      return checked(of, path, type_kind::boolean, column::bools(memory<std::uint8_t>(a, "u1")));
    case 'i':
    case 'u': return whole(a, of, path, kind[0] == 'u');
    case 'f': return checked(of, path, type_kind::real, column::reals(memory<double>(a, "f8")));
    case 'M': return moments(a, of, path);
    case 'm': return spans(a, of, path);
    default: return words(a, of, path);
    }
  }

  static column checked(const type& of, const std::string& path, type_kind is, column c) {
    const bool text = is == type_kind::string && of.is(type_kind::enumeration);
    if (of.is(type_kind::dyn) || of.is(is) || text) return c;
    throw failure{make_error(errc::type_mismatch, "{0}: expected {1}, got a column of {2}",
                             "{0}:应为 {1},得到 {2} 列", path, to_string(of), to_string(type{is}))};
  }

  column whole(const py::object& a, const type& of, const std::string& path, bool natural) {
    const py::object np = numpy();
    const char* wanted = of.is(type_kind::real)       ? "f8"
                         : of.is(type_kind::uinteger) ? "u8"
                         : of.is(type_kind::integer)  ? "i8"
                         : natural                    ? "u8"
                                                      : "i8";
    const py::object made = a.attr("astype")(wanted);
    const bool same = py::bool_(np.attr("array_equal")(made.attr("astype")(a.attr("dtype")), a)) &&
                      !(natural != (wanted[0] == 'u') && wanted[0] != 'f' &&
                        py::bool_(np.attr("any")(made.attr("__lt__")(0) | a.attr("__lt__")(0))));
    const bool edge =
        wanted[0] == 'f' && py::bool_(np.attr("any")(np.attr("abs")(made).attr("__ge__")(0x1p63)));
    if (!same || edge)
      throw failure{make_error(errc::out_of_range, "{0}: numbers that {1} does not hold",
                               "{0}:有 {1} 无法表示的数", path, to_string(of))};
    if (wanted[0] == 'f')
      return checked(of, path, type_kind::real, column::reals(memory<double>(made, "f8")));
    if (wanted[0] == 'u')
      return checked(of, path, type_kind::uinteger,
                     column::uints(memory<std::uint64_t>(made, "u8")));
    return checked(of, path, type_kind::integer, column::ints(memory<std::int64_t>(made, "i8")));
  }

  column moments(const py::object& a, const type& of, const std::string& path) {
    const py::object np = numpy();
    std::string unit = py::str(np.attr("datetime_data")(a.attr("dtype"))[py::int_(0)]);
    std::int64_t per_second = 1;
    if (unit == "ms") per_second = 1'000;
    if (unit == "us") per_second = 1'000'000;
    if (unit == "ns") per_second = 1'000'000'000;
    if (unit == "ps" || unit == "fs" || unit == "as")
      throw py::type_error(path + ": nanoseconds are the finest unit");
    if (per_second == 1) unit = "s";
    const py::object ticks = a.attr("astype")("M8[" + unit + "]").attr("view")("i8");
    const column c = column::timestamps(memory<std::int64_t>(ticks, "i8"), per_second);
    return checked(of, path, type_kind::timestamp, without_nat(c, a));
  }

  column spans(const py::object& a, const type& of, const std::string& path) {
    const py::object nanos = a.attr("astype")("m8[ns]");
    if (!py::bool_(numpy().attr("array_equal")(nanos.attr("astype")(a.attr("dtype")), a,
                                               py::arg("equal_nan") = true)))
      throw failure{make_error(errc::out_of_range, "{}: spans beyond 292 years or finer than ns",
                               "{}:时长超过 292 年或细于纳秒", path)};
    const column c = column::durations(memory<std::int64_t>(nanos.attr("view")("i8"), "i8"));
    return checked(of, path, type_kind::duration, without_nat(c, a));
  }

  column without_nat(const column& c, const py::object& a) {
    const py::object nat = numpy().attr("isnat")(a);
    return py::bool_(nat.attr("any")()) ? masked(c, nat) : c;
  }

  /// Texts, or objects of which all are str or None.
  column words(const py::object& a, const type& of, const std::string& path) {
    if (std::string{py::str(a.attr("dtype").attr("kind"))} == "U") {
      const py::tuple found = numpy().attr("unique")(a, py::arg("return_inverse") = true);
      return coded(found[0].attr("tolist")(), found[1], of, path);
    }
    py::dict known;
    py::list codes;
    for (const py::handle e : a) {
      if (!e.is_none() && !PyUnicode_Check(e.ptr()))
        throw py::type_error(path + ": a column of objects holds str and None only");
      if (!e.is_none() && !known.contains(e)) known[e] = known.size();
      codes.append(e.is_none() ? py::int_(-1) : py::int_(known[e]));
    }
    return coded(py::list(known), codes, of, path);
  }

  column coded(const py::object& dictionary, py::handle codes, const type& of,
               const std::string& path) {
    std::vector<std::string> texts;
    for (const py::handle w : dictionary) {
      texts.emplace_back(text_of(w));
      if (of.is(type_kind::enumeration)) unwrap(fitted(value(texts.back()), of, path));
    }
    return checked(of, path, type_kind::string,
                   column::words(memory<std::int32_t>(codes, "i4"), std::move(texts)));
  }

  // --- lists

  /// (values, mask), or (offsets, elements) where the field is a list.
  column from_pair(py::handle h, const type& of, const std::string& path) {
    const py::object first = h[py::int_(0)];
    const py::object second = h[py::int_(1)];
    if (of.is(type_kind::list)) return list_of(first, second, of, path);
    return masked(any(first, of, path), second);
  }

  column list_of(py::handle offsets, py::handle elements, const type& of, const std::string& path) {
    const auto bounds = memory<std::int64_t>(offsets, "i8");
    if (bounds.empty()) throw py::type_error(path + ": n lists have n + 1 offsets");
    const std::size_t rows = bounds.size() - 1;
    const type element = of.element();
    column made = column::same(value());
    if (PyDict_Check(elements.ptr())) {
      std::vector<std::pair<std::string, column>> fields;
      for (const auto& [key, f] : py::reinterpret_borrow<py::dict>(elements)) {
        const std::string name{p_.words.name_of(text_of(key))};
        const type_field* field = element.field(name);
        if (element.is(type_kind::record) && !field)
          throw failure{make_error(errc::unknown_field, "'{0}' has no field '{1}'",
                                   "“{0}”没有字段“{1}”", path, name)};
        fields.emplace_back(name, any(f, field ? field->of : type{}, path + "." + name));
      }
      made = column::lists(bounds, std::move(fields));
    } else {
      made = column::lists(bounds, any(elements, element, path + "[]"));
    }
    rows_of_ = rows;
    return made;
  }

  // --- pyarrow, by its Python interface

  column from_arrow(py::handle given, const type& of, const std::string& path) {
    py::object h = py::reinterpret_borrow<py::object>(given);
    if (py::hasattr(h, "combine_chunks")) h = h.attr("combine_chunks")();
    const std::string kind = py::str(h.attr("type"));
    const bool nulls = h.attr("null_count").cast<std::int64_t>() > 0;
    const auto plain = [](const py::object& a) {
      return a.attr("to_numpy")(py::arg("zero_copy_only") = false);
    };
    const py::object mask = nulls ? plain(h.attr("is_null")()) : py::none();
    const auto with_mask = [&](const column& c) { return nulls ? masked(c, mask) : c; };
    if (kind.starts_with("list") || kind.starts_with("large_list")) {
      const py::object elements = h.attr("values");
      py::object inner = elements;
      if (std::string{py::str(elements.attr("type"))}.starts_with("struct")) {
        if (elements.attr("null_count").cast<std::int64_t>() > 0)
          throw py::type_error(path + ": a record in a list is null");
        py::dict fields;
        for (const py::handle f : elements.attr("type"))
          fields[f.attr("name")] = elements.attr("field")(f.attr("name"));
        inner = fields;
      }
      return with_mask(list_of(plain(h.attr("offsets")), inner, of, path));
    }
    const bool encoded = kind.starts_with("dictionary");
    if (encoded || kind.find("string") == 0 || kind.find("large_string") == 0) {
      const py::object d = encoded ? h : h.attr("dictionary_encode")();
      const py::object codes = d.attr("indices").attr("cast")("int32").attr("fill_null")(-1);
      return coded(d.attr("dictionary").attr("to_pylist")(), plain(codes), of, path);
    }
    if (!nulls || kind.starts_with("timestamp") || kind.starts_with("duration"))
      return from_numpy(plain(h), of, path);
    const py::object zero = kind == "bool" ? py::object(py::bool_(false)) : py::object(py::int_(0));
    return with_mask(from_numpy(plain(h.attr("fill_null")(zero)), of, path));
  }

  const expression_program& p_;
  answered_columns& into_;
  std::vector<std::pair<std::string, column>> columns_;
  std::vector<std::pair<std::string, std::size_t>> sizes_;
  std::size_t rows_of_ = 0;
};

// --- answers

template <class T>
py::object array_of(const std::vector<T>& all, const char* dtype) {
  py::object out = numpy().attr("empty")(all.size(), dtype);
  const py::buffer_info b = py::reinterpret_borrow<py::buffer>(out).request(true);
  if (!all.empty()) std::memcpy(b.ptr, all.data(), all.size() * sizeof(T));
  return out;
}

py::object values_of(const column_outcome& o) {
  switch (o.of) {
  case type_kind::integer: return array_of(o.ints, "i8");
  case type_kind::uinteger: return array_of(o.uints, "u8");
  case type_kind::real: return array_of(o.reals, "f8");
  case type_kind::boolean: {
    std::vector<std::uint8_t> yes(o.verdicts.size());
    std::ranges::transform(o.verdicts, yes.begin(), [](column_verdict v) {
      return static_cast<std::uint8_t>(v == column_verdict::yes);
    });
    return array_of(yes, "?");
  }
  default: {
    py::object out = numpy().attr("empty")(o.others.size(), "O");
    for (std::size_t i = 0; i < o.others.size(); ++i) out[py::int_(i)] = python_from(o.others[i]);
    return out;
  }
  }
}

/// 0 a value, 1 an error, 2 unknown. Where there is no value, numbers are 0 and not what was left.
py::object states_of(column_outcome& o) {
  std::vector<std::uint8_t> state(o.verdicts.size());
  for (std::size_t i = 0; i < state.size(); ++i) {
    const column_verdict v = o.verdicts[i];
    state[i] = v == column_verdict::error ? 1 : v == column_verdict::unknown ? 2 : 0;
    if (state[i] == 0) continue;
    if (!o.ints.empty()) o.ints[i] = 0;
    if (!o.uints.empty()) o.uints[i] = 0;
    if (!o.reals.empty()) o.reals[i] = 0;
  }
  return array_of(state, "u1");
}

std::shared_ptr<answered_columns> answered(const expression_program& p, const py::object& given,
                                           std::optional<std::uint64_t> cost) {
  auto a = std::make_shared<answered_columns>();
  a->asked = p;
  if (cost) a->limits.cost = *cost;
  column_reader(p, *a).read(given);
  column_outcome out;
  {
    const py::gil_scoped_release others_may_run;
    evaluate_columns(p.of(), a->cases, out, a->limits);
  }
  a->state = states_of(out);
  a->values = values_of(out);
  a->in_blocks = out.in_blocks;
  return a;
}

std::size_t row_in(const answered_columns& a, std::int64_t row) {
  const auto rows = static_cast<std::int64_t>(a.cases.rows());
  if (row < -rows || row >= rows) throw py::index_error("there is no such case");
  return static_cast<std::size_t>(row < 0 ? row + rows : row);
}

} // namespace

void bind_expression_columns(py::module_& m, py::class_<expression_program>& c) {
  using shared = std::shared_ptr<answered_columns>;
  py::class_<answered_columns, shared>(m, "ColumnOutcome", "What many cases answered.")
      .def_readonly("values", &answered_columns::values,
                    "An array: bool, int64, uint64, float64 or object; 0 where there is none.")
      .def_readonly("state", &answered_columns::state,
                    "An array of uint8: 0 a value, 1 an error, 2 unknown.")
      .def_readonly("in_blocks", &answered_columns::in_blocks,
                    "False: the expression needed every case by itself.")
      .def(
          "outcome",
          [](const answered_columns& a, std::int64_t row) {
            return cast_outcome(a.asked,
                                outcome_at(a.asked.of(), a.cases, row_in(a, row), a.limits));
          },
          py::arg("row"), "outcome(row) -> Outcome\n\nOne case, with its error or what is missing.")
      .def("__len__", [](const answered_columns& a) { return a.cases.rows(); });
  c.def(
      "evaluate_columns", &answered, py::arg("columns"), py::kw_only(),
      py::arg("cost") = py::none(),
      "evaluate_columns(columns, *, cost=100_000) -> ColumnOutcome\n\n"
      "Every case as evaluate() has it. Columns are a dict of names (records: a dict of dicts) to "
      "arrays of\nnumpy or pyarrow, masked arrays, (values, mask), or one value for all; a list is "
      "(offsets, elements) or\n(offsets, {field: column}). NaT, None and nulls are missing, NaN "
      "is a number. Errors: banli.Error.");
}

} // namespace banli::python
