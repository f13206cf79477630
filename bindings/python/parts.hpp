// parts.hpp — the parts of a definition as Python classes, from what describe.hpp says of them.
//
// bind_part<legal_basis>(m, "LegalBasis", "…") makes a class whose keyword arguments and attributes
// are the keys of documents, so that Python and YAML never disagree. Values pass as plain Python:
// text, numbers, lists; a limit as its text or a TimeLimit, an enumeration as one of its words.
// Objects do not change; replace(name=...) makes another one.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <pybind11/pybind11.h>

#include <banli/base/nearest.hpp>
#include <banli/expression/decimal.hpp>

#include "casters.hpp"
#include "document/describe.hpp"
#include "document/words.hpp"

namespace banli::python {

/// A key as Python may write it: `from` and `is` are words of the language.
inline std::string python_name(std::string_view key) {
  return std::string{key} + (key == "from" || key == "is" ? "_" : "");
}

inline failure wrong_type(std::string_view key, std::string_view en, std::string_view zh) {
  return failure{make_error(errc::wrong_type, "'{}' should be {}", "“{0}”应为{2}", key, en, zh)};
}

template <class T>
void fill(T& into, const pybind11::dict& given);

inline void take(std::string_view key, pybind11::handle h, std::string& into) {
  if (!pybind11::isinstance<pybind11::str>(h)) throw wrong_type(key, "text", "文字");
  into = h.cast<std::string>();
}

inline void take(std::string_view key, pybind11::handle h, bool& into) {
  if (!pybind11::isinstance<pybind11::bool_>(h)) throw wrong_type(key, "True or False", "真或假");
  into = h.cast<bool>();
}

inline void take(std::string_view key, pybind11::handle h, int& into) {
  if (!pybind11::isinstance<pybind11::int_>(h)) throw wrong_type(key, "a whole number", "整数");
  into = h.cast<int>();
}

inline void take(std::string_view key, pybind11::handle h, double& into) {
  if (!pybind11::isinstance<pybind11::int_>(h) && !pybind11::isinstance<pybind11::float_>(h))
    throw wrong_type(key, "a number", "数");
  into = h.cast<double>();
}

inline void take(std::string_view key, pybind11::handle h, time_limit& into) {
  if (pybind11::isinstance<time_limit>(h)) {
    into = h.cast<time_limit>();
    return;
  }
  std::string s;
  take(key, h, s);
  into = unwrap(parse_time_limit(s));
}

inline void take(std::string_view key, pybind11::handle h, day& into) {
  const auto d = day_in(h);
  if (!d) throw wrong_type(key, "a day", "日期");
  into = *d;
}

inline void take(std::string_view key, pybind11::handle h, instant& into) {
  const auto t = instant_in(h);
  if (!t) throw wrong_type(key, "an instant", "时刻");
  into = *t;
}

inline void take(std::string_view key, pybind11::handle h, duty& into) {
  if (pybind11::isinstance<duty>(h)) {
    into = h.cast<duty>();
    return;
  }
  std::string s;
  take(key, h, s);
  into = unwrap(parse_duty(s));
}

inline void take(std::string_view key, pybind11::handle h, std::int64_t& into) {
  if (!pybind11::isinstance<pybind11::int_>(h)) throw wrong_type(key, "a whole number", "整数");
  into = h.cast<std::int64_t>();
}

/// A decimal.Decimal, a whole number or text; a float is not exact, and refused.
inline void take(std::string_view key, pybind11::handle h, decimal& into) {
  const auto d = pybind11::isinstance<pybind11::float_>(h)
                     ? std::nullopt
                     : parse_decimal(pybind11::str(h).cast<std::string>());
  if (!d) throw wrong_type(key, "a decimal: decimal.Decimal, int or text", "十进制数");
  into = *d;
}

inline void take(std::string_view key, pybind11::handle h,
                 std::map<std::string, std::int64_t>& into) {
  if (!pybind11::isinstance<pybind11::dict>(h)) throw wrong_type(key, "a dict", "字典");
  for (const auto& [name, n] : pybind11::reinterpret_borrow<pybind11::dict>(h)) {
    std::string s;
    take(key, name, s);
    take(s, n, into[s]);
  }
}

inline void take(std::string_view key, pybind11::handle h, std::uint64_t& into) {
  if (!pybind11::isinstance<pybind11::int_>(h) || h < pybind11::int_(0))
    throw wrong_type(key, "a whole number from 0", "非负整数");
  into = h.cast<std::uint64_t>();
}

inline void take(std::string_view key, pybind11::handle h, entry_number& into) {
  std::uint64_t n = 0;
  take(key, h, n);
  if (n > std::numeric_limits<std::uint32_t>::max())
    throw wrong_type(key, "the number of an entry", "事项序号");
  into = static_cast<entry_number>(n);
}

template <class Tag>
void take(std::string_view key, pybind11::handle h, strong_id<Tag>& into) {
  std::string s;
  take(key, h, s);
  into = strong_id<Tag>{std::move(s)};
}

template <class E>
  requires std::is_enum_v<E>
void take(std::string_view key, pybind11::handle h, E& into) {
  std::string s;
  take(key, h, s);
  std::vector<std::string_view> known;
  std::string list;
  for (const detail::word<E>& w : detail::words(detail::choice_of<E>{})) {
    if (s == w.name || (!w.label.empty() && s == w.label)) {
      into = w.value;
      return;
    }
    known.push_back(w.name);
    if (!w.label.empty()) known.push_back(w.label);
    list += (list.empty() ? "" : ", ") + std::string{w.name};
  }
  throw failure{with_hint(make_error(errc::unknown_value, "{} '{}' is not one of {}",
                                     "{}“{}”不是以下各项之一:{}", key, s, list),
                          suggestion(s, known))};
}

template <class T>
  requires std::is_class_v<T>
void take(std::string_view key, pybind11::handle h, T& into) {
  if constexpr (std::is_same_v<T, item_document>) {
    if (pybind11::isinstance<pybind11::str>(h)) {
      into.name = h.cast<std::string>();
      return;
    }
  }
  if (pybind11::isinstance<pybind11::dict>(h))
    fill(into, pybind11::reinterpret_borrow<pybind11::dict>(h));
  else if (std::is_same_v<T, counting_rules> || !pybind11::isinstance<T>(h))
    throw wrong_type(key, "a part of its class, or a dict", "相应的对象或字典");
  else if constexpr (!std::is_same_v<T, counting_rules>)
    into = h.cast<T>();
}

template <class T>
void take(std::string_view key, pybind11::handle h, std::optional<T>& into) {
  if (h.is_none()) {
    into.reset();
    return;
  }
  T value{};
  take(key, h, value);
  into = std::move(value);
}

template <class T>
void take(std::string_view key, pybind11::handle h, std::vector<T>& into) {
  if (pybind11::isinstance<pybind11::str>(h) || !pybind11::isinstance<pybind11::sequence>(h))
    throw wrong_type(key, "a list", "列表");
  std::vector<T> all;
  for (const pybind11::handle e : pybind11::reinterpret_borrow<pybind11::sequence>(h))
    take(key, e, all.emplace_back());
  into = std::move(all);
}

/// Fills members from keyword arguments.
class keyword_reader {
 public:
  explicit keyword_reader(const pybind11::dict& given) : given_(given) {}

  template <class T>
  void required(std::string_view key, T& member) {
    optional(key, member);
  }
  template <class T>
  void always(std::string_view key, T& member) {
    optional(key, member);
  }
  template <class T>
  void optional(std::string_view key, T& member) {
    names_.push_back(python_name(key));
    for (const std::string& name : {std::string{key}, names_.back()})
      if (given_.contains(name.c_str())) return take(key, given_[name.c_str()], member);
  }

  /// Refuses what nobody asked for.
  void finish() const {
    for (const auto& [key, value] : given_) {
      std::string given;
      take("key", key, given);
      const auto fits = [&](const std::string& n) { return n == given || n == given + "_"; };
      if (std::none_of(names_.begin(), names_.end(), fits))
        throw failure{
            with_hint(make_error(errc::unknown_field, "unknown field '{}'", "未知字段“{}”", given),
                      suggestion(given, names_))};
    }
  }

 private:
  const pybind11::dict& given_;
  std::vector<std::string> names_;
};

template <class T>
void fill(T& into, const pybind11::dict& given) {
  keyword_reader r{given};
  detail::describe(r, into);
  r.finish();
}

// Values on their way out.
inline pybind11::object show(const std::string& s) { return pybind11::str(s); }
inline pybind11::object show(bool b) { return pybind11::bool_(b); }
inline pybind11::object show(int n) { return pybind11::int_(n); }
inline pybind11::object show(double n) { return pybind11::float_(n); }
inline pybind11::object show(const time_limit& l) { return pybind11::str(to_text(l)); }
inline pybind11::object show(const duty& d) { return pybind11::str(to_text(d)); }
inline pybind11::object show(std::int64_t n) { return pybind11::int_(n); }
inline pybind11::object show(const decimal& d) {
  return pybind11::module_::import("decimal").attr("Decimal")(to_string(d));
}
inline pybind11::object show(const std::map<std::string, std::int64_t>& all) {
  return pybind11::cast(all);
}
inline pybind11::object show(std::uint64_t n) { return pybind11::int_(n); }
inline pybind11::object show(entry_number n) {
  return pybind11::int_(static_cast<std::uint32_t>(n));
}
template <class Tag>
pybind11::object show(const strong_id<Tag>& id) {
  return pybind11::str(id.text());
}
template <class E>
  requires std::is_enum_v<E>
pybind11::object show(E e) {
  for (const detail::word<E>& w : detail::words(detail::choice_of<E>{}))
    if (w.value == e) return pybind11::str(std::string{w.name});
  return pybind11::none();
}
template <class T>
  requires std::is_class_v<T>
pybind11::object show(const T& x);
template <class T>
pybind11::object show(const std::optional<T>& x) {
  return x ? show(*x) : pybind11::none();
}
template <class T>
pybind11::object show(const std::vector<T>& all) {
  pybind11::list out;
  for (const T& x : all) out.append(show(x));
  return out;
}

/// Shows members: all of them, or the one that is wanted.
class member_reader {
 public:
  explicit member_reader(std::string_view wanted = {}) : wanted_(wanted) {}

  template <class T>
  void required(std::string_view key, T& member) {
    keys.emplace_back(key);
    if (wanted_.empty())
      all[pybind11::str(python_name(key))] = show(member);
    else if (key == wanted_)
      one = show(member);
  }
  template <class T>
  void always(std::string_view key, T& member) {
    required(key, member);
  }
  template <class T>
  void optional(std::string_view key, T& member) {
    required(key, member);
  }

  std::vector<std::string> keys;
  pybind11::dict all;
  pybind11::object one = pybind11::none();

 private:
  std::string wanted_;
};

/// The members of x as a dict.
template <class T>
pybind11::dict members_of(const T& x) {
  member_reader r;
  detail::describe(r, const_cast<T&>(x)); // describe() serves readers, too; this one only looks
  return r.all;
}

template <class T>
  requires std::is_class_v<T>
pybind11::object show(const T& x) {
  if constexpr (std::is_same_v<T, counting_rules>)
    return members_of(x);
  else
    return pybind11::cast(x);
}

/// Gives a class its attributes, keyword arguments, replace(), as_dict() and equality.
template <class T>
void bind_members(pybind11::class_<T>& c) {
  namespace py = pybind11;
  c.def(py::init([](const py::kwargs& given) {
    T x{};
    fill(x, given);
    return x;
  }));
  c.def(
      "replace",
      [](const T& x, const py::kwargs& changes) {
        T other = x;
        fill(other, changes);
        return other;
      },
      "replace(**changes)\n\nThe same with other values; this one does not change.");
  c.def(
      "as_dict", [](const T& x) { return members_of(x); },
      "as_dict() -> dict\n\nEvery attribute by its name.");
  c.def("__eq__", [](const T& x, py::handle other) {
    return py::isinstance<T>(other) && x == other.cast<const T&>();
  });
  T empty{};
  member_reader names;
  detail::describe(names, empty);
  for (const std::string& key : names.keys)
    c.def_property_readonly(python_name(key).c_str(), [key](const T& x) {
      member_reader r{key};
      detail::describe(r, const_cast<T&>(x));
      return r.one;
    });
}

/// A class for a small part; it shows itself by its arguments.
template <class T>
pybind11::class_<T> bind_part(pybind11::module_& m, const char* name, const char* doc) {
  namespace py = pybind11;
  py::class_<T> c{m, name, doc};
  bind_members(c);
  c.def("__repr__", [called = std::string{name}](const T& x) {
    std::string out;
    const py::dict all = members_of(x);
    const py::dict born = members_of(T{});
    for (const auto& [key, value] : all)
      if (!value.equal(born[key]))
        out += (out.empty() ? "" : ", ") + std::string{py::str(key)} + "=" +
               std::string{py::repr(value)};
    return called + "(" + out + ")";
  });
  return c;
}

} // namespace banli::python
